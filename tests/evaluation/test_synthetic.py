"""The generated worlds have the truth that they say they have."""

import numpy as np
import pytest

from samverk.evaluation.improvement import improvement
from samverk.evaluation.synthetic import Recipe, WorldRecipe, generate, generate_world
from samverk.evaluation.uncertainty import difference_interval


@pytest.mark.parametrize("skew", [False, True])
def test_the_participants_gain_what_was_put_in(skew: bool) -> None:
    """Told by the difference in change among many, where taking part says nothing else about them."""
    sample = generate(Recipe(people=40_000, selection=0.0, effect=3.0, skew=skew), np.random.default_rng(1)).sample
    gap = sample.change[sample.treated].mean() - sample.change[~sample.treated].mean()
    assert gap == pytest.approx(3.0, abs=0.1)


def test_a_worlds_truth_is_what_its_people_show() -> None:
    world = generate_world(WorldRecipe(people=4_000), np.random.default_rng(2))
    found = improvement([world.livelihood], world.book, world.windows)
    for account in ("state", "FK", "municipality", "employer", "participant", "AF"):
        values = found.of(account)
        got = difference_interval(values[world.treated], values[~world.treated], np.random.default_rng(3), draws=399)
        assert got.low <= world.truth[account] <= got.high
    assert sum(world.truth.values()) == pytest.approx(0, abs=1e-6)
    assert world.truth["FK"] > 10_000


def test_the_same_seed_gives_the_same_people() -> None:
    one, other = (generate(Recipe(teams=5, lost=0.2), np.random.default_rng(4)).sample for _ in range(2))
    assert one.after.tobytes() == other.after.tobytes()
    assert 0.1 < np.isnan(one.after).mean() < 0.3
    assert one.team is not None
    assert set(one.team) == set(range(5))
