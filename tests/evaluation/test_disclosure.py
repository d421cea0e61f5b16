"""Small cells are withheld, and no subtraction brings them back."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverk.evaluation.disclosure import Ledger, reach, shown, withheld
from samverk.evaluation.problems import Invalid, Refused

tables = st.integers(1, 4).flatmap(
    lambda columns: st.lists(st.lists(st.integers(0, 15), min_size=columns, max_size=columns), min_size=1, max_size=4)
)


def of(rows: list[list[int]]) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.array(rows, dtype=np.int64)


def test_a_small_cell_takes_another_with_it_in_its_row_and_column() -> None:
    hidden = withheld(of([[3, 20, 30], [40, 50, 60], [70, 80, 90]]))
    assert hidden[0, 0]
    assert hidden.sum(axis=0)[0] >= 2
    assert hidden.sum(axis=1)[0] >= 2
    assert hidden.sum() == 4


def test_without_sums_only_the_small_cell_goes() -> None:
    assert withheld(of([[3, 20], [40, 50]]), sums_shown=False).tolist() == [[True, False], [False, False]]


def test_a_table_without_small_cells_is_shown_whole() -> None:
    assert not withheld(of([[5, 6], [7, 8]])).any()


@pytest.mark.parametrize(("least", "hidden"), [(4, 0), (5, 2), (6, 2)])
def test_the_least_is_the_evaluators(least: int, hidden: int) -> None:
    assert withheld(np.array([4, 30, 40]), least=least).sum() == hidden


def test_two_hidden_cells_that_leave_no_doubt_take_a_third() -> None:
    hidden = withheld(np.array([0, 1, 30, 40]))
    assert hidden.tolist() == [True, True, True, False]  # 0 and 1 alone would sum to 1


@settings(max_examples=60)
@given(tables)
def test_no_withheld_cell_can_be_worked_out(rows: list[list[int]]) -> None:
    """Against every table that agrees with what is shown, counted out one by one."""
    table = of(rows)
    hidden = withheld(table)
    assert (hidden >= (table < 5)).all()
    if hidden.all():
        return
    for row, column in zip(*np.nonzero(hidden), strict=True):
        assert reach(table, hidden, (int(row), int(column))) >= 5


def test_the_reach_is_that_of_counting_out() -> None:
    table = of([[2, 9, 4], [8, 7, 12]])
    hidden = np.array([[True, True, False], [True, True, False]])
    possible = [
        (a, b, c, d)
        for a, b, c, d in product(range(18), repeat=4)
        if a + b == 11 and c + d == 15 and a + c == 10 and b + d == 16
    ]
    assert reach(table, hidden, (0, 0)) == max(p[0] for p in possible) - min(p[0] for p in possible)


def test_figures_of_small_groups_are_not_numbers() -> None:
    got = shown(np.array([100.0, 200.0, 300.0]), np.array([4, 10, 12]))
    assert np.isnan(got).tolist() == [True, True, False]


def test_a_table_that_cannot_be_is_refused() -> None:
    with pytest.raises(Invalid, match="not negative"):
        withheld(np.array([-1, 7]))
    with pytest.raises(Invalid, match="one dimension or two"):
        withheld(np.ones((2, 2, 2), dtype=np.int64))


def test_groups_that_differ_by_a_few_are_not_both_shown() -> None:
    ledger = Ledger()
    ledger.release("May", range(20))
    with pytest.raises(Refused, match="June: subtracting it and 'May'"):
        ledger.release("June", range(21))
    with pytest.raises(Refused, match="women: subtracting"):
        ledger.release("women", range(18))
    ledger.release("half", range(10))
    ledger.release("June", range(25))
    assert set(ledger.groups) == {"May", "half", "June"}


def test_two_groups_are_not_taken_from_a_third() -> None:
    ledger = Ledger()
    ledger.release("all", range(30))
    ledger.release("north", range(14))
    with pytest.raises(Refused, match="'north' and 'south' taken from 'all'"):
        ledger.release("south", range(14, 28))
    ledger.release("south", range(14, 24))
    with pytest.raises(Refused, match="fewer than 5"):
        ledger.release("few", range(4))


def test_the_whole_after_its_parts_is_refused_too() -> None:
    ledger = Ledger()
    ledger.release("north", range(14))
    ledger.release("south", range(14, 28))
    with pytest.raises(Refused, match="all: 'north' and 'south' taken from 'all'"):
        ledger.release("all", range(30))
