"""Improvement per person and year is the difference of observed monthly means, with coverage shown."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from samverk.evaluation.calendar import day_number
from samverk.evaluation.improvement import Windows, improvement
from samverk.evaluation.oracle import Row, months_of, net_of
from samverk.evaluation.prices import PriceBook, Unit
from samverk.evaluation.problems import Invalid
from samverk.evaluation.spells import Stream, read_spells
from tests.evaluation.test_costs import price
from tests.evaluation.worlds import spells_of

BOOK = PriceBook((price(), price(kind="wage", payer="employer", amount=20000.0)))
ROWS = [
    Row(person="Egon", kind="sickness benefit", start=date(2019, 1, 1), stop=date(2020, 7, 1), extent=1.0),
    Row(person="Egon", kind="wage", start=date(2020, 7, 1), stop=date(2022, 1, 1), extent=0.5),
    Row(person="Anna", kind="sickness benefit", start=date(2019, 1, 1), stop=date(2020, 1, 15), extent=1.0),
]


def windows(people: list[str], *, after_to: date = date(2022, 1, 1)) -> Windows:
    def each(day: date) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        return np.full(len(people), day_number(day), dtype=np.int32)

    return Windows(
        np.array(people), each(date(2019, 1, 1)), each(date(2020, 1, 1)), each(date(2020, 1, 1)), each(after_to)
    )


def test_it_is_the_difference_of_monthly_means_times_twelve() -> None:
    got = improvement([spells_of(ROWS)], BOOK, windows(["Anna", "Egon"]))
    assert list(got.months_before) == [12, 12]
    assert list(got.months_after) == [24, 24]
    assert got.of("FK") == pytest.approx([12 * 3100 - 3100 * 14 / 31 / 2, 12 * 3100 - 6 * 3100 / 2])
    assert got.of("employer") == pytest.approx([0, -18 * 10000 / 2])
    assert got.society() == pytest.approx([0, 0], abs=1e-6)
    assert got.means()["participant"] == pytest.approx(float(got.of("participant").sum()) / 2)
    assert got.coverage == 1


@pytest.mark.parametrize("after_to", [date(2020, 2, 29), date(2020, 7, 13), date(2021, 12, 31)])
def test_it_is_what_the_oracle_says(after_to: date) -> None:
    got = improvement([spells_of(ROWS)], BOOK, windows(["Egon"], after_to=after_to))
    before = net_of(ROWS, BOOK, date(2019, 1, 1), date(2020, 1, 1))
    after = net_of(ROWS, BOOK, date(2020, 1, 1), after_to)
    months = months_of(date(2020, 1, 1), after_to)
    for account in ("FK", "employer", "participant", "state", "unallocated", "resources"):
        expected = after.get(("Egon", account), 0) / months * 12 - before.get(("Egon", account), 0)
        assert got.of(account)[0] == pytest.approx(float(expected), abs=0.005)


def test_what_was_not_observed_is_not_filled_in() -> None:
    table = {
        "person": ["Anna", "Egon"], "kind": ["wage", "wage"], "extent": [1.0, 1.0], "payer": ["", ""], "source": ["", ""],
        "start": [date(2019, 1, 1)] * 2, "stop": [date(2020, 1, 10), date(2020, 6, 1)],
        "observed_until": [date(2020, 1, 10), date(2021, 1, 1)],
    }  # fmt: skip
    got = improvement([read_spells(table, stream=Stream.LIVELIHOOD)], BOOK, windows(["Anna", "Egon"]))
    assert list(got.observed) == [False, True]
    assert got.months_after == pytest.approx([9 / 31, 12])
    assert got.coverage == pytest.approx((12 + 9 / 31 + 12 + 12) / (4 * 18 - 0))
    assert got.of("participant") == pytest.approx([20000 * 5 - 20000 * 12])


def test_who_is_in_no_register_is_left_out_not_counted_as_zero() -> None:
    got = improvement([spells_of(ROWS)], BOOK, windows(["Anna", "Bo", "Egon"]))
    assert list(got.observed) == [True, False, True]
    nobody = improvement([spells_of(ROWS)], BOOK, windows(["Bo"]))
    assert np.isnan(nobody.means()["FK"])


def test_windows_that_overlap_are_refused() -> None:
    wrong = replace(windows(["Egon"]), before_to=np.array([day_number(date(2020, 1, 2))], dtype=np.int32))
    with pytest.raises(Invalid, match="what is before ends"):
        improvement([spells_of(ROWS)], BOOK, wrong)


def test_a_book_by_the_year_improves_by_whole_years() -> None:
    book = PriceBook((price(unit=Unit.YEAR, amount=120_000.0), price(kind="wage", payer="employer", amount=0.0)))
    got = improvement([spells_of(ROWS)], book, windows(["Egon"]))
    assert got.of("FK") == pytest.approx([120_000 - 60_000 / 2])
