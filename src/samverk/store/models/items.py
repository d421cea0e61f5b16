"""The envelope around everything that is said or decided about a person."""

from typing import ClassVar

from django.db import models

from samverk.store.models.base import Row
from samverk.store.models.cases import Case
from samverk.store.models.people import Account, Party, Person, Unit


class Item(Row):
    """One thing about one person, with one owner: a party, or the participant (owner None)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    """The unit of the owner that wrote it; its border holds while the unit is closed."""
    category = models.CharField(max_length=60)
    kind = models.CharField(max_length=30)
    headline = models.CharField(max_length=300)
    happened_on = models.DateField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    about_other = models.BooleanField(default=False)

    SENSITIVITY: ClassVar = {
        "id": "internal",
        "person": "personal",
        "case": "personal",
        "owner": "personal",
        "unit": "personal",
        "category": "personal",
        "kind": "personal",
        "headline": "secret",
        "happened_on": "personal",
        "created_at": "personal",
        "created_by": "personal",
        "about_other": "secret",
    }

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "owner", "category", "-created_at"]),
            models.Index(fields=["person", "-created_at"]),
            models.Index(fields=["case", "-happened_on"]),
        ]


class Body(models.Model):
    """What an item says: one row, one item."""

    SENSITIVITY: ClassVar[dict[str, str]]

    item = models.OneToOneField(Item, primary_key=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Note(Body):
    """A dated note in the timeline."""

    text = models.TextField()

    SENSITIVITY: ClassVar = {"item": "internal", "text": "secret"}


class Attachment(Row):
    """A file that belongs to a person's papers: a scanned consent. Kept in the database, with its event."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    content_type = models.CharField(max_length=60)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    SENSITIVITY: ClassVar = {
        "id": "internal",
        "person": "personal",
        "content_type": "internal",
        "content": "secret",
        "sha256": "internal",
        "created_at": "internal",
    }
