"""Chapter 15, evaluation: two runs that differ by a few exchanged people are not both shown (docs/adr/018)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverk.actions.study_run import Job
from samverk.domain.study import demand_not_swapped
from samverk.domain.words import Rejection
from tests.people import cast
from tests.spec.c15_evaluation.extract_scene import say
from tests.spec.c15_evaluation.studying import asked, locked
from tests.spec.c15_evaluation.test_study_run import newest, on_benefit_before

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return cast()


def test_a_run_with_one_exchanged_for_another_keeps_no_figures(people):
    """As many as before, but not the same: the difference would be of the two. The marks of an extract say so."""
    here = on_benefit_before(people)
    study = locked(people)
    assert Job(asked(people, study)).carry_out(), newest(study).reasons
    assert Job(asked(people, study)).carry_out(), "the same people, once more"
    say(here[0], False)
    on_benefit_before(people, n=1, name="Ny")
    again = locked(people)
    assert not Job(asked(people, again)).carry_out()
    assert "räkna ut något om dem" in newest(again).reasons[0][0]
    assert newest(again).figures == ""
    marks = newest(study).members
    assert len(marks) == 6
    assert not any(one.person.hex[:16] in marks or str(one.person) in str(marks) for one in here)


@given(st.sets(st.integers(0, 12)), st.sets(st.integers(0, 12)), st.integers(2, 6))
def test_few_exchanged_are_noticed_and_many_or_none_are_not(now, before, least):
    """Both those who came and those who went: the larger of the two decides, and an unknown group says nothing."""
    marks, earlier = {str(one) for one in now}, {str(one) for one in before}
    moved = max(len(now - before), len(before - now))
    if now and before and 0 < moved < least:
        with pytest.raises(Rejection):
            demand_not_swapped(marks, [earlier], least=least)
    else:
        demand_not_swapped(marks, [earlier], least=least)
