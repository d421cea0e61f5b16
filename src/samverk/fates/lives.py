"""Lives, one by one, for distributions: each a function of (seed, life), the same bits at any number of threads.

The numbers are common to all ways of working: the k-th stay of a life in a state uses the same two draws whichever
fate it belongs to, and death the same one, so that a difference between two fates is one of the ways and not of luck.
Equal ways give equal lives.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from samverk.fates.chance import S32, key_of, upper, word_of
from samverk.fates.costs import GROWTHS, Costs
from samverk.fates.exact import ROOM, survivors, windows_of
from samverk.fates.jit import Floats, Ints, inline, kernel, split
from samverk.fates.process import LONGEST, Process
from samverk.fates.states import BAND_FROM, EXITS, FIRST_BAND, LIVING, PARTIES, STATE_OF_BAND, STATES, State

A = TypeVar("A", bound=np.generic)
Whole = int | np.int64
Bytes = NDArray[np.uint8]
Shorts = NDArray[np.uint16]
Words = NDArray[np.uint64]
# Where in a state's distribution a draw begins its search: the first eight bits of a draw choose.
BUCKETS = 256
# Draws are whole numbers: so many for the length of a stay, and so many for where it leads.
LENGTHS = 2**32
WAYS = 2**30
WAYS_MASK = np.uint64(WAYS - 1)
TOP = np.uint64(56)
# Hints for where it leads: the first five bits of that draw choose.
HINTS = 32
HINT = 25
# Draws that each state has for its stays: more than there are months in a life. Beyond them stands the draw of death.
VISITS = 4096
DEATH = LIVING * VISITS
ONE = np.uint64(1)
# In the kernel's flat tables a state has so many cells, and a cell so many states to go to: powers of two.
CELLS = 64
NEXT = 16
# A month that no life reaches: months are counted in sixteen bits.
NEVER = 2**16
BANDS = len(STATE_OF_BAND)
FALLING = np.diff(FIRST_BAND) > 1
BAND_OF_STATE = FIRST_BAND.astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Lives:
    """So many lives. costs [life, window, party] in SEK; months [life, state]; paths [life, month] if asked for."""

    windows: tuple[int, ...]
    costs: Floats
    months: Shorts
    paths: Bytes | None


@dataclass(frozen=True, slots=True)
class Tables:
    """A process as tables to draw from, made once for all lives; chances are whole numbers of LENGTHS and WAYS.

    left [state, d]: running chance to leave by the end of month d; guide [state, bucket]: where to look; next [state,
    d, to]: running chance of where it leads at that length; tail [state]: log of the chance to stay a month more
    beyond the cells, 0 for ever.
    """

    left: Ints
    guide: Bytes
    next: NDArray[np.int32]
    hint: Bytes
    tail: Floats


def tables(process: Process) -> Tables:
    """Tables of a process, with the same survivor functions as the exact recursion."""
    surv, kinds = np.empty((LIVING, ROOM)), np.empty((EXITS, LIVING, ROOM))
    survivors(process.end, process.broken, process.cells, process.limited, surv, kinds)
    left = np.full((LIVING, LONGEST), LENGTHS, dtype=np.int64)
    guide, tail = np.zeros((LIVING, BUCKETS), dtype=np.uint8), np.zeros(LIVING)
    ways = np.zeros((LIVING, LONGEST, STATES))
    for i, cells in enumerate(process.cells):
        every = kinds[:, i, :cells].copy()
        every[2] = 0.0
        over = 0.0 if process.limited[i] else float(kinds[2, i, 0])
        every[2, -1] = kinds[2, i, 0] if process.limited[i] else 0.0
        leaving = every.sum(axis=0)
        left[i, :cells] = np.rint(np.minimum(np.cumsum(leaving), 1.0) * LENGTHS)
        left[i, cells - 1] = round((1.0 - over) * LENGTHS)
        ways[i, :cells] = every.T @ process.route[:, i]
        guide[i] = np.minimum(np.searchsorted(left[i, :cells], BUCKET_EDGES, side="right"), cells - 1)
        stay = 1.0 - process.end[i, cells - 1] - process.broken[i, cells - 1]
        tail[i] = np.log(min(max(stay, 1e-300), 1.0))
    reached = ways.sum(axis=2, keepdims=True)
    running = np.cumsum(ways / np.where(reached > 0, reached, 1.0), axis=2)
    # The last state that can be reached takes what rounding leaves.
    beyond = np.cumsum(ways[:, :, ::-1], axis=2)[:, :, ::-1] <= 0.0
    chances = np.full((LIVING, LONGEST, LIVING), WAYS, dtype=np.int32)
    chances[:, :, :LIVING] = np.rint(np.minimum(running, 1.0) * WAYS)[:, :, :LIVING]
    chances[:, :, : LIVING - 1][beyond[:, :, 1:LIVING]] = WAYS
    hint = np.zeros((LIVING, LONGEST, HINTS), dtype=np.uint8)
    for bucket in range(HINTS):
        hint[:, :, bucket] = (chances <= bucket * (WAYS // HINTS)).sum(axis=2)
    return Tables(left=left, guide=guide, next=chances, hint=np.minimum(hint, LIVING - 1), tail=tail)


BUCKET_EDGES = np.arange(BUCKETS) * (LENGTHS // BUCKETS)


def price_list(costs: Costs) -> tuple[Floats, Bytes]:
    """All that is charged for, a row each: months by band and growth, the start, and each different one-off cost.

    The second answer tells, by [state, next], which row a move is charged by.
    """
    rows, which = np.unique(costs.one_off.reshape(-1, PARTIES), axis=0, return_inverse=True)
    months = costs.monthly.transpose(1, 0, 2).reshape(-1, PARTIES)
    moves = (which.reshape(LIVING, STATES) + len(months) + 1).astype(np.uint8)
    return np.vstack((months, costs.start, rows)), moves


@kernel
def close(stayed: Floats, prices: Floats, row: Floats) -> None:
    """Writes what has been paid so far: weighted months in each band, and weighted moves, at their prices."""
    # A sum for each of the seven parties, written out: they stay in registers.
    a0 = a1 = a2 = a3 = a4 = a5 = a6 = 0.0
    for n in range(stayed.shape[0]):
        s = stayed[n]
        a0 += s * prices[n, 0]
        a1 += s * prices[n, 1]
        a2 += s * prices[n, 2]
        a3 += s * prices[n, 3]
        a4 += s * prices[n, 4]
        a5 += s * prices[n, 5]
        a6 += s * prices[n, 6]
    row[0] = a0
    row[1] = a1
    row[2] = a2
    row[3] = a3
    row[4] = a4
    row[5] = a5
    row[6] = a6


@inline
def index(n: Whole) -> np.int64:
    """The number itself, from 0 to 65,535. Said aloud, it spares each reading a test for counting from the end."""
    return np.int64(n & 0xFFFF)


@inline
def begin(key: np.uint64, draws: Words, words: Words, stayed: Floats) -> float:
    """Nothing is lived yet, and each state's first word is ready; gives the sum of risk at which she will die."""
    stayed[:] = 0.0
    for state in range(LIVING):
        draws[state] = state * VISITS
        words[state] = word_of(key, draws[state])
    return float(-np.log1p(-upper(word_of(key, np.uint64(DEATH)))))


