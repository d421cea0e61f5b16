"""What a multi-party meeting can decide, and what its minutes hold (domain.md §3.6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from samverk.domain.words import Rejection, gettext_noop


class How(StrEnum):
    """How one meets."""

    ROOM = "room"
    PHONE = "phone"
    VIDEO = "video"


class MinutesPart(StrEnum):
    """Where in the minutes a point stands."""

    SITUATION = "situation"
    POINT = "point"
    CONCLUSION = "conclusion"


ANSWERS = ("comes", "other_time", "not_coming")


@dataclass(frozen=True, slots=True)
class Member:
    """Someone who is called: whether she comes, and what she may decide at the table."""

    comes: bool
    mandates: frozenset[str]


@dataclass(frozen=True, slots=True)
class Question:
    """A question for the meeting. `decision_kind` empty: it needs no formal decision."""

    text: str
    decision_kind: str = ""


def nobody_can_decide(questions: Iterable[Question], members: Iterable[Member]) -> tuple[Question, ...]:
    """The questions that need a decision which none of those who come may take."""
    held = frozenset().union(*(member.mandates for member in members if member.comes))
    return tuple(q for q in questions if q.decision_kind and q.decision_kind not in held)


def answered(answer: str, text: str, *, official: bool) -> str:
    """The answer, with the text that it takes. The participant owes nobody a reason for not coming."""
    if answer not in ANSWERS:
        raise Rejection(gettext_noop("Välj ett av svaren."), "answer")
    if answer == "other_time" and not text.strip():
        raise Rejection(gettext_noop("Skriv vilka tider som passar bättre."), "text")
    if answer == "not_coming" and official and not text.strip():
        raise Rejection(gettext_noop("Skriv varför du inte kommer, så att de andra kan planera."), "text")
    return answer
