"""How many of a programme's participants were asked how it went, and how many answered: figures without names."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samverk.access.declare_house import SeeFollowUps
from samverk.access.permit import Permit
from samverk.domain.follow_up import Point
from samverk.domain.follow_up_figures import LEAST, Asked, PointFigures, figures
from samverk.store.models import Case, FollowUp, Programme

_BEST = {"done": 3, "missed": 2, "planned": 1}


@dataclass(frozen=True, slots=True)
class FiguresView:
    """A programme's follow-ups in numbers. `least`: fewer people than this are never told as a number."""

    programme: UUID
    programme_name: str
    months: tuple[int, ...]
    """Months after the end at which the programme asks now; those closed before may have been promised others."""
    points: tuple[PointFigures, ...]
    least: int = LEAST


def figures_of(permit: Permit[SeeFollowUps]) -> FiguresView:
    """Every point that is or ought to be asked about, with what became of it. Three queries.

    The start and the end count as planned for everyone who has started and ended: that nobody asked is drop-out too.
    """
    programme = Programme.objects.get(id=permit.programme)
    rows = FollowUp.objects.filter(item__case__programme=programme).values_list(
        "item__case", "point", "months", "due_on", "status", "begun_on", "missed_code"
    )
    found: dict[tuple[UUID, str, int, date], Asked] = {}
    followed = set()
    for case, point, months, due_on, status, begun_on, code in rows:
        one = Asked(point, months, due_on, status, begun_on is not None, code)
        key = (case, point, months, due_on)
        if key not in found or _BEST.get(status, 0) > _BEST.get(found[key].status, 0):
            found[key] = one
        if point == Point.AFTER and status != "cancelled":
            followed.add(case)
    for case, started_on, closed_on in (
        Case.objects.filter(programme=programme, status__in=("active", "closed"))
        .order_by("id")
        .values_list("id", "started_on", "closed_on")
    ):
        ended_on = closed_on if case in followed else None
        for point, day in ((Point.START, started_on), (Point.END, ended_on)):
            if day is not None:
                found.setdefault((case, point, 0, day), Asked(point, 0, day, "planned"))
    return FiguresView(
        programme=programme.id,
        programme_name=programme.name,
        months=tuple(programme.follow_up_months),
        points=figures(found.values(), today=permit.today),
    )