@inline
def months_of(u: np.int64, cell: np.int64, end: Whole, left: Ints, tail: float, most: int) -> tuple[np.int64, np.int64]:
    """The cell in which a stay ends, sought from `cell` on and before `end`, and its length in months."""
    if left[cell] > u:
        return cell, cell % CELLS + 1
    cell, length = longer(u, cell, end - 1, left, tail, most)
    return index(cell), length


@kernel
def longer(u: np.int64, cell: np.int64, last: Whole, left: Ints, tail: float, most: int) -> tuple[np.int64, np.int64]:
    """The same, where it does not end in the cell in which the search began."""
    while left[cell] <= u and cell < last:
        cell += np.int64(1)
    if left[cell] > u:
        return cell, cell % CELLS + 1
    if tail >= 0.0:
        return cell, np.int64(most)
    # Beyond the cells: a geometric stay, with what is left of the draw.
    over = (LENGTHS - u) / (LENGTHS - left[cell])
    return cell, cell % CELLS + 2 + np.int64(min(np.log(over) / tail, 1e9))


@inline
def stay(stayed: Floats, worth: Floats, band: Whole, begun: Whole, stop: Whole) -> None:
    """Adds a stretch in a band, weighted for amounts that follow prices and for those that follow wages."""
    by_prices = worth[2 * stop] - worth[2 * begun]
    by_wages = worth[2 * stop + 1] - worth[2 * begun + 1]
    stayed[2 * band] += by_prices
    stayed[2 * band + 1] += by_wages


