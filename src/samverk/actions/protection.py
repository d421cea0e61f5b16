"""Protected identity: which parties may meet the person at all, before any consent is asked (design.md)."""

from uuid import UUID

from samverk.access import log
from samverk.access.declare import AdmitParty
from samverk.access.permit import Permit
from samverk.actions import items
from samverk.domain.consent import OPEN_LEVELS
from samverk.domain.words import Rejection, gettext_noop
from samverk.store.models import Clearance, Party


def admit(permit: Permit[AdmitParty], *, party: UUID) -> None:
    """Let one more party meet a person whose identity is protected. It may still read only what she says yes to."""
    items.check_open(permit)
    if permit.case.protection in OPEN_LEVELS:
        raise Rejection(gettext_noop("Personen har inte skyddad folkbokföring. Alla parter i ärendet får redan mötas."))
    if not Party.objects.filter(id=party).exists():
        raise Rejection(gettext_noop("Välj en part i listan."), "party")
    row, new = Clearance.objects.get_or_create(
        person_id=permit.case.person, party_id=party, defaults={"id": permit.new_id()}
    )
    if not new:
        raise Rejection(gettext_noop("Parten får redan möta personen."), "party")
    log.wrote(permit, "clearance.given", party=row.party_id)


def shut_out(permit: Permit[AdmitParty], *, party: UUID) -> None:
    """Let a party no longer meet her: it sees nothing of her from the next request. One's own party stays."""
    items.check_open(permit)
    if party == permit.actor.party:
        raise Rejection(gettext_noop("Din egen part kan bara en annan part ta bort."), "party")
    gone, _ = Clearance.objects.filter(person=permit.case.person, party=party).delete()
    if not gone:
        raise Rejection(gettext_noop("Parten får redan inte möta personen. Läs in sidan igen."), "party")
    log.wrote(permit, "clearance.ended", party=party)
