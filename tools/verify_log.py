#!/usr/bin/env python3
"""Checks a log that was taken out of Samverk, without Samverk: one file, Python 3.11 and the package `cryptography`.

    python verify_log.py log.jsonl                  a whole log (`samverk log export`), or one person's own
    python verify_log.py log.jsonl --key 3f2a…      and that it is signed with the key that the house has published
    python verify_log.py log.jsonl --known 512:9c…  and that it goes on from a checkpoint that was noted before

It trusts nothing in the file but the signatures: every hash is made again from what the entries say. The form is told
in docs/log.md. Exit code 0: nothing wrong was found. 1: something has been changed. 2: the file cannot be read.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "samverk-log-1"
NOTHING = bytes(32)
EVENT = frozenset(
    "id at act what party capacity person case programme item purpose allowed detail who".split()  # noqa: SIM905
)
FIELDS = {
    "log": ({"format", "scope", "key"}, {"person"}),
    "entry": ({"number", "link", "event"}, {"salt", "who", "event_hash", "proof"}),
    "checkpoint": ({"size", "previous", "root", "at", "key", "signature"}, set[str]()),
    "countersignature": ({"size", "party", "key", "signature"}, set[str]()),
}
MOST_SHOWN = 20


class Unreadable(Exception):
    """The file is no log of this form."""


def canonical(value: object) -> bytes:
    """The one way to write a value: keys sorted, no blanks, ASCII alone, and < > & as \\u003c \\u003e \\u0026."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026").encode("ascii")


def sha(*parts: bytes) -> bytes:
    """SHA-256 of the parts after one another."""
    return hashlib.sha256(b"".join(parts)).digest()


