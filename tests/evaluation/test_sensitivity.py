"""Quantities times prices are the costs; draws follow the book's distributions; probabilities are per account."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from samverk.evaluation.calendar import day_number
from samverk.evaluation.costs import costs_of
from samverk.evaluation.improvement import improvement
from samverk.evaluation.oracle import Row
from samverk.evaluation.prices import RESOURCES, Distribution, Nature, PriceBook
from samverk.evaluation.problems import Invalid, Refused
from samverk.evaluation.sensitivity import Draws, draw, draw_amounts, improvement_quantities, quantities_of
from samverk.evaluation.synthetic import WorldRecipe, generate_world
from tests.evaluation.test_costs import price
from tests.evaluation.worlds import FIRST, LAST, books, rows, spells_of


@settings(max_examples=40)
@given(rows(), books())
def test_quantities_times_prices_are_the_costs(found: list[Row], book: PriceBook) -> None:
    spells = spells_of(found)
    lo = np.full(spells.people.size, day_number(FIRST), dtype=np.int32)
    hi = np.full(spells.people.size, day_number(LAST), dtype=np.int32)
    expected = costs_of([spells], book, people=spells.people, lo=lo, hi=hi).net
    amounts = np.array([row.amount for row in book.rows], dtype=np.float64)
    got = quantities_of([spells], book, spells.people, lo, hi).net(amounts)
    assert np.abs(got - expected).max(initial=0) < 0.005


def test_quantities_of_an_improvement_give_the_improvement() -> None:
    world = generate_world(WorldRecipe(people=50), np.random.default_rng(1))
    expected = improvement([world.livelihood], world.book, world.windows).per_year
    amounts = np.array([row.amount for row in world.book.rows], dtype=np.float64)
    got = improvement_quantities([world.livelihood], world.book, world.windows)
    assert got.net(amounts) == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize(
    ("distribution", "quantiles"),
    [
        (Distribution.UNIFORM, (80 + 70 * 0.025, 115, 150 - 70 * 0.025)),
        (Distribution.NORMAL, (65, 100, 135)),
        (Distribution.LOGNORMAL, (100 * np.sqrt(80 / 150), 100, 100 * np.sqrt(150 / 80))),
        (
            Distribution.TRIANGULAR,
            (80 + np.sqrt(0.025 * 70 * 20), 150 - np.sqrt(0.5 * 70 * 50), 150 - np.sqrt(0.025 * 70 * 50)),
        ),
        (Distribution.FIXED, (100, 100, 100)),
    ],
)
def test_draws_follow_the_distribution(distribution: Distribution, quantiles: tuple[float, ...]) -> None:
    book = PriceBook((price(amount=100.0, low=80.0, high=150.0, distribution=distribution),))
    drawn = draw_amounts(book, 200_000, np.random.default_rng(1))
    assert np.quantile(drawn, (0.025, 0.5, 0.975)) == pytest.approx(quantiles, rel=0.01)


def test_a_price_without_a_figure_cannot_be_drawn() -> None:
    with pytest.raises(Invalid, match="row 2, amount: there is no figure"):
        draw_amounts(PriceBook((price(), price(kind="care", amount=None))), 10, np.random.default_rng(1))


def sure() -> Draws:
    """A world in which people get to work, at a cost that the municipality bears."""
    world = generate_world(WorldRecipe(people=400), np.random.default_rng(2))
    cost_row = price(
        kind="benefit", name="the programme", payer="municipality", receiver=RESOURCES, nature=Nature.RESOURCE,
        amount=5_000.0, low=4_000.0, high=6_000.0, distribution=Distribution.NORMAL,
    )  # fmt: skip
    gains = improvement_quantities([world.livelihood], world.book, world.windows)
    book = PriceBook((*world.book.rows, cost_row))
    stop = world.windows.before_from + 31
    costs = quantities_of(
        [world.livelihood], PriceBook((cost_row,)), world.windows.people, world.windows.before_from, stop
    )
    costs = replace(costs, row=costs.row + len(world.book.rows))
    return draw(gains, costs, book, 500, np.random.default_rng(3))


def test_who_wins_and_who_loses_is_told_by_account() -> None:
    drawn = sure()
    pays = drawn.pays(5.0, rate=0.035, kept=1.0)
    assert pays["FK"] == 1.0  # pays no more benefit, put nothing in
    assert pays["employer"] == 0.0  # pays the wages
    assert pays["municipality"] == 1.0
    assert drawn.pays(0.001, rate=0.035, kept=1.0)["municipality"] == 0.0
    municipality = drawn.accounts.index("municipality")
    assert drawn.cost[:, municipality].mean() == pytest.approx(5_000, rel=0.02)
    assert drawn.cost[:, municipality].std() == pytest.approx(2_000 / (2 * 1.96), rel=0.2)


def test_all_together_only_real_resources_count() -> None:
    drawn = sure()
    assert drawn.gain[:, :-1].sum(axis=1) == pytest.approx(np.zeros(500), abs=1e-6)
    assert drawn.pays_all(5.0, rate=0.035, kept=1.0) == 0.0  # money moved; nothing was produced in these prices
    assert drawn.pay_off("employer", rate=0.035).never == 0.0  # it put nothing in
    assert drawn.pay_off("municipality", rate=0.035).never == 0.0
    assert 0 < drawn.pay_off("municipality", rate=0.035).median < 60


def test_gains_and_costs_are_of_the_same_people() -> None:
    world = generate_world(WorldRecipe(people=20), np.random.default_rng(4))
    gains = improvement_quantities([world.livelihood], world.book, world.windows)
    with pytest.raises(Refused, match="of the same people"):
        draw(gains, replace(gains, people=gains.people[:-1]), world.book, 10, np.random.default_rng(1))
    empty = replace(gains, people=gains.people[:0], amount=gains.amount[:0])
    with pytest.raises(Refused, match="nobody"):
        draw(empty, empty, world.book, 10, np.random.default_rng(1))
