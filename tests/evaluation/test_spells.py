"""Spells come in as tables; what is wrong is said by row, and neither order nor cutting changes what they are."""

from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverk.evaluation.calendar import day_number
from samverk.evaluation.oracle import Row
from samverk.evaluation.problems import Invalid
from samverk.evaluation.spells import Spells, Stream, merged, read_spells
from tests.evaluation.worlds import rows, spells_of

GOOD: dict[str, list[Any]] = {
    "person": ["Egon", "Anna", "Egon"],
    "kind": ["sickness benefit", "wage", "social assistance"],
    "start": [date(2020, 1, 1), date(2020, 2, 1), date(2020, 3, 1)],
    "stop": [date(2020, 3, 1), date(2020, 5, 1), date(2020, 4, 1)],
    "extent": [1.0, 0.5, 1.0],
    "payer": ["FK", None, "municipality"],
    "source": ["register", "register", "case work"],
    "observed_until": [date(2020, 12, 31)] * 3,
}


def with_(column: str, row: int, value: object) -> dict[str, list[Any]]:
    changed = {name: list(values) for name, values in GOOD.items()}
    changed[column][row] = value
    return changed


def same(one: Spells, other: Spells) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in (
            "people",
            "offsets",
            "kinds",
            "payers",
            "sources",
            "kind",
            "start",
            "stop",
            "extent",
            "payer",
            "source",
        )
    )


def test_spells_are_sorted_by_person_with_offsets() -> None:
    spells = read_spells(GOOD, stream=Stream.LIVELIHOOD)
    assert list(spells.people) == ["Anna", "Egon"]
    assert list(spells.offsets) == [0, 1, 3]
    assert [spells.kinds[k] for k in spells.kind] == ["wage", "sickness benefit", "social assistance"]
    assert list(spells.start) == [day_number(d) for d in (date(2020, 2, 1), date(2020, 1, 1), date(2020, 3, 1))]
    assert spells.payers[spells.payer[0]] == ""


@pytest.mark.parametrize("kind", ["polars", "arrow", "pandas", "renamed"])
def test_a_table_of_any_kind_gives_the_same_spells(kind: str) -> None:
    expected = read_spells(GOOD, stream=Stream.LIVELIHOOD)
    if kind == "polars":
        got = read_spells(pl.DataFrame(GOOD), stream=Stream.LIVELIHOOD)
    elif kind == "arrow":
        got = read_spells(pa.table(GOOD), stream=Stream.LIVELIHOOD)
    elif kind == "pandas":
        got = read_spells(pl.DataFrame(GOOD).to_pandas(), stream=Stream.LIVELIHOOD)
    else:
        table = {name.upper(): values for name, values in GOOD.items()}
        got = read_spells(table, stream=Stream.LIVELIHOOD, mapping={name: name.upper() for name in GOOD})
    assert same(got, expected)


@pytest.mark.parametrize(
    ("column", "row", "value", "told"),
    [
        ("stop", 0, date(2020, 1, 1), "row 1, stop: the stop day comes after"),
        ("stop", 1, date(2021, 5, 1), "row 2, observed_until: a spell cannot go on"),
        ("extent", 2, 0.0, "row 3, extent: the extent is above 0"),
        ("extent", 2, 1.5, "row 3, extent: the extent is a share"),
        ("extent", 2, "half", "row 3, extent: write a number"),
        ("start", 1, "1 February", "row 2, start: write a day as"),
        ("start", 1, None, "row 2, start: write a day as"),
        ("kind", 0, None, "row 1, kind: say which"),
        ("person", 0, None, "row 1, person: say whose"),
        ("observed_until", 2, date(2020, 11, 1), "row 3, observed_until: her rows do not agree"),
    ],
)
def test_what_is_wrong_is_said_by_row(column: str, row: int, value: object, told: str) -> None:
    with pytest.raises(Invalid, match=told) as caught:
        read_spells(with_(column, row, value), stream=Stream.LIVELIHOOD)
    assert {problem.row for problem in caught.value.problems} == {row + 1}


