"""The rule of the door once more, as dull as it can be written: no helper shared with what it judges.

In words (domain.consent has them too, this is not made from those): a reader of a party sees an item when the person's
protection admits the party, when she has a reason to be in that case, and when the item is her party's own and from
no closed unit but her own, or the law says yes to just this item, or the person has said yes and not no.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from samverk.domain.information import Protection, Thing
from samverk.domain.parties import Role
from tests.generative.worlds import Asks, World


def may_see(world: World, asks: Asks, thing: Thing, *, at: datetime) -> bool:
    """Whether this reader may see this item at this moment, for the world's purpose."""
    if asks.system:
        return True
    if world.kind_of(thing.id) in asks.whole:
        if world.case_of(thing.id) == asks.case:
            return True
        if world.programme_of(world.case_of(thing.id)) == asks.programme:
            return True
    if asks.person is not None:
        return herself_may_see(thing, who=asks.person)
    if asks.account is None or asks.party is None:
        return False
    if asks.case is not None and not asks.beyond and thing.person != _person_of(world, asks.case):
        return False
    return official_may_see(world, thing, account=asks.account, party=asks.party, unit=asks.unit, at=at)


def _person_of(world: World, case: UUID) -> UUID:
    return world.id("stranger") if case == world.id("stranger's case") else world.id("person")


def herself_may_see(thing: Thing, *, who: UUID) -> bool:
    """She sees everything about her, except what is marked as being about someone else."""
    if thing.person != who:
        return False
    return not thing.about_other


def official_may_see(
    world: World, thing: Thing, *, account: UUID, party: UUID, unit: UUID | None, at: datetime
) -> bool:
    """If and only if the protection admits the party, and there is a need, and the item is covered."""
    if thing.person == world.id("person"):
        if world.protection == Protection.PROTECTED_REGISTRATION and (thing.person, party) not in world.cleared:
            return False
        if world.protection == Protection.FICTITIOUS and (thing.person, party) not in world.cleared:
            return False
    if not has_need(world, account=account, party=party, case=world.case_of(thing.id), at=at):
        return False
    if thing.owner == party:
        if thing.unit is None:
            return True
        if thing.unit not in world.closed:
            return True
        if thing.unit == unit:
            return True
    if _the_law_says_yes(world, thing, party=party, at=at):
        return True
    return _she_says_yes(world, thing, party=party, at=at)


def door_opens(world: World, asks: Asks, case: UUID, *, at: datetime) -> bool:
    """Whether the case can be opened at all, before any item is decided.

    To the person herself; to a party that her protection admits, for somebody who is in the case, stands in for one
    who is, or is let in. A role in the programme opens it only when it shows something in it.
    """
    inside = [thing for thing in world.items if world.case_of(thing.id) == case]
    if asks.person is not None:
        return any(thing.person == asks.person for thing in inside)
    if asks.account is None or asks.party is None:
        return False
    hers = inside[0].person == world.id("person")
    shut = hers and world.protection in (Protection.PROTECTED_REGISTRATION, Protection.FICTITIOUS)
    if shut and (inside[0].person, asks.party) not in world.cleared:
        return False
    without_roles = replace(world, roles=())
    if has_need(without_roles, account=asks.account, party=asks.party, case=case, at=at):
        return True
    return any(may_see(world, asks, thing, at=at) for thing in inside)


@dataclass(frozen=True)
class Stands:
    """What an official is to a case."""

    parts: frozenset[str]
    roles: frozenset[str]
    of_her_own: bool
    in_emergency: bool
    is_cleared: bool
    shows: bool


def stands(world: World, asks: Asks, case: UUID, *, at: datetime) -> Stands:
    """Her parts and roles and those of whom she stands in for; whether the case shows her anything."""
    assert asks.account is not None
    own, instead = [], []
    for who in (asks.account, *_instead_of(world, account=asks.account, party=asks.party, at=at)):
        found = own if who == asks.account else instead
        for assigned in world.assigned:
            if assigned.account != who or assigned.party != asks.party or assigned.case != case:
                continue
            if assigned.since <= at and (assigned.until is None or assigned.until > at):
                found.append(("part", "official"))
        for account, programme, role in world.roles:
            if account == who and programme == world.programme_of(case):
                found.append(("role", role.value))
    inside = [thing for thing in world.items if world.case_of(thing.id) == case]
    return Stands(
        parts=frozenset(word for sort, word in (*own, *instead) if sort == "part"),
        roles=frozenset(word for sort, word in (*own, *instead) if sort == "role"),
        of_her_own=bool(own),
        in_emergency=_let_in(world, account=asks.account, party=asks.party, case=case, at=at),
        is_cleared=(inside[0].person, asks.party) in world.cleared,
        shows=any(may_see(world, asks, thing, at=at) for thing in inside),
    )


def _instead_of(world: World, *, account: UUID, party: UUID | None, at: datetime) -> list[UUID]:
    found = []
    for stands_in in world.stands_in:
        if stands_in.substitute != account or stands_in.party != party:
            continue
        if stands_in.since <= at < stands_in.until and (stands_in.ended_at is None or stands_in.ended_at > at):
            found.append(stands_in.absent)
    return found


def _the_law_says_yes(world: World, thing: Thing, *, party: UUID, at: datetime) -> bool:
    for ground in world.grounds:
        if ground.item != thing.id or ground.receiver != party:
            continue
        if ground.starts_at > at:
            continue
        if ground.ended_at is not None and ground.ended_at <= at:
            continue
        return True
    return False


def _she_says_yes(world: World, thing: Thing, *, party: UUID, at: datetime) -> bool:
    yes = False
    for say in world.says:
        if say.person != thing.person or say.giver != thing.owner or say.receiver != party:
            continue
        if say.category != thing.category or say.purpose != world.purpose:
            continue
        if say.starts_at > at or say.stops_at <= at:
            continue
        if say.ended_at is not None and say.ended_at <= at:
            continue
        if say.refused:
            return False
        yes = True
    return yes


def has_need(world: World, *, account: UUID, party: UUID | None, case: UUID, at: datetime) -> bool:
    """She works in the case herself, or for a colleague who is away, or has been let in in an emergency."""
    if _works_there(world, account=account, party=party, case=case, at=at):
        return True
    for stands_in in world.stands_in:
        if stands_in.substitute != account or stands_in.party != party:
            continue
        if stands_in.since > at or stands_in.until <= at:
            continue
        if stands_in.ended_at is not None and stands_in.ended_at <= at:
            continue
        if _works_there(world, account=stands_in.absent, party=party, case=case, at=at):
            return True
    return _let_in(world, account=account, party=party, case=case, at=at)


def _works_there(world: World, *, account: UUID, party: UUID | None, case: UUID, at: datetime) -> bool:
    for assigned in world.assigned:
        if assigned.account == account and assigned.party == party and assigned.case == case and assigned.since <= at:
            if assigned.until is None:
                return True
            if assigned.until > at:
                return True
    for who, programme, role in world.roles:
        if who == account and programme == world.programme_of(case) and role in (Role.COORDINATOR, Role.TEAM):
            return True
    return False


def _let_in(world: World, *, account: UUID, party: UUID | None, case: UUID, at: datetime) -> bool:
    for opened in world.opened:
        if opened.account != account or opened.party != party or opened.case != case:
            continue
        if opened.approved_at is None or opened.approved_at > at:
            continue
        if opened.until is None or opened.until <= at:
            continue
        if opened.ended_at is not None and opened.ended_at <= at:
            continue
        return True
    return False
