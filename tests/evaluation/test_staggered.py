"""Different starts: the mean effect is found, and people who moved otherwise before are refused."""

import numpy as np
import pytest

from samverk.evaluation.calendar import Floats
from samverk.evaluation.problems import Invalid, Refused
from samverk.evaluation.staggered import Staggered, staggered_effect

PERIODS = 5


def made(seed: int, *, effect: float, drift: float = 0.0, first: int = 1) -> Staggered:
    generator = np.random.default_rng(seed)
    people = 400
    trait = generator.normal(size=people)
    started = np.where(generator.random(people) < 1 / (1 + np.exp(-trait)), generator.choice([3, 4], people), 0)
    person = np.repeat(np.arange(people), PERIODS)
    period = np.tile(np.arange(first, PERIODS + first), people)
    outcome: Floats = (
        np.repeat(generator.normal(0, 3, people), PERIODS)
        + (0.5 + 0.3 * trait[person]) * period
        + drift * period * (started[person] > 0)
        + effect * ((started[person] > 0) & (period >= started[person]))
        + generator.normal(size=person.size)
    )
    return staggered_effect(person, period, started[person], outcome, covariates={"trait": trait[person]})


@pytest.mark.parametrize("truth", [0.0, 2.0])
def test_the_truth_is_found(truth: float) -> None:
    found = [made(seed, effect=truth) for seed in (1, 2, 3)]
    assert np.mean([one.estimate for one in found]) == pytest.approx(truth, abs=0.25)
    assert all(one.error < 0.25 for one in found)
    assert {group.started for group in found[0].groups} == {3, 4}


def test_who_moved_otherwise_before_is_refused() -> None:
    with pytest.raises(Refused, match="did not move like the others before"):
        made(1, effect=0.0, drift=1.0)


def test_the_same_data_give_the_same_bits() -> None:
    assert made(4, effect=1.0) == made(4, effect=1.0)


def test_periods_start_at_one() -> None:
    with pytest.raises(Invalid, match="numbered from 1"):
        made(1, effect=0.0, first=0)
