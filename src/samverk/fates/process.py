"""The way through the states, month by month: from assumptions to hazards and routes (formulas in docs/fates.md).

A stay of d whole months in a state ends at the end of its d-th month with a chance that depends on d alone; where it
leads depends on how it ended (`Exit`). That is a discrete semi-Markov process with competing exits.
"""

from dataclasses import dataclass

import numpy as np

from samverk.fates.jit import Floats, Ints, inline, kernel
from samverk.fates.states import EXITS, FALLS, LIVING, STATES, State

# The longest explicit stay in months: beyond the cells of its state a stay goes on with its last chance of ending.
LONGEST = 60
WAITING_CELLS = 24
RELAPSE_CELLS = 12
# Months of a job that count as its first (egon.md: "the first three months are the worst").
FIRST_MONTHS = 3
# No single risk a month is taken to be above this, so that three of them together leave something.
MOST = 0.3

# The assumptions that the process is made of, in the order in which the kernels read them.
READS: tuple[str, ...] = (
    "needs_treatment",
    "wait_treatment",
    "wait_training",
    "wait_work",
    "months_treatment",
    "limit_treatment",
    "months_training",
    "limit_training",
    "renew_training",
    "limit_subsidised",
    "renew_subsidised",
    "success_treatment",
    "success_training",
    "job_direct",
    "subsidy_to_job",
    "subsidy_lost",
    "job_loss",
    "job_loss_early",
    "job_loss_sick",
    "relapse_gap",
    "relapse_step",
    "months_relapse",
    "relapse_to_treatment",
    "sick_gap",
    "months_sick",
    "sick_back",
    "sick_pension",
    "pension_wait",
    "part_pension",
    "part_to_full",
    "mortality_40",
    "mortality_growth",
    "mortality_pension",
    "mortality_relapse",
    "way.wait",
    "way.direct",
    "way.parallel",
    "way.success",
    "way.relapse",
    "way.conflict",
    "way.pension",
    "way.back",
)
(
    NEEDS_TREATMENT, WAIT_TREATMENT, WAIT_TRAINING, WAIT_WORK, MONTHS_TREATMENT, LIMIT_TREATMENT, MONTHS_TRAINING,
    LIMIT_TRAINING, RENEW_TRAINING, LIMIT_SUBSIDISED, RENEW_SUBSIDISED, SUCCESS_TREATMENT, SUCCESS_TRAINING,
    JOB_DIRECT, SUBSIDY_TO_JOB, SUBSIDY_LOST, JOB_LOSS, JOB_LOSS_EARLY, JOB_LOSS_SICK, RELAPSE_GAP, RELAPSE_STEP,
    MONTHS_RELAPSE, RELAPSE_TO_TREATMENT, SICK_GAP, MONTHS_SICK, SICK_BACK, SICK_PENSION, PENSION_WAIT, PART_PENSION,
    PART_TO_FULL, MORTALITY_40, MORTALITY_GROWTH, MORTALITY_PENSION, MORTALITY_RELAPSE, WAY_WAIT, WAY_DIRECT,
    WAY_PARALLEL, WAY_SUCCESS, WAY_RELAPSE, WAY_CONFLICT, WAY_PENSION, WAY_BACK,
) = range(42)  # fmt: skip
# The states as plain numbers, which compiled code can index with.
ROUND, TREATMENT, GAP_TRAINING, TRAINING, GAP_WORK, SUBSIDISED, JOB, SICK, RELAPSE, HALF, FULL, DEAD = range(STATES)
END, BREAK, LIMIT = range(EXITS)


@dataclass(frozen=True, slots=True)
class Process:
    """One way of working as numbers. A chance is per month, given that the stay has lasted until then.

    end, broken [state, month of the stay]: chance that the stay ends as meant, or is broken off, at that month's end.
    cells [state]: explicit months; limited [state]: 1 if the last of them is a time limit, else its chances go on.
    route [exit, state, next]: where it leads; each row used sums to one. deadly [state]: mortality against others.
    """

    end: Floats
    broken: Floats
    cells: Ints
    limited: Ints
    route: Floats
    deadly: Floats

    def check(self) -> None:
        """Raises ValueError with the state's name when this is no process: chances outside 0..1 or routes that leak."""
        state, fault = faults(self.end, self.broken, self.cells, self.limited, self.route)
        if fault:
            raise ValueError(f"{State(state).name.lower()}: {FAULTS[fault]}")


