"""Obstacles in a case, and what the steering group is asked, which names no one."""

from typing import ClassVar

from django.db import models

from samverk.store.models.base import Row
from samverk.store.models.items import Body, Item
from samverk.store.models.people import Account
from samverk.store.models.programmes import Programme


class Obstacle(Body):
    """An obstacle met in a case. States in domain.process under "obstacle"."""

    code = models.CharField(max_length=60)
    words = models.TextField(blank=True)
    status = models.CharField(max_length=20, default="reported")
    measure = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="+")
    """The measure that it stands in the way of, where it was noted by itself."""
    solution = models.TextField(blank=True)
    solved_on = models.DateField(null=True)

    SENSITIVITY: ClassVar = {
        "item": "internal",
        "code": "personal",
        "words": "secret",
        "status": "personal",
        "measure": "internal",
        "solution": "secret",
        "solved_on": "personal",
    }

    class Meta:
        indexes: ClassVar = [models.Index(fields=["measure"])]


class SteeringMatter(Row):
    """What the team could not solve, told without names, for the steering group to decide by a date.

    `obstacle` is internal: it carries the answer back to the case and is never shown to the group.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    obstacle = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    summary = models.TextField()
    passed_on = models.DateField()
    decide_by = models.DateField()
    status = models.CharField(max_length=20, default="steering")
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    SENSITIVITY: ClassVar = {
        "id": "internal",
        "programme": "internal",
        "obstacle": "personal",
        "code": "internal",
        "summary": "internal",
        "passed_on": "internal",
        "decide_by": "internal",
        "status": "internal",
        "answer": "internal",
        "answered_on": "internal",
        "answered_by": "internal",
    }

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["programme", "status"]),
            models.Index(fields=["obstacle"]),
        ]
