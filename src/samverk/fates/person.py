"""Who it is about: a person of some age and state, or a group of such persons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from samverk.fates.jit import Floats
from samverk.fates.states import State


@dataclass(frozen=True, slots=True)
class Person:
    """A person where the account begins. Ages in whole months.

    values: assumptions that are hers (a share that need treatment of one who does is 1), by name. count: how many
    such persons a group holds.
    """

    age: int = 42 * 12
    pension_age: int = 65 * 12
    start: State = State.ROUND
    values: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    count: float = 1.0

    def __post_init__(self) -> None:
        if not 16 * 12 <= self.age < self.pension_age <= 75 * 12:
            raise ValueError("age is at least 16 years and below the pension age, which is at most 75; both in months")
        if self.start is State.DEAD:
            raise ValueError("a life begins alive")
        if not (np.isfinite(self.count) and self.count > 0):
            raise ValueError(f"count is {self.count}: a group has somebody in it")

    @property
    def months(self) -> int:
        """Months to the old-age pension: the length of her account."""
        return self.pension_age - self.age

    def windows(self, years: tuple[int, ...] = (2, 10)) -> tuple[int, ...]:
        """So many years in months, in order, and to pension; a window ends with the account at the latest."""
        return (*(min(12 * year, self.months) for year in sorted(years)), self.months)


def mortality(age: int, months: int, at_40: float, growth: float) -> Floats:
    """The mortality rate a month, by month, from an age in months: at_40 a year at forty, growing exponentially.

    Gompertz 1825: μ(x) = μ(40) e^(g (x - 40)).
    """
    years = (age + np.arange(months)) / 12.0
    return np.asarray(at_40 * np.exp(growth * (years - 40.0)) / 12.0)
