"""What is granted for a time: how a question stands, to the moment, and how long somebody may be away."""

from datetime import UTC, date, datetime, timedelta

import pytest

from samverk.domain.for_a_time import ANSWER_WITHIN, HOURS, LONGEST_AWAY, Question, days_away, lasts, question, why
from samverk.domain.words import Rejection

ASKED = datetime(2026, 3, 2, 8, tzinfo=UTC)
MINUTE, TICK = timedelta(minutes=1), timedelta(microseconds=1)
TODAY = date(2026, 3, 2)


def stands(at: datetime, **told: datetime) -> Question:
    moments = dict.fromkeys(("approved_at", "declined_at", "until", "ended_at")) | told
    return question(at=at, asked_at=ASKED, **moments)  # type: ignore[arg-type]


def test_a_question_waits_until_it_has_lapsed() -> None:
    assert stands(ASKED) is Question.ASKED
    assert stands(ASKED + ANSWER_WITHIN - TICK) is Question.ASKED
    assert stands(ASKED + ANSWER_WITHIN) is Question.LAPSED


def test_it_is_open_from_the_yes_to_its_end_or_the_end_that_came_first() -> None:
    yes, until, ended = ASKED + MINUTE, ASKED + timedelta(hours=24), ASKED + timedelta(hours=2)
    told = {"approved_at": yes, "until": until}
    assert [stands(at, **told) for at in (until - TICK, until)] == [Question.OPEN, Question.ENDED]
    assert [stands(at, **told, ended_at=ended) for at in (ended - TICK, ended)] == [Question.OPEN, Question.ENDED]


def test_a_no_and_a_question_taken_back_are_for_good() -> None:
    for later in (MINUTE, 100 * ANSWER_WITHIN):
        assert stands(ASKED + later, declined_at=ASKED + MINUTE) is Question.DECLINED
        assert stands(ASKED + later, ended_at=ASKED + MINUTE) is Question.TAKEN_BACK


@pytest.mark.parametrize("hours", [*HOURS, 0, -1, 25, 73])
def test_it_lasts_one_of_three_lengths(hours: int) -> None:
    if hours in HOURS:
        assert lasts(hours) == timedelta(hours=hours) <= timedelta(hours=72)
    else:
        with pytest.raises(Rejection):
            lasts(hours)


def test_ninety_days_and_not_one_more() -> None:
    longest = days_away(TODAY, TODAY + timedelta(days=LONGEST_AWAY - 1), TODAY)
    assert longest.stop is not None
    assert (longest.stop - longest.start).days == 90
    assert days_away(TODAY, TODAY, TODAY).last == TODAY
    with pytest.raises(Rejection, match="lämna över ärendena"):
        days_away(TODAY, TODAY + timedelta(days=LONGEST_AWAY), TODAY)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("Hon svarar inte i telefon.", True),
        ("Hon svarar inte", False),
        ("Telefonsamtalsuppkopplingen bruten", False),
        ("a " * 9, False),
        ("Hon " + "är " * 300, False),
    ],
)
def test_a_reason_is_a_sentence(text: str, good: bool) -> None:
    if good:
        assert why(text) == text
    else:
        with pytest.raises(Rejection) as refused:
            why(text)
        assert refused.value.problems[0].field == "reason"
