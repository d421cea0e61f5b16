"""A price book is checked row by row; what it holds has one version, and can be moved to one year's prices."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from samverk.evaluation.prices import RESOURCES, SPELL_PAYER, Distribution, Index, Nature, Price, PriceBook, Unit
from samverk.evaluation.problems import Invalid

BENEFIT = Price(
    kind="sickness benefit",
    payer="FK",
    receiver="participant",
    amount=810.0,
    unit=Unit.DAY,
    price_year=2021,
    source="Försäkringskassan",
)
VISIT = replace(
    BENEFIT, kind="visit", payer=SPELL_PAYER, receiver=RESOURCES, unit=Unit.EACH, nature=Nature.RESOURCE, amount=2093.0
)
CPI = Index(name="consumer price index", source="scb.se", level={2021: 343.19, 2023: 403.70})


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"payer": "FKK"}, "row 1, payer: 'FKK' is none of the parties"),
        ({"receiver": "FK"}, "row 1, receiver: nobody pays herself"),
        ({"receiver": RESOURCES}, "row 1, nature: a resource has"),
        ({"nature": Nature.RESOURCE}, "row 1, nature: a resource has"),
        ({"kind": ""}, "row 1, kind"),
        ({"source": ""}, "row 1, source: say where"),
        ({"valid_from": date(2021, 1, 1), "valid_to": date(2021, 1, 1)}, "row 1, valid_to"),
        ({"amount": float("nan")}, "row 1, amount: write a number"),
        ({"low": 900.0}, "row 1, low: the amount lies between"),
        ({"high": 800.0}, "row 1, low: the amount lies between"),
        ({"distribution": Distribution.NORMAL}, "row 1, distribution: normal needs"),
        ({"distribution": Distribution.LOGNORMAL, "low": -1.0, "high": 900.0}, "row 1, low: a lognormal"),
    ],
)
def test_a_bad_row_is_told(changed: dict[str, object], told: str) -> None:
    with pytest.raises(Invalid, match=told):
        PriceBook((replace(BENEFIT, **changed),))  # type: ignore[arg-type]


def test_the_same_thing_has_one_price_a_day() -> None:
    first = replace(BENEFIT, valid_to=date(2022, 1, 1))
    after = replace(BENEFIT, valid_from=date(2022, 1, 1), amount=900.0)
    assert PriceBook((first, after)).rows == (first, after)
    with pytest.raises(Invalid, match="row 2, valid_from: an earlier row"):
        PriceBook((first, replace(BENEFIT, valid_from=date(2021, 12, 31))))


def test_the_version_is_of_what_is_in_the_book() -> None:
    version = PriceBook((BENEFIT, VISIT)).version
    assert version == PriceBook((VISIT, BENEFIT)).version
    others = [(replace(BENEFIT, amount=810.01), VISIT), (replace(BENEFIT, source="elsewhere"), VISIT), (BENEFIT,)]
    assert len({version, *(PriceBook(rows).version for rows in others)}) == 4


def test_prices_are_moved_to_one_year_and_say_how() -> None:
    moved = PriceBook((replace(BENEFIT, low=800.0, high=820.0),)).in_prices_of(2023, CPI).rows[0]
    assert moved.amount == pytest.approx(810 * 403.70 / 343.19)
    assert (moved.low, moved.high) == pytest.approx((800 * 403.70 / 343.19, 820 * 403.70 / 343.19))
    assert moved.price_year == 2023
    assert moved.source == "Försäkringskassan; from 2021 to 2023 by consumer price index (scb.se)"


def test_a_year_without_an_index_is_refused() -> None:
    with pytest.raises(Invalid, match="row 2, price_year: consumer price index has no level for 1995"):
        PriceBook((BENEFIT, replace(VISIT, price_year=1995))).in_prices_of(2023, CPI)


def test_a_perspective_keeps_what_belongs_to_all() -> None:
    book = PriceBook((BENEFIT, replace(VISIT, perspective="society"), replace(VISIT, kind="x", perspective="public")))
    assert [row.kind for row in book.seen_from("society").rows] == ["sickness benefit", "visit"]


def test_other_amounts_have_to_be_as_many() -> None:
    book = PriceBook((BENEFIT, VISIT))
    assert [row.amount for row in book.with_amounts(np.array([1.0, 2.0])).rows] == [1.0, 2.0]
    with pytest.raises(ValueError, match="2 rows need as many"):
        book.with_amounts(np.array([1.0]))
