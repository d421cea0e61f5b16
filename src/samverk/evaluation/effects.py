"""Estimators, each with its comparison in its result. An `Effect` exists only where the checks let it.

Thin layers over libraries: `drdid` (Sant'Anna & Zhao 2020, 10.1016/j.jeconom.2020.06.003) for doubly robust difference
in differences (the plain one is two means); `statsmodels` for randomised groups (Lin 2013, 10.1214/12-AOAS583) and propensities. Matching
is our own: pairs without replacement, nearest on the logit of the propensity within 0.2 standard deviations (Austin
2011, 10.1002/pst.433). All estimate the effect on those who took part, in the outcome's unit. Intervals are 95 per
cent, by Student's t, by team where there are teams.
"""

import math
import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import statsmodels.api as sm  # type: ignore[import-untyped]
from drdid.drdid import drdid_panel  # type: ignore[import-untyped]
from scipy import stats  # type: ignore[import-untyped]

from samverk.evaluation.calendar import Floats
from samverk.evaluation.checks import Checks, Estimator, Limits, examine, propensity, spread_of
from samverk.evaluation.comparison import Comparison
from samverk.evaluation.dropout import DropOut, drop_out, staying_weights
from samverk.evaluation.problems import Refused
from samverk.evaluation.sample import Sample

LEVEL = 0.95
_CALIPER = 0.2


@dataclass(frozen=True, slots=True)
class Change:
    """What changed from before to after among those who took part. Nothing was compared: it is no effect."""

    estimate: float
    low: float
    high: float
    people: int
    drop_out: DropOut
    comparison: Comparison = Comparison.NONE

    def __post_init__(self) -> None:
        if self.comparison is not Comparison.NONE:
            raise Refused("a change is what is left when nothing is compared")


@dataclass(frozen=True, slots=True)
class Effect:
    """The mean effect on those who took part, and all that was checked. Cannot be made without a comparison."""

    comparison: Comparison
    estimate: float
    low: float
    high: float
    error: float
    freedom: int
    treated: int
    controls: int
    checks: Checks

    def __post_init__(self) -> None:
        if not self.comparison.may_say_effect:
            raise Refused("without a comparison nothing is an effect")
        if self.checks.reasons:
            raise Refused(*self.checks.reasons)
        if self.checks.trends is None and self.comparison is not Comparison.RANDOMISED:
            raise Refused("the trends before have to be shown")

    @property
    def robustness(self) -> float:
        """How strong an unmeasured confounder must be to take the whole effect away; a share, 0 to 1.

        It would have to explain this share of what is left unexplained both of who takes part and of the outcome
        (robustness value, Cinelli & Hazlett 2020, 10.1111/rssb.12348).
        """
        if self.error == 0:
            return 1.0 if self.estimate else 0.0
        f2 = (self.estimate / self.error) ** 2 / self.freedom
        return (math.sqrt(f2 * f2 + 4 * f2) - f2) / 2


def change(sample: Sample) -> Change:
    """Without a comparison: the mean change of those who took part, weighted for drop-out."""
    mine = sample.of(sample.treated)
    weights = staying_weights(mine)[mine.observed]
    here = mine.of(mine.observed)
    if here.after.size < 2:
        raise Refused("a mean with an interval needs at least two people")
    mean = float(np.average(here.change, weights=weights))
    covariance, freedom = spread_of(weights / weights.mean() * (here.change - mean), here.team)
    margin = _margin(math.sqrt(covariance[0, 0]), freedom)
    return Change(mean, mean - margin, mean + margin, here.after.size, drop_out(mine))


def effect(sample: Sample, comparison: Comparison, *, limits: Limits | None = None) -> Effect:
    """The effect by this comparison. Raises `Refused` with every reason when overlap, trends or drop-out forbid it."""
    if comparison is Comparison.NONE:
        raise Refused("without a comparison nothing is an effect: use change()")
    estimator = _ESTIMATORS[comparison]
    weights = staying_weights(sample)
    randomised = comparison is Comparison.RANDOMISED
    checks = examine(sample, weights, estimator, limits or Limits(), randomised=randomised)
    if checks.reasons:
        raise Refused(*checks.reasons)
    here = sample.of(sample.observed)
    estimate, influence = estimator(here, here.change, weights[sample.observed])
    covariance, freedom = spread_of(influence, here.team)
    error = math.sqrt(covariance[0, 0])
    margin = _margin(error, freedom)
    return Effect(
        comparison=comparison,
        estimate=estimate,
        low=estimate - margin,
        high=estimate + margin,
        error=error,
        freedom=freedom,
        treated=int(here.treated.sum()),
        controls=int((~here.treated).sum()),
        checks=checks,
    )


