"""The sequencer: gives each event that has been committed its place, links it to its person's chain, and signs.

Outside the door and in the owner's role, since it looks at nothing for anybody: it reads rows and writes hashes. One
at a time. Of all events it misses none, also when transactions end in another order than they began: it goes no
further than where all have ended (store.models.events.settled).
"""

import logging
import secrets
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from django.db import close_old_connections, connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from samverk.access import door
from samverk.access.ledger.form import NOTHING, checkpoint_text, event_hash, leaf_hash, link_hash
from samverk.access.ledger.keys import SigningKey, own_key
from samverk.access.ledger.tree import Frontier
from samverk.store.models import Checkpoint, Event, EventAbout, LogEntry, LogLeaf, LogTile
from samverk.store.models.events import settled

MOST = 1000
"""Events in one transaction: what waits behind it waits some tenths of a second at most."""
EVERY = 1.0
"""Seconds between two turns of the thread."""
SEALS = "SAMVERK_SEALS_LOG"
"""In the environment of a server that seals the log beside its work."""
ERASED, ERASES = "log.payload_erased", "EraseLogPayload"
"""The event, and the act, by which an earlier event is erased (actions/log_keeping.py)."""
_LOCK = 5_316_962
"""PostgreSQL's advisory lock of the sequencer: any number that nothing else uses."""
_HEADS_AT_A_TIME = 200
_logger = logging.getLogger("samverk.log")


@dataclass(slots=True)
class _Batch:
    frontier: Frontier
    heads: dict[UUID, tuple[int, bytes]]
    entries: list[LogEntry] = field(default_factory=list)
    leaves: list[LogLeaf] = field(default_factory=list)
    tiles: list[LogTile] = field(default_factory=list)


def sequence(*, key: SigningKey, most: int = MOST, wait: bool = False) -> int:
    """Give the next events their places, `most` at a time at most, and sign a checkpoint. Returns how many entries came.

    0 when there is nothing new, or when another process is at it (unless told to `wait` for it).
    """
    last = _last()
    if not _anything_new(last):
        return 0
    with _alone(wait=wait) as mine:
        return _sequence(key, most) if mine else 0


def sequence_all(*, key: SigningKey, most: int = MOST) -> int:
    """Go on until nothing that can have a place is without. Returns how many entries came."""
    total = 0
    while came := sequence(key=key, most=most, wait=True):
        total += came
    return total


def run_beside(*, every: float = EVERY, stop: threading.Event | None = None) -> threading.Thread:
    """Sequence every second in a thread that ends with the process: what `samverk serve` and the demonstration do."""
    key = own_key()
    thread = threading.Thread(
        target=_keep_on, args=(key, every, stop or threading.Event()), name="sequencer", daemon=True
    )
    thread.start()
    return thread


def _keep_on(key: SigningKey, every: float, stop: threading.Event) -> None:
    while not stop.wait(every):
        try:
            close_old_connections()
            while sequence(key=key) >= MOST:
                pass
        except Exception:
            # It must not die of a database that is away for a while: the events wait, and stand in the data.
            _logger.exception("the log was not sequenced this time")
    connection.close()


@contextmanager
def _alone(*, wait: bool) -> Iterator[bool]:
    if connection.vendor == "sqlite":
        with door._one_at_a_time, transaction.atomic():
            yield True
        return
    with transaction.atomic(), connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            yield True
        else:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
            yield bool(cursor.fetchone()[0])


def _last() -> Checkpoint | None:
    return Checkpoint.objects.order_by("-size").first()


def _waiting(last: Checkpoint | None, before: int, own: int) -> Q:
    """The events that can have a place now and have none."""
    return (
        Q(turn__gte=last.turn if last else 0)
        & (Q(turn__lt=before) | Q(turn=own))
        & ~Q(Exists(LogEntry.objects.filter(event=OuterRef("id"))))
    )


def _anything_new(last: Checkpoint | None) -> bool:
    before, own = settled()
    return Event.objects.filter(_waiting(last, before, own)).exists()


