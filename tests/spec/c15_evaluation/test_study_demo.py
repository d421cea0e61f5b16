"""Chapter 15, evaluation: the demonstration has a report to read, of invented people, and says where there are too few.

SAMVERK_SAMPLES=1 counts the kept run again, with the house's first price book, and keeps it.
"""

import json
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from django.urls import reverse

import samverk.cli
from samverk.access import studies
from samverk.access.actor import actor_of
from samverk.access.declare_house import SeeStudies
from samverk.access.registers import tried
from samverk.access.studies import price_books
from samverk.actions.study_run import Job
from samverk.cli import demo_study
from samverk.cli.demo_study import OF_THE_INVENTED, Kept, finished, kept, locked, studies_ready
from samverk.cli.price_file import first_book
from samverk.evaluation.study_register import table_of
from samverk.evaluation.study_sample import Sample, generated
from samverk.store.models import Account, Programme, Study, StudyRun
from tests.build import a_price_book, browser, done
from tests.people import cast
from tests.spec.c15_evaluation.studying import asked
from tests.spec.c15_evaluation.test_study_pages import words

pytestmark = pytest.mark.django_db
FILE = Path(samverk.cli.__file__).parent / demo_study.FILE
KEEP = os.environ.get("SAMVERK_SAMPLES") == "1"


@pytest.fixture
def people():
    people = cast()
    a_price_book(people, first_book())
    for who, email in ((people.eva, demo_study.EVALUATOR), (people.stig, demo_study.STEERING)):
        Account.objects.filter(id=who.account).update(email=email)
    return people


def plan_of_today(people):
    book = done(people.eva, SeeStudies, price_books, programme=people.programme)[0]
    return replace(OF_THE_INVENTED, prices=book.fingerprint)


def counted(people, register) -> StudyRun:
    """The run of the demonstration's plan, made by the engine here and now."""
    study = locked(people.eva, people.programme, plan_of_today(people), register)
    assert Job(asked(people, study)).carry_out(), StudyRun.objects.get(study=study).reasons
    return StudyRun.objects.select_related("study").get(study=study)


def made(people) -> Kept:
    """The run that is kept, as an evaluator would make it: a generated file, the plan locked, the engine."""
    import polars as pl

    table = pl.DataFrame(table_of(generated(Sample(people=1200), np.random.default_rng(1996))))
    register = tried(table.write_csv().encode(), name="pahittade.csv").register
    assert register is not None
    run = counted(people, register)
    return Kept(
        register=register,
        plan=run.study.hash,
        figures=run.figures,
        studied=run.studied,
        prices=run.prices,
        files=json.loads(run.data),
    )


def test_the_kept_figures_are_what_the_engine_makes_of_the_plan(people):
    """Counted before, and honest: the same plan, file and prices give the same figures now, to rounding."""
    if KEEP:
        FILE.write_bytes(made(people).as_bytes())
    run, known = counted(people, kept().register), kept()
    assert run.study.hash == known.plan, "the plan or the price book is another: SAMVERK_SAMPLES=1 keeps a new run"
    assert run.prices == known.prices
    assert json.loads(run.data) == known.files
    assert run.studied == known.studied
    alike(json.loads(run.figures), json.loads(known.figures))


def alike(one, other, where="") -> None:
    """The same, numbers to a ten thousandth; which versions of libraries counted does not matter."""
    if isinstance(one, dict):
        assert one.keys() == other.keys(), where
        for name in one:
            if name != "provenance":
                alike(one[name], other[name], f"{where}.{name}")
    elif isinstance(one, list):
        assert len(one) == len(other), where
        for n, (a, b) in enumerate(zip(one, other, strict=True)):
            alike(a, b, f"{where}[{n}]")
    elif isinstance(one, float):
        assert one == pytest.approx(other, rel=1e-4, abs=1e-6), where
    else:
        assert one == other, where


def test_a_visitor_finds_a_report_of_invented_people_and_where_there_are_too_few(people, monkeypatch):
    """Without anything that counts: a report marked as invented; the small programme shows no figure (shared/evaluation.md)."""
    monkeypatch.setattr(studies, "LIBRARIES", ("not_installed_here",))
    assert "1200 invented people is ready to read" in studies_ready(people.programme)
    example = Programme.objects.get(name=demo_study.PROGRAMME.name)
    study = Study.objects.get(programme=example)
    eva, stig = (browser(actor_of(who.account)) for who in (people.eva, people.stig))
    where = {"programme": example.id, "study": study.id}
    answer = eva.get(reverse("study_results", kwargs=where))
    assert "siffror.parquet" not in answer.content.decode(), "nothing here can make Parquet"
    assert eva.get(reverse("study_file", kwargs=where | {"what": "siffror.parquet"})).status_code == 404
    report = words(answer)
    assert "Påhittade uppgifter" in report
    assert "Effekt per person och år" in report
    assert "påhittade människor" in words(eva.get(reverse("study", kwargs=where)))
    assert "Påhittade uppgifter" in words(stig.get(reverse("gains", kwargs={"programme": example.id})))
    own = Study.objects.get(programme=people.programme)
    page = words(eva.get(reverse("study", kwargs={"programme": people.programme, "study": own.id})))
    assert "Färre än 5 personer kan vara med" in page
    assert StudyRun.objects.get(study=own).figures == ""


def test_a_kept_run_of_another_plan_is_not_shown(people):
    """Figures are shown of the plan that was locked, or not at all (issue 4, point 5)."""
    assert not finished(people.eva, people.programme, replace(kept(), plan="0" * 64))
    assert not StudyRun.objects.exists()
