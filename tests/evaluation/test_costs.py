"""The fast way gives what the slow way gives, to the öre, and the accounts close whatever is done to the data."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverk.evaluation.calendar import day_number, months_between
from samverk.evaluation.costs import Costs, costs_of, total_costs, with_rest
from samverk.evaluation.cumulative import cumulate, of_nature
from samverk.evaluation.kernel import accumulate
from samverk.evaluation.oracle import Row, months_of, net_of
from samverk.evaluation.prices import RESOURCES, Nature, Price, PriceBook, Unit
from samverk.evaluation.problems import Invalid
from samverk.evaluation.spells import Spells, Stream, merged, read_spells
from tests.evaluation.worlds import FIRST, LAST, books, days, rows, spells_of

ORE = 0.005  # half an öre: what differs by less is the same to the öre


def price(**changed: object) -> Price:
    plain = Price(
        kind="sickness benefit",
        payer="FK",
        receiver="participant",
        amount=3100.0,
        unit=Unit.MONTH,
        price_year=2020,
        source="invented for a test",
    )
    return replace(plain, **changed)  # type: ignore[arg-type]


def one(start: date, stop: date, *, person: str = "Egon", payer: str = "") -> Spells:
    return spells_of([Row(person=person, kind="sickness benefit", start=start, stop=stop, extent=1.0, payer=payer)])


def through(spells: Spells, book: PriceBook, start: date, stop: date) -> Costs:
    lo = np.full(spells.people.size, day_number(start), dtype=np.int32)
    hi = np.full(spells.people.size, day_number(stop), dtype=np.int32)
    return costs_of([spells], book, people=spells.people, lo=lo, hi=hi)


@given(rows(), books(), days, days)
def test_the_kernel_is_the_oracle_to_the_ore(found: list[Row], book: PriceBook, one_day: date, other: date) -> None:
    start, stop = sorted((one_day, other))
    spells = spells_of(found)
    got = through(spells, book, start, stop)
    slow = net_of(found, book, start, stop)
    for i, person in enumerate(spells.people):
        for a, account in enumerate(got.accounts):
            assert abs(Fraction(float(got.net[i, a])) - slow.get((person, account), Fraction(0))) < ORE
    assert set(spells.people) == {row.person for row in found}


@settings(max_examples=40)
@given(rows(), books())
def test_the_accounts_close(found: list[Row], book: PriceBook) -> None:
    got = through(spells_of(found), book, FIRST, LAST)
    assert got.closes()
    assert sum(got.totals().values()) == pytest.approx(0, abs=0.01)
    assert got.society().sum() == pytest.approx(-got.totals()[RESOURCES], abs=0.01)


def test_accounts_that_do_not_close_are_noticed() -> None:
    got = through(one(date(2020, 1, 1), date(2020, 2, 1)), PriceBook((price(),)), FIRST, LAST)
    got.net[0, 0] += 0.01
    assert not got.closes()


@settings(max_examples=40)
@given(rows(), books())
def test_transfers_sum_to_zero_over_the_parties(found: list[Row], book: PriceBook) -> None:
    spells = spells_of(found)
    kinds = {row.kind for row in of_nature(book, Nature.TRANSFER).rows}
    alone = of_nature(book, Nature.TRANSFER)
    filled = replace(
        alone, rows=alone.rows + tuple(price(kind=k, amount=0.0, name="0") for k in spells.kinds if k not in kinds)
    )
    assert through(spells, filled, FIRST, LAST).society() == pytest.approx(np.zeros(spells.people.size), abs=0.01)


@settings(max_examples=40)
@given(rows(), books())
def test_merging_changes_nothing(found: list[Row], book: PriceBook) -> None:
    spells = spells_of(found)
    assert (
        np.abs(through(merged(spells), book, FIRST, LAST).net - through(spells, book, FIRST, LAST).net).max(initial=0)
        < ORE
    )


@settings(max_examples=40)
@given(rows(), books(), st.randoms(use_true_random=False))
def test_the_order_of_input_changes_not_one_bit(found: list[Row], book: PriceBook, chance: object) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one_way, other = (through(spells_of(order), book, FIRST, LAST).net for order in (found, shuffled))
    assert one_way.tobytes() == other.tobytes()


@settings(max_examples=40)
@given(rows(), books())
def test_one_thread_and_two_give_the_same_bits(found: list[Row], book: PriceBook) -> None:
    spells = spells_of(found)
    one_thread, two = (total_costs([spells], book, threads=n).net.tobytes() for n in (1, 2)) if found else (b"", b"")
    assert one_thread == two


@settings(max_examples=40)
@given(days, days)
def test_months_are_calendar_months(one_day: date, other: date) -> None:
    start, stop = sorted((one_day, other))
    got = months_between(np.array([day_number(start)], dtype=np.int32), np.array([day_number(stop)], dtype=np.int32))
    assert got[0] == pytest.approx(float(months_of(start, stop)), abs=1e-9)


@pytest.mark.parametrize("stop", [date(2020, 2, 1), date(2020, 3, 1), date(2021, 1, 1)])
def test_whole_months_cost_the_monthly_price_each(stop: date) -> None:
    months = (stop.year - 2020) * 12 + stop.month - 1
    got = through(one(date(2020, 1, 1), stop), PriceBook((price(),)), date(2020, 1, 1), stop)
    assert got.totals()["FK"] == pytest.approx(-3100 * months)
    assert got.totals()["participant"] == pytest.approx(3100 * months)


def test_a_payer_that_is_no_party_goes_to_the_unallocated_row() -> None:
    book = PriceBook((price(payer="*"),))
    known = through(one(date(2020, 1, 1), date(2020, 2, 1), payer="municipality"), book, FIRST, LAST).totals()
    strange = through(one(date(2020, 1, 1), date(2020, 2, 1), payer="the county"), book, FIRST, LAST).totals()
    assert known["municipality"] == strange["unallocated"] == pytest.approx(-3100)
    assert known["unallocated"] == strange["municipality"] == 0


def test_a_day_without_a_price_is_not_free() -> None:
    book = PriceBook((price(valid_to=date(2020, 1, 11)),))
    spells = one(date(2020, 1, 1), date(2020, 2, 1))
    with pytest.raises(Invalid, match=r"sickness benefit: 21 days of spells have no price .*2020-01-11"):
        total_costs([spells], book)
    assert list(total_costs([spells], book, allow_unpriced=True).unpriced_days) == [21]
    with pytest.raises(Invalid, match="31 days"):
        total_costs([spells], PriceBook((price(amount=None),)))


def test_visits_cost_by_the_piece() -> None:
    visits = {
        "person": ["Egon"], "kind": ["visit"], "start": [date(2020, 1, 5)], "stop": [date(2020, 1, 6)], "extent": [3.0],
        "payer": [""], "source": ["a test"], "observed_until": [date(2021, 1, 1)],
    }  # fmt: skip
    book = PriceBook(
        (
            price(
                kind="visit", unit=Unit.EACH, amount=2093.0, payer="region", receiver=RESOURCES, nature=Nature.RESOURCE
            ),
        )
    )
    assert total_costs([read_spells(visits, stream=Stream.SERVICE)], book).totals()["region"] == -3 * 2093
    longer = visits | {"stop": [date(2020, 1, 8)]}
    with pytest.raises(Invalid, match="visit: it is priced by the piece"):
        total_costs([read_spells(longer, stream=Stream.SERVICE)], book)


def test_streams_are_added_and_none_is_counted_twice() -> None:
    livelihood = one(date(2020, 1, 1), date(2020, 2, 1))
    programme = replace(one(date(2020, 1, 1), date(2020, 2, 1), person="Anna"), stream=Stream.PROGRAMME)
    got = total_costs([livelihood, programme], PriceBook((price(),)))
    assert list(got.people) == ["Anna", "Egon"]
    assert got.of("FK") == pytest.approx([-3100, -3100])
    with pytest.raises(Invalid, match="counted twice"):
        total_costs([livelihood, livelihood], PriceBook((price(),)))


def test_discounting_is_to_her_own_day() -> None:
    spells = one(date(2020, 1, 1), date(2022, 1, 1))
    book = PriceBook((price(unit=Unit.DAY, amount=100.0),))
    start = np.array([day_number(date(2020, 1, 1))], dtype=np.int32)
    stop = np.array([day_number(date(2022, 1, 1))], dtype=np.int32)
    got = costs_of([spells], book, people=spells.people, lo=start, hi=stop, rate=0.035, day_zero=start)
    assert got.totals()["participant"] == pytest.approx(
        sum(100 * 1.035 ** (-d / 365.25) for d in range(731)), abs=0.005
    )
    with pytest.raises(Invalid, match="day_zero"):
        costs_of([spells], book, people=spells.people, lo=start, hi=stop, rate=0.035)


def test_the_kernel_reads_nothing_outside_its_prices() -> None:
    spells = one(date(2020, 1, 1), date(2020, 2, 1))
    prices = cumulate(PriceBook((price(),)), spells.kinds, spells.payers, 18262, 18272)
    with pytest.raises(ValueError, match="do not reach"):
        accumulate(spells, prices, np.array([18262], dtype=np.int32), np.array([18273], dtype=np.int32))
    with pytest.raises(ValueError, match="other kinds or payers"):
        accumulate(spells, replace(prices, profile=np.zeros((9, 9), dtype=np.int32)), spells.start, spells.start)


def test_printed_parts_keep_their_rest_on_a_row_of_its_own() -> None:
    got = with_rest({"state": 5.0, "FK": 4.0}, 10.0)
    assert got == {"state": 5.0, "FK": 4.0, "unallocated": 1.0}
    with pytest.raises(Invalid, match="it is what the others leave over"):
        with_rest(got, 10.0)
