"""The wording of the five health questions: the licensee's own, written in by the programme. None of it comes from us.

EQ-5D may be asked only under a licence and in its exact words (evaluation.md, point 10: no wording is shipped). Which
of its forms the programme has a licence for, 3L or 5L, is the programme's setting.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from samverk.domain.follow_up import DIMENSIONS
from samverk.domain.words import Problem, Rejection, gettext_noop

INSTRUMENTS = {"3L": 3, "5L": 5}
"""Form → how many levels each of its questions has."""
LANGUAGES = ("sv", "en")
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Question:
    """One dimension in words: what it is called, and its levels from the best to the worst."""

    heading: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """The form in one language. `questions` in the order of DIMENSIONS; `lead` stands above them."""

    instrument: str
    language: str
    licence: str
    lead: str
    questions: tuple[Question, ...]


def wording(
    *, instrument: str, language: str, licence: str, lead: str, headings: Sequence[str], levels: Sequence[str]
) -> Wording:
    """The wording as it was typed: a heading a dimension, and its levels one a line, the best first.

    Rejection with a problem a field: `instrument`, `language`, `licence`, and `heading_0`, `levels_0` and so on.
    """
    expected = INSTRUMENTS.get(instrument, 0)
    told = [tuple(line.strip() for line in text.splitlines() if line.strip()) for text in levels]
    problems = []
    if not expected:
        problems.append(Problem(gettext_noop("Välj vilket formulär licensen gäller."), "instrument", {}))
    if language not in LANGUAGES:
        problems.append(Problem(gettext_noop("Välj vilket språk orden är på."), "language", {}))
    if not licence.strip():
        problems.append(Problem(gettext_noop("Skriv vilken licens ni har."), "licence", {}))
    for number in range(len(DIMENSIONS)):
        if not headings[number].strip():
            problems.append(Problem(gettext_noop("Skriv frågans rubrik."), f"heading_{number}", {}))
        if expected and len(told[number]) != expected:
            count: dict[str, object] = {"expected": expected, "count": len(told[number])}
            text = gettext_noop("Skriv %(expected)d svar, ett på varje rad. Nu är det %(count)d.")
            problems.append(Problem(text, f"levels_{number}", count))
        elif any(len(line) > LONGEST for line in told[number]):
            problems.append(Problem(gettext_noop("Ett av svaren är för långt."), f"levels_{number}", {}))
    if problems:
        raise Rejection.of(problems)
    questions = tuple(Question(head.strip()[:LONGEST], lines) for head, lines in zip(headings, told, strict=True))
    return Wording(instrument, language, licence.strip()[:LONGEST], lead.strip()[:LONGEST], questions)
