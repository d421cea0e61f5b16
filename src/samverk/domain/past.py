"""How far back a day about somebody can lie: a slip of the pen in the year would bend whatever is drawn or counted."""

from datetime import date

from samverk.domain.words import Problem, gettext_noop

FARTHEST_BACK_YEARS = 60
"""A working life and more. The limit is ours: no rule that Samverk knows needs an older day."""


def too_far_back(day: date, field: str, *, today: date, born: int | None) -> list[Problem]:
    """What is odd about `day`, at most one thing: before her year of birth (`born`, where it may be told), or too old."""
    if born is not None and day.year < born:
        return [Problem(gettext_noop("Dagen ligger före födelseåret. Är året rätt?"), field, {})]
    if day.year < today.year - FARTHEST_BACK_YEARS:
        text = gettext_noop("Dagen ligger mer än %(years)d år tillbaka. Är året rätt?")
        return [Problem(text, field, {"years": FARTHEST_BACK_YEARS})]
    return []
