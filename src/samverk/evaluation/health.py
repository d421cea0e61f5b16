"""EQ-5D scores by Swedish value sets: named, versioned, and never mixed. Only scores: no questionnaire wording is here.

A score is a start value less a decrement for each dimension's level. A state is five digits in the order mobility,
self-care, usual activities, pain/discomfort, anxiety/depression. The sets do not say the same thing: two are what
people in a state say of their own health (experience-based), one is what the public would give to avoid it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from samverk.evaluation.calendar import DAYS_A_YEAR, Floats
from samverk.evaluation.problems import Refused, whole

_TEN_THOUSANDTHS = 10_000


@dataclass(frozen=True, slots=True)
class ValueSet:
    """Decrements in ten-thousandths for the levels from 2 up, by dimension; `extra` once if any is at the worst level."""

    name: str
    version: str
    source: str
    start: int
    decrements: tuple[tuple[int, ...], ...]
    extra: int

    @property
    def levels(self) -> int:
        """3 or 5."""
        return len(self.decrements[0]) + 1


@dataclass(frozen=True, slots=True)
class Score:
    """A value on the scale where 1 is full health and 0 as bad as dead, and the set that gave it."""

    value: float
    value_set: str

    def __sub__(self, other: "Score") -> float:
        same_set([self, other])
        return self.value - other.value


SETS = {
    one.name: one
    for one in (
        ValueSet(
            "SE-3L-experience-TTO", "2014", "Burström et al. 2014, 10.1007/s11136-013-0496-4", 9694,
            ((666, 1247), (276, 276), (1012, 1355), (345, 904), (552, 2077)), 433,
        ),
        ValueSet(
            "SE-5L-experience-TTO", "2020, model 5", "Burström et al. 2020, 10.1007/s40273-020-00905-7", 9755,
            ((287, 346, 523, 523), (254, 817, 824, 824), (549, 1143, 1639, 1639), (108, 428, 1024, 1974),
             (325, 868, 2002, 2339)), 23,
        ),
        ValueSet(
            "SE-5L-social-cTTO", "2022", "Sun et al. 2022, 10.1186/s12955-022-02083-w", 10_000,
            ((220, 260, 870, 1320), (190, 560, 1130, 1590), (220, 480, 1310, 1870), (100, 470, 3190, 4420),
             (310, 1220, 2770, 3940)), 0,
        ),
    )
}  # fmt: skip


def score(state: str, value_set: str, *, levels: int | None = None) -> Score:
    """The score of a state such as "21121". Raises `Invalid` for a set or a state that does not exist in it.

    `levels` of the form that she answered, 3 or 5, where it is known: `Refused` when the set is for the other one, since
    "21121" can be read in both and means different things.
    """
    if value_set not in SETS:
        raise whole("value_set", f"{value_set!r} is none of {', '.join(SETS)}")
    chosen = SETS[value_set]
    if levels is not None and levels != chosen.levels:
        raise Refused(f"{value_set} is for {chosen.levels} levels, and the state has {levels}")
    if len(state) != 5 or not state.isdecimal() or not all(1 <= int(level) <= chosen.levels for level in state):
        raise whole("state", f"{state!r}: five digits from 1 to {chosen.levels} for {value_set}")
    each = [int(level) for level in state]
    lost = sum(steps[level - 2] for steps, level in zip(chosen.decrements, each, strict=True) if level > 1)
    lost += chosen.extra if max(each) == chosen.levels else 0
    return Score((chosen.start - lost) / _TEN_THOUSANDTHS, f"{chosen.name} ({chosen.version})")


def same_set(scores: Iterable[Score]) -> str:
    """The one value set of all the scores; `Refused` when they come from several."""
    names = sorted({one.value_set for one in scores})
    if len(names) != 1:
        raise Refused(f"scores by different value sets are never mixed: {', '.join(names) or 'no scores'}")
    return names[0]


def quality_adjusted_years(days: Floats, scores: Iterable[Score], *, rate: float) -> float:
    """Years of full health between the first and the last day measured: the area under straight lines between scores.

    `days` since the start, rising; `rate` discounts each day to day 0 (health: 0.03), a share a year.
    """
    measured = list(scores)
    same_set(measured)
    if len(measured) != days.size or days.size < 2 or not (np.diff(days) > 0).all():
        raise whole("days", "each score has a day, and the days rise")
    fine = np.arange(days[0], days[-1] + 1)
    values = np.interp(fine, days, [one.value for one in measured])
    worth = values * (1 + rate) ** (-fine / DAYS_A_YEAR)
    return float(((worth[1:] + worth[:-1]) / 2).sum() / DAYS_A_YEAR)