def test_every_bad_row_is_told_not_the_first_alone() -> None:
    bad = with_("extent", 0, -1.0) | {"stop": [date(2019, 1, 1)] * 3}
    with pytest.raises(Invalid) as caught:
        read_spells(bad, stream=Stream.LIVELIHOOD)
    assert [(problem.row, problem.column) for problem in caught.value.problems] == [
        (1, "extent"),
        (1, "stop"),
        (2, "stop"),
        (3, "stop"),
    ]


def test_a_column_that_is_not_there_is_named() -> None:
    lacking = {name: values for name, values in GOOD.items() if name != "payer"}
    with pytest.raises(Invalid, match="payer: the table has no column"):
        read_spells(lacking, stream=Stream.LIVELIHOOD)


def test_texts_are_read_as_days_and_numbers() -> None:
    texts = GOOD | {"start": ["2020-01-01", "2020-02-01", "2020-03-01"], "extent": ["1", "0,5", "1.0"]}
    assert same(read_spells(texts, stream=Stream.LIVELIHOOD), read_spells(GOOD, stream=Stream.LIVELIHOOD))


@pytest.mark.parametrize("stream", Stream)
def test_only_livelihood_cannot_add_up_to_more_than_the_whole(stream: Stream) -> None:
    twice = {name: [*values, values[0]] for name, values in GOOD.items()}
    twice["start"][3], twice["stop"][3], twice["extent"][3] = date(2020, 2, 1), date(2020, 2, 10), 0.5
    if stream is Stream.LIVELIHOOD:
        with pytest.raises(Invalid, match="row 4, extent: with her other spells"):
            read_spells(twice, stream=stream)
    else:
        assert len(read_spells(twice, stream=stream)) == 4


def test_two_halves_are_a_whole() -> None:
    halves = {name: [values[0], values[0]] for name, values in GOOD.items()} | {"extent": [0.5, 0.5]}
    assert len(read_spells(halves, stream=Stream.LIVELIHOOD)) == 2


def test_who_has_no_spell_is_still_observed() -> None:
    people = {"person": ["Dag"], "observed_until": [date(2020, 6, 1)], "observed_from": [date(2019, 1, 1)]}
    spells = read_spells(GOOD, stream=Stream.LIVELIHOOD, people=people)
    assert list(spells.people) == ["Anna", "Dag", "Egon"]
    assert list(spells.offsets) == [0, 1, 1, 3]
    assert spells.observed_from[1] == day_number(date(2019, 1, 1))


@given(rows(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(found: list[Row], chance: Any) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert same(spells_of(found), spells_of(shuffled))


@given(rows(), st.data())
def test_what_is_cut_in_two_is_joined_again(found: list[Row], data: st.DataObject) -> None:
    cut: list[Row] = []
    for row in found:
        day = data.draw(st.integers(0, (row.stop - row.start).days)) + day_number(row.start)
        middle = date.fromordinal(day + date(1970, 1, 1).toordinal())
        halves = [(row.start, middle), (middle, row.stop)]
        cut += [Row(**(_as_dict(row) | {"start": a, "stop": b})) for a, b in halves if a < b]
    assert same(merged(spells_of(cut)), merged(spells_of(found)))
    assert len(merged(spells_of(cut))) <= len(found)


def _as_dict(row: Row) -> dict[str, Any]:
    return {name: getattr(row, name) for name in Row.__slots__}


def test_two_visits_on_two_days_stay_two_visits() -> None:
    day = [date(2020, 1, 1), date(2020, 1, 2), date(2020, 1, 3)]
    visits = {name: [values[0]] * 2 for name, values in GOOD.items()} | {"start": day[:2], "stop": day[1:]}
    assert len(merged(read_spells(visits, stream=Stream.SERVICE))) == 2
    assert len(merged(read_spells(visits, stream=Stream.LIVELIHOOD))) == 1
