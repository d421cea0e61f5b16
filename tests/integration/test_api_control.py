"""Reading for control through the interface: as on the page, with the same refusal and the same trace (domain.md §3.2)."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from samverk.access.declare import WithdrawConsent
from samverk.actions import consents
from samverk.store.models import ControlReading, Event
from tests.build import active_case, browser, done, give_for_control
from tests.integration.test_api import post, told
from tests.people import Cast, cast
from tests.spec.c02_consent.test_withdrawal import note

pytestmark = pytest.mark.django_db
MATTER = {"matter": "Prövning av sjukpenning"}


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def case(people: Cast) -> UUID:
    """One note that she has said yes to for control, and one that only support covers."""
    case = active_case(people)
    note(people.anna, case, "health", people.municipality)
    note(people.bo, case, "health", people.bo.party)
    give_for_control(people, case, giver=people.municipality, receiver=people.fk)
    return case


def test_the_matter_is_stated_and_only_what_control_covers_is_shown(people: Cast, case: UUID) -> None:
    """The same act as on the page: she sees the reading, and who made it; after a withdrawal nothing of it is shown."""
    cia, address = browser(people.cia), f"/api/cases/{case}/control"
    made = post(cia, address, MATTER)
    assert made.status_code == 201
    reading = told(made)["id"]
    shown = told(cia.get(f"{address}/{reading}"))
    assert (shown["reading"]["matter"], shown["reading"]["count"]) == (MATTER["matter"], 1)
    assert [(thing["kind"], thing["owner"]) for thing in shown["things"]] == [("note", "Kommunen")]
    seen = told(browser(people.egon).get(address))
    assert [(row["id"], row["by"], row["count"]) for row in seen["readings"]] == [(reading, "Cia", 1)]
    assert Event.objects.filter(what="control.opened", purpose="control", actor=people.cia.account).count() == 1
    done(people.egon, WithdrawConsent, lambda p: consents.withdraw_all(p, receivers=[people.fk]), case=case)
    assert told(cia.get(f"{address}/{reading}"))["things"] == []


def test_it_is_refused_where_the_page_refuses(people: Cast, case: UUID) -> None:
    """A party that decides no benefits, her contact person, and whoever has no part: nothing here, in the same words."""
    address = f"/api/cases/{case}/control"
    answers = [post(browser(who), address, MATTER) for who in (people.anna, people.frida, people.egon)]
    answers.append(post(browser(people.cia), f"/api/cases/{uuid4()}/control", MATTER))
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    empty = post(browser(people.cia), address, {"matter": " "})
    assert (empty.status_code, told(empty)["problems"][0]["field"]) == (422, "matter")
    assert not ControlReading.objects.exists()


def test_a_retried_reading_is_one(people: Cast, case: UUID, django_assert_max_num_queries: Any) -> None:
    """The same key twice: 409, and one reading in her log. At most eighteen queries."""
    cia = browser(people.cia)
    with django_assert_max_num_queries(18):
        first = post(cia, f"/api/cases/{case}/control", MATTER, HTTP_IDEMPOTENCY_KEY="k1")
    with django_assert_max_num_queries(18):
        cia.get(f"/api/cases/{case}/control/{told(first)['id']}")
    again = post(cia, f"/api/cases/{case}/control", MATTER, HTTP_IDEMPOTENCY_KEY="k1")
    assert (first.status_code, again.status_code) == (201, 409)
    assert ControlReading.objects.count() == 1
