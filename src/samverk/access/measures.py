"""Measures and absences as they leave through the door."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from samverk.access import codes
from samverk.access.codes import CodeView
from samverk.access.declare import AnswerAbsence, ReadCase, ReportAbsence, WriteMeasure
from samverk.access.may import may
from samverk.access.permit import A, Permit
from samverk.access.sight import visible
from samverk.domain.measures import (
    LIVE,
    LimitWarning,
    SubsidyStep,
    Terms,
    lacks_insurance,
    limit_warning,
    subsidy_on,
)
from samverk.domain.parties import Capacity
from samverk.domain.process import verbs
from samverk.store.models import Absence, Measure, MeasureMove, Party, WageSubsidyStep

Codes = dict[str, dict[str, CodeView]]
_LISTS = ("measure", "insurance", "measure_outcome", "party_kind")


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A measure as it now stands. `limit`: why the law's limit needs somebody. `terms`: what a form begins with."""

    id: UUID
    owner_name: str
    kind_name: str
    status: str
    live: bool
    terms: Terms
    provider: str
    payer: str
    payer_tone: str
    workplace: str
    started_on: date | None
    ended_on: date | None
    placement: bool
    subsidised: bool
    insurance_name: str
    uninsured: bool
    limit: LimitWarning | None
    late_start: bool
    late_end: bool
    outcome_name: str
    outcome_words: str
    version: int
    may_change: bool
    verbs: tuple[str, ...]

    @property
    def first(self) -> date | None:
        """The first day, real or planned."""
        return self.started_on or self.terms.planned_start

    @property
    def last(self) -> date | None:
        """The last day, real or planned; None: not decided."""
        return self.ended_on or self.terms.planned_end

    @property
    def needs_somebody(self) -> bool:
        """Whether anything about it calls for an answer."""
        return self.live and (self.uninsured or self.limit is not None or self.late_start or self.late_end)


@dataclass(frozen=True, slots=True)
class MeasuresView:
    """The case's measures, those that lie ahead or go on first."""

    live: tuple[MeasureView, ...]
    past: tuple[MeasureView, ...]
    may_write: bool

    @property
    def all(self) -> tuple[MeasureView, ...]:
        """Every measure that was or is meant: without those that were written by mistake."""
        return tuple(m for m in (*self.live, *self.past) if m.status not in ("mistaken", "not_relevant"))


@dataclass(frozen=True, slots=True)
class MoveView:
    """One change of state: who, when and why."""

    at: datetime
    on: date
    verb: str
    after: str
    by: str
    by_party: str
    reason_name: str
    words: str
    decided_on: date | None


@dataclass(frozen=True, slots=True)
class MeasureDetail:
    """One measure with its history, newest last, and the steps of its wage subsidy."""

    measure: MeasureView
    moves: tuple[MoveView, ...]
    subsidy: tuple[SubsidyStep, ...]
    subsidy_now: int | None


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """An absence. `late`: nobody has reached out in time. It is a gap."""

    id: UUID
    day: date
    words: str
    reporter: str
    """The party that told; empty: she herself."""
    answer_by: date
    late: bool
    answered: bool
    reached_on: date | None
    reached_by: str
    reached_words: str


@dataclass(frozen=True, slots=True)
class AbsencesView:
    """The case's absences as the contact person's party and the participant see them, newest first."""

    absences: tuple[AbsenceView, ...]
    may_report: bool
    may_answer: bool

    @property
    def late(self) -> tuple[AbsenceView, ...]:
        """Those that nobody has answered in time."""
        return tuple(absence for absence in self.absences if absence.late)

    @property
    def waiting(self) -> tuple[AbsenceView, ...]:
        """Those that nobody has answered yet."""
        return tuple(absence for absence in self.absences if not absence.answered)


def measures_of(permit: Permit[A]) -> MeasuresView:
    """The measures of the case that the reader may see. Two queries."""
    words = codes.names(*_LISTS)
    rows = _rows(permit).order_by("planned_start", "item__created_at")
    views = [_view(permit, row, words) for row in rows]
    return MeasuresView(
        live=tuple(sorted((v for v in views if v.live), key=_begins)),
        past=tuple(sorted((v for v in views if not v.live), key=_begins, reverse=True)),
        may_write=may(permit, WriteMeasure),
    )


