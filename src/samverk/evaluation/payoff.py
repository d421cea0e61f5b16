"""When the gain has paid for the measures: simple and discounted, per account; and what it is worth in perspective.

Amounts in SEK, time in months, rates as a share a year. With a constant gain G a year and cost K at the start, the
present value of t years is G (1 - e^(-dt)) / d with d = ln(1 + rate), so t = -ln(1 - dK / G) / d, and never when
dK >= G. (The annuity in continuous time; Drummond et al., *Methods for the Economic Evaluation of Health Care
Programmes*, ch. 4, discounts the same way in steps.)
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from samverk.evaluation.calendar import MONTHS_A_YEAR, Floats

NEVER = math.inf
_NO_RATE = 1e-12


class Perspective(StrEnum):
    """How far ahead gains are counted."""

    ONE_YEAR = "one year"
    FIVE_YEARS = "five years"
    TO_PENSION = "to pension age"


@dataclass(frozen=True, slots=True)
class PayOff:
    """Months until the gain has paid for the measures; `math.inf` is *never*. `simple` does not discount."""

    simple: float
    discounted: float
    rate: float

    @property
    def never(self) -> bool:
        """Whether the discounted gain never reaches the cost."""
        return math.isinf(self.discounted)


@dataclass(frozen=True, slots=True)
class PayOffs:
    """Pay-off over many draws: the chance of never, and the median and 95 per cent interval in months.

    The percentiles count *never* as longer than any time, so they can be infinite themselves.
    """

    never: float
    median: float
    low: float
    high: float


def months_to_pay(cost: float, gain_per_year: float, *, rate: float = 0.0) -> float:
    """The smallest number of months after which the gain is worth the cost; 0 when it cost nothing, inf for never."""
    _check_rate(rate)
    if cost <= 0:
        return 0.0
    if gain_per_year <= 0:
        return NEVER
    force = _force(rate)
    if force == 0:
        return cost / gain_per_year * MONTHS_A_YEAR
    eaten = force * cost / gain_per_year
    return NEVER if eaten >= 1 else -math.log1p(-eaten) / force * MONTHS_A_YEAR


def pay_off(cost: float, gain_per_year: float, *, rate: float) -> PayOff:
    """For a cost per person at the start and a gain per person and year that goes on."""
    return PayOff(months_to_pay(cost, gain_per_year), months_to_pay(cost, gain_per_year, rate=rate), rate)


def pay_off_per_account(
    costs: Mapping[str, float], gains_per_year: Mapping[str, float], *, rate: float
) -> dict[str, PayOff]:
    """The same for each account by itself, what it put in against what it gained; SEK per person."""
    return {account: pay_off(costs.get(account, 0.0), gain, rate=rate) for account, gain in gains_per_year.items()}


def months_to_pay_along(cost: float, gains: Sequence[float] | Floats, *, rate: float = 0.0) -> float:
    """As `months_to_pay`, for a gain of its own in each month (SEK a month, even within the month).

    inf means: not within the months given, which is all that is known.
    """
    _check_rate(rate)
    if cost <= 0:
        return 0.0
    force = _force(rate) / MONTHS_A_YEAR
    paid = 0.0
    for month, gain in enumerate(gains):
        rest = (cost - paid) / (gain * math.exp(-force * month)) if gain > 0 else NEVER
        whole_month = 1.0 if force == 0 else -math.expm1(-force) / force
        if rest <= whole_month:
            return month + (rest if force == 0 else -math.log1p(-force * rest) / force)
        paid += gain * math.exp(-force * month) * whole_month
    return NEVER


def over_draws(costs: Floats, gains_per_year: Floats, *, rate: float) -> PayOffs:
    """Pay-off when cost and gain are drawn together (bootstrap, sensitivity): one place in the arrays is one draw."""
    months = np.array([months_to_pay(k, g, rate=rate) for k, g in zip(costs, gains_per_year, strict=True)])
    low, median, high = np.quantile(months, (0.025, 0.5, 0.975), method="inverted_cdf")
    return PayOffs(never=float(np.isinf(months).mean()), median=float(median), low=float(low), high=float(high))


def horizon(perspective: Perspective, age: float, *, pension_age: float) -> float:
    """Years ahead in the perspective; 0 for who has reached pension age. Both ages in years, as the evaluator gives them."""
    if age < 0 or pension_age <= 0:
        raise ValueError("ages are above 0 years")
    left = max(0.0, pension_age - age)
    return {Perspective.ONE_YEAR: 1.0, Perspective.FIVE_YEARS: 5.0, Perspective.TO_PENSION: left}[perspective]


def present_value(gain_per_year: float, years: float, *, rate: float, kept: float) -> float:
    """What the gain is worth at the start over so many years; SEK.

    `kept` is the share of the gain that is left a year later: 1 for a gain that stays. It is an assumption wherever
    nobody has followed people so long, so it has no default. The gain of year t is G kept^t (1 + rate)^-t.
    """
    _check_rate(rate)
    if not 0 <= kept <= 1:
        raise ValueError("the share kept is between 0 and 1")
    if years < 0:
        raise ValueError("years are not negative")
    if kept == 0:
        return 0.0
    force = _force(rate) - math.log(kept)
    return gain_per_year * (years if force == 0 else -math.expm1(-force * years) / force)


def _force(rate: float) -> float:
    """The rate in continuous time; one too small to be told from none is none."""
    force = math.log1p(rate)
    return force if abs(force) > _NO_RATE else 0.0


def _check_rate(rate: float) -> None:
    if not -1 < rate < 1:
        raise ValueError("a rate is a share a year: 0.035 for 3.5 per cent")
