"""Notes as they leave through the door."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samverk.access.codes import tones
from samverk.access.declare import ReadCase
from samverk.access.permit import Permit
from samverk.access.sight import visible
from samverk.store.models import Note
from samverk.store.shape import shape

PAGE = 50


@dataclass(frozen=True, slots=True)
class NoteView:
    """One note; `owner` is empty where the participant wrote it."""

    id: UUID
    text: str
    category: str
    happened_on: date
    owner: str
    tone: str
    by: str
    about_other: bool


@dataclass(frozen=True, slots=True)
class NotesPage:
    """Some of the notes, newest first. `withheld`: the participant's case holds notes about someone else."""

    rows: tuple[NoteView, ...]
    withheld: bool
    start: int
    more: bool


def notes_of(permit: Permit[ReadCase], *, start: int = 0, limit: int = PAGE) -> NotesPage:
    """At most `limit` notes from the `start`th on."""
    rows = (
        Note.objects.filter(visible(permit, "item__"))
        .select_related("item__owner", "item__created_by")
        .order_by("-item__happened_on", "-item__created_at", "-item")[start : start + limit + 1]
    )
    tone = tones()
    views = [
        NoteView(
            id=row.item_id,
            text=row.text,
            category=row.item.category,
            happened_on=row.item.happened_on,
            owner=row.item.owner.short if row.item.owner else "",
            tone=tone.get(row.item.owner.kind, "other") if row.item.owner else "me",
            by=row.item.created_by.name if row.item.created_by else "",
            about_other=row.item.about_other,
        )
        for row in rows
    ]
    return NotesPage(rows=tuple(views[:limit]), withheld=_withheld(permit), start=start, more=len(views) > limit)


def _withheld(permit: Permit[ReadCase]) -> bool:
    """She is told that something is not shown to her; to officials, forbidden and absent look the same."""
    return permit.as_herself and bool(shape("note about others", permit.case.id))