class Verifier:
    """Goes through a log from its first line to its last. `wrong` holds a sentence for each thing that was found."""

    def __init__(self, keys: Iterable[str] = (), known: Iterable[tuple[int, str]] = ()) -> None:
        self.keys = set(keys)
        self.known = dict(known)
        self.wrong: list[str] = []
        self.scope, self.person = "", ""
        self.size, self.parts = 0, list[tuple[int, bytes]]()
        self.heads: dict[str, tuple[int, bytes]] = {}
        self.events: dict[str, set[str]] = {}
        self.erased: list[int] = []
        self.allowed_to_erase: set[int] = set()
        self.hashes: dict[int, bytes] = {}
        self.points: dict[int, dict[str, Any]] = {}
        self.last_point, self.unnamed, self.entries, self.countersigned = 0, 0, 0, 0

    def run(self, lines: Iterable[dict[str, Any]]) -> None:
        """Check every line, and then what only the whole can show."""
        rows = iter(lines)
        self._head(next(rows, {}))
        for row in rows:
            getattr(self, f"_{row['type']}")(row)
        self._end()

    def _head(self, row: dict[str, Any]) -> None:
        if row.get("type") != "log" or row.get("format") != FORMAT:
            raise Unreadable(f"the first line does not say that this is a log of the form {FORMAT}")
        self.scope, self.person = row["scope"], row.get("person", "")
        if self.scope not in ("all", "person"):
            raise Unreadable(f"the scope {self.scope!r} is not known")
        if not self.keys and row["key"]:
            self.keys = {row["key"]}
            self.unnamed = 1

    def _log(self, row: dict[str, Any]) -> None:
        self._found("a second beginning stands in the middle of the log")

    # Entries

    def _entry(self, row: dict[str, Any]) -> None:
        number, self.entries = row["number"], self.entries + 1
        if self.scope == "all" and number != self.size + 1:
            self._found(
                f"entry {self.size + 1} was expected and {number} stands there: one is missing, moved or doubled"
            )
        said = self._event(row)
        link = self._link(row)
        leaf = sha(b"\x00", int(number).to_bytes(8, "big"), said, link)
        if row["link"] is not None:
            self.heads[row["link"]["person"]] = (row["link"]["number"], leaf)
        if self.scope == "all":
            self._append(leaf)
        elif self._led_to(number - 1, leaf, row.get("proof", [])) not in self._roots():
            self._found(f"entry {number} does not stand in the tree of the checkpoint as it reads here")

    def _event(self, row: dict[str, Any]) -> bytes:
        number, event = row["number"], row["event"]
        if event is None:
            self.erased.append(number)
            said = bytes.fromhex(row["event_hash"])
        else:
            if set(event) != EVENT:
                self._found(f"entry {number}: the event has not the fields of an event")
            self._who(number, event, row.get("who"))
            said = sha(bytes.fromhex(row["salt"]), canonical(event))
            about = row["link"]["person"] if row["link"] else ""
            people = self.events.setdefault(event["id"], set())
            if about in people:
                self._found(f"entry {number}: its event {event['id']} stands in the log before")
            people.add(about)
            if event["person"] is not None and not about:
                self._found(f"entry {number}: it is about a person and stands in nobody's chain")
            if event["act"] == "EraseLogPayload" and event["what"] == "log.payload_erased":
                self.allowed_to_erase.add(event["detail"]["entry"])
        self.hashes[number] = said
        return said

    def _who(self, number: int, event: dict[str, Any], who: dict[str, Any] | None) -> None:
        if who is None:
            if self.scope == "all":
                self._found(f"entry {number}: it does not say who did it")
            return
        open_ = {key: value for key, value in who.items() if key != "salt"}
        if (
            set(open_) != {"actor", "actor_name"}
            or sha(bytes.fromhex(who["salt"]), canonical(open_)).hex() != event["who"]
        ):
            self._found(f"entry {number}: who did it has been changed")

    def _link(self, row: dict[str, Any]) -> bytes:
        link, number = row["link"], row["number"]
        if link is None:
            if self.scope == "person":
                self._found(f"entry {number}: it is about nobody")
            return NOTHING
        if self.scope == "person" and link["person"] != self.person:
            self._found(f"entry {number}: it is about somebody else")
        before, previous = self.heads.get(link["person"], (0, NOTHING))
        if link["number"] != before + 1:
            self._found(f"entry {number}: link {before + 1} of a person's chain was expected, not {link['number']}")
        elif link["previous"] != previous.hex():
            self._found(f"entry {number}: link {link['number']} does not lead back to the one before")
        open_ = {key: link[key] for key in ("person", "number", "previous")}
        return sha(bytes.fromhex(link["salt"]), canonical(open_))

    # The tree

    def _append(self, leaf: bytes) -> None:
        self.size += 1
        self.parts.append((0, leaf))
        while len(self.parts) > 1 and self.parts[-1][0] == self.parts[-2][0]:
            height, right = self.parts.pop()
            _, left = self.parts.pop()
            self.parts.append((height + 1, sha(b"\x01", left, right)))

    def _root(self) -> str:
        root = b""
        for _, part in reversed(self.parts):
            root = sha(b"\x01", part, root) if root else part
        return root.hex()

    def _roots(self) -> set[str]:
        return {point["root"] for point in self.points.values()}

    def _led_to(self, leaf: int, hash_: bytes, proof: list[str]) -> str:
        size = max(self.points, default=0)
        if not 0 <= leaf < size:
            return ""
        last = size - 1
        for sibling in map(bytes.fromhex, proof):
            if last == 0:
                return ""
            if leaf & 1 or leaf == last:
                hash_ = sha(b"\x01", sibling, hash_)
                while leaf and not leaf & 1:
                    leaf, last = leaf >> 1, last >> 1
            else:
                hash_ = sha(b"\x01", hash_, sibling)
            leaf, last = leaf >> 1, last >> 1
        return hash_.hex() if last == 0 else ""

    # Checkpoints

    def _checkpoint(self, row: dict[str, Any]) -> None:
        size = row["size"]
        if not signed(row, row["key"], row["signature"]):
            self._found(f"checkpoint {size}: its signature is wrong")
        if row["key"] not in self.keys:
            self._found(f"checkpoint {size}: it is signed with another key ({row['key'][:16]}…)")
        if self.scope == "all":
            if size != self.size:
                self._found(f"checkpoint {size} stands after entry {self.size}")
            if row["root"] != self._root():
                self._found(f"checkpoint {size}: its root is not that of the {self.size} entries before it")
            if row["previous"] != self.last_point:
                self._found(f"checkpoint {size}: {row['previous']} is said to come before it, not {self.last_point}")
        if size in self.known and self.known.pop(size) != row["root"]:
            self._found(f"checkpoint {size} is another than the one that was noted: the past has been rewritten")
        self.last_point = size
        self.points[size] = row

    def _countersignature(self, row: dict[str, Any]) -> None:
        point = self.points.get(row["size"])
        if point is None or not signed(point, row["key"], row["signature"]):
            self._found(f"checkpoint {row['size']}: the countersignature of {row['party']!r} is wrong")
        self.countersigned += 1

    def _end(self) -> None:
        if not self.points:
            self._found("no checkpoint stands in the file: nothing in it is signed")
        if self.scope == "all":
            if self.size > self.last_point:
                self._found(f"the entries after {self.last_point} stand under no checkpoint")
            same = {self.hashes[number] for number in self.allowed_to_erase if number in self.hashes}
            for number in self.erased:
                if self.hashes[number] not in same:
                    self._found(f"entry {number} is erased, and nothing in the log says by what right")
        for size in sorted(self.known):
            self._found(f"the checkpoint of size {size} that was noted is not in this file")

    def _found(self, text: str) -> None:
        self.wrong.append(text)


