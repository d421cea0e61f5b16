"""A programme with places, officials and a meeting rhythm: where is the queue, and what would one thing more change?

Day by day. Referrals arrive by chance at an even rate and wait, in order, for the next intake meeting that has room on
its agenda; then for a place *and* for a coordinator with room among her cases, whichever comes last. A stay has a
number of steps, and each step's end waits for the next team meeting. Then the place is free; the coordinator stays
for the time after. First come, first served: so each referral can be followed through in turn, with the days on
which places and coordinators' cases become free kept in two heaps, and no clock need tick.
"""

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from samverk.fates.book import INTERVAL
from samverk.fates.chance import key_of, upper, word_of
from samverk.fates.jit import Floats, kernel, split

DAYS_A_YEAR = 365.25
# What a referral can wait for longest.
CAUSES = ("intake", "place", "coordinator")


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """What a real programme has. Days are calendar days.

    referrals: a year; places; coordinators, each with hours of case work a week, of which a case takes case_hours;
    intake_every and agenda: days between intake meetings, and how many referrals one can take up; stay_days: mean
    length of the steps together, had no meeting been waited for; steps; team_every: days between team meetings;
    after_days: mean time for which the coordinator stays after the place is left.
    """

    referrals: float
    places: int
    coordinators: int
    hours: float
    case_hours: float
    intake_every: int
    agenda: int
    stay_days: float
    steps: int
    team_every: int
    after_days: float

    def __post_init__(self) -> None:
        counts = (self.places, self.coordinators, self.intake_every, self.agenda, self.steps, self.team_every)
        if min(counts) < 1:
            raise ValueError("places, coordinators, agenda, steps and days between meetings are at least one")
        if not (self.referrals > 0 and self.hours > 0 and self.case_hours > 0 and self.stay_days > 0):
            raise ValueError("referrals, hours and days are above zero")
        if self.after_days < 0:
            raise ValueError("the time after is no less than zero")
        if self.hours < self.case_hours:
            raise ValueError("a coordinator has hours for at least one case")

    @property
    def cases(self) -> int:
        """How many cases the coordinators can hold at once."""
        return self.coordinators * int(self.hours / self.case_hours + 1e-9)

    @property
    def load(self) -> Mapping[str, float]:
        """Referrals against what intake, places and coordinators can take: at 1 and above that queue grows for ever."""
        stay = self.stay_days + self.steps * (self.team_every - 1) / 2
        return {
            "intake": self.referrals * self.intake_every / (self.agenda * DAYS_A_YEAR),
            "place": self.referrals * stay / (self.places * DAYS_A_YEAR),
            "coordinator": self.referrals * (stay + self.after_days) / (self.cases * DAYS_A_YEAR),
        }


# A programme to begin with: invented, and to be replaced by a real one's numbers.
EXAMPLE = Programme(
    referrals=40,
    places=40,
    coordinators=3,
    hours=30,
    case_hours=2,
    intake_every=14,
    agenda=3,
    stay_days=240,
    steps=4,
    team_every=30,
    after_days=90,
)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over runs with its 95 per cent interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Waiting:
    """What came of it, per run first: days from referral to decision and to start, and where the queue is.

    to_start and to_decision: mean days; ninth: days within which nine of ten have started; waiting: people that wait
    at the end of the time; held: share of referrals whose last wait was for each of CAUSES; load as of the programme.
    """

    to_decision: Estimate
    to_start: Estimate
    ninth: Estimate
    waiting: Estimate
    held: Mapping[str, Estimate]
    load: Mapping[str, float]
    runs: Floats

    @property
    def bottleneck(self) -> str:
        """What most referrals wait for last."""
        return max(CAUSES, key=lambda cause: self.held[cause].value)


@dataclass(frozen=True, slots=True)
class Change:
    """What another programme changes, run for run with the same referrals and people: to minus from, in days."""

    to_start: Estimate
    ninth: Estimate
    waiting: Estimate


@kernel
def geometric(u: float, mean: float) -> int:
    """Whole days, at least one, memoryless with that mean."""
    if mean <= 1.0:
        return 1
    return 1 + int(np.log(1.0 - u) / np.log(1.0 - 1.0 / mean))


