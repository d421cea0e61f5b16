"""Studies on their way out: plans, runs, and figures of locked plans alone."""

from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, Subquery

from samverk.access import log, prices
from samverk.access.declare_house import CarryOutStudy, SeeGains, SeeOwnProgrammes, SeeResults, SeeStudies, TakeExtract
from samverk.access.extracts import decision_in_force
from samverk.access.permit import A, Permit
from samverk.domain.information import Protection
from samverk.domain.parties import Role
from samverk.domain.study import StudyPlan, plan_of
from samverk.store.models import Case, EvaluationChoice, Programme, ProgrammeRole, Study, StudyRun

LIBRARIES = ("numpy", "numba", "scipy", "statsmodels", "polars", "drdid", "csdid")
"""What the engine needs: the optional `samverk[evaluation]`."""


@dataclass(frozen=True, slots=True)
class OwnProgramme:
    """A programme that the reader evaluates."""

    id: UUID
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class StudyRow:
    """A study in the programme's list. `run`: the newest run's status, "" before the first."""

    id: UUID
    number: int
    question: str
    status: str
    made_by: str
    made_at: datetime
    locked_at: datetime | None
    run: str


@dataclass(frozen=True, slots=True)
class StudiesView:
    """The programme's studies, the newest first. `can_run`: the engine's libraries are there."""

    programme: UUID
    programme_name: str
    studies: tuple[StudyRow, ...]
    can_run: bool


@dataclass(frozen=True, slots=True)
class RunView:
    """One run. `reasons`: why it failed, as (sentence, what stands in it); "engine" as sentence for the engine's own."""

    id: UUID
    status: str
    asked_by: str
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    step: str
    done: int
    reasons: tuple[tuple[str, dict[str, int | str]], ...]
    hash: str
    has_data: bool

    @property
    def over(self) -> bool:
        """Whether it is done or has failed."""
        return self.status in ("done", "failed")


@dataclass(frozen=True, slots=True)
class RegisterView:
    """The register extract of a study: how it was read and what was in it. `given`: SHA-256 of the file as it was sent."""

    name: str
    rows: int
    people: int
    took_part: int
    kinds: tuple[str, ...]
    mapping: str
    given: str
    invented: bool
    erased: bool

    @property
    def compared(self) -> int:
        """How many are there to be compared with."""
        return self.people - self.took_part


@dataclass(frozen=True, slots=True)
class StudyView:
    """One study with its runs, the newest first. `follows`: number and id of the study that it follows."""

    id: UUID
    programme: UUID
    programme_name: str
    number: int
    status: str
    plan: StudyPlan
    text: str
    hash: str
    made_by: str
    made_at: datetime
    locked_by: str
    locked_at: datetime | None
    follows: tuple[int, UUID] | None
    seen_before: tuple[int, ...]
    """Numbers of the studies whose results had been opened when this one was locked."""
    register: RegisterView | None
    price_number: int | None
    version: int
    runs: tuple[RunView, ...]
    can_run: bool

    @property
    def lacks_register(self) -> bool:
        """Whether it compares, and there is no file to compare with."""
        return self.plan.comparison != "none" and (self.register is None or self.register.erased)

    @property
    def newest(self) -> RunView | None:
        """The newest run, or None."""
        return self.runs[0] if self.runs else None

    @property
    def results(self) -> RunView | None:
        """The newest run that is done, or None."""
        return next((run for run in self.runs if run.status == "done"), None)


@dataclass(frozen=True, slots=True)
class ResultsView:
    """The figures of a locked study's newest run, as canonical JSON; `study` without its runs' data."""

    study: StudyView
    run: RunView
    figures: str
    prices: str
    data: str


@dataclass(frozen=True, slots=True)
class GainsView:
    """What has changed, for the steering group. `figures` None: nothing has been run yet."""

    programme: UUID
    programme_name: str
    plan: StudyPlan | None
    figures: str | None
    at: datetime | None
    may_study: bool


@dataclass(frozen=True, slots=True)
class PriceBookChoice:
    """A price book that a plan can name."""

    fingerprint: str
    number: int
    in_force: bool


def installed() -> bool:
    """Whether the libraries that count are there."""
    return all(find_spec(name) is not None for name in LIBRARIES)


def own_programmes(permit: Permit[SeeOwnProgrammes]) -> tuple[OwnProgramme, ...]:
    """The programmes in which the reader is evaluator, by name."""
    permit.check()
    mine = ProgrammeRole.objects.filter(account=permit.actor.account, role=Role.EVALUATOR.value)
    rows = mine.order_by("programme__name", "programme__place").values_list(
        "programme", "programme__name", "programme__place"
    )
    return tuple(OwnProgramme(*row) for row in rows)


def studies_of(permit: Permit[SeeStudies]) -> StudiesView:
    """The programme's studies. Two queries."""
    newest = StudyRun.objects.filter(study=OuterRef("id")).order_by("-asked_at").values("status")[:1]
    rows = (
        Study.objects.filter(programme=permit.programme)
        .select_related("made_by")
        .defer("file")
        .annotate(run=Subquery(newest))
        .order_by("-number")
    )
    return StudiesView(
        programme=permit.programme,
        programme_name=Programme.objects.values_list("name", flat=True).get(id=permit.programme),
        studies=tuple(
            StudyRow(
                id=row.id,
                number=row.number,
                question=plan_of(row.text).question,
                status=row.status,
                made_by=row.made_by.name,
                made_at=row.made_at,
                locked_at=row.locked_at,
                run=row.run or "",
            )
            for row in rows
        ),
        can_run=installed(),
    )


