"""Who is lost is shown, weighed up for, and bounded at worst and best."""

from dataclasses import replace

import numpy as np
import pytest

from samverk.evaluation.dropout import drop_out, staying_weights, worst_and_best
from samverk.evaluation.problems import Invalid
from samverk.evaluation.sample import Sample
from samverk.evaluation.synthetic import Recipe, generate


def by_hand() -> Sample:
    """Two took part, one of whom was lost; three did not."""
    after = np.array([3.0, np.nan, 1.0, 2.0, 3.0])
    return Sample(np.array([True, True, False, False, False]), np.ones((5, 2)), after)


def test_the_shares_lost_are_by_group() -> None:
    lost = drop_out(by_hand())
    assert (lost.treated, lost.control, lost.total, lost.difference) == (0.5, 0.0, 0.2, 0.5)


def test_bounds_hold_the_worst_and_the_best() -> None:
    bounds = worst_and_best(by_hand(), 0.0, 10.0)
    assert bounds.lowest == pytest.approx((2 - 1) / 2 - 1)
    assert bounds.highest == pytest.approx((2 + 9) / 2 - 1)
    with pytest.raises(Invalid, match="every outcome lies between"):
        worst_and_best(by_hand(), 0.0, 2.5)


def test_bounds_hold_the_truth_however_people_were_lost() -> None:
    whole = generate(Recipe(people=500, effect=1.0), np.random.default_rng(1)).sample
    low, high = whole.after.min(), whole.after.max()
    full = worst_and_best(whole, low, high)
    assert full.lowest == pytest.approx(full.highest)
    unkind = np.where((whole.after > np.quantile(whole.after, 0.8)) & whole.treated, np.nan, whole.after)
    bounds = worst_and_best(replace(whole, after=unkind), low, high)
    assert bounds.lowest < full.lowest < bounds.highest
    seen = ~np.isnan(unkind)
    naive = whole.change[seen & whole.treated].mean() - whole.change[~whole.treated].mean()
    assert naive < full.lowest - 0.4  # what the bounds guard against


def test_weights_bring_back_the_mean_of_those_who_were_lost() -> None:
    recipe = Recipe(people=20_000, lost=0.3, selection=0.0)
    sample = generate(recipe, np.random.default_rng(2)).sample
    weights = staying_weights(sample)
    trait, seen = sample.covariates[:, 0], sample.observed
    assert trait[seen].mean() > 0.15  # those with a high trait stayed
    assert np.average(trait[seen], weights=weights[seen]) == pytest.approx(trait.mean(), abs=0.02)
    assert weights[seen].mean() == pytest.approx(1)
    assert (weights[~seen] == 0).all()


def test_nobody_lost_nothing_weighed() -> None:
    sample = generate(Recipe(), np.random.default_rng(3)).sample
    assert (staying_weights(sample) == 1).all()
    with pytest.raises(Invalid, match="nobody is left"):
        staying_weights(replace(sample, after=np.full(400, np.nan)))
