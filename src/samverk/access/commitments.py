"""Commitments as they leave through the door: who has promised what by when, and what became of it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext

from samverk.access import codes
from samverk.access.people import OfficialView
from samverk.access.permit import A, Permit
from samverk.access.sight import visible
from samverk.access.substitutes import stood_in_for
from samverk.domain.commitments import Source, days_late, is_late, is_promiser
from samverk.domain.parties import ROLES_THAT_COVER_CASES, Capacity, Part
from samverk.domain.words import gettext_noop
from samverk.store.models import Account, Assignment, Commitment, CommitmentMove, ProgrammeRole

CALL_ME = gettext_noop("Jag vill att någon ringer mig.")


@dataclass(frozen=True, slots=True)
class MoveView:
    """One change in a commitment's history."""

    verb: str
    at: datetime
    by: str
    on_behalf: str
    reason: str
    old_due: date
    new_due: date
    old_what: str
    old_owner: str


@dataclass(frozen=True, slots=True)
class CommitmentView:
    """A commitment. `owner_name` is empty where the participant, or a party without a named official, has promised."""

    id: UUID
    what: str
    by_participant: bool
    owner_name: str
    party_name: str
    party_short: str
    tone: str
    mine: bool
    """Whether the reader is the one who has promised."""
    may_settle: bool
    may_release: bool
    due: date
    first_due: date
    status: str
    late: bool
    days_late: int
    settled_on: date | None
    made_on: date
    source: str
    source_item: UUID | None
    category: str
    category_name: str
    decision_kind: str
    decision_name: str
    on_behalf: str
    version: int
    moves: tuple[MoveView, ...]

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.status == "open"

    @property
    def postponed(self) -> bool:
        """Whether it has another day than it began with."""
        return self.due != self.first_due


def commitments_of(permit: Permit[A], today: date, *, history: bool = True) -> tuple[CommitmentView, ...]:
    """The commitments that the reader may see: the open by day, then the settled, newest first.

    `history` False: without what has become of each (a card does not show it).
    """
    rows = list(
        Commitment.objects.filter(visible(permit, "item__"))
        .annotate(instead_of=stood_in_for(permit, "owner_account"))
        .select_related("item", "owner_account", "owner_party")
        .order_by("due", "item__created_at", "item_id")
    )
    moves = _moves([row.item_id for row in rows] if history else [])
    words = codes.names("category", "decision_kind", "party_kind")
    views = [_view(permit, row, today, words, moves[row.item_id], stands_in=bool(row.instead_of)) for row in rows]
    settled = sorted((v for v in views if not v.open), key=lambda v: v.settled_on or v.due, reverse=True)
    return (*(v for v in views if v.open), *settled)


def commitment(permit: Permit[A], id: UUID, today: date) -> CommitmentView | None:
    """One commitment with its history, or None: forbidden and absent look the same."""
    return next((view for view in commitments_of(permit, today) if view.id == id), None)


def in_case(permit: Permit[A], *, work_places: bool = False) -> list[OfficialView]:
    """The officials in the case: those assigned, and the programme's team; they may promise and be called.

    `work_places`: also who leads the work where she trains.
    """
    parts = (Part.CONTACT, Part.OFFICIAL, *((Part.WORKPLACE,) if work_places else ()))
    assigned = Assignment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=permit.at),
        case=permit.case.id,
        account=OuterRef("pk"),
        part__in=parts,
    )
    team = ProgrammeRole.objects.filter(
        programme=permit.programme, account=OuterRef("pk"), role__in=ROLES_THAT_COVER_CASES
    )
    rows = (
        Account.objects.filter(Exists(assigned) | Exists(team), party__isnull=False, is_active=True)
        .order_by("party__name", "name")
        .values_list("id", "name", "title", "party_id", "party__name")
    )
    return [OfficialView(*row) for row in rows]


def _moves(ids: list[UUID]) -> defaultdict[UUID, list[MoveView]]:
    found: defaultdict[UUID, list[MoveView]] = defaultdict(list)
    rows = CommitmentMove.objects.filter(commitment__in=ids).select_related("by").order_by("at", "id") if ids else ()
    for row in rows:
        found[row.commitment_id].append(
            MoveView(
                verb=row.verb,
                at=row.at,
                by=row.by.name if row.by else "",
                on_behalf=row.on_behalf,
                reason=row.reason,
                old_due=row.old_due,
                new_due=row.new_due,
                old_what=row.old_what,
                old_owner=row.old_owner,
            )
        )
    return found


def _view(
    permit: Permit[A],
    row: Commitment,
    today: date,
    words: dict[str, dict[str, codes.CodeView]],
    moves: list[MoveView],
    *,
    stands_in: bool,
) -> CommitmentView:
    actor, who, party = permit.actor, row.owner_account, row.owner_party
    coordinates = Capacity.COORDINATOR in permit.capacities
    mine = stands_in or is_promiser(
        by_participant=row.by_participant,
        owner_account=row.owner_account_id,
        owner_party=row.owner_party_id,
        account=actor.account,
        party=actor.party,
        herself=actor.person is not None,
    )
    kind = words["party_kind"].get(party.kind) if party else None
    decision = words["decision_kind"].get(row.decision_kind)
    category = words["category"].get(row.item.category)
    asked = row.source == Source.CALL and row.what == CALL_ME
    return CommitmentView(
        id=row.item_id,
        what=gettext(CALL_ME) if asked else row.what,
        by_participant=row.by_participant,
        owner_name=who.name if who else "",
        party_name=party.name if party else "",
        party_short=party.short if party else "",
        tone="me" if row.by_participant else kind.attributes.get("tone", "other") if kind else "other",
        mine=mine,
        may_settle=mine or coordinates,
        may_release=coordinates,
        due=row.due,
        first_due=row.first_due,
        status=row.status,
        late=is_late(row.status, row.due, today),
        days_late=days_late(row.status, row.due, row.settled_on, today),
        settled_on=row.settled_on,
        made_on=row.item.happened_on,
        source=row.source,
        source_item=row.source_item_id,
        category=row.item.category,
        category_name=category.name if category else "",
        decision_kind=row.decision_kind,
        decision_name=decision.name if decision else "",
        on_behalf=row.on_behalf,
        version=row.version,
        moves=tuple(moves),
    )
