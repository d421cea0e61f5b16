"""What a promise is: somebody's, with a day. Otherwise it was not a promise (domain.md §3.6)."""

from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from samverk.domain.words import Rejection, gettext_noop


class Source(StrEnum):
    """Where a commitment comes from."""

    MEETING = "meeting"
    PLAN = "plan"
    ABSENCE = "absence"
    CALL = "call"
    """The participant asked somebody to call."""
    FREE = "free"


def is_late(status: str, due: date, today: date) -> bool:
    """Open though its day has passed. The day itself is not late."""
    return status == "open" and due < today


def days_late(status: str, due: date, settled_on: date | None, today: date) -> int:
    """How many days after its day it was kept, or is still open; 0 when in time."""
    if status == "kept" and settled_on is not None:
        return max((settled_on - due).days, 0)
    return (today - due).days if is_late(status, due, today) else 0


def next_weekday(day: date) -> date:
    """The first day after `day` that is neither Saturday nor Sunday."""
    following = day + timedelta(days=1)
    while following.isoweekday() > 5:
        following += timedelta(days=1)
    return following


def due_day(due: date | None, since: date, field: str = "due") -> date:
    """`due`, which has to be there and not before `since`."""
    if due is None:
        raise Rejection(gettext_noop("Skriv vilken dag det ska vara klart. Utan dag är det inget åtagande."), field)
    if due < since:
        raise Rejection(gettext_noop("Dagen har redan varit. Välj en dag framåt i tiden."), field)
    return due


def settled_day(on: date, since: date, today: date) -> date:
    """The day it was done: not ahead in time, and not before it was promised."""
    if on > today:
        raise Rejection(gettext_noop("Dagen har inte varit än. Välj i dag eller en tidigare dag."), "on")
    if on < since:
        raise Rejection(gettext_noop("Dagen ligger före dagen för löftet. Kontrollera datumet."), "on")
    return on


def is_promiser(
    *,
    by_participant: bool,
    owner_account: UUID | None,
    owner_party: UUID | None,
    account: UUID | None,
    party: UUID | None,
    herself: bool,
) -> bool:
    """Whether `account` of `party` (or the participant `herself`) is the one who has promised.

    A promise of a party that names nobody can be kept by anyone of that party in the case.
    """
    if herself:
        return by_participant
    if owner_account is not None:
        return owner_account == account
    return owner_party is not None and owner_party == party
