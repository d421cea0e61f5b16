"""What a programme may be changed to: its own words for the phases, its rhythm, and when it looks back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from samverk.domain.process import Step
from samverk.domain.words import Problem, Rejection, fitting, gettext_noop

LONGEST_LINE = 300
MOST_LINES = 30
MOST_MONTHS = 60


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase by the programme's own name, tied to a step. `id` None: a new one."""

    id: UUID | None
    step: str
    sv: str
    en: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a coordinator may change in her programme."""

    name: str
    mandate: str
    target_group: str
    goals: str
    criteria: str
    """One criterion a line."""
    phases: Sequence[Phase]
    places: int | None
    meeting_rhythm: str
    plan_review_days: int
    follow_up_months: str
    """Numbers with commas, as people write them."""


def criteria_of(text: str) -> list[str]:
    """The criteria, one a line; blank lines do not count."""
    lines = [line.strip() for line in fitting(text, "criteria").splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise Rejection(
            gettext_noop("Det är för många kriterier: %(count)d. Skriv högst %(most)d rader."),
            "criteria",
            count=len(lines),
            most=MOST_LINES,
        )
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            raise Rejection(
                gettext_noop("Rad %(line)d är för lång. Korta den till högst %(most)d tecken."),
                "criteria",
                line=number,
                most=LONGEST_LINE,
            )
    return lines


def months_of(text: str) -> list[int]:
    """The months after the end at which to ask how it went, in order, each once."""
    parts = [part for part in re.split(r"[\s,;]+", text.strip()) if part and part != "och"]
    months = {int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 4}
    if not parts or len(months) != len(parts) or not all(0 < month <= MOST_MONTHS for month in months):
        raise Rejection(
            gettext_noop("Skriv månaderna som tal mellan 1 och %(most)d, till exempel 6, 12, 18, 24."),
            "follow_up_months",
            most=MOST_MONTHS,
        )
    return sorted(months)


def phases_of(phases: Sequence[Phase]) -> list[Phase]:
    """The phases that have a name, in the order given. Both languages are named; English may repeat the Swedish."""
    kept = [
        Phase(p.id, p.step, p.sv.strip(), p.en.strip() or p.sv.strip()) for p in phases if p.sv.strip() or p.en.strip()
    ]
    if not kept:
        raise Rejection(gettext_noop("Ett program behöver minst en fas. Ge den ett namn."), "phase_0_sv")
    steps = {step.value for step in Step}
    for number, phase in enumerate(phases):
        if not (phase.sv.strip() or phase.en.strip()):
            continue
        if not phase.sv.strip():
            raise Rejection(gettext_noop("Skriv fasens namn på svenska också."), f"phase_{number}_sv")
        if phase.step not in steps:
            raise Rejection(gettext_noop("Välj vilket steg i processen fasen hör till."), f"phase_{number}_step")
    return kept


def check_numbers(change: Change) -> None:
    """Places and review days are possible numbers."""
    problems = []
    if change.places is not None and not 0 < change.places <= 10_000:
        problems.append(
            Problem(gettext_noop("Skriv hur många platser det finns, eller lämna fältet tomt."), "places", {})
        )
    if not 7 <= change.plan_review_days <= 730:
        problems.append(Problem(gettext_noop("Skriv ett antal dagar mellan 7 och 730."), "plan_review_days", {}))
    if problems:
        raise Rejection.of(problems)
