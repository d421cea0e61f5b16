"""Egon, three times: his sets give back his told months as likely paths, against the alternatives."""

from itertools import product

import numpy as np
import pytest

from samverk.fates.book import COLLABORATING, COUNTERACTING, INDEPENDENT, WAYS, standard
from samverk.fates.egon import EGON, HIS, PROJECTED, SETS, TOLD, path, told, told_path
from samverk.fates.states import LIVING, State
from samverk.fates.told import likelihood, log_chance, posterior
from tests.fates.worlds import a_fate


@pytest.mark.parametrize("way", WAYS)
def test_his_months_fit_his_own_set_best_and_are_ordinary_in_it(way: str) -> None:
    found = told(way)
    assert max(found.probable, key=lambda each: found.probable[each]) == way
    assert found.probable[way] > 0.8
    own = found.fits[way]
    assert own.typical - 3 * own.error > 0.05
    assert sum(found.probable.values()) == pytest.approx(1)


@pytest.mark.parametrize("way", WAYS)
def test_his_story_covers_the_clock_and_then_his_life_to_pension(way: str) -> None:
    assert len(path(TOLD[way])) == 24
    assert len(path(TOLD[way])) + len(path(PROJECTED[way])) == EGON.months


def test_what_the_source_tells_stands_in_the_paths() -> None:
    assert told_path(INDEPENDENT)[1:3] == (State.TREATMENT, State.TREATMENT)
    assert told_path(COUNTERACTING)[24] == State.PENSION
    assert told_path(COLLABORATING)[12:] == (State.SUBSIDISED,) * 12
    assert len(path(PROJECTED[COUNTERACTING])) == 252


def test_his_values_lie_within_the_ranges_of_the_book() -> None:
    every = {**HIS, **{name: value for way in WAYS for name, value in SETS[way].items()}}
    book = standard()
    assert all(book[name].low <= value <= book[name].high for name, value in every.items())
    assert all(name.startswith(way) for way in WAYS for name in SETS[way])


def test_chances_of_all_paths_sum_to_one() -> None:
    one = a_fate(months=12, mortality_40=0.1)
    process = one.process
    arrays = (process.end, process.broken, process.cells, process.limited, process.route, process.deadly)
    total = 0.0
    for rest in product(range(LIVING + 1), repeat=3):
        months = np.array([State.ROUND, *rest], dtype=np.uint8)
        total += np.exp(log_chance(months, *arrays, one.mortality))
    assert total == pytest.approx(1, abs=1e-12)


def test_the_chance_of_a_path_is_how_often_it_is_lived() -> None:
    one = a_fate(months=6, renew_training=0.9, wait_treatment=1, needs_treatment=0.3, independent__direct=0.15)
    lived = one.lives(100_000, seed=2, with_paths=True).paths
    assert lived is not None
    for months in (lived[0], lived[1], lived[7]):
        often = (lived == months).all(axis=1).mean()
        chance = np.exp(likelihood(one, [State(int(s)) for s in months], count=2).log_chance)
        assert abs(often - chance) <= 3.5 * np.sqrt(chance / 100_000)


def test_an_impossible_path_is_told_to_be_one() -> None:
    one = a_fate(months=12)
    assert likelihood(one, [State.ROUND, State.JOB], count=10).log_chance == -np.inf
    with pytest.raises(ValueError, match="impossible in every way"):
        posterior([-np.inf, -np.inf])
    with pytest.raises(ValueError, match="begins in round"):
        likelihood(one, [State.JOB], count=10)
