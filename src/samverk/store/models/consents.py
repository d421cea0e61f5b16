"""What the person has said about who may know what."""

from typing import ClassVar

from django.db import models

from samverk.store.models.base import Row
from samverk.store.models.cases import Case
from samverk.store.models.items import Attachment, Item
from samverk.store.models.people import Account, Party, Person


class ConsentDocument(Row):
    """What she signed at one moment, on paper or on screen: several consents and refusals together."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    how = models.CharField(max_length=10)
    """"paper", "screen", or "spoken" (to an official, who records it)."""
    condition_of_benefit = models.BooleanField()
    """Given while taking part is a condition of a benefit: marked, since it is less free."""
    gdpr_basis = models.CharField(max_length=200, blank=True)
    """The legal ground of processing, kept apart from the consent that lifts secrecy."""
    words = models.TextField(blank=True)
    """Her own words about what it should cover, and what not."""
    scan = models.ForeignKey(Attachment, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    SENSITIVITY: ClassVar = dict.fromkeys(
        (
            "id", "person", "case", "given_at", "how", "condition_of_benefit", "gdpr_basis", "words", "scan",
            "recorded_by",
        ),
        "personal",
    )  # fmt: skip


class Consent(Row):
    """One scope (giver → receiver, category, purpose) consented to or refused. `giver` None: she herself."""

    document = models.ForeignKey(ConsentDocument, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    giver = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    # Nobody asks for all that a party may read: see Assignment.party.
    receiver = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", db_index=False)
    category = models.CharField(max_length=60)
    purpose = models.CharField(max_length=10)
    refused = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    stops_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    SENSITIVITY: ClassVar = dict.fromkeys(
        (
            "id", "document", "person", "giver", "receiver", "category", "purpose", "refused", "starts_at",
            "stops_at", "ended_at",
        ),
        "personal",
    )  # fmt: skip

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["receiver", "person", "giver", "category", "purpose", "stops_at"],
                condition=models.Q(ended_at__isnull=True),
                name="consent_in_force",
            ),
            models.Index(fields=["person", "starts_at"]),
        ]


class LegalGround(Row):
    """Another ground than consent, for exactly one item and one receiver."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=60)
    """A code of the list secrecy_ground."""
    words = models.CharField(max_length=200, blank=True)
    """Which law, where the code leaves it open."""
    starts_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    """When it ended, or will end."""
    recorded_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    SENSITIVITY: ClassVar = dict.fromkeys(
        ("id", "item", "receiver", "ground", "words", "starts_at", "ended_at", "recorded_by"), "personal"
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["item", "receiver"])]
