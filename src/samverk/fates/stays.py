"""From what is known of a person by the day to stays in the model's states, each with how it ended and where it led.

What a measure led to is asked only where twelve months after it are known, or the case was closed with a destination:
otherwise those who succeed at once would be told of, and those who wait would not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from samverk.fates.states import PENSIONS, WORK, Exit, State

DAYS_A_MONTH = 365.25 / 12
# A shorter time between two steps is no wait: it would be no month.
LEAST_GAP = 15
AFTER = 365
# Which step counts on a day with several: the one that the person has come farthest with.
FARTHEST = (State.TREATMENT, State.TRAINING, State.PART_PENSION, State.SUBSIDISED, State.JOB, State.PENSION)
NOTHING = -1


@dataclass(frozen=True, slots=True)
class Step:
    """A measure, work or a pension from day start up to, not including, stop; broken: it was broken off."""

    state: State
    start: int
    stop: int
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one person, by the day: from her referral up to, not including, until.

    ended: her case was closed at until, and it is known where she went; to: that state, where it is one of the model.
    """

    steps: Sequence[Step]
    referred: int
    until: int
    ended: bool = False
    to: State | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay from its first day on. months: whole ones, at least one if it has ended.

    how: END or BREAK, None while it goes on when no more is known; next: where it led, None if that is not known.
    """

    person: int
    state: State
    months: int
    how: Exit | None = None
    next: State | None = None


@dataclass(frozen=True, slots=True)
class _Run:
    state: int
    start: int
    stop: int
    broken: bool


def stays(people: Sequence[Known]) -> tuple[Stay, ...]:
    """Every stay that began after the referral, person by person in the order given."""
    return tuple(stay for number, known in enumerate(people) for stay in _hers(number, known))


def _hers(person: int, known: Known) -> Iterator[Stay]:
    runs = _runs(known)
    for n, run in enumerate(runs):
        state = _state(runs, n, known)
        # What had begun before the referral has no first day here.
        if state is None or (n == 0 and run.state != NOTHING) or run.stop == run.start:
            continue
        if n == len(runs) - 1:
            yield Stay(person, state, int((run.stop - run.start) / DAYS_A_MONTH))
            continue
        after = _state(runs, n + 1, known)
        breaks = run.broken if run.state != NOTHING else runs[n + 1].state in PENSIONS
        if state in (State.TREATMENT, State.TRAINING):
            after = _led_to(runs, n, known)
        months = max(1, round((run.stop - run.start) / DAYS_A_MONTH))
        yield Stay(person, state, months, Exit.BREAK if breaks else Exit.END, after)
        then = runs[n + 1].state
        if state in (State.TREATMENT, State.TRAINING) and then in PENSIONS:
            # In the model a pension is decided while one waits: the wait was no longer than its one month.
            yield Stay(person, State.ROUND, 1, Exit.BREAK, State(then))


def _runs(known: Known) -> list[_Run]:
    """One state a day, in runs; short times between two steps belong to the one before."""
    length = max(known.until - known.referred, 0)
    days = np.full(length, NOTHING)
    for state in FARTHEST:
        for step in known.steps:
            if step.state is state:
                days[max(step.start - known.referred, 0) : max(step.stop - known.referred, 0)] = state
    ends = {(int(step.state), step.stop - known.referred) for step in known.steps if step.broken}
    edges = [0, *(int(edge) + 1 for edge in np.flatnonzero(np.diff(days))), length]
    runs: list[_Run] = []
    for start, stop in pairwise(edges):
        if start == stop:
            continue
        one = _Run(int(days[start]), start, stop, (int(days[start]), stop) in ends)
        brief = one.state == NOTHING and stop - start < LEAST_GAP and stop < length
        if runs and (brief or one.state == runs[-1].state):
            runs[-1] = _Run(runs[-1].state, runs[-1].start, stop, runs[-1].broken if brief else one.broken)
        else:
            runs.append(one)
    if known.to is not None and runs and runs[-1].state != known.to:
        runs.append(_Run(int(known.to), length, length, broken=False))
    return runs


def _state(runs: Sequence[_Run], n: int, known: Known) -> State | None:
    """The state of a run: a time without any step is named by what came before it; None where that cannot be told."""
    run = runs[n]
    if run.state != NOTHING:
        return State(run.state)
    before = runs[n - 1].state if n else NOTHING
    if before in WORK:
        return State.GAP_WORK
    return _led_to(runs, n - 1, known) if before in (State.TREATMENT, State.TRAINING) else State.ROUND


def _led_to(runs: Sequence[_Run], n: int, known: Known) -> State | None:
    """Where a measure led within twelve months: on, to the wait for what then came, or round again (`ROUND`)."""
    run = runs[n]
    if not known.ended and known.until - known.referred - run.stop < AFTER:
        return None
    later = [one for one in runs[n + 1 :] if one.state != NOTHING and one.start - run.stop <= AFTER]
    then = later[0] if later else None
    if then is None or not (then.state in WORK or (run.state == State.TREATMENT and then.state == State.TRAINING)):
        return State.ROUND
    if then.start == run.stop:
        return State(then.state)
    return State.GAP_WORK if then.state in WORK else State.GAP_TRAINING
