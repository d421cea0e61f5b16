"""Attack 5 (security.md): a calendar that a programme fetches says when, and nothing else.

Neutral title, opaque revocable address, empty after withdrawal; each fetch passes the door and is logged.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from samverk.access.actor import Actor
from samverk.access.calendar import fetch, hashed
from samverk.access.declare import AssignOfficial
from samverk.access.declare_house import KeepCalendar
from samverk.actions import calendar, cases
from samverk.store.models import Account, CalendarFeed, Event, EventAbout, Meeting, Person
from tests.attacks.reach import words
from tests.attacks.world import CANARY, EGONS_NAME, World
from tests.build import browser, done, withdraw_from

pytestmark = pytest.mark.django_db
SAID = {"Möte", "se Samverk", "PRIVATE"}
NAMES = ("Anna", "Bo", "Cia", "Dag", "Frida", "Nacka", "Arbetsförmedlingen", "Försäkringskassan", "Region", EGONS_NAME)


def feed(world: World, name: str) -> Any:
    """What the reader's own calendar programme is answered, without any login."""
    return Client().get(f"/kalender/{world.calendars[name]}/samverk.ics")


def entries(answer: Any) -> list[Any]:
    """The meetings in it."""
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_an_entry_says_when_and_nothing_else(world: World) -> None:
    """No name, party, matter, category or place: a telephone lies on a table, and calendars are shared."""
    for name in ("anna", "bo", "egon"):
        answer = feed(world, name)
        text = words(answer)
        assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
        assert answer["Cache-Control"] == "no-store"
        assert CANARY.findall(text) == []
        assert [other for other in NAMES if other in text] == []
        found = entries(answer)
        assert found, name
        for entry in found:
            assert {str(entry[key]) for key in ("SUMMARY", "LOCATION", "CLASS")} == SAID
            assert set(entry.keys()) == {
                "UID", "DTSTAMP", "DTSTART", "DURATION", "SEQUENCE", "CLASS", "SUMMARY", "LOCATION", "URL",
            }  # fmt: skip


def test_the_entry_leads_to_the_page_behind_the_login(world: World) -> None:
    """Whoever has only the calendar comes to the login page; the one who is called comes to the meeting."""
    url = str(entries(feed(world, "bo"))[0]["URL"]).removeprefix("http://testserver")
    assert url == f"/arenden/{world.case}/moten/{world.meeting}/"
    assert Client().get(url)["Location"].startswith("/konto/login/")
    assert browser(world.people.bo).get(url).status_code == 200


@pytest.mark.parametrize("name", ["cia", "dag", "frida"])
def test_who_is_not_called_or_may_not_see_has_it_not(name: str, world: World) -> None:
    """Dag and Frida are not called; Cia is, and sees it as long as the consent holds."""
    assert len(entries(feed(world, name))) == (1 if name == "cia" else 0)


def test_the_next_fetch_after_a_withdrawal_is_empty(world: World) -> None:
    """Egon ends what lets Bo's party know: its calendar holds nothing from then on (domain.md §3.2)."""
    assert len(entries(feed(world, "bo"))) == 1
    withdraw_from(world.people, world.case, party=world.people.af)
    assert entries(feed(world, "bo")) == []
    assert len(entries(feed(world, "egon"))) == 1


def test_a_consent_that_runs_out_empties_it_too(world: World) -> None:
    """On the day after the last day, without anybody doing anything."""
    assert fetch(world.calendars["bo"]).entries
    assert fetch(world.calendars["bo"], at=timezone.now() + timedelta(days=200)).entries == ()


def test_who_is_let_go_from_the_case_loses_it(world: World) -> None:
    """Need to know ends with the assignment; Bo's role in the team covers the case still, Cia has no role."""
    people = world.people
    done(people.anna, AssignOfficial, lambda p: cases.let_go(p, account=_account(people.cia)), case=world.case)
    assert entries(feed(world, "cia")) == []


def test_protected_identity_empties_it_at_once(world: World) -> None:
    """For parties that are not cleared, also when they are called."""
    Person.objects.filter(id=world.people.egon.person).update(protection="protected_registration")
    assert entries(feed(world, "bo")) == []


