"""What has to be shown before anything is called an effect: overlap, trends before, drop-out. Too bad: refused.

The limits are the evaluator's to tighten. Defaults: a propensity above 0.95 has hardly anyone to be compared with, and
at most a tenth of the participants may have it or lie beyond every comparison (after Crump et al. 2009,
10.1093/biomet/asn055); standardised differences after weighting at most 0.25 (Rubin 2001, 10.1023/A:1020363010465);
drop-out within what the What Works Clearinghouse's handbook calls tolerable, simplified.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import statsmodels.api as sm  # type: ignore[import-untyped]
from scipy import stats  # type: ignore[import-untyped]

from samverk.evaluation.calendar import Floats
from samverk.evaluation.dropout import DropOut, drop_out
from samverk.evaluation.problems import Refused
from samverk.evaluation.sample import Sample

# An estimator, as the check of trends uses it: the outcome's change and the people's weights in, estimate and
# influence of each person out.
Estimator = Callable[[Sample, Floats, Floats], tuple[float, Floats]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How bad is too bad. Shares are 0 to 1."""

    propensity: float = 0.95
    without_overlap: float = 0.10
    imbalance: float = 0.25
    effective_controls: float = 20.0
    least_group: int = 20
    trend_p: float = 0.05
    lost: float = 0.40
    lost_difference: float = 0.10


@dataclass(frozen=True, slots=True)
class Overlap:
    """Whether the participants have anyone to be compared with."""

    without: float  # share of participants with nobody like them
    imbalance: float  # largest standardised difference after weighting
    effective_controls: float  # how many comparison people the weights amount to (Kish)


@dataclass(frozen=True, slots=True)
class Trends:
    """Whether the groups moved alike before. `gaps`: the estimated difference in each step between periods before."""

    gaps: tuple[float, ...]
    p: float


@dataclass(frozen=True, slots=True)
class Checks:
    """All three, and why an effect is refused (empty: it is not)."""

    overlap: Overlap
    trends: Trends | None  # none where people were randomised
    drop_out: DropOut
    reasons: tuple[str, ...]


def propensity(sample: Sample) -> Floats:
    """Each person's probability of being a participant, by logistic regression on the covariates."""
    treated = sample.treated.astype(np.float64)
    spread = sample.covariates.std(axis=0)
    scaled = (sample.covariates - sample.covariates.mean(axis=0))[:, spread > 0] / spread[spread > 0]
    design = np.column_stack([np.ones(treated.size), scaled])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # groups that separate give 0 and 1, which is what the check looks for
        fitted = sm.GLM(treated, design, family=sm.families.Binomial()).fit(maxiter=50)
    chance: Floats = np.asarray(fitted.predict(design), dtype=np.float64)
    return chance


def overlap_of(sample: Sample, limits: Limits) -> Overlap:
    """On the covariates, or on the outcome before where there are none; for those observed."""
    like = sample.covariates if sample.covariates.shape[1] else sample.before.mean(axis=1)[:, None]
    chance = propensity(sample)
    treated = sample.treated
    lowest, highest = like[~treated].min(axis=0), like[~treated].max(axis=0)
    beyond = ((like < lowest) | (like > highest)).any(axis=1) | (chance > limits.propensity)
    weights = np.where(treated, 1.0, chance / np.clip(1 - chance, 1e-6, 1.0))
    controls = weights[~treated]
    spread = np.sqrt((like[treated].var(axis=0) + like[~treated].var(axis=0)) / 2)
    apart = np.abs(like[treated].mean(axis=0) - np.average(like[~treated], axis=0, weights=controls))
    imbalance = 0.0
    if sample.covariates.shape[1]:
        imbalance = float(np.divide(apart, spread, out=np.zeros_like(apart), where=spread > 0).max())
    return Overlap(
        without=float(beyond[treated].mean()),
        imbalance=imbalance,
        effective_controls=float(controls.sum() ** 2 / (controls**2).sum()),
    )


def spread_of(influence: Floats, team: npt.NDArray[np.int64] | None) -> tuple[Floats, int]:
    """The covariance of estimates from each person's influence, by team if there are teams; and degrees of freedom."""
    table = influence.reshape(len(influence), -1)
    if team is not None:
        _, place = np.unique(team, return_inverse=True)
        summed = np.zeros((place.max() + 1, table.shape[1]))
        np.add.at(summed, place, table)
    else:
        summed = table
    groups = len(summed)
    covariance: Floats = summed.T @ summed / len(table) ** 2 * groups / max(groups - 1, 1)
    return covariance, max(groups - 1, 1)


def trends_of(sample: Sample, weights: Floats, estimator: Estimator) -> Trends | None:
    """The same estimator on steps between periods before, where there can be no effect; none with one period only."""
    periods = sample.before.shape[1]
    if periods < 2:
        return None
    steps = [estimator(sample, sample.before[:, k + 1] - sample.before[:, k], weights) for k in range(periods - 1)]
    gaps = np.array([gap for gap, _ in steps])
    covariance, freedom = spread_of(np.column_stack([influence for _, influence in steps]), sample.team)
    if not np.diag(covariance).all():
        return Trends(tuple(gaps.tolist()), 1.0 if not gaps.any() else 0.0)
    wald = float(gaps @ np.linalg.pinv(covariance) @ gaps)
    return Trends(tuple(gaps.tolist()), float(stats.f.sf(wald / gaps.size, gaps.size, freedom)))


def examine(
    sample: Sample, weights: Floats, estimator: Estimator, limits: Limits, *, randomised: bool = False
) -> Checks:
    """All three checks, with the reasons to refuse. `sample` holds everyone; `weights` are 0 for those who were lost."""
    here = sample.of(sample.observed)
    lost = drop_out(sample)
    few = [
        f"{count} {who} are too few: at least {limits.least_group}"
        for count, who in ((int(here.treated.sum()), "participants"), (int((~here.treated).sum()), "in comparison"))
        if count < limits.least_group
    ]
    if few:
        return Checks(Overlap(1.0, float("inf"), 0.0), None, lost, tuple(few))
    overlap = overlap_of(here, limits)
    reasons = _overlap_reasons(overlap, limits)
    trends = None
    if not randomised:
        try:
            trends = trends_of(here, weights[sample.observed], estimator)
        except Refused as refused:
            reasons += refused.reasons
        else:
            reasons += _trend_reasons(trends, limits)
    if lost.total > limits.lost:
        reasons.append(f"{lost.total:.0%} dropped out: at most {limits.lost:.0%}")
    if abs(lost.difference) > limits.lost_difference:
        reasons.append(
            f"drop-out differs by {lost.difference:.0%} between the groups: at most {limits.lost_difference:.0%}"
        )
    return Checks(overlap, trends, lost, tuple(reasons))


def _overlap_reasons(overlap: Overlap, limits: Limits) -> list[str]:
    reasons = []
    if overlap.without > limits.without_overlap:
        reasons.append(f"{overlap.without:.0%} of the participants have nobody like them to be compared with")
    if overlap.imbalance > limits.imbalance:
        reasons.append(f"after weighting the groups still differ by {overlap.imbalance:.2f} standard deviations")
    if overlap.effective_controls < limits.effective_controls:
        reasons.append(f"the comparison rests on only {overlap.effective_controls:.0f} people in effect")
    return reasons


def _trend_reasons(trends: Trends | None, limits: Limits) -> list[str]:
    if trends is None:
        return ["trends before cannot be shown: give at least two periods before"]
    if trends.p < limits.trend_p:
        return [f"the groups did not move alike before (p = {trends.p:.3f}): they would have differed anyway"]
    return []
