"""Chapter 15, evaluation: what a price may be; the house's rules and the engine's are the same (issue 4, point 3)."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverk.access.price_engine import engine_book, indices
from samverk.cli.code_file import standard_codes
from samverk.cli.price_file import first_book
from samverk.domain import price_book as domain
from samverk.domain.price_book import (
    FORMULA,
    LevelTerms,
    PriceTerms,
    checked_level,
    checked_price,
    demand_one_level,
    demand_room,
    fingerprint,
)
from samverk.domain.price_table import Table, Unreadable, differences, read, written
from samverk.domain.words import Rejection
from samverk.evaluation import prices as engine

PRICE = PriceTerms(
    kind="social_assistance",
    payer="municipality",
    receiver="participant",
    amount=Decimal("9135.00"),
    unit="SEK/month",
    nature="transfer",
    price_year=2017,
    source="statistik.stockholm.se",
)
LEVEL = LevelTerms(index="KPI", year=2023, level=Decimal("403.70"), source="scb.se")


def blamed(check: Callable[[], object]) -> set[str]:
    """The fields that a rejection belongs to; none when nothing is wrong."""
    try:
        check()
    except Rejection as rejection:
        return {problem.field for problem in rejection.problems}
    return set()


# The same words as the engine's


def test_the_house_and_the_engine_have_the_same_words() -> None:
    """Parties, units and distributions are stated twice, since the pages do without the engine's libraries (ADR 016)."""
    assert domain.PARTIES == engine.PARTIES
    assert (domain.RESOURCES, domain.SPELL_PAYER) == (engine.RESOURCES, engine.SPELL_PAYER)
    for name in ("Unit", "Nature", "Distribution"):
        ours, theirs = getattr(domain, name), getattr(engine, name)
        assert [value.value for value in ours] == [value.value for value in theirs]
    own = {field.name for field in fields(PriceTerms)} - {"confidence", "note"}
    assert own == {field.name for field in fields(engine.Price)}


TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=12)
AMOUNT = st.none() | st.decimals(-5, 50_000, places=2)
DAY = st.none() | st.dates(date(1995, 1, 1), date(2030, 1, 1))


@st.composite
def price(draw: st.DrawFn) -> PriceTerms:
    """A price as somebody could type it: often right, sometimes wrong in one way or two."""
    return PriceTerms(
        kind=draw(st.sampled_from(("wage", "sickness_benefit", "meeting_hour"))),
        payer=draw(st.sampled_from(domain.ACCOUNTS)),
        receiver=draw(st.sampled_from(domain.ACCOUNTS)),
        amount=draw(AMOUNT),
        unit=draw(st.sampled_from(list(domain.Unit))),
        nature=draw(st.sampled_from(list(domain.Nature))),
        price_year=draw(st.integers(1995, 2030)),
        name=draw(TEXT),
        valid_from=draw(DAY),
        valid_to=draw(DAY),
        low=draw(AMOUNT),
        high=draw(AMOUNT),
        distribution=draw(st.sampled_from(list(domain.Distribution))),
        perspective=draw(TEXT),
        assumption=draw(st.booleans()),
        confidence=draw(st.sampled_from(("", *domain.Confidence))),
        source=draw(TEXT),
        note=draw(TEXT),
    )


@st.composite
def right_price(draw: st.DrawFn) -> PriceTerms:
    """A price that the book takes."""
    payer, receiver = draw(st.permutations(domain.ACCOUNTS))[:2]
    low, amount, high = sorted(draw(st.lists(st.decimals(1, 50_000, places=2), min_size=3, max_size=3)))
    since, until = sorted(draw(st.lists(st.dates(date(1995, 1, 1), date(2030, 1, 1)), min_size=2, max_size=2)))
    sourced = draw(st.booleans())
    base = replace(
        draw(price()),
        payer=payer,
        receiver=receiver,
        nature="resource" if "resources" in (payer, receiver) else "transfer",
        valid_from=since,
        valid_to=until + timedelta(days=1),
        amount=amount,
        low=low,
        high=high,
        assumption=not sourced,
        source=f"källa {draw(TEXT)}" if sourced else "",
        name=f"n{draw(TEXT)}",
        perspective="",
        note=f"n {draw(TEXT)}",
    )
    empty = replace(base, amount=None, low=None, high=None, distribution="fixed", assumption=False)
    return checked_price(draw(st.sampled_from((base, empty))))


@given(price())
def test_what_the_house_takes_the_engine_takes(terms: PriceTerms) -> None:
    """No book is approved that the engine would refuse: every price that passes here passes there (issue 4, 3)."""
    if not blamed(lambda: checked_price(terms)):
        engine_book(Table((checked_price(terms),), ()))


