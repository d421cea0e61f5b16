"""Attack 12 (security.md): what somebody types is text, wherever it comes out.

HTML, line breaks, marks of direction, escape codes and formulas; and personal numbers, which never stand in an address,
a referrer or the log. How the log's own export makes words harmless is tested with the log.
"""

import json
import re

import pytest
from django.test import Client

from samverk.access.declare import CallMeeting, WriteNote
from samverk.actions import meetings, notes
from samverk.store.models import Account, Event
from tests.access.routes import routes
from tests.attacks.oracle import Oracle
from tests.attacks.reach import address_book, asked_for, words
from tests.attacks.world import EGONS_NUMBER, World
from tests.build import browser, done
from tests.spec.c06_meetings.scene import START

pytestmark = pytest.mark.django_db
NASTY = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "{{ 7|add:7 }}{% load static %}",
    "=cmd|'/c calc'!A1",
    "rad ett\r\nSet-Cookie: a=b\r\nDTSTART:20200101T000000Z",
    "\x1b[2J\x1b[31mröd",
    "\u202egnp.exe\u2066",
)


@pytest.mark.parametrize("text", NASTY)
def test_what_is_typed_comes_out_as_text(text: str, world: World) -> None:
    """On the page, in the copy that is taken out, by the interface: nothing of it is obeyed."""
    done(world.people.anna, WriteNote, lambda p: notes.write(p, text=text, category="work"), case=world.case)
    for path in (f"/arenden/{world.case}/anteckningar/", f"/arenden/{world.case}/tidslinje/"):
        answer = browser(world.people.anna).get(path)
        page = answer.text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert not answer.cookies.get("a")
        if "add" in text:
            assert "14" not in page.partition("7|add")[0][-20:]
            assert "7|add:7" in page
    told = browser(world.people.anna).get(f"/api/cases/{world.case}")
    assert told["Content-Type"].startswith("application/json")
    assert json.loads(told.content)["case"]["name"] == "Egon Jönsson"


@pytest.mark.parametrize("text", NASTY)
def test_nothing_typed_reaches_the_calendar(text: str, world: World) -> None:
    """A meeting's purpose and place, whatever they hold, are no part of the feed: no line of it can be forged."""
    new = meetings.NewMeeting(
        purpose=text, place=text[:200], starts_at=START, officials=[world.people.bo.account], questions=()
    )
    done(world.people.anna, CallMeeting, lambda p: meetings.call(p, meeting=new), case=world.case)
    feed = Client().get(f"/kalender/{world.calendars['bo']}/samverk.ics").text
    assert feed.count("BEGIN:VEVENT") == 2
    assert "20200101" not in feed
    assert not re.search(r"script|calc|onerror|add:7|Set-Cookie|gnp", feed)


@pytest.mark.parametrize("path", ["/arenden/%0d%0aSet-Cookie:%20a=b/", "/<script>alert(1)</script>/", "/%E2%80%AE/"])
def test_an_address_is_not_echoed(path: str, world: World) -> None:
    """The page for what is not there says nothing of what was asked for, in text or headers."""
    answer = browser(world.people.anna).get(path)
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text
    assert not re.search(r"[\r\n]Set-Cookie", words(answer))
    assert not answer.cookies.get("a")


@pytest.mark.parametrize("bad", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example"])
def test_where_one_is_sent_after_login_is_at_home(bad: str, world: World) -> None:
    """`next` leads to no other house."""
    account = Account.objects.get(id=world.people.dag.account)
    account.set_password("en-lång-mening-som-ingen-gissar")
    account.save()
    told = {"login": account.email, "password": "en-lång-mening-som-ingen-gissar", "next": bad}
    answer = Client().post("/konto/login/", told)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/")
    assert "evil" not in answer["Location"]


def test_no_address_has_room_for_a_personal_number(world: World) -> None:
    """What stands in an address is a random id, a number of a version or a word of ours (web/urls.py)."""
    allowed = {"uuid", "number"}
    free = {(route.name, name) for route in asked_for() for name, kind in route.parts if kind not in allowed}
    assert {name for _, name in free} <= {"area", "do", "language", "point", "what", "word"}
    assert not any(EGONS_NUMBER in path for path in address_book(Oracle(world)))
    assert len(list(routes())) > 100


def test_no_personal_number_stands_in_the_log(world: World) -> None:
    """Nor anything of its shape, after some 150 acts and whatever the looks of the tests before."""
    shape = re.compile(r"(?<![0-9A-Fa-f-])(19|20)?\d{6}[-+ ]?\d{4}(?![0-9A-Fa-f-])")
    events = Event.objects.all()
    assert events.count() > 150
    assert [event.id for event in events if shape.search(f"{event.actor_name} {json.dumps(event.detail)}")] == []


def test_a_search_goes_in_no_address(world: World) -> None:
    """Whoever looks for a programme does so in the open; there is no search for people (security.md, finding 5)."""
    page = browser(world.people.anna).get("/program/", {"sok": EGONS_NUMBER})
    assert page.status_code == 200
    assert page["Referrer-Policy"] == "same-origin"