LAST_FALL = FALLS[-1]
FAULTS = (
    "",
    f"a stay has 1 to {LONGEST} explicit months",
    "the chances of ending in a month have to lie between 0 and 1",
    f"without a limit its months have to be explicit up to its last price band, {LAST_FALL} of them",
    "the routes of each way out have to share out exactly one, and none leads to death",
)


@kernel
def faults(end: Floats, broken: Floats, cells: Ints, limited: Ints, route: Floats) -> tuple[int, int]:
    """The first state that is wrong and the place of what is wrong with it in FAULTS; (0, 0) if none is."""
    for i in range(LIVING):
        if not 1 <= cells[i] <= LONGEST:
            return i, 1
        if i == SUBSIDISED and not limited[i] and cells[i] < LAST_FALL:
            return i, 3
        ends = False
        breaks = False
        for d in range(cells[i]):
            fine = end[i, d] >= 0.0 and broken[i, d] >= 0.0 and end[i, d] + broken[i, d] <= 1.0 + 1e-12
            if not fine:
                return i, 2
            ends = ends or end[i, d] > 0.0
            breaks = breaks or broken[i, d] > 0.0
        used = (ends, breaks, limited[i] != 0)
        for how in range(EXITS):
            row = route[how, i]
            if used[how] and not (row.min() >= 0.0 and abs(row.sum() - 1.0) <= 1e-9 and row[DEAD] == 0.0):
                return i, 4
    return 0, 0


def empty() -> Process:
    """A process in which nobody ever leaves a state: to be filled."""
    return Process(
        end=np.zeros((LIVING, LONGEST)),
        broken=np.zeros((LIVING, LONGEST)),
        cells=np.ones(LIVING, dtype=np.int64),
        limited=np.zeros(LIVING, dtype=np.int64),
        route=np.zeros((EXITS, LIVING, STATES)),
        deadly=np.ones(LIVING),
    )


def process_of(values: Floats) -> Process:
    """The process of one way, from the values of READS in their order. Raises ValueError when they give none."""
    made = empty()
    assemble(values, made.end, made.broken, made.cells, made.limited, made.route, made.deadly)
    made.check()
    return made


@inline
def two_phases(mean: float, month: int) -> float:
    """Chance that a wait of that mean ends in its given month (1, 2, …): the sum of two equal geometric phases, less one.

    P(D = d) = d p² (1 - p)^(d - 1) with p = 2 / (mean + 1): it rises from p² towards p, as waits for a turn do.
    """
    p = 2.0 / (max(mean, 1.0) + 1.0)
    return month * p * p / (1.0 + (month - 1.0) * p)


@inline
def with_odds(share: float, ratio: float) -> float:
    """The share after its odds were multiplied."""
    return share * ratio / (1.0 - share + share * ratio)


@inline
def stays(end: Floats, broken: Floats, cells: Ints, state: int, months: int, mean: float, breaking: float) -> None:
    """A stay of two phases which can be broken off in any month."""
    cells[state] = months
    for d in range(months):
        broken[state, d] = breaking
        end[state, d] = (1.0 - breaking) * two_phases(mean, d + 1)


@inline
def pensioned(row: Floats, share: float, part: float) -> None:
    """The share that is pensioned, in halves and whole."""
    row[HALF] += share * part
    row[FULL] += share * (1.0 - part)


@inline
def to_work(row: Floats, share: float, direct: float, v: Floats) -> None:
    """The share that has a way to work: at once, or after a wait for a place."""
    row[JOB] += share * direct * v[JOB_DIRECT]
    row[SUBSIDISED] += share * direct * (1.0 - v[JOB_DIRECT])
    row[GAP_WORK] += share * (1.0 - direct)


@inline
def shared(row: Floats, relapse: float, conflict: float, sick: float) -> None:
    """Where a step leads that was broken off."""
    every = relapse + conflict + sick
    if every > 0.0:
        row[RELAPSE] = relapse / every
        row[ROUND] = conflict / every
        row[SICK] = sick / every


