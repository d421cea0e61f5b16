"""The rule of the door a third time, as dull as it can be written: no helper shared with what it judges."""

from datetime import datetime
from uuid import UUID

from samverk.domain.information import Protection, Thing
from samverk.domain.parties import Role
from tests.generative.worlds import World


def herself_may_see(thing: Thing, *, who: UUID) -> bool:
    """She sees everything about her, except what is marked as being about someone else."""
    if thing.person != who:
        return False
    return not thing.about_other


def official_may_see(world: World, thing: Thing, *, account: UUID, party: UUID, at: datetime) -> bool:
    """If and only if her protection admits the party, and there is a need, and the item is covered."""
    if world.protection == Protection.PROTECTED_REGISTRATION and party not in world.cleared:
        return False
    if world.protection == Protection.FICTITIOUS and party not in world.cleared:
        return False
    if not has_need(world, account=account, at=at):
        return False
    if thing.owner == party:
        return True
    if _the_law_says_yes(world, thing, party=party, at=at):
        return True
    return _she_says_yes(world, thing, party=party, at=at)


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


def has_need(world: World, *, account: UUID, at: datetime) -> bool:
    """Assigned to the case now, or coordinator or in the team of its programme."""
    for who, case, since, until in world.assignments:
        if who == account and case == world.case and since <= at:
            if until is None:
                return True
            if until > at:
                return True
    for who, programme, role in world.roles:
        if who == account and programme == world.programme and role in (Role.COORDINATOR, Role.TEAM):
            return True
    return False
