"""Programmes: what domain.md §4 names, as data."""

from typing import ClassVar

from django.db import models

from samverk.store.models.base import Row
from samverk.store.models.people import Account, Party


class Programme(Row):
    """A collaboration of parties, for individuals or structural, of any of the four types."""

    name = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)
    county = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=20, default="individual")
    """"individual" or "structural"."""
    integration_type = models.CharField(max_length=1, blank=True)
    """A, B, C or D (domain.md §4), or blank where it is not known."""
    mandate = models.TextField(blank=True)
    target_group = models.TextField(blank=True)
    goals = models.TextField(blank=True)
    principal = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(null=True)
    stops_on = models.DateField(null=True)
    places = models.PositiveIntegerField(null=True)
    """How many may take part at the same time; None: no limit."""
    meeting_rhythm = models.CharField(max_length=200, blank=True)
    """The joint team's rhythm, in words ("varannan tisdag")."""
    reporting = models.CharField(max_length=200, blank=True)
    plan_review_days = models.PositiveIntegerField(default=90)
    plan_limit_days = models.PositiveIntegerField(default=365)
    absence_answer_days = models.PositiveIntegerField(default=1)
    follow_up_months = models.JSONField(default=list)
    """Months after the end at which the status is asked for; [6, 12, 18, 24] unless told."""
    source = models.CharField(max_length=100, blank=True)
    """Where an imported programme comes from."""
    source_key = models.CharField(max_length=64, blank=True)
    """What tells an imported row from the next, so that a second import changes nothing."""
    version = models.PositiveIntegerField(default=1)

    SENSITIVITY: ClassVar = dict.fromkeys(
        (
            "id", "name", "place", "county", "kind", "integration_type", "mandate", "target_group", "goals",
            "principal", "starts_on", "stops_on", "places", "meeting_rhythm", "reporting", "plan_review_days",
            "plan_limit_days", "absence_answer_days", "follow_up_months", "source", "source_key", "version",
        ),
        "open",
    )  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "source_key"], condition=~models.Q(source=""), name="one_imported_programme"
            )
        ]


class ProgrammeParty(Row):
    """A party in a programme, and what it puts in."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    puts_in = models.TextField(blank=True)
    share = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    """Agreed share of the costs, per cent."""
    in_team = models.BooleanField(default=True)
    """Whether it has a member in the joint team that meets at intake."""

    SENSITIVITY: ClassVar = dict.fromkeys(("id", "programme", "party", "puts_in", "share", "in_team"), "open")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "party"], name="one_party_a_programme")]


class ProgrammePhase(Row):
    """A phase by the programme's own name, tied to a step of the process."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=20)
    sv = models.CharField(max_length=100)
    en = models.CharField(max_length=100)
    position = models.PositiveIntegerField()

    SENSITIVITY: ClassVar = dict.fromkeys(("id", "programme", "step", "sv", "en", "position"), "open")


class Criterion(Row):
    """A criterion for coming in, in the programme's own words."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=300)
    position = models.PositiveIntegerField()

    SENSITIVITY: ClassVar = dict.fromkeys(("id", "programme", "text", "position"), "open")


class ProgrammeRole(Row):
    """A person's recorded role in a programme (domain.parties.Role), and what she may decide at the table."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    mandates = models.JSONField(default=list)
    """Codes of the list decision_kind."""

    SENSITIVITY: ClassVar = dict.fromkeys(("id", "programme", "account", "role", "mandates"), "internal")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "account", "role"], name="one_role_a_programme")
        ]
