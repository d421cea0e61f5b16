"""The house's own check of its log: every row against every other. tools/verify_log.py is the check that needs no house."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from samverk.access.ledger.form import NOTHING, checkpoint_text, event_hash, leaf_hash, link_hash
from samverk.access.ledger.keys import is_signed
from samverk.access.ledger.sequencer import ERASED, ERASES
from samverk.access.ledger.tree import Frontier
from samverk.store.models import Checkpoint, Countersignature, Event, EventAbout, LogEntry, LogLeaf, LogTile

_AT_A_TIME = 2000


@dataclass(slots=True)
class Report:
    """What was found. `wrong` is empty when the log is whole."""

    entries: int = 0
    checkpoints: int = 0
    people: int = 0
    erased: int = 0
    waiting: int = 0
    """Events that have no place yet: those of the last seconds, which nothing protects so far."""
    wrong: list[str] = field(default_factory=list)


def check(*, keys: frozenset[str]) -> Report:
    """Compare every event, entry, leaf, kept part, link, checkpoint and signature.

    `keys`: the public keys (hexadecimal) that checkpoints may be signed with.
    """
    report = Report()
    _Checker(report, keys).run()
    _left_out(report)
    return report


class _Checker:
    def __init__(self, report: Report, keys: frozenset[str]) -> None:
        self.report, self.keys = report, keys
        self.frontier, self._previous = Frontier(), 0
        self.heads: dict[UUID, tuple[int, bytes]] = {}
        self.seen: set[tuple[UUID, UUID | None]] = set()
        self.tiles = {(tile.level, tile.index): bytes(tile.hash) for tile in LogTile.objects.all()}
        self.points = {point.size: point for point in Checkpoint.objects.all()}
        self.erased = _told_erased()

    def run(self) -> None:
        """From the first entry to the last, with the checkpoints on the way."""
        for entry, leaf, event, listed in _rows():
            number = self.frontier.size + 1
            if entry.number != number:
                self._wrong(f"entry {number} is missing: the next is {entry.number}.")
                return
            self._entry(entry, event, listed)
            self._leaf(entry, leaf)
            self._point(self.frontier.size)
        self.report.entries = self.frontier.size
        self.report.people = len(self.heads)
        self._end()

    def _entry(self, entry: LogEntry, event: Event | None, listed: bool) -> None:
        n, pair = entry.number, (entry.event, entry.person)
        if pair in self.seen:
            self._wrong(f"entry {n}: its event stands in the log twice.")
        self.seen.add(pair)
        if event is None and n not in self.erased and entry.event not in self.erased:
            self._wrong(f"entry {n}: its event is gone, and nothing says that it was erased.")
        elif event is None:
            self.report.erased += 1
        elif event_hash(event) != bytes(entry.event_hash):
            self._wrong(f"entry {n}: its event has been changed.")
        elif entry.person != event.person and not listed:
            self._wrong(f"entry {n}: the event is about somebody else.")
        if entry.person is not None:
            before, previous = self.heads.get(entry.person, (0, NOTHING))
            if entry.link_number != before + 1 or bytes(entry.link_previous or b"") != previous:
                self._wrong(f"entry {n}: the chain of its person is broken at link {entry.link_number}.")

    def _leaf(self, entry: LogEntry, kept: bytes | None) -> None:
        link = link_hash(
            person=entry.person, number=entry.link_number, previous=entry.link_previous, salt=entry.link_salt
        )
        leaf = leaf_hash(entry.number, bytes(entry.event_hash), link)
        if kept != leaf:
            self._wrong(f"entry {entry.number}: its leaf does not belong to it.")
        for level, index, hash in self.frontier.append(leaf):
            if self.tiles.pop((level, index), None) != hash:
                self._wrong(f"the kept part {index} of level {level} of the tree is not what its entries give.")
        if entry.person is not None:
            self.heads[entry.person] = (entry.link_number or 0, leaf)

    def _point(self, size: int) -> None:
        point = self.points.pop(size, None)
        if point is None:
            return
        self.report.checkpoints += 1
        root = self.frontier.root()
        if bytes(point.root) != root:
            self._wrong(f"checkpoint {size}: its root is not that of the entries before it.")
        if point.previous != self._previous:
            self._wrong(f"checkpoint {size}: it says that {point.previous} came before, and that was {self._previous}.")
        if [bytes.fromhex(part) for part in point.frontier] != self.frontier.hashes:
            self._wrong(f"checkpoint {size}: what the tree goes on from does not belong to it.")
        self._previous = size
        self._signature(point)

    def _signature(self, point: Checkpoint) -> None:
        text = text_of(point)
        if point.key not in self.keys:
            self._wrong(f"checkpoint {point.size}: it is signed with a key that is not ours ({point.key[:16]}…).")
        if not is_signed(text, public=point.key, signature=bytes(point.signature)):
            self._wrong(f"checkpoint {point.size}: its signature is wrong.")

    def _end(self) -> None:
        for size in sorted(self.points):
            self._wrong(f"checkpoint {size}: the log has only {self.frontier.size} entries.")
        for level, index in sorted(self.tiles):
            self._wrong(f"the kept part {index} of level {level} of the tree belongs to no entries.")
        if self.frontier.size != self._previous and not self.points:
            self._wrong(f"the entries after {self._previous} stand under no checkpoint.")
        if LogLeaf.objects.filter(number__gt=self.frontier.size).exists():
            self._wrong("there are leaves without entries.")
        for row in Countersignature.objects.select_related("checkpoint", "party"):
            if not is_signed(text_of(row.checkpoint), public=row.key, signature=bytes(row.signature)):
                self._wrong(f"checkpoint {row.checkpoint_id}: the countersignature of {row.party.name} is wrong.")

    def _wrong(self, text: str) -> None:
        self.report.wrong.append(text)


def text_of(point: Checkpoint) -> bytes:
    """What is signed of a checkpoint."""
    return checkpoint_text(key=point.key, size=point.size, previous=point.previous, root=bytes(point.root), at=point.at)


def _rows() -> Iterator[tuple[LogEntry, bytes | None, Event | None, bool]]:
    """Each entry with its leaf, its event, and whether the event is about its person by way of a list."""
    start = 0
    while entries := list(LogEntry.objects.filter(number__gt=start).order_by("number")[:_AT_A_TIME]):
        ids, numbers = [entry.event for entry in entries], [entry.number for entry in entries]
        events = {event.id: event for event in Event.objects.filter(id__in=ids)}
        leaves = dict(LogLeaf.objects.filter(number__in=numbers).values_list("number", "hash"))
        listed = set(EventAbout.objects.filter(event__in=ids).values_list("event", "person"))
        for entry in entries:
            leaf = leaves.get(entry.number)
            pair = (entry.event, entry.person)
            yield entry, None if leaf is None else bytes(leaf), events.get(entry.event), pair in listed
        start = numbers[-1]


def _told_erased() -> set[int | UUID]:
    """What the log itself says was erased: the entries' numbers, and their events, which may have several entries."""
    said = Event.objects.filter(what=ERASED, act=ERASES).values_list("detail", flat=True)
    numbers = {int(detail["entry"]) for detail in said if "entry" in detail}
    events = LogEntry.objects.filter(number__in=numbers).values_list("event", flat=True)
    return {*numbers, *events}


def _left_out(report: Report) -> None:
    """Events that should have a place and have none: put in afterwards, with an old turn."""
    last = Checkpoint.objects.order_by("-size").first()
    without = Event.objects.exclude(id__in=LogEntry.objects.values("event"))
    turn = last.turn if last else 0
    for event in without.filter(turn__lt=turn).order_by("turn", "id")[:_AT_A_TIME]:
        report.wrong.append(f"event {event.id} was put in afterwards: it has no place in the log.")
    report.waiting = without.filter(turn__gte=turn).count()
    about = EventAbout.objects.filter(event__in=Event.objects.filter(turn__lt=turn).values("id"))
    entered = LogEntry.objects.filter(person__isnull=False).values_list("event", "person")
    for id, person in set(about.values_list("event", "person")) - set(entered):
        report.wrong.append(f"event {id} was said afterwards to be about {person}.")
