"""Units of a party, and the border round those that keep secrecy towards the rest of it."""

from uuid import UUID

from samverk.access import log
from samverk.access.declare_house import SetUp
from samverk.access.permit import Permit
from samverk.actions import substitutes
from samverk.domain.words import Rejection, gettext_noop, required
from samverk.store.models import Account, Unit

LONGEST_NAME = 200


def add(permit: Permit[SetUp], *, party: UUID, name: str, closed: bool = False) -> UUID:
    """Add a unit to a party and return its id. `closed`: what it writes is read by the unit alone.

    Others of the party read it under her consent from the party to itself, or on a legal ground (domain.consent).
    """
    name = required(name, "name", gettext_noop("Skriv enhetens namn."))
    if len(name) > LONGEST_NAME:
        raise Rejection(gettext_noop("Korta namnet till högst 200 tecken."), "name")
    if Unit.objects.filter(party=party, name=name).exists():
        raise Rejection(gettext_noop("Parten har redan en enhet med det namnet."), "name")
    unit = Unit.objects.create(id=permit.new_id(), party_id=party, name=name, closed=closed)
    log.wrote(permit, "unit.added", unit=unit.id, closed=closed)
    return unit.id


def close(permit: Permit[SetUp], *, unit: UUID) -> None:
    """Raise the border: from the next request the rest of the party no longer reads what the unit has written."""
    if not Unit.objects.filter(id=unit, closed=False).update(closed=True):
        raise Rejection(gettext_noop("Enheten är redan stängd, eller finns inte."), "unit")
    log.wrote(permit, "unit.closed", unit=unit)
    substitutes.end_across_borders(permit)


def open_up(permit: Permit[SetUp], *, unit: UUID) -> None:
    """Take the border away: the whole party may read what the unit has written, wherever it has need to know."""
    if not Unit.objects.filter(id=unit, closed=True).update(closed=False):
        raise Rejection(gettext_noop("Enheten är redan öppen, eller finns inte."), "unit")
    log.wrote(permit, "unit.opened", unit=unit)


def place(permit: Permit[SetUp], *, account: UUID, unit: UUID | None) -> None:
    """Say in which unit of her party an official works; None: in none. Works at once.

    What she has written stays with the unit in which she wrote it.
    """
    row = Account.objects.filter(id=account, party__isnull=False).first()
    if row is None:
        raise Rejection(gettext_noop("Bara den som arbetar hos en part hör till en enhet."), "account")
    if unit is not None:
        demand_of(permit, unit=unit, party=row.party_id)
    Account.objects.filter(id=account).update(unit=unit)
    log.wrote(permit, "account.placed", account=account, unit=unit)
    substitutes.end_across_borders(permit)


def demand_of(permit: Permit[SetUp], *, unit: UUID, party: UUID | None) -> None:
    """Rejection unless the unit is the party's own."""
    permit.check()
    if party is None or not Unit.objects.filter(id=unit, party=party).exists():
        raise Rejection(gettext_noop("Enheten hör till en annan part. Välj en av partens egna enheter."), "unit")