@given(st.lists(right_price(), max_size=6), st.lists(st.integers(1995, 2030), max_size=4, unique=True))
def test_a_book_is_the_same_through_the_engine_and_a_file(rows: list[PriceTerms], years: list[int]) -> None:
    """Rows → engine → CSV → rows: the same rows, under the same name (the engine's version)."""
    kept: list[PriceTerms] = []
    for row in rows:
        if not blamed(lambda row=row: demand_room(row, kept)):  # type: ignore[misc]
            kept.append(row)
    table = Table(tuple(kept), tuple(replace(LEVEL, year=year) for year in years))
    again = read(written(table))
    assert again == table
    assert engine_book(again).version == engine_book(table).version == fingerprint(table.prices, table.levels)
    assert all(index.level.keys() == set(years) for index in indices(table).values())


@given(st.lists(right_price(), min_size=2, max_size=5))
def test_prices_that_meet_are_refused_by_both(rows: list[PriceTerms]) -> None:
    """One price a day for each thing: what the house takes beside each other, the engine does, and the other way round."""
    rows = [replace(row, name="x", payer="FK", receiver="participant", nature="transfer") for row in rows]
    meets = any(blamed(lambda n=n: demand_room(rows[n], rows[:n])) for n in range(len(rows)))  # type: ignore[misc]
    if meets:
        with pytest.raises(engine.Invalid):
            engine_book(Table(tuple(rows), ()))
    else:
        engine_book(Table(tuple(rows), ()))


def test_an_index_is_in_the_fingerprint() -> None:
    """Prices moved to another year by another index are other prices: the name tells."""
    names = {
        fingerprint([PRICE], levels)
        for levels in ([], [LEVEL], [replace(LEVEL, level=Decimal("403.71"))], [replace(LEVEL, source="annan")])
    }
    assert len(names) == 4


# What may be


@pytest.mark.parametrize(
    ("change", "fields_blamed"),
    [
        ({"payer": "landlord"}, {"payer"}),
        ({"receiver": "municipality"}, {"receiver"}),
        ({"unit": "SEK/hour"}, {"unit"}),
        ({"distribution": "odd"}, {"distribution"}),
        ({"nature": "resource"}, {"nature"}),
        ({"receiver": "resources"}, {"nature"}),
        ({"source": "  "}, {"source"}),
        ({"source": "=1+1"}, {"source"}),
        ({"note": "@x"}, {"note"}),
        ({"name": "a\nb"}, {"name"}),
        ({"perspective": "x" * 61}, {"perspective"}),
        ({"confidence": "rumour"}, {"confidence"}),
        ({"amount": None, "assumption": True}, {"amount"}),
        ({"amount": Decimal(-1)}, {"amount"}),
        ({"amount": Decimal("NaN")}, {"amount"}),
        ({"amount": Decimal("0.001")}, {"amount"}),
        ({"amount": Decimal("1e30")}, {"amount"}),
        ({"low": Decimal(10_000)}, {"low"}),
        ({"high": Decimal(1)}, {"low"}),
        ({"distribution": "triangular", "low": Decimal(1)}, {"distribution"}),
        ({"distribution": "lognormal", "low": Decimal(0), "high": Decimal(10_000)}, {"low"}),
        ({"price_year": 18}, {"price_year"}),
        ({"valid_from": date(2020, 1, 1), "valid_to": date(2020, 1, 1)}, {"valid_to"}),
        ({"valid_from": date(2999, 1, 1)}, {"valid_from"}),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(change: dict[str, object], fields_blamed: set[str]) -> None:
    """Every fault at once, in a sentence that says what to do (docs/house.md)."""
    assert blamed(lambda: checked_price(replace(PRICE, **change))) == fields_blamed  # type: ignore[arg-type]


def test_no_figure_without_a_source_or_a_mark() -> None:
    """An amount has a source or is marked as an assumption; without either it is left empty (issue 4, 3)."""
    assert blamed(lambda: checked_price(replace(PRICE, source="", assumption=True))) == set()
    assert blamed(lambda: checked_price(replace(PRICE, source="", amount=None))) == set()
    assert engine_book(Table((replace(PRICE, source="", amount=None),), ())).rows[0].source


def test_days_that_do_not_meet_have_room() -> None:
    """Half-open days: what ends on a day leaves that day to the next."""
    first = replace(PRICE, valid_to=date(2017, 1, 1))
    second = replace(PRICE, valid_from=date(2017, 1, 1))
    assert blamed(lambda: demand_room(second, [first])) == set()
    assert blamed(lambda: demand_room(PRICE, [first])) == {"valid_from"}
    assert blamed(lambda: demand_room(replace(PRICE, name="annat"), [first])) == set()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"index": " "}, "index"),
        ({"index": "-x"}, "index"),
        ({"index": "x" * 101}, "index"),
        ({"year": 3}, "year"),
        ({"level": Decimal(0)}, "level"),
        ({"level": Decimal("Infinity")}, "level"),
        ({"source": ""}, "source"),
        ({"confidence": "rumour"}, "confidence"),
    ],
)
def test_an_index_has_a_year_a_level_and_a_source(change: dict[str, object], field: str) -> None:
    """An index is never an assumption: it is somebody's published number."""
    assert blamed(lambda: checked_level(replace(LEVEL, **change))) == {field}  # type: ignore[arg-type]
    assert blamed(lambda: checked_level(LEVEL)) == set()
    assert blamed(lambda: demand_one_level(LEVEL, [LEVEL])) == {"year"}


