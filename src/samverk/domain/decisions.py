"""The formal decision, and the gap between it and the promise given at the table (domain.md §3.6)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samverk.domain.words import Problem, Rejection, gettext_noop


class Outcome(StrEnum):
    """How it went."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A decision as it is recorded. The appeal may be left out only when everything was granted."""

    kind: str
    outcome: str
    text: str
    reason: str
    legal_ground: str
    decider: str
    decider_title: str
    decided_on: date | None
    appeal_how: str = ""
    appeal_until: date | None = None


_NEEDED = {
    "text": gettext_noop("Skriv vad som är beslutat."),
    "reason": gettext_noop("Skriv skälen för beslutet."),
    "legal_ground": gettext_noop("Skriv vilken lag och paragraf beslutet bygger på."),
    "decider": gettext_noop("Skriv vem som har beslutat."),
    "decider_title": gettext_noop("Skriv beslutsfattarens titel."),
}


def check(decision: NewDecision, today: date) -> date:
    """The day it was decided. Rejection naming everything that is missing or cannot be."""
    missing = [Problem(text, name, {}) for name, text in _NEEDED.items() if not getattr(decision, name).strip()]
    if decision.outcome not in tuple(Outcome):
        missing.append(Problem(gettext_noop("Välj hur det gick."), "outcome", {}))
    if decision.decided_on is None:
        missing.append(Problem(gettext_noop("Skriv vilken dag beslutet togs."), "decided_on", {}))
    elif decision.decided_on > today:
        missing.append(
            Problem(gettext_noop("Dagen har inte varit än. Skriv dagen då beslutet togs."), "decided_on", {})
        )
    missing += _appeal(decision)
    if missing or decision.decided_on is None:
        raise Rejection.of(missing)
    return decision.decided_on


def _appeal(decision: NewDecision) -> list[Problem]:
    found = []
    if decision.outcome != Outcome.GRANTED:
        if not decision.appeal_how.strip():
            found.append(Problem(gettext_noop("Skriv hur beslutet kan överklagas."), "appeal_how", {}))
        if decision.appeal_until is None:
            found.append(Problem(gettext_noop("Skriv till vilken dag beslutet kan överklagas."), "appeal_until", {}))
    if decision.appeal_until and decision.decided_on and decision.appeal_until <= decision.decided_on:
        found.append(Problem(gettext_noop("Sista dagen att överklaga måste ligga efter beslutet."), "appeal_until", {}))
    return found


@dataclass(frozen=True, slots=True)
class Gap:
    """What lies between the promise and the decision. `decided` False: there is no decision yet."""

    decided: bool
    days_from_promise: int
    days_late: int


def gap(promised_on: date, due: date, decided_on: date | None, today: date) -> Gap:
    """The days from the promise to the decision (or to today), and how many of them after the promised day."""
    until = decided_on or today
    return Gap(decided_on is not None, max((until - promised_on).days, 0), max((until - due).days, 0))
