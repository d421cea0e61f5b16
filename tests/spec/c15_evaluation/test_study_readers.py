"""Chapter 15, evaluation: what a politician, an evaluator and a sceptic would stumble on in a report (issue 4, "Shown by")."""

import re

import numpy as np
import pytest

from samverk.access.declare_house import SeeStudies
from samverk.access.studies import price_books
from samverk.actions.study_run import Job
from samverk.cli.price_file import first_book
from samverk.evaluation.comparison import Comparison
from samverk.evaluation.study_register import study_data, table_of
from samverk.evaluation.study_sample import Sample, generated
from samverk.store.models import StudyRun
from samverk.web.study_parts import from_to, own_change
from tests.build import a_price_book, browser, done
from tests.people import cast
from tests.spec.c15_evaluation.study_worlds import a_register, as_register_csv
from tests.spec.c15_evaluation.studying import MONEY, asked, counted, locked
from tests.spec.c15_evaluation.test_study_pages import at, report_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return cast()


@pytest.fixture
def compared(people):
    """A study with a comparison that holds."""
    study = locked(people, comparison="doubly robust", file=as_register_csv(a_register(80)).encode(), file_name="a.csv")
    counted(people, study, a_register(600), **MONEY)
    return study


def test_participants_and_those_they_are_compared_with_are_counted_apart(people, compared):
    """The flow is of participants; the others have a row of their own, and stand in the first lines too."""
    found = report_of(compared)
    flow = dict(found.parts[0].tables[0].rows)
    both = int(flow["Deltagare som är med i studien"]), int(flow["Andra, som de jämförs med"])
    assert sum(both) == 600
    assert int(flow["Deltagare som har följts under tiden efter"]) <= both[0]
    assert f"De jämförs med {both[1]} andra personer." in found.main


def test_a_change_beside_an_effect_says_that_it_is_one(people, compared):
    """Over time, by sex and tried otherwise are of the participants alone: next to an effect that is said each time."""
    said = own_change(Comparison.DOUBLY_ROBUST)[0]
    with_it = {part.ident for part in report_of(compared).parts if said in part.lead}
    assert with_it == {"tid", "vilka", "provat"}
    assert own_change(Comparison.NONE) == ()


def test_a_share_that_is_compared_is_not_told_as_before_and_after(people, compared):
    """The difference in self-support is against the others where there are others."""
    part = next(part for part in report_of(compared).parts if part.ident == "egen")
    assert part.lead[0].startswith("Skillnad mot dem som deltagarna jämförs med")


def test_a_party_that_gains_nothing_has_no_chance_of_a_gain(people, compared):
    """What adding up leaves behind, a millionth of an öre, is no gain: zero kronor and "less than 1 %" cannot both stand."""
    rows = next(part for part in report_of(compared).parts if part.ident == "parter").tables[0].rows
    assert not [row for row in rows if row[1] == "0\u00a0kr" and row[3].startswith("mindre")]


def test_an_interval_whose_ends_are_one_is_said_once():
    """Never "aldrig till aldrig"."""
    assert from_to("aldrig", "aldrig") == "aldrig"
    assert from_to("1 månad", "aldrig") == "1 månad till aldrig"


def test_the_whole_plan_stands_in_the_report(people, compared):
    """Windows, outcomes and assumptions, beside the figures they led to; unfolded on paper."""
    for name in ("study_results", "study_results_print"):
        assert "12 månader före start mot månad 12 till 24 efter" in words(
            browser(people.eva).get(at(name, people, compared))
        )


def test_every_page_of_invented_people_says_so_and_what_has_no_amount_is_named(people):
    """Generated data are marked everywhere; an empty row beside a priced one is not charged, and is named (docs/adr/016)."""
    a_price_book(people, first_book())
    book = done(people.eva, SeeStudies, price_books, programme=people.programme)[0]
    data = generated(Sample(people=60), np.random.default_rng(1))
    table = table_of(data)
    assert study_data(table).files() == data.files(), "what is generated goes through a register's file unharmed"
    lines = [",".join(table), *(",".join(row) for row in zip(*table.values(), strict=True))]
    study = locked(
        people, comparison="matched", file="\n".join(lines).encode(), file_name="g.csv", prices=book.fingerprint,
        outcomes=("improvement",),
    )  # fmt: skip
    assert Job(asked(people, study)).carry_out(), StudyRun.objects.get().reasons
    for name, more in (("study_results", {}), ("study_results_print", {}), ("study_summary", {"language": "sv"})):
        assert "Påhittade uppgifter" in words(browser(people.eva).get(at(name, people, study, **more))), name
    assert "Påhittade uppgifter" in words(browser(people.stig).get(at("gains", people)))
    page = words(browser(people.eva).get(at("study_results", people, study)))
    assert re.search(r"inget belopp för det här.*Deltagarna själva → Kommunen", page)
    assert re.search(r"Kronor i \d{4} års priser|Priserna är från olika år", page)
