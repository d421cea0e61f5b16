"""The same process written by somebody else, as it were: in SimPy, month by month, from hazards, with its own chance."""

import random
from collections.abc import Generator
from typing import Any

import numpy as np
import simpy

from samverk.fates.answer import Fate
from samverk.fates.costs import band_at
from samverk.fates.jit import Floats
from samverk.fates.states import PARTIES, STATES, State


def person(env: Any, fate: Fate, chance: random.Random, costs: Floats, months: Floats) -> Generator[Any]:
    """One life: each month is paid for, then she dies, or stays, or leaves."""
    process, state, stay = fate.process, int(fate.person.start), 0
    monthly, one_off = fate.costs.monthly, fate.costs.one_off
    costs += fate.costs.start * fate.weights[1, 0]
    while env.now < len(fate.mortality):
        month = int(env.now)
        if state == State.DEAD:
            months[state] += 1
            yield env.timeout(1)
            continue
        band = band_at(State(state), stay)
        costs += monthly[0, band] * fate.weights[0, month] + monthly[1, band] * fate.weights[1, month]
        months[state] += 1
        yield env.timeout(1)
        if chance.random() < 1 - np.exp(-process.deadly[state] * fate.mortality[month]):
            state = int(State.DEAD)
            continue
        cell = min(stay, process.cells[state] - 1)
        end, broken = process.end[state, cell], process.broken[state, cell]
        at_limit = process.limited[state] and stay == process.cells[state] - 1
        u = chance.random()
        if u >= end + broken and not at_limit:
            stay += 1
            continue
        how = 0 if u < end else 1 if u < end + broken else 2
        to = chance.choices(range(STATES), process.route[how, state])[0]
        if env.now < len(fate.mortality):
            costs += one_off[state, to] * fate.weights[1, int(env.now)]
        state, stay = to, 0


def live(fate: Fate, count: int, seed: int) -> tuple[Floats, Floats]:
    """costs [life, party] to pension and months [life, state]."""
    costs, months = np.zeros((count, PARTIES)), np.zeros((count, STATES))
    chance = random.Random(seed)  # noqa: S311 - no secret
    env = simpy.Environment()
    for n in range(count):
        env.process(person(env, fate, chance, costs[n], months[n]))
    env.run()
    return costs, months
