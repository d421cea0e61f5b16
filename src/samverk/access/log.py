"""The log: one event for every look and every write, allowed or refused, in the transaction of the thing itself."""

from datetime import datetime
from uuid import UUID

from samverk.access.actor import Actor
from samverk.access.declare import Act
from samverk.access.permit import A, Permit
from samverk.store.models import Event


def refused(actor: Actor, act: type[Act], *, at: datetime, case: UUID | None, programme: UUID | None, id: UUID) -> None:
    """The door said no."""
    Event.objects.create(
        id=id,
        at=at,
        act=act.__name__,
        actor=actor.account,
        actor_name=actor.name,
        party=actor.party,
        case=case,
        programme=programme,
        purpose=act.purpose.value,
        allowed=False,
    )


def admitted(permit: Permit[A]) -> None:
    """The door said yes; what follows is a look, or a write that tells of itself."""
    _add(permit, what="", item=None, detail={})


def wrote(permit: Permit[A], what: str, *, item: UUID | None = None, **detail: object) -> None:
    """A write was done: `what` is "thing.verb"; `detail` holds codes and ids, no words about a person."""
    _add(permit, what=what, item=item, detail={k: v for k, v in detail.items() if v is not None})


def _add(permit: Permit[A], *, what: str, item: UUID | None, detail: dict[str, object]) -> None:
    case = permit.case if permit.act.target == "case" else None
    Event.objects.create(
        id=permit.new_id(),
        at=permit.at,
        act=permit.act.__name__,
        what=what,
        actor=permit.actor.account,
        actor_name=permit.actor.name,
        party=permit.actor.party,
        capacity=",".join(sorted(permit.capacities)),
        person=case.person if case else None,
        case=case.id if case else None,
        programme=permit.programme if permit.act.target != "house" else None,
        item=item,
        purpose=permit.act.purpose.value,
        allowed=True,
        detail={k: v if isinstance(v, int | bool) else str(v) for k, v in detail.items()},
    )