def signed(point: dict[str, Any], key: str, signature: str) -> bool:
    """Whether the holder of `key` signed the checkpoint."""
    text = (
        f"samverk log checkpoint 1\nkey {point['key']}\nsize {point['size']}\nprevious {point['previous']}\n"
        f"root {point['root']}\nat {point['at']}\n"
    )
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def read(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The lines of a log. Unreadable when one is no JSON, names a field twice, or holds what no log holds."""
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line.decode("ascii"), object_pairs_hook=_once, parse_float=_no_number)
        except (UnicodeDecodeError, ValueError) as error:
            raise Unreadable(f"line {number}: {error}") from None
        needed, may = FIELDS.get(str(row.get("type")) if isinstance(row, dict) else "", (set(), set()))
        if not needed or not needed <= set(row) - {"type"} <= needed | may:
            raise Unreadable(f"line {number}: no line of a log has these fields")
        yield row


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a field stands there twice")
    return found


def _no_number(text: str) -> float:
    raise ValueError(f"the number {text} is not whole")


def main(words: list[str] | None = None) -> int:
    """Check the file that is named, and say what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--key", action="append", default=[], metavar="HEX", help="a public key of the house; may be repeated"
    )
    parser.add_argument(
        "--known", action="append", default=[], metavar="SIZE:ROOT", help="a checkpoint that was noted before"
    )
    told = parser.parse_args(words)
    try:
        known = [(int(size), root.replace(" ", "")) for size, _, root in (text.partition(":") for text in told.known)]
        verifier = Verifier(told.key, known)
        with told.file.open("rb") as lines:
            verifier.run(read(lines))
    except (Unreadable, OSError, KeyError, TypeError, ValueError, OverflowError) as error:
        sys.stdout.write(f"UNREADABLE: {error}\n")
        return 2
    sys.stdout.write(said(verifier))
    return 1 if verifier.wrong else 0


def said(verifier: Verifier) -> str:
    """What was found, in sentences."""
    lines = [f"WRONG: {text}." for text in verifier.wrong[:MOST_SHOWN]]
    if len(verifier.wrong) > MOST_SHOWN:
        lines.append(f"… and {len(verifier.wrong) - MOST_SHOWN} more.")
    if not verifier.wrong:
        newest = verifier.points[max(verifier.points)]
        lines.append(
            f"RIGHT: {verifier.entries} entries, {len(verifier.heads)} chains, {len(verifier.points)} checkpoints, "
            f"{verifier.countersigned} countersignatures, {len(verifier.erased)} erased by law."
        )
        lines.append(f"Newest checkpoint: {newest['size']}:{newest['root']} of {newest['at']}. Note it for next time.")
    if verifier.unnamed:
        lines.append(
            f"The key is the file's own: {', '.join(verifier.keys)}. Compare it with the one that is published."
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
