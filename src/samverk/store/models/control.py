"""What a party has read for control or a decision on a benefit, and in which matter."""

from typing import ClassVar

from django.db import models

from samverk.store.models.items import Body


class ControlReading(Body):
    """One reading for control, owned by the party that read: the matter it stated, and what it was shown."""

    matter = models.CharField(max_length=200)
    shown = models.JSONField(default=list)
    """Ids of the items that were shown, so that it can be said afterwards what a decision rests on."""

    SENSITIVITY: ClassVar = {"item": "internal", "matter": "personal", "shown": "internal"}
