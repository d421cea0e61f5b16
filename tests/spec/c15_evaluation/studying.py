"""Studies in the tests: written, locked and run by Eva, on invented people."""

from typing import Any
from uuid import UUID

from samverk.access.actor import system_actor
from samverk.access.declare_house import CarryOutStudy, DefineStudy, RunStudy, SeeStudies, TakeInRegister
from samverk.access.registers import tried
from samverk.access.studies import StudyView, study_of
from samverk.actions import registers, studies, study_run
from samverk.domain.study import StudyPlan
from samverk.evaluation.study import figures, plan_from, text_of
from samverk.evaluation.study_data import StudyData, book_text
from tests.build import done
from tests.people import Cast
from tests.spec.c15_evaluation.study_worlds import a_book, an_extract

QUESTION = "Hur har försörjningen förändrats för dem som började i programmet?"
SHORT: dict[str, Any] = {"outcomes": ("self_support", "answers")}
"""A plan that needs no price book."""


def machine(act_on: Any) -> Any:
    """Something that the machine does."""
    return done(system_actor("test"), CarryOutStudy, act_on)


def defined(people: Cast, *, file: bytes | None = None, file_name: str = "", **plan: Any) -> UUID:
    """A draft by Eva; without a price book unless one is told."""
    given = StudyPlan(**({"question": QUESTION} | (SHORT if "prices" not in plan else {}) | plan))
    study = done(people.eva, DefineStudy, lambda p: studies.define(p, plan=given), programme=people.programme)
    if file is not None:
        taken_in(people, study, file, file_name)
    return study


def taken_in(people: Cast, study: UUID, file: bytes, file_name: str, *, mapping: str = "", version: int = 1) -> None:
    """A register extract in the draft."""
    found = tried(file, name=file_name, mapping=mapping).register
    assert found is not None
    done(
        people.eva,
        TakeInRegister,
        lambda p: registers.take(p, study=study, register=found, version=version),
        programme=people.programme,
    )


def seen(people: Cast, study: UUID) -> StudyView:
    """The study as Eva sees it."""
    found = done(people.eva, SeeStudies, lambda p: study_of(p, study=study), programme=people.programme)
    assert found is not None
    return found


def locked(people: Cast, **plan: Any) -> UUID:
    """A locked study."""
    study = defined(people, **plan)
    version = seen(people, study).version
    done(people.eva, DefineStudy, lambda p: studies.lock(p, study=study, version=version), programme=people.programme)
    return study


def asked(people: Cast, study: UUID) -> UUID:
    """A run in the queue."""
    return done(people.eva, RunStudy, lambda p: studies.ask_for_run(p, study=study), programme=people.programme)


def counted(people: Cast, study: UUID, data: StudyData | None = None, **engine: Any) -> UUID:
    """A run that is done, of invented people and prices: as the job does it, with another source of data.

    `engine`: what the engine is told otherwise than the plan says ("outcomes", to have money without a price book).
    """
    run = asked(people, study)
    task = machine(lambda p: study_run.begin(p, run=run))
    data = data or an_extract()
    plan = plan_from(task.plan.for_the_engine() | {"draws": 200} | engine)
    found = figures(plan, data, a_book())
    machine(
        lambda p: study_run.finish(
            p,
            run=run,
            figures=text_of(found),
            studied=found["people"],
            files=data.files(),
            prices=book_text(a_book()),
        )
    )
    return run


MONEY: dict[str, Any] = {"outcomes": ("improvement", "self_support", "answers")}
