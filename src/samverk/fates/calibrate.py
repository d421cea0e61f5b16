"""Assumptions from cases: each that the stays can tell of, with an interval, or nothing at all where they are too few.

A value is found where it makes the stays likely (months at risk and what happened in them, as in the process itself),
drawn towards the book's own value as far as few cases leave room. Cases tell of the way of working they lived in: the
way's ratios to the independent way are not touched, since without a comparison nothing is known of them. So a
calibration moves what is common to the ways, and never the effect of working together.

Formulas in docs/fates.md. Validation: the same from two thirds of the people, against what happened to the others.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from samverk.fates.book import INTERVAL, Assumption, Book
from samverk.fates.chance import normal_share, uniforms
from samverk.fates.jit import Floats
from samverk.fates.process import FIRST_MONTHS, LONGEST
from samverk.fates.states import PENSIONS, WAITS, WORK, Exit, State
from samverk.fates.stays import Stay

# Below these nothing is told: of so few no rate is known, and small groups are not shown (evaluation: default 5).
LEAST_PEOPLE = 20
LEAST_EVENTS = 5
HELD_BACK = 1 / 3
# The book's ranges are mostly guesses: taken as twice as wide, so that they do not outweigh people.
WIDER = 2.0
POINTS = 1500
# How seldom a check fails by chance alone: some ten are made at once.
OUTSIDE = 0.01


@dataclass(frozen=True, slots=True)
class Counts:
    """What can be counted for one assumption, by month of the stay: those at risk in it, and to how many it happened."""

    risk: Floats
    events: Floats
    people: int

    @property
    def enough(self) -> bool:
        """Whether anything is told of it: also that it did not happen has to be true of more than a few."""
        happened, stayed = float(self.events.sum()), float((self.risk - self.events).sum())
        return self.people >= LEAST_PEOPLE and min(happened, stayed) >= LEAST_EVENTS


@dataclass(frozen=True, slots=True)
class Target:
    """An assumption that stays tell of: which months of a stay count, and whether it happened in the last of them."""

    name: str
    shape: str
    ratio: str
    at_risk: Callable[[Stay], tuple[int, int] | None]
    happened: Callable[[Stay], bool]


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A value with its 95 per cent interval, from so many people and events; before is the book's."""

    name: str
    value: float
    low: float
    high: float
    before: float
    people: int
    events: int


@dataclass(frozen=True, slots=True)
class Check:
    """What two thirds foretold of the others: events with a 99 per cent interval, what happened, and how much better
    than the shipped book it was foretold (difference of logarithmic scores; below zero: worse)."""

    name: str
    expected: float
    low: float
    high: float
    happened: int
    gain: float

    @property
    def holds(self) -> bool:
        """Whether what happened lies in the interval."""
        return self.low <= self.happened <= self.high


@dataclass(frozen=True, slots=True)
class Calibration:
    """Values; the names of which there are too few cases; and the checks, for those with enough people held back."""

    people: int
    values: tuple[Calibrated, ...]
    too_few: tuple[str, ...]
    checks: tuple[Check, ...]

    @property
    def usable(self) -> tuple[Calibrated, ...]:
        """The values that did not fail their check."""
        failed = {check.name for check in self.checks if not check.holds}
        return tuple(one for one in self.values if one.name not in failed)

    def book(self, book: Book, source: str) -> Book:
        """The book with the usable values, which now have that source."""
        for one in self.usable:
            book = book.known(one.name, one.value, one.low, one.high, source)
        return book


def _wait(name: str, state: State, ratio: str = "", limit: str = "") -> Target:
    """A stay of two phases; where a limit may end it, its months up to the limit."""

    def months(stay: Stay) -> tuple[int, int] | None:
        last = stay.months - (stay.how is Exit.BREAK)
        return (1, min(last, _LIMITS.get(limit, LONGEST + 1) - 1)) if stay.state is state else None

    return Target(name, "phases", ratio, months, lambda stay: stay.how is Exit.END)


