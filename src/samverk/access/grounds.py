"""What a party has let another read on another legal ground than consent, and what it could."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from samverk.access.permit import A, Permit
from samverk.domain.information import Protection
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
    receiver: str
    ground: str
    since: date


@dataclass(frozen=True, slots=True)
class GroundsView:
    """The grounds that hold now, and the reader's party's own items, newest first."""

    live: tuple[GroundView, ...]
    items: tuple[OwnItem, ...]
    protected: bool


def grounds_of(permit: Permit[A]) -> GroundsView:
    """What the reader's own party has let others read without consent. Three queries."""
    party = permit.actor.party
    answers = Answer.objects.filter(item__case=permit.case.id, item__owner=party).exclude(text="")
    asked: dict[UUID, str] = dict(answers.values_list("item", "asked"))
    items = [
        OwnItem(row.id, row.kind, row.headline or asked.get(row.id, ""), row.happened_on)
        for row in Item.objects.filter(case=permit.case.id, owner=party).order_by("-happened_on", "-created_at")
    ]
    by_id = {item.id: item for item in items}
    rows = LegalGround.objects.filter(
        item__case=permit.case.id, item__owner=party, ended_at__isnull=True, starts_at__lte=permit.at
    ).select_related("receiver")
    live = [
        GroundView(row.id, by_id[row.item_id], row.receiver.name, row.ground, timezone.localdate(row.starts_at))
        for row in rows.order_by("-starts_at", "receiver__name")
    ]
    return GroundsView(
        live=tuple(live),
        items=tuple(item for item in items if item.text),
        protected=permit.case.protection is not Protection.NONE,
    )
