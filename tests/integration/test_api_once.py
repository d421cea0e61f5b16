"""A retried request has one effect: the key `Idempotency-Key` (security.md, the bar; ADR 009)."""

import json
from typing import Any

import pytest
from django.http import HttpResponse

from samverk.store.models import Case, Event, Referral
from tests.build import WHOLE, browser, own_referral
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def begin(people: Cast, key: str, *, who: str = "egon", **body: Any) -> HttpResponse:
    """Egon begins a referral, with the key where one is told."""
    told = {"programme": str(people.programme), "answers": {"wishes": "Svarva."}} | body
    headers = {"HTTP_IDEMPOTENCY_KEY": key} if key else {}
    client = browser(getattr(people, who))
    return client.post("/api/referrals", json.dumps(told), content_type="application/json", **headers)


def test_the_same_request_again_makes_nothing_new(people: Cast) -> None:
    """The answer was lost on the way and the request comes again: one referral, and it is told so."""
    before = Case.objects.count()
    answers = [begin(people, "a-1") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 409, 409]
    assert json.loads(answers[1].content)["detail"] == "Det här hade du redan skickat. Det är sparat en gång."
    assert Case.objects.count() == before + 1


def test_another_key_is_another_request(people: Cast) -> None:
    """And so is none: whoever sends no key is asked for none."""
    before = Case.objects.count()
    assert [begin(people, key).status_code for key in ("a", "b", "", "")] == [201] * 4
    assert Case.objects.count() == before + 4


def test_the_same_key_with_another_content_does_nothing(people: Cast) -> None:
    """A mistake of the sender's: what was not sent before is not saved under a key that was."""
    begin(people, "a")
    assert begin(people, "a", answers={"wishes": "Fiska."}).status_code == 409
    assert Referral.objects.filter(item__case__person=people.egon.person).count() == 1


def test_a_key_is_ones_own(people: Cast) -> None:
    """Another account may use the same word."""
    person = {"name": "Rut", "birth_year": 1960}
    assert begin(people, "a").status_code == 201
    assert begin(people, "a", who="cia", person=person).status_code == 201


def test_what_was_rejected_may_be_sent_again(people: Cast) -> None:
    """Nothing was done under the key, so it is free."""
    assert begin(people, "a", answers={"why_now": "å" * 20_001}).status_code == 422
    assert begin(people, "a").status_code == 201


def test_sending_twice_sends_once(people: Cast) -> None:
    """The second is told that it is done, not that it cannot be done in this state."""
    form = json.loads(begin(people, "a", answers=dict(WHOLE.texts), officials=11).content)
    client, address = browser(people.egon), f"/api/referrals/{form['case']}/send"
    told = [
        client.post(
            address,
            '{"own_consent": true, "condition_of_benefit": false}',
            content_type="application/json",
            HTTP_IDEMPOTENCY_KEY="send",
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in told] == [200, 409]
    assert Event.objects.filter(case=form["case"], what="referral.sent").count() == 1


def test_a_key_that_is_too_long_is_told(people: Cast) -> None:
    """422, with the header's name."""
    answer = begin(people, "k" * 201)
    assert answer.status_code == 422
    assert [problem["field"] for problem in json.loads(answer.content)["problems"]] == ["Idempotency-Key"]


def test_a_refusal_may_be_asked_for_again(people: Cast) -> None:
    """Forbidden looks absent the second time as well."""
    case = own_referral(people)
    told = [
        browser(people.frida).post(
            f"/api/referrals/{case}/send", "{}", content_type="application/json", HTTP_IDEMPOTENCY_KEY="x"
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in told] == [404, 404]


def test_the_key_stands_in_the_description(people: Cast) -> None:
    """Whoever builds against the interface finds it."""
    schema = json.loads(browser(people.egon).get("/api/openapi.json").content)
    named = {
        parameter["name"]
        for path in ("/api/referrals", "/api/referrals/{case}/send")
        for parameter in schema["paths"][path]["post"]["parameters"]
    }
    assert "Idempotency-Key" in named
