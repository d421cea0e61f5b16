"""What happened: the log, in the words of the acts. Rows are added and never changed."""

from typing import ClassVar

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

from samverk.store.models.base import Row

SALT = 32
"""Bytes of chance in each event: the first half for what it says, the other for who did it."""


class Turn(models.Func):
    """Where an event stands among the others, told by the database itself in the INSERT.

    PostgreSQL: the number of the transaction. All events of the transactions before the oldest that still runs are
    there for good, so a reader that goes no further misses none. SQLite, where writers wait for one another: a count.
    """

    output_field = models.BigIntegerField()

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: object
    ) -> tuple[str, tuple[()]]:
        """The expression in this database's words."""
        if connection.vendor == "postgresql":
            return "pg_current_xact_id()::text::bigint", ()
        return "(SELECT coalesce(max(turn), 0) + 1 FROM store_event)", ()


def settled() -> tuple[int, int]:
    """Two turns: events before the first are all there for good; the second is the reader's own transaction."""
    if connection.vendor != "postgresql":
        return 2**62, 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint,"
            " coalesce(pg_current_xact_id_if_assigned()::text::bigint, 0)"
        )
        before, own = cursor.fetchone()
    return before, own


class Event(Row):
    """One act. Ids are kept as values, not keys: the log outlives what it speaks of."""

    at = models.DateTimeField()
    act = models.CharField(max_length=60)
    what = models.CharField(max_length=60, blank=True)
    """The verb of a write ("meeting.called"); blank for a look."""
    actor = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    party = models.UUIDField(null=True)
    capacity = models.CharField(max_length=60, blank=True)
    person = models.UUIDField(null=True)
    """Whom it is about; of a look at many at once, EventAbout tells."""
    case = models.UUIDField(null=True)
    programme = models.UUIDField(null=True)
    item = models.UUIDField(null=True)
    purpose = models.CharField(max_length=10)
    allowed = models.BooleanField()
    detail = models.JSONField(default=dict)
    """Codes and ids only: no words about a person."""
    salt = models.BinaryField(max_length=SALT)
    turn = models.BigIntegerField()

    SENSITIVITY: ClassVar = {
        **dict.fromkeys(
            (
                "id", "at", "act", "what", "actor", "actor_name", "party", "capacity", "person", "case", "programme",
                "item", "purpose", "allowed", "detail", "turn",
            ),
            "internal",
        ),
        "salt": "secret",
    }  # fmt: skip

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "at"]),
            models.Index(fields=["case", "at"]),
            models.Index(fields=["party", "at"]),
            models.Index(fields=["turn"]),
        ]


class EventAbout(models.Model):
    """A person who stood in a list that somebody looked at: the event is about each of them."""

    event = models.UUIDField()
    person = models.UUIDField()

    SENSITIVITY: ClassVar = dict.fromkeys(("id", "event", "person"), "personal")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "person"], name="one_about")]
        indexes: ClassVar = [models.Index(fields=["person", "event"])]
