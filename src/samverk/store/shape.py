"""The little that is told of what the reader may not see: that it is there, nothing of what it says.

That a part of an open plan is not shown; that somebody waits in the queue, since when and from whom. On PostgreSQL
functions of the tables' owner answer, since row security hides the rows themselves.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import (
    BooleanField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    UUIDField,
    Value,
)

from samverk.domain.information import Purpose
from samverk.store.models import Consent, Item, Programme, Referral

SHAPE = """
    SELECT p.item_id AS part, '' AS section FROM store_plan p JOIN store_item i ON i.id = p.item_id
    WHERE {sort} = 'plan' AND i.case_id = {parent}
    UNION ALL SELECT l.key, l.kind || CASE WHEN l.by_participant THEN ':hers' ELSE '' END FROM store_planline l
    WHERE {sort} = 'line' AND l.plan_id = {parent} AND l.removed_at IS NULL
    UNION ALL SELECT c.item_id, c.area FROM store_contribution c JOIN store_item i ON i.id = c.item_id
    WHERE {sort} = 'area' AND i.case_id = {parent} AND c.replaced_at IS NULL
    UNION ALL SELECT m.item_id, '' FROM store_minutespoint m WHERE {sort} = 'point' AND m.meeting_id = {parent}
    UNION ALL SELECT k.item_id, '' FROM store_commitment k WHERE {sort} = 'decision' AND k.source_item_id = {parent}
    UNION ALL SELECT n.item_id, '' FROM store_note n JOIN store_item i ON i.id = n.item_id
    WHERE {sort} = 'note about others' AND i.case_id = {parent} AND i.about_other"""


@dataclass(frozen=True, slots=True)
class Waits:
    """A referral that waits: its state, since when, and from which party (None: from the person herself)."""

    item: UUID
    status: str
    since: datetime
    owner: UUID | None


def waiting(programme: UUID) -> list[Waits]:
    """Everything that waits in a programme's queue, also what the reader may not open."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT item, status, since, owner FROM samverk_waiting(%s)", [programme])
            return [Waits(*row) for row in cursor.fetchall()]
    rows = Referral.objects.filter(
        Q(status__in=("sent", "asked"), item__case__status="referred") | Q(item__case__status="offered"),
        item__case__programme=programme,
    )
    return [Waits(*row) for row in rows.values_list("item", "status", "item__case__opened_at", "item__owner")]


def sent_to(programmes: QuerySet[Programme]) -> int:
    """How many referrals wait for these programmes' teams to decide, also what the reader may not open. One query."""
    if connection.vendor == "postgresql":
        counted = Func(F("pk"), function="samverk_sent_to", output_field=IntegerField())
        return programmes.aggregate(n=Sum(counted))["n"] or 0
    return Referral.objects.filter(
        status="sent", item__case__status="referred", item__case__programme__in=programmes
    ).count()


def readers(person: UUID, giver: UUID | None, at: datetime) -> set[tuple[UUID, str]]:
    """Which parties may for support read which category of `giver`'s (None: the person's) at `at`.

    Asked before something is put into the plan of a party that could not read it. A party's own consents, and those
    about what is the person's, whoever asks.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT receiver, category, refused FROM samverk_readers(%s, %s, %s)", [person, giver, at])
            rows = list(cursor.fetchall())
    else:
        live = Consent.objects.filter(
            Q(ended_at__isnull=True) | Q(ended_at__gt=at),
            person=person,
            giver=giver,
            purpose=Purpose.SUPPORT.value,
            starts_at__lte=at,
            stops_at__gt=at,
        )
        rows = list(live.values_list("receiver", "category", "refused"))
    return {(party, what) for party, what, _ in rows} - {(party, what) for party, what, refused in rows if refused}


def has_written(party: UUID) -> Q:
    """The cases in which the party owns anything, whoever asks: a condition on Case."""
    if connection.vendor == "postgresql":
        owns = Value(party, output_field=UUIDField())
        return Q(Func(F("pk"), owns, function="samverk_has_written", output_field=BooleanField()))
    return Q(Exists(Item.objects.filter(case=OuterRef("pk"), owner=party)))


def shape(sort: str, parent: UUID) -> set[tuple[UUID, str]]:
    """The parts of one sort ("plan", "line", "area", "point", "decision", "note about others"), with their section.

    `parent`: the case, for a line its plan, for a point or decision its meeting.
    """
    key = Item._meta.pk
    if connection.vendor == "postgresql":
        sql, values = "SELECT part, section FROM samverk_shape(%s, %s)", [sort, str(parent)]
    else:
        sql = SHAPE.format(sort="%s", parent="%s")
        values = [sort, str(key.get_db_prep_value(parent, connection))] * SHAPE.count("{sort}")
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return {(UUID(str(part)), section) for part, section in cursor.fetchall()}
