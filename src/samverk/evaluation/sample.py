"""The people of a comparison: who took part, what was before and after, and who was lost on the way."""

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from samverk.evaluation.calendar import Floats
from samverk.evaluation.problems import Invalid, Problem


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One outcome of n people, in any unit that is the same before and after (SEK per person and year, shares, scores).

    `before[n, periods]`, the oldest period first, all observed; `after[n]`, NaN for who dropped out; `covariates[n, k]`
    as they were before; `team[n]` numbers groups of people who share a team or a place (none: each by herself).
    Raises `Invalid`.
    """

    treated: npt.NDArray[np.bool_]
    before: Floats
    after: Floats
    covariates: Floats = field(default_factory=lambda: np.empty((0, 0)))
    names: tuple[str, ...] = ()
    team: npt.NDArray[np.int64] | None = None

    def __post_init__(self) -> None:
        n = self.treated.size
        if self.covariates.size == 0:
            object.__setattr__(self, "covariates", np.empty((n, 0)))
        problems = [
            Problem(0, column, f"{n} people need as many rows, not {len(values)}")
            for column, values in (("before", self.before), ("after", self.after), ("covariates", self.covariates))
            if len(values) != n
        ]
        if self.before.ndim != 2 or self.covariates.ndim != 2:
            problems.append(Problem(0, "before", "before and covariates are tables: one row a person"))
        if self.team is not None and self.team.size != n:
            problems.append(Problem(0, "team", f"{n} people need as many teams, not {self.team.size}"))
        if problems:
            raise Invalid(problems)
        if len(self.names) != self.covariates.shape[1]:
            raise Invalid([Problem(0, "names", f"name the {self.covariates.shape[1]} covariates")])
        for column, values in (("before", self.before), ("covariates", self.covariates)):
            rows = np.flatnonzero(~np.isfinite(values).all(axis=1))
            problems += [Problem(int(row) + 1, column, "not observed: leave her out and say so") for row in rows]
        if problems:
            raise Invalid(problems)

    @property
    def observed(self) -> npt.NDArray[np.bool_]:
        """Who was still there after."""
        seen: npt.NDArray[np.bool_] = ~np.isnan(self.after)
        return seen

    @property
    def change(self) -> Floats:
        """After less the mean of the periods before; NaN for who dropped out."""
        gone: Floats = self.after - self.before.mean(axis=1)
        return gone

    def of(self, who: npt.NDArray[np.bool_]) -> "Sample":
        """Some of the people."""
        return replace(
            self,
            treated=self.treated[who],
            before=self.before[who],
            after=self.after[who],
            covariates=self.covariates[who],
            team=None if self.team is None else self.team[who],
        )
