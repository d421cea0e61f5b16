"""Follow-ups: when it is asked how things went, and what she answered."""

from typing import ClassVar

from django.db import models

from samverk.store.models.base import Row
from samverk.store.models.items import Body, Item
from samverk.store.models.people import Account
from samverk.store.models.programmes import Programme


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
    begun_on = models.DateField(null=True)
    """When something was answered first; the rest may come another day."""
    tries = models.PositiveSmallIntegerField(default=0)
    """How many times she was asked without an answer (domain.follow_up.MOST_TRIES)."""
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
        "begun_on": "personal",
        "tries": "personal",
        "missed_code": "personal",
        "missed_text": "secret",
        "next_try_on": "personal",
        "version": "internal",
    }

    class Meta:
        indexes: ClassVar = [models.Index(fields=["status", "due_on"])]


class HealthWording(Row):
    """The wording of the five health questions in one language, as the programme's licence lets it be asked.

    Written in by the licensee, never shipped. Never changed: a new version takes its place, and an answer knows which
    one it was given to.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=10)
    """"3L" or "5L" (domain.health_wording.INSTRUMENTS)."""
    language = models.CharField(max_length=5)
    licence = models.CharField(max_length=500)
    lead = models.CharField(max_length=500, blank=True)
    questions = models.JSONField(default=list)
    """Five of {"heading": …, "levels": […]}, in the order of domain.follow_up.DIMENSIONS."""
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True)

    SENSITIVITY: ClassVar = dict.fromkeys(
        (
            "id", "programme", "instrument", "language", "licence", "lead", "questions", "version", "written_at",
            "written_by", "replaced_at",
        ),
        "internal",
    )  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "language"],
                condition=models.Q(replaced_at__isnull=True),
                name="one_health_wording_a_language",
            )
        ]


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
    mobility = models.PositiveSmallIntegerField(null=True)
    """The level chosen in `wording`, 1 the best; so also the next four."""
    self_care = models.PositiveSmallIntegerField(null=True)
    usual_activities = models.PositiveSmallIntegerField(null=True)
    pain = models.PositiveSmallIntegerField(null=True)
    anxiety = models.PositiveSmallIntegerField(null=True)
    wording = models.ForeignKey(HealthWording, null=True, on_delete=models.PROTECT, related_name="+")
    """What she read when she chose the five levels."""
    situation = models.PositiveSmallIntegerField(null=True)
    confidence = models.PositiveSmallIntegerField(null=True)
    direction = models.PositiveSmallIntegerField(null=True)
    whole_view = models.PositiveSmallIntegerField(null=True)
    taking_part = models.PositiveSmallIntegerField(null=True)
    engagement = models.PositiveSmallIntegerField(null=True)
    enough_time = models.PositiveSmallIntegerField(null=True)
    continuity = models.PositiveSmallIntegerField(null=True)
    declined = models.JSONField(default=list)
    """The questions (their fields' names) that she does not want to answer: neither zero nor empty."""
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
        "mobility": "secret",
        "self_care": "secret",
        "usual_activities": "secret",
        "pain": "secret",
        "anxiety": "secret",
        "wording": "internal",
        "situation": "secret",
        "confidence": "secret",
        "direction": "secret",
        "whole_view": "secret",
        "taking_part": "secret",
        "engagement": "secret",
        "enough_time": "secret",
        "continuity": "secret",
        "declined": "secret",
        "on_behalf": "personal",
        "replaced_at": "internal",
    }

    class Meta:
        indexes: ClassVar = [models.Index(fields=["follow_up", "replaced_at"])]
