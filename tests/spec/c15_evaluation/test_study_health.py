"""Chapter 15, evaluation: the EQ-5D index of a study, by the value set that its plan names, or not at all (method, point 10)."""

from dataclasses import replace

import pytest
from django.utils import timezone

from samverk.access.declare import WriteFollowUp
from samverk.actions import follow_ups
from samverk.domain.follow_up import Point, Status
from samverk.domain.study import VALUE_SETS
from samverk.domain.words import Rejection
from samverk.evaluation.study_health import about_index
from tests.build import done
from tests.people import cast
from tests.spec.c10_follow_up.scene import own_words, write_in
from tests.spec.c15_evaluation.extract_scene import five, take
from tests.spec.c15_evaluation.study_worlds import an_extract
from tests.spec.c15_evaluation.studying import counted, defined, locked
from tests.spec.c15_evaluation.test_study_pages import report_of

pytestmark = pytest.mark.django_db
SOCIAL = "SE-5L-social-cTTO"


@pytest.fixture
def people():
    return cast()


def with_states(*, measure="state_5L"):
    """An extract in which all answered the five questions as 21121 at the start, and as 11111 half a year on."""
    data = an_extract()
    rows = [
        (person, months, measure, state)
        for person in data.people["person"]
        for months, state in ((0, 21121.0), (6, 11111.0))
    ]
    names = ("person", "months", "measure", "value")
    return replace(data, answers={name: [row[n] for row in rows] for n, name in enumerate(names)})


def health_of(people, data, **plan):
    """The report's part about answers."""
    study = locked(people, outcomes=("answers",), **plan)
    counted(people, study, data)
    return next(part for part in report_of(study).parts if part.ident == "svar")


def test_an_extract_says_which_form_her_levels_are_of(people):
    """21121 means one thing in 3L and another in 5L: the form stands beside the levels (column instrument)."""
    words = write_in(people, own_words("3L"))
    here = five(people)
    status = Status(mobility=2, self_care=1, usual_activities=1, pain=2, anxiety=1)

    def told(permit):
        row = follow_ups.plan_now(permit, point=Point.START)
        follow_ups.answer(
            permit, follow_up=row, version=1, status=status, answered_on=timezone.localdate(), how="", wording=words.id
        )

    done(here[0].actor, WriteFollowUp, told, case=here[0].case)
    extract = take(people)
    table = extract.table("follow_ups")
    names = [column.name for column in table.columns]
    row = dict(zip(names, table.rows[0], strict=True))
    assert (row["instrument"], row["mobility"], row["pain"]) == ("3L", 2, 2)
    from samverk.access.study_engine import extract_files
    from samverk.evaluation.study_data import data_from

    answers = data_from(extract_files(extract, meeting_hours=1, flow={})).answers
    assert dict(zip(answers["measure"], answers["value"], strict=True)) == {"state_3L": 21121.0}


def test_the_index_is_made_by_the_set_that_the_plan_named(people):
    """0.968 by the social 5L set for 21121, and 1 for 11111; the set stands there with its source."""
    part = health_of(people, with_states(), value_set=SOCIAL)
    table = part.tables[0]
    assert table.title.startswith("Hälsa som EQ-5D-index")
    assert [row[1] for row in table.rows] == ["0,968", "1,000"]
    assert SOCIAL in part.lead[0]
    assert "10.1186/s12955-022-02083-w" in part.lead[0]
    assert part.refused == ()


@pytest.mark.parametrize(("value_set", "measure"), [("", "state_5L"), (SOCIAL, "state_3L")])
def test_without_a_set_for_the_form_there_is_no_index_and_the_report_says_so(people, value_set, measure):
    """No invented values: no set, or one for another form, gives no figure but a sentence."""
    part = health_of(people, with_states(measure=measure), value_set=value_set)
    assert part.tables == ()
    assert measure.removeprefix("state_") in part.refused[0]


def test_a_plan_names_a_set_that_exists(people):
    """The sets of the plan are the library's, each with a source; another name is refused at the field."""
    from samverk.evaluation.health import SETS

    assert set(VALUE_SETS) == set(SETS)
    assert all(one.source for one in SETS.values())
    with pytest.raises(Rejection) as refused:
        defined(people, value_set="SE-5L-own")
    assert refused.value.problems[0].field == "value_set"


def test_a_study_without_states_says_nothing_of_any_index():
    """Whoever did not ask the five questions is not told that they have no index."""
    assert about_index(an_extract(20), SOCIAL) is None
