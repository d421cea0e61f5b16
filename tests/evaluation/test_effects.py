"""Estimators find the truth that was put in, find none where there is none, and refuse where they would be wrong."""

from dataclasses import replace

import numpy as np
import pytest
from doubleml import DoubleMLDID, DoubleMLDIDData  # type: ignore[import-untyped]
from sklearn.linear_model import LinearRegression, LogisticRegression  # type: ignore[import-untyped]

from samverk.evaluation.checks import Limits
from samverk.evaluation.comparison import Comparison
from samverk.evaluation.effects import Change, Effect, change, effect, pairs
from samverk.evaluation.problems import Invalid, Refused
from samverk.evaluation.sample import Sample
from samverk.evaluation.synthetic import Recipe, generate

COMPARED = [one for one in Comparison if one is not Comparison.NONE]


def fair(comparison: Comparison) -> Recipe:
    """People among whom the comparison is in its right: selection on what is measured, or on nothing."""
    measured = comparison in (Comparison.MATCHED, Comparison.DOUBLY_ROBUST)
    pool = comparison is Comparison.MATCHED  # pairs without replacement need many to choose from
    return Recipe(people=600, selection=0.7 if measured else 0.0, share=0.2 if pool else 0.5)


def made(recipe: Recipe, seed: int) -> Sample:
    return generate(recipe, np.random.default_rng(seed)).sample


@pytest.mark.parametrize("comparison", COMPARED)
@pytest.mark.parametrize("truth", [0.0, 4.0])
def test_the_truth_is_found(comparison: Comparison, truth: float) -> None:
    """In the mean of ten samples, each with its own interval."""
    found = []
    for seed in range(14):
        try:
            found.append(effect(made(replace(fair(comparison), effect=truth), seed), comparison))
        except Refused:  # one in twenty has uneven trends by chance
            continue
    assert len(found) >= 10
    errors = np.array([one.error for one in found])
    mean = float(np.mean([one.estimate for one in found]))
    assert abs(mean - truth) < 3.5 * errors.mean() / np.sqrt(len(found))
    assert errors.max() < 0.8
    assert sum(one.low <= truth <= one.high for one in found) >= len(found) - 3


def test_a_measured_confounder_is_taken_away_by_the_doubly_robust_only() -> None:
    recipe = Recipe(people=4000, selection=1.2, effect=2.0)
    limits = Limits(without_overlap=1.0, imbalance=9.0)
    good = effect(made(recipe, 1), Comparison.DOUBLY_ROBUST, limits=limits)
    plain = effect(made(recipe, 1), Comparison.DIFFERENCE_IN_DIFFERENCES, limits=limits)
    assert good.estimate == pytest.approx(2.0, abs=0.3)
    assert plain.estimate > 2.8


@pytest.mark.parametrize("comparison", [one for one in COMPARED if one is not Comparison.RANDOMISED])
def test_people_who_would_have_differed_anyway_are_refused(comparison: Comparison) -> None:
    with pytest.raises(Refused, match="did not move alike before"):
        effect(made(replace(fair(comparison), hidden=1.0), 2), comparison)


def test_people_with_nobody_like_them_are_refused() -> None:
    with pytest.raises(Refused, match=r"nobody like them|still differ|in effect"):
        effect(made(Recipe(people=600, selection=5.0), 3), Comparison.DOUBLY_ROBUST)


@pytest.mark.parametrize("comparison", [one for one in COMPARED if one is not Comparison.RANDOMISED])
def test_trends_that_cannot_be_shown_are_refused(comparison: Comparison) -> None:
    with pytest.raises(Refused, match="at least two periods before"):
        effect(made(replace(fair(comparison), periods=1), 4), comparison)


@pytest.mark.parametrize("comparison", COMPARED)
def test_drop_out_that_is_large_or_uneven_is_refused(comparison: Comparison) -> None:
    sample = made(fair(comparison), 5)
    half = sample.after.copy()
    half[::2] = np.nan
    with pytest.raises(Refused, match=r"50% dropped out: at most 40%"):
        effect(replace(sample, after=half), comparison)
    uneven = np.where(sample.treated & (np.arange(600) % 4 == 0), np.nan, sample.after)
    with pytest.raises(Refused, match="drop-out differs by"):
        effect(replace(sample, after=uneven), comparison)


@pytest.mark.parametrize("comparison", COMPARED)
def test_a_handful_of_people_are_refused(comparison: Comparison) -> None:
    sample = made(fair(comparison), 6)
    few = np.flatnonzero(sample.treated)[:19]
    who = np.zeros(600, dtype=bool)
    who[few] = True
    with pytest.raises(Refused, match="19 participants are too few"):
        effect(sample.of(who | ~sample.treated), comparison)