def _rate(name: str, states: Sequence[State], to: Sequence[State], ratio: str = "", first: int = 1) -> Target:
    """A risk that is the same every month."""
    return Target(
        name,
        "rate",
        ratio,
        lambda stay: (first, min(stay.months, LONGEST)) if stay.state in states else None,
        lambda stay: stay.next in to,
    )


def _share(name: str, of: Callable[[Stay], bool], to: Sequence[State], ratio: str = "") -> Target:
    """A share of the stays that ended and of which it is known where they led."""
    return Target(
        name,
        "share",
        ratio,
        lambda stay: (1, 1) if stay.next is not None and of(stay) else None,
        lambda stay: stay.next in to,
    )


# The longest months of a measure before a new decision, by definition (`assumptions.csv`).
_LIMITS = {"limit_training": 6, "limit_treatment": 12}
_AFTER_TRAINING = (State.SUBSIDISED, State.JOB, State.GAP_WORK)
TARGETS = (
    _wait("wait_treatment", State.ROUND, "wait"),
    _wait("wait_training", State.GAP_TRAINING, "wait"),
    _wait("wait_work", State.GAP_WORK, "wait"),
    _wait("months_treatment", State.TREATMENT, limit="limit_treatment"),
    _wait("months_training", State.TRAINING, limit="limit_training"),
    _share(
        "success_treatment",
        lambda stay: stay.state is State.TREATMENT and stay.how is Exit.END,
        (State.TRAINING, State.GAP_TRAINING, *_AFTER_TRAINING),
        "success",
    ),
    _share(
        "success_training",
        lambda stay: stay.state is State.TRAINING and stay.how is Exit.END,
        _AFTER_TRAINING,
        "success",
    ),
    _share("job_direct", lambda stay: stay.state not in WORK and stay.next in WORK, (State.JOB,)),
    _rate("subsidy_to_job", (State.SUBSIDISED,), (State.JOB,)),
    _rate("subsidy_lost", (State.SUBSIDISED,), (State.GAP_WORK,)),
    _rate("job_loss", (State.JOB,), tuple(state for state in State if state is not State.JOB), first=FIRST_MONTHS + 1),
    _rate("pension_wait", WAITS, PENSIONS, "pension"),
    _share("part_pension", lambda stay: stay.state not in PENSIONS and stay.next in PENSIONS, (State.PART_PENSION,)),
    _rate("part_to_full", (State.PART_PENSION,), (State.PENSION,)),
)


def counted(stays: Sequence[Stay], target: Target) -> Counts:
    """The months at risk and the events of one assumption."""
    risk, events, people = np.zeros(LONGEST), np.zeros(LONGEST), set()
    for stay in stays:
        months = target.at_risk(stay)
        if months is None or months[1] < months[0]:
            continue
        first, last = months
        people.add(stay.person)
        risk[first - 1 : last] += 1.0
        if target.happened(stay) and (last == stay.months or target.shape == "share"):
            events[last - 1] += 1.0
    return Counts(risk, events, len(people))


def calibrate(stays: Sequence[Stay], book: Book, *, way: str, seed: int = 1) -> Calibration:
    """Every assumption that these stays of people in one way of working can tell of. The same stays give the same.

    Raises KeyError for an unknown way.
    """
    book[f"{way}.wait"]
    own = uniforms(seed, 0, max((stay.person for stay in stays), default=0) + 1, 1)[:, 0]
    used = [stay for stay in stays if own[stay.person] >= HELD_BACK]
    kept = [stay for stay in stays if own[stay.person] < HELD_BACK]
    values, checks, too_few = [], [], []
    for target in TARGETS:
        every = counted(stays, target)
        if not every.enough:
            too_few.append(target.name)
            continue
        grid, chances = _chances(target, book, way)
        belief = _prior(book[target.name], grid)
        weights = _weights(belief, every, chances)
        low, middle, high = _quantiles(grid, weights)
        before = book[target.name].value
        found = Calibrated(target.name, middle, low, high, before, every.people, int(every.events.sum()))
        values.append(found)
        rest = counted(kept, target)
        if rest.enough:
            learnt = _weights(belief, counted(used, target), chances)
            checks.append(_check(target, rest, learnt, belief, chances))
    return Calibration(len({stay.person for stay in stays}), tuple(values), tuple(too_few), tuple(checks))


