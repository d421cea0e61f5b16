"""Planning: the queue is that of a SimPy model, and more of anything never makes it longer."""

import random
from collections.abc import Generator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import simpy

from samverk.fates.queueing import EXAMPLE, Programme, change, months_to_start, wait, what_if


def days(chance: random.Random, mean: float) -> int:
    length = 1
    while mean > 1 and chance.random() > 1 / mean:
        length += 1
    return length


def simpy_waits(programme: Programme, until: int, seed: int) -> list[int]:
    """Days from referral to start of everyone who came, waiting ones up to the end: with resources and a meeting."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    env = simpy.Environment()
    places, cases = simpy.Resource(env, programme.places), simpy.Resource(env, programme.cases)
    queue: list[int] = []
    waits: list[int] = []

    def held(request: Any, resource: Any, time: int) -> Generator[Any]:
        yield env.timeout(time)
        resource.release(request)

    def person(arrived: int) -> Generator[Any]:
        place, case = places.request(), cases.request()
        mine = len(waits)
        waits.append(until - arrived)
        yield place & case
        waits[mine] = int(env.now) - arrived
        day = int(env.now)
        for _ in range(programme.steps):
            day += days(chance, programme.stay_days / programme.steps)
            day = -(-day // programme.team_every) * programme.team_every
        after = days(chance, programme.after_days) if programme.after_days else 0
        env.process(held(place, places, day - int(env.now)))
        env.process(held(case, cases, day + after - int(env.now)))

    def meetings() -> Generator[Any]:
        while True:
            yield env.timeout(programme.intake_every)
            # After those who leave on this day, and before those who come.
            yield env.timeout(0)
            for _ in range(min(programme.agenda, len(queue))):
                env.process(person(queue.pop(0)))

    def referrals() -> Generator[Any]:
        moment = 0.0
        while True:
            moment += chance.expovariate(programme.referrals / 365.25)
            yield env.timeout(int(moment) + 0.5 - env.now)
            queue.append(int(moment))

    env.process(meetings())
    env.process(referrals())
    env.run(until)
    return waits + [until - arrived for arrived in queue]


@pytest.mark.parametrize("changed", [{}, {"places": 33}, {"coordinators": 2, "referrals": 25}, {"agenda": 1}])
def test_the_wait_is_that_of_simpy_within_three_standard_errors(changed: dict[str, Any]) -> None:
    programme = replace(EXAMPLE, **changed)
    runs = [np.mean(simpy_waits(programme, round(3 * 365.25), seed)) for seed in range(60)]
    ours = wait(programme, years=3, warm_years=0, runs=600).runs[:, 1]
    error = np.hypot(np.std(runs, ddof=1) / np.sqrt(60), ours.std(ddof=1) / np.sqrt(600))
    assert abs(np.mean(runs) - ours.mean()) <= 3 * error


@pytest.mark.parametrize(
    "more",
    [{"places": 45}, {"coordinators": 4}, {"agenda": 4}, {"hours": 40}, {"after_days": 45}, {"referrals": 30}],
)
def test_more_of_anything_never_makes_the_wait_longer(more: dict[str, Any]) -> None:
    moved = change(wait(EXAMPLE, runs=60), wait(replace(EXAMPLE, **more), runs=60))
    assert moved.to_start.value <= 0


def test_with_room_for_all_one_waits_for_the_meeting_alone() -> None:
    roomy = replace(EXAMPLE, places=400, coordinators=40, agenda=50)
    found = wait(roomy, runs=200)
    assert found.to_start.low <= 7.5 <= found.to_start.high
    assert found.held["intake"].value == 1
    assert found.bottleneck == "intake"


def test_the_bottleneck_is_what_there_is_too_little_of() -> None:
    assert wait(replace(EXAMPLE, coordinators=2), runs=40).bottleneck == "coordinator"
    assert wait(replace(EXAMPLE, places=25, coordinators=9), runs=40).bottleneck == "place"
    assert replace(EXAMPLE, coordinators=2).load["coordinator"] > 1


def test_one_more_coordinator_or_a_meeting_more_often_is_told_with_intervals() -> None:
    found = what_if(EXAMPLE, runs=60)
    assert set(found) == {"coordinator", "places", "intake", "team"}
    for _, moved in found.values():
        assert moved.to_start.low <= moved.to_start.value <= moved.to_start.high
    assert found["coordinator"][1].to_start.high < 0


def test_the_bits_are_the_same_at_any_number_of_threads() -> None:
    assert wait(EXAMPLE, runs=30).runs.tobytes() == wait(EXAMPLE, runs=30, threads=3).runs.tobytes()


def test_a_wait_can_be_put_into_the_fates() -> None:
    value, low, high = months_to_start(wait(EXAMPLE, runs=40))
    assert 0 < low < value < high < 12


def test_a_programme_without_anything_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        replace(EXAMPLE, places=0)
    with pytest.raises(ValueError, match="hours for at least one case"):
        replace(EXAMPLE, hours=1.0)
