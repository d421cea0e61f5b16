"""Intervals cover as they say, on people whose truth is known; draws of prices are what the book says."""

import numpy as np
import pytest

from samverk.evaluation.comparison import Comparison
from samverk.evaluation.effects import change, effect
from samverk.evaluation.problems import Refused
from samverk.evaluation.synthetic import Recipe, generate
from samverk.evaluation.uncertainty import bootstrap_weights, difference_interval, mean_interval

BETWEEN = (0.93, 0.97)


def covered(hits: list[bool]) -> float:
    return float(np.mean(hits))


@pytest.mark.slow
@pytest.mark.parametrize(("people", "teams"), [(80, 0), (300, 25)])
def test_the_bootstrap_covers_the_mean_of_skewed_costs(people: int, teams: int) -> None:
    generator = np.random.default_rng(people + teams)
    hits = []
    for _ in range(800):
        team = generator.integers(0, teams, people) if teams else None
        values = generator.gamma(1.0, 10_000.0, people)
        if team is not None:
            values += generator.normal(0, 4_000, teams)[team]
        got = mean_interval(values, generator, team=team, draws=299)
        hits.append(got.low <= 10_000 <= got.high)
    assert BETWEEN[0] <= covered(hits) <= BETWEEN[1]


@pytest.mark.slow
def test_the_bootstrap_covers_the_difference_of_two_groups() -> None:
    generator = np.random.default_rng(3)
    hits = []
    for _ in range(800):
        one, other = generator.gamma(1.0, 10_000.0, 80), generator.gamma(2.0, 4_000.0, 120)
        got = difference_interval(one, other, generator, draws=299)
        hits.append(got.low <= 2_000 <= got.high)
    assert BETWEEN[0] <= covered(hits) <= BETWEEN[1]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("comparison", "recipe"),
    [
        (Comparison.DOUBLY_ROBUST, Recipe(people=300, selection=0.7, effect=2.0, skew=True)),
        (Comparison.DIFFERENCE_IN_DIFFERENCES, Recipe(people=300, selection=0.0, effect=2.0)),
        (Comparison.RANDOMISED, Recipe(people=300, selection=0.0, effect=2.0, skew=True, lost=0.1)),
    ],
)
def test_effects_are_covered(comparison: Comparison, recipe: Recipe) -> None:
    generator = np.random.default_rng(4)
    hits = []
    for _ in range(500):
        made = generate(recipe, generator)
        try:
            got = effect(made.sample, comparison)
        except Refused:
            continue
        hits.append(got.low <= made.truth <= got.high)
    assert len(hits) > 425
    assert BETWEEN[0] <= covered(hits) <= BETWEEN[1]


def test_the_same_generator_gives_the_same_bits() -> None:
    values = np.random.default_rng(5).gamma(1.0, 10.0, 100)
    one, other = (mean_interval(values, np.random.default_rng(6)) for _ in range(2))
    assert one == other
    assert one != mean_interval(values, np.random.default_rng(7))


def test_a_team_is_drawn_whole() -> None:
    team = np.array([3, 3, 8, 8, 8, 9])
    weights = np.concatenate(list(bootstrap_weights(6, 50, np.random.default_rng(1), team=team)))
    assert weights.shape == (50, 6)
    assert (weights[:, 0] == weights[:, 1]).all()
    assert (weights[:, 2] == weights[:, 4]).all()
    assert (weights[:, [0, 2, 5]].sum(axis=1) == 3).all()


def test_weights_come_in_portions_but_are_as_many() -> None:
    portions = list(bootstrap_weights(1_500_000, 5, np.random.default_rng(1)))
    assert [len(portion) for portion in portions] == [2, 2, 1]
    assert all((portion.sum(axis=1) == 1_500_000).all() for portion in portions)


def test_few_teams_are_told() -> None:
    values, generator = np.arange(40.0), np.random.default_rng(1)
    assert mean_interval(values, generator, team=np.arange(40) % 9).few_teams
    assert not mean_interval(values, generator, team=np.arange(40) % 10).few_teams
    with pytest.raises(Refused, match="at least two"):
        mean_interval(values, generator, team=np.zeros(40, dtype=np.int64))
    with pytest.raises(Refused, match="in each group"):
        difference_interval(values, values[:1], generator)


def test_what_does_not_vary_has_no_interval() -> None:
    got = mean_interval(np.full(10, 7.0), np.random.default_rng(1))
    assert (got.low, got.estimate, got.high) == (7, 7, 7)


def test_weights_count_as_people() -> None:
    values = np.array([1.0, 2.0, 6.0])
    got = mean_interval(values, np.random.default_rng(1), weights=np.array([1.0, 1.0, 2.0]))
    assert got.estimate == pytest.approx(15 / 4)


@pytest.mark.slow
def test_a_change_is_covered_by_team() -> None:
    generator = np.random.default_rng(8)
    hits = []
    for _ in range(500):
        made = generate(Recipe(people=300, teams=25, selection=0.0, effect=1.0), generator)
        got = change(made.sample)
        hits.append(got.low <= 1.0 <= got.high)
    assert BETWEEN[0] <= covered(hits) <= BETWEEN[1]
