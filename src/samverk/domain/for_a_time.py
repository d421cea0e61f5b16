"""What is granted for a time and then ends by itself: standing in for a colleague, and an opening in an emergency."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from samverk.days import Days, through
from samverk.domain.words import Rejection, gettext_noop, required

LONGEST_AWAY = 90
"""Days that somebody may stand in; who is away longer hands her cases over (domain.md §3.9)."""
AHEAD = timedelta(days=365)
HOURS = (24, 48, 72)
"""So long an emergency access may last; the first unless another is chosen."""
ANSWER_WITHIN = timedelta(hours=24)
"""A question that nobody has answered by then has lapsed: what was urgent is asked anew."""
SHORTEST_REASON = 20
LONGEST_REASON = 600


class Question(StrEnum):
    """How it stands with a question about opening a case in an emergency."""

    ASKED = "asked"
    LAPSED = "lapsed"
    TAKEN_BACK = "taken_back"
    DECLINED = "declined"
    OPEN = "open"
    ENDED = "ended"


def days_away(first: date, last: date, today: date) -> Days:
    """The days from `first` to `last`, both counted. Rejection when they are past, turned round or too many."""
    if first < today:
        raise Rejection(gettext_noop("Den första dagen har redan varit. Välj i dag eller en dag framåt."), "first")
    if first > today + AHEAD:
        raise Rejection(gettext_noop("Den första dagen ligger för långt fram. Välj en dag inom ett år."), "first")
    if last < first:
        raise Rejection(gettext_noop("Den sista dagen kan inte vara före den första."), "last")
    if (last - first).days >= LONGEST_AWAY:
        raise Rejection(
            gettext_noop(
                "Någon kan ersätta i högst %(days)d dagar. Blir det längre: lämna över ärendena i stället, så att "
                "deltagarna får en ny kontaktperson."
            ),
            "last",
            days=LONGEST_AWAY,
        )
    return through(first, last)


def why(text: str) -> str:
    """Why a case has to be opened: a sentence that the participant will read. Rejection when it says too little."""
    said = required(text, "reason", gettext_noop("Skriv varför ärendet måste öppnas nu."))
    if len(said) < SHORTEST_REASON or len(said.split()) < 3:
        raise Rejection(
            gettext_noop("Skriv minst en hel mening: vad har hänt, och varför kan det inte vänta?"), "reason"
        )
    if len(said) > LONGEST_REASON:
        raise Rejection(gettext_noop("Korta skälet till högst %(most)d tecken."), "reason", most=LONGEST_REASON)
    return said


def lasts(hours: int) -> timedelta:
    """How long the access lasts. Rejection unless it is one of HOURS."""
    if hours not in HOURS:
        raise Rejection(gettext_noop("Välj 24, 48 eller 72 timmar."), "hours")
    return timedelta(hours=hours)


def question(
    *,
    at: datetime,
    asked_at: datetime,
    approved_at: datetime | None,
    declined_at: datetime | None,
    until: datetime | None,
    ended_at: datetime | None,
) -> Question:
    """How the question stands at `at`. It ends at the moment told, not after it."""
    if declined_at is not None:
        return Question.DECLINED
    if approved_at is not None and until is not None:
        return Question.OPEN if at < min(until, ended_at or until) else Question.ENDED
    if ended_at is not None:
        return Question.TAKEN_BACK
    return Question.ASKED if at < asked_at + ANSWER_WITHIN else Question.LAPSED
