"""Attack 6 (security.md): after a withdrawal nothing that was open shows anything more (domain.md §3.2).

The same address again, a conditional request, a form that stood open, the interface, the calendar.
"""

from typing import Any

import pytest

from tests.access.routes import Route
from tests.attacks.oracle import Oracle
from tests.attacks.reach import asked_for, on_the_case, paths, reads_only, words
from tests.attacks.world import CANARY, World
from tests.build import browser, withdraw_from

pytestmark = pytest.mark.django_db
CONDITIONS = {"HTTP_IF_NONE_MATCH": "*", "HTTP_IF_MODIFIED_SINCE": "Wed, 01 Jan 2098 00:00:00 GMT"}


def withdrawn(world: World) -> set[str]:
    """Egon takes back all that lets Bo's party know. Gives what Bo may still read: his own, and what has a ground."""
    withdraw_from(world.people, world.case, party=world.people.af)
    world.yes[world.people.af] = set()
    return Oracle(world).may("bo")


@pytest.fixture(autouse=True)
def _put_back(world: World) -> Any:
    kept = set(world.yes[world.people.af])
    yield
    world.yes[world.people.af] = kept


@pytest.mark.slow
def test_no_address_shows_anything_after_it(world: World) -> None:
    """Every page that Bo could read a moment ago, asked for again as a browser that kept it would.

    Forms are sent in the test below. That no answer can be kept at all is asked of every address in test_everywhere.py.
    """
    oracle = Oracle(world)
    book = [path for route in asked_for() if reads_only(route) for path in paths(oracle, route)]
    assert len(book) > 40
    client = browser(world.people.bo)
    client.get(f"/arenden/{world.case}/")
    may = withdrawn(world)
    told = {}
    for path in book:
        answer = client.get(path, **CONDITIONS)
        assert answer.status_code != 304, path
        if set(CANARY.findall(words(answer))) - may:
            told[path] = sorted(set(CANARY.findall(words(answer))) - may)[:3]
    assert told == {}


def writing() -> list[Route]:
    """The routes of a case that take a form."""
    return [route for route in on_the_case() if "POST" in route.methods and not route.is_api]


@pytest.mark.slow
def test_a_form_that_stood_open_shows_nothing_when_it_is_sent(world: World) -> None:
    """Bo's open forms, sent after the withdrawal: neither an error page nor “both texts” holds a foreign word."""
    oracle, client = Oracle(world), browser(world.people.bo)
    forms = [path for route in writing() for path in list(paths(oracle, route))[:1]]
    may = withdrawn(world)
    told = {}
    for path in forms:
        answer = client.post(path, {"version": "0", "text": "Hej", "what": "Hej", "reason": "Hej"}, follow=True)
        found = set(CANARY.findall(words(answer))) - may
        if found or answer.status_code >= 500:
            told[path] = (answer.status_code, sorted(found)[:3])
    assert len(forms) > 40
    assert told == {}


def test_the_next_look_and_the_calendar_are_empty(world: World) -> None:
    """Before: much. After: Bo's own alone, by page, by interface, and in his calendar."""
    client, calendar = browser(world.people.bo), f"/kalender/{world.calendars['bo']}/samverk.ics"
    places = (f"/arenden/{world.case}/anteckningar/", f"/api/cases/{world.case}")
    before = [set(CANARY.findall(words(client.get(path)))) for path in places]
    assert "VEVENT" in client.get(calendar).text
    may = withdrawn(world)
    after = [set(CANARY.findall(words(client.get(path)))) for path in places]
    assert all(old - may for old in before)
    assert all(new <= may for new in after)
    assert "VEVENT" not in client.get(calendar).text


def test_every_route_that_takes_a_form_is_known() -> None:
    """The list of open forms is not empty by mistake."""
    names = {route.name for route in writing()}
    assert {"note_new", "commitment_turn", "minutes_amend", "plan_sign"} <= names
    assert names <= {route.name for route in asked_for()}
