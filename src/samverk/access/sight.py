"""What the holder of a permit may see, as a condition for a query."""

from django.db.models import Q

from samverk.access.permit import A, Permit
from samverk.store.visible import visible_to, visible_to_herself


def visible(permit: Permit[A], prefix: str = "") -> Q:
    """The items of the permit's case that its holder may see. `prefix` "item__" when asking for a body."""
    return Q(**{f"{prefix}case": permit.case.id}) & visible_anywhere(permit, prefix)


def visible_anywhere(permit: Permit[A], prefix: str = "") -> Q:
    """The items that the permit's holder may see in any case: for one's own lists."""
    actor = permit.actor
    if actor.person is not None:
        return visible_to_herself(person=actor.person, prefix=prefix)
    if actor.account is None or actor.party is None:
        return Q(pk__in=())
    return visible_to(account=actor.account, party=actor.party, at=permit.at, purpose=permit.act.purpose, prefix=prefix)
