"""Time to self-support when other ends compete: pension, death, a move away.

The Aalen-Johansen estimator: at each time t the share that ends by cause k is S(t-) d_k / n, with S the share still
waiting. To count the other ends as censoring, as Kaplan-Meier does, would promise more work than anyone sees. Tests
compare with `lifelines`, which moves tied days apart by chance; here ties are exact, so the same data give the same bits.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samverk.evaluation.calendar import Floats
from samverk.evaluation.problems import whole


@dataclass(frozen=True, slots=True, eq=False)
class Incidence:
    """The cumulative share (0 to 1) that has ended by each cause at each of `times`, in the unit of the durations."""

    times: Floats
    causes: tuple[str, ...]
    share: Floats  # [time, cause]
    waiting: Floats  # the share that has not ended by any
    at_risk: Floats  # people (their weights) followed so far, just before each time

    def at(self, time: float, cause: str) -> float:
        """The share that has ended by the cause at that time or before."""
        place = int(np.searchsorted(self.times, time, side="right")) - 1
        return 0.0 if place < 0 else float(self.share[place, self.causes.index(cause)])


def incidence(
    durations: Floats, ends: npt.NDArray[np.str_], causes: tuple[str, ...], *, weights: Floats | None = None
) -> Incidence:
    """From how long each was followed and how it ended; an end of "" is: still waiting when last seen (censored)."""
    weights = np.ones(durations.size) if weights is None else weights
    unknown = set(ends.tolist()) - {*causes, ""}
    if unknown:
        raise whole("ends", f"{', '.join(sorted(unknown))}: not among the causes {', '.join(causes)}")
    if not durations.size or not (durations > 0).all():
        raise whole("durations", "everyone is followed for some time")
    times, place = np.unique(durations, return_inverse=True)
    leaving = np.bincount(place, weights, times.size)
    at_risk: Floats = np.cumsum(leaving[::-1])[::-1].astype(np.float64)
    ended = np.column_stack([np.bincount(place, weights * (ends == cause), times.size) for cause in causes])
    hazard = ended / at_risk[:, None]
    waiting = np.cumprod(1 - hazard.sum(axis=1))
    just_before = np.concatenate([[1.0], waiting[:-1]])
    return Incidence(times, causes, np.cumsum(just_before[:, None] * hazard, axis=0), waiting, at_risk)
