"""Half-open day intervals, against the plainest thing that can be said of them: a set of days."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverk.days import Days, add_months, through, uncovered

FIRST = date(2024, 1, 1)
HORIZON = FIRST + timedelta(days=60)
DAYS = [FIRST + timedelta(days=n) for n in range(60)]
day = st.sampled_from(DAYS)


@st.composite
def runs(draw: st.DrawFn) -> Days:
    """A run that begins within the sixty days, open now and then."""
    start = draw(day)
    length = draw(st.none() | st.integers(1, 30))
    return Days(start, None if length is None else start + timedelta(days=length))


def held(run: Days | None) -> set[date]:
    return set() if run is None else {day for day in DAYS if day in run}


def test_a_run_without_a_day_is_no_run() -> None:
    for stop in (FIRST, FIRST - timedelta(days=1)):
        with pytest.raises(ValueError, match="stops after it starts"):
            Days(FIRST, stop)


@given(runs())
def test_the_first_day_counts_and_the_stop_day_does_not(run: Days) -> None:
    assert run.start in run
    assert run.start - timedelta(days=1) not in run
    if run.stop is not None:
        assert run.stop not in run
        assert run.last == run.stop - timedelta(days=1)
        assert run.last in run


@given(day, st.none() | st.integers(0, 40))
def test_through_counts_both_its_days(first: date, length: int | None) -> None:
    last = None if length is None else first + timedelta(days=length)
    run = through(first, last)
    assert run.last == last
    assert (last is None) == (run.stop is None)


@given(runs(), runs())
def test_within_is_what_both_have(one: Days, other: Days) -> None:
    assert held(one.within(other)) == held(one) & held(other)
    assert one.within(other) == other.within(one)


@given(runs(), st.lists(runs(), max_size=5))
def test_uncovered_is_what_no_cover_holds(span: Days, covers: list[Days]) -> None:
    gaps = uncovered(span, covers)
    covered = set().union(*(held(cover) for cover in covers))
    assert {day for gap in gaps for day in held(gap)} == held(span) - covered
    # In order, and apart: two gaps that touch would be one.
    assert all(one.stop is not None and one.stop < other.start for one, other in pairwise(gaps))


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(-60, 60))
def test_months_later_is_the_same_day_or_the_months_last(start: date, months: int) -> None:
    later = add_months(start, months)
    assert (later.year * 12 + later.month) - (start.year * 12 + start.month) == months
    assert later.day == start.day or (later.day < start.day and (later + timedelta(days=1)).day == 1)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
    ],
)
def test_months_end_well(start: date, months: int, expected: date) -> None:
    assert add_months(start, months) == expected
