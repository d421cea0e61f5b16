"""The price book: who pays whom how much for what, when, and where the figure comes from.

The same rules as the engine's (evaluation.prices), said in Swedish and beside their fields; without its libraries, so
that a book can be kept where nothing is counted. tests/spec/c15_evaluation shows that the two agree, to the fingerprint.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from samverk.domain.words import Problem, Rejection, fitting, gettext_noop

PARTIES = ("state", "FK", "AF", "region", "municipality", "employer", "participant", "unallocated")
RESOURCES = "resources"
SPELL_PAYER = "*"
ACCOUNTS = (*PARTIES, RESOURCES, SPELL_PAYER)

ASSUMED = "assumption"
UNSOURCED = "no source: no figure"
"""What the engine is told where a row names no source."""

FIRST_YEAR, LAST_YEAR = 1900, 2200
MOST = Decimal(1_000_000_000)
LONGEST_NAME = 200
LONGEST_PERSPECTIVE = 60
LONGEST_INDEX = 100
FORMULA = "=+-@"
"""How a text may not begin: a spreadsheet would take it for a formula (security.md, attack 12)."""


class Unit(StrEnum):
    """What an amount is for. All are SEK for an extent of 1."""

    DAY = "SEK/day"
    WEEKDAY = "SEK/weekday"
    MONTH = "SEK/month"
    YEAR = "SEK/year"
    EACH = "SEK/each"


class Nature(StrEnum):
    """Whether money only moves, or something real is used or made."""

    TRANSFER = "transfer"
    RESOURCE = "resource"


class Distribution(StrEnum):
    """How sure an amount is, between `low` and `high`."""

    FIXED = "fixed"
    UNIFORM = "uniform"
    TRIANGULAR = "triangular"
    NORMAL = "normal"
    LOGNORMAL = "lognormal"


class Confidence(StrEnum):
    """How well a source was read."""

    READ = "read"
    SECONDARY = "secondary"
    """Told by somebody else than who made the figure."""
    DERIVED = "derived"
    """Worked out from figures that the source has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceTerms:
    """One price, as it is typed, kept and written to a file. `amount` in SEK; None: no figure can be sourced.

    It holds from `valid_from` up to, not including, `valid_to` (None: no limit), at the prices of `price_year`.
    """

    kind: str
    payer: str
    receiver: str
    amount: Decimal | None
    unit: str
    nature: str
    price_year: int
    name: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    distribution: str = Distribution.FIXED
    perspective: str = ""
    assumption: bool = False
    confidence: str = ""
    source: str = ""
    note: str = ""

    @property
    def thing(self) -> tuple[str, ...]:
        """What may have one price a day."""
        return (self.kind, self.payer, self.receiver, self.name, self.perspective)

    def holds_with(self, other: "PriceTerms") -> bool:
        """Whether some day has both."""
        starts = [day for day in (self.valid_from, other.valid_from) if day]
        stops = [day for day in (self.valid_to, other.valid_to) if day]
        return not starts or not stops or max(starts) < min(stops)


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelTerms:
    """The level of a price index in one year."""

    index: str
    year: int
    level: Decimal
    confidence: str = ""
    source: str = ""
    note: str = ""


def checked_price(terms: PriceTerms) -> PriceTerms:
    """The price with its texts cleaned. Rejection with everything that is wrong, each beside its field."""
    terms = replace(
        terms,
        name=fitting(terms.name, "name"),
        perspective=fitting(terms.perspective, "perspective"),
        source=fitting(terms.source, "source"),
        note=fitting(terms.note, "note"),
    )
    problems = [*_wrong_parties(terms), *_wrong_words(terms), *_wrong_days(terms), *_wrong_amounts(terms)]
    if problems:
        raise Rejection.of(problems)
    return terms


def checked_level(terms: LevelTerms) -> LevelTerms:
    """The level with its texts cleaned. Rejection with everything that is wrong."""
    terms = replace(
        terms,
        index=fitting(terms.index, "index"),
        source=fitting(terms.source, "source"),
        note=fitting(terms.note, "note"),
    )
    problems = [
        *_too_long(terms.index, "index", LONGEST_INDEX),
        *_formulas({"index": terms.index, "source": terms.source, "note": terms.note}),
        *_wrong_year(terms.year, "year"),
    ]
    if not terms.index:
        problems.append(Problem(gettext_noop("Skriv vad indexet heter."), "index", {}))
    if not (terms.level.is_finite() and 0 < terms.level < MOST):
        problems.append(Problem(gettext_noop("Skriv ett tal större än noll."), "level", {}))
    if not terms.source:
        problems.append(Problem(gettext_noop("Skriv var talet kommer ifrån."), "source", {}))
    if terms.confidence not in ("", *Confidence):
        problems.append(Problem(gettext_noop("Välj ett av alternativen i listan."), "confidence", {}))
    if problems:
        raise Rejection.of(problems)
    return terms


def demand_room(terms: PriceTerms, others: Iterable[PriceTerms]) -> None:
    """Rejection when one of `others` prices the same thing on the same day."""
    if any(terms.thing == other.thing and terms.holds_with(other) for other in others):
        raise Rejection(
            gettext_noop("En annan rad har redan ett pris för samma sak under samma tid. Ändra dagarna eller namnet."),
            "valid_from",
        )


def demand_one_level(terms: LevelTerms, others: Iterable[LevelTerms]) -> None:
    """Rejection when one of `others` is the same index in the same year."""
    if any((terms.index, terms.year) == (other.index, other.year) for other in others):
        raise Rejection(gettext_noop("Indexet har redan ett tal för det året. Ändra det i stället."), "year")