@kernel
def live(
    seed: int,
    first: int,
    beyond: int,
    start: int,
    left: Ints,
    guide: Bytes,
    follows: NDArray[np.int32],
    towards: Bytes,
    tail: Floats,
    cells: Ints,
    deadly: Floats,
    dying: Floats,
    worth: Floats,
    wages: Floats,
    prices: Floats,
    moves: Bytes,
    windows: Ints,
    costs: Floats,
    spent: Shorts,
    paths: Bytes,
) -> None:
    """Lives first..beyond, each into its own row. The tables are `padded`, and NEVER is the last window.

    dying[month] is the mortality rate summed up to that month; worth[2 month + growth] the weights summed likewise.

    What takes time is the way from a state to the next. Its searches are loops that nearly always end where they begin:
    the processor foretells that and goes on, where the result of a comparison would have to be waited for.
    """
    months = dying.shape[0] - 1
    draws, words = np.zeros(LIVING, dtype=np.uint64), np.zeros(LIVING, dtype=np.uint64)
    stayed = np.zeros(prices.shape[0])
    for life in range(first, beyond):
        key = key_of(np.uint64(seed), np.uint64(life))
        strength = begin(key, draws, words, stayed)
        stayed[2 * BANDS] = wages[0]
        i, t, w = index(start), np.int64(0), np.int64(0)
        while True:
            word = words[i]
            # The word for her next stay here is made now, so that nothing has to wait for it then.
            draws[i] += ONE
            words[i] = word_of(key, draws[i])
            cell = i * CELLS + np.int64(guide[i * BUCKETS + np.int64(word >> TOP)])
            cell, length = months_of(np.int64(word >> S32), cell, i * CELLS + cells[i], left, tail[i], months)
            stop = index(min(t + length, months))
            risk = deadly[i] * (dying[stop] - dying[t])
            dies = risk > strength
            if dies:
                stop = index(month_of_death(dying, deadly[i], strength, t, stop))
            strength -= risk
            spent[life, i] += stop - t
            if paths.shape[0] > 0:
                paths[life, t:stop] = i
            # Not a function of its own: inlined with its slice of the costs, it made a life take twice as long.
            if windows[w] <= stop or FALLING[i]:
                w = index(spend(stayed, worth, prices, windows, costs[life], w, i, t, stop))
            else:
                stay(stayed, worth, np.int64(BAND_OF_STATE[i]), t, stop)
            t = stop
            if dies or t >= months:
                break
            v = np.int64(word & WAYS_MASK)
            j = np.int64(towards[cell * HINTS + (v >> HINT)])
            while v >= follows[cell * NEXT + j]:
                j = index(j + 1)
            stayed[np.int64(moves[i * NEXT + j])] += wages[t]
            i = j
        # The dead cost nothing more.
        for beyond_death in range(w, windows.shape[0] - 1):
            close(stayed, prices, costs[life, beyond_death])
        spent[life, LIVING] += months - t
        if paths.shape[0] > 0:
            paths[life, t:] = LIVING