def test_without_a_comparison_there_is_no_effect_to_be_had() -> None:
    sample = made(Recipe(), 7)
    with pytest.raises(Refused, match="nothing is an effect"):
        effect(sample, Comparison.NONE)
    found = effect(sample, Comparison.DOUBLY_ROBUST)
    with pytest.raises(Refused, match="nothing is an effect"):
        replace(found, comparison=Comparison.NONE)
    with pytest.raises(Refused, match="shaky"):
        replace(found, checks=replace(found.checks, reasons=("shaky",)))
    with pytest.raises(Refused, match="trends before have to be shown"):
        replace(found, checks=replace(found.checks, trends=None))
    with pytest.raises(Refused, match="nothing is compared"):
        replace(change(sample), comparison=Comparison.MATCHED)


def test_a_change_is_the_participants_own_mean() -> None:
    sample = made(Recipe(), 8)
    got = change(sample)
    assert isinstance(got, Change)
    assert got.estimate == pytest.approx(float(sample.change[sample.treated].mean()))
    assert got.people == sample.treated.sum()
    assert got.low < got.estimate < got.high


@pytest.mark.filterwarnings("ignore:.*DoubleMLDID.*is deprecated")
def test_another_library_gives_the_same_effect() -> None:
    """DoubleML's difference in differences, with other nuisance fits (by folds), agrees within a fraction of the error."""
    sample = made(Recipe(people=2000, selection=0.7, effect=3.0), 9)
    ours = effect(sample, Comparison.DOUBLY_ROBUST)
    data = DoubleMLDIDData.from_arrays(x=sample.covariates, y=sample.change, d=sample.treated.astype(float))
    theirs = DoubleMLDID(data, LinearRegression(), LogisticRegression(C=1e6), draw_sample_splitting=False)
    fold = np.random.default_rng(9).integers(0, 5, 2000)
    theirs.set_sample_splitting([[(np.flatnonzero(fold != k), np.flatnonzero(fold == k)) for k in range(5)]])
    theirs.fit()
    assert ours.estimate == pytest.approx(float(theirs.coef[0]), abs=0.3 * ours.error)
    assert ours.error == pytest.approx(float(theirs.se[0]), rel=0.1)


def test_teams_make_the_interval_wider() -> None:
    sample = made(Recipe(people=600, teams=12, team_spread=2.0), 10)
    together = change(sample)
    alone = change(replace(sample, team=None))
    assert together.estimate == alone.estimate
    assert together.high - together.low > 1.5 * (alone.high - alone.low)


def test_the_robustness_value_is_that_of_its_authors() -> None:
    """Cinelli & Hazlett 2020, table 1: t = 4.18 with 783 degrees of freedom gives 13.9 per cent."""
    found = effect(made(Recipe(), 11), Comparison.DOUBLY_ROBUST)
    known = replace(found, estimate=0.097, error=0.097 / 4.18, freedom=783)
    assert known.robustness == pytest.approx(0.139, abs=0.0005)
    assert replace(known, estimate=0.0).robustness == 0


def test_pairs_are_near_and_used_once() -> None:
    generator = np.random.default_rng(12)
    treated = generator.random(300) < 0.3
    chance = np.clip(generator.beta(2, 3, 300) + 0.1 * treated, 0.01, 0.99)
    one, other = pairs(chance, treated)
    logit = np.log(chance / (1 - chance))
    assert treated[one].all()
    assert not treated[other].any()
    assert len(set(other)) == other.size > 60
    assert np.abs(logit[one] - logit[other]).max() <= 0.2 * logit.std() + 1e-9
    nobody, _ = pairs(chance, np.ones(300, dtype=bool))
    assert nobody.size == 0


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("before", np.zeros((3, 2)), "before: 400 people need as many rows, not 3"),
        ("covariates", np.zeros((400, 3)), "names: name the 3 covariates"),
        ("team", np.zeros(2, dtype=np.int64), "team: 400 people need as many teams"),
        ("before", np.full((400, 2), np.nan), "row 1, before: not observed"),
    ],
)
def test_a_bad_sample_is_told(column: str, value: object, told: str) -> None:
    with pytest.raises(Invalid, match=told):
        replace(made(Recipe(), 13), **{column: value})  # type: ignore[arg-type]


def test_an_effect_says_how_it_was_found() -> None:
    found = effect(made(Recipe(lost=0.1), 14), Comparison.DOUBLY_ROBUST)
    assert isinstance(found, Effect)
    assert found.comparison is Comparison.DOUBLY_ROBUST
    assert found.checks.trends is not None
    assert len(found.checks.trends.gaps) == 2
    assert 0 < found.checks.drop_out.total < 0.2
    assert found.treated + found.controls < 400
