"""The price book of the house: versions, their prices, and the levels of the indices that move them between years."""

from typing import ClassVar

from django.db import models

from samverk.store.models.base import Row
from samverk.store.models.people import Account


class PriceBookVersion(Row):
    """One version of the price book. States in domain.process under "price_book". Frozen once it is approved."""

    number = models.PositiveIntegerField(unique=True)
    status = models.CharField(max_length=20, default="draft")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    """None: the first one, which comes with the programme."""
    proposed_at = models.DateTimeField(null=True)
    proposed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_words = models.TextField(blank=True)
    sent_back_at = models.DateTimeField(null=True)
    sent_back_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    sent_back_words = models.TextField(blank=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=16, blank=True)
    """What the engine calls the book's version (evaluation.prices.PriceBook.version); set when it is approved."""
    version = models.PositiveIntegerField(default=1)
    """Rises with every change of the draft, in any of its rows."""

    SENSITIVITY: ClassVar = {
        **dict.fromkeys(
            ("id", "number", "status", "made_at", "proposed_at", "proposed_words", "sent_back_at", "sent_back_words",
             "approved_at", "replaced_at", "fingerprint", "version"),
            "open",
        ),
        **dict.fromkeys(("made_by", "proposed_by", "sent_back_by", "approved_by"), "internal"),
    }  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["status"],
                condition=models.Q(status__in=("draft", "proposed", "approved")),
                name="one_price_book_a_state",
            )
        ]


class PriceRow(Row):
    """One price in one version (domain.price_book.PriceTerms). `key` is the same in every version."""

    book = models.ForeignKey(PriceBookVersion, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()
    position = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=60)
    name = models.CharField(max_length=200, blank=True)
    payer = models.CharField(max_length=20)
    receiver = models.CharField(max_length=20)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    """SEK for a unit, at the prices of `price_year`; None: no figure can be sourced."""
    unit = models.CharField(max_length=20)
    nature = models.CharField(max_length=20)
    price_year = models.PositiveSmallIntegerField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    """The day after the last one."""
    low = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    high = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    distribution = models.CharField(max_length=20)
    perspective = models.CharField(max_length=60, blank=True)
    assumption = models.BooleanField(default=False)
    confidence = models.CharField(max_length=20, blank=True)
    source = models.TextField(blank=True)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    SENSITIVITY: ClassVar = dict.fromkeys(
        (
            "id", "book", "key", "position", "kind", "name", "payer", "receiver", "amount", "unit", "nature",
            "price_year", "valid_from", "valid_to", "low", "high", "distribution", "perspective", "assumption",
            "confidence", "source", "note", "version",
        ),
        "open",
    )  # fmt: skip

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["book", "key"], name="one_price_a_book")]


class PriceLevel(Row):
    """The level of one index in one year, in one version (domain.price_book.LevelTerms)."""

    book = models.ForeignKey(PriceBookVersion, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()
    index = models.CharField(max_length=100)
    year = models.PositiveSmallIntegerField()
    level = models.DecimalField(max_digits=12, decimal_places=2)
    confidence = models.CharField(max_length=20, blank=True)
    source = models.TextField()
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    SENSITIVITY: ClassVar = dict.fromkeys(
        ("id", "book", "key", "index", "year", "level", "confidence", "source", "note", "version"), "open"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["book", "key"], name="one_level_a_book"),
            models.UniqueConstraint(fields=["book", "index", "year"], name="one_level_a_year"),
        ]
