"""The price book as a table in a file (CSV), out and in, and what differs between two versions."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Generic, TypeVar
from uuid import UUID

from samverk.domain.price_book import (
    LevelTerms,
    PriceTerms,
    checked_level,
    checked_price,
    demand_one_level,
    demand_room,
)

COLUMNS = (
    "what", "kind", "name", "payer", "receiver", "amount", "unit", "nature", "price_year", "valid_from", "valid_to",
    "low", "high", "distribution", "perspective", "assumption", "confidence", "source", "note",
)  # fmt: skip
PRICE, LEVEL = "price", "index"
_AS_LEVEL = {"index": "name", "year": "price_year", "level": "amount"}
"""Where an index's level stands, in a table that is a price's."""

T = TypeVar("T", PriceTerms, LevelTerms)


class Unreadable(ValueError):
    """A line of a table that cannot be read; says which and why."""


@dataclass(frozen=True, slots=True)
class Table:
    """A whole book: its prices and the levels of its indices, in order."""

    prices: tuple[PriceTerms, ...]
    levels: tuple[LevelTerms, ...]


@dataclass(frozen=True, slots=True)
class Changed(Generic[T]):
    """One row in two versions; None where it is not there. `fields`: the names of what differs, when it is in both."""

    key: UUID
    before: T | None
    after: T | None
    fields: tuple[str, ...]


def written(table: Table) -> str:
    """The table as CSV: comma, quotes where needed, `valid_to` the day after the last; CRLF between lines."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows({"what": PRICE, **_texts(row)} for row in table.prices)
    for level in table.levels:
        told = {_AS_LEVEL.get(name, name): text for name, text in _texts(level).items()}
        writer.writerow({"what": LEVEL, **told})
    return out.getvalue()


def read(text: str) -> Table:
    """The table in a CSV as `written` makes it, checked. Unreadable, or Rejection, at what the book cannot hold."""
    prices: list[PriceTerms] = []
    levels: list[LevelTerms] = []
    lines = csv.DictReader(io.StringIO(text, newline=""))
    for line in lines:
        try:
            if line["what"] == PRICE:
                price = checked_price(_price(line))
                demand_room(price, prices)
                prices.append(price)
            elif line["what"] == LEVEL:
                level = checked_level(_level(line))
                demand_one_level(level, levels)
                levels.append(level)
            else:
                raise Unreadable(f"line {lines.line_num}: “what” is neither {PRICE} nor {LEVEL}")
        except (KeyError, TypeError, InvalidOperation) as error:
            raise Unreadable(f"line {lines.line_num}: {error!r}") from error
        except ValueError as error:
            raise Unreadable(f"line {lines.line_num}: {error}") from error
    return Table(tuple(prices), tuple(levels))


def differences(before: Mapping[UUID, T], after: Mapping[UUID, T]) -> tuple[Changed[T], ...]:
    """What was changed, added and removed, by the key that a row keeps through all versions; `after`'s order first."""
    found = []
    for key in [*after, *(key for key in before if key not in after)]:
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        both = old is not None and new is not None
        names = [field.name for field in fields(new or old)] if both else []  # type: ignore[arg-type]
        differs = tuple(name for name in names if getattr(old, name) != getattr(new, name))
        found.append(Changed(key, old, new, differs))
    return tuple(found)


def _texts(row: PriceTerms | LevelTerms) -> dict[str, str]:
    return {field.name: _text(getattr(row, field.name)) for field in fields(row)}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return "" if value is None else str(value)


def _price(line: Mapping[str, str]) -> PriceTerms:
    plain = ("kind", "name", "payer", "receiver", "unit", "nature", "perspective", "confidence", "source", "note")
    return PriceTerms(
        **{name: line[name] for name in plain},
        amount=_number(line["amount"]),
        price_year=int(line["price_year"]),
        valid_from=_day(line["valid_from"]),
        valid_to=_day(line["valid_to"]),
        low=_number(line["low"]),
        high=_number(line["high"]),
        distribution=line["distribution"],
        assumption={"yes": True, "no": False}[line["assumption"]],
    )


def _level(line: Mapping[str, str]) -> LevelTerms:
    return LevelTerms(
        index=line["name"],
        year=int(line["price_year"]),
        level=Decimal(line["amount"]),
        confidence=line["confidence"],
        source=line["source"],
        note=line["note"],
    )


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
