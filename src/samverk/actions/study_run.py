"""A run of a locked plan: data out through the door, figures made without any transaction open, figures kept.

The door's transactions are short and the counting is long, so a job (`Job`) goes through the door several times: as the
machine to take the run on and to keep what came of it, and as whoever asked for it to take the extract. What she may is
thus decided when it is done, not when it was asked for.
"""

import json
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from django.db import connection

from samverk.access import log
from samverk.access.actor import Actor, actor_of, system_actor
from samverk.access.declare_house import CarryOutStudy, TakeExtract
from samverk.access.door import door
from samverk.access.permit import Permit
from samverk.access.registers import kept_files
from samverk.access.studies import installed, left_out
from samverk.actions import extracts
from samverk.actions.studies import NOT_INSTALLED
from samverk.domain.process import move
from samverk.domain.study import StudyPlan, demand_apart, demand_not_swapped, plan_of
from samverk.domain.words import Rejection, gettext_noop
from samverk.store.models import StudyRun

MACHINE = "studies"
ENGINE = "engine"
"""Stands for a sentence of the engine's own, in English; the pages say it in plain words."""
NO_LONGER = gettext_noop("Den som beställde körningen är inte längre utvärderare i programmet.")
NO_PRICES = gettext_noop("Prisboken som planen nämner finns inte längre.")
BROKEN = gettext_noop("Ett fel i programmet stoppade körningen. Den som sköter systemet ser det i loggen.")
T = TypeVar("T")
Reasons = Sequence[tuple[str, dict[str, object]]]
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """All that a run needs to know of what it is a run of."""

    run: UUID
    programme: UUID
    asked_by: UUID
    plan: StudyPlan
    file: bytes | None
    prices: str
    """The price book as the engine's text; "" where nothing is counted in money."""


def begin(permit: Permit[CarryOutStudy], *, run: UUID) -> Task | None:
    """Take a waiting run on; None when somebody else has. Rejection where the plan's price book is gone."""
    row = StudyRun.objects.select_for_update(of=("self",)).select_related("study").filter(id=run).first()
    if row is None or row.status != "queued":
        return None
    row.status = move("study_run", row.status, "start")
    row.started_at, row.step, row.done = permit.at, "data", 0
    row.save(update_fields=["status", "started_at", "step", "done"])
    study = row.study
    plan = plan_of(study.text)
    prices = _prices(permit, plan)
    log.wrote(permit, "study.run_started", item=study.id, run=run)
    file = bytes(study.file) if study.file is not None else None
    return Task(run, study.programme_id, row.asked_by_id, plan, file, prices)


def tell(permit: Permit[CarryOutStudy], *, run: UUID, step: str, done: float) -> None:
    """How far it has come: the step, and the share (0 to 1) that is done."""
    permit.check()
    StudyRun.objects.filter(id=run, status="running").update(step=step, done=round(100 * done))


def finish(
    permit: Permit[CarryOutStudy],
    *,
    run: UUID,
    figures: str,
    studied: int,
    files: dict[str, str],
    prices: str,
    members: Sequence[str] = (),
) -> None:
    """Keep the figures; and what they were made of, for the study's newest run alone.

    `members`: a mark for each of those whom the figures tell of; empty where they came in a file. Rejection where, with
    the figures of an earlier run, one could work out something about a few people.
    """
    row = StudyRun.objects.select_for_update(of=("self",)).select_related("study").get(id=run)
    plan, study = plan_of(row.study.text), row.study
    if plan.comparison == "none":
        earlier = StudyRun.objects.filter(study__programme=study.programme_id, status="done", study__file_name="")
        counts = list(earlier.values_list("studied", "members"))
        demand_apart(studied, [n for n, _marks in counts if n is not None], least=plan.least)
        demand_not_swapped(members, [marks for _n, marks in counts], least=plan.least)
    row.status = move("study_run", row.status, "finish")
    row.ended_at, row.step, row.done = permit.at, "done", 100
    row.figures, row.hash, row.studied, row.prices = figures, sha256(figures.encode()).hexdigest(), studied, prices
    row.data, row.members = json.dumps(files, sort_keys=True), sorted(members)
    row.save()
    StudyRun.objects.filter(study=study).exclude(id=run).exclude(data="").update(data="")
    log.wrote(permit, "study.run_done", item=study.id, run=run, hash=row.hash)


def fail(permit: Permit[CarryOutStudy], *, run: UUID, reasons: Reasons) -> None:
    """Say why it did not go. It can be asked for again."""
    row = StudyRun.objects.select_for_update().get(id=run)
    if row.status not in ("queued", "running"):
        return
    row.status, row.ended_at = move("study_run", row.status, "fail"), permit.at
    row.reasons = [
        [text, {name: value if isinstance(value, int) else str(value) for name, value in params.items()}]
        for text, params in reasons
    ]
    row.save(update_fields=["status", "ended_at", "reasons"])
    log.wrote(permit, "study.run_failed", item=row.study_id, run=run)


