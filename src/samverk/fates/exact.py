"""Expected months, flows and costs of one way, exactly: a renewal recursion, no simulation.

With E_i(t) the entries into state i at month t and M_i(t) the chance to be alive in i to t, the mass that has been d
whole months in i is E_i(t-d) / M_i(t-d) * S_i(d) * M_i(t), where S_i is the survivor function of the stay. Exits of each
kind are the same sum with S_i(d) h(d) in the place of S_i(d), and give the entries of month t+1 through the routes
(Howard 1971, "Dynamic probabilistic systems" II, ch. 10; with death as in Barbu and Limnios 2008).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from samverk.fates.costs import Costs
from samverk.fates.jit import Floats, Ints, inline, kernel, summing
from samverk.fates.process import LONGEST, Process
from samverk.fates.states import BAND_FROM, BANDS, EXITS, FIRST_BAND, LIVING, PARTIES, STATE_OF_BAND, STATES, State

DEAD = int(State.DEAD)
# Room for the longest stay in whole registers, and one month more.
ROOM = (LONGEST + 15) // 16 * 16 + 1


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of one way.

    share [month, state]: where she is, death included; flow [month, state, exit]: stays that end at the month's end;
    bands [month, band]: share by price band; costs [window, party]: SEK until each window, discounted as asked.
    """

    share: Floats
    flow: Floats
    bands: Floats
    windows: tuple[int, ...]
    costs: Floats

    def months(self, until: int | None = None) -> Floats:
        """Expected months in each state until that month, or to the end."""
        return np.asarray(self.share[:until].sum(axis=0))


@summing
def survivors(end: Floats, broken: Floats, cells: Ints, limited: Ints, surv: Floats, kinds: Floats) -> None:
    """surv[state, d]: chance to stay more than d months; kinds[exit, state, d]: chance to leave so at month d's end.

    Both are zero beyond a state's cells. kinds[LIMIT, state, 0] is the chance to meet the limit, and for a state
    without one the chance to outlast its cells.
    """
    surv[:] = 0.0
    kinds[:] = 0.0
    for i in range(LIVING):
        left = 1.0
        for d in range(cells[i]):
            surv[i, d] = left
            kinds[0, i, d] = left * end[i, d]
            kinds[1, i, d] = left * broken[i, d]
            left *= max(1.0 - end[i, d] - broken[i, d], 0.0)
        kinds[2, i, 0] = left


@summing
def lifelines(deadly: Floats, mortality: Floats, lives: Floats) -> None:
    """lives[month, state]: chance to live through the month there."""
    for t in range(mortality.shape[0]):
        for i in range(LIVING):
            if i > 0 and deadly[i] == deadly[i - 1]:
                lives[t, i] = lives[t, i - 1]
            elif deadly[i] == deadly[0] and i > 0:
                lives[t, i] = lives[t, 0]
            else:
                lives[t, i] = np.exp(-deadly[i] * mortality[t])


