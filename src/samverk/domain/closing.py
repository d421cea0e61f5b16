"""Closing: with a reason, a destination and a next door (domain.md §3.11)."""

from datetime import date

from samverk.domain.words import Problem, Rejection, gettext_noop


def check(*, followed: bool, words: str, next_door: str, closed_on: date, started_on: date | None, today: date) -> None:
    """Rejection that names everything that is lacking before a case can be closed.

    `followed`: whether anyone is left to ask how it went. Otherwise no next door is needed.
    """
    problems = []
    if not words.strip():
        problems.append(Problem(gettext_noop("Skriv med egna ord hur det gick."), "words", {}))
    if not next_door.strip() and followed:
        problems.append(
            Problem(
                gettext_noop("Skriv vart personen kan vända sig nu. Ingen lämnas utan nästa dörr."), "next_door", {}
            )
        )
    if closed_on > today:
        problems.append(
            Problem(gettext_noop("Dagen har inte varit än. Välj i dag eller en tidigare dag."), "closed_on", {})
        )
    elif started_on is not None and closed_on < started_on:
        problems.append(
            Problem(gettext_noop("Ärendet kan inte avslutas innan det började. Välj en senare dag."), "closed_on", {})
        )
    if problems:
        raise Rejection.of(problems)
