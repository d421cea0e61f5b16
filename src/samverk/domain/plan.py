"""What a plan must hold, whom it names, and what has changed in it since someone last said yes."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from samverk.domain.words import Problem, Rejection, fitting, gettext_noop, required


class LineKind(StrEnum):
    """What a line of the plan is."""

    SUB_GOAL = "sub_goal"
    STEP = "step"
    RIGHT = "right"
    DUTY = "duty"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a plan. `key` is the same in every version.

    It belongs to the participant, or to `party` (in a step with the official who does it). `decides` None: she
    decides herself. `pays` None: it costs nothing.
    """

    key: UUID
    kind: LineKind
    text: str
    category: str
    by_participant: bool = False
    party: UUID | None = None
    account: UUID | None = None
    due: date | None = None
    decides: UUID | None = None
    pays: UUID | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A line that stands in both versions, and the names of what differs."""

    before: Line
    after: Line
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What has changed between two versions, in the later one's order."""

    added: tuple[Line, ...]
    removed: tuple[Line, ...]
    changed: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


COMPARED = ("kind", "text", "category", "who", "due", "decides", "pays")


def difference(before: Iterable[Line], after: Iterable[Line]) -> Difference:
    """What has changed from `before` to `after`, told line by line with the same key."""
    old = {line.key: line for line in before}
    added, changed = [], []
    for line in after:
        was = old.pop(line.key, None)
        if was is None:
            added.append(line)
        elif fields := tuple(name for name in COMPARED if _part(was, name) != _part(line, name)):
            changed.append(Change(was, line, fields))
    return Difference(tuple(added), tuple(old.values()), tuple(changed))


def _part(line: Line, name: str) -> object:
    if name == "who":
        return line.by_participant, line.party, line.account
    return getattr(line, name)


def checked(line: Line, *, today: date, before: Line | None = None) -> Line:
    """`line` in its proper form. Rejection when something is missing: a step has an owner and a day.

    `before`: what it stood as; a day that is not changed may have passed already.
    """
    problems: list[Problem] = []
    try:
        text = required(line.text, "text", gettext_noop("Skriv vad det gäller."))
        line = replace(line, text=fitting(text, "text"))
    except Rejection as rejection:
        problems.extend(rejection.problems)
    if line.kind is LineKind.SUB_GOAL:
        line = replace(line, by_participant=False, party=None, account=None, decides=None, pays=None)
    else:
        problems.extend(_ownership(line))
    if line.kind is LineKind.STEP:
        problems.extend(_time(line, today, before))
    elif line.kind is not LineKind.SUB_GOAL:
        line = replace(line, account=None, due=None, decides=None, pays=None)
    if problems:
        raise Rejection.of(problems)
    return line


def _ownership(line: Line) -> list[Problem]:
    if line.by_participant:
        return []
    if line.party is None:
        return [Problem(gettext_noop("Välj vem det gäller. Inget får stå utan ägare."), "who", {})]
    if line.kind is LineKind.STEP and line.account is None:
        return [
            Problem(gettext_noop("Välj vem hos parten som gör det. Ett steg utan namn blir inte gjort."), "who", {})
        ]
    return []


def _time(line: Line, today: date, before: Line | None) -> list[Problem]:
    if line.due is None:
        return [Problem(gettext_noop("Välj en dag då det ska vara klart."), "due", {})]
    if line.due < today and (before is None or before.due != line.due):
        return [Problem(gettext_noop("Dagen har redan varit. Välj en dag framåt i tiden."), "due", {})]
    return []


def named(lines: Iterable[Line]) -> frozenset[UUID]:
    """Every party that has something to do, decide or pay: each signs."""
    found = set()
    for line in lines:
        found |= {line.party, line.decides, line.pays}
    return frozenset(party for party in found if party is not None)


def unsigned(lines: Iterable[Line], signed: AbstractSet[UUID | None]) -> frozenset[UUID | None]:
    """Who has not said yes yet: parties, and None for the participant herself."""
    return (named(lines) | {None}) - signed


def check_dates(*, review_on: date | None, limit_on: date | None, today: date) -> tuple[date, date]:
    """The day of review and the last day, when they can stand. Rejection otherwise."""
    problems = []
    if review_on is None:
        problems.append(Problem(gettext_noop("Välj vilken dag ni ska se över planen."), "review_on", {}))
    elif review_on <= today:
        problems.append(Problem(gettext_noop("Välj en dag efter i dag för uppföljningen."), "review_on", {}))
    if limit_on is None:
        problems.append(Problem(gettext_noop("Välj vilken dag planen gäller till."), "limit_on", {}))
    elif review_on is not None and limit_on < review_on:
        problems.append(
            Problem(gettext_noop("Planen kan inte ta slut före uppföljningen. Välj en senare dag."), "limit_on", {})
        )
    if review_on is None or limit_on is None or problems:
        raise Rejection.of(problems)
    return review_on, limit_on


def check_proposal(*, has_goal: bool, lines: Sequence[Line]) -> None:
    """Rejection unless the plan can be put before everyone: a goal, and steps that all have owner and day."""
    problems = []
    if not has_goal:
        problems.append(Problem(gettext_noop("Skriv målet först. Planen utgår från det."), "", {}))
    steps = [line for line in lines if line.kind is LineKind.STEP]
    if not steps:
        problems.append(Problem(gettext_noop("Lägg till minst ett steg."), "", {}))
    for line in steps:
        if line.due is None or not (line.by_participant or line.account):
            problems.append(
                Problem(
                    gettext_noop("Steget ”%(step)s” saknar namn eller dag. Öppna det och fyll i."),
                    "",
                    {"step": line.text},
                )
            )
    if problems:
        raise Rejection.of(problems)
