"""How many were asked and how many answered, without anyone being pointed at (domain.md §6: drop-out is shown)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from samverk.domain.follow_up import Point

LEAST = 5
"""Fewer people than this are never given as a number (evaluation.md, point 12)."""
ORDER = {Point.START: 0, Point.END: 1, Point.AFTER: 2}


@dataclass(frozen=True, slots=True)
class Asked:
    """One planned point of one person, without saying whose. `begun`: something is answered, but not all."""

    point: str
    months: int
    due_on: date
    status: str
    begun: bool = False
    missed_code: str = ""


@dataclass(frozen=True, slots=True)
class PointFigures:
    """One point in numbers of people; None: too few to be told, or they would give away who is too few.

    Everyone planned is in exactly one of the other five. `reasons`: why there was no answer, by code.
    """

    point: str
    months: int
    planned: int | None
    answered: int | None
    begun: int | None
    missed: int | None
    waiting: int | None
    ahead: int | None
    reasons: Mapping[str, int | None]

    @property
    def share(self) -> int | None:
        """Answered of those whose day has come, per cent; None where it cannot be told."""
        if self.planned is None or self.answered is None or self.ahead is None or self.planned == self.ahead:
            return None
        return round(100 * self.answered / (self.planned - self.ahead))


def figures(asked: Iterable[Asked], *, today: date) -> tuple[PointFigures, ...]:
    """The points in the order of time, each with what became of it. What was called off is not counted."""
    by_point: dict[tuple[str, int], list[Asked]] = {}
    for one in asked:
        if one.status != "cancelled":
            by_point.setdefault((one.point, one.months), []).append(one)
    order = sorted(by_point, key=lambda key: (ORDER[Point(key[0])], key[1]))
    return tuple(_point(*key, by_point[key], today) for key in order)


def told(counts: Sequence[int]) -> tuple[int | None, ...]:
    """The counts of a group's parts with the small ones withheld, and as many more as it takes.

    The whole group's number is known, so one withheld part could be worked out: at least two are, and together they
    hold at least LEAST people. An empty part is shown unless it is needed for that: it points at nobody.
    """
    hidden = {n for n, count in enumerate(counts) if 0 < count < LEAST}
    shown = sorted((n for n in range(len(counts)) if n not in hidden), key=lambda n: counts[n])
    while hidden and shown and (len(hidden) == 1 or sum(counts[n] for n in hidden) < LEAST):
        hidden.add(shown.pop(0))
    return tuple(None if n in hidden else count for n, count in enumerate(counts))


def _point(point: str, months: int, asked: Sequence[Asked], today: date) -> PointFigures:
    places = Counter(_place(one, today) for one in asked)
    names = ("answered", "begun", "missed", "waiting", "ahead")
    parts = dict(zip(names, told([places[name] for name in names]), strict=True))
    why = Counter(one.missed_code for one in asked if _place(one, today) == "missed")
    reasons = dict(zip(why, told(list(why.values())), strict=True)) if parts["missed"] is not None else {}
    return PointFigures(
        point=point, months=months, planned=len(asked) if len(asked) >= LEAST else None, reasons=reasons, **parts
    )


def _place(one: Asked, today: date) -> str:
    if one.status == "done":
        return "answered"
    if one.begun:
        return "begun"
    if one.status == "missed":
        return "missed"
    return "ahead" if one.due_on > today else "waiting"