def _wrong_parties(terms: PriceTerms) -> Iterator[Problem]:
    for field in ("payer", "receiver"):
        if getattr(terms, field) not in ACCOUNTS:
            yield Problem(gettext_noop("Välj ett av alternativen i listan."), field, {})
    if terms.payer == terms.receiver:
        yield Problem(gettext_noop("Ingen betalar sig själv. Välj någon annan som får pengarna."), "receiver", {})
    for field, values in (("unit", Unit), ("nature", Nature), ("distribution", Distribution)):
        if getattr(terms, field) not in tuple(values):
            yield Problem(gettext_noop("Välj ett av alternativen i listan."), field, {})
    if (RESOURCES in (terms.payer, terms.receiver)) != (terms.nature == Nature.RESOURCE):
        yield Problem(
            gettext_noop("Verkliga resurser står på ena sidan när något används eller skapas, och bara då."),
            "nature",
            {},
        )


def _wrong_words(terms: PriceTerms) -> Iterator[Problem]:
    yield from _too_long(terms.name, "name", LONGEST_NAME)
    yield from _too_long(terms.perspective, "perspective", LONGEST_PERSPECTIVE)
    texts = {name: getattr(terms, name) for name in ("name", "perspective", "source", "note")}
    yield from _formulas(texts)
    if terms.confidence not in ("", *Confidence):
        yield Problem(gettext_noop("Välj ett av alternativen i listan."), "confidence", {})
    if terms.amount is None and terms.assumption:
        yield Problem(
            gettext_noop("Ett antagande behöver ett belopp. Utan källa och belopp: ingen siffra."), "amount", {}
        )
    if terms.amount is not None and not terms.assumption and not terms.source:
        yield Problem(
            gettext_noop("Skriv var siffran kommer ifrån, eller markera att den är ett antagande."), "source", {}
        )


def _wrong_days(terms: PriceTerms) -> Iterator[Problem]:
    yield from _wrong_year(terms.price_year, "price_year")
    if terms.valid_from and terms.valid_to and terms.valid_to <= terms.valid_from:
        yield Problem(gettext_noop("Sista dagen kommer före den första."), "valid_to", {})
    for field in ("valid_from", "valid_to"):
        day = getattr(terms, field)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            yield Problem(gettext_noop("Skriv en dag mellan år 1900 och 2200."), field, {})


def _wrong_amounts(terms: PriceTerms) -> Iterator[Problem]:
    told = {name: getattr(terms, name) for name in ("low", "amount", "high")}
    impossible = [
        name
        for name, value in told.items()
        if value is not None and not (value.is_finite() and 0 <= value < MOST and value == round(value, 2))
    ]
    for field in impossible:
        yield Problem(
            gettext_noop("Skriv kronor utan minus och med högst två decimaler. Byt hellre plats på vem som betalar."),
            field,
            {},
        )
    values = [value for name, value in told.items() if value is not None and name not in impossible]
    if values != sorted(values):
        yield Problem(gettext_noop("Beloppet ligger mellan det lägsta och det högsta."), "low", {})
    if terms.distribution == Distribution.FIXED:
        return
    if None in told.values():
        yield Problem(
            gettext_noop("En fördelning behöver belopp, lägsta och högsta. Välj annars ”fast”."), "distribution", {}
        )
    elif terms.distribution == Distribution.LOGNORMAL and "low" not in impossible and told["low"] == 0:
        yield Problem(gettext_noop("I en lognormal fördelning är det lägsta större än noll."), "low", {})


def _wrong_year(year: int, field: str) -> Iterator[Problem]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        yield Problem(gettext_noop("Skriv ett år med fyra siffror."), field, {})


def _too_long(text: str, field: str, most: int) -> Iterator[Problem]:
    if len(text) > most or "\n" in text:
        yield Problem(gettext_noop("Skriv på en rad, med högst %(most)d tecken."), field, {"most": most})


def _formulas(texts: dict[str, str]) -> Iterator[Problem]:
    for field, text in texts.items():
        if text[:1] in tuple(FORMULA):
            yield Problem(
                gettext_noop("Börja inte med = + - eller @. Ett kalkylprogram kan läsa det som en formel."), field, {}
            )


def source_told(terms: PriceTerms) -> str:
    """The source as the engine is told it: never empty."""
    return terms.source or (ASSUMED if terms.amount is not None else UNSOURCED)


def index_note(levels: Iterable[LevelTerms]) -> str:
    """The indices as the engine's note on the book: so its fingerprint changes when one of them does."""
    return "\n".join(sorted(f"{one.index} {one.year}: {float(one.level)!r} ({one.source})" for one in levels))


def fingerprint(rows: Iterable[PriceTerms], levels: Iterable[LevelTerms]) -> str:
    """Sixteen hexadecimal digits that stand for these prices and indices: the engine's `PriceBook.version`."""
    kept = sorted(json.dumps(_as_the_engine(row), default=str, sort_keys=True) for row in rows)
    text = json.dumps([kept, PARTIES, index_note(levels)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _as_the_engine(terms: PriceTerms) -> dict[str, object]:
    """The fields of evaluation.prices.Price."""
    told = {field.name: getattr(terms, field.name) for field in fields(terms)}
    for name in ("confidence", "note"):
        del told[name]
    numbers = {name: None if told[name] is None else float(told[name]) for name in ("amount", "low", "high")}
    return {**told, **numbers, "source": source_told(terms)}
