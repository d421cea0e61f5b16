"""Measures, how each has moved, what falls in a wage subsidy, and absences."""

from typing import ClassVar

from django.db import models

from samverk.store.models.base import Row
from samverk.store.models.items import Body, Item
from samverk.store.models.people import Account, Party


class Measure(Body):
    """A measure as it now stands. States in domain.process under "measure"; terms in domain.measures."""

    kind = models.CharField(max_length=60)
    status = models.CharField(max_length=20, default="proposed")
    provider = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    provider_name = models.CharField(max_length=200, blank=True)
    """Who gives it, in words, where that is no party in the house."""
    payer = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    extent = models.PositiveSmallIntegerField(null=True)
    hours = models.CharField(max_length=200, blank=True)
    planned_start = models.DateField(null=True)
    planned_end = models.DateField(null=True)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    limit_on = models.DateField(null=True)
    """The last day that law allows without a new decision."""
    limit_rule = models.TextField(blank=True)
    workplace = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    supervisor = models.CharField(max_length=200, blank=True)
    insurance = models.CharField(max_length=60, blank=True)
    words = models.TextField(blank=True)
    outcome = models.CharField(max_length=60, blank=True)
    outcome_words = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    SENSITIVITY: ClassVar = {
        "item": "internal",
        "kind": "personal",
        "status": "personal",
        "provider": "personal",
        "provider_name": "personal",
        "payer": "personal",
        "extent": "personal",
        "hours": "personal",
        "planned_start": "personal",
        "planned_end": "personal",
        "started_on": "personal",
        "ended_on": "personal",
        "limit_on": "personal",
        "limit_rule": "personal",
        "workplace": "personal",
        "supervisor": "personal",
        "insurance": "personal",
        "words": "secret",
        "outcome": "personal",
        "outcome_words": "secret",
        "version": "internal",
    }


class MeasureMove(Row):
    """One change of a measure's state: who, when, and why. Rows are only added."""

    measure = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    on = models.DateField()
    """The day on which it happened, as told."""
    verb = models.CharField(max_length=20)
    after = models.CharField(max_length=20)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=60, blank=True)
    words = models.TextField(blank=True)
    decided_on = models.DateField(null=True)
    """The day of the new decision, where the measure was extended."""

    SENSITIVITY: ClassVar = {
        "id": "internal",
        "measure": "internal",
        "at": "personal",
        "on": "personal",
        "verb": "personal",
        "after": "personal",
        "by": "personal",
        "reason": "personal",
        "words": "secret",
        "decided_on": "personal",
    }

    class Meta:
        indexes: ClassVar = [models.Index(fields=["measure", "at"])]


class WageSubsidyStep(Row):
    """From a day on, so many per cent of the wage in a subsidised job."""

    measure = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    percent = models.PositiveSmallIntegerField()

    SENSITIVITY: ClassVar = dict.fromkeys(("id", "measure", "starts_on", "percent"), "personal")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["measure", "starts_on"], name="one_subsidy_step_a_day")
        ]


class Absence(Body):
    """She did not come. Owned by the contact person's party, to which it is addressed, whoever reports it."""

    status = models.CharField(max_length=20, default="reported")
    day = models.DateField()
    words = models.TextField(blank=True)
    reporter = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    """Whose report it is; None: her own."""
    answer_by = models.DateField()
    reached_on = models.DateField(null=True)
    reached_by = models.CharField(max_length=200, blank=True)
    reached_words = models.TextField(blank=True)

    SENSITIVITY: ClassVar = {
        "item": "internal",
        "status": "personal",
        "day": "personal",
        "words": "secret",
        "reporter": "personal",
        "answer_by": "personal",
        "reached_on": "personal",
        "reached_by": "personal",
        "reached_words": "secret",
    }