def _chances(target: Target, book: Book, way: str) -> tuple[Floats, Floats]:
    """Values that the assumption may have, and for each the chance by month, [value, month], in that way of working."""
    ratio = book[f"{way}.{target.ratio}"].value if target.ratio else 1.0
    month = np.arange(1, LONGEST + 1)
    if target.shape == "phases":
        grid = np.geomspace(1.0, 120.0, POINTS)
        p = 2.0 / (np.maximum(grid * ratio, 1.0)[:, None] + 1.0)
        chance = month * p**2 / (1.0 + (month - 1.0) * p)
    elif target.shape == "rate":
        grid = np.geomspace(1e-5, 0.3, POINTS)
        chance = np.minimum(grid * ratio, 0.3)[:, None] * np.ones(LONGEST)
    else:
        odds = np.geomspace(1e-4, 1e4, POINTS)
        grid = odds / (1.0 + odds)
        chance = (odds * ratio / (1.0 + odds * ratio))[:, None] * np.ones(LONGEST)
    return grid, np.clip(chance, 1e-12, 1.0 - 1e-12)


def _prior(assumption: Assumption, grid: Floats) -> Floats:
    """How likely each value is before any case: normal in its logarithm, or in its log odds for a share."""

    def scaled(value: Floats | float) -> Floats:
        held = np.clip(value, 1e-4, 1.0 - 1e-4 if assumption.unit == "share" else np.inf)
        return np.asarray(np.log(held / (1.0 - held)) if assumption.unit == "share" else np.log(held))

    width = float(scaled(assumption.high) - scaled(assumption.low)) * WIDER / (2.0 * INTERVAL)
    density = np.exp(-0.5 * ((scaled(grid) - scaled(assumption.value)) / max(width, 0.1)) ** 2)
    return np.asarray(density / density.sum())


def _weights(belief: Floats, counts: Counts, chances: Floats) -> Floats:
    """How likely each value is once the cases are counted (Bayes)."""
    logs = np.log(np.maximum(belief, 1e-300)) + _log_chance(counts, chances)
    weights = np.exp(logs - logs.max())
    return np.asarray(weights / weights.sum())


def _log_chance(counts: Counts, chances: Floats) -> Floats:
    """The logarithm of the chance of what was counted, for each value."""
    return np.asarray(np.log(chances) @ counts.events + np.log1p(-chances) @ (counts.risk - counts.events))


def _quantiles(grid: Floats, weights: Floats) -> tuple[float, float, float]:
    low, middle, high = np.interp((0.025, 0.5, 0.975), np.cumsum(weights) - weights / 2.0, grid)
    return float(low), float(middle), float(high)


def _check(target: Target, rest: Counts, learnt: Floats, belief: Floats, chances: Floats) -> Check:
    """What was foretold of those held back: their own months at risk are given, the events are not."""
    mean, spread = chances @ rest.risk, np.sqrt((chances * (1.0 - chances)) @ rest.risk)

    def below(event: int) -> float:
        return float(learnt @ normal_share((event + 0.5 - mean) / spread))

    most = range(int(rest.risk.sum()) + 1)
    low, high = (bisect_left(most, rank, key=below) for rank in (OUTSIDE / 2, 1.0 - OUTSIDE / 2))
    logs = _log_chance(rest, chances)

    def score(weights: Floats) -> float:
        return float(logs.max() + np.log(weights @ np.exp(logs - logs.max())))

    return Check(
        target.name,
        float(learnt @ mean),
        low,
        high,
        int(rest.events.sum()),
        score(learnt) - score(belief),
    )


def by_name(calibration: Calibration) -> Mapping[str, Calibrated]:
    """The values by their names."""
    return {one.name: one for one in calibration.values}
