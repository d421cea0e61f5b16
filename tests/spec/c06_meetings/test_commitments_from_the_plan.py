"""The steps of an agreed plan are commitments (domain.md §3.5): one for each line, through every version."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from samverk.access.commitments import CommitmentView, commitments_of
from samverk.access.declare import Promise, ReadCase, SignPlan
from samverk.actions import commitments
from samverk.actions.commitments import PlanStep
from tests.build import active_case, done
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + timedelta(days=30)
COURSE, WORDS = uuid4(), uuid4()


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def case(people: Cast) -> UUID:
    return active_case(people)


def steps(people: Cast, *, what: str = "Plats på kurs", due: date = SOON) -> list[PlanStep]:
    return [
        PlanStep(COURSE, what, people.af, people.bo.account, due, "work"),
        PlanStep(WORDS, "Skriva tre rader", None, None, SOON, "process"),
    ]


def agree(people: Cast, case: UUID, agreed: list[PlanStep]) -> None:
    done(people.egon, SignPlan, lambda p: commitments.from_plan(p, steps=agreed), case=case)


def seen(people: Cast, case: UUID) -> dict[str, CommitmentView]:
    views = done(people.egon, ReadCase, lambda p: commitments_of(p, timezone.localdate()), case=case)
    return {view.what: view for view in views}


def test_an_agreed_step_becomes_a_commitment(people: Cast, case: UUID) -> None:
    """Who, what and by when are the step's; the category too, and so who may read."""
    agree(people, case, steps(people))
    found = seen(people, case)
    assert (found["Plats på kurs"].owner_name, found["Plats på kurs"].category) == ("Bo", "work")
    assert found["Skriva tre rader"].mine


def test_the_same_line_stays_the_same_commitment(people: Cast, case: UUID) -> None:
    """A new version changes the promise; what stood before stays readable, and nothing is doubled."""
    agree(people, case, steps(people))
    agree(people, case, steps(people))
    later = SOON + timedelta(days=10)
    agree(people, case, steps(people, what="Plats på svarvkurs", due=later))
    found = seen(people, case)
    assert found.keys() == {"Plats på svarvkurs", "Skriva tre rader"}
    (move,) = found["Plats på svarvkurs"].moves
    assert (move.verb, move.old_what, move.old_due, move.new_due) == ("change", "Plats på kurs", SOON, later)
    assert found["Skriva tre rader"].moves == ()


def test_a_step_that_has_gone_is_released_and_a_kept_one_is_left_alone(people: Cast, case: UUID) -> None:
    """Nothing of the history is lost when the plan changes."""
    agree(people, case, steps(people))
    words = seen(people, case)["Skriva tre rader"]
    done(people.egon, Promise, lambda p: commitments.keep(p, commitment=words.id, version=1), case=case)
    agree(people, case, [])
    found = seen(people, case)
    assert (found["Plats på kurs"].status, found["Skriva tre rader"].status) == ("released", "kept")


def test_what_was_broken_is_promised_again_by_a_new_agreement(people: Cast, case: UUID) -> None:
    """Who signs a plan that still holds the step promises it anew."""
    agree(people, case, steps(people))
    id = seen(people, case)["Plats på kurs"].id
    done(people.bo, Promise, lambda p: commitments.break_(p, commitment=id, version=1, reason="Fullt"), case=case)
    agree(people, case, steps(people, due=SOON + timedelta(days=30)))
    view = seen(people, case)["Plats på kurs"]
    assert (view.status, [m.verb for m in view.moves]) == ("open", ["break", "take_up_again"])
