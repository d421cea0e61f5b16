"""Need to know that is neither an assignment nor a role: standing in for someone, and access in an emergency."""

from typing import ClassVar

from django.db import models

from samverk.store.models.base import Row
from samverk.store.models.cases import Case
from samverk.store.models.people import Account, Party, Person


class Substitution(Row):
    """For a time, `substitute` does what `absent` does, both in the same party."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    absent = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    substitute = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    SENSITIVITY: ClassVar = dict.fromkeys(
        ("id", "party", "absent", "substitute", "since", "until", "ended_at", "recorded_by"), "internal"
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["substitute", "until"])]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(absent=models.F("substitute")), name="not_for_herself")
        ]


class EmergencyAccess(Row):
    """Somebody without assignment asked to open a case, said why, and a second person of her party said yes or no.

    It gives need to know for a short time, nothing more: consents and protected identity hold as before.
    """

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_for = models.CharField(max_length=200)
    """The personal number, or the name, as she wrote it."""
    reason = models.TextField()
    asked_at = models.DateTimeField()
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    """What was found, once it was approved."""
    answered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    """When the participant had read of it."""

    SENSITIVITY: ClassVar = {
        **dict.fromkeys(("id", "party", "account", "asked_at", "answered_by"), "internal"),
        **dict.fromkeys(("person", "case", "approved_at", "declined_at", "until", "ended_at", "seen_at"), "personal"),
        "asked_for": "secret",
        "reason": "secret",
    }

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "case"]), models.Index(fields=["party", "asked_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(answered_by=models.F("account")), name="a_second_person")
        ]
