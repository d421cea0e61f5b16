"""Who is trusted with something beside her cases: the log of her own party, or the house's price book."""

from dataclasses import dataclass
from datetime import datetime

from samverk.access.actor import Actor
from samverk.access.permit import A, Permit
from samverk.domain.parties import PartyTrust
from samverk.store.models import PartyRole


@dataclass(frozen=True, slots=True)
class TrustedView:
    """Somebody whom the operator has entrusted with something."""

    name: str
    email: str
    party_name: str
    since: datetime


def is_trusted(actor: Actor, trust: PartyTrust) -> bool:
    """Whether the actor is trusted with it, in the party that she acts for. One query."""
    if actor.account is None or actor.party is None:
        return False
    return PartyRole.objects.filter(
        account=actor.account, party=actor.party, role=trust.value, ended_at__isnull=True
    ).exists()


def controls(actor: Actor) -> bool:
    """Whether the actor is log controller of the party that she acts for. One query."""
    return is_trusted(actor, PartyTrust.LOG_CONTROLLER)


def trusted(permit: Permit[A], trust: PartyTrust) -> tuple[TrustedView, ...]:
    """Everyone who is trusted with it, by party and name."""
    permit.check()
    rows = (
        PartyRole.objects.filter(role=trust.value, ended_at__isnull=True)
        .select_related("account", "party")
        .order_by("party__name", "account__name")
    )
    return tuple(TrustedView(r.account.name, r.account.email, r.party.name, r.since) for r in rows)
