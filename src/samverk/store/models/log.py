"""The sealed log: what the sequencer makes of the events, so that a change of any of them shows. See docs/log.md.

Written by the sequencer alone, and only added to.
"""

from typing import ClassVar

from django.db import models

from samverk.store.models.base import Row
from samverk.store.models.people import Party

HASH = 32
"""Bytes of a SHA-256 hash."""


class LogEntry(models.Model):
    """One event's place in the log, and in the chain of the person whom it is about.

    An event about several people has an entry for each. `number` begins at 1 and has no gaps, nor has `link_number`
    in one person's chain.
    """

    number = models.BigIntegerField(primary_key=True)
    event = models.UUIDField()
    event_hash = models.BinaryField(max_length=HASH)
    """Stays when the event is erased by law."""
    person = models.UUIDField(null=True)
    link_number = models.BigIntegerField(null=True)
    link_previous = models.BinaryField(max_length=HASH, null=True)
    """The leaf of the entry before in her chain; zeros in the first."""
    link_salt = models.BinaryField(max_length=16, null=True)

    SENSITIVITY: ClassVar = {
        **dict.fromkeys(("number", "event", "event_hash", "link_number", "link_previous", "link_salt"), "internal"),
        "person": "personal",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "person"], name="one_entry"),
            models.UniqueConstraint(fields=["person", "link_number"], name="one_link_number"),
        ]


class LogLeaf(models.Model):
    """The leaf of entry `number` in the Merkle tree: a hash that tells nothing by itself."""

    number = models.BigIntegerField(primary_key=True)
    hash = models.BinaryField(max_length=HASH)

    SENSITIVITY: ClassVar = dict.fromkeys(("number", "hash"), "open")


class LogTile(models.Model):
    """The root of a full part of the tree, of 256 ** `level` leaves: so that a proof need not begin from the leaves."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    """Which one of its level, from the left, from 0."""
    hash = models.BinaryField(max_length=HASH)

    SENSITIVITY: ClassVar = dict.fromkeys(("id", "level", "index", "hash"), "open")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["level", "index"], name="one_tile")]


class Checkpoint(models.Model):
    """The root of the tree of the first `size` entries, signed with a key that the database does not hold."""

    size = models.BigIntegerField(primary_key=True)
    previous = models.BigIntegerField()
    """The size of the checkpoint before; 0 in the first."""
    root = models.BinaryField(max_length=HASH)
    at = models.DateTimeField()
    key = models.CharField(max_length=64)
    """The public key that the signature is checked with, in hexadecimal."""
    signature = models.BinaryField(max_length=64)
    frontier = models.JSONField()
    """The roots of the full parts from the left: from these the tree goes on."""
    turn = models.BigIntegerField()
    """All events before this turn stand in the log (store.models.events.Turn)."""

    SENSITIVITY: ClassVar = dict.fromkeys(
        ("size", "previous", "root", "at", "key", "signature", "frontier", "turn"), "open"
    )


class Countersignature(Row):
    """A party's own signature under a checkpoint: from then on the house alone cannot write another past."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    signature = models.BinaryField(max_length=64)
    at = models.DateTimeField()

    SENSITIVITY: ClassVar = dict.fromkeys(("id", "checkpoint", "party", "key", "signature", "at"), "open")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["checkpoint", "party"], name="one_countersignature")]
