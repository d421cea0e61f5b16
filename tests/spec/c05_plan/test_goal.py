"""The goal in her own words, with its history."""

from uuid import UUID

import pytest
from django.urls import reverse

from samverk.access.declare import ReadCase, SetGoal
from samverk.access.plans import goals_of
from samverk.actions import plans
from samverk.domain.words import Conflict, Rejection
from samverk.store.models import Event, Goal, Item
from tests.build import active_case, browser, done, is_refused
from tests.build_plans import goal
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def case(people: Cast) -> UUID:
    return active_case(people)


def test_every_wording_of_her_goal_is_kept(people: Cast, case: UUID) -> None:
    """A goal in her own words, with history (domain.md §3.5)."""
    goal(people, case, "Få ordning på hyran.")
    goal(people, case, "Svarva igen.", version=1)
    seen = done(people.bo, ReadCase, goals_of, case=case)
    assert [(g.text, g.replaced_at is None) for g in seen] == [("Svarva igen.", True), ("Få ordning på hyran.", False)]
    assert Event.objects.filter(what="goal.set").count() == 2


def test_the_goal_is_hers_also_when_the_coordinator_writes_it(people: Cast, case: UUID) -> None:
    """Whoever types it, the goal is the participant's, and it says how it came (issue 2)."""
    item = done(
        people.anna, SetGoal, lambda p: plans.set_goal(p, text="Svarva.", version=0, on_behalf="spoken"), case=case
    )
    assert Item.objects.get(id=item).owner is None
    with pytest.raises(Rejection) as caught:
        done(people.anna, SetGoal, lambda p: plans.set_goal(p, text="Annat.", version=1), case=case)
    assert caught.value.problems[0].field == "on_behalf"


def test_nobody_else_sets_her_goal(people: Cast, case: UUID) -> None:
    """The goal is the person's own (domain.md §3.5)."""
    assert is_refused(people.bo, SetGoal, case=case)
    assert is_refused(people.cia, SetGoal, case=case)


def test_an_empty_goal_and_a_goal_on_top_of_anothers_are_refused(people: Cast, case: UUID) -> None:
    """The answer names the field, and nothing is overwritten (house.md)."""
    with pytest.raises(Rejection) as caught:
        goal(people, case, " ")
    assert caught.value.problems[0].field == "text"
    goal(people, case, "Svarva igen.")
    with pytest.raises(Conflict) as conflict:
        goal(people, case, "Fiska.", version=0)
    assert conflict.value.theirs == {"text": "Svarva igen."}
    assert Goal.objects.count() == 1


def test_without_consent_the_goal_is_not_there(people: Cast, case: UUID) -> None:
    """Cia has no consent, Dag's was withdrawn yesterday (design.md)."""
    goal(people, case)
    for who in (people.cia, people.dag):
        assert done(who, ReadCase, goals_of, case=case) == ()


def test_she_writes_her_goal_on_a_page(people: Cast, case: UUID) -> None:
    """A form with the version in it; two writers see both texts (house.md)."""
    client, url = browser(people.egon), reverse("goal", kwargs={"case": case})
    assert client.post(url, {"text": "", "version": "0"}).status_code == 422
    assert client.post(url, {"text": "Svarva igen.", "version": "0"}).status_code == 302
    answer = client.post(url, {"text": "Fiska.", "version": "0"})
    assert answer.status_code == 422
    assert "Svarva igen." in answer.text
    assert "Fiska." in answer.text
    assert 'name="version" value="1"' in answer.text
