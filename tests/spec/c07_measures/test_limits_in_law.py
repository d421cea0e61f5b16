"""Measures have limits in law: six months, then a new decision."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from samverk.access.declare import ReadCase, WriteMeasure
from samverk.access.measures import measures_of
from samverk.actions import measures as acts
from samverk.domain.measures import LimitWarning, limit_warning
from samverk.domain.words import Rejection
from samverk.store.models import Measure, MeasureMove
from tests.build import a_measure, done
from tests.people import Cast

DAY = date(2026, 3, 2)
TODAY = timezone.localdate()


@pytest.mark.parametrize(
    ("status", "limit", "end", "warning"),
    [
        ("ongoing", -1, None, LimitWarning.PASSED),
        ("ongoing", 0, None, LimitWarning.NEAR),
        ("ongoing", 42, None, LimitWarning.NEAR),
        ("ongoing", 43, None, None),
        ("ongoing", 10, 10, None),
        ("ongoing", 10, 11, LimitWarning.PLANNED_PAST),
        ("proposed", 10, 11, LimitWarning.PLANNED_PAST),
        ("planned", -1, None, None),
        ("completed", -1, 11, None),
    ],
)
def test_when_the_limit_needs_somebody(status: str, limit: int, end: int | None, warning: LimitWarning | None) -> None:
    """A limit warns when it is passed, when the planned end lies beyond it, and six weeks ahead (domain.md §3.7)."""
    planned_end = None if end is None else DAY + timedelta(days=end)
    limit_on = DAY + timedelta(days=limit)
    assert limit_warning(status=status, limit_on=limit_on, planned_end=planned_end, today=DAY) is warning


@pytest.mark.django_db
def test_an_extension_needs_a_new_decision(people: Cast, case: UUID) -> None:
    """Extending asks for the new decision's day and reference, and both stay in the history."""
    end = TODAY + timedelta(days=30)
    id = a_measure(
        people, case, until="ongoing", planned_end=end + timedelta(days=1), limit_on=end, limit_rule="sex månader"
    )
    assert done(people.anna, ReadCase, measures_of, case=case).live[0].limit is LimitWarning.PLANNED_PAST
    longer = end + timedelta(days=180)

    def extend(decision: str, until: date, limit: date | None = longer) -> None:
        done(
            people.anna,
            WriteMeasure,
            lambda p: acts.extend(
                p, measure=id, planned_end=until, decided_on=TODAY, decision=decision, limit_on=limit
            ),
            case=case,
        )

    for decision, until, limit, field in (
        (" ", longer, longer, "decision"),
        ("AF 12/96", end, longer, "planned_end"),
        ("AF 12/96", longer, longer - timedelta(days=1), "planned_end"),
    ):
        with pytest.raises(Rejection) as caught:
            extend(decision, until, limit)
        assert caught.value.problems[0].field == field
    extend("AF 12/96", longer)
    view = done(people.anna, ReadCase, measures_of, case=case).live[0]
    assert (view.status, view.last, view.limit) == ("ongoing", longer, None)
    move = MeasureMove.objects.get(measure=id, verb="extend")
    assert (move.words, move.decided_on) == ("AF 12/96", TODAY)


@pytest.mark.django_db
def test_late_measures_are_flagged(people: Cast, case: UUID) -> None:
    """A planned day that has passed without its move is visible on the page."""
    yesterday = TODAY - timedelta(days=1)
    a_measure(people, case, planned_start=yesterday)
    ends = a_measure(people, case, until="ongoing")
    Measure.objects.filter(item=ends).update(planned_end=yesterday)
    views = done(people.anna, ReadCase, measures_of, case=case).live
    assert [(v.status, v.late_start, v.late_end, v.needs_somebody) for v in views] == [
        ("ongoing", False, True, True),
        ("proposed", True, False, True),
    ]
