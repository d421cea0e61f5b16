"""The recursion is exact, and lives agree with it: ours, and those of a SimPy model of the same process."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverk.fates.book import WAYS
from samverk.fates.costs import Rates, weights
from samverk.fates.exact import expected, monthly_costs
from samverk.fates.lives import mean_and_error, simulate
from samverk.fates.process import Process
from samverk.fates.states import LIVING, State
from tests.fates import simpy_model
from tests.fates.worlds import a_fate, processes, random_costs, step_by_step

MORTALITY = np.linspace(0.001, 0.02, 90)
WEIGHTS = weights(90, Rates(((0, 0.05), (3, 0.02))), 0.01)


@settings(max_examples=25)
@given(processes(), st.sampled_from([State.ROUND, State.SUBSIDISED, State.JOB]))
def test_the_recursion_is_what_moving_all_mass_month_by_month_gives(process: Process, start: State) -> None:
    found = expected(process, MORTALITY, random_costs(1), WEIGHTS, start)
    np.testing.assert_allclose(found.share, step_by_step(process, MORTALITY, start), atol=1e-12)
    np.testing.assert_allclose(found.share.sum(axis=1), 1, atol=1e-12)


@settings(max_examples=25)
@given(processes())
def test_monthly_costs_add_up_to_each_window(process: Process) -> None:
    found = expected(process, MORTALITY, random_costs(2), WEIGHTS, windows=(24, 60, 60, 90))
    monthly = monthly_costs(found, process, random_costs(2), WEIGHTS)
    running = np.cumsum(monthly, axis=0)
    np.testing.assert_allclose(found.costs, running[[23, 59, 59, 89]], rtol=1e-9, atol=1e-6)


@settings(max_examples=10)
@given(processes(), st.integers(0, 2**31))
def test_made_up_processes_are_lived_as_they_are_expected(process: Process, seed: int) -> None:
    found = expected(process, MORTALITY, random_costs(3), WEIGHTS, windows=(30, 90))
    lived = simulate(process, MORTALITY, random_costs(3), WEIGHTS, count=40_000, seed=seed, windows=(30, 90))
    mean, error = mean_and_error(lived.costs)
    # Ten worlds of fourteen figures: within 4.5 standard errors all of them, were each right.
    assert (np.abs(mean - found.costs) <= 4.5 * error + 1e-3).all()


@pytest.mark.parametrize("way", WAYS)
def test_exact_is_simulated_within_three_standard_errors(way: str) -> None:
    one = a_fate(way, months=240)
    found, lived = one.expected(), one.lives(60_000, seed=1)
    mean, error = mean_and_error(lived.costs)
    assert (np.abs(mean - found.costs) <= 3 * error + 1e-6).all()
    months, error = mean_and_error(lived.months.astype(float))
    assert (np.abs(months - found.months()) <= 3 * error).all()


@pytest.mark.parametrize("way", WAYS)
def test_simpy_is_exact_and_simulated_within_three_standard_errors(way: str) -> None:
    one = a_fate(way, months=60)
    costs, months = simpy_model.live(one, 1_500, seed=3)
    ours = one.lives(60_000, seed=2)
    mean, error = mean_and_error(costs)
    assert (np.abs(mean - one.expected().costs[-1]) <= 3 * error + 1e-6).all()
    lived, other = mean_and_error(ours.costs[:, -1])
    assert (np.abs(mean - lived) <= 3 * np.hypot(error, other) + 1e-6).all()
    spent, error = mean_and_error(months)
    assert (np.abs(spent - one.expected().months()) <= 3 * error + 1e-9).all()


def test_a_path_is_the_months_and_the_costs_of_its_life() -> None:
    one = a_fate(months=60)
    lived = one.lives(300, seed=5, with_paths=True)
    assert lived.paths is not None
    counted = np.stack([(lived.paths == state).sum(axis=1) for state in range(LIVING + 1)], axis=1)
    np.testing.assert_array_equal(counted, lived.months)
    assert (lived.paths[:, 0] == State.ROUND).all()


def test_death_is_for_ever_and_costs_nothing() -> None:
    one = a_fate(months=240, mortality_40=0.5)
    lived = one.lives(500, seed=6, with_paths=True)
    assert lived.paths is not None
    dead = lived.paths == State.DEAD
    assert dead.any()
    assert (np.diff(dead.astype(int), axis=1) >= 0).all()
    early = dead[:, 23]
    np.testing.assert_array_equal(lived.costs[early, 0], lived.costs[early, -1])
