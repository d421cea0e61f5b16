"""Invented people with known truth: to test estimators on, and to show the whole way without anyone's data.

Everything here is invented. The truth is known because it is put in, not because it is estimated: `truth` is the
effect on participants in the population from which the people are drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from samverk.days import add_months
from samverk.evaluation.calendar import DayNumbers, Floats, day_number
from samverk.evaluation.improvement import Windows
from samverk.evaluation.prices import Price, PriceBook, Unit
from samverk.evaluation.sample import Sample
from samverk.evaluation.spells import Spells, Stream, read_spells

SOURCE = "invented for a generated world"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How the people of a sample are made. The outcome has no unit; its noise has a standard deviation of 2.

    `selection`: how much a measured trait decides who takes part, and also how the outcome moves by itself. `hidden`:
    an unmeasured drift of the participants in each period, before and after. `team_spread`: what people of one team
    share. `skew`: noise with a long right tail instead of a normal one. `lost`: the share that drops out, more so those
    with a low trait.
    """

    people: int = 400
    share: float = 0.5
    effect: float = 0.0
    selection: float = 0.5
    hidden: float = 0.0
    teams: int = 0
    team_spread: float = 1.0
    skew: bool = False
    lost: float = 0.0
    periods: int = 3


@dataclass(frozen=True, slots=True, eq=False)
class Generated:
    """A sample and the truth about it."""

    sample: Sample
    truth: float


def generate(recipe: Recipe, generator: np.random.Generator) -> Generated:
    """People by the recipe. The same recipe and the same generator's state give the same people."""
    n = recipe.people
    trait = generator.normal(size=(n, 2))
    team = generator.integers(0, recipe.teams, n) if recipe.teams else None
    odds = recipe.share / (1 - recipe.share) * np.exp(recipe.selection * trait[:, 0])
    chance = odds / (1 + odds)
    treated = generator.random(n) < chance
    level = 5 * trait[:, 0] + 3 * trait[:, 1] + generator.normal(0, 3, n)
    drift = recipe.hidden * treated
    times = np.arange(recipe.periods)
    before = level[:, None] + drift[:, None] * times + _noise(recipe, (n, recipe.periods), generator)
    own = generator.normal(0, 1, n)  # the effect differs between people
    shared = np.zeros(n)
    if team is not None:
        shared = generator.normal(0, recipe.team_spread, recipe.teams)[team]
    after = level + drift * recipe.periods + recipe.selection * trait[:, 0] + shared + treated * (recipe.effect + own)
    after += _noise(recipe, (n,), generator)
    if recipe.lost:
        goes = recipe.lost / (1 - recipe.lost) * np.exp(-0.8 * trait[:, 0])
        after[generator.random(n) < goes / (1 + goes)] = np.nan
    return Generated(Sample(treated, before, after, trait, ("trait", "other trait"), team), recipe.effect)


def _noise(recipe: Recipe, shape: tuple[int, ...], generator: np.random.Generator) -> Floats:
    if recipe.skew:
        return 2 * (generator.exponential(1, shape) - 1)
    return generator.normal(0, 2, shape)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldRecipe:
    """How a generated world is made. Chances are of leaving benefit for work in a month, 0 to 1."""

    people: int = 200
    first_month: date = date(2018, 1, 1)
    months_before: int = 12
    months_after: int = 24
    leaves: float = 0.02
    leaves_with_programme: float = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """Spells, prices, windows and groups of invented people, and the truth: SEK per participant and year, by account."""

    livelihood: Spells
    book: PriceBook
    windows: Windows
    treated: npt.NDArray[np.bool_]
    truth: Mapping[str, float]


def invented_book() -> PriceBook:
    """Round amounts that stand for nothing: they make the truth easy to work out by hand."""

    def row(kind: str, payer: str, receiver: str, amount: float, name: str) -> Price:
        return Price(
            kind=kind, payer=payer, receiver=receiver, amount=amount, unit=Unit.MONTH, price_year=2020, name=name,
            source=SOURCE, assumption=True,
        )  # fmt: skip

    return PriceBook(
        (
            row("benefit", "FK", "participant", 10_000.0, "benefit"),
            row("benefit", "participant", "municipality", 2_000.0, "tax"),
            row("wage", "employer", "participant", 25_000.0, "wage"),
            row("wage", "participant", "municipality", 6_000.0, "tax"),
            row("wage", "employer", "state", 8_000.0, "contributions"),
        ),
        note="invented",
    )


def generate_world(recipe: WorldRecipe, generator: np.random.Generator) -> World:
    """Everyone is on benefit until the middle month; from then on some leave for work each month and stay there."""
    n = recipe.people
    treated = generator.random(n) < 0.5
    chance = np.where(treated, recipe.leaves_with_programme, recipe.leaves)
    wait = generator.geometric(chance)  # the month after the start in which she leaves: 1 is the first
    total = recipe.months_before + recipe.months_after
    months = [add_months(recipe.first_month, k) for k in range(total + 1)]
    numbers = np.array([day_number(month) for month in months], dtype=np.int32)
    leaving = np.minimum(recipe.months_before + wait, total)
    works = np.flatnonzero(leaving < total)
    table: dict[str, Any] = {
        "person": np.concatenate([np.arange(n), works]),
        "kind": np.array(["benefit"] * n + ["wage"] * works.size),
        "start": np.concatenate([np.full(n, numbers[0]), numbers[leaving[works]]]),
        "stop": np.concatenate([numbers[leaving], np.full(works.size, numbers[-1])]),
        "extent": np.ones(n + works.size),
        "payer": np.array(["FK"] * n + ["employer"] * works.size),
        "source": np.full(n + works.size, SOURCE),
        "observed_until": np.full(n + works.size, numbers[-1]),
    }

    def each(number: np.int32) -> DayNumbers:
        return np.full(n, number, dtype=np.int32)

    middle = numbers[recipe.months_before]
    book = invented_book()
    return World(
        livelihood=read_spells(table, stream=Stream.LIVELIHOOD),
        book=book,
        windows=Windows(np.arange(n), each(numbers[0]), each(middle), each(middle), each(numbers[-1])),
        treated=treated,
        truth=_truth(recipe, book),
    )


def _truth(recipe: WorldRecipe, book: PriceBook) -> dict[str, float]:
    """Expected: a month more in work and less on benefit is worth the difference of their prices."""

    def months_in_work(chance: float) -> float:
        return sum(1 - (1 - chance) ** k for k in range(recipe.months_after))

    more = months_in_work(recipe.leaves_with_programme) - months_in_work(recipe.leaves)
    found = dict.fromkeys(book.parties, 0.0)
    for row in book.rows:
        sign = 1 if row.kind == "wage" else -1
        worth = sign * (row.amount or 0.0) * more / recipe.months_after * 12
        found[row.payer] -= worth
        found[row.receiver] += worth
    return found
