"""How a case ended, and where she goes next."""

from typing import ClassVar

from django.db import models

from samverk.store.models.items import Body
from samverk.store.models.people import Account


class Closing(Body):
    """One closing of a case. A case that is taken up again may be closed again: that is another row."""

    reason = models.CharField(max_length=60)
    """A code of the list closing_reason."""
    destination = models.CharField(max_length=60)
    """A code of the list destination."""
    words = models.TextField()
    next_door = models.TextField(blank=True)
    """Where she turns from now on: a closed door has a next door."""
    phases = models.JSONField(default=list)
    """Ids of the programme's phases that the case stood in, so that it can be taken up from there."""
    taken_up_on = models.DateField(null=True)
    taken_up_words = models.TextField(blank=True)
    taken_up_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    SENSITIVITY: ClassVar = {
        "item": "internal",
        "reason": "personal",
        "destination": "personal",
        "words": "secret",
        "next_door": "personal",
        "phases": "internal",
        "taken_up_on": "personal",
        "taken_up_words": "secret",
        "taken_up_by": "personal",
    }


class NextPlace(Body):
    """Where she goes on when the programme is not there any more, and who there has said yes."""

    place = models.TextField()
    accepted_by = models.CharField(max_length=200)
    accepted_on = models.DateField()

    SENSITIVITY: ClassVar = {
        "item": "internal",
        "place": "secret",
        "accepted_by": "personal",
        "accepted_on": "personal",
    }
