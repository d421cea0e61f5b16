"""Prices as data: who pays whom how much for what, when, and where the figure comes from.

Each row is balanced: what one pays another receives, so a book cannot make money. A *transfer* moves money between
parties; society as a whole neither wins nor loses by it. A *resource* row has the account `RESOURCES` on one side:
working hours used, care given, production gained. Only such rows change society's total.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np

from samverk.evaluation.calendar import Floats
from samverk.evaluation.problems import Invalid, Problem

PARTIES = ("state", "FK", "AF", "region", "municipality", "employer", "participant", "unallocated")
UNALLOCATED = "unallocated"
RESOURCES = "resources"
SPELL_PAYER = "*"  # in a price: whoever the spell says pays; unallocated where the spell does not say


class Unit(StrEnum):
    """What the amount is for. All are SEK for an extent of 1."""

    DAY = "SEK/day"
    WEEKDAY = "SEK/weekday"  # Monday to Friday
    MONTH = "SEK/month"  # spread over the days of each calendar month
    YEAR = "SEK/year"  # a twelfth in each calendar month
    EACH = "SEK/each"  # a visit, a meeting, an hour: a spell of one day whose extent is how many


class Nature(StrEnum):
    """Whether money only moves, or something real is used or made."""

    TRANSFER = "transfer"
    RESOURCE = "resource"


class Distribution(StrEnum):
    """How sure the amount is. `low` and `high` are its 2.5th and 97.5th percentiles, except where said."""

    FIXED = "fixed"
    UNIFORM = "uniform"  # low and high are its ends
    TRIANGULAR = "triangular"  # low and high are its ends, the amount its mode
    NORMAL = "normal"
    LOGNORMAL = "lognormal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """One row of a price book. `amount` in SEK per unit at the prices of `price_year`; None: no figure can be sourced.

    It holds from `valid_from` up to, not including, `valid_to` (None: no limit). `name` tells rows of the same kind
    and parties apart (benefit, tax, employer contribution). `perspective` names the analysis that it belongs to; empty:
    all. `assumption` marks a figure without a source that says so.
    """

    kind: str
    payer: str
    receiver: str
    amount: float | None
    unit: Unit
    price_year: int
    source: str
    nature: Nature = Nature.TRANSFER
    name: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    low: float | None = None
    high: float | None = None
    distribution: Distribution = Distribution.FIXED
    perspective: str = ""
    assumption: bool = False

    def holds_with(self, other: "Price") -> bool:
        """Whether some day has both."""
        starts = [day for day in (self.valid_from, other.valid_from) if day]
        stops = [day for day in (self.valid_to, other.valid_to) if day]
        return not starts or not stops or max(starts) < min(stops)


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """A price index by year, for instance the consumer price index. `name` is told wherever it has been used."""

    name: str
    source: str
    level: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class PriceBook:
    """Price rows that have been checked. `version` changes when anything in them does. Raises `Invalid`, by row."""

    rows: tuple[Price, ...]
    parties: tuple[str, ...] = PARTIES
    note: str = ""

    def __post_init__(self) -> None:
        problems = [problem for n, row in enumerate(self.rows, start=1) for problem in _wrong(n, row, self.parties)]
        problems += _twice(self.rows)
        if UNALLOCATED not in self.parties or RESOURCES in self.parties:
            problems.append(Problem(0, "parties", f"there is a row {UNALLOCATED}, and {RESOURCES} is no party"))
        if problems:
            raise Invalid(problems)

    @property
    def accounts(self) -> tuple[str, ...]:
        """The parties, then the account of real resources: over all of them everything sums to zero."""
        return (*self.parties, RESOURCES)

    @property
    def version(self) -> str:
        """Sixteen hexadecimal digits that stand for these rows and no others (SHA-256)."""
        rows = sorted(json.dumps(asdict(row), default=str, sort_keys=True) for row in self.rows)
        text = json.dumps([rows, self.parties, self.note])
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def seen_from(self, perspective: str) -> "PriceBook":
        """The rows of every perspective and those of this one."""
        return replace(self, rows=tuple(row for row in self.rows if row.perspective in ("", perspective)))

    def with_amounts(self, amounts: Floats) -> "PriceBook":
        """The same rows with other amounts, in order; SEK per unit. The amounts are drawn or assumed: fixed here."""
        if amounts.shape != (len(self.rows),):
            raise ValueError(f"{len(self.rows)} rows need as many amounts, not {amounts.shape}")
        return replace(
            self,
            rows=tuple(
                replace(row, amount=float(amount), low=None, high=None, distribution=Distribution.FIXED)
                for row, amount in zip(self.rows, amounts, strict=True)
            ),
        )

    def in_prices_of(self, year: int, index: Index) -> "PriceBook":
        """The book in the prices of one year; each row's source says how. Raises `Invalid` where the index has no level."""
        years = {row.price_year for row in self.rows if row.amount is not None} | {year}
        lacking = sorted(years - index.level.keys())
        if lacking:
            text = f"{index.name} has no level for {', '.join(map(str, lacking))}"
            rows = [n for n, row in enumerate(self.rows, start=1) if row.price_year in lacking] or [0]
            raise Invalid([Problem(row, "price_year", text) for row in rows])
        return replace(self, rows=tuple(_converted(row, year, index) for row in self.rows))


