"""Follow-ups: when it is asked how things went, and what she answered."""

from typing import ClassVar

from django.db import models

from samverk.store.models.items import Body, Item
from samverk.store.models.people import Account


class FollowUp(Body):
    """A planned point, or the status at the start or the end. States in domain.process under "follow_up"."""

    point = models.CharField(max_length=10)
    """"start", "end" or "after" (domain.follow_up.Point)."""
    months = models.PositiveSmallIntegerField(default=0)
    """Months after the closing, for the points after."""
    due_on = models.DateField()
    status = models.CharField(max_length=20, default="planned")
    responsible = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    """Who asks: the contact person, whose support goes on."""
    how = models.CharField(max_length=60, blank=True)
    """A code of the list follow_up_how."""
    answered_on = models.DateField(null=True)
    missed_code = models.CharField(max_length=60, blank=True)
    """A code of the list follow_up_missed."""
    missed_text = models.TextField(blank=True)
    next_try_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    SENSITIVITY: ClassVar = {
        "item": "internal",
        "point": "internal",
        "months": "internal",
        "due_on": "personal",
        "status": "personal",
        "responsible": "personal",
        "how": "personal",
        "answered_on": "personal",
        "missed_code": "personal",
        "missed_text": "secret",
        "next_try_on": "personal",
        "version": "internal",
    }

    class Meta:
        indexes: ClassVar = [models.Index(fields=["status", "due_on"])]


class FollowUpAnswer(Body):
    """What she answered in one category, so that its own consents decide who reads it. Never changed: replaced."""

    follow_up = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    livelihoods = models.JSONField(default=list)
    """Codes of the list livelihood."""
    occupation = models.CharField(max_length=60, blank=True)
    """A code of the list occupation."""
    words = models.TextField(blank=True)
    health = models.PositiveSmallIntegerField(null=True)
    """Her own rating, 0 to 100."""
    situation = models.PositiveSmallIntegerField(null=True)
    confidence = models.PositiveSmallIntegerField(null=True)
    direction = models.PositiveSmallIntegerField(null=True)
    whole_view = models.PositiveSmallIntegerField(null=True)
    taking_part = models.PositiveSmallIntegerField(null=True)
    engagement = models.PositiveSmallIntegerField(null=True)
    enough_time = models.PositiveSmallIntegerField(null=True)
    continuity = models.PositiveSmallIntegerField(null=True)
    on_behalf = models.CharField(max_length=60, blank=True)
    """How she said it, when somebody else wrote it down (a code of follow_up_how); blank: she wrote herself."""
    replaced_at = models.DateTimeField(null=True)
    """When a later answer took its place."""

    SENSITIVITY: ClassVar = {
        "item": "internal",
        "follow_up": "internal",
        "livelihoods": "secret",
        "occupation": "secret",
        "words": "secret",
        "health": "secret",
        "situation": "secret",
        "confidence": "secret",
        "direction": "secret",
        "whole_view": "secret",
        "taking_part": "secret",
        "engagement": "secret",
        "enough_time": "secret",
        "continuity": "secret",
        "on_behalf": "personal",
        "replaced_at": "internal",
    }

    class Meta:
        indexes: ClassVar = [models.Index(fields=["follow_up", "replaced_at"])]
