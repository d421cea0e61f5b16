"""The joint individual plan: hers, in versions. All of it is owned by the participant."""

from typing import ClassVar

from django.db import models

from samverk.store.models.items import Body
from samverk.store.models.people import Account, Party


class Goal(Body):
    """One wording of her goal. The one that has not been replaced is the goal now."""

    text = models.TextField()
    on_behalf = models.CharField(max_length=10, blank=True)
    """"paper" or "spoken" where the coordinator wrote down her words."""
    number = models.PositiveIntegerField()
    replaced_at = models.DateTimeField(null=True)

    SENSITIVITY: ClassVar = {
        "item": "internal",
        "text": "secret",
        "on_behalf": "personal",
        "number": "internal",
        "replaced_at": "internal",
    }


class Plan(Body):
    """One version of the plan. States in domain.process under "plan"."""

    number = models.PositiveIntegerField()
    status = models.CharField(max_length=20, default="draft")
    goal = models.ForeignKey(Goal, null=True, on_delete=models.PROTECT, related_name="+")
    """The wording under which it was proposed."""
    review_on = models.DateField()
    limit_on = models.DateField()
    """The last day it holds, unless it is extended."""
    proposed_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    SENSITIVITY: ClassVar = {
        "item": "internal",
        "number": "internal",
        "status": "personal",
        "goal": "personal",
        "review_on": "personal",
        "limit_on": "personal",
        "proposed_at": "personal",
        "agreed_at": "personal",
        "replaced_at": "personal",
        "version": "internal",
    }


class PlanLine(Body):
    """A sub-goal, step, right or duty in one version. `key` is the same line in every version."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()
    kind = models.CharField(max_length=20)
    text = models.TextField()
    by_participant = models.BooleanField(default=False)
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    """The official who does it."""
    due = models.DateField(null=True)
    decides = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    """Who decides about it; None: she herself."""
    pays = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    """Who pays; None: it costs nothing."""
    position = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True)
    """Taken out of the draft before anyone was asked to sign it."""

    SENSITIVITY: ClassVar = {
        "item": "internal",
        "plan": "internal",
        "key": "internal",
        "kind": "personal",
        "text": "secret",
        "by_participant": "personal",
        "party": "personal",
        "account": "personal",
        "due": "personal",
        "decides": "personal",
        "pays": "personal",
        "position": "internal",
        "version": "internal",
        "removed_at": "internal",
    }

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "key"], name="one_line_a_plan")]


class PlanSignature(Body):
    """A yes to one proposal: by a party, or (party None) by the participant."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=10)
    """"screen", or "paper" or "spoken" where the coordinator recorded her yes."""
    void_at = models.DateTimeField(null=True)
    """The proposal was taken back, so that this yes no longer counts."""

    SENSITIVITY: ClassVar = {
        "item": "internal",
        "plan": "internal",
        "party": "personal",
        "how": "personal",
        "void_at": "internal",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "party"], condition=models.Q(void_at__isnull=True), name="one_yes_a_party"
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=models.Q(void_at__isnull=True, party__isnull=True),
                name="one_yes_of_hers",
            ),
        ]


class PlanReview(Body):
    """How the plan was followed up, what comes next, and whether its time was extended."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    review_before = models.DateField()
    review_after = models.DateField()
    limit_before = models.DateField()
    limit_after = models.DateField()

    SENSITIVITY: ClassVar = {
        "item": "internal",
        "plan": "internal",
        "text": "secret",
        "review_before": "personal",
        "review_after": "personal",
        "limit_before": "personal",
        "limit_after": "personal",
    }
