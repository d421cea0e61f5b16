"""The same lives in numpy, all together from one transition to the next: as one would write it, and tuned."""

import numpy as np
from numpy.typing import NDArray

from samverk.fates.answer import Fate
from samverk.fates.jit import Floats, Ints
from samverk.fates.lives import DEATH, LENGTHS, VISITS, WAYS, price_list, tables
from samverk.fates.states import BAND_FROM, FIRST_BAND, LIVING, STATE_OF_BAND

Words = NDArray[np.uint64]
GAMMA, OTHER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD1B54A32D192ED03)
FIRST, SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
BLOCK = 50_000


def mixed(word: Words) -> Words:
    """The mixer of `samverk.fates.chance`, on arrays."""
    word = (word ^ (word >> np.uint64(30))) * FIRST
    word = (word ^ (word >> np.uint64(27))) * SECOND
    return word ^ (word >> np.uint64(31))


def lives_by_transitions(fate: Fate, count: int, seed: int) -> Floats:
    """Costs [life, party] over the whole account, in blocks that stay in the cache."""
    return np.concatenate([block(fate, n, min(n + BLOCK, count), seed) for n in range(0, count, BLOCK)])


def block(fate: Fate, first: int, beyond: int, seed: int) -> Floats:
    """The lives first..beyond."""
    table, process = tables(fate.process), fate.process
    prices, moves = price_list(fate.costs)
    months, wages = len(fate.mortality), fate.weights[1]
    dying = np.concatenate(([0.0], np.cumsum(fate.mortality)))
    worth = np.vstack((np.zeros(2), np.cumsum(fate.weights, axis=1).T))
    # One sorted list of all states' chances, each state's raised above the one before.
    lifted = (table.left + np.arange(LIVING)[:, None] * (2 * LENGTHS)).ravel()
    key, strength = keys(first, beyond, seed)
    life = np.arange(beyond - first)
    state = np.full(beyond - first, int(fate.person.start))
    now = np.zeros(beyond - first, dtype=np.int64)
    visits = np.zeros((beyond - first, LIVING), dtype=np.int64)
    costs = np.tile(prices[2 * len(STATE_OF_BAND)] * wages[0], (beyond - first, 1))
    while len(life):
        draw = (state * VISITS + visits[life, state]).astype(np.uint64)
        visits[life, state] += 1
        with np.errstate(over="ignore"):
            word = mixed(key[life] + draw * GAMMA + OTHER)
        u = (word >> np.uint64(32)).astype(np.int64)
        cell = np.searchsorted(lifted, u + state * (2 * LENGTHS), side="right") - state * table.left.shape[1]
        last = process.cells[state] - 1
        length = cell + 1
        tail = cell > last
        if tail.any():
            length[tail] = tail_months(u[tail], state[tail], table.left, last[tail], table.tail, months)
            cell = np.minimum(cell, last)
        stop = np.minimum(now + length, months)
        deadly = process.deadly[state]
        risk = deadly * (dying[stop] - dying[now])
        dies = risk > strength[life]
        if dies.any():
            at = np.searchsorted(dying, dying[now[dies]] + strength[life[dies]] / deadly[dies], side="right")
            stop[dies] = np.minimum(at, stop[dies])
        strength[life] -= risk
        add_months(costs, prices, worth, life, state, now, stop)
        going = ~dies & (stop < months)
        v = (word & np.uint64(WAYS - 1)).astype(np.int64)[going, None]
        life, now, before, cell = life[going], stop[going], state[going], cell[going]
        state = (v >= table.next[before, cell]).sum(axis=1)
        costs[life] += prices[moves[before, state]] * wages[now, None]
    return costs


def keys(first: int, beyond: int, seed: int) -> tuple[Words, Floats]:
    """The key of each life, and how much risk it bears."""
    with np.errstate(over="ignore"):
        start = mixed(np.array([seed], dtype=np.uint64) * GAMMA + OTHER)
        key = mixed(start ^ (np.arange(first, beyond, dtype=np.uint64) * GAMMA + GAMMA))
        word = mixed(key + np.uint64(DEATH) * GAMMA + OTHER)
    return key, -np.log1p(-(2.0**-32) * (word >> np.uint64(32)))


def tail_months(u: Ints, state: Ints, left: Ints, last: Ints, tail: Floats, months: int) -> Ints:
    """Stays beyond the cells, or for ever."""
    gone = left[state, last]
    with np.errstate(divide="ignore", invalid="ignore"):
        over = np.log((LENGTHS - u) / (LENGTHS - gone)) / tail[state]
    return np.where(
        tail[state] < 0, last + 2 + np.minimum(np.nan_to_num(over, neginf=0.0), 1e9).astype(np.int64), months
    )


def add_months(costs: Floats, prices: Floats, worth: Floats, life: Ints, state: Ints, now: Ints, stop: Ints) -> None:
    """Adds each stay's months at their prices, band by band."""
    single = FIRST_BAND[state + 1] == FIRST_BAND[state] + 1
    spent = worth[stop[single]] - worth[now[single]]
    band = FIRST_BAND[state[single]]
    costs[life[single]] += spent[:, :1] * prices[2 * band] + spent[:, 1:] * prices[2 * band + 1]
    many, whose = ~single, life[~single]
    if not many.any():
        return
    first, since, until = FIRST_BAND[state[many]], now[many], stop[many]
    most = int((FIRST_BAND[state[many] + 1] - first).max())
    for n in range(most):
        low = np.minimum(since + BAND_FROM[first + n], until)
        high = until if n == most - 1 else np.minimum(since + BAND_FROM[first + n + 1], until)
        spent = worth[high] - worth[low]
        costs[whose] += spent[:, :1] * prices[2 * (first + n)] + spent[:, 1:] * prices[2 * (first + n) + 1]