def _prices(permit: Permit[CarryOutStudy], plan: StudyPlan) -> str:
    if not installed() or not plan.prices:
        return ""
    from samverk.access.study_engine import book_for

    found = book_for(permit, plan.prices)
    if found is None:
        raise Rejection(NO_PRICES)
    return found


@dataclass(frozen=True)
class Job:
    """One waiting run, to be carried out here and now (`carry_out`) or beside what else goes on (`beside`)."""

    run: UUID

    def beside(self) -> threading.Thread:
        """Carry it out in a thread that ends with the process."""
        thread = threading.Thread(target=self._alone, name=f"study {self.run}", daemon=True)
        thread.start()
        return thread

    def _alone(self) -> None:
        try:
            self.carry_out()
        finally:
            connection.close()

    def carry_out(self, said: Callable[[str, float], None] = lambda step, done: None) -> bool:
        """From the queue to the figures. Whether it went well; otherwise the run says why. Nothing is raised.

        `said` is told each step and the share that is done.
        """
        try:
            task = self._machine(lambda permit: begin(permit, run=self.run))
            if task is None:
                return False
            figures, studied, files, members = self._counted(task, said)
            self._machine(
                lambda permit: finish(
                    permit,
                    run=self.run,
                    figures=figures,
                    studied=studied,
                    files=files,
                    prices=task.prices,
                    members=members,
                )
            )
        except Rejection as rejection:
            self._failed([(problem.text, problem.params) for problem in rejection.problems])
        except Exception as error:
            reasons = _engines(error)
            if not reasons:
                _logger.exception("a study was not carried out")
            self._failed(reasons or [(BROKEN, {})])
        else:
            return True
        return False

    def _counted(self, task: Task, said: Callable[[str, float], None]) -> tuple[str, int, dict[str, str], list[str]]:
        """The figures as text, how many people they tell of, the data as files, and a mark for each of those people."""
        files, marks = _taken(task)
        from samverk.evaluation.prices import PriceBook
        from samverk.evaluation.study import figures, participants, plan_from, text_of
        from samverk.evaluation.study_data import book_from, data_from

        def heard(step: str, done: float) -> None:
            said(step, done)
            self._machine(lambda permit: tell(permit, run=self.run, step=step, done=done))

        book = book_from(task.prices) if task.prices else PriceBook(())
        plan, data = plan_from(task.plan.for_the_engine()), data_from(files)
        found = figures(plan, data, book, tell=heard)
        members = [marks[number] for number in participants(plan, data)] if marks else []
        return text_of(found), int(found["people"]), files, members

    def _machine(self, do: Callable[[Permit[CarryOutStudy]], T]) -> T:
        with door(system_actor(MACHINE), CarryOutStudy) as permit:
            if permit is None:
                raise PermissionError(CarryOutStudy.__name__)
            return do(permit)

    def _failed(self, reasons: Reasons) -> None:
        self._machine(lambda permit: fail(permit, run=self.run, reasons=reasons))


def _taken(task: Task) -> tuple[dict[str, str], dict[int, str]]:
    """The data of a run: the register extract that the plan names, or a new extract in the name of whoever asked.

    Beside it the marks of those in a new extract, by number (access.extracts.extract). Rejection where they are too few,
    or where what counts is not installed.
    """
    if task.file is not None:
        _demand_installed()
        return kept_files(task.file), {}
    actor: Actor | None = actor_of(task.asked_by)
    if actor is None:
        raise Rejection(NO_LONGER)
    with door(actor, TakeExtract, programme=task.programme) as permit:
        taken = None if permit is None else (*extracts.take_marked(permit), left_out(permit))
    if taken is None:
        raise Rejection(NO_LONGER)
    _demand_installed()
    from samverk.access.study_engine import extract_files

    extract, marks, flow = taken
    return extract_files(extract, meeting_hours=task.plan.meeting_hours, flow=flow), marks


def _demand_installed() -> None:
    if not installed():
        raise Rejection(NOT_INSTALLED)


def _engines(error: Exception) -> list[tuple[str, dict[str, object]]]:
    """The engine's own reasons, if it was the engine that said no."""
    if not installed():
        return []
    from samverk.evaluation.problems import Invalid, Refused

    if isinstance(error, Refused):
        return [(ENGINE, {"text": reason}) for reason in error.reasons]
    if isinstance(error, Invalid):
        return [(ENGINE, {"text": str(problem)}) for problem in error.problems[:5]]
    return []