# The file


@pytest.mark.parametrize(
    "line",
    [
        "rumour,x" + "," * 17,
        "price,wage,,FK",
        written(Table((PRICE,), ())).splitlines()[1].replace("9135.00", "many"),
        written(Table((PRICE,), ())).splitlines()[1].replace("2017", "sometime"),
        written(Table((PRICE,), ())).splitlines()[1].replace(",no,", ",perhaps,"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str) -> None:
    """With its number, so that it can be found."""
    head = written(Table((), ())).splitlines()[0]
    with pytest.raises(Unreadable, match="line 2"):
        read(f"{head}\r\n{line}\r\n")


@given(st.lists(right_price(), min_size=1, max_size=3))
def test_no_cell_of_the_file_is_a_formula(rows: list[PriceTerms]) -> None:
    """Attack 12: a spreadsheet that opens the file finds nothing to run. Only an amount of minus could look so."""
    import csv

    cells = [cell for line in csv.reader(written(Table(tuple(rows), ())).splitlines()) for cell in line]
    assert not [cell for cell in cells if cell[:1] in tuple(FORMULA)]


@given(st.dictionaries(st.uuids(), right_price(), max_size=4), st.dictionaries(st.uuids(), right_price(), max_size=4))
def test_differences_lead_from_one_version_to_the_other(before: dict, after: dict) -> None:  # type: ignore[type-arg]
    """Whoever applies what is told to the old version has the new one; nothing that is the same is told."""
    kept = dict(before)
    for change in differences(before, after):
        assert change.before != change.after
        if change.after is None:
            del kept[change.key]
        else:
            kept[change.key] = change.after
        if change.before is not None and change.after is not None:
            assert change.fields
    assert kept == after
    assert differences(after, after) == ()


# The book that comes with the programme


def test_the_first_book_has_known_kinds_and_the_engine_takes_it() -> None:
    """Each kind is a code of a list, and the engine can count with the book as it stands."""
    table = first_book()
    codes = {code.code for code in standard_codes() if code.list in ("livelihood", "measure", "price_kind")}
    assert {row.kind for row in table.prices} <= codes
    assert engine_book(table).version == fingerprint(table.prices, table.levels)


def test_every_code_of_livelihood_measure_and_care_has_its_row() -> None:
    """What has no price is there and empty, so that it is seen to be missing: no invented prices (issue 4, 3)."""
    kinds = {row.kind for row in first_book().prices}
    assert {c.code for c in standard_codes() if c.list in ("livelihood", "measure", "price_kind")} <= kinds


def test_every_figure_of_the_first_book_has_a_source_or_its_mark() -> None:
    """Source, year and how well it was read; an assumption says what is assumed, an empty one why in its note."""
    for row in first_book().prices:
        assert row.note, row
        if row.amount is None:
            assert not row.assumption
        else:
            assert row.source, row
            assert row.confidence, row
        if row.assumption:
            assert "ntag" in row.note + row.source or "mitt emellan" in row.source.lower(), row


def test_a_price_base_amount_is_an_index_and_no_price() -> None:
    """Nobody pays a price base amount: it moves amounts between years (issue 4, 3). Each year is there once."""
    table = first_book()
    found = indices(table)
    assert found.keys() == {"Konsumentprisindex, 1980=100", "Prisbasbelopp"}
    assert found["Konsumentprisindex, 1980=100"].level[2023] == 403.70
    assert found["Prisbasbelopp"].level[1995] == 35_700
    assert not any("basbelopp" in (row.kind + row.name).lower() for row in table.prices)


@pytest.mark.parametrize("year", [1995, 2023, 2026])
def test_the_first_book_can_be_moved_to_one_year(year: int) -> None:
    """Every priced year has a level of the price base amount, so that a study counts in the prices of one year."""
    table = first_book()
    moved = engine_book(table).in_prices_of(year, indices(table)["Prisbasbelopp"])
    assert {row.price_year for row in moved.rows if row.amount is not None} == {year}


def test_the_book_is_data_in_the_package() -> None:
    """A CSV beside the code lists; whoever has the file has the book (issue 4, 3)."""
    file = Path(domain.__file__).resolve().parents[1] / "cli" / "price_book.csv"
    assert read(file.read_text(encoding="utf-8")) == first_book()