@kernel
def assemble(v: Floats, end: Floats, broken: Floats, cells: Ints, limited: Ints, route: Floats, deadly: Floats) -> None:
    """Fills the arrays of a Process from the values of READS. Whatever they held is overwritten."""
    route[:] = 0.0
    limited[:] = 0
    waits(v, end, broken, cells, route)
    # A step is broken by relapse, by another party's measure, and (but for treatment) by illness.
    relapse = min(v[RELAPSE_STEP] * v[WAY_RELAPSE], MOST)
    conflict = min(v[WAY_CONFLICT], MOST)
    sick = min(v[SICK_GAP], MOST)
    treatment(v, relapse, conflict, end, broken, cells, limited, route)
    training(v, relapse, conflict, sick, end, broken, cells, limited, route)
    subsidised(v, relapse, conflict, sick, end, broken, cells, limited, route)
    job(v, end, broken, cells, route)
    illness(v, relapse, end, broken, cells, route)
    pensions(v, end, broken, cells, route)
    deadly[:] = 1.0
    deadly[HALF] = v[MORTALITY_PENSION]
    deadly[FULL] = v[MORTALITY_PENSION]
    deadly[RELAPSE] = v[MORTALITY_RELAPSE]


@kernel
def waits(v: Floats, end: Floats, broken: Floats, cells: Ints, route: Floats) -> None:
    """Waits are broken by relapse, by illness, and by a pension that is decided while nothing happens."""
    relapse = min(v[RELAPSE_GAP] * v[WAY_RELAPSE], MOST)
    sick = min(v[SICK_GAP], MOST)
    pension = min(v[PENSION_WAIT] * v[WAY_PENSION], MOST)
    breaking = relapse + sick + pension
    stays(end, broken, cells, ROUND, WAITING_CELLS, v[WAIT_TREATMENT] * v[WAY_WAIT], breaking)
    stays(end, broken, cells, GAP_TRAINING, WAITING_CELLS, v[WAIT_TRAINING] * v[WAY_WAIT], breaking)
    stays(end, broken, cells, GAP_WORK, WAITING_CELLS, v[WAIT_WORK] * v[WAY_WAIT], breaking)
    for state in (ROUND, GAP_TRAINING, GAP_WORK):
        if breaking > 0.0:
            row = route[BREAK, state]
            row[RELAPSE] = relapse / breaking
            row[SICK] = sick / breaking
            pensioned(row, pension / breaking, v[PART_PENSION])
    treated = v[NEEDS_TREATMENT] * (1.0 - v[WAY_PARALLEL])
    route[END, ROUND, TREATMENT] = treated
    route[END, ROUND, TRAINING] = (1.0 - treated) * v[WAY_DIRECT]
    route[END, ROUND, GAP_TRAINING] = (1.0 - treated) * (1.0 - v[WAY_DIRECT])
    route[END, GAP_TRAINING, TRAINING] = 1.0
    to_work(route[END, GAP_WORK], 1.0, 1.0, v)


@kernel
def treatment(
    v: Floats,
    relapse: float,
    conflict: float,
    end: Floats,
    broken: Floats,
    cells: Ints,
    limited: Ints,
    route: Floats,
) -> None:
    """Treatment leads on to training, or back to the round."""
    stays(end, broken, cells, TREATMENT, whole_months(v[LIMIT_TREATMENT]), v[MONTHS_TREATMENT], relapse + conflict)
    limited[TREATMENT] = 1
    shared(route[BREAK, TREATMENT], relapse, conflict, 0.0)
    success = with_odds(v[SUCCESS_TREATMENT], v[WAY_SUCCESS])
    for how in (END, LIMIT):
        route[how, TREATMENT, TRAINING] = success * v[WAY_DIRECT]
        route[how, TREATMENT, GAP_TRAINING] = success * (1.0 - v[WAY_DIRECT])
        route[how, TREATMENT, ROUND] = 1.0 - success


@kernel
def training(
    v: Floats,
    relapse: float,
    conflict: float,
    sick: float,
    end: Floats,
    broken: Floats,
    cells: Ints,
    limited: Ints,
    route: Floats,
) -> None:
    """Training leads to work or back to the round; at its limit it may be decided anew."""
    months = whole_months(v[LIMIT_TRAINING])
    stays(end, broken, cells, TRAINING, months, v[MONTHS_TRAINING], relapse + conflict + sick)
    limited[TRAINING] = 1
    shared(route[BREAK, TRAINING], relapse, conflict, sick)
    success = with_odds(v[SUCCESS_TRAINING], v[WAY_SUCCESS])
    to_work(route[END, TRAINING], success, v[WAY_DIRECT], v)
    route[END, TRAINING, ROUND] = 1.0 - success
    over = 1.0 - v[RENEW_TRAINING]
    to_work(route[LIMIT, TRAINING], over * success, v[WAY_DIRECT], v)
    route[LIMIT, TRAINING, TRAINING] = v[RENEW_TRAINING]
    route[LIMIT, TRAINING, ROUND] = over * (1.0 - success)


