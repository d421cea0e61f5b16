"""Code lists as data: whatever a programme may want to change."""

from typing import ClassVar

from django.db import models

from samverk.store.models.base import Row


class Code(Row):
    """One code in one list, with its words in Swedish and English. Never deleted: made inactive."""

    list = models.CharField(max_length=40)
    code = models.CharField(max_length=60)
    sv = models.CharField(max_length=200)
    en = models.CharField(max_length=200)
    position = models.PositiveIntegerField(default=0)
    active = models.BooleanField(default=True)
    attributes = models.JSONField(default=dict)

    SENSITIVITY: ClassVar = dict.fromkeys(
        ("id", "list", "code", "sv", "en", "position", "active", "attributes"), "open"
    )

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["list", "code"], name="one_code")]
        indexes: ClassVar = [models.Index(fields=["list", "position"])]
