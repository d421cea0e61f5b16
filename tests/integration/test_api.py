"""The programming interface: the same acts through the same door, and a clear no (issue 2, no. 1)."""

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from samverk.api import programmes
from samverk.api.closed import operations
from samverk.store.models import Case, Event, Referral
from tests.access.routes import routes
from tests.build import WHOLE, active_case, browser, own_referral
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db

ANSWERS = dict(WHOLE.texts)


@pytest.fixture
def people() -> Cast:
    return cast()


# Reading


def test_one_reads_ones_own_list_of_cases(people: Cast) -> None:
    """Anna's list holds the case, Egon's holds his own, Frida's nothing; each only what the door lets through."""
    case = active_case(people)
    assert [row["id"] for row in told(browser(people.anna).get("/api/cases"))["cases"]] == [str(case)]
    assert [row["id"] for row in told(browser(people.egon).get("/api/cases"))["cases"]] == [str(case)]
    assert told(browser(people.frida).get("/api/cases")) == {"cases": [], "next": None}


def test_a_case_holds_what_its_reader_may_see(people: Cast) -> None:
    """Bo's party has consent and reads the referral; Cia's has none: she gets the head and nothing of others'."""
    case = active_case(people)
    anna, cia = (told(browser(who).get(f"/api/cases/{case}")) for who in (people.anna, people.cia))
    assert anna["case"]["name"] == "Egon Jönsson"
    assert "Anna" in {who["name"] for who in anna["people"]}
    assert "referral" in {row["kind"] for row in anna["timeline"]}
    assert {say["receiver_name"] for say in anna["consents"]} == {"Nacka kommun", "Arbetsförmedlingen"}
    assert (cia["timeline"], cia["commitments"], cia["meetings"], cia["consents"]) == ([], [], [], [])


def test_what_may_not_be_seen_is_told_as_what_is_not_there(people: Cast) -> None:
    """404 with the same words for a foreign case, for no case and for an address that leads nowhere."""
    case = active_case(people)
    client = browser(people.frida)
    answers = [client.get(f"/api/{end}") for end in (f"cases/{case}", f"cases/{uuid4()}", "cases/x", "nowhere", "")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_looking_is_logged_and_so_is_a_refusal(people: Cast) -> None:
    """What goes through the interface stands in the log like what goes through a page."""
    case = active_case(people)
    before = Event.objects.filter(case=case, act="ReadCase").count()
    browser(people.anna).get(f"/api/cases/{case}")
    browser(people.frida).get(f"/api/cases/{case}")
    seen = Event.objects.filter(case=case, act="ReadCase").order_by("at")[before:]
    assert [(event.actor_name, event.allowed) for event in seen] == [("Anna", True), ("Frida", False)]


def test_the_portfolio_is_paged_and_searched(people: Cast) -> None:
    """Open information for whoever is logged in."""
    client = browser(people.egon)
    assert told(client.get("/api/programmes?search=nacka"))["found"] == 1
    assert told(client.get("/api/programmes?search=ystad")) == {"programmes": [], "found": 0, "next": None}
    assert told(client.get("/api/programmes?start=50"))["programmes"] == []


def test_a_case_costs_no_more_queries_for_more_in_it(people: Cast, django_assert_max_num_queries: Any) -> None:
    """At most eighteen, as for a page."""
    case = active_case(people)
    client = browser(people.anna)
    with django_assert_max_num_queries(18):
        client.get(f"/api/cases/{case}")


# Writing


def test_a_referral_from_the_first_word_to_sending(people: Cast) -> None:
    """Begun with half an answer, saved whole, sent: as on the pages."""
    client = browser(people.egon)
    begun = post(client, "/api/referrals", {"programme": str(people.programme), "answers": {"wishes": "Svarva."}})
    assert begun.status_code == 201
    form = told(begun)
    assert (form["answers"], form["status"]) == ({"wishes": "Svarva."}, "draft")
    address = f"/api/referrals/{form['case']}"
    saved = put(client, address, {"answers": ANSWERS, "officials": 11, "version": form["version"]})
    assert told(saved)["version"] == form["version"] + 1
    sent = post(client, f"{address}/send", {"own_consent": True, "condition_of_benefit": False})
    assert told(sent) == {"case": form["case"], "status": "sent"}


def test_an_official_refers_somebody_else(people: Cast) -> None:
    """With her name, without a number, and with the parties that are already there."""
    body = {
        "programme": str(people.programme),
        "person": {"name": "Rut", "birth_year": 1960},
        "parties": [str(people.fk)],
    }
    form = told(post(browser(people.cia), "/api/referrals", body))
    assert form["parties"] == [str(people.fk)]
    assert Case.objects.get(id=form["case"]).person.name == "Rut"


def test_a_beginning_that_cannot_be_kept_leaves_nothing(people: Cast) -> None:
    """Too long an answer: 422 with its name, and no empty referral behind."""
    body = {"programme": str(people.programme), "answers": {"why_now": "å" * 20_001}}
    answer = post(browser(people.egon), "/api/referrals", body)
    assert (answer.status_code, fields(answer)) == (422, ["answers.why_now"])
    assert not Case.objects.exists()


def test_what_is_missing_is_named(people: Cast) -> None:
    """A rejection is a list of fields, each with a sentence that says what to do."""
    client = browser(people.egon)
    case = told(post(client, "/api/referrals", {"programme": str(people.programme)}))["case"]
    answer = post(client, f"/api/referrals/{case}/send", {"own_consent": True})
    assert answer.status_code == 422
    assert "answers.why_now" in fields(answer)
    assert "innan du skickar" in told(answer)["problems"][0]["text"]


def test_two_who_save_at_once_see_each_others_words(people: Cast) -> None:
    """409 with what now stands, by field; nothing of the second is written over the first."""
    client = browser(people.egon)
    form = told(post(client, "/api/referrals", {"programme": str(people.programme)}))
    address = f"/api/referrals/{form['case']}"
    put(client, address, {"answers": {"wishes": "Först."}, "version": form["version"]})
    second = put(client, address, {"answers": {"wishes": "Sedan."}, "version": form["version"]})
    assert second.status_code == 409
    assert told(second)["theirs"]["answers.wishes"] == "Först."
    assert told(client.get(address))["answers"]["wishes"] == "Först."


def test_out_of_order_is_refused(people: Cast) -> None:
    """What has been sent is neither sent again nor changed."""
    case = own_referral(people)
    client = browser(people.egon)
    assert post(client, f"/api/referrals/{case}/send", {"own_consent": True}).status_code == 422
    assert put(client, f"/api/referrals/{case}", {"answers": {"wishes": "Nytt"}, "version": 3}).status_code == 422
    assert client.get(f"/api/referrals/{case}").status_code == 404


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ("{", 400, None),
        (b"\xff\xfe", 400, None),
        ("[]", 422, ""),
        ("{}", 422, "programme"),
        ('{"programme": "x"}', 422, "programme"),
        ('{"programme": "ID"}', 422, "programme"),
        ('{"programme": "P", "answers": {"wishes": 7}}', 422, "answers.wishes"),
        ('{"programme": "P", "parties": ["ID"]}', 422, "parties"),
        ('{"programme": "P", "officials": -1}', 422, "officials"),
        ('{"programme": "P", "officials": 99999999999999999999}', 422, "officials"),
        ('{"programme": "P", "offcials": 2}', 422, "offcials"),
        ('{"programme": "P", "person": {"name": "  "}}', 422, "name"),
    ],
)
def test_what_cannot_be_taken_is_named(people: Cast, body: str | bytes, status: int, field: str | None) -> None:
    """Half, misspelt, of the wrong kind, unknown: a status, the field, a sentence; nothing is written."""
    sent = body
    if isinstance(sent, str):
        sent = sent.replace('"P"', f'"{people.programme}"').replace('"ID"', f'"{uuid4()}"')
    who = people.cia if '"person"' in str(body) else people.egon
    answer = browser(who).generic("POST", "/api/referrals", sent, content_type="application/json")
    assert answer.status_code == status
    assert (fields(answer) == [field]) if field is not None else told(answer)["detail"]
    assert not Referral.objects.exists()


