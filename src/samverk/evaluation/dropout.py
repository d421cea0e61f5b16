"""Who dropped out: how many, how unevenly, what it can have done at worst, and weights for who is left.

Weights: the inverse of the probability of still being there, from a logistic regression on group, covariates and the
outcome before (Robins, Rotnitzky & Zhao 1995, 10.2307/2291134), made stable by the share that stayed in each group and
cut at the 1st and 99th percentile. Bounds: everyone who is lost had the worst or the best value (Manski 1990,
American Economic Review 80:319).
"""

import warnings
from dataclasses import dataclass

import numpy as np
import statsmodels.api as sm  # type: ignore[import-untyped]

from samverk.evaluation.calendar import Floats
from samverk.evaluation.problems import whole
from samverk.evaluation.sample import Sample

_CUT = (0.01, 0.99)


@dataclass(frozen=True, slots=True)
class DropOut:
    """Shares (0 to 1) of the participants and of the comparison group who were not there after."""

    treated: float
    control: float
    total: float

    @property
    def difference(self) -> float:
        """How many more were lost among the participants; a share."""
        return self.treated - self.control


@dataclass(frozen=True, slots=True)
class Bounds:
    """The lowest and highest difference between the groups that the lost people allow; in the outcome's unit."""

    lowest: float
    highest: float


def drop_out(sample: Sample) -> DropOut:
    """The shares that were lost; NaN for a group in which nobody is."""
    lost = ~sample.observed

    def share(who: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> float:
        return float(lost[who].mean()) if who.any() else float("nan")

    return DropOut(share(sample.treated), share(~sample.treated), float(lost.mean()))


def staying_weights(sample: Sample) -> Floats:
    """Weights of mean 1 for those observed, 0 for those lost; all 1 when nobody is lost."""
    observed = sample.observed
    if observed.all():
        return np.ones(observed.size)
    if not observed.any():
        raise whole("after", "nobody is left")
    group = sample.treated.astype(np.float64)
    design = _standard(np.column_stack([group, sample.covariates, sample.before.mean(axis=1)]))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # separation ends in weights that are cut below
        fitted = sm.GLM(observed.astype(np.float64), design, family=sm.families.Binomial()).fit(maxiter=50)
    stays = np.clip(np.asarray(fitted.predict(design), dtype=np.float64), 1e-6, 1.0)
    shares = np.array([observed[~sample.treated].mean() if (~sample.treated).any() else 1.0, 0.0])
    shares[1] = observed[sample.treated].mean() if sample.treated.any() else 1.0
    weights = shares[sample.treated.astype(np.intp)] / stays
    low, high = np.quantile(weights[observed], _CUT)
    weights = np.where(observed, np.clip(weights, low, high), 0.0)
    return np.asarray(weights / weights[observed].mean())


def worst_and_best(sample: Sample, lowest: float, highest: float) -> Bounds:
    """Bounds of the difference in mean change when the outcome after can lie between `lowest` and `highest`.

    Without a comparison group: bounds of the participants' own mean change.
    """
    inside = sample.after[sample.observed]
    if not lowest < highest or (inside < lowest).any() or (inside > highest).any():
        raise whole("lowest", "every outcome lies between the lowest and the highest that is possible")
    before = sample.before.mean(axis=1)

    def mean(who: np.ndarray[tuple[int], np.dtype[np.bool_]], lost_had: float) -> float:
        if not who.any():
            return 0.0
        return float((np.where(sample.observed, sample.after, lost_had) - before)[who].mean())

    treated, control = sample.treated, ~sample.treated
    return Bounds(
        mean(treated, lowest) - mean(control, highest) if control.any() else mean(treated, lowest),
        mean(treated, highest) - mean(control, lowest) if control.any() else mean(treated, highest),
    )


def _standard(columns: Floats) -> Floats:
    """The columns with mean 0 and spread 1, an intercept first; what does not vary is left out."""
    spread = columns.std(axis=0)
    varying = columns[:, spread > 0]
    scaled = (varying - varying.mean(axis=0)) / spread[spread > 0]
    return np.column_stack([np.ones(len(columns)), scaled])
