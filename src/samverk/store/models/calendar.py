"""Private addresses from which a calendar programme fetches one account's meetings."""

from typing import ClassVar

from django.db import models

from samverk.store.models.base import Row
from samverk.store.models.people import Account


class CalendarFeed(Row):
    """An address that its holder has made. Only its hash is kept: whoever reads the table cannot fetch anything."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    """SHA-256 of the 256 random bits in the address, hexadecimal."""
    made_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    SENSITIVITY: ClassVar = {
        "id": "internal",
        "account": "internal",
        "token_hash": "secret",
        "made_at": "internal",
        "stopped_at": "internal",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(stopped_at__isnull=True), name="one_live_calendar"
            )
        ]
