"""Who is trusted with the log of her own party."""

from dataclasses import dataclass
from datetime import datetime

from samverk.access.actor import Actor
from samverk.access.permit import A, Permit
from samverk.domain.parties import PartyTrust
from samverk.store.models import PartyRole


@dataclass(frozen=True, slots=True)
class ControllerView:
    """A party's log controller."""

    name: str
    email: str
    party_name: str
    since: datetime


def controls(actor: Actor) -> bool:
    """Whether the actor is log controller of the party that she acts for. One query."""
    if actor.account is None or actor.party is None:
        return False
    return PartyRole.objects.filter(
        account=actor.account, party=actor.party, role=PartyTrust.LOG_CONTROLLER.value, ended_at__isnull=True
    ).exists()


def controllers(permit: Permit[A]) -> tuple[ControllerView, ...]:
    """Every log controller there is, by party and name."""
    permit.check()
    rows = (
        PartyRole.objects.filter(role=PartyTrust.LOG_CONTROLLER.value, ended_at__isnull=True)
        .select_related("account", "party")
        .order_by("party__name", "account__name")
    )
    return tuple(ControllerView(r.account.name, r.account.email, r.party.name, r.since) for r in rows)
