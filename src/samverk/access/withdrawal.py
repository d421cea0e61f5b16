"""What a withdrawal would change, told to her before she withdraws."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from samverk.access.consents import SayView
from samverk.access.permit import A, Permit
from samverk.access.sight import visible
from samverk.domain.information import Purpose
from samverk.store.models import Item, LegalGround

Amounts = tuple[tuple[str, int], ...]
"""Category code and how many things, most first."""


@dataclass(frozen=True, slots=True)
class EffectView:
    """For one party: what it may read of others' now and would no longer, and what it has written itself."""

    receiver: UUID
    loses: Amounts
    keeps: Amounts
    grounds: int
    """Things that it may go on reading on another legal ground than consent."""


def effects_of(permit: Permit[A], says: tuple[SayView, ...]) -> dict[UUID, EffectView]:
    """What each party that has a consent would lose and keep; told only to the participant herself.

    Counted are the things in this case that she may see herself: counts tell nothing of what is about others.
    """
    if not permit.as_herself:
        return {}
    things: Counter[tuple[UUID | None, str]] = Counter()
    for owner, category, n in (
        Item.objects.filter(visible(permit)).values_list("owner", "category").annotate(n=Count("id")).order_by()
    ):
        things[owner, category] = n
    grounds: Counter[tuple[UUID, UUID | None, str]] = Counter()
    for receiver, owner, category, n in (
        LegalGround.objects.filter(visible(permit, "item__"), starts_at__lte=permit.at, ended_at__isnull=True)
        .values_list("receiver", "item__owner", "item__category")
        .annotate(n=Count("item", distinct=True))
        .order_by()
    ):
        grounds[receiver, owner, category] = n
    live = [say for say in says if say.in_force and say.purpose == Purpose.SUPPORT]
    receivers = dict.fromkeys(say.receiver for say in live if not say.refused)
    return {receiver: _effect(receiver, live, things, grounds) for receiver in receivers}


def _effect(
    receiver: UUID,
    live: list[SayView],
    things: Counter[tuple[UUID | None, str]],
    grounds: Counter[tuple[UUID, UUID | None, str]],
) -> EffectView:
    refused = {(say.giver, say.category) for say in live if say.receiver == receiver and say.refused}
    covered = {(say.giver, say.category) for say in live if say.receiver == receiver and not say.refused} - refused
    loses: Counter[str] = Counter()
    for giver, category in covered:
        loses[category] += things[giver, category] - grounds[receiver, giver, category]
    keeps = Counter({category: n for (owner, category), n in things.items() if owner == receiver})
    stays = sum(n for (party, _, _), n in grounds.items() if party == receiver)
    return EffectView(receiver, _amounts(loses), _amounts(keeps), stays)


def _amounts(counted: Counter[str]) -> Amounts:
    return tuple(sorted(((code, n) for code, n in counted.items() if n > 0), key=lambda pair: (-pair[1], pair[0])))
