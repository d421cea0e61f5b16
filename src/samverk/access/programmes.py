"""The portfolio: open information about programmes, and never about who is in them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from samverk.access.codes import reader_language, tones
from samverk.access.declare_house import RunProgramme, SeeProgrammes
from samverk.access.permit import A, Permit
from samverk.domain.programmes import Phase
from samverk.store.models import (
    Case,
    Criterion,
    Programme,
    ProgrammeParty,
    ProgrammePhase,
    ProgrammeRole,
)

PAGE = 50
FEWEST_TOLD = 5
"""Fewer people than this are never given as a number."""
_SWEDISH_ORDER = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "é": "e", "ü": "y"})


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme in the list."""

    id: UUID
    name: str
    place: str
    county: str


@dataclass(frozen=True, slots=True)
class Portfolio:
    """One page of the list. `found` is how many there are in all, `counties` what can be chosen."""

    rows: tuple[ProgrammeRow, ...]
    found: int
    counties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartyIn:
    """A party in a programme, and what it puts in."""

    name: str
    tone: str
    puts_in: str
    share: Decimal | None
    in_team: bool


@dataclass(frozen=True, slots=True)
class PhaseName:
    """A phase by the programme's own name."""

    name: str
    step: str


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """What a programme is. `taken` is None while too few take part to be told as a number."""

    id: UUID
    name: str
    place: str
    county: str
    kind: str
    integration_type: str
    mandate: str
    target_group: str
    goals: str
    principal: str
    starts_on: date | None
    stops_on: date | None
    meeting_rhythm: str
    reporting: str
    plan_review_days: int
    follow_up_months: tuple[int, ...]
    places: int | None
    taken: int | None
    free: int | None
    criteria: tuple[str, ...]
    phases: tuple[PhaseName, ...]
    parties: tuple[PartyIn, ...]
    source: str
    takes_referrals: bool
    i_run: bool
    i_steer: bool
    """Whether the reader may see what stands before the steering group."""
    i_evaluate: bool
    """Whether the reader may see what is taken out for evaluation."""


@dataclass(frozen=True, slots=True)
class ProgrammeToChange:
    """A programme as whoever runs it changes it."""

    name: str
    mandate: str
    target_group: str
    goals: str
    criteria: str
    phases: tuple[Phase, ...]
    places: int | None
    meeting_rhythm: str
    plan_review_days: int
    follow_up_months: str
    version: int


def portfolio(
    permit: Permit[SeeProgrammes], *, search: str = "", county: str = "", start: int = 0, most: int = PAGE
) -> Portfolio:
    """The programmes whose name or place holds `search`, in Swedish order, `most` rows from `start` on.

    Sorted and searched here: databases differ in what they make of å, ä and ö.
    """
    permit.check()
    everything = list(Programme.objects.values_list("id", "name", "place", "county"))
    wanted = search.casefold().split()
    found = [
        ProgrammeRow(*row)
        for row in everything
        if (not county or row[3] == county) and all(word in f"{row[1]} {row[2]}".casefold() for word in wanted)
    ]
    found.sort(key=lambda row: (swedish(row.name), swedish(row.place), row.id))
    counties = {row[3] for row in everything if row[3]}
    return Portfolio(tuple(found[start : start + most]), len(found), tuple(sorted(counties, key=swedish)))


def programme(permit: Permit[SeeProgrammes], *, id: UUID) -> ProgrammeView | None:
    """All that is open about one programme, or None."""
    permit.check()
    row = Programme.objects.filter(id=id).select_related("principal").first()
    if row is None:
        return None
    taken = Case.objects.filter(programme=id, status__in=("offered", "active")).count()
    told = taken if taken >= FEWEST_TOLD else None
    parties = _parties(permit, id)
    ended = row.stops_on is not None and row.stops_on <= permit.today
    return ProgrammeView(
        id=row.id,
        name=row.name,
        place=row.place,
        county=row.county,
        kind=row.kind,
        integration_type=row.integration_type,
        mandate=row.mandate,
        target_group=row.target_group,
        goals=row.goals,
        principal=row.principal.name if row.principal else "",
        starts_on=row.starts_on,
        stops_on=row.stops_on,
        meeting_rhythm=row.meeting_rhythm,
        reporting=row.reporting,
        plan_review_days=row.plan_review_days,
        follow_up_months=tuple(row.follow_up_months),
        places=row.places,
        taken=told,
        free=None if told is None or row.places is None else max(row.places - told, 0),
        criteria=tuple(Criterion.objects.filter(programme=id).order_by("position").values_list("text", flat=True)),
        phases=_phases(id),
        parties=parties,
        source=row.source,
        takes_referrals=row.kind == "individual" and not ended and any(party.in_team for party in parties),
        i_run=_runs(permit, id),
        i_steer=_holds(permit, id, "coordinator", "steering"),
        i_evaluate=_holds(permit, id, "coordinator", "steering", "evaluator"),
    )


def to_change(permit: Permit[RunProgramme]) -> ProgrammeToChange:
    """The permit's programme with everything that can be changed in it."""
    row = Programme.objects.get(id=permit.programme)
    phases = ProgrammePhase.objects.filter(programme=row).order_by("position")
    criteria = Criterion.objects.filter(programme=row).order_by("position").values_list("text", flat=True)
    return ProgrammeToChange(
        name=row.name,
        mandate=row.mandate,
        target_group=row.target_group,
        goals=row.goals,
        criteria="\n".join(criteria),
        phases=tuple(Phase(p.id, p.step, p.sv, p.en) for p in phases),
        places=row.places,
        meeting_rhythm=row.meeting_rhythm,
        plan_review_days=row.plan_review_days,
        follow_up_months=", ".join(str(month) for month in row.follow_up_months),
        version=row.version,
    )


def by_name(permit: Permit[A], *, name: str) -> list[tuple[UUID, str]]:
    """The programmes of exactly that name, with their places: names are not unique. Or the one with that number."""
    permit.check()
    try:
        which = Q(id=UUID(name))
    except ValueError:
        which = Q(name=name)
    return list(Programme.objects.filter(which).order_by("place").values_list("id", "place"))


def swedish(text: str) -> str:
    """What to sort Swedish words by: å, ä and ö come last, in that order."""
    return text.casefold().translate(_SWEDISH_ORDER)


def _phases(programme: UUID) -> tuple[PhaseName, ...]:
    word = reader_language()
    rows = ProgrammePhase.objects.filter(programme=programme).order_by("position")
    return tuple(PhaseName(getattr(row, word), row.step) for row in rows)


def _parties(permit: Permit[A], programme: UUID) -> tuple[PartyIn, ...]:
    permit.check()
    tone = tones()
    rows = ProgrammeParty.objects.filter(programme=programme).select_related("party")
    return tuple(
        PartyIn(r.party.name, tone.get(r.party.kind, "other"), r.puts_in, r.share, r.in_team)
        for r in sorted(rows, key=lambda row: swedish(row.party.name))
    )


def _runs(permit: Permit[A], programme: UUID) -> bool:
    return permit.actor.operator or _holds(permit, programme, "coordinator")


def _holds(permit: Permit[A], programme: UUID, *roles: str) -> bool:
    return ProgrammeRole.objects.filter(programme=programme, account=permit.actor.account, role__in=roles).exists()
