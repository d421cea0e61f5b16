"""The price rows: who pays whom for what in which state, as products of named assumptions (`rows.csv`).

A factor is a name, `~name` (one less it), or a number. What the participant receives is taxed where it says so, and
VAT follows from what is left: three rows more, made here.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from samverk.fates.book import layout
from samverk.fates.costs import Costs
from samverk.fates.jit import Floats, Ints, kernel
from samverk.fates.states import BANDS, LIVING, Party, state

# What a row is charged for: months in a band, entering a state, or the start.
MONTHS, ENTRY, START = range(3)
MOST_FACTORS = 7


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file for one band, state or start."""

    charged: int
    place: int
    payer: Party
    receiver: Party
    growth: int
    factors: tuple[str, ...]
    what: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """Rows as arrays: meaning [row, (charged, place, payer, receiver, growth)], share [row], and factors [row, n].

    A factor is 0 for none, n + 1 for value n, and -(n + 1) for one less value n.
    """

    meaning: Ints
    share: Floats
    factors: Ints


@cache
def standard_rows() -> tuple[Row, ...]:
    """The rows that are shipped, with the taxes that follow from them."""
    with files("samverk.fates").joinpath("rows.csv").open(encoding="utf-8") as lines:
        return tuple(row for line in csv.DictReader(lines) for row in rows_of(line))


def rows_of(line: dict[str, str]) -> list[Row]:
    """The rows of one line: one for each band it names, and the taxes on it."""
    payer, receiver = Party[line["payer"].upper()], Party[line["receiver"].upper()]
    growth = ("prices", "wages").index(line["growth"])
    factors = tuple(line["factors"].split("*"))
    made = []
    for place in line["bands"].split():
        charged, at = place_of(place)
        made.append(Row(charged, at, payer, receiver, growth, factors, line["what"]))
        if receiver is Party.PARTICIPANT:
            for to, more, what in taxes(taxed=line["taxed"] == "yes"):
                name = f"{what} on {line['what']}"
                made.append(Row(charged, at, Party.PARTICIPANT, to, growth, factors + more, name))
    return made


def place_of(name: str) -> tuple[int, int]:
    """What a name in the column `bands` means. Raises ValueError or KeyError for an unknown one."""
    if name == "start":
        return START, 0
    if name.startswith("enter:"):
        return ENTRY, int(state(name.removeprefix("enter:")))
    return MONTHS, BANDS.index(name)


def taxes(*, taxed: bool) -> list[tuple[Party, tuple[str, ...], str]]:
    """Who takes which share of what the participant receives. Local tax has no deductions here (docs/fates.md)."""
    if not taxed:
        return [(Party.STATE, ("vat",), "VAT")]
    return [
        (Party.MUNICIPALITY, ("tax", "tax_municipality"), "municipal tax"),
        (Party.REGION, ("tax", "~tax_municipality"), "regional tax"),
        (Party.STATE, ("~tax", "vat"), "VAT"),
    ]


@cache
def compiled(names: tuple[str, ...], rows: tuple[Row, ...] | None = None) -> Compiled:
    """The rows against the layout of a book's names. Raises KeyError for a factor that the book does not have."""
    rows = standard_rows() if rows is None else rows
    place = {name: n + 1 for n, name in enumerate(layout(names))}
    meaning = np.array(
        [(row.charged, row.place, row.payer, row.receiver, row.growth) for row in rows], dtype=np.int64
    ).reshape(len(rows), 5)
    share, factors = np.ones(len(rows)), np.zeros((len(rows), MOST_FACTORS), dtype=np.int64)
    for n, row in enumerate(rows):
        named = [factor for factor in row.factors if not is_number(factor)]
        share[n] = np.prod([float(factor) for factor in row.factors if is_number(factor)])
        for m, factor in enumerate(named):
            factors[n, m] = -place[factor[1:]] if factor.startswith("~") else place[factor]
    return Compiled(meaning, share, factors)


def is_number(text: str) -> bool:
    """Whether a factor is a number and no name."""
    return text.replace(".", "", 1).isdigit()


def costs_at(values: Floats, rows: Compiled) -> Costs:
    """The costs when the layout has these values."""
    made = Costs()
    charge(values, rows.meaning, rows.share, rows.factors, made.monthly, made.one_off, made.start)
    return made


@kernel
def charge(
    values: Floats, meaning: Ints, share: Floats, factors: Ints, monthly: Floats, one_off: Floats, start: Floats
) -> None:
    """Fills the arrays of Costs: every row's amount is added to its payer and taken from its receiver."""
    monthly[:] = 0.0
    one_off[:] = 0.0
    start[:] = 0.0
    nobody = start.shape[0]
    for row in range(meaning.shape[0]):
        amount = amount_of(values, share[row], factors[row])
        charged, place, payer, receiver, growth = meaning[row]
        for side in range(2):
            party = payer if side == 0 else receiver
            moved = amount if side == 0 else -amount
            if party == nobody:
                continue
            if charged == 0:
                monthly[growth, place, party] += moved
            elif charged == 1:
                one_off[:, place, party] += moved
            else:
                start[party] += moved
    # To stay on where she is, by a new decision, is no new beginning.
    for i in range(LIVING):
        one_off[i, i] = 0.0


@kernel
def amount_of(values: Floats, share: float, factors: Ints) -> float:
    """The product that a row charges, SEK."""
    amount = share
    for factor in factors:
        if factor > 0:
            amount *= values[factor - 1]
        elif factor < 0:
            amount *= 1.0 - values[-factor - 1]
    return amount
