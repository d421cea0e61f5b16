"""One's private calendar address: made, made anew, and stopped."""

from uuid import UUID

from samverk.access import log
from samverk.access.calendar import hashed
from samverk.access.declare_house import KeepCalendar
from samverk.access.permit import Permit
from samverk.store.models import CalendarFeed

SHORTEST = 43
"""256 bits in URL-safe base 64."""


def make_address(permit: Permit[KeepCalendar], *, token: str) -> None:
    """Keep the hash of `token`, the secret of the holder's new address; the one before stops at the same moment.

    `token`: at least 256 random bits, from the shell. ValueError when it is too short to be that.
    """
    if len(token) < SHORTEST:
        raise ValueError("the secret of a calendar address is to be 256 random bits")
    _stop(permit)
    feed = CalendarFeed(id=permit.new_id(), account_id=_holder(permit), token_hash=hashed(token), made_at=permit.at)
    feed.save(force_insert=True)
    log.wrote(permit, "calendar.made", feed=feed.id)


def stop_address(permit: Permit[KeepCalendar]) -> None:
    """Stop the holder's address at once. Asking twice does no harm."""
    log.wrote(permit, "calendar.stopped", count=_stop(permit))


def _stop(permit: Permit[KeepCalendar]) -> int:
    live = CalendarFeed.objects.filter(account=permit.actor.account, stopped_at__isnull=True)
    return live.update(stopped_at=permit.at)


def _holder(permit: Permit[KeepCalendar]) -> UUID:
    if permit.actor.account is None:
        raise TypeError("only somebody with an account has a calendar")
    return permit.actor.account
