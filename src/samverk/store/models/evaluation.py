"""Data for evaluation: what she has said about it, what a party has decided, and which extracts were taken."""

from typing import ClassVar

from django.db import models

from samverk.store.models.base import Row
from samverk.store.models.items import Body
from samverk.store.models.people import Account, Party
from samverk.store.models.programmes import Programme


class EvaluationChoice(Body):
    """Her yes or no to being in extracts of the programme that her case is in. Never changed: replaced."""

    says = models.BooleanField()
    on_behalf = models.CharField(max_length=10, blank=True)
    """"paper" or "spoken" where the coordinator wrote down what she said; blank: she herself."""
    replaced_at = models.DateTimeField(null=True)

    SENSITIVITY: ClassVar = {
        "item": "internal",
        "says": "personal",
        "on_behalf": "personal",
        "replaced_at": "internal",
    }


class EvaluationDecision(Row):
    """A decision of the programme's principal that everyone is in its extracts, except those who have said no."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    """The principal when it was decided."""
    decider = models.CharField(max_length=200)
    decider_title = models.CharField(max_length=200)
    ground = models.CharField(max_length=60)
    """A code of the list evaluation_ground."""
    words = models.TextField()
    """What was decided, as it was written."""
    decided_on = models.DateField()
    until = models.DateField()
    """The last day on which it holds."""
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    SENSITIVITY: ClassVar = dict.fromkeys(
        (
            "id", "programme", "party", "decider", "decider_title", "ground", "words", "decided_on", "until",
            "recorded_at", "recorded_by", "ended_at", "ended_by",
        ),
        "internal",
    )  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme"],
                condition=models.Q(ended_at__isnull=True),
                name="one_live_evaluation_decision",
            )
        ]


class Extract(Row):
    """That an extract was taken: who, when, on what basis, how much, and its hash. Not the data."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=10)
    """domain.extract.Basis."""
    decision = models.ForeignKey(EvaluationDecision, null=True, on_delete=models.PROTECT, related_name="+")
    """What it rests on; None: on consent."""
    counts = models.JSONField()
    """Rows in each table; "people" is how many people."""
    data_hash = models.CharField(max_length=64)

    SENSITIVITY: ClassVar = dict.fromkeys(
        ("id", "programme", "at", "by", "basis", "decision", "counts", "data_hash"), "internal"
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["programme", "-at"])]
