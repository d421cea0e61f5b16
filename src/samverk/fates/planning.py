"""A plan for a programme: how it waits now, and with each of some changes, run for run with the same referrals."""

from collections.abc import Mapping
from dataclasses import dataclass

from samverk.fates.queueing import Change, Programme, Waiting, change, wait

# What may be asked of each of a programme's numbers, ends included: beyond these the simulation would not end in time.
ENDS: Mapping[str, tuple[float, float]] = {
    "referrals": (1, 1000),
    "places": (1, 1000),
    "coordinators": (1, 200),
    "hours": (1, 60),
    "case_hours": (0.25, 60),
    "intake_every": (1, 365),
    "agenda": (1, 200),
    "stay_days": (1, 2000),
    "steps": (1, 20),
    "team_every": (1, 365),
    "after_days": (0, 2000),
}
WHOLE = frozenset({"places", "coordinators", "intake_every", "agenda", "steps", "team_every"})


@dataclass(frozen=True, slots=True)
class Plan:
    """A programme, the changes that are asked about by name, and how long and often each is run.

    years: those that are counted, after warm_years from empty.
    """

    programme: Programme
    changes: Mapping[str, Programme]
    years: int = 5
    warm_years: int = 2
    runs: int = 400
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """A programme and its waiting; change is against the programme as it is now."""

    programme: Programme
    waiting: Waiting
    change: Change


def outcomes(plan: Plan, *, threads: int = 1) -> tuple[Waiting, Mapping[str, Outcome]]:
    """The waiting as it is, and with each change. The same plan gives the same figures at any number of threads."""

    def waited(programme: Programme) -> Waiting:
        return wait(
            programme,
            years=plan.years,
            warm_years=plan.warm_years,
            runs=plan.runs,
            seed=plan.seed,
            threads=threads,
        )

    now = waited(plan.programme)
    after = {name: (other, waited(other)) for name, other in plan.changes.items()}
    return now, {name: Outcome(other, then, change(now, then)) for name, (other, then) in after.items()}