def measure(permit: Permit[ReadCase], id: UUID) -> MeasureDetail | None:
    """One measure with its history; None when it is not there for this reader."""
    row = _rows(permit).filter(item=id).first()
    if row is None:
        return None
    words = codes.names(*_LISTS, "measure_reason")
    moves = MeasureMove.objects.filter(measure=id).select_related("by", "by__party").order_by("at", "id")
    steps = tuple(
        SubsidyStep(*step)
        for step in WageSubsidyStep.objects.filter(measure=id).order_by("starts_on").values_list("starts_on", "percent")
    )
    return MeasureDetail(
        measure=_view(permit, row, words),
        moves=tuple(_move(move, words) for move in moves),
        subsidy=steps,
        subsidy_now=subsidy_on(steps, permit.today),
    )


def absences_of(permit: Permit[A]) -> AbsencesView:
    """The absences that were told to the reader's party, or the participant's own. One query."""
    rows = Absence.objects.filter(visible(permit, "item__")).select_related("reporter").order_by("-day", "-item")
    return AbsencesView(
        absences=tuple(_absence(row, permit.today) for row in rows),
        may_report=may(permit, ReportAbsence),
        may_answer=may(permit, AnswerAbsence),
    )


def _rows(permit: Permit[A]) -> QuerySet[Measure]:
    return Measure.objects.filter(visible(permit, "item__")).select_related(
        "item", "item__owner", "provider", "payer", "workplace"
    )


def _view(permit: Permit[A], row: Measure, words: Codes) -> MeasureView:
    kind, insurance = words["measure"][row.kind], words["insurance"].get(row.insurance)
    live, today = row.status in LIVE, permit.today
    mine = row.item.owner_id == permit.actor.party or Capacity.COORDINATOR in permit.capacities
    may_change = mine and may(permit, WriteMeasure)
    outcome = words["measure_outcome"].get(row.outcome)
    return MeasureView(
        id=row.item_id,
        owner_name=row.item.owner.short if row.item.owner else "",
        kind_name=kind.name,
        status=row.status,
        live=live,
        terms=_terms(row),
        provider=row.provider_name or (row.provider.name if row.provider else ""),
        payer=row.payer.name if row.payer else "",
        payer_tone=_tone(row.payer or row.provider, words),
        workplace=row.workplace.name if row.workplace else "",
        started_on=row.started_on,
        ended_on=row.ended_on,
        placement=kind.attributes.get("placement") == "yes",
        subsidised=kind.attributes.get("subsidy") == "yes",
        insurance_name=insurance.name if insurance else "",
        uninsured=live and lacks_insurance(kind.attributes, insurance.attributes if insurance else None),
        limit=limit_warning(status=row.status, limit_on=row.limit_on, planned_end=row.planned_end, today=today),
        late_start=live and row.status != "ongoing" and bool(row.planned_start and row.planned_start < today),
        late_end=row.status == "ongoing" and bool(row.planned_end and row.planned_end < today),
        outcome_name=outcome.name if outcome else "",
        outcome_words=row.outcome_words,
        version=row.version,
        may_change=may_change,
        verbs=verbs("measure", row.status) if may_change else (),
    )


def _terms(row: Measure) -> Terms:
    return Terms(
        kind=row.kind,
        provider=row.provider_id,
        provider_name=row.provider_name,
        payer=row.payer_id,
        extent=row.extent,
        hours=row.hours,
        planned_start=row.planned_start,
        planned_end=row.planned_end,
        limit_on=row.limit_on,
        limit_rule=row.limit_rule,
        workplace=row.workplace_id,
        supervisor=row.supervisor,
        insurance=row.insurance,
        words=row.words,
    )


def _move(move: MeasureMove, words: Codes) -> MoveView:
    reason = words["measure_reason"].get(move.reason)
    return MoveView(
        at=move.at,
        on=move.on,
        verb=move.verb,
        after=move.after,
        by=move.by.name if move.by else "",
        by_party=move.by.party.short if move.by and move.by.party else "",
        reason_name=reason.name if reason else "",
        words=move.words,
        decided_on=move.decided_on,
    )


def _absence(row: Absence, today: date) -> AbsenceView:
    answered = row.status == "reached"
    return AbsenceView(
        id=row.item_id,
        day=row.day,
        words=row.words,
        reporter=row.reporter.name if row.reporter else "",
        answer_by=row.answer_by,
        late=not answered and row.answer_by < today,
        answered=answered,
        reached_on=row.reached_on,
        reached_by=row.reached_by,
        reached_words=row.reached_words,
    )


def _tone(party: Party | None, words: Codes) -> str:
    kind = words["party_kind"].get(party.kind) if party else None
    return kind.attributes.get("tone", "other") if kind else "other"


def _begins(view: MeasureView) -> tuple[bool, date]:
    """What goes on first, then by day; without any day last."""
    return view.status != "ongoing", view.first or date.max
