"""Fates for the tests: the shipped book, and processes that hypothesis makes up."""

import numpy as np
from hypothesis import strategies as st

from samverk.fates.answer import Fate, Question, fate
from samverk.fates.book import INDEPENDENT
from samverk.fates.costs import Costs
from samverk.fates.jit import Floats
from samverk.fates.person import Person
from samverk.fates.process import Process, empty
from samverk.fates.states import EXITS, LIVING, State


def a_fate(way: str = INDEPENDENT, *, months: int = 120, person: Person | None = None, **values: float) -> Fate:
    """The way of a person aged 45 over some months; values by assumption with `_` for the dot of a way."""
    who = person or Person(age=45 * 12, pension_age=45 * 12 + months, values=dotted(values))
    return fate(Question(persons=(who,)), who, way)


def dotted(values: dict[str, float]) -> dict[str, float]:
    """`collaborating__wait` is the assumption collaborating.wait."""
    return {name.replace("__", "."): value for name, value in values.items()}


def random_costs(seed: int) -> Costs:
    """Costs without any pattern, one-off and monthly, by both growths."""
    rng = np.random.default_rng(seed)
    made = Costs()
    made.monthly[:] = rng.normal(0, 10_000, made.monthly.shape)
    made.one_off[:] = rng.normal(0, 3_000, made.one_off.shape)
    made.start[:] = rng.normal(0, 3_000, made.start.shape)
    return made


@st.composite
def processes(draw: st.DrawFn) -> Process:
    """Any process: with and without limits, long and short cells, states that lead anywhere."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    made = empty()
    for i in range(LIVING):
        cells = int(draw(st.sampled_from([1, 2, 5, 16, 17, 60])))
        made.cells[i] = cells
        made.limited[i] = int(draw(st.booleans()) or (i == State.SUBSIDISED and cells < 24))
        made.end[i, :cells] = rng.uniform(0, 0.5, cells) * (rng.random(cells) < 0.7)
        made.broken[i, :cells] = rng.uniform(0, 0.3, cells) * (rng.random(cells) < 0.5)
        for how in range(EXITS):
            to = rng.dirichlet(np.full(LIVING, 0.4))
            made.route[how, i, :LIVING] = to / to.sum()
        made.deadly[i] = rng.choice([0.0, 1.0, 1.7, 4.0])
    made.check()
    return made


def step_by_step(process: Process, mortality: Floats, start: State) -> Floats:
    """share [month, state], slowly: all the mass by state and month of the stay is moved once a month."""
    months = len(mortality)
    mass = np.zeros((LIVING, months + 1))
    mass[start, 0] = 1.0
    share, dead = np.zeros((months, LIVING + 1)), 0.0
    for t in range(months):
        share[t, :LIVING], share[t, LIVING] = mass.sum(axis=1), dead
        later = np.zeros_like(mass)
        stay = np.arange(t + 1)
        for i in range(LIVING):
            lives = np.exp(-process.deadly[i] * mortality[t])
            cell = np.minimum(stay, process.cells[i] - 1)
            end, broken = process.end[i, cell], process.broken[i, cell]
            going = np.maximum(1 - end - broken, 0)
            last = np.where(process.limited[i] & (stay == process.cells[i] - 1), going, 0.0)
            here = mass[i, : t + 1]
            dead += (here * (1 - lives)).sum()
            later[i, 1 : t + 2] = here * lives * (going - last)
            for how, leaving in enumerate((end, broken, last)):
                later[:, 0] += (here * lives * leaving).sum() * process.route[how, i, :LIVING]
        mass = later
    return share
