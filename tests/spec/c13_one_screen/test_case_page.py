"""The case page and the participant's own page: the state of the whole on one screen."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samverk.access.actor import Actor
from samverk.access.declare import CallMeeting, Promise, SetGoal
from samverk.actions import commitments, meetings, plans, promises
from tests import build
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db

MOST_QUERIES = 18


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def case(people: Cast) -> UUID:
    return build.active_case(people)


def page(actor: Actor, path: str) -> tuple[str, list[str]]:
    """The page as `actor` sees it, and the queries that it took."""
    client = build.browser(actor)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode(), build.asked_of(queries)


def fill(people: Cast, case: UUID, *, n: int) -> None:
    """`n` wordings of the goal, promises, spells, measures and absences more."""
    today = timezone.localdate()
    for i in range(n):
        build.done(
            people.egon, SetGoal, lambda p, i=i: plans.set_goal(p, text=f"Svarva igen {i}", version=i), case=case
        )
        promise = promises.NewPromise(f"Plats på kurs {i}", due=today + timedelta(days=i), account=people.bo.account)
        build.done(people.bo, Promise, lambda p, w=promise: commitments.make(p, promise=w), case=case)
        soon = timezone.now() + timedelta(days=i + 3)
        call = meetings.NewMeeting(purpose="Planen", starts_at=soon, place="Biblioteket")
        build.done(people.anna, CallMeeting, lambda p, c=call: meetings.call(p, meeting=c), case=case)
        build.a_spell(people, case, share=20, first_day=today - timedelta(days=30), last_day=today + timedelta(days=i))
        build.a_measure(people, case)


def test_a_page_takes_as_many_queries_for_one_thing_as_for_many(people: Cast, case: UUID) -> None:
    """At most 18 queries a page, however many items are shown (peers.md, "The bar")."""
    pages = [(people.anna, f"/arenden/{case}/"), (people.egon, f"/arenden/{case}/"), (people.anna, "/min-dag/")]
    fill(people, case, n=1)
    few = [page(*one)[1] for one in pages]
    build.done(people.egon, SetGoal, lambda p: plans.set_goal(p, text="Svarva", version=1), case=case)
    fill_more = [people.anna, people.bo]
    for who in fill_more:
        build.a_spell(people, case, by=who, share=10, first_day=timezone.localdate())
        build.a_measure(people, case, by=who)
    many = [page(*one)[1] for one in pages]
    for (who, path), before, after in zip(pages, few, many, strict=True):
        assert len(after) <= MOST_QUERIES, (who.name, path, len(after), after)
        assert len(after) == len(before), (who.name, path)
