"""Chapter 9, transitions: the days on which nobody held the case, or nothing was under way."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from samverk.access import hand_overs as seen
from samverk.access.declare import ReadCase
from samverk.days import Days
from samverk.domain.transitions import days_without, gaps
from tests.build import done
from tests.people import Cast

MONDAY = date(1996, 1, 1)


def day(n: int) -> date:
    return MONDAY + timedelta(days=n)


def test_days_that_no_run_holds_are_counted() -> None:
    """Days without an active step and without a responsible contact are counted (domain.md §3.9)."""
    spans = [Days(day(2), day(4)), Days(day(3), day(5)), Days(day(8))]
    assert days_without(spans, day(0), day(10)) == 2 + 3
    assert gaps(spans, day(0), day(10)) == [Days(day(0), day(2)), Days(day(5), day(8))]


def test_nothing_is_counted_before_it_begins() -> None:
    """A case that starts today has no days behind it."""
    assert days_without([], day(3), day(3)) == 0
    assert days_without([], day(3), day(1)) == 0


RUNS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda t: Days(day(t[0]), day(t[0] + t[1]))))


@given(RUNS, st.integers(0, 30), st.integers(1, 30))
def test_it_is_what_counting_on_the_fingers_gives(spans: list[Days], start: int, length: int) -> None:
    """Each day is held by some run, or it is counted once."""
    by_hand = sum(not any(day(n) in span for span in spans) for n in range(start, start + length))
    assert days_without(spans, day(start), day(start + length)) == by_hand


@pytest.mark.django_db
def test_a_case_with_a_contact_person_but_no_measure(people: Cast, case: UUID) -> None:
    """Anna has held Egon's case all of ten days; nothing has been under way in them."""
    days = done(people.egon, ReadCase, seen.days_without_of, case=case, at=timezone.now() + timedelta(days=10))
    assert days is not None
    assert (days.contact, days.measure) == (0, 10)
