"""Unusual looks in one's own party, for its log controller: no name, no content, nothing of other parties."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Min, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from samverk.access.declare_house import SeeOwnPartysLooks
from samverk.access.permit import Permit
from samverk.domain.log_control import HISTORY, NEAR, Look, Sign, Unusual, unusual
from samverk.domain.parties import Capacity
from samverk.store.models import Event, Substitution

USUAL = timedelta(days=30)
LONGEST = timedelta(days=92)
MOST = 20_000
"""Events that are weighed at once; a longer period has to be asked for in parts."""
PAGE = 50


@dataclass(frozen=True, slots=True)
class OfficialView:
    """Somebody of one's own party who stands in the log of the period."""

    account: UUID
    name: str


@dataclass(frozen=True, slots=True)
class UnusualView:
    """What one official did in one case on one day. `case` is a short reference, no name."""

    official: str
    case: str
    first: datetime
    last: datetime
    looks: int
    refused: int
    wrote: int
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class ControlView:
    """A page of unusual looks between two days, both included. `cut`: the period held more than can be weighed."""

    party_name: str
    rows: tuple[UnusualView, ...]
    total: int
    officials: tuple[OfficialView, ...]
    first: date
    last: date
    cut: bool
    page: int
    has_next: bool


def unusual_looks(
    permit: Permit[SeeOwnPartysLooks],
    *,
    official: UUID | None = None,
    first: date | None = None,
    last: date | None = None,
    page: int = 1,
) -> ControlView:
    """Unusual looks by people of the reader's party; the last thirty days unless told, at most 92. Five queries."""
    last = min(last or permit.today, permit.today)
    first = max(min(first or last - USUAL, last), last - LONGEST)
    start, end = _midnight(first), _midnight(last + timedelta(days=1))
    rows = _rows(permit, start - NEAR, end + NEAR)
    names = {row.actor: row.actor_name for row in rows if row.actor}
    looks = _looks(permit, [row for row in rows if start <= row.at < end and official in (None, row.actor)])
    written: dict[UUID, list[datetime]] = defaultdict(list)
    for row in rows:
        if row.what and row.case:
            written[row.case].append(row.at)
    found = unusual(
        looks,
        cases_a_day=_cases_a_day(permit, start - HISTORY, end),
        earlier=_earlier(permit, looks),
        written=written,
    )
    shown = found[(page - 1) * PAGE : page * PAGE]
    return ControlView(
        party_name=permit.actor.party_name,
        rows=tuple(_view(row, names) for row in shown),
        total=len(found),
        officials=tuple(sorted((OfficialView(id, name) for id, name in names.items()), key=lambda o: o.name)),
        first=first,
        last=last,
        cut=len(rows) == MOST,
        page=page,
        has_next=len(found) > page * PAGE,
    )


def _own(permit: Permit[SeeOwnPartysLooks]) -> Q:
    return Q(party=permit.actor.party, case__isnull=False, actor__isnull=False)


def _rows(permit: Permit[SeeOwnPartysLooks], start: datetime, end: datetime) -> list[Event]:
    """Of the newest events of the party's people in cases: no more than can be weighed."""
    rows = Event.objects.filter(_own(permit), at__gte=start, at__lt=end).order_by("-at")
    return list(rows.only("at", "actor", "actor_name", "case", "what", "allowed", "capacity", "detail")[:MOST])


def _looks(permit: Permit[SeeOwnPartysLooks], rows: list[Event]) -> list[Look]:
    stood_in = list(Substitution.objects.filter(party=permit.actor.party))
    looks = []
    for row in rows:
        if row.case is None or row.actor is None:
            continue
        looks.append(
            Look(
                at=timezone.localtime(row.at),
                official=row.actor,
                case=row.case,
                allowed=row.allowed,
                wrote=bool(row.what),
                emergency=Capacity.EMERGENCY in row.capacity.split(","),
                protected=bool(row.detail.get("protected")),
                substitute=any(
                    s.substitute_id == row.actor and s.since <= row.at < min(s.until, s.ended_at or s.until)
                    for s in stood_in
                ),
            )
        )
    return looks


def _cases_a_day(permit: Permit[SeeOwnPartysLooks], start: datetime, end: datetime) -> dict[UUID, dict[date, int]]:
    days = (
        Event.objects.filter(_own(permit), at__gte=start, at__lt=end, allowed=True)
        .annotate(day=TruncDate("at"))
        .values_list("actor", "day", "case")
        .distinct()
    )
    counts: dict[UUID, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for actor, day, _case in days:
        if actor is not None:
            counts[actor][day] += 1
    return counts


def _earlier(permit: Permit[SeeOwnPartysLooks], looks: list[Look]) -> dict[tuple[UUID, UUID], datetime]:
    """When those who were refused had first been let into the same case. Nothing is asked when nobody was."""
    refused = [look for look in looks if not look.allowed]
    rows = (
        Event.objects.filter(
            _own(permit),
            actor__in={look.official for look in refused},
            case__in={look.case for look in refused},
            allowed=True,
        )
        .values_list("actor", "case")
        .annotate(first=Min("at"))
    )
    return {(actor, case): timezone.localtime(at) for actor, case, at in rows if actor and case}


def _view(row: Unusual, names: dict[UUID, str]) -> UnusualView:
    return UnusualView(
        official=names.get(row.official, ""),
        case=str(row.case)[:8],
        first=row.first,
        last=row.last,
        looks=row.looks,
        refused=row.refused,
        wrote=row.wrote,
        signs=row.signs,
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