def test_no_to_the_call_takes_it_away(world: World) -> None:
    """A meeting that one does not come to, or that is called off, is none of one's calendar's."""
    Meeting.objects.filter(item=world.meeting).update(status="cancelled")
    assert entries(feed(world, "anna")) == []


def test_one_address_at_a_time_and_a_stopped_one_is_empty(world: World) -> None:
    """The new address stops the old; stopping stops the last. A programme then takes away what it had."""
    bo, old, new = world.people.bo, world.calendars["bo"], "n" * 43
    done(bo, KeepCalendar, lambda p: calendar.make_address(p, token=new))
    assert fetch(old).entries == ()
    assert fetch(new).entries
    done(bo, KeepCalendar, calendar.stop_address)
    assert fetch(new).entries == ()
    assert CalendarFeed.objects.filter(account=bo.account, stopped_at__isnull=True).count() == 0


def test_a_stopped_address_and_one_that_never_was_answer_alike(world: World) -> None:
    """Whoever guesses learns nothing, not even that it was an address once."""
    done(world.people.bo, KeepCalendar, calendar.stop_address)
    answers = [Client().get(f"/kalender/{token}/samverk.ics") for token in (world.calendars["bo"], "x" * 43, "å")]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1


def test_an_account_that_is_shut_has_no_calendar(world: World) -> None:
    """The address ends with the account, and the attempt is kept."""
    Account.objects.filter(id=world.people.bo.account).update(is_active=False)
    assert entries(feed(world, "bo")) == []
    last = Event.objects.filter(act="SeeCalendar").order_by("turn").last()
    assert last is not None
    assert (last.actor, last.allowed) == (world.people.bo.account, False)


def test_every_fetch_is_logged_and_stands_in_her_log(world: World) -> None:
    """Who has fetched, when, and about whom (security.md, the participant's sight)."""
    before = set(Event.objects.values_list("id", flat=True))
    feed(world, "bo")
    feed(world, "bo")
    events = Event.objects.filter(act="SeeCalendar").exclude(id__in=before)
    assert [(event.actor, event.allowed) for event in events] == [(world.people.bo.account, True)] * 2
    about = EventAbout.objects.filter(event__in=[event.id for event in events]).values_list("person", flat=True)
    assert list(about) == [world.people.egon.person] * 2


def test_the_address_is_chance_and_only_its_hash_is_kept(world: World) -> None:
    """256 random bits, shown once; whoever reads the table cannot fetch anything."""
    client = browser(world.people.bo)
    shown = client.post("/min-kalender/ny-adress/")
    address = shown.context["address"]
    token = address.split("/")[-2]
    assert len(token) == 43
    row = CalendarFeed.objects.get(account=world.people.bo.account, stopped_at__isnull=True)
    assert row.token_hash == hashed(token)
    assert token not in str(row.__dict__)
    assert token not in client.get("/min-kalender/").text
    assert not any(token in str(event.__dict__) for event in Event.objects.filter(actor=world.people.bo.account))
    assert Client().get(address.removeprefix("http://testserver")).status_code == 200


def test_a_secret_that_is_too_short_is_refused(world: World) -> None:
    """By mistake of whoever calls the act."""
    with pytest.raises(ValueError, match="256"):
        done(world.people.bo, KeepCalendar, lambda p: calendar.make_address(p, token="kort"))


def test_fetching_costs_the_same_however_many_meetings(world: World, django_assert_max_num_queries: Any) -> None:
    """At most eighteen queries, and no login is made by it."""
    client = Client()
    with django_assert_max_num_queries(18):
        answer = client.get(f"/kalender/{world.calendars['anna']}/samverk.ics")
    assert not answer.cookies


def test_stopping_from_the_page(world: World) -> None:
    """One press, and the page says that it is done."""
    client = browser(world.people.bo)
    assert "Du har en adress" in client.get("/min-kalender/").text
    answer = client.post("/min-kalender/stoppa/", follow=True)
    assert "ger inte längre några möten" in answer.text
    assert "Du har ingen adress än" in answer.text
    assert fetch(world.calendars["bo"]).entries == ()


def _account(who: Actor) -> UUID:
    if who.account is None:
        raise LookupError(who.name)
    return who.account
