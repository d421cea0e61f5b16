"""What a party has let another read on another legal ground than consent, and what it could."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from samverk.access import codes
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
    """One thing that another party may read, or could, on what ground and from when until when."""

    id: UUID
    item: OwnItem
    giver: str
    """The party whose item it is; empty: hers."""
    receiver: str
    ground: str
    words: str
    since: date
    last_day: date | None
    by: str
    """Who recorded it."""
    in_force: bool


@dataclass(frozen=True, slots=True)
class GroundsView:
    """The grounds that hold now, those that have held, and what the reader could let others read, newest first."""

    live: tuple[GroundView, ...]
    ended: tuple[GroundView, ...]
    items: tuple[OwnItem, ...]
    """Nothing for herself: a ground is an agency's decision."""


def grounds_of(permit: Permit[A]) -> GroundsView:
    """What is let out without consent: the reader's own party's items, or for herself everyone's. Three queries."""
    mine = visible(permit)
    rows = Item.objects.filter(mine) if permit.as_herself else Item.objects.filter(mine, owner=permit.actor.party)
    rows = rows.select_related("owner").order_by("-happened_on", "-created_at")
    asked = {} if permit.as_herself else _asked(permit)
    items = {row.id: OwnItem(row.id, row.kind, row.headline or asked.get(row.id, ""), row.happened_on) for row in rows}
    givers = {row.id: row.owner.name if row.owner else "" for row in rows}
    words = codes.names("secrecy_ground")
    grounds = LegalGround.objects.filter(item__case=permit.case.id, starts_at__lte=permit.at)
    found = [
        GroundView(
            id=row.id,
            item=items[row.item_id],
            giver=givers[row.item_id],
            receiver=row.receiver.name,
            ground=codes.word(words, "secrecy_ground", row.ground),
            words=row.words,
            since=timezone.localdate(row.starts_at),
            last_day=None if row.ended_at is None else timezone.localdate(row.ended_at - timedelta(microseconds=1)),
            by=row.recorded_by.name if row.recorded_by else "",
            in_force=row.ended_at is None or row.ended_at > permit.at,
        )
        for row in grounds.select_related("receiver", "recorded_by").order_by("-starts_at", "receiver__name", "id")
        if row.item_id in items
    ]
    return GroundsView(
        live=tuple(view for view in found if view.in_force),
        ended=tuple(view for view in found if not view.in_force),
        items=() if permit.as_herself else tuple(item for item in items.values() if item.text),
    )


def _asked(permit: Permit[A]) -> dict[UUID, str]:
    """The questions that the reader's party's referral answers."""
    answers = Answer.objects.filter(visible(permit, "item__"), item__owner=permit.actor.party).exclude(text="")
    return dict(answers.values_list("item", "asked"))