def test_a_refusal_does_not_say_the_senders_words_back(people: Cast) -> None:
    """What was sent may be about a person, and refusals end up in logs."""
    answer = post(browser(people.egon), "/api/referrals", {"programme": "19520101-1234"})
    assert b"19520101" not in answer.content


def test_what_is_no_character_is_left_out(people: Cast) -> None:
    """The character zero and half a pair: not every database can hold them, and no sentence needs them."""
    body = {"programme": str(people.programme), "person": {"name": "Ru\0t"}, "answers": {"wishes": "a\0\ud800b"}}
    form = told(post(browser(people.cia), "/api/referrals", body))
    assert form["answers"]["wishes"] == "ab"
    assert Case.objects.get(id=form["case"]).person.name == "Rut"


def test_too_much_is_413(people: Cast) -> None:
    """Thirteen million characters are not read."""
    answer = post(browser(people.egon), "/api/referrals", {"programme": "x" * 13_000_000})
    assert answer.status_code == 413
    assert told(answer)["detail"]


# Closed


def test_a_write_from_another_page_is_refused(people: Cast) -> None:
    """A session alone writes nothing: the token against forged requests is demanded, and is enough."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = browser(people.egon).cookies
    body = {"programme": str(people.programme)}
    assert post(client, "/api/referrals", body).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get("/remisser/ny/").content.decode())
    assert token is not None
    assert post(client, "/api/referrals", body, HTTP_X_CSRFTOKEN=token[1]).status_code == 201


def test_the_description_is_for_whoever_is_logged_in(people: Cast) -> None:
    """It names every operation, and is 401 for others. There are no documentation pages with foreign scripts."""
    assert Client().get(reverse("api:openapi-json")).status_code == 401
    described = told(browser(people.eva).get(reverse("api:openapi-json")))
    found = {operation.view_func for route in routes() if route.is_api for operation in operations(route.view)}
    assert sum(len(ways) for ways in described["paths"].values()) == len(found)
    assert "api:openapi-view" not in {route.name for route in routes()}


def test_what_fails_tells_nothing_of_how(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of ours is 500 with a neutral sentence; the log has the rest."""

    def burst(*_: object, **__: object) -> None:
        raise RuntimeError("a secret about the inside")

    monkeypatch.setattr(programmes, "through", burst)
    answer = browser(people.egon).get("/api/programmes")
    assert answer.status_code == 500
    assert b"secret" not in answer.content


def test_a_stranger_writes_no_referral_of_others(people: Cast) -> None:
    """Bo may not write Egon's own referral, nor may another party's official Cia's."""
    case = own_referral(people)
    for who in (people.bo, people.frida):
        assert put(browser(who), f"/api/referrals/{case}", {"version": 1}).status_code == 404


def told(answer: HttpResponse) -> Any:
    return json.loads(answer.content)


def fields(answer: HttpResponse) -> list[str]:
    return [problem["field"] for problem in told(answer)["problems"] if problem["text"]]


def post(client: Client, address: str, body: object, **more: str) -> HttpResponse:
    return client.post(address, body, content_type="application/json", **more)


def put(client: Client, address: str, body: object) -> HttpResponse:
    return client.put(address, body, content_type="application/json")
