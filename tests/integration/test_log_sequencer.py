"""The sequencer among writers that begin and end in any order: no event is missed, none has two places."""

import threading
import time
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction

from samverk.access import door as the_door
from samverk.access.actor import system_actor
from samverk.access.declare_house import KeepLog
from samverk.access.door import door
from samverk.access.ledger import sequencer
from samverk.access.ledger.check import check
from samverk.access.ledger.keys import SigningKey
from samverk.access.ledger.sequencer import sequence, sequence_all
from samverk.access.log import wrote
from samverk.store.models import Checkpoint, Event, LogEntry
from samverk.store.models.events import settled

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WRITERS, EACH = 6, 20
PATIENCE = 180
"""Seconds: longer than any test's transaction lasts."""
PEOPLE = [uuid4() for _ in range(3)]


@pytest.fixture
def key():
    return SigningKey(Ed25519PrivateKey.generate())


def wait_for_others() -> None:
    """Until no older transaction is under way on the server, as another worker's test may be: the log waits for it."""
    until = time.monotonic() + PATIENCE
    while Event.objects.filter(turn__gte=settled()[0]).exists() and time.monotonic() < until:
        time.sleep(0.1)


def write(nth: int, stop: threading.Event, failed: list[BaseException]) -> None:
    """Transactions of uneven length: what begins first does not end first."""
    try:
        for n in range(EACH):
            with door(system_actor(f"writer {nth}"), KeepLog) as permit:
                assert permit is not None
                wrote(permit, "log.verified", person=PEOPLE[(nth + n) % len(PEOPLE)])
                if connection.vendor == "postgresql":
                    time.sleep(0.002 * ((nth * 7 + n * 3) % 5))
    except BaseException as error:
        failed.append(error)
    finally:
        connection.close()


def keep_on(key: SigningKey, stop: threading.Event, failed: list[BaseException]) -> None:
    try:
        while not stop.is_set():
            sequence(key=key, most=7)
    except BaseException as error:
        failed.append(error)
    finally:
        connection.close()


def test_nothing_is_missed_and_nothing_has_two_places(key):
    """Six writers, two sequencers at once; afterwards each event stands in the log once (security.md, finding 6)."""
    before = Event.objects.count()
    stop, failed = threading.Event(), []
    sequencers = [threading.Thread(target=keep_on, args=(key, stop, failed)) for _ in range(2)]
    writers = [threading.Thread(target=write, args=(n, stop, failed)) for n in range(WRITERS)]
    for thread in (*sequencers, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    for thread in sequencers:
        thread.join()
    assert failed == []
    during = Checkpoint.objects.count()
    wait_for_others()
    sequence_all(key=key)
    assert during > 3, "the sequencers worked while the writers did"
    assert Event.objects.count() == before + WRITERS * EACH * 2
    numbers = list(LogEntry.objects.order_by("number").values_list("number", "event"))
    assert [number for number, _ in numbers] == list(range(1, len(numbers) + 1))
    assert {event for _, event in numbers} == set(Event.objects.values_list("id", flat=True))
    report = check(keys=frozenset({key.public}))
    assert (report.wrong, report.waiting) == ([], 0)


def test_an_event_of_a_slow_transaction_is_waited_for(key):
    """It began first and ends last: what came after it waits, and nothing is passed by. PostgreSQL's own trap."""
    if connection.vendor != "postgresql":
        with the_door._one_at_a_time:
            assert sequence(key=key) >= 0
        return
    wait_for_others()
    sequence_all(key=key)
    begun, end = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic(), door(system_actor("slow"), KeepLog):
            begun.set()
            end.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    begun.wait(10)
    with door(system_actor("quick"), KeepLog):
        pass
    assert sequence(key=key) == 0, "the quick one must not overtake the slow one's place"
    end.set()
    thread.join()
    wait_for_others()
    assert sequence_all(key=key) == 2
    names = [Event.objects.get(id=entry.event).actor_name for entry in LogEntry.objects.order_by("-number")[:2]]
    assert names == ["quick", "slow"]


def test_the_thread_seals_by_itself(key, monkeypatch):
    """What the server does beside its work, and it does not die of a failure."""
    monkeypatch.setattr(sequencer, "own_key", lambda: key)
    failures = iter([RuntimeError("the database was away")])
    real = sequencer.sequence

    def at_first_away(**told):
        for failure in failures:
            raise failure
        return real(**told)

    monkeypatch.setattr(sequencer, "sequence", at_first_away)
    with door(system_actor("somebody"), KeepLog):
        pass
    stop = threading.Event()
    thread = sequencer.run_beside(every=0.05, stop=stop)
    until = time.monotonic() + PATIENCE
    while Event.objects.count() != LogEntry.objects.values("event").distinct().count() and time.monotonic() < until:
        time.sleep(0.05)
    stop.set()
    thread.join()
    assert check(keys=frozenset({key.public})).waiting == 0
