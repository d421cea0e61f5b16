"""What has happened: every read and write, allowed and refused. Rows are only added."""

from typing import ClassVar

from django.db import models

from samverk.store.models.base import Row


class Event(Row):
    """One act. Ids are kept as values, not keys: the log outlives what it speaks of."""

    at = models.DateTimeField()
    act = models.CharField(max_length=60)
    what = models.CharField(max_length=60, blank=True)
    """The verb of a write ("meeting.called"); blank for a look."""
    actor = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    party = models.UUIDField(null=True)
    capacity = models.CharField(max_length=60, blank=True)
    person = models.UUIDField(null=True)
    case = models.UUIDField(null=True)
    programme = models.UUIDField(null=True)
    item = models.UUIDField(null=True)
    purpose = models.CharField(max_length=10)
    allowed = models.BooleanField()
    detail = models.JSONField(default=dict)
    """Codes and ids only: no words about a person."""

    SENSITIVITY: ClassVar = dict.fromkeys(
        (
            "id", "at", "act", "what", "actor", "actor_name", "party", "capacity", "person", "case", "programme",
            "item", "purpose", "allowed", "detail",
        ),
        "internal",
    )  # fmt: skip

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "at"]),
            models.Index(fields=["case", "at"]),
        ]
