"""The timeline: one query over everything that the reader may see, newest first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from samverk.access.codes import tones
from samverk.access.declare import ReadCase
from samverk.access.permit import Permit
from samverk.access.sight import visible
from samverk.store.models import Item

PAGE = 50


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One thing that happened. `owner` is empty where it is the participant's own, `by` where she wrote it."""

    id: UUID
    kind: str
    category: str
    headline: str
    happened_on: date
    owner: str
    tone: str
    by: str


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Some of the timeline; `older` is where the next page begins, empty on the last."""

    rows: tuple[TimelineRow, ...]
    older: str


def timeline(
    permit: Permit[ReadCase], *, limit: int = PAGE, before: str = "", kinds: Collection[str] = ()
) -> TimelinePage:
    """At most `limit` things, older than the cursor `before`, of these `kinds` (all kinds when none are told).

    A cursor that cannot be read gives the first page.
    """
    items = _items(permit)
    if kinds:
        items = items.filter(kind__in=kinds)
    place = _read(before)
    if place is not None:
        day, moment, id = place
        items = items.filter(
            Q(happened_on__lt=day)
            | Q(happened_on=day, created_at__lt=moment)
            | Q(happened_on=day, created_at=moment, id__lt=id)
        )
    rows = list(items.select_related("owner", "created_by").order_by("-happened_on", "-created_at", "-id")[: limit + 1])
    tone = tones()
    last = rows[limit - 1] if len(rows) > limit else None
    return TimelinePage(
        rows=tuple(
            TimelineRow(
                id=row.id,
                kind=row.kind,
                category=row.category,
                headline=row.headline,
                happened_on=row.happened_on,
                owner=row.owner.short if row.owner else "",
                tone=tone.get(row.owner.kind, "other") if row.owner else "me",
                by=row.created_by.name if row.created_by and row.created_by.person_id is None else "",
            )
            for row in rows[:limit]
        ),
        older=f"{last.happened_on}~{last.created_at.isoformat()}~{last.id}" if last else "",
    )


def kinds_in(permit: Permit[ReadCase]) -> tuple[str, ...]:
    """The kinds that the reader's timeline holds, to choose from."""
    return tuple(sorted(_items(permit).order_by().values_list("kind", flat=True).distinct()))


def _items(permit: Permit[ReadCase]) -> QuerySet[Item]:
    """What has happened: parts of a form have no headline of their own, and what lies ahead has not happened."""
    return Item.objects.filter(visible(permit), happened_on__lte=permit.today).exclude(headline="")


def _read(cursor: str) -> tuple[date, datetime, UUID] | None:
    try:
        day, moment, id = cursor.split("~")
        at = datetime.fromisoformat(moment)
        return (date.fromisoformat(day), at, UUID(id)) if at.tzinfo else None
    except ValueError:
        return None
