"""What she lives on, and what it costs her to be active."""

from typing import ClassVar

from django.db import models

from samverk.store.models.items import Body
from samverk.store.models.people import Party


class LivelihoodSpell(Body):
    """One livelihood from a day on, in a share. A mistaken spell stays, with the reason."""

    kind = models.CharField(max_length=60)
    share = models.PositiveSmallIntegerField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    payer = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    payer_name = models.CharField(max_length=200, blank=True)
    monthly = models.PositiveIntegerField(null=True)
    """Expected each month, SEK."""
    certain = models.BooleanField(default=True)
    """Decided, or only expected."""
    wrong_since = models.DateTimeField(null=True)
    wrong_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    SENSITIVITY: ClassVar = {
        "item": "internal",
        "kind": "personal",
        "share": "personal",
        "first_day": "personal",
        "last_day": "personal",
        "payer": "personal",
        "payer_name": "personal",
        "monthly": "personal",
        "certain": "personal",
        "wrong_since": "personal",
        "wrong_reason": "secret",
        "version": "internal",
    }


class LivelihoodEstimate(Body):
    """What she has each month before and during, and extra costs, SEK. Hers, whoever types it."""

    monthly_before = models.PositiveIntegerField()
    monthly_during = models.PositiveIntegerField()
    travel = models.PositiveIntegerField(default=0)
    meals = models.PositiveIntegerField(default=0)
    child_care = models.PositiveIntegerField(default=0)
    words = models.TextField(blank=True)
    on_behalf = models.CharField(max_length=10, blank=True)
    """"paper" or "spoken" where an official typed what she said; blank: she herself."""
    version = models.PositiveIntegerField(default=1)

    SENSITIVITY: ClassVar = {
        "item": "internal",
        "monthly_before": "personal",
        "monthly_during": "personal",
        "travel": "personal",
        "meals": "personal",
        "child_care": "personal",
        "words": "secret",
        "on_behalf": "personal",
        "version": "internal",
    }
