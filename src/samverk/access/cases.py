"""A case as it leaves through the door: its head, its way through the phases, and one's own list of cases."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from samverk.access import emergency, log
from samverk.access.codes import reader_language
from samverk.access.declare import ReadCase
from samverk.access.declare_house import SeeMyDay
from samverk.access.permit import A, Permit
from samverk.access.sight import needed, open_to_roles
from samverk.access.substitutes import acts_for
from samverk.domain.information import Protection
from samverk.domain.parties import ROLES_THAT_COVER_CASES, Capacity, Part
from samverk.store.models import (
    Assignment,
    Case,
    CasePhase,
    ProgrammePhase,
    ProgrammeRole,
)

PAGE = 50


@dataclass(frozen=True, slots=True)
class PhaseView:
    """One phase of the programme, as this case has gone through it."""

    name: str
    step: str
    state: str
    """"done", "now" or "ahead"."""
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class CaseView:
    """The head of a case. `phone` is for her and for who holds the threads, `interpreter` for who meets her."""

    id: UUID
    name: str
    birth_year: int | None
    phone: str
    interpreter: str
    protected: bool
    programme: UUID
    programme_name: str
    status: str
    opened_on: date
    started_on: date | None
    closed_on: date | None
    phases: tuple[PhaseView, ...]
    i_coordinate: bool
    i_work_in_it: bool
    only_workplace: bool
    as_herself: bool
    emergency_until: datetime | None
    """Until when it is open to the reader in an emergency, to read; None where she has another part in it."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list. `instead_of`: whose it is, where the reader stands in for her; `emergency_until`: see CaseView."""

    id: UUID
    name: str
    programme_name: str
    status: str
    phase: str
    since: date | None
    contact: str
    mine: bool
    instead_of: str
    emergency_until: datetime | None


def open_case(permit: Permit[ReadCase]) -> CaseView:
    """The head of the permit's case. Two queries."""
    case = permit.case
    holds = permit.as_herself or Capacity.COORDINATOR in permit.capacities
    works = holds or Capacity.OFFICIAL in permit.capacities
    return CaseView(
        id=case.id,
        name=case.person_name,
        birth_year=None if case.protection is Protection.FICTITIOUS else case.birth_year,
        phone=case.phone if holds else "",
        interpreter=case.interpreter if works else "",
        protected=case.protection is not Protection.NONE,
        programme=case.programme,
        programme_name=case.programme_name,
        status=case.status,
        opened_on=timezone.localdate(case.opened_at),
        started_on=case.started_on,
        closed_on=case.closed_on,
        phases=_phases(permit),
        i_coordinate=Capacity.COORDINATOR in permit.capacities,
        i_work_in_it=bool(permit.capacities & {Capacity.COORDINATOR, Capacity.OFFICIAL}),
        only_workplace=permit.capacities == {Capacity.WORKPLACE},
        as_herself=permit.as_herself,
        emergency_until=emergency.open_until(permit),
    )


def current_case(permit: Permit[SeeMyDay]) -> UUID | None:
    """The participant's case to open first: the active one, else the newest. None without any."""
    if permit.actor.person is None:
        return None
    cases = Case.objects.filter(person=permit.actor.person).order_by("-opened_at").values_list("id", "status")
    by_status = {status: id for id, status in reversed(cases)}
    for status in ("active", "offered", "referred", "closed", "ended"):
        if status in by_status:
            return by_status[status]
    return None


def my_cases(permit: Permit[SeeMyDay], *, closed: bool = False, start: int = 0, most: int = PAGE) -> list[CaseRow]:
    """The cases where one is assigned, or that one's role covers, or one's own; newest first. As at the door.

    So do those of whom one stands in for, and what is open in an emergency. `closed`: those that have ended instead
    of those under way. At most `most` rows from `start` on.
    """
    account, phase_name = permit.actor.account, reader_language()
    herself = Q(person=permit.actor.person) if permit.actor.person else Q(pk__in=())
    parts = Assignment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=permit.at),
        acts_for(permit),
        case=OuterRef("pk"),
        party=permit.actor.party,
        since__lte=permit.at,
    )
    roles = ProgrammeRole.objects.filter(
        acts_for(permit), programme=OuterRef("programme"), role__in=ROLES_THAT_COVER_CASES
    )
    shows = open_to_roles(permit)
    contact = Assignment.objects.filter(case=OuterRef("pk"), part=Part.CONTACT, until__isnull=True)
    phase = CasePhase.objects.filter(case=OuterRef("pk"), until__isnull=True).order_by("-since")
    rows = (
        Case.objects.annotate(
            mine=Exists(parts),
            own=Exists(parts.filter(account=account)),
            covered=Exists(roles),
            own_role=Exists(roles.filter(account=account)),
            instead_of=Coalesce(
                Subquery(parts.exclude(account=account).values("account__name")[:1]),
                Subquery(roles.exclude(account=account).values("account__name")[:1]),
            ),
            emergency_until=emergency.open_for(permit),
            contact=Subquery(contact.values("account__name")[:1]),
            phase=Subquery(phase.values(f"phase__{phase_name}")[:1]),
            person_name=F("person__name"),
            programme_name=F("programme__name"),
        )
        .filter(needed(permit) | herself)
        .filter(
            Q(mine=True) | (Q(covered=True) & shows) | Q(emergency_until__isnull=False) | herself,
            status__in=("closed", "ended") if closed else _UNDER_WAY,
        )
        .order_by("-mine", "-opened_at")[start : start + most]
    )
    log.showed(permit, {r.person_id for r in rows})
    return [
        CaseRow(
            id=r.id,
            name=r.person_name,
            programme_name=r.programme_name,
            status=r.status,
            phase=r.phase or "",
            since=r.started_on or r.opened_at.date(),
            contact=r.contact or "",
            mine=r.mine,
            instead_of="" if r.own or (r.own_role and not r.mine) else r.instead_of or "",
            emergency_until=None if r.mine or r.covered else r.emergency_until,
        )
        for r in rows
    ]


_UNDER_WAY = ("referred", "offered", "active")


def _phases(permit: Permit[A]) -> tuple[PhaseView, ...]:
    """The programme's phases in its own order: gone through, here now, or ahead. One query."""
    word = reader_language()
    been = CasePhase.objects.filter(case=permit.case.id, phase=OuterRef("pk")).order_by("-since")
    rows = (
        ProgrammePhase.objects.filter(programme=permit.case.programme)
        .annotate(
            been=Exists(been),
            now=Exists(been.filter(until__isnull=True)),
            since=Subquery(been.order_by("since").values("since")[:1]),
            until=Subquery(been.values("until")[:1]),
        )
        .order_by("position")
    )
    return tuple(
        PhaseView(
            name=getattr(row, word),
            step=row.step,
            state="now" if row.now else "done" if row.been else "ahead",
            since=row.since,
            until=row.until,
        )
        for row in rows
    )
