"""Cumulative price arrays: what an extent of 1 has cost from the first day up to each day, per account."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samverk.evaluation.calendar import MONTHS_A_YEAR, Floats, day_number, discount, month_lengths, weekdays
from samverk.evaluation.prices import RESOURCES, SPELL_PAYER, UNALLOCATED, Nature, Price, PriceBook, Unit


@dataclass(frozen=True, slots=True, eq=False)
class Cumulative:
    """`amounts[profile, day - first, account]`, SEK; a profile is a kind and who the spell says pays.

    The last column counts the days that have a price, so that a spell without one is never taken to be free.
    """

    first: int
    stop: int
    accounts: tuple[str, ...]
    profile: npt.NDArray[np.int32]  # [kind, payer] -> profile
    amounts: Floats


def per_day(unit: Unit, first: int, stop: int) -> Floats:
    """The share of the amount that each day costs."""
    match unit:
        case Unit.MONTH:
            return 1.0 / month_lengths(first, stop)
        case Unit.YEAR:
            return 1.0 / (MONTHS_A_YEAR * month_lengths(first, stop))
        case Unit.WEEKDAY:
            return weekdays(first, stop)
        case _:
            return np.ones(stop - first)


def daily(price: Price, first: int, stop: int) -> Floats:
    """SEK on each day, 0 where the price does not hold or has no figure."""
    amount = 0.0 if price.amount is None else price.amount
    return amount * per_day(price.unit, first, stop) * holds(price, first, stop)


def holds(price: Price, first: int, stop: int) -> Floats:
    """1 on each day on which the price holds and has a figure."""
    days = np.arange(first, stop)
    since = first if price.valid_from is None else day_number(price.valid_from)
    until = stop if price.valid_to is None else day_number(price.valid_to)
    return ((days >= since) & (days < until) & (price.amount is not None)).astype(np.float64)


def who(party: str, payer: str, parties: tuple[str, ...]) -> str:
    """The account that a party in a price stands for, when the spell says that `payer` pays."""
    if party != SPELL_PAYER:
        return party
    return payer if payer in parties else UNALLOCATED


def cumulate(
    book: PriceBook, kinds: tuple[str, ...], payers: tuple[str, ...], first: int, stop: int, *, rate: float = 0.0
) -> Cumulative:
    """The arrays for these kinds and payers over the days from `first` up to `stop`.

    `rate` discounts every day to day 0 (`calendar.discount`), a share a year.
    """
    accounts = book.accounts
    column = {account: place for place, account in enumerate(accounts)}
    profiles = np.arange(len(kinds) * len(payers), dtype=np.int32).reshape(len(kinds), len(payers))
    worth = discount(first, stop, rate) if rate else np.ones(stop - first)
    flow = np.zeros((profiles.size, stop - first, len(accounts) + 1))
    for k, kind in enumerate(kinds):
        rows = [row for row in book.rows if row.kind == kind]
        priced = np.zeros(stop - first)
        for row in rows:
            amounts = daily(row, first, stop) * worth
            priced = np.maximum(priced, holds(row, first, stop))
            for p, payer in enumerate(payers):
                giver, taker = who(row.payer, payer, book.parties), who(row.receiver, payer, book.parties)
                flow[profiles[k, p], :, column[giver]] -= amounts
                flow[profiles[k, p], :, column[taker]] += amounts
        flow[profiles[k], :, -1] = priced
    amounts = np.zeros((profiles.size, stop - first + 1, len(accounts) + 1))
    np.cumsum(flow, axis=1, out=amounts[:, 1:, :])
    return Cumulative(first=first, stop=stop, accounts=accounts, profile=profiles, amounts=amounts)


def of_nature(book: PriceBook, nature: Nature) -> PriceBook:
    """The book's transfers alone, or its resources alone."""
    return PriceBook(tuple(row for row in book.rows if row.nature is nature), book.parties, book.note)


__all__ = ["RESOURCES", "Cumulative", "cumulate", "daily", "holds", "of_nature", "per_day", "who"]
