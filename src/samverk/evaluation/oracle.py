"""The slow, obvious way: day by day, in exact fractions, with nothing but the standard library.

It exists to be compared with. It shares no code with the fast way: not its calendar, not its sums. SEK everywhere.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from samverk.evaluation.prices import Price, PriceBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One spell as a person would write it down; `extent` is read as the decimal that is printed."""

    person: str
    kind: str
    start: date
    stop: date
    extent: float
    payer: str = ""


def _days(start: date, stop: date) -> Iterable[date]:
    while start < stop:
        yield start
        start += timedelta(days=1)


def _days_of_month(day: date) -> int:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return (following - date(day.year, day.month, 1)).days


def price_of_day(price: Price, day: date) -> Fraction:
    """What the day costs by this price, for an extent of 1."""
    if price.amount is None:
        return Fraction(0)
    if price.valid_from is not None and day < price.valid_from:
        return Fraction(0)
    if price.valid_to is not None and day >= price.valid_to:
        return Fraction(0)
    amount = Fraction(repr(price.amount))
    if price.unit == "SEK/month":
        return amount / _days_of_month(day)
    if price.unit == "SEK/year":
        return amount / 12 / _days_of_month(day)
    if price.unit == "SEK/weekday":
        return amount if day.isoweekday() <= 5 else Fraction(0)
    return amount


def net_of(rows: Iterable[Row], book: PriceBook, start: date, stop: date) -> dict[tuple[str, str], Fraction]:
    """For each person and account: received less paid, on the days from `start` up to `stop`. Exact."""
    net: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for row in rows:
        for day in _days(max(row.start, start), min(row.stop, stop)):
            for price in book.rows:
                if price.kind == row.kind:
                    amount = price_of_day(price, day) * Fraction(repr(row.extent))
                    giver, taker = price.payer, price.receiver
                    if giver == "*":
                        giver = row.payer if row.payer in book.parties else "unallocated"
                    if taker == "*":
                        taker = row.payer if row.payer in book.parties else "unallocated"
                    net[row.person, giver] -= amount
                    net[row.person, taker] += amount
    return net


def months_of(start: date, stop: date) -> Fraction:
    """The calendar months in a run of days: each day is one part in 28 to 31."""
    return sum((Fraction(1, _days_of_month(day)) for day in _days(start, stop)), Fraction(0))
