"""The referral: asked for in a jointly agreed form whose questions are data."""

from typing import ClassVar

from django.db import models

from samverk.store.models.items import Body, Item
from samverk.store.models.people import Account
from samverk.store.sealed import SealedWords


class Referral(Body):
    """A referral to a programme. States in domain.process under "referral"."""

    status = models.CharField(max_length=20, default="draft")
    own = models.BooleanField(default=False)
    """Whether the person herself refers."""
    told = SealedWords(default=dict)
    """Who it is about, as the referrer typed it: never mixed up with what others have told of the same person.
    Encrypted in the database: the personal number stands in it."""
    officials = models.PositiveIntegerField(null=True)
    """How many officials she meets."""
    involved = models.JSONField(default=list)
    """Ids of the parties that are involved already."""
    sent_at = models.DateTimeField(null=True)
    priority = models.PositiveSmallIntegerField(default=0)
    """How far the team has moved it forward in the queue; see domain.referrals."""
    priority_reason = models.TextField(blank=True)
    outcome_code = models.CharField(max_length=60, blank=True)
    """A code of the list decline_reason, where it was declined."""
    outcome_text = models.TextField(blank=True)
    next_door = models.TextField(blank=True)
    """Where to instead: never empty when declined."""
    more_wanted = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    told_referrer_at = models.DateTimeField(null=True)
    told_person_at = models.DateTimeField(null=True)
    """None after a decision: she has no account of her own, and nobody has said that she has been told."""
    told_person_how = models.CharField(max_length=10, blank=True)
    """"screen", "spoken" or "paper"."""
    talked_on = models.DateField(null=True)
    """The first talk between her and the contact person."""
    answered_at = models.DateTimeField(null=True)
    """When she said her own yes or no."""
    answered_how = models.CharField(max_length=10, blank=True)
    """"screen", or "spoken" or "paper" to an official, who records it."""
    version = models.PositiveIntegerField(default=1)

    SENSITIVITY: ClassVar = {
        "item": "internal",
        "status": "personal",
        "own": "personal",
        "told": "secret",
        "officials": "personal",
        "involved": "personal",
        "sent_at": "personal",
        "priority": "personal",
        "priority_reason": "secret",
        "outcome_code": "personal",
        "outcome_text": "secret",
        "next_door": "personal",
        "more_wanted": "secret",
        "decided_at": "personal",
        "decided_by": "personal",
        "told_referrer_at": "personal",
        "told_person_at": "personal",
        "told_person_how": "personal",
        "talked_on": "personal",
        "answered_at": "personal",
        "answered_how": "personal",
        "version": "internal",
    }


class Answer(Body):
    """One answer in a form, with the question as it was shown. Its category decides who may read it."""

    form = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=60)
    asked = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    position = models.PositiveIntegerField()

    SENSITIVITY: ClassVar = {
        "item": "internal",
        "form": "internal",
        "question": "internal",
        "asked": "internal",
        "text": "secret",
        "position": "internal",
    }

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["form", "question"], name="one_answer")]
