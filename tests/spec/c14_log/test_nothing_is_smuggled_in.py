"""Chapter 14, the log: what somebody is called, or writes, cannot forge a line or be run (security.md, attack 12)."""

import json
import re
from dataclasses import replace

import pytest

from samverk.access import log
from samverk.access.actor import actor_of
from samverk.access.declare import ReadCase
from samverk.access.door import door
from samverk.access.ledger.export import log_of, whole_log
from samverk.access.ledger.sequencer import sequence_all
from samverk.store.models import Account, Event, Person
from tests.build import done, partys_referral

pytestmark = pytest.mark.django_db
EVIL = 'Bo\r\n{"type":"entry"}\u2028\u202egnus\x1b[31m<script>alert(1)</script>\x00\u200b&amp;'
NUMBERS = ("195206161233", "19520616-1233", "520616-1233", "520616+1233", "5206161233")


@pytest.fixture
def named(people, case):
    """Does a look as somebody with a chosen name, and seals it."""

    def look(name, **detail):
        with door(replace(people.bo, name=name), ReadCase, case=case) as permit:
            assert permit is not None
            log.wrote(permit, "note.written", **detail)
        return Event.objects.filter(actor=people.bo.account).latest("turn", "what")

    return look


@pytest.mark.parametrize("sign", ["\r", "\n", "\u2028", "\u2029", "\u202e", "\u2066", "\u200f", "\x1b", "\x00", "\x85"])
def test_no_sign_that_ends_or_turns_a_line_is_kept(sign):
    """Line ends, marks of direction, escape codes."""
    assert sign not in log.plain(f"A{sign}B")
    assert log.plain(f"A{sign}B").replace(" ", "") == "AB"


@pytest.mark.parametrize("text", ["=1+1", "+46", "-1", "@SUM(A1)", "\t=1", " =1", "==1", "\u200b=1"])
def test_nothing_is_a_formula(text):
    """A sheet that somebody makes of the log runs nothing."""
    assert log.plain(text)[:1] not in ("=", "+", "-", "@")


@pytest.mark.parametrize("number", NUMBERS)
def test_a_personal_number_is_covered(number):
    """In whichever way it is written, wherever in the text."""
    assert not re.search(r"\d{4}", log.plain(f"Egon {number}, Nacka"))


def test_an_id_is_kept_as_it_is(named):
    """Also one whose digits look like a number; counts and codes too."""
    id = "12345678-1234-4123-8123-123456789012"
    event = named("Bo", item_like=id, count=5206161233, code="work_training", day="2026-01-31")
    assert event.detail == {"item_like": id, "count": 5206161233, "code": "work_training", "day": "2026-01-31"}


def test_a_name_that_would_be_a_line_is_none(named, people, key, wrong):
    """In the file each event is one line of ASCII, without markup; the verifier still finds it right."""
    named(EVIL, said=EVIL)
    sequence_all(key=key)
    for lines in (list(whole_log()), list(log_of(people.egon.person))):
        for line in lines:
            assert line.isascii()
            assert line.count("\n") == 1
            assert line.endswith("\n")
            assert not set("<>&\r\x1b") & set(line)
        assert wrong(map(json.loads, lines)) == []


def test_a_name_is_text_on_the_page(named, people, case, client_of):
    """Neither markup nor marks of direction."""
    named(EVIL)
    page = client_of(people.egon).get(f"/arenden/{case}/vem-har-tittat/").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert not set("\u202e\u2028\x1b\x00\u200b") & set(page)


def test_no_event_holds_a_personal_number(people, case, key):
    """All that happened in a case with a known number, scanned: events, and the log as it is taken out."""
    partys_referral(people, by=people.cia, person=people.egon)
    Account.objects.filter(id=people.bo.account).update(name="Bo 195206161233")
    done(actor_of(people.bo.account), ReadCase, lambda p: log.wrote(p, "note.written", told="520616-1233"), case=case)
    assert Person.objects.filter(personal_number="195206161233").exists()
    sequence_all(key=key)
    alike = re.compile(r"(?<![0-9a-f-])(?:19|20)?\d{6}[-+]?\d{4}(?![0-9a-f-])")
    assert alike.search("x 195206161233") is not None
    found = [line for line in whole_log() if alike.search(re.sub(r'"(?:hash|salt|who|previous)":"\w+"', "", line))]
    assert found == []


def test_a_long_name_fits(named):
    """The row holds two hundred characters: longer ones are cut, not refused."""
    assert len(named("B" * 500, said="x" * 500).detail["said"]) == 200
