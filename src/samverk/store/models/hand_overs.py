"""Hand-overs: who takes over from whom, and, in an item of its own, what is handed over."""

from typing import ClassVar

from django.db import models

from samverk.store.models.base import Row
from samverk.store.models.cases import Assignment, Case
from samverk.store.models.items import Body, Item
from samverk.store.models.people import Account, Party


class HandOver(Row):
    """From one to the next. States in domain.process under "hand_over".

    A fact about who works in the case, like an assignment: the one who is named must be able to answer, whatever
    her party may read. What is said about the person stands in HandOverWords.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=20)
    """Which part in the case moves (domain.parties.Part): the contact person's, or an official's."""
    former = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    next = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    """The party that takes over."""
    assignment = models.ForeignKey(Assignment, null=True, on_delete=models.PROTECT, related_name="+")
    """The assignment that the naming brought with it; None: she was in the case already."""
    by_when = models.DateField()
    status = models.CharField(max_length=20, default="named")
    named_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    decline_reason = models.TextField(blank=True)
    met_on = models.DateField(null=True)
    met_where = models.CharField(max_length=200, blank=True)
    met_together = models.BooleanField(null=True)
    """Whether the former one was there when they met."""
    ended_at = models.DateTimeField(null=True)
    """Released or cancelled."""
    cancel_reason = models.TextField(blank=True)

    SENSITIVITY: ClassVar = dict.fromkeys(
        (
            "id", "case", "item", "part", "former", "next", "party", "assignment", "by_when", "status", "named_at",
            "answered_at", "decline_reason", "met_on", "met_where", "met_together", "ended_at", "cancel_reason",
        ),
        "personal",
    )  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "former", "part"],
                condition=models.Q(status__in=("named", "accepted", "met")),
                name="one_live_hand_over",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["next", "status"]), models.Index(fields=["case", "status"])]


class HandOverWords(Body):
    """What is handed over, in words."""

    text = models.TextField()

    SENSITIVITY: ClassVar = {"item": "internal", "text": "secret"}