@inline
def sums(window: Floats, surv: Floats, ending: Floats, breaking: Floats, cells: int) -> tuple[float, float, float]:
    """Mass in the state, ending and breaking off, from the entries of each month back.

    In whole registers, over the zeros beyond the cells.
    """
    whole = 0.0
    ended = 0.0
    broke = 0.0
    for d in range(cells if cells <= 4 else (cells + 15) // 16 * 16):
        mass = window[d]
        whole += mass * surv[d]
        ended += mass * ending[d]
        broke += mass * breaking[d]
    return whole, ended, broke


@inline
def into_bands(window: Floats, surv: Floats, cells: int, state: int, whole: float, alive: float, bands: Floats) -> None:
    """Shares out a state's mass among its price bands; the last has the rest."""
    last = FIRST_BAND[state + 1] - 1
    rest = whole
    for band in range(FIRST_BAND[state], last):
        here = 0.0
        for d in range(BAND_FROM[band], min(cells, BAND_FROM[band + 1])):
            here += window[d] * surv[d]
        bands[band] = here * alive
        rest -= here
    bands[last] = max(rest, 0.0) * alive


@inline
def arrive(leaving: Floats, leads: Floats, coming: Floats) -> None:
    """Those who leave in a month are in the next one where their routes lead."""
    for j in range(LIVING):
        arriving = 0.0
        for k in range(leaving.shape[0]):
            arriving += leaving[k] * leads[j, k]
        coming[j] = arriving


@summing
def recursion(
    end: Floats,
    broken: Floats,
    cells: Ints,
    limited: Ints,
    route: Floats,
    deadly: Floats,
    mortality: Floats,
    begin: Floats,
    bands: Floats,
    flows: Floats,
    dead: Floats,
) -> None:
    """Fills bands[month, band], flows[month, state, exit] and dead[month]. mortality is the monthly rate by month."""
    months = mortality.shape[0]
    surv = np.empty((LIVING, ROOM))
    kinds = np.empty((EXITS, LIVING, ROOM))
    survivors(end, broken, cells, limited, surv, kinds)
    lives = np.empty((months, LIVING))
    lifelines(deadly, mortality, lives)
    # Entries are kept backwards in time, so that a stay's months lie side by side, and divided by the life so far.
    entries = np.zeros((LIVING, months + ROOM))
    tail, alive = np.zeros(LIVING), np.ones(LIVING)
    coming = begin.copy()
    wide = (EXITS * cells.shape[0] + 15) // 16 * 16
    leaving, leads = np.zeros(wide), np.zeros((LIVING, wide))
    for i in range(LIVING):
        for how in range(EXITS):
            leads[:, EXITS * i + how] = route[how, i, :LIVING]
    died = 0.0
    for t in range(months):
        now = months - 1 - t
        dead[t] = died
        for i in range(LIVING):
            entries[i, now] = coming[i] / alive[i]
        for i in range(LIVING):
            n = cells[i]
            window = entries[i, now:]
            whole, ended, broke = sums(window, surv[i], kinds[0, i], kinds[1, i], n)
            over = kinds[2, i, 0]
            limit = 0.0
            if limited[i]:
                limit = window[n - 1] * over
            else:
                # Stays that outlast the cells go on with the last cell's chances.
                going = tail[i] * (1.0 - end[i, n - 1] - broken[i, n - 1]) + window[n] * over
                tail[i] = going
                ended += going * end[i, n - 1]
                broke += going * broken[i, n - 1]
                whole += going
            into_bands(window, surv[i], n, i, whole, alive[i], bands[t])
            died += whole * alive[i] * (1.0 - lives[t, i])
            alive[i] *= lives[t, i]
            leaving[EXITS * i] = ended * alive[i]
            leaving[EXITS * i + 1] = broke * alive[i]
            leaving[EXITS * i + 2] = limit * alive[i]
            flows[t, i, 0] = leaving[EXITS * i]
            flows[t, i, 1] = leaving[EXITS * i + 1]
            flows[t, i, 2] = leaving[EXITS * i + 2]
        arrive(leaving, leads, coming)


@kernel
def bill(
    bands: Floats,
    flows: Floats,
    route: Floats,
    weights: Floats,
    monthly: Floats,
    one_off: Floats,
    start: Floats,
    windows: Ints,
    costs: Floats,
) -> None:
    """Fills costs[window, party]: what is paid in the months before each window. Windows rise."""
    months = bands.shape[0]
    stayed = np.zeros((2, bands.shape[1]))
    moved = np.zeros((LIVING, EXITS))
    w = 0
    for t in range(months):
        if t > 0:
            for i in range(LIVING):
                for how in range(EXITS):
                    moved[i, how] += flows[t - 1, i, how] * weights[1, t]
        for b in range(bands.shape[1]):
            stayed[0, b] += bands[t, b] * weights[0, t]
            stayed[1, b] += bands[t, b] * weights[1, t]
        while w < windows.shape[0] and t + 1 == windows[w]:
            total(stayed, moved, route, monthly, one_off, start, weights[1, 0], costs[w])
            w += 1


@kernel
def total(
    stayed: Floats,
    moved: Floats,
    route: Floats,
    monthly: Floats,
    one_off: Floats,
    start: Floats,
    first: float,
    costs: Floats,
) -> None:
    """Fills costs[party] from weighted months by growth and band, and weighted exits by state and kind."""
    for p in range(costs.shape[0]):
        costs[p] = start[p] * first
    for q in range(2):
        for b in range(stayed.shape[1]):
            for p in range(costs.shape[0]):
                costs[p] += stayed[q, b] * monthly[q, b, p]
    for i in range(LIVING):
        for j in range(STATES):
            going = 0.0
            for how in range(EXITS):
                going += moved[i, how] * route[how, i, j]
            if going > 0.0:
                for p in range(costs.shape[0]):
                    costs[p] += going * one_off[i, j, p]


def expected(
    process: Process,
    mortality: Floats,
    costs: Costs,
    weights: Floats,
    start: State = State.ROUND,
    windows: Sequence[int] = (),
) -> Expected:
    """The expectation over len(mortality) months, from the first month of a stay in the start state.

    mortality is the rate a month by month; weights [growth, month] come from `costs.weights`; windows are in months,
    rise, and are at most the number of months (the last month is added as a window if none are given). Raises
    ValueError otherwise.
    """
    months = len(mortality)
    asked = windows_of(windows, months)
    begin = np.zeros(LIVING)
    begin[start] = 1.0
    bands, flows, dead = np.empty((months, len(BANDS))), np.empty((months, LIVING, EXITS)), np.empty(months)
    recursion(
        process.end,
        process.broken,
        process.cells,
        process.limited,
        process.route,
        process.deadly,
        mortality,
        begin,
        bands,
        flows,
        dead,
    )
    paid = np.empty((len(asked), PARTIES))
    bill(bands, flows, process.route, weights, costs.monthly, costs.one_off, costs.start, np.array(asked), paid)
    share = np.empty((months, STATES))
    share[:, :LIVING] = np.add.reduceat(bands, FIRST_BAND[:-1], axis=1)
    share[:, DEAD] = dead
    return Expected(share=share, flow=flows, bands=bands, windows=asked, costs=paid)


def monthly_costs(found: Expected, process: Process, costs: Costs, weights: Floats) -> Floats:
    """Expected cost [month, party], each weighted as asked: their sum up to a window is that window's cost."""
    months = len(found.bands)
    paid = np.einsum("qt,tb,qbp->tp", weights[:, :months], found.bands, costs.monthly, optimize=True)
    leaving = np.einsum("kij,ijp->ikp", process.route, costs.one_off, optimize=True)
    paid[1:] += weights[1, 1:months, None] * np.einsum("tik,ikp->tp", found.flow[:-1], leaving, optimize=True)
    paid[0] += costs.start * weights[1, 0]
    return np.asarray(paid)


def windows_of(windows: Sequence[int], months: int) -> tuple[int, ...]:
    """The windows asked for, or the whole; raises ValueError when they fall or reach beyond the months."""
    asked = tuple(int(window) for window in windows) or (months,)
    if list(asked) != sorted(asked) or asked[0] < 1 or asked[-1] > months:
        raise ValueError(f"windows are months in order, between 1 and {months}, not {asked}")
    return asked


def state_of(band: int) -> State:
    """The state a price band belongs to."""
    return State(int(STATE_OF_BAND[band]))