def _converted(row: Price, year: int, index: Index) -> Price:
    if row.price_year == year or row.amount is None:
        return row
    factor = index.level[year] / index.level[row.price_year]
    return replace(
        row,
        amount=row.amount * factor,
        low=None if row.low is None else row.low * factor,
        high=None if row.high is None else row.high * factor,
        price_year=year,
        source=f"{row.source}; from {row.price_year} to {year} by {index.name} ({index.source})",
    )


def _wrong(n: int, row: Price, parties: tuple[str, ...]) -> Iterable[Problem]:
    """What is wrong with one row of a book."""
    known = {*parties, RESOURCES, SPELL_PAYER}
    for column, party in (("payer", row.payer), ("receiver", row.receiver)):
        if party not in known:
            yield Problem(n, column, f"{party!r} is none of the parties {', '.join(parties)}")
    if row.payer == row.receiver:
        yield Problem(n, "receiver", "nobody pays herself")
    resource = RESOURCES in (row.payer, row.receiver)
    if resource != (row.nature is Nature.RESOURCE):
        yield Problem(n, "nature", f"a resource has {RESOURCES} as payer or receiver, a transfer has not")
    if not row.kind:
        yield Problem(n, "kind", "say what it is the price of")
    if not row.source:
        yield Problem(n, "source", "say where the figure comes from, or that it is an assumption and whose")
    if row.valid_from and row.valid_to and row.valid_to <= row.valid_from:
        yield Problem(n, "valid_to", "it comes after valid_from")
    yield from _wrong_amount(n, row)


def _wrong_amount(n: int, row: Price) -> Iterable[Problem]:
    values = [value for value in (row.low, row.amount, row.high) if value is not None]
    if not all(np.isfinite(values)):
        yield Problem(n, "amount", "write a number")
    elif values != sorted(values):
        yield Problem(n, "low", "the amount lies between low and high")
    if row.distribution is Distribution.FIXED:
        return
    if row.amount is None or row.low is None or row.high is None:
        yield Problem(n, "distribution", f"{row.distribution} needs an amount, a low and a high")
    elif row.distribution is Distribution.LOGNORMAL and row.low <= 0:
        yield Problem(n, "low", "a lognormal amount is above 0")


def _twice(rows: tuple[Price, ...]) -> list[Problem]:
    """Rows that price the same thing on the same day."""
    seen: dict[tuple[str, ...], list[Price]] = {}
    problems = []
    for n, row in enumerate(rows, start=1):
        key = (row.kind, row.payer, row.receiver, row.name, row.perspective)
        if any(row.holds_with(other) for other in seen.get(key, [])):
            problems.append(
                Problem(n, "valid_from", "an earlier row has a price for the same days; give it another name")
            )
        seen.setdefault(key, []).append(row)
    return problems