def _sequence(key: SigningKey, most: int) -> int:
    last = _last()
    # Before the events are read: whatever had ended by then is seen by the query that follows.
    before, own = settled()
    events = list(Event.objects.filter(_waiting(last, before, own)).order_by("turn", "what", "id")[:most])
    if not events:
        return 0
    batch = _placed(events, last)
    LogEntry.objects.bulk_create(batch.entries)
    LogLeaf.objects.bulk_create(batch.leaves)
    LogTile.objects.bulk_create(batch.tiles)
    _erase(events)
    # A full batch may have left some of its newest transaction for the next.
    newest = events[-1].turn + (len(events) < most)
    _sign(key, batch.frontier, previous=last.size if last else 0, turn=min(before, newest))
    return len(batch.entries)


def _placed(events: list[Event], last: Checkpoint | None) -> _Batch:
    about: dict[UUID, list[UUID]] = {}
    for row in EventAbout.objects.filter(event__in=[event.id for event in events]).order_by("person"):
        about.setdefault(row.event, []).append(row.person)
    whom = {event.id: _whom(event, about.get(event.id, [])) for event in events}
    people = {person for several in whom.values() for person in several if person is not None}
    frontier = Frontier(last.size, map(bytes.fromhex, last.frontier)) if last else Frontier()
    batch = _Batch(frontier, _heads(people))
    for event in events:
        said = event_hash(event)
        for person in whom[event.id]:
            _append(batch, event.id, said, person)
    return batch


def _whom(event: Event, listed: list[UUID]) -> list[UUID | None]:
    """An entry for each person whom the event is about, or one about nobody."""
    people: list[UUID | None] = [event.person] if event.person else []
    return people + [person for person in listed if person != event.person] or [None]


def _append(batch: _Batch, event: UUID, said: bytes, person: UUID | None) -> None:
    number = batch.frontier.size + 1
    entry = LogEntry(number=number, event=event, event_hash=said)
    if person is not None:
        before, previous = batch.heads.get(person, (0, NOTHING))
        entry.person, entry.link_number = person, before + 1
        entry.link_previous, entry.link_salt = previous, secrets.token_bytes(16)
    link = link_hash(person=person, number=entry.link_number, previous=entry.link_previous, salt=entry.link_salt)
    leaf = leaf_hash(number, said, link)
    if person is not None:
        batch.heads[person] = (entry.link_number or 0, leaf)
    batch.entries.append(entry)
    batch.leaves.append(LogLeaf(number=number, hash=leaf))
    for level, index, hash in batch.frontier.append(leaf):
        batch.tiles.append(LogTile(level=level, index=index, hash=hash))


def _heads(people: Iterable[UUID]) -> dict[UUID, tuple[int, bytes]]:
    """The last link of each one's chain: its number and leaf. One look in an index a person, a query for 200."""
    field, found = LogEntry._meta.get_field("person"), {}
    ordered = sorted(people)
    one = (
        "SELECT * FROM (SELECT e.person, e.link_number, l.hash FROM store_logentry e"
        " JOIN store_logleaf l ON l.number = e.number WHERE e.person = %s ORDER BY e.link_number DESC LIMIT 1) t"
    )
    with connection.cursor() as cursor:
        for start in range(0, len(ordered), _HEADS_AT_A_TIME):
            some = [field.get_db_prep_value(p, connection) for p in ordered[start : start + _HEADS_AT_A_TIME]]
            cursor.execute(" UNION ALL ".join([one] * len(some)), some)
            for person, number, leaf in cursor.fetchall():
                found[person if isinstance(person, UUID) else UUID(person)] = (number, bytes(leaf))
    return found


def _erase(events: list[Event]) -> None:
    """What an event of this batch has said is to be erased is erased now; its hash and its numbers stay."""
    numbers = [event.detail.get("entry") for event in events if event.what == ERASED and event.act == ERASES]
    if numbers:
        named = LogEntry.objects.filter(number__in=numbers).values("event")
        Event.objects.filter(id__in=named).delete()


def _sign(key: SigningKey, frontier: Frontier, *, previous: int, turn: int) -> None:
    at, root = timezone.now(), frontier.root()
    text = checkpoint_text(key=key.public, size=frontier.size, previous=previous, root=root, at=at)
    Checkpoint.objects.create(
        size=frontier.size,
        previous=previous,
        root=root,
        at=at,
        key=key.public,
        signature=key.sign(text),
        frontier=[part.hex() for part in frontier.hashes],
        turn=turn,
    )
