"""What a party has let another read on another legal ground than consent, and what it could."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from samverk.access.permit import A, Permit
from samverk.access.sight import visible
from samverk.store.models import Answer, Item, LegalGround


@dataclass(frozen=True, slots=True)
class OwnItem:
    """Something that the reader's party has written. `text`: its heading, or the question that it answers."""

    id: UUID
    kind: str
    text: str
    on: date


@dataclass(frozen=True, slots=True)
class GroundView:
    """One thing that another party may read, on what ground and since when."""

    id: UUID
    item: OwnItem
    giver: str
    """The party whose item it is; empty: hers."""
    receiver: str
    ground: str
    since: date


@dataclass(frozen=True, slots=True)
class GroundsView:
    """The grounds that hold now, and what the reader could let others read, newest first: nothing for herself."""

    live: tuple[GroundView, ...]
    items: tuple[OwnItem, ...]


def grounds_of(permit: Permit[A]) -> GroundsView:
    """What is let out without consent: the reader's own party's items, or for herself everyone's. Three queries."""
    mine = visible(permit) if permit.as_herself else Q(case=permit.case.id, owner=permit.actor.party)
    rows = Item.objects.filter(mine).select_related("owner").order_by("-happened_on", "-created_at")
    asked = {} if permit.as_herself else _asked(permit)
    items = {row.id: OwnItem(row.id, row.kind, row.headline or asked.get(row.id, ""), row.happened_on) for row in rows}
    givers = {row.id: row.owner.name if row.owner else "" for row in rows}
    grounds = LegalGround.objects.filter(item__case=permit.case.id, ended_at__isnull=True, starts_at__lte=permit.at)
    live = [
        GroundView(
            id=row.id,
            item=items[row.item_id],
            giver=givers[row.item_id],
            receiver=row.receiver.name,
            ground=row.ground,
            since=timezone.localdate(row.starts_at),
        )
        for row in grounds.select_related("receiver").order_by("-starts_at", "receiver__name")
        if row.item_id in items
    ]
    return GroundsView(
        live=tuple(live),
        items=() if permit.as_herself else tuple(item for item in items.values() if item.text),
    )


def _asked(permit: Permit[A]) -> dict[UUID, str]:
    """The questions that the reader's party's referral answers."""
    answers = Answer.objects.filter(item__case=permit.case.id, item__owner=permit.actor.party).exclude(text="")
    return dict(answers.values_list("item", "asked"))
