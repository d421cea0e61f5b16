"""A party's formal decision, taken at home: not the same record as the promise given at the table."""

from typing import ClassVar

from django.db import models

from samverk.store.models.commitments import Commitment
from samverk.store.models.control import ControlReading
from samverk.store.models.items import Body


class FormalDecision(Body):
    """What a party decided. Never changed: whoever decides anew records a new decision on the same promise."""

    promise = models.ForeignKey(Commitment, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    """A code of the list decision_kind."""
    outcome = models.CharField(max_length=10)
    """domain.decisions.Outcome."""
    text = models.TextField()
    reason = models.TextField()
    legal_ground = models.CharField(max_length=300)
    decider = models.CharField(max_length=200)
    decider_title = models.CharField(max_length=200)
    decided_on = models.DateField()
    appeal_how = models.TextField(blank=True)
    appeal_until = models.DateField(null=True)
    basis = models.ForeignKey(ControlReading, null=True, on_delete=models.PROTECT, related_name="+")
    """What the party read for control before it decided; None: it decided on what is its own."""

    SENSITIVITY: ClassVar = {
        "item": "internal",
        "promise": "internal",
        "kind": "personal",
        "outcome": "personal",
        "text": "secret",
        "reason": "secret",
        "legal_ground": "personal",
        "decider": "internal",
        "decider_title": "internal",
        "decided_on": "personal",
        "appeal_how": "personal",
        "appeal_until": "personal",
        "basis": "personal",
    }

    class Meta:
        indexes: ClassVar = [models.Index(fields=["promise", "decided_on"])]
