"""Chapter 15, evaluation: a study's plan is locked before anyone sees results (issue 4, point 5)."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest

from samverk.access.declare_house import DefineStudy, RunStudy, SeeResults, SeeStudies
from samverk.access.studies import ResultsView, results_of
from samverk.actions import studies
from samverk.domain.study import StudyPlan, checked, plan_of
from samverk.domain.words import Conflict, Rejection
from samverk.evaluation.study import plan_from
from samverk.store.models import Event, Study
from tests.build import done, is_refused
from tests.people import cast
from tests.spec.c15_evaluation.study_worlds import a_register, as_register_csv
from tests.spec.c15_evaluation.studying import QUESTION, asked, counted, defined, locked, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return cast()


def event(what: str) -> Event:
    return Event.objects.filter(what=what).order_by("-turn").first()


def test_only_an_evaluator_of_the_programme_has_to_do_with_its_studies(people):
    """Figures, not names: a role of its own, in this programme (domain.md §2)."""
    for who in (people.anna, people.bo, people.cia, people.dag, people.stig, people.frida, people.egon):
        for act in (DefineStudy, RunStudy, SeeStudies, SeeResults):
            assert is_refused(who, act, programme=people.programme)
    assert not is_refused(people.eva, SeeStudies, programme=people.programme)


def test_the_plans_text_is_canonical_and_its_hash_is_of_just_that_text(people):
    """The same plan gives the same letters; anyone can check the hash with a tool of her own."""
    study = locked(people)
    view = seen(people, study)
    assert view.hash == sha256(view.text.encode()).hexdigest()
    assert view.text == json.dumps(json.loads(view.text), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert plan_of(view.text) == view.plan
    assert event("study.locked").detail["hash"] == view.hash


def test_what_is_locked_cannot_be_changed_dropped_or_locked_again(people):
    """Another question is another study."""
    study = locked(people)
    before = seen(people, study).text
    for do in (
        lambda p: studies.change(p, study=study, plan=StudyPlan(question="En annan?"), version=1),
        lambda p: studies.drop(p, study=study),
        lambda p: studies.lock(p, study=study, version=1),
    ):
        with pytest.raises(Rejection):
            done(people.eva, DefineStudy, do, programme=people.programme)
    assert seen(people, study).text == before


def test_a_draft_is_changed_and_the_second_of_two_is_told(people):
    """Two evaluators who write at once: nobody's text is lost."""
    study = defined(people)
    plan = replace(seen(people, study).plan, question="Hur många försörjer sig själva?")
    done(
        people.eva,
        DefineStudy,
        lambda p: studies.change(p, study=study, plan=plan, version=1),
        programme=people.programme,
    )
    assert seen(people, study).plan.question == "Hur många försörjer sig själva?"
    with pytest.raises(Conflict) as caught:
        done(
            people.eva,
            DefineStudy,
            lambda p: studies.change(p, study=study, plan=plan, version=1),
            programme=people.programme,
        )
    assert caught.value.theirs == {"question": "Hur många försörjer sig själva?"}


def test_nothing_is_run_before_the_lock(people):
    """Results can only come from a locked plan."""
    study = defined(people)
    with pytest.raises(Rejection, match="Lås planen först"):
        asked(people, study)


def test_whoever_asks_for_results_before_the_lock_is_refused_and_it_is_logged(people):
    """The refusal stands in the log: pre-registration that nobody can check is a promise."""
    study = defined(people)
    found = done(people.eva, SeeResults, lambda p: results_of(p, study=study), programme=people.programme)
    assert not isinstance(found, ResultsView)
    assert event("study.results_refused").item == study


def test_the_lock_says_which_results_had_been_opened_by_then(people):
    """Whoever has seen the figures can find a question that they answer: the plan itself says so."""
    first = locked(people)
    counted(people, first)
    unseen = locked(people)
    assert seen(people, unseen).seen_before == ()
    assert isinstance(
        done(people.eva, SeeResults, lambda p: results_of(p, study=first), programme=people.programme), ResultsView
    )
    later = locked(people)
    assert seen(people, later).seen_before == (1,)
    assert str(first) in seen(people, later).text


def test_a_study_that_follows_another_says_which_and_why(people):
    """After the lock: a new study, which says what it follows and why."""
    first = locked(people)
    with pytest.raises(Rejection, match="varför"):
        defined(people, follows=str(first))
    second = defined(people, follows=str(first), why="Fler har följts i två år nu.")
    assert seen(people, second).follows == (1, first)


def test_a_question_that_already_answers_itself_is_sent_back(people):
    """Without a comparison nothing is an effect (evaluation.comparison), so no question calls it one."""
    with pytest.raises(Rejection, match="Fråga efter en förändring"):
        defined(people, question="Vilken effekt har programmet?")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"question": " "}, "question"),
        ({"question": "x" * 501}, "question"),
        ({"quarter_from": "2026-1"}, "quarter_from"),
        ({"quarter_from": "2026-Q2", "quarter_to": "2026-Q1"}, "quarter_to"),
        ({"age_from": 40, "age_to": 30}, "age_to"),
        ({"months_before": 1}, "months_before"),
        ({"after_from": 24, "after_to": 24}, "after_to"),
        ({"comparison": "matched"}, "file"),
        ({"comparison": "by eye"}, "comparison"),
        ({"outcomes": ()}, "outcomes"),
        ({"outcomes": ("improvement",)}, "prices"),
        ({"rates": (0.07,)}, "rates"),
        ({"least": 4}, "least"),
        ({"kept": 1.2}, "kept"),
        ({"pension_age": 40}, "pension_age"),
        ({"meeting_hours": 9.0}, "meeting_hours"),
        ({"most_unpriced": 0.6}, "most_unpriced"),
        ({"self_supporting": ()}, "self_supporting"),
    ],
)
def test_what_cannot_be_planned_is_told_beside_its_field(told, field):
    """Small cells below 5 are never shown; rates are the method's three; months and ages make sense."""
    given = {"question": QUESTION, "outcomes": ("self_support",)} | told
    with pytest.raises(Rejection) as caught:
        checked(StudyPlan(**given))
    assert field in {problem.field for problem in caught.value.problems}


def test_chance_is_drawn_from_the_plans_own_hash():
    """The seed cannot be chosen until the figures look well: it follows from the plan."""
    one, other = StudyPlan(question="a"), StudyPlan(question="b")
    assert plan_from(one.for_the_engine()).seed != plan_from(other.for_the_engine()).seed
    assert plan_from(one.for_the_engine()) == plan_from(json.loads(json.dumps(one.for_the_engine())))


def test_a_draft_that_is_dropped_loses_its_file(people):
    """What is not needed is not kept."""
    study = defined(people, comparison="matched", file=register_csv(), file_name="a.csv")
    done(people.eva, DefineStudy, lambda p: studies.drop(p, study=study), programme=people.programme)
    row = Study.objects.get(id=study)
    assert (row.status, row.file) == ("dropped", None)


def register_csv() -> bytes:
    return as_register_csv(a_register(80)).encode()
