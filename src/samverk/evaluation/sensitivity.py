"""How sure the answer is when people, prices and rates all are uncertain together.

Costs are linear in prices, so each person's *quantities* (how many priced days of each row) are summed once, and
thousands of draws of prices and people are then products of small tables. Nothing is simulated twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from samverk.evaluation.calendar import MONTHS_A_YEAR, DayNumbers, Floats, months_between
from samverk.evaluation.cumulative import Cumulative, daily, who
from samverk.evaluation.improvement import LEAST_MONTHS, Windows, observed
from samverk.evaluation.kernel import accumulate
from samverk.evaluation.payoff import PayOffs, over_draws, present_value
from samverk.evaluation.prices import Distribution, Price, PriceBook
from samverk.evaluation.problems import Invalid, Problem, Refused
from samverk.evaluation.spells import Spells
from samverk.evaluation.uncertainty import bootstrap_weights

RATES = (0.02, 0.035, 0.05)  # money, a share a year
HEALTH_RATE = 0.03
_STANDARD = 1.959963984540054  # the normal 97.5th percentile


@dataclass(frozen=True, slots=True, eq=False)
class Quantities:
    """`amount[person, column]`: how many units of its price row each person has; a column moves it between accounts."""

    people: npt.NDArray[Any]
    accounts: tuple[str, ...]
    row: npt.NDArray[np.intp]  # the column's row in the price book
    move: Floats  # [column, account]: -1 for who pays, +1 for who receives
    amount: Floats

    def net(self, amounts: Floats) -> Floats:
        """SEK per person and account, with these amounts for the rows of the book."""
        total: Floats = self.amount @ (amounts[self.row, None] * self.move)
        return total


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """SEK per person: `gain[draw, account]` a year and `cost[draw, account]` once (what each put in, plus is a cost)."""

    accounts: tuple[str, ...]
    gain: Floats
    cost: Floats

    def pays(self, years: float, *, rate: float, kept: float) -> dict[str, float]:
        """For each account the probability that the gain over so many years is worth more than what it put in."""
        worth = self.gain * present_value(1.0, years, rate=rate, kept=kept)
        return {account: float((worth[:, a] > self.cost[:, a]).mean()) for a, account in enumerate(self.accounts)}

    def pays_all(self, years: float, *, rate: float, kept: float) -> float:
        """The same for all parties together: transfers cancel."""
        worth = self.gain[:, :-1].sum(axis=1) * present_value(1.0, years, rate=rate, kept=kept)
        return float((worth > self.cost[:, :-1].sum(axis=1)).mean())

    def pay_off(self, account: str, *, rate: float) -> PayOffs:
        """When the account has its money back, with the probability of never."""
        a = self.accounts.index(account)
        return over_draws(self.cost[:, a], self.gain[:, a], rate=rate)


def draw_amounts(book: PriceBook, draws: int, generator: np.random.Generator) -> Floats:
    """Amounts for the rows of the book, a row of the table for each draw; SEK per unit. Needs every amount."""
    lacking = [n for n, row in enumerate(book.rows, start=1) if row.amount is None]
    if lacking:
        raise Invalid([Problem(n, "amount", "there is no figure to draw around") for n in lacking])
    return np.column_stack([_drawn(row, draws, generator) for row in book.rows]) if book.rows else np.empty((draws, 0))


def _drawn(row: Price, draws: int, generator: np.random.Generator) -> Floats:
    amount = row.amount or 0.0
    if row.low is None or row.high is None or row.low == row.high:
        return np.full(draws, amount)
    match row.distribution:
        case Distribution.UNIFORM:
            return generator.uniform(row.low, row.high, draws)
        case Distribution.TRIANGULAR:
            return generator.triangular(row.low, amount, row.high, draws)
        case Distribution.NORMAL:
            return generator.normal(amount, (row.high - row.low) / (2 * _STANDARD), draws)
        case Distribution.LOGNORMAL:
            spread = np.log(row.high / row.low) / (2 * _STANDARD)
            return amount * np.exp(generator.normal(0.0, spread, draws))
        case _:
            return np.full(draws, amount)


def quantities_of(
    streams: Sequence[Spells], book: PriceBook, people: npt.NDArray[Any], lo: DayNumbers, hi: DayNumbers
) -> Quantities:
    """Units of each price row for each of `people` (sorted) on her days from `lo` up to `hi`."""
    inside = lo < hi
    first = int(lo[inside].min()) if inside.any() else 0
    stop = int(hi[inside].max()) if inside.any() else 1
    parts = [_of_stream(spells, book, people, lo, hi, (first, stop)) for spells in streams]
    return Quantities(
        people=people,
        accounts=book.accounts,
        row=np.concatenate([part.row for part in parts]),
        move=np.concatenate([part.move for part in parts]),
        amount=np.concatenate([part.amount for part in parts], axis=1),
    )


def _of_stream(
    spells: Spells,
    book: PriceBook,
    people: npt.NDArray[Any],
    lo: DayNumbers,
    hi: DayNumbers,
    span: tuple[int, int],
) -> Quantities:
    columns = [
        (r, k, p)
        for r, row in enumerate(book.rows)
        for k, kind in enumerate(spells.kinds)
        if kind == row.kind
        for p in range(len(spells.payers))
    ]
    accounts = book.accounts
    profile = np.arange(len(spells.kinds) * len(spells.payers), dtype=np.int32).reshape(
        len(spells.kinds), len(spells.payers)
    )
    units = np.zeros((profile.size, span[1] - span[0] + 1, len(columns) + 1))
    move = np.zeros((len(columns), len(accounts)))
    for c, (r, k, p) in enumerate(columns):
        row = book.rows[r]
        one = replace(row, amount=None if row.amount is None else 1.0)
        units[profile[k, p], 1:, c] = np.cumsum(daily(one, *span))
        move[c, accounts.index(who(row.payer, spells.payers[p], book.parties))] -= 1
        move[c, accounts.index(who(row.receiver, spells.payers[p], book.parties))] += 1
    names = tuple(str(c) for c in range(len(columns)))
    prices = Cumulative(first=span[0], stop=span[1], accounts=names, profile=profile, amounts=units)
    amount = np.zeros((people.size, len(columns)))
    known = np.isin(people, spells.people)
    theirs = np.flatnonzero(np.isin(spells.people, people))
    place = np.searchsorted(people, spells.people[theirs])
    own_lo, own_hi = (np.zeros(spells.people.size, dtype=np.int32) for _ in range(2))
    own_lo[theirs], own_hi[theirs] = lo[place], hi[place]
    amount[known] = accumulate(spells, prices, own_lo, own_hi)[0][theirs]
    return Quantities(people, accounts, np.array([r for r, _, _ in columns], dtype=np.intp), move, amount)


def improvement_quantities(
    streams: Sequence[Spells], book: PriceBook, windows: Windows, *, least_months: float = LEAST_MONTHS
) -> Quantities:
    """As `improvement.improvement`, in units instead of SEK: per person and year, those observed on both sides only."""
    lo, hi = observed(streams, windows.people)
    sides = []
    enough = np.ones(windows.people.size, dtype=bool)
    for since, until in ((windows.before_from, windows.before_to), (windows.after_from, windows.after_to)):
        since, until = np.maximum(since, lo), np.minimum(until, hi)
        months = months_between(since, until)
        enough &= months >= least_months
        found = quantities_of(streams, book, windows.people, since, until)
        sides.append((found, months))
    before, after = ((found.amount[enough] / months[enough, None] * MONTHS_A_YEAR) for found, months in sides)
    return replace(sides[0][0], people=windows.people[enough], amount=after - before)


def draw(
    gains: Quantities,
    costs: Quantities,
    book: PriceBook,
    draws: int,
    generator: np.random.Generator,
    *,
    team: npt.NDArray[np.int64] | None = None,
) -> Draws:
    """People (or teams) and prices drawn together. `gains` a year and `costs` once, of the same people in the same order."""
    if gains.people.size != costs.people.size or not (gains.people == costs.people).all():
        raise Refused("gains and costs are of the same people")
    if not gains.people.size:
        raise Refused("there is nobody to draw from")
    amounts = draw_amounts(book, draws, generator)
    gain: list[Floats] = []
    cost: list[Floats] = []
    for weights in bootstrap_weights(gains.people.size, draws, generator, team=team):
        shares = weights / weights.sum(axis=1, keepdims=True)
        theirs = amounts[len(gain) : len(gain) + len(shares)]
        gain += list((shares @ gains.amount * theirs[:, gains.row]) @ gains.move)
        cost += list(-(shares @ costs.amount * theirs[:, costs.row]) @ costs.move)
    return Draws(gains.accounts, np.array(gain), np.array(cost))
