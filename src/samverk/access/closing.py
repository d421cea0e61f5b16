"""How a case ended and where she goes next, and what is still open before it ends."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samverk.access.permit import A, Permit
from samverk.access.sight import visible
from samverk.domain.process import can
from samverk.store.models import Closing, Commitment, Measure, NextPlace

OPEN_MEASURES = ("proposed", "planned", "waiting", "ongoing")


@dataclass(frozen=True, slots=True)
class ClosingView:
    """One closing; `taken_up_on` where the case was taken up again."""

    id: UUID
    reason: str
    destination: str
    words: str
    next_door: str
    closed_on: date
    by: str
    taken_up_on: date | None
    taken_up_words: str
    taken_up_by: str


@dataclass(frozen=True, slots=True)
class NextPlaceView:
    """Where she goes on, and who there has said yes."""

    place: str
    accepted_by: str
    accepted_on: date


@dataclass(frozen=True, slots=True)
class OpenThing:
    """Something that is not done: a "commitment" (`text` is its words) or a "measure" (`text` is its code)."""

    kind: str
    text: str
    due: date | None


def closings_of(permit: Permit[A]) -> tuple[ClosingView, ...]:
    """The case's closings, the latest first."""
    rows = (
        Closing.objects.filter(visible(permit, "item__"))
        .select_related("item__created_by", "taken_up_by")
        .order_by("-item__created_at")
    )
    return tuple(
        ClosingView(
            id=row.item_id,
            reason=row.reason,
            destination=row.destination,
            words=row.words,
            next_door=row.next_door,
            closed_on=row.item.happened_on,
            by=row.item.created_by.name if row.item.created_by else "",
            taken_up_on=row.taken_up_on,
            taken_up_words=row.taken_up_words,
            taken_up_by=row.taken_up_by.name if row.taken_up_by else "",
        )
        for row in rows
    )


def next_places_of(permit: Permit[A]) -> tuple[NextPlaceView, ...]:
    """Where she goes on, the latest first."""
    rows = NextPlace.objects.filter(visible(permit, "item__")).order_by("-accepted_on", "-item__created_at")
    return tuple(NextPlaceView(row.place, row.accepted_by, row.accepted_on) for row in rows)


def still_open(permit: Permit[A]) -> tuple[OpenThing, ...]:
    """Promises and measures that are not done, as far as the reader may see them."""
    promises = Commitment.objects.filter(visible(permit, "item__"), status="open").order_by("due")
    measures = Measure.objects.filter(visible(permit, "item__"), status__in=OPEN_MEASURES).order_by("planned_end")
    return (
        *(OpenThing("commitment", row.what, row.due) for row in promises),
        *(OpenThing("measure", row.kind, row.planned_end) for row in measures),
    )


def may_close(permit: Permit[A]) -> bool:
    """Whether the case stands so that it can be closed."""
    return can("case", permit.case.status, "close")


def may_take_up_again(permit: Permit[A]) -> bool:
    """Whether the case stands so that it can be taken up again."""
    return can("case", permit.case.status, "take_up_again")
