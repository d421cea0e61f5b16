"""One's meetings as a calendar programme fetches them: when, and nothing about whom, with whom or why.

The programme has no session. The address itself holds 256 random bits, of which only the hash is kept; it makes an
actor of its holder, who then passes the door like anyone else, at each fetch anew.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db.models import Exists, OuterRef

from samverk.access import log
from samverk.access.actor import Actor, frozen
from samverk.access.declare_house import KeepCalendar, SeeCalendar
from samverk.access.door import door
from samverk.access.permit import Permit
from samverk.access.sight import visible_anywhere
from samverk.store.models import CalendarFeed, Invitation, Meeting

BACK = timedelta(days=30)
"""So long a meeting that has been stays in the calendar."""
MOST = 500
COMES_NOT = "not_coming"


@dataclass(frozen=True, slots=True)
class FeedView:
    """That there is an address, and since when. The address itself is shown once, when it is made."""

    made_at: datetime


@dataclass(frozen=True, slots=True)
class EntryView:
    """One meeting. `case` and `meeting` lead to its page, behind the login."""

    case: UUID
    meeting: UUID
    starts_at: datetime
    called_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class CalendarView:
    """What one fetch gives, in the holder's language."""

    language: str
    entries: tuple[EntryView, ...]


def hashed(token: str) -> str:
    """What is kept of an address: 64 hexadecimal characters. Plain SHA-256, since the token is random, not chosen."""
    return sha256(token.encode()).hexdigest()


def feed_of(permit: Permit[KeepCalendar]) -> FeedView | None:
    """The permit's holder's own address, or None when she has none."""
    row = CalendarFeed.objects.filter(account=permit.actor.account, stopped_at__isnull=True).first()
    return None if row is None else FeedView(row.made_at)


def fetch(token: str, *, at: datetime | None = None) -> CalendarView:
    """What the address that holds `token` gives now, through the door and logged.

    An address that was stopped, whose account is shut, or that never was gives an empty calendar: a programme then
    takes away what it had, and whoever guesses learns nothing. The first two are logged as refused.
    """
    row = CalendarFeed.objects.select_related("account__party").filter(token_hash=hashed(token)).first()
    if row is None:
        return CalendarView("sv", ())
    actor = frozen(row.account)
    if row.stopped_at is not None or not row.account.is_active:
        # An actor of no party and no person holds nothing: the door says no, and keeps that it was asked.
        actor = Actor(account=row.account_id, name=row.account.name, language=row.account.language)
    with door(actor, SeeCalendar, at=at) as permit:
        entries = () if permit is None else _entries(permit)
    return CalendarView(actor.language, entries)


def _entries(permit: Permit[SeeCalendar]) -> tuple[EntryView, ...]:
    """The meetings that stand, to which the holder is called and has not said no, and that she may see now."""
    calls = Invitation.objects.filter(meeting=OuterRef("pk")).exclude(status=COMES_NOT)
    if permit.actor.person is not None:
        calls = calls.filter(account__isnull=True, guest="")
    else:
        calls = calls.filter(account=permit.actor.account)
    rows = list(
        Meeting.objects.filter(
            visible_anywhere(permit, "item__"), Exists(calls), status="called", starts_at__gte=permit.at - BACK
        )
        .select_related("item")
        .order_by("starts_at", "item_id")[:MOST]
    )
    log.showed(permit, {row.item.person_id for row in rows})
    return tuple(
        EntryView(row.item.case_id, row.item_id, row.starts_at, row.item.created_at, row.version) for row in rows
    )
