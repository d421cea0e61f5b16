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
ASK_AHEAD = timedelta(days=14)
"""How long before its day she is asked on her own page."""
ASK_AFTER = timedelta(days=14)
"""How long after the start or the end somebody is reminded that its status has not been asked for."""
ASK_UNTIL = timedelta(days=60)
"""After this she can no longer say how it was at the start or the end: nobody is reminded."""
MOST_TRIES = 2
"""Whoever does not answer is asked once more, and then left in peace."""
OF_HERSELF = ("situation", "confidence", "direction")
COLLABORATION = ("whole_view", "taking_part", "engagement", "enough_time", "continuity")
RATINGS = (*OF_HERSELF, *COLLABORATION)
DIMENSIONS = ("mobility", "self_care", "usual_activities", "pain", "anxiety")
"""EQ-5D's five dimensions, in the order of a state (evaluation/health.py): levels only, no wording of ours."""


class Point(StrEnum):
    """What a status is compared with: the start, the end, or some months after."""

    START = "start"
    END = "end"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Status:
    """How things are, as she says it. `declined`: the questions that she does not want to answer.

    A question that is neither answered nor declined has not been asked yet: three different things.
    """

    livelihoods: Sequence[str] = ()
    occupation: str = ""
    words: str = ""
    health: int | None = None
    mobility: int | None = None
    self_care: int | None = None
    usual_activities: int | None = None
    pain: int | None = None
    anxiety: int | None = None
    situation: int | None = None
    confidence: int | None = None
    direction: int | None = None
    whole_view: int | None = None
    taking_part: int | None = None
    engagement: int | None = None
    enough_time: int | None = None
    continuity: int | None = None
    declined: Collection[str] = ()

    def of(self, *names: str) -> dict[str, object]:
        """Those of `names` that were answered."""
        return {name: value for name in names if (value := getattr(self, name)) not in ("", None, (), [])}

    def begun(self, *names: str) -> bool:
        """Whether any of `names` has been answered or declined."""
        return bool(self.of(*names)) or not set(names).isdisjoint(self.declined)

    def settled(self, *names: str) -> bool:
        """Whether each of `names` has been answered or declined."""
        return all(name in self.declined for name in names if name not in self.of(*names))

    @property
    def empty(self) -> bool:
        """Whether nothing at all has been answered or declined."""
        return not self.declined and not any(self.of(*names) for names in PARTS.values())


PARTS: dict[str, tuple[str, ...]] = {
    "livelihood": ("livelihoods",),
    "work": ("occupation",),
    "health": ("health", *DIMENSIONS),
    "social": ("words", *OF_HERSELF),
    "process": COLLABORATION,
}
"""Category → what is told in it, so that each answer is read by those whom she lets read that category."""

QUESTIONS = tuple(name for names in PARTS.values() for name in names)

_PAGES = (
    ("words", "situation"),
    ("confidence", "direction"),
    ("livelihoods",),
    ("occupation", "health"),
    ("mobility", "self_care"),
    ("usual_activities", "pain"),
    ("anxiety",),
    ("whole_view", "taking_part"),
    ("engagement", "enough_time"),
    ("continuity",),
)


def pages(point: str, *, dimensions: bool) -> tuple[tuple[str, ...], ...]:
    """The questions as they are put to her at `point`, a few on each page: short enough for a tired reader's phone.

    What she thinks of the collaboration is not asked before there has been any. `dimensions`: whether the programme
    has the wording of the five dimensions; without it they are not asked.
    """
    left_out = {*(COLLABORATION if point == Point.START else ()), *(() if dimensions else DIMENSIONS)}
    return tuple(page for page in _PAGES if not left_out & set(page))


def points(closed_on: date, months: Iterable[int]) -> list[tuple[int, date]]:
    """The months after `closed_on` at which she is asked, each once, with its day."""
    return [(n, add_months(closed_on, n)) for n in sorted(set(months)) if n > 0]


def check(status: Status, *, nothing: Collection[str], point: str = Point.AFTER, levels: int = 0) -> None:
    """Rejection when a figure is off its scale, or a question is not asked at `point`.

    `nothing`: the codes of livelihood that mean that there is none. `levels` of the five dimensions, 3 or 5; 0: the
    programme has no wording, so that nobody can have been asked.
    """
    problems = [
        Problem(gettext_noop("Välj ett tal från 1 till 5."), name, {})
        for name in RATINGS
        if (value := getattr(status, name)) is not None and not 1 <= value <= 5
    ]
    problems += [
        Problem(gettext_noop("Välj ett av svaren i listan."), name, {})
        for name, value in status.of(*DIMENSIONS).items()
        if not isinstance(value, int) or not 1 <= value <= levels
    ]
    if point == Point.START:
        problems += [
            Problem(gettext_noop("Frågorna om samarbetet ställs först vid avslutet."), name, {})
            for name in status.of(*COLLABORATION)
        ]
    problems += [
        Problem(gettext_noop("Välj antingen ett svar eller ”Vill inte svara”."), name, {})
        for name in status.declined
        if name not in QUESTIONS or status.of(name)
    ]
    if status.health is not None and not 0 <= status.health <= 100:
        problems.append(Problem(gettext_noop("Skriv ett tal från 0 till 100."), "health", {}))
    if len(set(status.livelihoods)) > 1 and set(nothing) & set(status.livelihoods):
        problems.append(
            Problem(
                gettext_noop("Välj antingen ”Ingen försörjning” eller de försörjningar som finns."), "livelihoods", {}
            )
        )
    if problems:
        raise Rejection.of(problems)


def check_told(*statuses: Status) -> None:
    """Rejection when nothing is answered in any of them, now or before. A no to a question is an answer."""
    if all(status.empty for status in statuses):
        raise Rejection(gettext_noop("Svara på minst en fråga innan du sparar."))


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


def next_try(*, tries: int, asks_again: bool, next_try_on: date | None, today: date) -> date | None:
    """The day of the next try after `tries`, this one counted; None when she is left in peace.

    Rejection when there is to be one, and no day to come is given for it.
    """
    if not asks_again or tries >= MOST_TRIES:
        return None
    if next_try_on is None:
        raise Rejection(gettext_noop("Välj en dag för nästa försök."), "next_try_on")
    if next_try_on <= today:
        raise Rejection(gettext_noop("Nästa försök måste vara en dag framåt i tiden."), "next_try_on")
    return next_try_on


def ask_on(*, status: str, due_on: date, next_try_on: date | None) -> date | None:
    """The day on which somebody is to ask; None when nobody is to: it is answered, called off, or she is left in peace."""
    if status == "planned":
        return due_on
    return next_try_on if status == "missed" else None


def is_late(*, status: str, due_on: date, next_try_on: date | None, today: date) -> bool:
    """Whether somebody should have asked by now: planned and past its day, or missed and past the new try."""
    day = ask_on(status=status, due_on=due_on, next_try_on=next_try_on)
    return day is not None and day < today


def health_state(status: Status) -> str:
    """The five levels as a state, "21121"; empty unless each of them was answered."""
    levels = status.of(*DIMENSIONS)
    return "".join(str(levels[name]) for name in DIMENSIONS) if len(levels) == len(DIMENSIONS) else ""
