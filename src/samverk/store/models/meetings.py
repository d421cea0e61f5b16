"""Multi-party meetings: the call, who comes, what shall be decided, her own words, and the minutes."""

from typing import ClassVar

from django.db import models

from samverk.store.models.base import Row
from samverk.store.models.items import Body
from samverk.store.models.people import Account, Party


class Meeting(Body):
    """A meeting, owned by the party that called it. States in domain.process under "meeting"."""

    purpose = models.TextField()
    starts_at = models.DateTimeField()
    how = models.CharField(max_length=10, default="room")
    """Where one meets (domain.meetings.How)."""
    place = models.CharField(max_length=300)
    """The place, telephone number or link."""
    interpreter = models.CharField(max_length=60, blank=True)
    """The language of the interpreter who is booked; blank: none."""
    status = models.CharField(max_length=20, default="called")
    held_on = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    SENSITIVITY: ClassVar = {
        "item": "internal",
        "purpose": "secret",
        "starts_at": "personal",
        "how": "personal",
        "place": "personal",
        "interpreter": "personal",
        "status": "personal",
        "held_on": "personal",
        "published_at": "personal",
        "cancelled_at": "personal",
        "cancel_reason": "secret",
        "version": "internal",
    }

    class Meta:
        indexes: ClassVar = [models.Index(fields=["status", "starts_at"])]


class MeetingMove(Row):
    """That a meeting got another time, and why. Rows are only added."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    old_starts_at = models.DateTimeField()
    new_starts_at = models.DateTimeField()
    reason = models.TextField()

    SENSITIVITY: ClassVar = {
        "id": "internal",
        "meeting": "internal",
        "at": "personal",
        "by": "personal",
        "old_starts_at": "personal",
        "new_starts_at": "personal",
        "reason": "secret",
    }


class Invitation(Row):
    """Someone who is called: the participant (no account, no guest name), an official, or a guest of hers."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    guest = models.CharField(max_length=200, blank=True)
    """The name of somebody whom the participant brings."""
    status = models.CharField(max_length=20, default="waiting")
    mandates = models.JSONField(default=list)
    """Codes of the list decision_kind that she says she may decide at this table."""
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    on_behalf = models.CharField(max_length=10, blank=True)
    """How the answer came, when somebody else wrote it down: "spoken" or "paper"."""
    present = models.BooleanField(null=True)
    """Whether she really was there; None until the meeting is held."""

    SENSITIVITY: ClassVar = {
        "id": "internal",
        "meeting": "internal",
        "account": "personal",
        "party": "personal",
        "guest": "secret",
        "status": "personal",
        "mandates": "internal",
        "answered_at": "personal",
        "answered_by": "personal",
        "on_behalf": "personal",
        "present": "personal",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "account"], condition=models.Q(account__isnull=False), name="one_call_an_official"
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=models.Q(account__isnull=True, guest=""),
                name="one_call_of_the_participant",
            ),
        ]


class AgendaQuestion(Row):
    """A question that the meeting shall answer, and what kind of decision that takes."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=300)
    decision_kind = models.CharField(max_length=60, blank=True)
    position = models.PositiveIntegerField()

    SENSITIVITY: ClassVar = {
        "id": "internal",
        "meeting": "internal",
        "text": "secret",
        "decision_kind": "personal",
        "position": "internal",
    }


class MeetingWords(Body):
    """What somebody says about a meeting: the participant's preparation and follow-up, anyone's answer."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    invitation = models.ForeignKey(Invitation, null=True, on_delete=models.PROTECT, related_name="+")
    """Whose answer it belongs to; None for preparation and follow-up."""
    about = models.CharField(max_length=20)
    """"preparation", "follow_up" or "answer"."""
    text = models.TextField()
    on_behalf = models.CharField(max_length=10, blank=True)

    SENSITIVITY: ClassVar = {
        "item": "internal",
        "meeting": "internal",
        "invitation": "internal",
        "about": "personal",
        "text": "secret",
        "on_behalf": "personal",
    }


class MinutesPoint(Body):
    """One point of the minutes, owned by its writer's party; its category decides who reads it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=20)
    """Where in the minutes it stands (domain.meetings.MinutesPart)."""
    text = models.TextField()
    position = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)

    SENSITIVITY: ClassVar = {
        "item": "internal",
        "meeting": "internal",
        "part": "personal",
        "text": "secret",
        "position": "internal",
        "version": "internal",
    }


class MinutesAmendment(Row):
    """What a point said before it was amended, and why. Rows are only added."""

    point = models.ForeignKey(MinutesPoint, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    old_text = models.TextField(blank=True)
    """Blank where the whole point came afterwards."""
    reason = models.TextField()

    SENSITIVITY: ClassVar = {
        "id": "internal",
        "point": "internal",
        "at": "personal",
        "by": "personal",
        "old_text": "secret",
        "reason": "secret",
    }
