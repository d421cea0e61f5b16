"""The inner loop: the cost of a spell is its extent x (C[stop] - C[start]). Compiled; each person by herself.

A person's sum is made by one thread in the order of her rows, so it has the same bits at any number of threads.
"""

import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt

from samverk.evaluation.calendar import DayNumbers, Floats
from samverk.evaluation.cumulative import Cumulative
from samverk.evaluation.spells import Codes, Spells

F = TypeVar("F", bound=Callable[..., Any])
# Not every threading layer bears two calls at once (a web server's threads): one at a time uses all cores anyway.
_ONE_AT_A_TIME = threading.Lock()
_LANES = 8  # accounts summed together
_LINE = 64  # bytes in a line of the cache


def _compiled(function: F) -> F:
    return cast(F, numba.njit(parallel=True, cache=True, boundscheck=False)(function))


@_compiled
def _accumulate(
    start: DayNumbers,
    stop: DayNumbers,
    extent: Floats,
    kind: Codes,
    payer: Codes,
    offsets: npt.NDArray[np.int64],
    lo: DayNumbers,
    hi: DayNumbers,
    first: int,
    profile: npt.NDArray[np.int32],
    amounts: Floats,
    columns: npt.NDArray[np.int64],
    net: Floats,
) -> None:
    # Eight sums by name stay in registers, and an unsigned place is not tested for being negative: a third faster.
    for i in numba.prange(offsets.size - 1):
        low = lo[i]
        high = hi[i]
        a = b = c = d = e = f = g = h = 0.0
        for s in range(offsets[i], offsets[i + 1]):
            since = max(start[s], low)
            until = min(stop[s], high)
            if until > since:
                row = np.uint64(profile[np.uint64(kind[s]), np.uint64(payer[s])])
                share = extent[s]
                x = np.uint64(since - first)
                y = np.uint64(until - first)
                a += share * (amounts[row, y, 0] - amounts[row, x, 0])
                b += share * (amounts[row, y, 1] - amounts[row, x, 1])
                c += share * (amounts[row, y, 2] - amounts[row, x, 2])
                d += share * (amounts[row, y, 3] - amounts[row, x, 3])
                e += share * (amounts[row, y, 4] - amounts[row, x, 4])
                f += share * (amounts[row, y, 5] - amounts[row, x, 5])
                g += share * (amounts[row, y, 6] - amounts[row, x, 6])
                h += share * (amounts[row, y, 7] - amounts[row, x, 7])
        sums = (a, b, c, d, e, f, g, h)
        for k in range(columns.size):
            net[i, columns[k]] = sums[k]


def _blocks(prices: Cumulative) -> list[tuple[npt.NDArray[np.int64], Floats]]:
    """The accounts that anything moves, eight at a time, in arrays of which each day fills one line of the cache."""
    last = prices.amounts[:, :, :-1]
    moved = np.flatnonzero(last.any(axis=(0, 1))) if last.size else np.empty(0, dtype=np.intp)
    found = []
    for at in range(0, moved.size, _LANES):
        columns = moved[at : at + _LANES].astype(np.int64)
        shape = (*prices.amounts.shape[:2], _LANES)
        raw = np.zeros(int(np.prod(shape)) + _LANES)
        shift = (-raw.ctypes.data % _LINE) // raw.itemsize
        block = raw[shift : shift + int(np.prod(shape))].reshape(shape)
        block[:, :, : columns.size] = prices.amounts[:, :, columns]
        found.append((columns, block))
    return found


def _unpriced(spells: Spells, prices: Cumulative, lo: DayNumbers, hi: DayNumbers) -> Floats:
    """For each person the days of spells without a price; SEK nothing, but not free."""
    without = np.zeros(spells.people.size)
    priced = prices.amounts[:, -1, -1] - prices.amounts[:, 0, -1]
    if (priced == prices.stop - prices.first).all():
        return without
    owner = spells.owner
    since = np.maximum(spells.start, lo[owner])
    until = np.minimum(spells.stop, hi[owner])
    here = np.flatnonzero(until > since)
    since, until, row = since[here], until[here], prices.profile[spells.kind[here], spells.payer[here]]
    covered = prices.amounts[row, until - prices.first, -1] - prices.amounts[row, since - prices.first, -1]
    np.add.at(without, owner[here], until - since - covered)
    return without


def accumulate(
    spells: Spells,
    prices: Cumulative,
    lo: DayNumbers,
    hi: DayNumbers,
    *,
    threads: int | None = None,
    net: Floats | None = None,
) -> tuple[Floats, npt.NDArray[np.float64]]:
    """For each person, within her days from `lo` up to `hi`: SEK per account, and days of spells without a price.

    `threads` is how many to use (default: all; ValueError if there are not so many). `net` is a buffer to use again, people x accounts. Days outside the
    arrays of `prices` raise ValueError: they would be read from elsewhere in memory.
    """
    shape = (spells.people.size, len(prices.accounts))
    inside = lo < hi
    if inside.any() and (lo[inside].min() < prices.first or hi[inside].max() > prices.stop):
        raise ValueError("the prices do not reach over all the days asked for")
    if prices.profile.shape != (len(spells.kinds), len(spells.payers)):
        raise ValueError("the prices were made for other kinds or payers")
    net = np.empty(shape) if net is None else net
    if net.shape != shape:
        raise ValueError(f"the buffer has the shape {net.shape}, not {shape}")
    blocks = _blocks(prices)
    for still in set(range(shape[1])) - {int(column) for columns, _ in blocks for column in columns}:
        net[:, still] = 0.0
    with _ONE_AT_A_TIME:
        before = numba.get_num_threads()
        numba.set_num_threads(threads or before)
        try:
            for columns, block in blocks:
                _accumulate(
                    spells.start, spells.stop, spells.extent, spells.kind, spells.payer, spells.offsets, lo, hi,
                    prices.first, prices.profile, block, columns, net,
                )  # fmt: skip
        finally:
            numba.set_num_threads(before)
    return net, _unpriced(spells, prices, lo, hi)
