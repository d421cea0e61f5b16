"""Studies of a programme: the plan, locked before anyone sees results, and each time it was run."""

from typing import ClassVar

from django.db import models

from samverk.store.models.base import Row
from samverk.store.models.people import Account
from samverk.store.models.programmes import Programme


class Study(Row):
    """One study. States in domain.process under "study". `text` is the plan (domain.study.StudyPlan) as canonical JSON."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    """In the programme, from 1."""
    status = models.CharField(max_length=20, default="draft")
    text = models.TextField()
    hash = models.CharField(max_length=64, blank=True)
    """SHA-256 of the text; set when it is locked, and never changed after."""
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    locked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    locked_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    """When somebody first opened its results."""
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    file = models.BinaryField(null=True)
    """The register extract to compare with: the columns that were read, as Parquet. None once it is erased."""
    file_name = models.CharField(max_length=200, blank=True)
    """What the file was called as it was sent. It stays when the file of a locked study is erased."""
    file_told = models.JSONField(default=dict)
    """How it was read and what was in it: mapping, SHA-256 as sent, counts of rows and people, kinds, whether invented."""
    version = models.PositiveIntegerField(default=1)

    SENSITIVITY: ClassVar = {
        **dict.fromkeys(
            (
                "id", "programme", "number", "status", "text", "hash", "made_by", "made_at", "locked_by", "locked_at",
                "opened_at", "follows", "file_name", "file_told", "version",
            ),
            "internal",
        ),
        "file": "personal",
    }  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "number"], name="one_study_number"),
        ]


class StudyRun(Row):
    """One run of a locked plan. States in domain.process under "study_run"."""

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, default="queued")
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    step = models.CharField(max_length=20, blank=True)
    """What it does now (evaluation.study.STEPS)."""
    done = models.PositiveSmallIntegerField(default=0)
    """Per cent."""
    reasons = models.JSONField(default=list)
    """Why it failed: sentences with what stands in them, or the engine's own."""
    studied = models.PositiveIntegerField(null=True)
    members = models.JSONField(default=list)
    """A mark for each of them, made with the server's key: tells whether two runs are of the same people, not of whom."""
    figures = models.TextField(blank=True)
    """The figures as canonical JSON: already withheld where they would point at someone."""
    hash = models.CharField(max_length=64, blank=True)
    """SHA-256 of the figures."""
    prices = models.TextField(blank=True)
    """The price book that was used, as JSON."""
    data = models.TextField(blank=True)
    """What was taken out, without names, so that it can be run again: kept for the study's newest run alone."""

    SENSITIVITY: ClassVar = {
        **dict.fromkeys(
            (
                "id", "study", "status", "asked_by", "asked_at", "started_at", "ended_at", "step", "done", "reasons",
                "figures", "hash", "prices",
            ),
            "internal",
        ),
        **dict.fromkeys(("data", "studied", "members"), "personal"),
    }  # fmt: skip

    class Meta:
        indexes: ClassVar = [models.Index(fields=["study", "asked_at"])]
