"""Where a programme's queue is, in words and as a drawing. Loaded only where the fates can be asked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from samverk.access.planning import PlanningView
from samverk.fates.planning import ENDS, WHOLE, Outcome, Plan, outcomes
from samverk.fates.queueing import CAUSES, EXAMPLE, Estimate, Programme, Waiting
from samverk.web.study_drawing import Bars, Figure, bars

WEEK = 7
FULL = 1.0
# Enough for intervals of a few days, and few enough for an answer within a second or two.
PLAYED, FEWEST_RUNS, MOST_RUNS = 12_000, 40, 300
YEARS, WARM_YEARS, SEED = 5, 2, 1


@dataclass(frozen=True, slots=True)
class Cause:
    """What can be waited for: its load, the share that waits for it last, and whether that queue grows for ever."""

    name: str
    load: str
    held: str
    grows: bool


@dataclass(frozen=True, slots=True)
class Tried:
    """A change: the days to start with it, the difference, and whether there is one that can be seen."""

    name: str
    days: str
    ninth: str
    difference: str
    seen: bool
    cause: str


@dataclass(frozen=True, slots=True)
class Queue:
    """All that the page says."""

    cause: str
    to_decision: str
    to_start: str
    ninth: str
    waiting: int
    causes: tuple[Cause, ...]
    growing: tuple[str, ...]
    tried: tuple[Tried, ...]
    drawing: Bars
    runs: int
    years: int = YEARS
    warm_years: int = WARM_YEARS


def beginning(view: PlanningView) -> dict[str, float]:
    """The numbers to begin with: what is recorded of the programme within the form's ends, the rest as an example."""
    told = {name: getattr(EXAMPLE, name) for name in ENDS}
    for name in ("places", "coordinators", "referrals"):
        value = getattr(view, name)
        if value is not None and ENDS[name][0] <= value <= ENDS[name][1]:
            told[name] = value
    return {name: int(value) if name in WHOLE else value for name, value in told.items()}


def tried(programme: Programme) -> dict[str, tuple[str, Programme]]:
    """One thing more at a time: a coordinator, five places, and meetings every week where they are rarer."""
    changes = {
        "coordinator": (_("En samordnare till"), replace(programme, coordinators=programme.coordinators + 1)),
        "places": (_("Fem platser till"), replace(programme, places=programme.places + 5)),
    }
    if programme.team_every > WEEK:
        changes["team"] = (_("Teammöte varje vecka"), replace(programme, team_every=WEEK))
    if programme.intake_every > WEEK:
        changes["intake"] = (_("Slussmöte varje vecka"), replace(programme, intake_every=WEEK))
    return changes


def queue_of(programme: Programme) -> Queue:
    """Plays the programme through, as it is and with each change: the same numbers give the same answer."""
    changes = tried(programme)
    runs = min(MOST_RUNS, max(FEWEST_RUNS, round(PLAYED / programme.referrals)))
    plan = Plan(
        programme=programme,
        changes={key: other for key, (_name, other) in changes.items()},
        years=YEARS,
        warm_years=WARM_YEARS,
        runs=runs,
        seed=SEED,
    )
    now, after = outcomes(plan)
    words = _cause_words()
    causes = tuple(_cause(name, words[name], now) for name in CAUSES)
    return Queue(
        cause=words[now.bottleneck],
        to_decision=_days(now.to_decision),
        to_start=_days(now.to_start),
        ninth=_days(now.ninth),
        waiting=round(max(now.waiting.value, 0)),
        causes=causes,
        growing=tuple(cause.name for cause in causes if cause.grows),
        tried=tuple(_tried(name, after[key], words) for key, (name, _other) in changes.items()),
        drawing=_drawn(now, {name: after[key] for key, (name, _other) in changes.items()}),
        runs=runs,
    )


def _cause_words() -> dict[str, str]:
    return {
        "intake": _("slussens möte"),
        "place": _("en ledig plats"),
        "coordinator": _("en samordnare med tid"),
    }


def _cause(name: str, word: str, now: Waiting) -> Cause:
    load, held = now.load[name], now.held[name].value
    return Cause(word, number_format(round(100 * load)), number_format(round(100 * held)), load >= FULL)


def _tried(name: str, one: Outcome, words: Mapping[str, str]) -> Tried:
    moved = one.change.to_start
    # Half a day or less is nothing that anybody would notice.
    seen = (moved.high < 0 or moved.low > 0) and round(moved.value) != 0
    return Tried(
        name=name,
        days=_days(one.waiting.to_start),
        ninth=_days(one.waiting.ninth),
        difference=_days(moved, sign=True),
        seen=seen,
        cause=words[one.waiting.bottleneck],
    )


def _drawn(now: Waiting, after: Mapping[str, Outcome]) -> Bars:
    rows: list[tuple[str, Estimate]] = [(_("Som det är nu"), now.to_start)]
    rows += [(name, one.waiting.to_start) for name, one in after.items()]
    figures = [
        Figure(
            name,
            _("%(n)s dagar") % {"n": number_format(round(one.value))},
            one.value,
            one.low,
            one.high,
            "me" if n == 0 else "other",
        )
        for n, (name, one) in enumerate(rows)
    ]
    return bars(
        figures,
        title=_("Dagar från remiss till start"),
        desc=_("Linjen under stapeln visar osäkerheten i simuleringen."),
    )


def _days(one: Estimate, *, sign: bool = False) -> str:
    """“41 (38–45)”; with a sign “−28 (−30 till −25)”."""

    def told(value: float) -> str:
        rounded = round(value)
        text = number_format(abs(rounded))
        return f"−{text}" if rounded < 0 else f"+{text}" if sign and rounded > 0 else text

    if round(one.low) == round(one.high):
        return told(one.value)
    between = _("till") if sign else "–"
    middle = f" {between} " if sign else between
    return f"{told(one.value)} ({told(one.low)}{middle}{told(one.high)})"


def address(told: Mapping[str, Any]) -> dict[str, str]:
    """The numbers as they stand in an address that can be shared: nothing about anyone."""
    return {name: f"{told[name]:g}" for name in ENDS}
