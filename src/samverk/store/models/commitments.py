"""Commitments: who has promised what by when, and everything that has become of it."""

from typing import ClassVar

from django.db import models

from samverk.store.models.base import Row
from samverk.store.models.items import Body, Item
from samverk.store.models.people import Account, Party


class Commitment(Body):
    """A promise with one owner and a day. States in domain.process under "commitment".

    The envelope is the participant's (owner None), like the plan: her life, and the category decides who reads.
    """

    what = models.TextField()
    by_participant = models.BooleanField(default=False)
    owner_party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    owner_account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    first_due = models.DateField()
    """What was promised from the beginning; a postponed promise never loses it."""
    status = models.CharField(max_length=20, default="open")
    settled_on = models.DateField(null=True)
    """The day it was kept, broken or released."""
    source = models.CharField(max_length=20)
    """Where it comes from (domain.commitments.Source)."""
    source_item = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="+")
    """The meeting or absence that it comes from."""
    line_key = models.UUIDField(null=True)
    """The plan's line, the same in every version of the plan."""
    decision_kind = models.CharField(max_length=60, blank=True)
    """A code of the list decision_kind, where the party must decide at home before it can be kept."""
    on_behalf = models.CharField(max_length=10, blank=True)
    """How the promiser said it, when somebody else wrote it down: "spoken" or "paper"."""
    version = models.PositiveIntegerField(default=1)

    SENSITIVITY: ClassVar = {
        "item": "internal",
        "what": "secret",
        "by_participant": "personal",
        "owner_party": "personal",
        "owner_account": "personal",
        "due": "personal",
        "first_due": "personal",
        "status": "personal",
        "settled_on": "personal",
        "source": "personal",
        "source_item": "personal",
        "line_key": "internal",
        "decision_kind": "personal",
        "on_behalf": "personal",
        "version": "internal",
    }

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["owner_account", "status", "due"]),
            models.Index(fields=["line_key"]),
        ]


class CommitmentMove(Row):
    """One change of a commitment: who, when, from what to what, and why. Rows are only added."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=20)
    """A verb of domain.process, or "change" where a new version of the plan says it otherwise."""
    on_behalf = models.CharField(max_length=10, blank=True)
    reason = models.TextField(blank=True)
    old_due = models.DateField()
    new_due = models.DateField()
    old_what = models.TextField(blank=True)
    """The wording before, where it was changed."""
    old_owner = models.CharField(max_length=200, blank=True)
    """Who had promised before, where that was changed; blank also for the participant herself."""

    SENSITIVITY: ClassVar = {
        "id": "internal",
        "commitment": "internal",
        "at": "personal",
        "by": "personal",
        "verb": "personal",
        "on_behalf": "personal",
        "reason": "secret",
        "old_due": "personal",
        "new_due": "personal",
        "old_what": "secret",
        "old_owner": "personal",
    }

    class Meta:
        indexes: ClassVar = [models.Index(fields=["commitment", "at"])]
