"""The rules of a plan: what a line must hold, whom it names, and what has changed."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverk.domain.plan import Line, LineKind, check_dates, check_proposal, checked, difference, named, unsigned
from samverk.domain.words import Rejection

AF, FK, BO = UUID(int=1), UUID(int=2), UUID(int=3)
TODAY = date(1996, 6, 3)
STEP = Line(UUID(int=9), LineKind.STEP, "Ringa", "process", party=AF, account=BO, due=date(1996, 6, 20), pays=FK)


def fields(rejection: Rejection) -> set[str]:
    return {problem.field for problem in rejection.problems}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": "  "}, "text"),
        ({"party": None, "account": None}, "who"),
        ({"account": None}, "who"),
        ({"due": None}, "due"),
        ({"due": date(1996, 6, 2)}, "due"),
    ],
)
def test_a_step_has_words_an_owner_and_a_day(change: dict[str, object], field: str) -> None:
    with pytest.raises(Rejection) as caught:
        checked(replace(STEP, **change), today=TODAY)  # type: ignore[arg-type]
    assert fields(caught.value) == {field}


def test_everything_that_is_missing_is_said_at_once() -> None:
    with pytest.raises(Rejection) as caught:
        checked(Line(UUID(int=9), LineKind.STEP, "", "process"), today=TODAY)
    assert fields(caught.value) == {"text", "who", "due"}


def test_a_day_that_has_passed_may_stay_but_not_be_chosen() -> None:
    old = replace(STEP, due=date(1996, 5, 1))
    assert checked(old, today=TODAY, before=old) == old
    with pytest.raises(Rejection):
        checked(replace(old, due=date(1996, 5, 2)), today=TODAY, before=old)


def test_a_right_names_a_party_and_no_official() -> None:
    right = checked(replace(STEP, kind=LineKind.RIGHT), today=TODAY)
    assert (right.party, right.account, right.due, right.pays) == (AF, None, None, None)


def test_a_sub_goal_is_nobodys_task() -> None:
    assert named([checked(replace(STEP, kind=LineKind.SUB_GOAL), today=TODAY)]) == frozenset()


def test_whoever_does_decides_or_pays_signs_and_so_does_she() -> None:
    assert named([STEP]) == {AF, FK}
    assert unsigned([STEP], {AF}) == {FK, None}
    assert unsigned([STEP], {AF, FK, None}) == frozenset()


def test_the_difference_tells_added_removed_and_changed() -> None:
    gone, stays, new = (replace(STEP, key=UUID(int=n), text=f"rad {n}") for n in (20, 21, 22))
    moved = replace(stays, text="rad 21 igen", due=date(1996, 7, 1), party=None, account=None, by_participant=True)
    found = difference([gone, stays], [moved, new])
    assert found.added == (new,)
    assert found.removed == (gone,)
    assert [(c.before, c.after, c.fields) for c in found.changed] == [(stays, moved, ("text", "who", "due"))]
    assert not difference([STEP], [STEP])


LINES = st.dictionaries(
    st.integers(1, 6),
    st.builds(
        Line,
        key=st.just(UUID(int=0)),
        kind=st.sampled_from(LineKind),
        text=st.sampled_from("abc"),
        category=st.sampled_from(["work", "health"]),
        by_participant=st.booleans(),
        due=st.one_of(st.none(), st.just(TODAY)),
    ),
).map(lambda found: [replace(line, key=UUID(int=n)) for n, line in found.items()])


@given(before=LINES, after=LINES)
def test_the_difference_leads_from_the_one_to_the_other(before: list[Line], after: list[Line]) -> None:
    found = difference(before, after)
    result = {line.key: line for line in before}
    for line in found.removed:
        del result[line.key]
    result |= {line.key: line for line in found.added} | {c.after.key: c.after for c in found.changed}
    assert result == {line.key: line for line in after}
    assert len(found.added) + len(found.removed) + len(found.changed) <= len(before) + len(after)


@pytest.mark.parametrize(
    ("review", "limit", "field"),
    [
        (None, date(1996, 9, 1), "review_on"),
        (TODAY, date(1996, 9, 1), "review_on"),
        (date(1996, 9, 1), None, "limit_on"),
        (date(1996, 9, 2), date(1996, 9, 1), "limit_on"),
    ],
)
def test_review_comes_before_the_end(review: date | None, limit: date | None, field: str) -> None:
    with pytest.raises(Rejection) as caught:
        check_dates(review_on=review, limit_on=limit, today=TODAY)
    assert fields(caught.value) == {field}


def test_nothing_is_proposed_without_goal_and_steps() -> None:
    with pytest.raises(Rejection) as caught:
        check_proposal(has_goal=False, lines=[])
    assert len(caught.value.problems) == 2
    with pytest.raises(Rejection, match="saknar namn eller dag"):
        check_proposal(has_goal=True, lines=[replace(STEP, account=None)])
    check_proposal(has_goal=True, lines=[STEP])
