"""Chapter 14, the log: she sees each look at her things, and can check it herself (security.md, "The participant's sight")."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samverk.access.actor import system_actor
from samverk.access.cases import my_cases
from samverk.access.declare import ReadCase, SeeWhoLooked
from samverk.access.declare_house import EraseLogPayload, SeeIntake, SeeMyDay, SetUp
from samverk.access.intake import queue
from samverk.access.ledger.sequencer import sequence_all
from samverk.access.looks import Asked, looks_of, my_log
from samverk.access.my_day import my_day
from samverk.actions import log_keeping
from samverk.store.models import Consent, Event, LogEntry, Substitution
from tests.build import a_spell, done, give, is_refused, own_referral, withdraw_from

pytestmark = pytest.mark.django_db
NOW = timezone.now() + timedelta(hours=5)
"""Later than everything that the fixtures do."""


def seen(people, case, **told):
    """The rows of her page, newest first, without what she did herself."""
    asked = Asked(**({"herself": False} | told))
    return done(people.egon, SeeWhoLooked, lambda p: looks_of(p, asked=asked), case=case).looks


def read(who, case, minutes=0):
    done(who, ReadCase, lambda p: None, case=case, at=NOW + timedelta(minutes=minutes))


def test_looks_close_in_time_are_one_row(people, case):
    """Bo turned pages for eight minutes: one row, three times, from when to when."""
    for minutes in (0, 3, 8):
        read(people.bo, case, minutes)
    row = seen(people, case)[0]
    assert (row.name, row.count) == ("Bo", 3)
    assert row.at - row.since == timedelta(minutes=8)


def test_looks_apart_are_rows_of_their_own(people, case):
    """More than ten minutes between the first and the last, or somebody else between."""
    for minutes in (0, 11):
        read(people.bo, case, minutes)
    read(people.anna, case, 12)
    read(people.bo, case, 13)
    assert [(row.name, row.count) for row in seen(people, case)[:4]] == [("Bo", 1), ("Anna", 1), ("Bo", 1), ("Bo", 1)]


def test_a_write_and_a_refusal_are_never_folded(people, case):
    """Each stands for itself."""
    for minutes in (0, 1):
        assert is_refused(people.stig, ReadCase, case=case, at=NOW + timedelta(minutes=minutes))
    assert [row.count for row in seen(people, case, kind="refused")] == [1, 1]


def test_by_kind_and_by_day(people, case):
    """Read, written, refused; from one day to another, both included."""
    is_refused(people.stig, ReadCase, case=case)
    read(people.bo, case)
    newest = Event.objects.filter(actor=people.bo.account).latest("at")
    Event.objects.filter(id=newest.id).update(at=NOW - timedelta(days=40))
    assert {row.allowed for row in seen(people, case, kind="refused")} == {False}
    assert all(row.what for row in seen(people, case, kind="write"))
    assert not any(row.what for row in seen(people, case, kind="read"))
    then = timezone.localdate(NOW - timedelta(days=40))
    assert [row.name for row in seen(people, case, first=then, last=then)] == ["Bo"]
    assert seen(people, case, last=then - timedelta(days=400)) == ()


def test_under_which_consent(people, case):
    """The day of what she said yes to, as it was in force at that moment; nothing where nothing was."""
    read(people.bo, case, minutes=1)
    bo = next(row for row in seen(people, case) if row.name == "Bo")
    said = Consent.objects.filter(receiver=people.af, giver=None).earliest("starts_at").starts_at
    assert bo.consents == (timezone.localdate(said),)
    read(people.cia, case, minutes=2)
    cia = next(row for row in seen(people, case) if row.name == "Cia")
    assert (cia.consents, cia.grounds) == ((), ())


def test_a_consent_that_has_ended_is_told_of_what_was_read_before(people, case):
    """It is about then, not about now."""
    give(people, case, giver=None, receiver=people.fk, categories=("work",), at=NOW)
    done(people.cia, ReadCase, lambda p: None, case=case, at=NOW + timedelta(hours=1))
    withdraw_from(people, case, party=people.fk, at=NOW + timedelta(hours=2))
    read(people.cia, case, minutes=180)
    after, before = [row for row in seen(people, case) if row.name == "Cia" and not row.what][:2]
    assert (len(before.consents), after.consents) == (1, ())


def test_staff_at_risk_are_told_by_what_they_work_as(people, case):
    """The party protects its staff: no name on the page and none in the file, and the file can still be checked."""
    done(system_actor("test"), SetUp, lambda p: log_keeping.hide_names(p, party=people.af, hidden=True))
    read(people.bo, case)
    row = seen(people, case)[0]
    assert (row.name, row.role, row.party_name) == ("", "arbetsförmedlare", "Arbetsförmedlingen")


def test_a_substitute_is_told_with_whom_she_stood_in_for(people, case):
    """I stället för Bo."""
    Substitution.objects.create(
        id=uuid4(),
        party_id=people.fk,
        absent_id=people.stig.account,
        substitute_id=people.cia.account,
        since=NOW - timedelta(days=1),
        until=NOW + timedelta(days=1),
    )
    read(people.cia, case)
    assert seen(people, case)[0].instead_of == ("Stig",)


def test_lists_that_name_her_are_looks_too(people, case):
    """One's day, one's cases and the queue of intake: each look from first to last."""
    done(people.anna, SeeMyDay, my_cases)
    assert [(row.name, row.act) for row in seen(people, case)[:1]] == [("Anna", "SeeMyDay")]
    own_referral(people)
    done(people.anna, SeeIntake, queue, programme=people.programme, at=NOW + timedelta(hours=1))
    assert seen(people, case)[0].act == "SeeIntake"


def test_ones_day_is_a_look_at_whom_it_names(people, case):
    """Who is not named in it has not been looked at."""
    ending = timezone.localdate() + timedelta(days=20)
    a_spell(people, case, last_day=ending)
    before = len(seen(people, case))
    day = done(people.anna, SeeMyDay, my_day)
    assert {need.case for need in day.needs} == {case}
    assert len(seen(people, case)) == before + 1
    assert done(people.frida, SeeMyDay, my_day).needs == ()
    assert len(seen(people, case)) == before + 1


def log_at_home(people, case):
    return [json.loads(line) for line in done(people.egon, SeeWhoLooked, my_log, case=case).splitlines()]


def test_her_own_log_holds_all_that_is_sealed_about_her(people, sealed, key, wrong):
    """Each entry with a proof to the newest checkpoint; the verifier finds it right, without Samverk."""
    rows = log_at_home(people, sealed)
    mine = LogEntry.objects.filter(person=people.egon.person)
    assert [row["number"] for row in rows if row["type"] == "entry"] == list(
        mine.order_by("link_number").values_list("number", flat=True)
    )
    assert wrong(rows, keys=[key.public]) == []


def test_her_own_log_shows_any_change(people, sealed, wrong):
    """Changed, removed, doubled, moved: with the checkpoint alone, without anybody else's entries."""
    rows = log_at_home(people, sealed)
    entries = [n for n, row in enumerate(rows) if row["type"] == "entry"]
    n = entries[3]
    assert wrong(rows[:n] + rows[n + 1 :])
    assert wrong([*rows[:n], rows[n], *rows[n:]])
    assert wrong([*rows[:n], rows[n + 1], rows[n], *rows[n + 2 :]])
    for change in ({"event": {**rows[n]["event"], "what": "x"}}, {"number": 1}, {"proof": []}, {"salt": "00" * 16}):
        assert wrong([*rows[:n], {**rows[n], **change}, *rows[n + 1 :]]), change


