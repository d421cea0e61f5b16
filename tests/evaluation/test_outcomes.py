"""The whole way: from spells and prices to an effect whose truth is known."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from samverk.evaluation.calendar import day_number
from samverk.evaluation.comparison import Comparison
from samverk.evaluation.effects import effect
from samverk.evaluation.outcomes import Period, sample_of
from samverk.evaluation.problems import Invalid
from samverk.evaluation.sample import Sample
from samverk.evaluation.synthetic import World, WorldRecipe, generate_world


def period(world: World, start: date, stop: date) -> Period:
    n = world.treated.size
    return np.full(n, day_number(start), dtype=np.int32), np.full(n, day_number(stop), dtype=np.int32)


def made(world: World, account: str) -> Sample:
    return sample_of(
        [world.livelihood],
        world.book,
        account,
        world.windows.people,
        world.treated,
        before=[period(world, date(2018, 1, 1), date(2018, 7, 1)), period(world, date(2018, 7, 1), date(2019, 1, 1))],
        after=period(world, date(2019, 1, 1), date(2021, 1, 1)),
    )


@pytest.mark.parametrize("account", ["FK", "employer", "participant", "state", "municipality", "AF"])
def test_the_effect_on_each_party_is_the_one_put_in(account: str) -> None:
    world = generate_world(WorldRecipe(people=2_000), np.random.default_rng(1))
    got = effect(made(world, account), Comparison.RANDOMISED)
    assert got.low <= world.truth[account] <= got.high
    assert got.error < 8_000


def test_a_programme_that_does_nothing_is_found_to_do_nothing() -> None:
    recipe = WorldRecipe(people=2_000, leaves=0.03, leaves_with_programme=0.03)
    world = generate_world(recipe, np.random.default_rng(2))
    assert world.truth["FK"] == 0
    for comparison in (Comparison.RANDOMISED, Comparison.DIFFERENCE_IN_DIFFERENCES):
        got = effect(made(world, "FK"), comparison)
        assert got.low < 0 < got.high


def test_all_parties_together_only_money_moved() -> None:
    sample = made(generate_world(WorldRecipe(people=100), np.random.default_rng(3)), "society")
    assert sample.after == pytest.approx(np.zeros(100), abs=1e-6)


def test_who_is_not_seen_after_has_dropped_out_and_who_was_not_seen_before_is_told() -> None:
    world = generate_world(WorldRecipe(people=100), np.random.default_rng(4))
    until = world.livelihood.observed_until.copy()
    until[7] = day_number(date(2019, 1, 10))
    sample = made(replace(world, livelihood=replace(world.livelihood, observed_until=until)), "FK")
    assert np.flatnonzero(~sample.observed).tolist() == [7]
    until[7] = day_number(date(2018, 7, 10))
    with pytest.raises(Invalid, match="row 8, before: not observed"):
        made(replace(world, livelihood=replace(world.livelihood, observed_until=until)), "FK")


def test_an_account_that_does_not_exist_is_told() -> None:
    with pytest.raises(Invalid, match="'FKK' is none of"):
        made(generate_world(WorldRecipe(people=10), np.random.default_rng(5)), "FKK")
