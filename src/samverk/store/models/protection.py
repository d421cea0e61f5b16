"""How a person's identity came to be protected, or no longer."""

from typing import ClassVar

from django.db import models

from samverk.store.models.base import Row
from samverk.store.models.cases import Case
from samverk.store.models.people import Account, Party, Person


class ProtectionChange(Row):
    """One change of the level: raised at once, lowered when a second person has said yes."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    before = models.CharField(max_length=30)
    after = models.CharField(max_length=30)
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    """Of whoever asked; None: the operator, or the system."""
    done_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    SENSITIVITY: ClassVar = {
        **dict.fromkeys(("id", "asked_by", "party", "answered_by"), "internal"),
        **dict.fromkeys(("person", "case", "asked_at", "done_at", "declined_at"), "personal"),
        **dict.fromkeys(("before", "after", "reason"), "secret"),
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(done_at__isnull=True, declined_at__isnull=True),
                name="one_waiting_change",
            )
        ]
