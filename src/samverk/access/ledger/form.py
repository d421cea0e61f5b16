"""What exactly is hashed and signed. docs/log.md says the same in words, and tools/verify_log.py says it again in code."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from samverk.store.models import Event
from samverk.store.models.events import SALT

FORMAT = "samverk-log-1"
NOTHING = bytes(32)
"""In place of a hash where there is none: before the first link, and in an entry about nobody."""
_HALF = SALT // 2
_MARKUP = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def canonical(value: object) -> bytes:
    """The one way to write `value` as JSON: keys sorted, no blanks, ASCII alone, and no character of HTML."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.translate(_MARKUP).encode("ascii")


def moment(at: datetime) -> str:
    """A moment in UTC, to the microsecond: 2026-01-31T08:30:00.000000Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def who_of(event: Event) -> dict[str, str | None]:
    """Who did it, with the chance that keeps a hidden name from being guessed."""
    return {
        "actor": _text(event.actor),
        "actor_name": event.actor_name,
        "salt": bytes(event.salt)[_HALF:].hex(),
    }


def told(event: Event) -> dict[str, object]:
    """All that an event says, and of who did it only the hash: a party may hide the names of its staff."""
    who = who_of(event)
    salt = bytes.fromhex(who.pop("salt") or "")
    return {
        "id": str(event.id),
        "at": moment(event.at),
        "act": event.act,
        "what": event.what,
        "party": _text(event.party),
        "capacity": event.capacity,
        "person": _text(event.person),
        "case": _text(event.case),
        "programme": _text(event.programme),
        "item": _text(event.item),
        "purpose": event.purpose,
        "allowed": event.allowed,
        "detail": event.detail,
        "who": _hash(salt, canonical(who)).hex(),
    }


def salt_of(event: Event) -> bytes:
    """The chance that is hashed with what the event says."""
    return bytes(event.salt)[:_HALF]


def event_hash(event: Event) -> bytes:
    """SHA-256(salt ‖ what the event says)."""
    return _hash(salt_of(event), canonical(told(event)))


def link_hash(
    *, person: UUID | None, number: int | None, previous: bytes | memoryview | None, salt: bytes | memoryview | None
) -> bytes:
    """SHA-256(salt ‖ the entry's place in her chain), or zeros where it is about nobody."""
    if person is None:
        return NOTHING
    link: Mapping[str, object] = {"number": number, "person": str(person), "previous": bytes(previous or b"").hex()}
    return _hash(bytes(salt or b""), canonical(link))


def leaf_hash(number: int, event: bytes, link: bytes) -> bytes:
    """SHA-256(0x00 ‖ the entry's number in eight bytes ‖ hash of the event ‖ hash of the link), as in RFC 6962."""
    return _hash(b"\x00", number.to_bytes(8, "big"), event, link)


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 ‖ left ‖ right), as in RFC 6962."""
    return _hash(b"\x01", left, right)


def checkpoint_text(*, key: str, size: int, previous: int, root: bytes, at: datetime) -> bytes:
    """What is signed: six lines that one can read aloud."""
    return (
        f"samverk log checkpoint 1\nkey {key}\nsize {size}\nprevious {previous}\nroot {root.hex()}\nat {moment(at)}\n"
    ).encode("ascii")


def _hash(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def _text(id: UUID | None) -> str | None:
    return None if id is None else str(id)
