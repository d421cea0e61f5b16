"""The price book as the evaluation engine takes it. Needs the optional libraries of `samverk[evaluation]` (numpy).

Import it where something is counted, inside the function; pages that only show the book do without it (ADR 016).
"""

from collections import defaultdict

from samverk.access import prices
from samverk.access.permit import A, Permit
from samverk.access.prices import HeadView
from samverk.domain.price_book import PARTIES, PriceTerms, index_note, source_told
from samverk.domain.price_table import Table
from samverk.evaluation.prices import Distribution, Index, Nature, Price, PriceBook, Unit


def book_in_force(permit: Permit[A]) -> PriceBook | None:
    """The approved book, or None where nothing is approved yet."""
    head = prices.with_status(permit, "approved")
    return None if head is None else book_of(permit, head)


def book_of(permit: Permit[A], head: HeadView) -> PriceBook:
    """One version; of an approved one `PriceBook.version` is its fingerprint."""
    return engine_book(prices.table(permit, head))


def engine_book(table: Table) -> PriceBook:
    """The rows of a table as the engine's; also those without an amount, which it leaves unpriced."""
    return PriceBook(tuple(_price(row) for row in table.prices), PARTIES, index_note(table.levels))


def indices(table: Table) -> dict[str, Index]:
    """The price indices of a table, by name, each told with all its sources."""
    level: dict[str, dict[int, float]] = defaultdict(dict)
    source: dict[str, dict[str, None]] = defaultdict(dict)
    for row in table.levels:
        level[row.index][row.year] = float(row.level)
        source[row.index][row.source] = None
    return {name: Index(name=name, source="; ".join(source[name]), level=levels) for name, levels in level.items()}


def _price(row: PriceTerms) -> Price:
    return Price(
        kind=row.kind,
        payer=row.payer,
        receiver=row.receiver,
        amount=None if row.amount is None else float(row.amount),
        unit=Unit(row.unit),
        price_year=row.price_year,
        source=source_told(row),
        nature=Nature(row.nature),
        name=row.name,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        low=None if row.low is None else float(row.low),
        high=None if row.high is None else float(row.high),
        distribution=Distribution(row.distribution),
        perspective=row.perspective,
        assumption=row.assumption,
    )
