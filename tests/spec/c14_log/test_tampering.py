"""Chapter 14, the log: a change of any one row is found by the house's own check (security.md, "The bar")."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import F
from django.utils import timezone

from samverk.access.ledger.check import check
from samverk.store.models import Checkpoint, Event, EventAbout, LogEntry, LogLeaf, LogTile

pytestmark = pytest.mark.django_db
LATER = timezone.now() + timedelta(days=1)
LONG_AGO = 1
"""A turn before the last checkpoint's: on PostgreSQL a test is one transaction, in which nothing is long ago."""
CHANGES = {
    "at": LATER,
    "act": "WriteNote",
    "what": "note.read",
    "actor": uuid4(),
    "actor_name": "Någon annan",
    "party": uuid4(),
    "capacity": "team",
    "person": uuid4(),
    "case": uuid4(),
    "programme": uuid4(),
    "item": uuid4(),
    "purpose": "control",
    "allowed": False,
    "detail": {"count": 99},
    "salt": bytes(32),
}
UNTOLD = {"id", "turn"}
"""The id is how the event is found (a changed one is a lost one), the turn only where it waited."""


@pytest.fixture
def found(sealed, key):
    """What is wrong, once something has been done to the sealed log."""
    return lambda: check(keys=frozenset({key.public})).wrong


def some(model):
    """A row in the middle: neither the first nor the last."""
    rows = model.objects.order_by("pk")
    return rows[rows.count() // 2]


def one_event():
    """An event with a person and a case, in the middle of the log."""
    number = LogEntry.objects.filter(person__isnull=False).order_by("number")[5].number
    return Event.objects.get(id=LogEntry.objects.get(number=number).event)


def test_every_field_of_an_event_is_tried():
    """Enumerated, not remembered: a new field of the event has to be sealed, or to be named here with its reason."""
    assert CHANGES.keys() | UNTOLD == {field.name for field in Event._meta.fields}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_field_is_found(found, name):
    """Whatever was changed in whichever event."""
    event = one_event()
    assert getattr(event, name) != CHANGES[name]
    Event.objects.filter(id=event.id).update(**{name: CHANGES[name]})
    assert len(found()) == 1


def test_a_removed_event_is_found(found):
    """Nothing in the log says that it was erased."""
    one_event().delete()
    assert "is gone" in found()[0]


def test_an_event_with_another_id_is_found(found):
    """Lost under its name, and put in under another."""
    event = one_event()
    Event.objects.filter(id=event.id).update(id=uuid4(), turn=LONG_AGO)
    assert len(found()) == 2


def test_an_event_put_in_afterwards_is_found(found):
    """It looks old, and has no place."""
    event = one_event()
    event.id, event.turn = uuid4(), LONG_AGO
    event.save(force_insert=True)
    assert "was put in afterwards" in found()[0]


def test_two_events_that_changed_places_are_found(found):
    """Each event belongs to its own hash."""
    first, second = Event.objects.order_by("turn", "id")[:2]
    Event.objects.filter(id__in=(first.id, second.id)).delete()
    first.id, second.id = second.id, first.id
    for row in (first, second):
        row.save(force_insert=True)
    assert len(found()) >= 2


def test_a_name_added_to_a_list_is_found(found):
    """That a list showed somebody is sealed as well."""
    EventAbout.objects.create(event=Event.objects.order_by("turn")[3].id, person=uuid4())
    assert "said afterwards to be about" in found()[0]


@pytest.mark.parametrize(
    "change",
    [
        {"event": uuid4()},
        {"event_hash": bytes(32)},
        {"person": uuid4()},
        {"link_number": F("link_number") + 1000},
        {"link_previous": bytes(32)},
        {"link_salt": bytes(16)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_entry_is_found(found, change):
    """The chain of a person is sealed with the event."""
    number = LogEntry.objects.filter(link_number__gt=2).order_by("number")[5].number
    LogEntry.objects.filter(number=number).update(**change)
    assert found()


def test_every_field_of_an_entry_is_tried():
    """The number itself is tried below."""
    tried = {"event", "event_hash", "person", "link_number", "link_previous", "link_salt"}
    assert tried | {"number"} == {field.name for field in LogEntry._meta.fields}


def test_a_removed_entry_is_found(found):
    """No number is without its entry."""
    some(LogEntry).delete()
    assert "is missing" in found()[0]


def test_the_last_entries_taken_away_are_found(found):
    """With all that hangs on them but the checkpoint."""
    last = LogEntry.objects.order_by("-number").first().number
    LogEntry.objects.filter(number=last).delete()
    LogLeaf.objects.filter(number=last).delete()
    assert any("the log has only" in text for text in found())


def test_a_changed_leaf_is_found(found):
    """Or one that is gone: participants' proofs are made of them."""
    leaf = some(LogLeaf)
    LogLeaf.objects.filter(number=leaf.number).update(hash=bytes(32))
    assert "its leaf does not belong" in found()[0]
    leaf.delete()
    assert "its leaf does not belong" in found()[0]


def test_a_changed_part_that_was_kept_is_found(found):
    """One that belongs to no entries."""
    LogTile.objects.create(level=3, index=7, hash=bytes(32))
    assert "belongs to no entries" in found()[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("root", bytes(32)),
        ("at", LATER),
        ("previous", 1),
        ("signature", bytes(64)),
        ("key", "00" * 32),
        ("frontier", []),
        ("size", 10_000),
    ],
)
def test_a_changed_checkpoint_is_found(found, name, value):
    """Its signature is over all that it says."""
    Checkpoint.objects.filter(size=some(Checkpoint).size).update(**{name: value})
    assert found()


def test_a_removed_checkpoint_is_found(found):
    """Each names the one before it."""
    some(Checkpoint).delete()
    assert "came before" in found()[0]


def test_a_checkpoint_signed_by_somebody_else_is_found(sealed, key):
    """Whoever takes over the database has not the key."""
    wrong = check(keys=frozenset({"ab" * 32})).wrong
    assert len(wrong) == Checkpoint.objects.count()
    assert "a key that is not ours" in wrong[0]
