"""The log as a file: what tools/verify_log.py rebuilds the tree from, and what a participant takes home."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samverk.access.declare_house import KeepLog
from samverk.access.ledger.check import text_of
from samverk.access.ledger.form import FORMAT, canonical, moment, salt_of, told, who_of
from samverk.access.ledger.proofs import proofs
from samverk.access.permit import Permit
from samverk.store.models import Account, Checkpoint, Countersignature, Event, LogEntry, Party

_AT_A_TIME = 1000


@dataclass(frozen=True, slots=True)
class SealView:
    """The newest checkpoint, and how far one person's chain goes in it. `size` 0: there is none yet."""

    size: int
    root: str
    at: datetime | None
    key: str
    links: int
    """Entries about her."""


def seal(person: UUID) -> SealView:
    """The newest checkpoint and the length of the person's chain. Two queries."""
    last = Checkpoint.objects.order_by("-size").first()
    if last is None:
        return SealView(0, "", None, "", 0)
    newest = LogEntry.objects.filter(person=person).order_by("-link_number").first()
    return SealView(last.size, bytes(last.root).hex(), last.at, last.key, newest.link_number or 0 if newest else 0)


def newest_text(permit: Permit[KeepLog]) -> bytes:
    """What a party signs: the newest checkpoint. Nothing when there is none."""
    permit.check()
    last = Checkpoint.objects.order_by("-size").first()
    return b"" if last is None else text_of(last)


def goes_on_from(size: int) -> bool:
    """Whether a checkpoint of that size stands in the log, or `size` is 0: its beginning."""
    return size == 0 or Checkpoint.objects.filter(size=size).exists()


def whole_log(since: int = 0) -> Iterator[str]:
    """Every entry with its event, and each checkpoint after the last entry that it covers. A line of JSON at a time.

    With the size of a checkpoint, what came after it: laid at the end of what was taken out then, it is the whole log.
    """
    points = list(Checkpoint.objects.filter(size__gt=since).order_by("size"))
    signed: dict[int, list[Countersignature]] = {}
    for row in Countersignature.objects.filter(checkpoint__size__gt=since).select_related("party").order_by("at"):
        signed.setdefault(row.checkpoint_id, []).append(row)
    if since == 0:
        yield _line({"type": "log", "format": FORMAT, "scope": "all", "key": points[-1].key if points else ""})
    after = iter([*points, None])
    point = next(after)
    for start in range(since, points[-1].size if points else 0, _AT_A_TIME):
        entries = list(LogEntry.objects.filter(number__gt=start, number__lte=start + _AT_A_TIME).order_by("number"))
        events = {event.id: event for event in Event.objects.filter(id__in=[entry.event for entry in entries])}
        for entry in entries:
            yield _line(_entry(entry, events.get(entry.event)))
            while point is not None and point.size <= entry.number:
                yield from _point(point, signed.get(point.size, []))
                point = next(after)


def log_of(person: UUID) -> Iterator[str]:
    """The entries about one person, each with its proof that it stands in the tree of the newest checkpoint."""
    last = Checkpoint.objects.order_by("-size").first()
    yield _line(
        {
            "type": "log",
            "format": FORMAT,
            "scope": "person",
            "person": str(person),
            "key": last.key if last else "",
        }
    )
    if last is None:
        return
    yield from _point(last, list(Countersignature.objects.filter(checkpoint=last).select_related("party")))
    entries = list(LogEntry.objects.filter(person=person, number__lte=last.size).order_by("link_number"))
    events = {event.id: event for event in Event.objects.filter(id__in=[entry.event for entry in entries])}
    hidden = set(Party.objects.filter(hides_names=True).values_list("id", flat=True))
    others = _participants({event.actor for event in events.values() if event.party is None and event.actor}, person)
    proven = proofs([entry.number for entry in entries], size=last.size)
    for entry in entries:
        event = events.get(entry.event)
        line = _entry(entry, event)
        if event is not None and (event.party in hidden or event.actor in others):
            line["who"] = None
        yield _line({**line, "proof": [part.hex() for part in proven[entry.number]]})


def _participants(accounts: set[UUID], herself: UUID) -> set[UUID]:
    """Other participants, who tried an address: people of their own, not to be named to her."""
    rows = Account.objects.filter(id__in=accounts, party__isnull=True).exclude(person=herself)
    return set(rows.values_list("id", flat=True))


def _entry(entry: LogEntry, event: Event | None) -> dict[str, object]:
    line: dict[str, object] = {"type": "entry", "number": entry.number, "link": _link(entry)}
    if event is None:
        return {**line, "event": None, "event_hash": bytes(entry.event_hash).hex()}
    return {**line, "event": told(event), "salt": salt_of(event).hex(), "who": who_of(event)}


def _link(entry: LogEntry) -> dict[str, object] | None:
    if entry.person is None:
        return None
    return {
        "person": str(entry.person),
        "number": entry.link_number,
        "previous": bytes(entry.link_previous or b"").hex(),
        "salt": bytes(entry.link_salt or b"").hex(),
    }


def _point(point: Checkpoint, signed: list[Countersignature]) -> Iterator[str]:
    yield _line(
        {
            "type": "checkpoint",
            "size": point.size,
            "previous": point.previous,
            "root": bytes(point.root).hex(),
            "at": moment(point.at),
            "key": point.key,
            "signature": bytes(point.signature).hex(),
        }
    )
    for row in signed:
        yield _line(
            {
                "type": "countersignature",
                "size": point.size,
                "party": row.party.name,
                "key": row.key,
                "signature": bytes(row.signature).hex(),
            }
        )


def _line(value: dict[str, object]) -> str:
    """One line of ASCII, in the canonical form: nothing in a name can end it, turn it round or be run by a program."""
    return canonical(value).decode("ascii") + "\n"