def study_of(permit: Permit[A], *, study: UUID) -> StudyView | None:
    """One study of the permit's programme, without figures; None when there is none. At most five queries."""
    row = (
        Study.objects.filter(id=study, programme=permit.programme)
        .select_related("programme", "made_by", "locked_by", "follows")
        .defer("file", "follows__file")
        .annotate(has_file=ExpressionWrapper(Q(file__isnull=False), BooleanField()))
        .first()
    )
    if row is None:
        return None
    plan = plan_of(row.text)
    runs = StudyRun.objects.filter(study=row).select_related("asked_by").defer("figures", "prices")
    seen = (
        Study.objects.filter(id__in=[UUID(id) for id in plan.seen_before]).order_by("number")
        if plan.seen_before
        else ()
    )
    return StudyView(
        id=row.id,
        programme=row.programme_id,
        programme_name=row.programme.name,
        number=row.number,
        status=row.status,
        plan=plan,
        text=row.text,
        hash=row.hash,
        made_by=row.made_by.name,
        made_at=row.made_at,
        locked_by=row.locked_by.name if row.locked_by else "",
        locked_at=row.locked_at,
        follows=(row.follows.number, row.follows.id) if row.follows else None,
        seen_before=tuple(one.number for one in seen),
        register=_register(row.file_name, row.file_told, erased=not row.has_file),
        price_number=next((book.number for book in price_books(permit) if book.fingerprint == plan.prices), None),
        version=row.version,
        runs=tuple(_run(run) for run in runs.order_by("-asked_at", "-id")),
        can_run=installed(),
    )


def price_books(permit: Permit[A]) -> tuple[PriceBookChoice, ...]:
    """The approved price books, the newest first."""
    heads = [head for head in prices.versions(permit) if head.fingerprint and head.approved_at is not None]
    return tuple(PriceBookChoice(head.fingerprint, head.number, head.status == "approved") for head in heads)


def results_of(permit: Permit[SeeResults], *, study: UUID) -> ResultsView | StudyView | None:
    """The figures of a locked study; the study alone where there is none yet to see.

    Whoever asks for results before the lock is refused, and it stands in the log. None: there is no such study.
    """
    found = study_of(permit, study=study)
    if found is None:
        return None
    if found.status != "locked":
        log.wrote(permit, "study.results_refused", item=study)
        return found
    run = found.results
    if run is None:
        return found
    Study.objects.filter(id=study, opened_at__isnull=True).update(opened_at=permit.at)
    row = StudyRun.objects.get(id=run.id)
    log.wrote(permit, "study.results_opened", item=study, run=run.id)
    return ResultsView(study=found, run=run, figures=row.figures, prices=row.prices, data=row.data)


def gains_of(permit: Permit[SeeGains]) -> GainsView:
    """The newest figures of the programme, whoever asked for them. Two queries."""
    run = (
        StudyRun.objects.filter(study__programme=permit.programme, study__status="locked", status="done")
        .select_related("study")
        .defer("data", "prices", "study__file")
        .order_by("-ended_at", "-id")
        .first()
    )
    return GainsView(
        programme=permit.programme,
        programme_name=Programme.objects.values_list("name", flat=True).get(id=permit.programme),
        plan=plan_of(run.study.text) if run else None,
        figures=run.figures if run else None,
        at=run.ended_at if run else None,
        may_study=bool(permit.capacities & SeeResults.who),
    )


def waiting(permit: Permit[CarryOutStudy]) -> tuple[tuple[UUID, UUID], ...]:
    """The runs that wait, the oldest first: each with its study."""
    permit.check()
    rows = StudyRun.objects.filter(status="queued").order_by("asked_at", "id")
    return tuple(rows.values_list("id", "study"))


def outcome(permit: Permit[CarryOutStudy], *, run: UUID) -> tuple[tuple[str, dict[str, int | str]], ...]:
    """Why a run failed, as RunView.reasons; empty where it did not."""
    permit.check()
    reasons = StudyRun.objects.values_list("reasons", flat=True).get(id=run)
    return tuple((text, dict(params)) for text, params in reasons)


def left_out(permit: Permit[TakeExtract]) -> dict[str, int]:
    """How many of the programme's people are not in an extract as of today, by the first reason that holds. Two queries."""
    asked = decision_in_force(permit) is None
    said = EvaluationChoice.objects.filter(
        item__person=OuterRef("person"), item__case__programme=OuterRef("programme")
    ).order_by("-item__created_at", "-item")
    rows = Case.objects.filter(programme=permit.programme).annotate(says=Subquery(said.values("says")[:1]))
    found: dict[UUID, str] = {}
    order = ("", "not_asked", "said_no", "protected", "not_started")
    for person, protection, started, says in rows.values_list("person", "person__protection", "started_on", "says"):
        why = ""
        if started is None or started > permit.today:
            why = "not_started"
        elif protection != Protection.NONE.value:
            why = "protected"
        elif says is False:
            why = "said_no"
        elif says is None and asked:
            why = "not_asked"
        # Somebody with two cases is counted once, by the one that comes nearest.
        found[person] = min(found.get(person, why), why, key=order.index)
    return {why: sum(one == why for one in found.values()) for why in reversed(order) if why}


def _register(name: str, told: dict[str, Any], *, erased: bool) -> RegisterView | None:
    if not told:
        return None
    return RegisterView(
        name=name,
        rows=told["rows"],
        people=told["people"],
        took_part=told["took_part"],
        kinds=tuple(told["kinds"]),
        mapping=told["mapping"],
        given=told["given"],
        invented=told["invented"],
        erased=erased,
    )


def _run(row: StudyRun) -> RunView:
    return RunView(
        id=row.id,
        status=row.status,
        asked_by=row.asked_by.name,
        asked_at=row.asked_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        step=row.step,
        done=row.done,
        reasons=tuple((text, dict(params)) for text, params in row.reasons),
        hash=row.hash,
        has_data=bool(row.data),
    )
