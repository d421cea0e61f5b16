"""When people start at different times: group-time effects and their mean, by `csdid`, without its chance.

Callaway & Sant'Anna 2021, 10.1016/j.jeconom.2020.12.001: each start is compared with those who have not started yet,
doubly robust, so that nobody who has already been changed serves as comparison. Errors are analytical, by person; the
library's bootstrap draws from a global generator and is not used.
"""

import contextlib
import io
import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd  # type: ignore[import-untyped]
from csdid.att_gt import ATTgt  # type: ignore[import-untyped]
from scipy import stats  # type: ignore[import-untyped]

from samverk.evaluation.calendar import Floats
from samverk.evaluation.comparison import Comparison
from samverk.evaluation.problems import Refused, whole

NEVER_STARTED = 0


@dataclass(frozen=True, slots=True)
class GroupTime:
    """The effect in one period on those who started in one; before the start it should be none."""

    started: int
    period: int
    estimate: float
    error: float


@dataclass(frozen=True, slots=True)
class Staggered:
    """The mean effect over all that started, and each group's in each period; the outcome's unit."""

    estimate: float
    low: float
    high: float
    error: float
    groups: tuple[GroupTime, ...]
    trend_p: float
    comparison: Comparison = Comparison.DOUBLY_ROBUST


def staggered_effect(
    person: npt.NDArray[np.int64],
    period: npt.NDArray[np.int64],
    started: npt.NDArray[np.int64],
    outcome: Floats,
    *,
    covariates: dict[str, Floats] | None = None,
    trend_p: float = 0.05,
) -> Staggered:
    """From one row a person and period; `started` is the first period with the programme, 0 for who never had it.

    Periods are 1, 2, ... Raises `Refused` when those who started moved otherwise before (joint test below `trend_p`),
    or when there is no period before to show it in.
    """
    if period.min() < 1:
        raise whole("period", "periods are numbered from 1: 0 says that someone never started")
    frame = pd.DataFrame({"person": person, "period": period, "started": started, "outcome": outcome})
    names = list(covariates or {})
    for name in names:
        frame[name] = (covariates or {})[name]
    formula = "~" + " + ".join(names) if names else None
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        fitted = ATTgt(
            yname="outcome", tname="period", idname="person", gname="started", data=frame,
            control_group=["notyettreated"], xformla=formula,
        ).fit(est_method="dr", bstrap=False)  # fmt: skip
        overall = fitted.aggte(typec="simple", bstrap=False, cband=False).atte
    groups = tuple(
        GroupTime(int(g), int(t), float(att), float(se))
        for g, t, att, se in zip(
            fitted.results["group"], fitted.results["year"], fitted.results["att"], fitted.results["se"], strict=True
        )
    )
    p = _trend(groups, np.asarray(fitted.MP["inffunc"]["inffunc"], dtype=np.float64), len(np.unique(person)))
    if p < trend_p:
        raise Refused(f"those who started did not move like the others before (p = {p:.3f})")
    estimate, error = float(overall["overall_att"]), float(np.squeeze(overall["overall_se"]))
    margin = float(stats.norm.ppf(0.975)) * error
    return Staggered(estimate, estimate - margin, estimate + margin, error, groups, p)


def _trend(groups: tuple[GroupTime, ...], influence: Floats, people: int) -> float:
    """The joint test that nothing happened before each start (Wald, chi square)."""
    early = [n for n, group in enumerate(groups) if group.period < group.started]
    if not early:
        raise Refused("trends before cannot be shown: give at least two periods before each start")
    gaps = np.array([groups[n].estimate for n in early])
    covariance = influence[:, early].T @ influence[:, early] / people**2
    return float(stats.chi2.sf(gaps @ np.linalg.pinv(covariance) @ gaps, len(early)))
