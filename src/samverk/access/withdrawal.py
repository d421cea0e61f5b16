"""What a withdrawal, or a no instead, would change: told to her before she says so.

Counted are the things that she may see herself: counts tell nothing of what is about others. A consent is about her,
not about one case, so all her cases are counted; but only where somebody of the party may look at all.
"""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q

from samverk.access.consents import SayView
from samverk.access.permit import A, Permit
from samverk.access.sight import visible_anywhere
from samverk.domain.consent import OPEN_LEVELS
from samverk.domain.information import Purpose
from samverk.domain.parties import ROLES_THAT_COVER_CASES
from samverk.store.models import Assignment, Case, Clearance, EmergencyAccess, Item, LegalGround, ProgrammeRole

Amounts = tuple[tuple[str, int], ...]
"""Category code and how many things, most first."""


@dataclass(frozen=True, slots=True)
class EffectView:
    """For one party: what it may read of others' now and would no longer, and what it has written itself.

    `loses_control`: the same where it may read for control. `inside`: what a closed unit of its own has written, which
    the rest of it would no longer read.
    """

    receiver: UUID
    loses: Amounts
    loses_control: Amounts
    inside: Amounts
    keeps: Amounts
    grounds: int
    """Things that it may go on reading on another legal ground than consent."""


class _Sort(NamedTuple):
    """Things that are alike to every party: `closed` when a closed unit of the owner wrote them."""

    case: UUID
    owner: UUID | None
    closed: bool
    category: str


Things = Counter[_Sort]


def effects_of(permit: Permit[A], says: tuple[SayView, ...]) -> dict[UUID, EffectView]:
    """What each party that has a consent would lose and keep; told only to the participant herself. Seven queries."""
    if not permit.as_herself:
        return {}
    things = _things(permit)
    grounds = _on_grounds(permit)
    looks = _who_may_look(permit)
    live = [say for say in says if say.in_force]
    receivers = dict.fromkeys(say.receiver for say in live if not say.refused)
    return {
        receiver: _effect(
            receiver,
            [say for say in live if say.receiver == receiver],
            things,
            grounds.get(receiver, Counter()),
            looks.get(receiver, set()),
        )
        for receiver in receivers
    }


def _things(permit: Permit[A]) -> Things:
    rows = Item.objects.filter(visible_anywhere(permit)).values_list("case", "owner", "unit__closed", "category")
    found: Things = Counter()
    for case, owner, closed, category, n in rows.annotate(n=Count("id")).order_by():
        found[_Sort(case, owner, bool(closed), category)] += n
    return found


def _on_grounds(permit: Permit[A]) -> dict[UUID, Things]:
    """What each party may read on another legal ground."""
    rows = LegalGround.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=permit.at),
        visible_anywhere(permit, "item__"),
        starts_at__lte=permit.at,
    ).values_list("receiver", "item__case", "item__owner", "item__unit__closed", "item__category")
    found: dict[UUID, Things] = {}
    for receiver, case, owner, closed, category, n in rows.annotate(n=Count("item", distinct=True)).order_by():
        found.setdefault(receiver, Counter())[_Sort(case, owner, bool(closed), category)] += n
    return found


def _who_may_look(permit: Permit[A]) -> dict[UUID, set[UUID]]:
    """In which of her cases somebody of a party has need to know, and the party is let in to her at all."""
    her = permit.case.person
    live = Q(until__isnull=True) | Q(until__gt=permit.at)
    programmes = dict(Case.objects.filter(person=her).values_list("id", "programme"))
    pairs = set(Assignment.objects.filter(live, case__person=her, since__lte=permit.at).values_list("party", "case"))
    pairs |= set(
        EmergencyAccess.objects.filter(
            Q(ended_at__isnull=True) | Q(ended_at__gt=permit.at),
            case__person=her,
            approved_at__lte=permit.at,
            until__gt=permit.at,
        ).values_list("party", "case")
    )
    roles = ProgrammeRole.objects.filter(
        programme__in=set(programmes.values()), role__in=ROLES_THAT_COVER_CASES, account__party__isnull=False
    ).values_list("account__party", "programme")
    for party, programme in roles:
        pairs |= {(party, case) for case, in_programme in programmes.items() if in_programme == programme}
    found: dict[UUID, set[UUID]] = {}
    for party, case in pairs:
        found.setdefault(party, set()).add(case)
    if permit.case.protection in OPEN_LEVELS:
        return found
    cleared = set(Clearance.objects.filter(person=her).values_list("party", flat=True))
    return {party: cases for party, cases in found.items() if party in cleared}


def _effect(receiver: UUID, says: list[SayView], things: Things, on_grounds: Things, cases: set[UUID]) -> EffectView:
    here = {sort: n for sort, n in things.items() if sort.case in cases}
    own = {sort for sort in here if sort.owner == receiver}
    loses = {purpose: _lost(says, purpose, here, on_grounds) for purpose in Purpose}
    return EffectView(
        receiver=receiver,
        loses=_amounts(loses[Purpose.SUPPORT], here.keys() - own),
        loses_control=_amounts(loses[Purpose.CONTROL], here.keys() - own),
        inside=_amounts(loses[Purpose.SUPPORT], own),
        keeps=_amounts(things, {sort for sort in things if sort.owner == receiver}),
        grounds=sum(n for sort, n in on_grounds.items() if sort.case in cases and sort.owner != receiver),
    )


def _lost(says: list[SayView], purpose: Purpose, here: dict[_Sort, int], on_grounds: Things) -> Things:
    """What consents alone let the party read for `purpose`: not what is its own, nor what a law lets it read."""
    mine = [say for say in says if say.purpose == purpose]
    covered = {(say.giver, say.category) for say in mine} - {(say.giver, say.category) for say in mine if say.refused}
    receiver = mine[0].receiver if mine else None
    return Counter(
        {
            sort: n - on_grounds[sort]
            for sort, n in here.items()
            if (sort.owner, sort.category) in covered and (sort.owner != receiver or sort.closed)
        }
    )


def _amounts(counted: Things, among: set[_Sort]) -> Amounts:
    found: Counter[str] = Counter()
    for sort in among:
        found[sort.category] += counted[sort]
    return tuple(sorted(((code, n) for code, n in found.items() if n > 0), key=lambda pair: (-pair[1], pair[0])))
