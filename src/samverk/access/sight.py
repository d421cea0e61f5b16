"""What the holder of a permit may see, as a condition for a query; and which parties are let in to whose things."""

from uuid import UUID

from django.db.models import Q

from samverk.access.permit import A, Permit
from samverk.store.shape import readers
from samverk.store.sql import Condition, Text
from samverk.store.visible import NEEDED, OPEN_TO_ROLES, told, visible_to, visible_to_herself


def visible(permit: Permit[A], prefix: str = "") -> Q:
    """The items of the permit's case that its holder may see. `prefix` "item__" when asking for a body."""
    return _visible(permit, prefix, case=permit.case.id)


def visible_anywhere(permit: Permit[A], prefix: str = "") -> Q:
    """The items that the permit's holder may see in any case: for one's own lists."""
    return _visible(permit, prefix, case=None)


def _visible(permit: Permit[A], prefix: str, *, case: UUID | None) -> Q:
    actor = permit.actor
    if actor.person is not None:
        hers = visible_to_herself(person=actor.person, prefix=prefix)
        return hers if case is None else Q(**{f"{prefix}case": case}) & hers
    if actor.account is None or actor.party is None:
        return Q(pk__in=())
    return visible_to(
        account=actor.account,
        party=actor.party,
        unit=actor.unit,
        at=permit.at,
        purpose=permit.act.purpose,
        case=case,
        prefix=prefix,
    )


def needed(permit: Permit[A]) -> Q:
    """The cases that the permit's holder has a need to know of, if they let her in: a condition on Case, for lists."""
    return _about_case(permit, NEEDED)


def open_to_roles(permit: Permit[A]) -> Q:
    """The cases that a role in their programme opens to the permit's holder, as a condition on Case."""
    return _about_case(permit, OPEN_TO_ROLES)


def _about_case(permit: Permit[A], text: Text) -> Q:
    actor = permit.actor
    values = told(account=actor.account, party=actor.party, unit=actor.unit, at=permit.at, purpose=permit.act.purpose)
    return Q(Condition(text, columns={"case": "pk"}, values=values))


def let_in(permit: Permit[A], *, giver: UUID | None) -> set[tuple[UUID, str]]:
    """Which parties may now read what of `giver`'s (None: the participant's): (party, category)."""
    return readers(permit.case.person, giver, permit.at)
