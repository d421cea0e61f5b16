"""Costs: windows, changing rates, falling subsidies, one-off and time-dependent amounts, and the price book."""

from datetime import date

import numpy as np
import pytest

from samverk.evaluation.prices import Nature, Price, PriceBook, Unit
from samverk.fates.answer import Question, answer, pay_off
from samverk.fates.book import COLLABORATING, INDEPENDENT
from samverk.fates.costs import UNDISCOUNTED, Costs, Rates, band_at, cost_of_path, costs_from, weights
from samverk.fates.egon import pension_sum
from samverk.fates.exact import expected
from samverk.fates.person import Person
from samverk.fates.priced import costs_of_book
from samverk.fates.states import BANDS, LIVING, PARTIES, STATES, Party, State
from tests.fates.worlds import a_fate

S = State


def test_the_sources_pension_sum_comes_out_of_the_price_book_exactly() -> None:
    assert pension_sum() == 21 * 12 * 6_000 == 1_512_000


def test_the_subsidy_falls_during_a_stay_and_begins_anew_with_the_next() -> None:
    assert [band_at(S.SUBSIDISED, month) for month in (0, 5, 6, 11, 12, 23, 24, 200)] == [5, 5, 6, 6, 7, 7, 8, 8]
    monthly = np.zeros((len(BANDS), PARTIES))
    monthly[5:9, Party.EMPLOYMENT] = (90, 70, 50, 30)
    path = [S.SUBSIDISED] * 30 + [S.SICK] + [S.SUBSIDISED] * 2
    paid = cost_of_path(path, costs_from(monthly))[Party.EMPLOYMENT]
    assert paid == 6 * 90 + 6 * 70 + 12 * 50 + 6 * 30 + 2 * 90


def test_one_off_costs_are_paid_at_each_transition_and_the_start_once() -> None:
    monthly, one_off, start = np.zeros((LIVING, PARTIES)), np.zeros((LIVING, STATES, PARTIES)), np.zeros(PARTIES)
    one_off[S.ROUND, S.TRAINING, Party.REGION] = 100
    start[Party.REGION] = 7
    path = [S.ROUND, S.TRAINING, S.TRAINING, S.ROUND, S.TRAINING]
    assert cost_of_path(path, costs_from(monthly, one_off, start))[Party.REGION] == 207
    one = a_fate(months=60)
    found = expected(one.process, one.mortality, costs_from(monthly, one_off, start), weights(60, UNDISCOUNTED))
    moved = found.flow[:-1, S.ROUND].sum(axis=0) @ one.process.route[:, S.ROUND, S.TRAINING]
    assert found.costs[-1, Party.REGION] == pytest.approx(7 + 100 * moved)


def test_rates_change_over_the_years() -> None:
    discount = Rates(((0, 0.035), (1, 0.0), (2, 0.05))).discount(37)
    assert discount[0] == 1
    assert discount[12] == pytest.approx(1 / 1.035)
    assert discount[24] == pytest.approx(1 / 1.035)
    assert discount[36] == pytest.approx(1 / 1.035 / 1.05)
    with pytest.raises(ValueError, match="year 0"):
        Rates(((1, 0.02),))


def test_wages_grow_and_prices_do_not() -> None:
    growing = weights(25, UNDISCOUNTED, 0.02)
    assert growing[0].tolist() == [1.0] * 25
    assert growing[1, 24] == pytest.approx(1.02**2)


def test_a_month_of_certainty_costs_what_it_costs() -> None:
    one = a_fate(months=40, person=Person(age=45 * 12, pension_age=45 * 12 + 40, start=S.PENSION))
    monthly = np.zeros((LIVING, PARTIES))
    monthly[S.PENSION, Party.INSURANCE] = 6_000
    found = expected(one.process, np.zeros(40), costs_from(monthly), weights(40, UNDISCOUNTED), S.PENSION, (12, 40))
    np.testing.assert_allclose(found.costs[:, Party.INSURANCE], [72_000, 240_000])


def test_windows_end_with_the_account() -> None:
    old = answer(Question(persons=(Person(age=60 * 12),)))
    assert old.windows == ("2 years", "10 years", "pension")
    np.testing.assert_array_equal(old.lines[INDEPENDENT].costs[1], old.lines[INDEPENDENT].costs[2])
    assert old.lines[INDEPENDENT].months.sum() == pytest.approx(60)


def test_a_group_is_the_sum_of_its_persons() -> None:
    young, old = Person(age=30 * 12, count=3), Person(age=55 * 12, count=2)
    both = answer(Question(persons=(young, old))).lines[COLLABORATING]
    each = [answer(Question(persons=(person,))).lines[COLLABORATING] for person in (young, old)]
    np.testing.assert_allclose(both.costs, each[0].costs + each[1].costs)
    np.testing.assert_allclose(both.monthly.sum(axis=0), both.costs[-1])
    np.testing.assert_allclose(both.share.sum(axis=1), 1)


def test_accounts_tell_who_invests_and_when_it_is_back() -> None:
    found = answer(Question())
    for n, account in enumerate(found.accounts()):
        assert account.saving[-1] == pytest.approx(found.saving()[-1, n])
        assert account.deepest >= 0
    invest, gain = found.investments()
    assert set(invest) <= {account.party for account in found.accounts() if account.deepest > 0}
    assert "participant" in gain


def test_pay_off_is_the_first_month_with_the_money_back() -> None:
    assert pay_off(np.array([-3.0, -1, 0, 2])) == 3
    assert pay_off(np.array([1.0, 2])) == 0
    assert pay_off(np.array([1.0, -2, -1])) is None
    assert pay_off(np.array([1.0, -2, 1, -1])) == 3


def price(**changed: object) -> Price:
    row = {
        "kind": "sick",
        "payer": "FK",
        "receiver": "participant",
        "amount": 1200.0,
        "unit": Unit.YEAR,
        "price_year": 2023,
        "source": "made up for a test",
    }
    return Price(**{**row, **changed})  # type: ignore[arg-type]


def test_the_price_book_fills_the_arrays() -> None:
    care = price(name="care", payer="region", receiver="resources", nature=Nature.RESOURCE, unit=Unit.DAY, amount=12.0)
    old = price(name="old", valid_to=date(2020, 1, 1), amount=999.0)
    costs = costs_of_book(PriceBook((price(), care, old, price(kind="a course"))), on=date(2023, 1, 1))
    sick = costs.band("sick")
    assert sick[Party.INSURANCE] == pytest.approx(100)
    assert sick[Party.PARTICIPANT] == pytest.approx(-100)
    assert sick[Party.REGION] == pytest.approx(12 * 365.25 / 12)
    assert costs.band("job").tolist() == [0.0] * PARTIES


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"amount": None}, "none is made up"),
        ({"unit": Unit.EACH}, "says nothing of a month"),
        ({"payer": "unallocated"}, "has no account"),
    ],
)
def test_a_price_that_says_nothing_of_a_month_is_refused(changed: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        costs_of_book(PriceBook((price(**changed),)), on=date(2023, 1, 1))


def test_arrays_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match=r"costs are \[band, party\]"):
        costs_from(np.zeros((3, 3)))
    assert Costs().monthly.shape == (2, len(BANDS), PARTIES)
