"""The same lives in SimPy: a process for each, an event for each stay. Its draws are made beforehand and cost nothing."""

import math
import time
from bisect import bisect_right
from collections.abc import Generator, Sequence
from typing import Any

import numpy as np
import simpy

from samverk.fates.answer import Fate
from samverk.fates.chance import draws_of
from samverk.fates.jit import Floats
from samverk.fates.lives import LENGTHS, VISITS, WAYS, price_list, tables
from samverk.fates.states import BAND_FROM, FIRST_BAND, LIVING, STATE_OF_BAND

BATCH = 250
# More stays in one state than any of these lives has.
MOST_VISITS = 80


class World:
    """A fate as plain lists, which Python reads fastest."""

    def __init__(self, fate: Fate) -> None:
        table = tables(fate.process)
        prices, moves = price_list(fate.costs)
        self.months = len(fate.mortality)
        self.start = int(fate.person.start)
        cells = [int(n) for n in fate.process.cells]
        self.left = [row[:n].tolist() for row, n in zip(table.left, cells, strict=True)]
        self.next = table.next.tolist()
        self.tail = table.tail.tolist()
        self.deadly = fate.process.deadly.tolist()
        self.dying = [0.0, *np.cumsum(fate.mortality).tolist()]
        worth = np.vstack((np.zeros(2), np.cumsum(fate.weights, axis=1).T))
        bands = len(STATE_OF_BAND)
        monthly = np.stack((prices[: 2 * bands : 2], prices[1 : 2 * bands : 2]))
        # What a party has paid by each month who is always in the band: one subtraction a stay and party.
        self.paid = np.einsum("tq,qbp->btp", worth, monthly).tolist()
        self.moved = (prices[moves][:, :, None, :] * fate.weights[1][:, None]).tolist()
        self.begin = (prices[2 * bands] * fate.weights[1, 0]).tolist()
        self.bands = [
            [(band, int(BAND_FROM[band])) for band in range(FIRST_BAND[i], FIRST_BAND[i + 1])] for i in range(LIVING)
        ]


def life(env: Any, world: World, words: Sequence[Sequence[int]], strength: float, costs: list[float]) -> Generator[Any]:
    """One life: from stay to stay until death or pension; what it costs is added to `costs`."""
    months, dying, paid = world.months, world.dying, world.paid
    visits = [0] * LIVING
    state = world.start
    while True:
        word = words[state][visits[state]]
        visits[state] += 1
        u = word >> 32
        left = world.left[state]
        cell = bisect_right(left, u)
        length = cell + 1
        if cell == len(left):
            cell -= 1
            length = months
            if world.tail[state] < 0:
                over = (LENGTHS - u) / (LENGTHS - left[cell])
                length = cell + 2 + int(min(math.log(over) / world.tail[state], 1e9))
        now = int(env.now)
        stop = min(now + length, months)
        risk = world.deadly[state] * (dying[stop] - dying[now])
        dies = risk > strength
        if dies:
            stop = min(stop, bisect_right(dying, dying[now] + strength / world.deadly[state]))
        strength -= risk
        yield env.timeout(stop - now)
        for place, (band, since) in enumerate(world.bands[state]):
            low = min(now + since, stop)
            more = world.bands[state][place + 1 :]
            high = min(now + more[0][1], stop) if more else stop
            if high > low:
                until, before = paid[band][high], paid[band][low]
                for party in range(7):
                    costs[party] += until[party] - before[party]
        if dies or stop >= months:
            return
        to = bisect_right(world.next[state][cell], word % WAYS)
        for party, amount in enumerate(world.moved[state][to][stop]):
            costs[party] += amount
        state = to


def lives_by_events(fate: Fate, count: int, seed: int) -> tuple[Floats, float]:
    """Costs [life, party], and the seconds they took without tables and draws; in batches that stay in the cache."""
    world, seconds, costs = World(fate), 0.0, []
    for first in range(0, count, BATCH):
        beyond = min(first + BATCH, count)
        words = draws_of(seed, first, beyond, LIVING, VISITS, MOST_VISITS).tolist()
        deaths = draws_of(seed, first, beyond, LIVING + 1, VISITS, 1)[:, LIVING, 0]
        strengths = (-np.log1p(-(2.0**-32) * (deaths >> np.uint64(32)))).tolist()
        batch = [world.begin.copy() for _ in range(beyond - first)]
        begun = time.perf_counter()
        env = simpy.Environment()
        for n, paid in enumerate(batch):
            env.process(life(env, world, words[n], strengths[n], paid))
        env.run()
        seconds += time.perf_counter() - begun
        costs += batch
    return np.array(costs), seconds