def _margin(error: float, freedom: int) -> float:
    return float(stats.t.ppf((1 + LEVEL) / 2, freedom)) * error


def _doubly_robust(sample: Sample, change_of: Floats, weights: Floats) -> tuple[float, Floats]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            estimate, influence = drdid_panel(
                change_of,
                np.zeros_like(change_of),
                sample.treated.astype(np.float64),
                np.column_stack([np.ones(change_of.size), sample.covariates]),
                weights,
            )
        except ValueError as error:
            raise Refused(f"the groups cannot be made comparable: {error}") from error
    return float(estimate), np.asarray(influence, dtype=np.float64)


def _plain(sample: Sample, change_of: Floats, weights: Floats) -> tuple[float, Floats]:
    """Difference in differences without covariates: the two groups' mean changes."""
    influence = np.zeros(change_of.size)
    means: list[float] = []
    for group in (sample.treated, ~sample.treated):
        mean = float(np.average(change_of[group], weights=weights[group]))
        share = weights[group].sum() / change_of.size
        influence[group] = weights[group] * (change_of[group] - mean) / share * (1 if not means else -1)
        means.append(mean)
    return means[0] - means[1], influence


def _matched(sample: Sample, change_of: Floats, weights: Floats) -> tuple[float, Floats]:
    treated, controls = pairs(propensity(sample), sample.treated)
    without = 1 - treated.size / sample.treated.sum()
    if without > Limits().without_overlap:
        raise Refused(f"{without:.0%} of the participants find no match")
    gaps = change_of[treated] - change_of[controls]
    mean = float(np.average(gaps, weights=weights[treated]))
    influence = np.zeros(change_of.size)
    influence[treated] = weights[treated] * (gaps - mean) / weights[treated].sum() * change_of.size
    return mean, influence


def pairs(chance: Floats, treated: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Places of participants and of their matches, nearest first taken by those who are hardest to match.

    No person is used twice. Ties go to the first in order: sort the people by something that says nothing of them.
    """
    logit = np.log(np.clip(chance, 1e-9, 1 - 1e-9) / np.clip(1 - chance, 1e-9, 1))
    caliper = _CALIPER * float(logit.std()) + 1e-9
    free = np.flatnonzero(~treated)
    free = free[np.argsort(logit[free], kind="stable")]
    levels = list(logit[free])
    left = list(free)
    found: list[tuple[int, int]] = []
    order = np.flatnonzero(treated)
    for one in order[np.argsort(-logit[order], kind="stable")]:
        at = int(np.searchsorted(levels, logit[one]))
        near = [n for n in (at - 1, at) if 0 <= n < len(levels)]
        if not near:
            break
        best = min(near, key=lambda n: abs(levels[n] - logit[one]))
        if abs(levels[best] - logit[one]) <= caliper:
            found.append((int(one), int(left.pop(best))))
            levels.pop(best)
    matched = np.array(found, dtype=np.intp).reshape(-1, 2)
    return matched[:, 0], matched[:, 1]


def _randomised(sample: Sample, change_of: Floats, weights: Floats) -> tuple[float, Floats]:
    """Regression on group, centred covariates and their products; each person's influence from her residual (HC2)."""
    group = sample.treated.astype(np.float64)
    centred = sample.covariates - np.average(sample.covariates, axis=0, weights=weights)
    design = np.column_stack([np.ones(group.size), group, centred, centred * group[:, None]])
    fitted = sm.WLS(change_of, design, weights=weights).fit()
    bread = np.linalg.pinv(design.T @ (weights[:, None] * design))
    hat = np.clip((design @ bread * design).sum(axis=1) * weights, 0, 0.99)
    scores = design * (weights * fitted.resid / np.sqrt(1 - hat))[:, None]
    influence: Floats = (scores @ bread)[:, 1] * group.size
    return float(fitted.params[1]), influence


_ESTIMATORS: dict[Comparison, Estimator] = {
    Comparison.MATCHED: _matched,
    Comparison.DIFFERENCE_IN_DIFFERENCES: _plain,
    Comparison.DOUBLY_ROBUST: _doubly_robust,
    Comparison.RANDOMISED: _randomised,
}
