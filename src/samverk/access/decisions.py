"""Formal decisions beside the promises they answer, and the gap between the two."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from samverk.access import codes
from samverk.access.commitments import CommitmentView, commitments_of
from samverk.access.permit import A, Permit
from samverk.access.sight import visible
from samverk.domain.decisions import Gap, gap
from samverk.store.models import ControlReading, FormalDecision


@dataclass(frozen=True, slots=True)
class BasisView:
    """A reading for control that a decision rests on, or could rest on."""

    id: UUID
    matter: str
    on: date


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A party's formal decision."""

    id: UUID
    promise: UUID | None
    kind_name: str
    outcome: str
    text: str
    reason: str
    legal_ground: str
    decider: str
    decider_title: str
    decided_on: date
    appeal_how: str
    appeal_until: date | None
    party_short: str
    tone: str
    may_appeal: bool
    """Whether the last day to appeal has not passed."""
    basis: BasisView | None
    """What was read for control before; None where there is none, or for anyone but herself and the party."""


@dataclass(frozen=True, slots=True)
class PromiseView:
    """A promise that takes a decision at home, what was decided, and how long it took or has taken."""

    promise: CommitmentView
    decisions: tuple[DecisionView, ...]
    gap: Gap
    may_decide: bool
    """Whether the reader's own party has promised it."""


@dataclass(frozen=True, slots=True)
class DecisionsView:
    """All promises with their decisions, the undecided first, and decisions without a promise."""

    promises: tuple[PromiseView, ...]
    others: tuple[DecisionView, ...]


def decisions_of(permit: Permit[A], today: date) -> DecisionsView:
    """What the reader may see of promises and decisions."""
    decided: defaultdict[UUID | None, list[DecisionView]] = defaultdict(list)
    words = codes.names("decision_kind", "party_kind")
    for row in (
        FormalDecision.objects.filter(visible(permit, "item__"))
        .select_related("item__owner", "basis__item")
        .order_by("decided_on", "item__created_at")
    ):
        decided[row.promise_id].append(_view(permit, row, today, words))
    seen = commitments_of(permit, today, history=False)
    promised = [v for v in seen if v.decision_kind or v.id in decided]
    rows = [_promise(permit, view, tuple(decided.get(view.id, ())), today) for view in promised]
    known = {view.id for view in promised}
    return DecisionsView(
        promises=tuple(sorted(rows, key=lambda row: (row.gap.decided, row.promise.due))),
        others=tuple(d for promise, found in decided.items() if promise not in known for d in found),
    )


def _promise(permit: Permit[A], view: CommitmentView, decisions: tuple[DecisionView, ...], today: date) -> PromiseView:
    first = decisions[0].decided_on if decisions else None
    own = view.mine or (bool(view.party_name) and view.party_name == permit.actor.party_name)
    return PromiseView(view, decisions, gap(view.made_on, view.due, first, today), own and not view.by_participant)


def bases_of(permit: Permit[A]) -> tuple[BasisView, ...]:
    """The readings for control that a decision of the reader's own party can rest on, newest first."""
    rows = ControlReading.objects.filter(visible(permit, "item__"), item__owner=permit.actor.party)
    return tuple(_basis(row) for row in rows.select_related("item").order_by("-item__created_at"))


def _basis(row: ControlReading) -> BasisView:
    return BasisView(row.item_id, row.matter, timezone.localdate(row.item.created_at))


def _view(
    permit: Permit[A], row: FormalDecision, today: date, words: dict[str, dict[str, codes.CodeView]]
) -> DecisionView:
    party, own = row.item.owner, permit.actor.party
    kind = words["decision_kind"].get(row.kind)
    party_kind = words["party_kind"].get(party.kind) if party else None
    return DecisionView(
        id=row.item_id,
        promise=row.promise_id,
        kind_name=kind.name if kind else row.kind,
        outcome=row.outcome,
        text=row.text,
        reason=row.reason,
        legal_ground=row.legal_ground,
        decider=row.decider,
        decider_title=row.decider_title,
        decided_on=row.decided_on,
        appeal_how=row.appeal_how,
        appeal_until=row.appeal_until,
        party_short=party.short if party else "",
        tone=party_kind.attributes.get("tone", "other") if party_kind else "other",
        may_appeal=row.appeal_until is not None and row.appeal_until >= today,
        basis=_basis(row.basis) if row.basis and (permit.as_herself or row.item.owner_id == own) else None,
    )
