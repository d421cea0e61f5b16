"""How a person's identity is protected, as it is told to those who may change it, and to herself."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samverk.access.declare import AnswerProtection, ReadCase, SetProtection
from samverk.access.may import may
from samverk.access.permit import Permit
from samverk.store.models import ProtectionChange


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change of the level, done, declined or waiting. `party_name` empty: the operator."""

    id: UUID
    before: str
    after: str
    reason: str
    asked_at: datetime
    by: str
    party_name: str
    answered_by: str
    state: str
    """"done", "declined" or "waiting"."""


@dataclass(frozen=True, slots=True)
class ProtectionView:
    """The level now, what waits for a second person, and how it has changed, newest first."""

    level: str
    waiting: ChangeView | None
    history: tuple[ChangeView, ...]
    may_set: bool
    may_answer: bool
    """Whether the reader is a second person: of another party than the one who asked."""


def protection_of(permit: Permit[ReadCase]) -> ProtectionView | None:
    """The level and its history; None for whoever may neither change it nor answer, and is not herself."""
    may_set, answers = may(permit, SetProtection), may(permit, AnswerProtection)
    if not (permit.as_herself or may_set or answers):
        return None
    rows = (
        ProtectionChange.objects.filter(person=permit.case.person)
        .select_related("asked_by", "answered_by", "party")
        .order_by("-asked_at")
    )
    views = {row.id: (row, _view(row)) for row in rows}
    waiting = next((pair for pair in views.values() if pair[1].state == "waiting"), None)
    return ProtectionView(
        level=permit.case.protection.value,
        waiting=waiting[1] if waiting else None,
        history=tuple(view for _, view in views.values() if view.state != "waiting"),
        may_set=may_set,
        may_answer=answers and waiting is not None and waiting[0].party_id != permit.actor.party,
    )


def _view(row: ProtectionChange) -> ChangeView:
    return ChangeView(
        id=row.id,
        before=row.before,
        after=row.after,
        reason=row.reason,
        asked_at=row.asked_at,
        by=row.asked_by.name if row.asked_by else "",
        party_name=row.party.name if row.party else "",
        answered_by=row.answered_by.name if row.answered_by else "",
        state="done" if row.done_at else "declined" if row.declined_at else "waiting",
    )