@kernel
def spend(
    stayed: Floats,
    worth: Floats,
    prices: Floats,
    windows: Ints,
    costs: Floats,
    w: np.int64,
    state: np.int64,
    begun: np.int64,
    stop: np.int64,
) -> np.int64:
    """What a stay costs, band by band, closing each window that it reaches; gives the next window."""
    band = FIRST_BAND[state]
    since = begun
    while True:
        ends = stop
        if band + 1 < FIRST_BAND[state + 1]:
            ends = min(stop, since + BAND_FROM[band + 1])
        while windows[w] <= ends:
            stay(stayed, worth, band, begun, windows[w])
            begun = windows[w]
            close(stayed, prices, costs[w])
            w += np.int64(1)
        stay(stayed, worth, band, begun, ends)
        if ends == stop:
            return w
        begun = ends
        band += 1


@kernel
def month_of_death(dying: Floats, deadly: float, strength: float, first: np.int64, beyond: np.int64) -> np.int64:
    """The first month by whose end the risk run since `first` exceeds her strength."""
    low, stop = first + 1, beyond
    while low < stop:
        middle = (low + stop) // 2
        if deadly * (dying[middle] - dying[first]) > strength:
            stop = middle
        else:
            low = middle + 1
    return stop


def padded(table: NDArray[A], fill: int, *row: int) -> NDArray[A]:
    """A table [state, …] for the kernel: in one dimension, a state's part as large as `row`, with `fill` in what is new."""
    wide = np.full((LIVING, *row), fill, dtype=table.dtype)
    wide[tuple(slice(n) for n in table.shape)] = table
    return wide.ravel()


def simulate(
    process: Process,
    mortality: Floats,
    costs: Costs,
    weights: Floats,
    *,
    count: int,
    seed: int,
    start: State = State.ROUND,
    windows: Sequence[int] = (),
    threads: int = 1,
    with_paths: bool = False,
) -> Lives:
    """So many lives over len(mortality) months; the arguments are those of `exact.expected`.

    The result depends on the seed and the numbers of the lives 0..count alone. Raises ValueError for windows that do
    not rise, fewer than one life, or fewer than one thread.
    """
    months = len(mortality)
    asked = windows_of(windows, months)
    if count < 1:
        raise ValueError(f"count is {count}: at least one life")
    table = tables(process)
    dying = np.concatenate(([0.0], np.cumsum(mortality)))
    worth = np.vstack((np.zeros(GROWTHS), np.cumsum(weights[:, :months], axis=1).T))
    prices, moves = price_list(costs)
    out = np.empty((count, len(asked), PARTIES))
    spent = np.zeros((count, STATES), dtype=np.uint16)
    paths = np.empty((count if with_paths else 0, months), dtype=np.uint8)

    data = (
        padded(table.left, LENGTHS, CELLS),
        table.guide.ravel(),
        padded(table.next, WAYS, CELLS, NEXT),
        padded(table.hint, 0, CELLS, HINTS),
        table.tail,
        process.cells,
        process.deadly,
        dying,
        worth.ravel(),
        weights[1],
        prices,
        padded(moves, 0, NEXT),
        np.array((*asked, NEVER)),
    )

    def work(first: int, beyond: int) -> None:
        live(seed, first, beyond, int(start), *data, out, spent, paths)

    split(work, count, threads)
    return Lives(windows=asked, costs=out, months=spent, paths=paths if with_paths else None)


def mean_and_error(values: Floats) -> tuple[Floats, Floats]:
    """Mean and its standard error over the first axis (the lives)."""
    count = values.shape[0]
    mean = values.mean(axis=0)
    if count < 2:
        return mean, np.full_like(mean, np.inf)
    return mean, values.std(axis=0, ddof=1) / np.sqrt(count)
