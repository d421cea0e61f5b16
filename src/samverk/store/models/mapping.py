"""The joint picture: what she says, and what each party sees, area by area. Every wording is kept."""

from typing import ClassVar

from django.db import models

from samverk.store.models.items import Body


class Contribution(Body):
    """One wording in one area: the person's own words (owner None), or a party's signed contribution."""

    area = models.CharField(max_length=60)
    text = models.TextField()
    on_behalf = models.CharField(max_length=10, blank=True)
    """"paper" or "spoken" where an official wrote down the person's own words."""
    source = models.CharField(max_length=300, blank=True)
    """An earlier investigation that is reused instead of being made again."""
    source_from = models.CharField(max_length=200, blank=True)
    source_on = models.DateField(null=True)
    number = models.PositiveIntegerField()
    """1 for the first wording of this owner in this area."""
    replaced_at = models.DateTimeField(null=True)

    SENSITIVITY: ClassVar = {
        "item": "internal",
        "area": "personal",
        "text": "secret",
        "on_behalf": "personal",
        "source": "secret",
        "source_from": "personal",
        "source_on": "personal",
        "number": "internal",
        "replaced_at": "internal",
    }


class NeedMark(Body):
    """Which need groups one owner has marked: several, or none. Codes of the list need_group."""

    groups = models.JSONField(default=list)
    number = models.PositiveIntegerField()
    replaced_at = models.DateTimeField(null=True)

    SENSITIVITY: ClassVar = {
        "item": "internal",
        "groups": "secret",
        "number": "internal",
        "replaced_at": "internal",
    }