@kernel
def run(
    seed: int,
    first: int,
    beyond: int,
    days: int,
    warm: int,
    rate: float,
    places: int,
    cases: int,
    intake_every: int,
    agenda: int,
    stay: float,
    steps: int,
    team_every: int,
    after: float,
    out: Floats,
) -> None:
    """Runs first..beyond, each into out[run, (decision, start, ninth, waiting, intake, place, coordinator, counted)].

    Only referrals after the warm-up are counted; those that have not started by the end count with their wait so far.
    """
    room = int(days * rate * 2 + 200)
    waits = np.empty(room)
    for n in range(first, beyond):
        key = key_of(np.uint64(seed), np.uint64(n))
        free_places = [0] * places
        free_cases = [0] * cases
        meeting = 0
        taken = 0
        moment = 0.0
        counted = 0
        out[n] = 0.0
        for person in range(room):
            own = key_of(key, np.uint64(person))
            moment += -np.log(1.0 - upper(word_of(own, np.uint64(0)))) / rate
            arrived = int(moment)
            if arrived >= days:
                break
            meeting, taken = next_meeting(arrived, meeting, taken, intake_every, agenda)
            place = heapq.heappop(free_places)
            case = heapq.heappop(free_cases)
            start = max(meeting, place, case)
            done = finished(own, start, stay, steps, team_every)
            later = geometric(upper(word_of(own, np.uint64(1))), after) if after > 0.0 else 0
            heapq.heappush(free_places, done)
            heapq.heappush(free_cases, done + later)
            if start >= days:
                out[n, 3] += 1.0
            if arrived >= warm:
                waits[counted] = min(start, days) - arrived
                out[n, 0] += min(meeting, days) - arrived
                out[n, 1] += waits[counted]
                out[n, 4 + (0 if start == meeting else 1 if place >= case else 2)] += 1.0
                counted += 1
        out[n, 7] = counted
        if counted > 0:
            for column in (0, 1, 4, 5, 6):
                out[n, column] /= counted
            out[n, 2] = np.sort(waits[:counted])[min(int(0.9 * counted), counted - 1)]


@kernel
def next_meeting(arrived: int, meeting: int, taken: int, every: int, agenda: int) -> tuple[int, int]:
    """The first intake meeting after the day of the referral with room on its agenda, and how many it then has."""
    earliest = (arrived // every + 1) * every
    if earliest > meeting:
        return earliest, 1
    if taken >= agenda:
        return meeting + every, 1
    return meeting, taken + 1


@kernel
def finished(own: np.uint64, start: int, stay: float, steps: int, every: int) -> int:
    """The day on which the last step is decided to be over: each waits for the next team meeting."""
    day = start
    for step in range(steps):
        day += geometric(upper(word_of(own, np.uint64(2 + step))), stay / steps)
        day = (day + every - 1) // every * every
    return day


def wait(
    programme: Programme, *, years: int = 5, warm_years: int = 2, runs: int = 400, seed: int = 1, threads: int = 1
) -> Waiting:
    """The programme over so many years after a warm-up from empty, so many times; intervals are over the runs.

    The k-th referral of a run has the same arrival, steps and time after in every programme (`change`). Raises
    ValueError for fewer than two runs or no years.
    """
    if runs < 2 or years < 1 or warm_years < 0:
        raise ValueError("at least two runs and one year")
    out = np.zeros((runs, 8))
    warm, rate = round(warm_years * DAYS_A_YEAR), programme.referrals / DAYS_A_YEAR
    days = warm + round(years * DAYS_A_YEAR)

    def work(first: int, beyond: int) -> None:
        run(
            seed,
            first,
            beyond,
            days,
            warm,
            rate,
            programme.places,
            programme.cases,
            programme.intake_every,
            programme.agenda,
            programme.stay_days,
            programme.steps,
            programme.team_every,
            programme.after_days,
            out,
        )

    split(work, runs, threads)
    return Waiting(
        to_decision=estimate(out[:, 0]),
        to_start=estimate(out[:, 1]),
        ninth=estimate(out[:, 2]),
        waiting=estimate(out[:, 3]),
        held={cause: estimate(out[:, 4 + n]) for n, cause in enumerate(CAUSES)},
        load=programme.load,
        runs=out,
    )


def change(before: Waiting, after: Waiting) -> Change:
    """What changed, paired run by run. Raises ValueError when the two were not run equally often."""
    if before.runs.shape != after.runs.shape:
        raise ValueError("both programmes have to be run equally often, with the same seed and years")
    moved = after.runs - before.runs
    return Change(to_start=estimate(moved[:, 1]), ninth=estimate(moved[:, 2]), waiting=estimate(moved[:, 3]))


def what_if(
    programme: Programme, *, years: int = 5, runs: int = 400, seed: int = 1, threads: int = 1
) -> Mapping[str, tuple[Programme, Change]]:
    """What each of `one_thing_more` changes."""
    now = wait(programme, years=years, runs=runs, seed=seed, threads=threads)
    return {
        name: (other, change(now, wait(other, years=years, runs=runs, seed=seed, threads=threads)))
        for name, other in one_thing_more(programme).items()
    }


def one_thing_more(programme: Programme) -> Mapping[str, Programme]:
    """One thing more at a time: a coordinator, five places, intake and team meetings twice as often."""
    return {
        "coordinator": replace(programme, coordinators=programme.coordinators + 1),
        "places": replace(programme, places=programme.places + 5),
        "intake": replace(programme, intake_every=max(1, programme.intake_every // 2)),
        "team": replace(programme, team_every=max(1, programme.team_every // 2)),
    }


def estimate(values: Floats) -> Estimate:
    """Mean of independent runs with a normal 95 per cent interval."""
    mean, error = float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values)))
    return Estimate(mean, mean - INTERVAL * error, mean + INTERVAL * error)


def months_to_start(waiting: Waiting) -> tuple[float, float, float]:
    """The wait for a start in months, with its interval: what `wait_treatment` or `wait_training` may be set to."""
    month = DAYS_A_YEAR / 12
    start = waiting.to_start
    return start.value / month, start.low / month, start.high / month
