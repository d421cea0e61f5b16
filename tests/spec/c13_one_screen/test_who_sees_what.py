"""The same truth on every reader's screen, and no more of it than she may know (design.md, "The rule of the door")."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from samverk.access.actor import Actor
from samverk.access.declare import Promise, ReportAbsence, SetGoal
from samverk.actions import absence, commitments, plans, promises
from tests import build
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db

GOAL = "Jag vill svarva igen, och ha råd att åka och fiska med Erik."
PROMISE = "Plats på kurs i numerisk svarvning"


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def case(people: Cast) -> UUID:
    case = build.active_case(people)
    build.done(people.egon, SetGoal, lambda p: plans.set_goal(p, text=GOAL, version=0), case=case)
    due = timezone.localdate() + timedelta(days=9)
    promise = promises.NewPromise(PROMISE, due=due, account=people.bo.account, category="work")
    build.done(people.bo, Promise, lambda p: commitments.make(p, promise=promise), case=case)
    return case


def text(who: Actor, path: str) -> str:
    answer = build.browser(who).get(path, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_her_goal_stands_on_every_screen_about_her(people: Cast, case: UUID) -> None:
    """The person's words are the largest text after the title, for her and for those who may read them (look)."""
    for who in (people.egon, people.anna, people.bo):
        assert GOAL in text(who, f"/arenden/{case}/")


def test_she_sees_who_has_promised_what(people: Cast, case: UUID) -> None:
    """A promise nobody can find must never happen (domain.md §3, last lines)."""
    assert PROMISE in text(people.egon, "/min-plan/")


@pytest.mark.parametrize("name", ["cia", "dag"])
def test_a_party_without_consent_sees_nothing_of_the_others(people: Cast, case: UUID, name: str) -> None:
    """Without consent, or after it was withdrawn, nothing crosses a border: not how far she has come either."""
    who = getattr(people, name)
    page = text(who, f"/arenden/{case}/")
    assert GOAL not in page
    assert PROMISE not in page
    assert 'class="phases"' not in page
    assert PROMISE not in text(who, "/min-dag/")


def test_the_day_tells_what_needs_her_in_all_her_cases(people: Cast, case: UUID) -> None:
    """An official has no minute to lose: what she has promised, and who did not come, stand first."""
    build.done(
        people.egon, ReportAbsence, lambda p: absence.report(p, day=timezone.localdate(), words="Febrig"), case=case
    )
    assert PROMISE in text(people.bo, "/min-dag/")
    assert "kom inte" in text(people.anna, "/min-dag/")
    assert "kom inte" not in text(people.bo, "/min-dag/"), "an absence is told to the contact person only"


def test_the_work_place_meets_one_button_only(people: Cast, case: UUID) -> None:
    """The employer is a limited user: she reports absence in one step and reads nothing (domain.md §3.7)."""
    build.assign_workplace(people, case)
    page = text(people.frida, f"/arenden/{case}/")
    assert f"/arenden/{case}/franvaro/anmal/" in page
    assert GOAL not in page
    assert f"/arenden/{case}/plan/" not in page


def test_an_empty_day_says_so(people: Cast) -> None:
    """Calm also when a list is empty."""
    page = text(people.bo, "/min-dag/")
    assert "Ingenting väntar på dig just nu." in page
    assert "Du har inget möte de närmaste två veckorna." in page
