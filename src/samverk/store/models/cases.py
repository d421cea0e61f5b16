"""One person in one programme."""

from typing import ClassVar

from django.db import models

from samverk.store.models.base import Row
from samverk.store.models.people import Account, Party, Person
from samverk.store.models.programmes import Programme, ProgrammePhase


class Case(Row):
    """A person's way through one programme. States in domain.process under "case"."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, default="referred")
    opened_at = models.DateTimeField()
    """When waiting time starts: the referral was sent, or (until then) begun."""
    started_on = models.DateField(null=True)
    """The day she said yes to the programme."""
    closed_on = models.DateField(null=True)
    support_condition = models.BooleanField(null=True)
    """Whether taking part is a condition of a benefit; None: nobody has asked yet."""
    version = models.PositiveIntegerField(default=1)

    SENSITIVITY: ClassVar = {
        "id": "internal",
        "person": "personal",
        "programme": "internal",
        "status": "personal",
        "opened_at": "personal",
        "started_on": "personal",
        "closed_on": "personal",
        "support_condition": "personal",
        "version": "internal",
    }

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["programme", "status", "opened_at"]),
            models.Index(fields=["person"]),
        ]


class CasePhase(Row):
    """A phase that the case has been in, or is in (`until` None). Phases may overlap and come back."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    phase = models.ForeignKey(ProgrammePhase, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    SENSITIVITY: ClassVar = dict.fromkeys(("id", "case", "phase", "since", "until"), "personal")


class Assignment(Row):
    """Need to know: who works in the case, in which part (domain.parties.Part), from when until when."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    # Nobody asks for a whole party's: with an index of its own SQLite would go through them all to find one case's.
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", db_index=False)
    part = models.CharField(max_length=20)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    SENSITIVITY: ClassVar = dict.fromkeys(("id", "case", "account", "party", "part", "since", "until"), "personal")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "account", "part"],
                condition=models.Q(until__isnull=True),
                name="one_live_assignment",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(until__isnull=True, part="contact"),
                name="one_live_contact",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["account", "case"])]
