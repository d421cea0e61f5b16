"""Intervals by bootstrap: people, or whole teams, drawn again as weights on sums per person.

The interval is studentised (bootstrap-t: Efron & Tibshirani 1993, ch. 12.5), which covers as it says also for skewed
costs, where plain percentiles are too narrow. Chance comes in as a generator; the same state gives the same bits.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samverk.evaluation.calendar import Floats
from samverk.evaluation.problems import Refused

FEW_TEAMS = 10
_AT_A_TIME = 4_000_000  # weights held in memory at once


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with a 95 per cent interval, in the unit of the values; `few_teams`: too few to rely on it."""

    estimate: float
    low: float
    high: float
    units: int  # what was drawn: people or teams
    few_teams: bool = False


def bootstrap_weights(
    people: int, draws: int, generator: np.random.Generator, *, team: npt.NDArray[np.int64] | None = None
) -> Iterator[Floats]:
    """Tables of weights, one row a draw: how often each person is in it. With teams, all of a team are or none."""
    units, place = (people, None) if team is None else _teams(team)
    at_a_time = max(1, _AT_A_TIME // max(people, 1))
    for first in range(0, draws, at_a_time):
        size = min(at_a_time, draws - first)
        counts = generator.multinomial(units, np.full(units, 1 / units), size=size).astype(np.float64)
        yield counts if place is None else counts[:, place]


def mean_interval(
    values: Floats,
    generator: np.random.Generator,
    *,
    team: npt.NDArray[np.int64] | None = None,
    weights: Floats | None = None,
    draws: int = 1999,
    level: float = 0.95,
) -> Interval:
    """The mean of the values (weighted, for drop-out) with its interval. Raises `Refused` for fewer than two units."""
    weights = np.ones(values.size) if weights is None else weights
    table, mass = _per_unit(values * weights, team), _per_unit(weights, team)
    units = table.size
    if units < 2:
        raise Refused("an interval needs at least two people or teams")
    estimate, error = _ratio(table[None, :], mass[None, :])
    centre, spread = float(estimate[0]), float(error[0])
    if spread == 0:
        return Interval(centre, centre, centre, units, team is not None and units < FEW_TEAMS)
    pivots = []
    for counts in bootstrap_weights(units, draws, generator):
        means, errors = _ratio(table, mass, counts)
        usable = errors > 0
        pivots.append((means[usable] - centre) / errors[usable])
    low, high = np.quantile(np.concatenate(pivots), ((1 - level) / 2, (1 + level) / 2))
    return Interval(
        centre,
        centre - float(high) * spread,
        centre - float(low) * spread,
        units,
        team is not None and units < FEW_TEAMS,
    )


def difference_interval(
    one: Floats, other: Floats, generator: np.random.Generator, *, draws: int = 1999, level: float = 0.95
) -> Interval:
    """The mean of one group less that of another, drawn apart, people by people."""
    if min(one.size, other.size) < 2:
        raise Refused("an interval needs at least two people in each group")

    def drawn(values: Floats) -> tuple[float, float, Floats, Floats]:
        mean, error = _ratio(values[None, :], np.ones((1, values.size)))
        parts = [_ratio(values, np.ones(values.size), c) for c in bootstrap_weights(values.size, draws, generator)]
        means, errors = (np.concatenate([part[k] for part in parts]) for k in (0, 1))
        return float(mean[0]), float(error[0]), means, errors

    mean_one, error_one, means_one, errors_one = drawn(one)
    mean_other, error_other, means_other, errors_other = drawn(other)
    centre, spread = mean_one - mean_other, float(np.hypot(error_one, error_other))
    errors = np.hypot(errors_one, errors_other)
    usable = errors > 0
    pivots = ((means_one - means_other - centre)[usable]) / errors[usable]
    if spread == 0 or not usable.any():
        return Interval(centre, centre, centre, one.size + other.size)
    low, high = np.quantile(pivots, ((1 - level) / 2, (1 + level) / 2))
    return Interval(centre, centre - float(high) * spread, centre - float(low) * spread, one.size + other.size)


def _teams(team: npt.NDArray[np.int64]) -> tuple[int, npt.NDArray[np.intp]]:
    names, place = np.unique(team, return_inverse=True)
    return names.size, place


def _per_unit(values: Floats, team: npt.NDArray[np.int64] | None) -> Floats:
    if team is None:
        return values
    units, place = _teams(team)
    sums: Floats = np.bincount(place, values, units).astype(np.float64)
    return sums


def _ratio(table: Floats, mass: Floats, counts: Floats | None = None) -> tuple[Floats, Floats]:
    """Means as ratios of sums over units, and their errors; a row a draw (linearised variance of a ratio)."""
    if counts is None:
        counts = np.ones_like(table)
    units = counts.shape[1]
    total = (counts * mass).sum(axis=1)
    mean = (counts * table).sum(axis=1) / total
    rest = table - mean[:, None] * mass
    variance = (counts * rest**2).sum(axis=1) * units / (units - 1)
    return mean, np.sqrt(variance) / total
