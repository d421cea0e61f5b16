"""Every placement says who insures her; none is a warning and an obstacle, and stops nothing by itself."""

from uuid import UUID

import pytest
from django.utils import timezone

from samverk.access.declare import ReadCase, WriteMeasure
from samverk.access.measures import measures_of
from samverk.access.obstacles import obstacles_of
from samverk.actions import measures as acts
from samverk.domain.measures import Terms
from samverk.domain.words import Rejection
from samverk.store.models import Measure, Obstacle
from tests.build import a_measure, done
from tests.people import Cast

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.mark.parametrize("insurance", ["", "none"])
def test_a_placement_without_insurance_is_an_obstacle(people: Cast, case: UUID, insurance: str) -> None:
    """People declined places for lack of it (domain.md §3.7): unsaid and none are both noted, once."""
    id = a_measure(people, case, insurance=insurance)
    terms = Terms(kind="practice", insurance=insurance)
    done(people.anna, WriteMeasure, lambda p: acts.change(p, measure=id, terms=terms, version=1), case=case)
    assert done(people.anna, ReadCase, measures_of, case=case).live[0].uninsured
    found = done(people.anna, ReadCase, obstacles_of, case=case)
    assert [(view.code_name, view.by_itself) for view in found.open] == [("Ingen försäkring på arbetsplatsen", True)]


def test_a_course_needs_none(people: Cast, case: UUID) -> None:
    """Only placements ask for it: which measures are placements is data."""
    a_measure(people, case, kind="course", insurance="")
    assert not done(people.anna, ReadCase, measures_of, case=case).live[0].uninsured
    assert not Obstacle.objects.exists()


def test_the_obstacle_goes_when_somebody_insures_her(people: Cast, case: UUID) -> None:
    """What was noted by itself is settled by itself."""
    id = a_measure(people, case, insurance="")
    terms = Terms(kind="practice", insurance="state")
    done(people.anna, WriteMeasure, lambda p: acts.change(p, measure=id, terms=terms, version=1), case=case)
    assert list(Obstacle.objects.values_list("status", "solved_on")) == [("solved", TODAY)]


def test_the_start_without_it_is_said_in_so_many_words(people: Cast, case: UUID) -> None:
    """It begins only when somebody confirms that it begins anyway."""
    id = a_measure(people, case, insurance="none")
    with pytest.raises(Rejection) as caught:
        done(people.anna, WriteMeasure, lambda p: acts.start(p, measure=id, on=TODAY), case=case)
    assert caught.value.problems[0].field == "uninsured_anyway"
    assert Measure.objects.get(item=id).status == "proposed"
    done(people.anna, WriteMeasure, lambda p: acts.start(p, measure=id, on=TODAY, uninsured_anyway=True), case=case)
    assert Measure.objects.get(item=id).status == "ongoing"
