"""The pages of commitments, for each kind of reader, without script."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from samverk.access.actor import Actor
from samverk.access.declare import Promise
from samverk.actions import commitments
from samverk.actions.promises import NewPromise
from samverk.store.models import Commitment
from tests.build import active_case, browser, done
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=7)


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def case(people: Cast) -> UUID:
    return active_case(people)


def promised(who: Actor, case: UUID, what: str = "Ringa om kursen") -> UUID:
    promise = NewPromise(what, SOON, by_participant=who.person is not None, account=who.account)
    return done(who, Promise, lambda p: commitments.make(p, promise=promise), case=case)


def test_each_reader_sees_her_own_list(people: Cast, case: UUID, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    """One page for all; what it shows is decided item by item, in as many queries for ten promises as for one."""
    promised(people.bo, case)
    list_url = reverse("commitments", kwargs={"case": case})
    for who, sees in (
        (people.anna, True),
        (people.bo, True),
        (people.egon, True),
        (people.cia, False),
        (people.dag, False),
    ):
        client = browser(who)
        with django_assert_max_num_queries(18):
            page = client.get(list_url)
        assert page.status_code == 200
        assert ("Ringa om kursen" in page.content.decode()) is sees
    assert browser(people.stig).get(list_url).status_code == 404


def test_ten_promises_cost_no_more_queries_than_one(people: Cast, case: UUID, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    """A page does the same number of queries however many items there are (docs/house.md)."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, url = browser(people.anna), reverse("commitments", kwargs={"case": case})
    promised(people.bo, case)
    with CaptureQueriesContext(connection) as one:
        assert client.get(url).status_code == 200
    for n in range(9):
        promised(people.bo, case, f"Löfte {n}")
    with django_assert_num_queries(len(one)):
        client.get(url)


def test_a_promise_is_made_in_the_browser_and_nothing_typed_is_lost(people: Cast, case: UUID) -> None:
    """A form that is refused comes back with status 422 and everything in it."""
    client, url = browser(people.anna), reverse("commitment_new", kwargs={"case": case})
    assert client.get(url).status_code == 200
    typed = {"what": "Skicka intyg", "due": (TODAY - timedelta(days=3)).isoformat(), "owner": str(people.bo.account)}
    typed |= {"category": "work", "decision_kind": "", "on_behalf": "spoken"}
    refused = client.post(url, typed)
    assert refused.status_code == 422
    assert "Dagen har redan varit" in refused.content.decode()
    assert "Skicka intyg" in refused.content.decode()
    assert not Commitment.objects.exists()
    assert client.post(url, typed | {"due": SOON.isoformat()}).status_code == 302
    assert Commitment.objects.get().owner_account_id == people.bo.account


def test_the_participant_promises_and_keeps_on_her_own_page(people: Cast, case: UUID) -> None:
    """Two fields, and “Det är gjort”."""
    client = browser(people.egon)
    client.post(reverse("commitment_new", kwargs={"case": case}), {"what": "Skriva tre rader", "due": SOON.isoformat()})
    row = Commitment.objects.get()
    keep = reverse("commitment_turn", kwargs={"case": case, "commitment": row.pk, "do": "klart"})
    assert client.get(keep).status_code == 200
    assert client.post(keep, {"version": 1, "on": TODAY.isoformat()}).status_code == 302
    row.refresh_from_db()
    assert row.status == "kept"
    shown = client.get(reverse("commitment", kwargs={"case": case, "commitment": row.pk}))
    assert "Gjort" in shown.content.decode()


def test_both_texts_stand_when_two_have_written_and_the_next_save_holds(people: Cast, case: UUID) -> None:
    """Conflict: what the other wrote, what I wrote, and a form that can be saved."""
    id = promised(people.bo, case)
    later = SOON + timedelta(days=1)
    done(
        people.bo,
        Promise,
        lambda p: commitments.postpone(p, commitment=id, version=1, due=later, reason="Kö"),
        case=case,
    )
    url = reverse("commitment_turn", kwargs={"case": case, "commitment": id, "do": "senare"})
    typed = {"version": "1", "due": (later + timedelta(days=2)).isoformat(), "reason": "Sjuk", "on_behalf": "spoken"}
    client = browser(people.anna)
    page = client.post(url, typed)
    assert page.status_code == 422
    assert {"Kö", "Sjuk"} <= {text for _, mine, theirs in page.context["both"] for text in (mine, theirs)}
    assert 'name="version" value="2"' in page.content.decode()
    assert client.post(url, typed | {"version": "2"}).status_code == 302


def test_nobody_elses_promise_has_a_form(people: Cast, case: UUID) -> None:
    """Bo's promise cannot be kept by Egon, and Cia cannot even find it."""
    id = promised(people.bo, case)
    url = reverse("commitment_turn", kwargs={"case": case, "commitment": id, "do": "klart"})
    assert browser(people.egon).get(url).status_code == 404
    assert browser(people.cia).get(url).status_code == 404
    assert (
        browser(people.egon).post(url, {"version": 1, "on": TODAY.isoformat(), "on_behalf": "spoken"}).status_code
        == 422
    )
    assert Commitment.objects.get().status == "open"


def test_she_asks_to_be_called_in_one_press(people: Cast, case: UUID) -> None:
    """The second press says that it is already asked for."""
    client, url = browser(people.egon), reverse("call_me", kwargs={"case": case})
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 302
    assert client.post(url).status_code == 422
    assert browser(people.anna).get(url).status_code == 404
    assert Commitment.objects.get().owner_account_id == people.anna.account
