"""The demonstration's studies: one of invented people, ready to read, and the programme's own, in which there are too few.

What counts is not installed by the demonstration. The figures of the invented people were counted before, by the same
engine, of just the plan that is locked here: a test counts them again (tests/spec/c15_evaluation/test_study_demo.py).
"""

import io
import json
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from samverk.access import accounts
from samverk.access.actor import Actor, actor_of
from samverk.access.declare_house import (
    CarryOutStudy,
    DefineStudy,
    RunProgramme,
    RunStudy,
    SeeStudies,
    SetUp,
    TakeInRegister,
)
from samverk.access.registers import Register
from samverk.access.studies import price_books, study_of
from samverk.actions import registers, setup, studies, study_run
from samverk.cli.errors import CommandError
from samverk.cli.ready import let_in
from samverk.domain.parties import Role
from samverk.domain.study import StudyPlan

EVALUATOR, STEERING = "eva@example.org", "stig@example.org"
PROGRAMME = setup.NewProgramme(
    name="Exempelprogrammet",
    mandate="Ett påhittat program, för att visa hur en utvärdering ser ut när många har varit med. Siffrorna"
    " är räknade i förväg.",
    target_group="Påhittade människor.",
    goals="Att visa en rapport.",
    starts_on=date(2018, 1, 1),
    stops_on=date(2021, 12, 31),
)
OF_THE_INVENTED = StudyPlan(
    question="Hur skiljer sig försörjningen mellan dem som var med i programmet och dem som inte var med?",
    comparison="doubly robust",
    outcomes=("improvement", "self_support"),
    kept=0.9,
)
OF_ITS_OWN = StudyPlan(
    question="Hur har försörjningen förändrats för dem som började i programmet?", outcomes=("self_support", "answers")
)
FILE = "demo_study.zip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A run that was counted before. `plan`: SHA-256 of the locked plan's text that it is a run of.

    `figures`, `prices`: texts as study_run.finish takes them; `files`: what was counted on.
    """

    register: Register
    plan: str
    figures: str
    studied: int
    prices: str
    files: dict[str, str]

    def as_bytes(self) -> bytes:
        """The same as a file; the same run gives the same bytes."""
        one = self.register
        told = {
            "name": one.name, "given": one.given, "mapping": one.mapping, "rows": one.rows, "people": one.people,
            "took_part": one.took_part, "kinds": list(one.kinds), "invented": one.invented,
        }  # fmt: skip
        parts = {
            "register.parquet": one.content,
            "register.json": json.dumps(told, ensure_ascii=False).encode(),
            "run.json": json.dumps({"plan": self.plan, "studied": self.studied}).encode(),
            "figures.json": self.figures.encode(),
            "prices.json": self.prices.encode(),
            "files.json": json.dumps(self.files, sort_keys=True).encode(),
        }
        whole = io.BytesIO()
        with ZipFile(whole, "w") as file:
            for name, content in parts.items():
                file.writestr(ZipInfo(name), content, ZIP_DEFLATED)
        return whole.getvalue()


def kept() -> Kept:
    """The run that comes with Samverk."""
    with ZipFile(io.BytesIO(files("samverk.cli").joinpath(FILE).read_bytes())) as file:
        told, run = (json.loads(file.read(name)) for name in ("register.json", "run.json"))
        return Kept(
            register=Register(content=file.read("register.parquet"), **told | {"kinds": tuple(told["kinds"])}),
            figures=file.read("figures.json").decode(),
            prices=file.read("prices.json").decode(),
            files=json.loads(file.read("files.json")),
            **run,
        )


def studies_ready(own: UUID) -> str:
    """Both studies in a fresh demonstration, in which `own` is the programme of the story. Says what was made."""
    with let_in(SetUp) as permit:
        evaluator, steering = (accounts.by_email(permit, email=email) for email in (EVALUATOR, STEERING))
        if evaluator is None or steering is None:
            raise CommandError(f"the demonstration has nobody with {EVALUATOR} or {STEERING}.")
        example = setup.create_programme(permit, programme=PROGRAMME)
    with let_in(RunProgramme, programme=example) as running:
        setup.give_role(running, account=evaluator, role=Role.EVALUATOR)
        setup.give_role(running, account=steering, role=Role.STEERING)
    eva = actor_of(evaluator)
    if eva is None:
        raise CommandError(f"{EVALUATOR} may not log in.")
    run = kept()
    ready = finished(eva, example, run)
    study_run.Job(_asked(eva, own, locked(eva, own, OF_ITS_OWN))).carry_out()
    what = "ready to read" if ready else "planned, but its kept figures are of another plan"
    return f"A study of {run.register.people} invented people is {what}; the programme's own has too few."


def locked(actor: Actor, programme: UUID, plan: StudyPlan, register: Register | None = None) -> UUID:
    """A study of the plan, with its register if it has one, locked by `actor`. Returns its id."""
    with let_in(DefineStudy, actor=actor, programme=programme) as defining:
        study = studies.define(defining, plan=plan)
    if register is not None:
        with let_in(TakeInRegister, actor=actor, programme=programme) as taking:
            registers.take(taking, study=study, register=register, version=1)
    with let_in(DefineStudy, actor=actor, programme=programme) as locking:
        studies.lock(locking, study=study, version=1 if register is None else 2)
    return study


def finished(actor: Actor, programme: UUID, run: Kept) -> bool:
    """The study of the invented, locked, with its run in place. False where the run is of another plan than was locked."""
    with let_in(SeeStudies, actor=actor, programme=programme) as seeing:
        prices = price_books(seeing)[0].fingerprint
    study = locked(actor, programme, replace(OF_THE_INVENTED, prices=prices), run.register)
    with let_in(SeeStudies, actor=actor, programme=programme) as seeing:
        view = study_of(seeing, study=study)
    if view is None or view.hash != run.plan:
        return False
    asked = _asked(actor, programme, study)
    with let_in(CarryOutStudy) as machine:
        study_run.begin(machine, run=asked)
        study_run.finish(
            machine, run=asked, figures=run.figures, studied=run.studied, files=run.files, prices=run.prices
        )
    return True


def _asked(actor: Actor, programme: UUID, study: UUID) -> UUID:
    with let_in(RunStudy, actor=actor, programme=programme) as asking:
        return studies.ask_for_run(asking, study=study, counted_before=True)
