"""What a referral must hold, and in which order the team looks at those that wait."""

from datetime import date, datetime

from samverk.domain.words import Rejection, fitting, gettext_noop

PRIORITIES = (0, 1, 2)
"""0: by waiting time. 1: before the others. 2: first of all. Anything but 0 has a reason."""

MOST_OFFICIALS = 500


def line(text: str, field: str, most: int) -> str:
    """`text` on one line, without outer white space; Rejection on `field` when longer than `most` characters."""
    whole = " ".join(fitting(text, field).split())
    if len(whole) > most:
        raise Rejection(
            gettext_noop("Texten är för lång: %(length)d tecken. Korta den till högst %(most)d."),
            field,
            length=len(whole),
            most=most,
        )
    return whole


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for capitals and spaces."""
    return one.casefold().split() == other.casefold().split()


def year_of_birth(told: int | None, from_number: int | None, today: date) -> int | None:
    """The year of birth as told or as the number says it. Rejection when the two differ or the year cannot be."""
    if told is not None and not 1900 <= told <= today.year:
        raise Rejection(
            gettext_noop("Skriv födelseåret med fyra siffror, mellan 1900 och %(year)d."), "birth_year", year=today.year
        )
    if told is not None and from_number is not None and told != from_number:
        raise Rejection(
            gettext_noop("Födelseåret stämmer inte med personnumret. Rätta det ena, eller lämna året tomt."),
            "birth_year",
        )
    return from_number if from_number is not None else told


def number_of_officials(number: int | None) -> int | None:
    """How many officials she meets, or None when nobody has counted. Rejection on "officials" otherwise."""
    if number is not None and not 0 <= number <= MOST_OFFICIALS:
        raise Rejection(gettext_noop("Skriv hur många handläggare det är, med en siffra."), "officials")
    return number


def days_waited(since: date, today: date) -> int:
    """Whole days in the queue."""
    return max(0, (today - since).days)


def turn(priority: int, opened_at: datetime) -> tuple[int, datetime]:
    """The place in the queue: what the team has moved forward first, then by waiting time."""
    return -priority, opened_at


def reason_for(priority: int, reason: str) -> str:
    """The reason for moving someone in the queue: one that the team can explain. Rejection without one."""
    if priority not in PRIORITIES:
        raise Rejection(gettext_noop("Välj ett av alternativen i listan."), "priority")
    told = fitting(reason, "reason")
    if priority and not told:
        raise Rejection(gettext_noop("Skriv varför. Den som väntar längre ska kunna få en förklaring."), "reason")
    return told if priority else ""