@kernel
def subsidised(
    v: Floats,
    relapse: float,
    conflict: float,
    sick: float,
    end: Floats,
    broken: Floats,
    cells: Ints,
    limited: Ints,
    route: Floats,
) -> None:
    """Subsidised work turns into a job, is lost, or meets its limit; the subsidy falls by bands (`states.FALLS`)."""
    months = whole_months(v[LIMIT_SUBSIDISED])
    breaking = relapse + conflict + sick
    leaving = min(v[SUBSIDY_TO_JOB] + v[SUBSIDY_LOST], 1.0)
    cells[SUBSIDISED] = months
    limited[SUBSIDISED] = 1
    for d in range(months):
        broken[SUBSIDISED, d] = breaking
        end[SUBSIDISED, d] = (1.0 - breaking) * leaving
    shared(route[BREAK, SUBSIDISED], relapse, conflict, sick)
    if leaving > 0.0:
        route[END, SUBSIDISED, JOB] = v[SUBSIDY_TO_JOB] / (v[SUBSIDY_TO_JOB] + v[SUBSIDY_LOST])
        route[END, SUBSIDISED, GAP_WORK] = v[SUBSIDY_LOST] / (v[SUBSIDY_TO_JOB] + v[SUBSIDY_LOST])
    over = 1.0 - v[RENEW_SUBSIDISED]
    rest = over * (1.0 - v[JOB_DIRECT])
    route[LIMIT, SUBSIDISED, SUBSIDISED] = v[RENEW_SUBSIDISED]
    route[LIMIT, SUBSIDISED, JOB] = over * v[JOB_DIRECT]
    route[LIMIT, SUBSIDISED, HALF] = rest * v[PART_PENSION]
    route[LIMIT, SUBSIDISED, GAP_WORK] = rest * (1.0 - v[PART_PENSION])


@kernel
def job(v: Floats, end: Floats, broken: Floats, cells: Ints, route: Floats) -> None:
    """A job is lost to illness or for other reasons, and oftener in its first months."""
    cells[JOB] = FIRST_MONTHS + 1
    for d in range(FIRST_MONTHS + 1):
        broken[JOB, d] = 0.0
        end[JOB, d] = min(v[JOB_LOSS] * (v[JOB_LOSS_EARLY] if d < FIRST_MONTHS else 1.0), 1.0)
    route[END, JOB, SICK] = v[JOB_LOSS_SICK]
    route[END, JOB, GAP_WORK] = 1.0 - v[JOB_LOSS_SICK]


@kernel
def illness(v: Floats, relapse: float, end: Floats, broken: Floats, cells: Ints, route: Floats) -> None:
    """Sick leave ends in a pension, back in training, or in the round; relapse in treatment, back, or in the round."""
    stays(end, broken, cells, SICK, WAITING_CELLS, v[MONTHS_SICK], relapse)
    route[BREAK, SICK, RELAPSE] = 1.0
    pension = min(v[SICK_PENSION] * v[WAY_PENSION], 1.0)
    pensioned(route[END, SICK], pension, v[PART_PENSION])
    route[END, SICK, TRAINING] = (1.0 - pension) * v[SICK_BACK]
    route[END, SICK, ROUND] = (1.0 - pension) * (1.0 - v[SICK_BACK])
    stays(end, broken, cells, RELAPSE, RELAPSE_CELLS, v[MONTHS_RELAPSE], 0.0)
    route[END, RELAPSE, TRAINING] = v[WAY_BACK]
    route[END, RELAPSE, TREATMENT] = (1.0 - v[WAY_BACK]) * v[RELAPSE_TO_TREATMENT]
    route[END, RELAPSE, ROUND] = (1.0 - v[WAY_BACK]) * (1.0 - v[RELAPSE_TO_TREATMENT])


@kernel
def pensions(v: Floats, end: Floats, broken: Floats, cells: Ints, route: Floats) -> None:
    """A half pension may become whole; a whole one lasts."""
    for state in (HALF, FULL):
        cells[state] = 1
        broken[state, 0] = 0.0
    end[HALF, 0] = min(v[PART_TO_FULL], 1.0)
    end[FULL, 0] = 0.0
    route[END, HALF, FULL] = 1.0


@inline
def whole_months(value: float) -> int:
    """A time limit: whole months, at least one, and no longer than what is followed."""
    return min(max(int(value + 0.5), 1), LONGEST)
