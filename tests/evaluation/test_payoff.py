"""Pay-off is the smallest time in which the gain is worth the cost; never is an answer."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from samverk.evaluation.payoff import (
    Perspective,
    horizon,
    months_to_pay,
    months_to_pay_along,
    over_draws,
    pay_off,
    pay_off_per_account,
    present_value,
)

money = st.floats(1, 1e6)
rates = st.floats(0.001, 0.2)


def test_six_months_of_the_printed_gain_pay_for_57_000_kronor_of_measures() -> None:
    assert months_to_pay(57_000, 13.6e6 / 120) == pytest.approx(6, abs=0.05)


@given(money, money, rates)
def test_at_the_pay_off_the_gain_is_worth_the_cost(cost: float, gain: float, rate: float) -> None:
    months = months_to_pay(cost, gain, rate=rate)
    if math.isinf(months):
        assert gain / math.log1p(rate) <= cost * (1 + 1e-9)
    else:
        assert present_value(gain, months / 12, rate=rate, kept=1) == pytest.approx(cost, rel=1e-6)


@given(money, money, rates)
def test_discounting_makes_it_longer(cost: float, gain: float, rate: float) -> None:
    got = pay_off(cost, gain, rate=rate)
    assert got.simple == pytest.approx(cost / gain * 12)
    assert got.discounted >= got.simple * (1 - 1e-12)


@given(st.floats(1, 1e5), st.floats(1000, 1e6), st.floats(0, 0.2))
def test_month_by_month_agrees_with_the_formula(cost: float, gain: float, rate: float) -> None:
    months = months_to_pay(cost, gain, rate=rate)
    assume(not 599.9 < months < 600.1)
    along = months_to_pay_along(cost, [gain / 12] * 600, rate=rate)
    assert along == pytest.approx(months, rel=1e-6) if months < 600 else math.isinf(along)


@pytest.mark.parametrize(
    ("cost", "gain", "rate", "months"),
    [
        (0, 100, 0.03, 0),
        (100, 0, 0.0, math.inf),
        (100, -5, 0.03, math.inf),
        (1000, 20, 0.03, math.inf),
        (12, 12, 0, 12),
    ],
)
def test_never_and_at_once(cost: float, gain: float, rate: float, months: float) -> None:
    assert months_to_pay(cost, gain, rate=rate) == months


def test_the_first_time_counts_even_if_it_is_lost_again() -> None:
    assert months_to_pay_along(150, [100, 100, -500, -500]) == pytest.approx(1.5)
    assert months_to_pay_along(150, [-100, 100, 100, 100]) == pytest.approx(3.5)
    assert math.isinf(months_to_pay_along(150, [100]))


def test_one_party_may_get_it_back_and_another_never() -> None:
    got = pay_off_per_account(
        {"FK": 10_000, "municipality": 20_000}, {"FK": 40_000, "AF": -2_000, "municipality": -1.0}, rate=0.035
    )
    assert got["FK"].simple == 3
    assert got["AF"].discounted == 0  # it put nothing in
    assert got["municipality"].never


def test_never_has_a_probability() -> None:
    got = over_draws(np.full(8, 12.0), np.array([12, 12, 24, 6, 0, -3, 12, 12.0]), rate=0.0)
    assert got.never == 0.25
    assert got.median == 12
    assert math.isinf(got.high)


@pytest.mark.parametrize(
    ("perspective", "age", "years"),
    [
        (Perspective.ONE_YEAR, 30, 1),
        (Perspective.FIVE_YEARS, 64, 5),
        (Perspective.TO_PENSION, 30, 37),
        (Perspective.TO_PENSION, 70, 0),
    ],
)
def test_perspectives(perspective: Perspective, age: float, years: float) -> None:
    assert horizon(perspective, age, pension_age=67) == years


@given(money, st.floats(0, 40), rates, st.floats(0.5, 1))
def test_present_value_is_the_sum_of_small_steps(gain: float, years: float, rate: float, kept: float) -> None:
    middle = (np.arange(4000) + 0.5) / 4000 * years
    steps = float((gain * kept**middle * (1 + rate) ** -middle).sum() * years / 4000)
    assert present_value(gain, years, rate=rate, kept=kept) == pytest.approx(steps, rel=1e-4, abs=1e-6)


@pytest.mark.parametrize(
    ("years", "rate", "kept", "told"),
    [(-1, 0.03, 1, "not negative"), (1, 3.5, 1, "a rate is"), (1, 0.03, 1.1, "share kept")],
)
def test_what_makes_no_sense_is_refused(years: float, rate: float, kept: float, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        present_value(1, years, rate=rate, kept=kept)
