"""Chapter 14, the log: every event gets a place that cannot be changed unseen (issue 3, point 6; docs/log.md)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from samverk.access import log
from samverk.access.actor import system_actor
from samverk.access.declare import ReadCase
from samverk.access.declare_house import KeepLog, SeeIntake, SetUp
from samverk.access.door import door
from samverk.access.ledger.check import check
from samverk.access.ledger.sequencer import sequence, sequence_all
from samverk.store.models import (
    Checkpoint,
    Event,
    EventAbout,
    LogEntry,
    LogLeaf,
    LogTile,
)
from tests.build import done, is_refused

pytestmark = pytest.mark.django_db


def test_every_event_gets_a_number_without_a_gap(sealed, key):
    """A global number from 1, for each event that there is."""
    numbers = list(LogEntry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert set(LogEntry.objects.values_list("event", flat=True)) == set(Event.objects.values_list("id", flat=True))
    assert Checkpoint.objects.order_by("-size").first().size == len(numbers) == LogLeaf.objects.count()


def test_what_is_about_her_stands_in_her_chain_without_a_gap(people, sealed):
    """A number of her own from 1: nothing can be taken out between two that she has seen."""
    rows = LogEntry.objects.filter(person=people.egon.person).order_by("link_number")
    assert [row.link_number for row in rows] == list(range(1, len(rows) + 1))
    about = Event.objects.filter(person=people.egon.person)
    assert {row.event for row in rows} == set(about.values_list("id", flat=True))
    assert len(rows) > 10


def test_a_refused_look_stands_in_her_chain(people, case, key):
    """Refusals too (security.md, "The participant's sight"): the door said no, and the case was hers."""
    assert is_refused(people.stig, ReadCase, case=case)
    event = Event.objects.get(actor=people.stig.account, allowed=False)
    assert event.person == people.egon.person
    sequence_all(key=key)
    assert LogEntry.objects.filter(event=event.id, person=people.egon.person).count() == 1


def test_a_look_at_a_case_that_is_not_there_is_about_nobody(people, key):
    """It stands in the log, and in nobody's chain."""
    assert is_refused(people.stig, ReadCase, case=uuid4())
    sequence_all(key=key)
    event = Event.objects.get(actor=people.stig.account, allowed=False)
    assert LogEntry.objects.get(event=event.id).person is None


def test_a_list_of_many_is_a_look_at_each(people, case, key):
    """The queue names whom it shows: one event, and an entry in the chain of each (EventAbout)."""
    other = uuid4()
    with door(people.anna, SeeIntake, programme=people.programme) as permit:
        assert permit is not None
        log.showed(permit, [people.egon.person, other, other])
        event = permit._life.event
    assert EventAbout.objects.filter(event=event).count() == 2
    sequence_all(key=key)
    assert {e.person for e in LogEntry.objects.filter(event=event)} == {people.egon.person, other}
    assert check(keys=frozenset({key.public})).wrong == []


def test_her_own_look_at_a_list_of_herself_is_told_once(people, case):
    """What she sees of herself is her event already."""
    with door(people.egon, ReadCase, case=case) as permit:
        assert permit is not None
        log.showed(permit, [people.egon.person])
    assert not EventAbout.objects.exists()


def test_nothing_new_gives_no_checkpoint(sealed, key):
    """An idle log stands still, and so does its size."""
    before = Checkpoint.objects.count()
    assert sequence(key=key) == 0
    assert Checkpoint.objects.count() == before


def test_an_event_is_sealed_once(sealed, key):
    """Again and again, in parts of one: each event has one place."""
    with door(system_actor("test"), KeepLog) as permit:
        assert permit is not None
    assert sequence_all(key=key, most=1) == 1
    assert sequence_all(key=key, most=1) == 0


def test_small_parts_and_large_parts_give_the_same_leaves_in_the_same_order(case, key):
    """How many are taken at a time says nothing of what is sealed: events of one transaction stay together."""
    sequence_all(key=key, most=3)
    in_threes = list(LogEntry.objects.order_by("number").values_list("event", flat=True))
    for model in (LogEntry, LogLeaf, LogTile, Checkpoint):
        model.objects.all().delete()
    sequence_all(key=key)
    assert list(LogEntry.objects.order_by("number").values_list("event", flat=True)) == in_threes


def test_a_whole_log_is_found_whole(sealed, key):
    """The house's own check: entries, chains, kept parts, checkpoints."""
    report = check(keys=frozenset({key.public}))
    assert report.wrong == []
    assert report.entries == LogEntry.objects.count()
    assert report.checkpoints == Checkpoint.objects.count() > 2
    assert report.waiting == 0


def test_the_work_does_not_grow_with_the_log(people, case, key, django_assert_max_num_queries):
    """A batch is a fixed number of queries, however long the log is: the tree goes on from its edge."""
    sequence_all(key=key)
    for times in (1, 20):
        for _ in range(times):
            done(people.bo, ReadCase, lambda p: None, case=case)
        with django_assert_max_num_queries(18):
            sequence(key=key)


def test_the_double_press_keeps_its_key(people):
    """Event.id is made by whoever sends: the salt and the place are not part of it (house.md)."""
    id = uuid4()
    with door(people.anna, SeeIntake, programme=people.programme, ids=lambda: id) as permit:
        assert permit is not None
    event = Event.objects.get(id=id)
    assert len(bytes(event.salt)) == 32
    assert event.turn > 0


def test_a_sealed_event_is_about_whom_it_names_outside_a_case_too(people, key):
    """An operator who adds a person, or lets a party meet her, stands in her log."""
    from samverk.actions import setup

    person = done(system_actor("test"), SetUp, lambda p: setup.add_person(p, name="Rut"))
    sequence_all(key=key)
    assert LogEntry.objects.filter(person=person).count() == 1


def test_what_is_told_with_an_old_date_is_sealed_when_it_came(sealed, key):
    """The place tells when it was written, `at` only when the house says that it happened."""
    last = LogEntry.objects.count()
    done(system_actor("story"), SetUp, lambda p: None, at=timezone.now() - timedelta(days=400))
    sequence_all(key=key)
    newest = LogEntry.objects.get(number=last + 1)
    assert Event.objects.get(id=newest.event).at < timezone.now() - timedelta(days=399)