def test_her_own_log_says_nothing_of_others(people, sealed):
    """No other person's id, and of an attempt by another participant no name."""
    is_refused(people.frida, ReadCase, case=sealed)
    text = done(people.egon, SeeWhoLooked, my_log, case=sealed)
    links = {json.loads(line)["link"]["person"] for line in text.splitlines() if '"entry"' in line}
    assert links == {str(people.egon.person)}


def test_hidden_names_are_not_in_the_file_and_it_is_still_right(people, sealed, key, wrong):
    """Who did it is sealed apart from what was done, with a chance of its own."""
    read(people.bo, sealed)
    done(system_actor("test"), SetUp, lambda p: log_keeping.hide_names(p, party=people.af, hidden=True))
    sequence_all(key=key)
    rows = log_at_home(people, sealed)
    assert wrong(rows, keys=[key.public]) == []
    of_af = [row for row in rows if row["type"] == "entry" and row["event"]["party"] == str(people.af)]
    assert of_af
    assert all(row["who"] is None for row in of_af)
    assert str(people.bo.account) not in json.dumps(of_af)


def test_an_erased_entry_keeps_its_place(people, sealed, key, wrong):
    """By law, with a ground: the words go, the number and the hash stay, and it is told in her log."""
    entry = LogEntry.objects.filter(person=people.egon.person).order_by("link_number")[4]
    done(
        system_actor("command line"),
        EraseLogPayload,
        lambda p: log_keeping.erase_payload(p, entry=entry.number, ground="artikel 17"),
    )
    sequence_all(key=key)
    assert not Event.objects.filter(id=entry.event).exists()
    rows = log_at_home(people, sealed)
    assert next(row for row in rows if row.get("number") == entry.number)["event"] is None
    assert wrong(rows, keys=[key.public]) == []
    assert seen(people, sealed)[0].act == "EraseLogPayload"


def test_the_page_shows_the_checkpoint_and_gives_the_file(people, case, key, client_of, django_assert_max_num_queries):
    """At most 18 queries, with and without choices, however much stands there."""
    at = f"/arenden/{case}/vem-har-tittat/"
    client = client_of(people.egon)
    assert "Loggen är inte förseglad än" in client.get(at).content.decode()
    sequence_all(key=key)
    for times in (1, 30):
        for minutes in range(times):
            read(people.bo, case, minutes)
        with django_assert_max_num_queries(18):
            page = client.get(f"{at}?slag=laste&part={people.af}&fran=2020-01-01&till=2099-12-31").content.decode()
    assert "10 gånger" in page or "11 gånger" in page
    assert key.public[:4] in page
    assert "Hämta min logg" in page
    answer = client.get(f"{at}min-logg.jsonl")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert client_of(people.anna).get(f"{at}min-logg.jsonl").status_code == 404
    for odd in ("?fran=x", "?till=9999-12-31", "?fran=0001-01-01", "?slag=x"):
        assert client.get(at + odd).status_code == 200


def test_the_work_for_the_page_is_the_same_for_long_logs(people, case, client_of):
    """Constant in the number of looks (issue 3, "Work per request")."""
    client = client_of(people.egon)
    counts = []
    for _ in range(2):
        for minutes in range(40):
            read(people.bo, case, minutes * 20)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/arenden/{case}/vem-har-tittat/?part=alla")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_she_has_written_herself_is_hers(people, case):
    """Shown on request as her own."""
    rows = seen(people, case, herself=True)
    assert {"herself", "official"} <= {row.by for row in rows}
    assert all(row.consents == () for row in rows if row.by == "herself")
