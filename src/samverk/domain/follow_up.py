"""Follow-up: when she is asked how it went, and what can be answered (domain.md §3.10)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from samverk.days import add_months
from samverk.domain.words import Problem, Rejection, gettext_noop

STANDARD_MONTHS = (6, 12, 18, 24)
EARLY = timedelta(days=60)
"""How long before its day a follow-up may be answered."""
RATINGS = (
    "situation", "confidence", "direction", "whole_view", "taking_part", "engagement", "enough_time", "continuity",
)  # fmt: skip


class Point(StrEnum):
    """What a status is compared with: the start, the end, or some months after."""

    START = "start"
    END = "end"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Status:
    """How things are, as she says it. Everything may be left out, but not all of it."""

    livelihoods: Sequence[str] = ()
    occupation: str = ""
    words: str = ""
    health: int | None = None
    situation: int | None = None
    confidence: int | None = None
    direction: int | None = None
    whole_view: int | None = None
    taking_part: int | None = None
    engagement: int | None = None
    enough_time: int | None = None
    continuity: int | None = None

    def of(self, *names: str) -> dict[str, object]:
        """Those of `names` that were answered."""
        return {name: value for name in names if (value := getattr(self, name)) not in ("", None, (), [])}


PARTS: dict[str, tuple[str, ...]] = {
    "livelihood": ("livelihoods",),
    "work": ("occupation",),
    "health": ("health",),
    "social": ("words", "situation", "confidence", "direction"),
    "process": ("whole_view", "taking_part", "engagement", "enough_time", "continuity"),
}
"""Category → what is told in it, so that each answer is read by those whom she lets read that category."""


def points(closed_on: date, months: Iterable[int]) -> list[tuple[int, date]]:
    """The months after `closed_on` at which she is asked, each once, with its day."""
    return [(n, add_months(closed_on, n)) for n in sorted(set(months)) if n > 0]


def check(status: Status, *, nothing: Collection[str]) -> None:
    """Rejection when nothing is answered, or a figure is off its scale.

    `nothing`: the codes of livelihood that mean that there is none.
    """
    problems = [
        Problem(gettext_noop("Välj ett tal från 1 till 5."), name, {})
        for name in RATINGS
        if (value := getattr(status, name)) is not None and not 1 <= value <= 5
    ]
    if status.health is not None and not 0 <= status.health <= 100:
        problems.append(Problem(gettext_noop("Skriv ett tal från 0 till 100."), "health", {}))
    if len(set(status.livelihoods)) > 1 and set(nothing) & set(status.livelihoods):
        problems.append(
            Problem(
                gettext_noop("Välj antingen ”Ingen försörjning” eller de försörjningar som finns."), "livelihoods", {}
            )
        )
    if not any(status.of(*names) for names in PARTS.values()):
        problems.append(Problem(gettext_noop("Svara på minst en fråga innan du sparar."), "", {}))
    if problems:
        raise Rejection.of(problems)


def check_day(*, answered_on: date, due_on: date, today: date) -> None:
    """Rejection when the answers are from a day to come, or from long before the point."""
    if answered_on > today:
        raise Rejection(gettext_noop("Dagen har inte varit än. Välj den dag då svaren gavs."), "answered_on")
    if answered_on < due_on - EARLY:
        raise Rejection(
            gettext_noop("Det är för tidigt. Den här uppföljningen kan besvaras från %(day)s."),
            "answered_on",
            day=(due_on - EARLY).isoformat(),
        )


def is_late(*, status: str, due_on: date, next_try_on: date | None, today: date) -> bool:
    """Whether somebody should have asked by now: planned and past its day, or missed and past the new try."""
    if status == "planned":
        return due_on < today
    return status == "missed" and (next_try_on or due_on) < today
