"""Keeping the log: erasing what an event says where a law demands it, parties' countersignatures, log controllers."""

from uuid import UUID

from django.db.models import QuerySet

from samverk.access import log
from samverk.access.declare_house import EraseLogPayload, KeepLog, SetUp
from samverk.access.ledger.check import text_of
from samverk.access.ledger.keys import is_signed
from samverk.access.ledger.sequencer import ERASED
from samverk.access.permit import Permit
from samverk.domain.parties import PartyTrust
from samverk.domain.words import Rejection, gettext_noop, required
from samverk.store.models import Account, Checkpoint, Countersignature, Event, LogEntry, Party, PartyRole

KEPT = frozenset({ERASED})
"""What is never erased: without it an erasure could not be told from a crime."""
_TOLD = {PartyTrust.LOG_CONTROLLER: "controller", PartyTrust.PRICE_KEEPER: "price_keeper"}
"""What each trust is called in the log."""


def erase_payload(permit: Permit[EraseLogPayload], *, entry: int, ground: str) -> None:
    """Ask that what entry `entry` (its number in the log) says is erased, on a legal `ground` told in few words.

    The sequencer does it when this event gets its own place, within seconds: nobody else may take anything out of the
    log. Rejection when there is no such entry, when it is erased already, or when it tells of an erasure.
    """
    ground = required(ground, "ground", gettext_noop("Skriv vilken lag eller vilket beslut som kräver det."))
    row = LogEntry.objects.filter(number=entry).first()
    event = Event.objects.filter(id=row.event).first() if row else None
    if row is None:
        raise Rejection(gettext_noop("Det finns ingen post med det numret i loggen."), "entry")
    if event is None:
        raise Rejection(gettext_noop("Posten är redan raderad."), "entry")
    if event.what in KEPT:
        raise Rejection(gettext_noop("Posten berättar om en radering. Den kan inte raderas."), "entry")
    log.wrote(permit, ERASED, entry=entry, ground=ground, person=row.person)


def countersign(permit: Permit[KeepLog], *, party: UUID, key: str, signature: bytes) -> int:
    """Record a party's signature under the newest checkpoint, made with its key `key` (public half, hexadecimal).

    Returns the checkpoint's size. Rejection when there is no checkpoint, when the signature is wrong, or when the
    party has signed it already.
    """
    point = Checkpoint.objects.order_by("-size").first()
    if point is None:
        raise Rejection(gettext_noop("Loggen har ingen kontrollpunkt än."), "party")
    if not is_signed(text_of(point), public=key, signature=signature):
        raise Rejection(gettext_noop("Underskriften hör inte till den nyckeln och den kontrollpunkten."), "signature")
    if Countersignature.objects.filter(checkpoint=point, party=party).exists():
        raise Rejection(gettext_noop("Parten har redan skrivit under den kontrollpunkten."), "party")
    Countersignature.objects.create(
        id=permit.new_id(), checkpoint=point, party_id=party, key=key, signature=signature, at=permit.at
    )
    log.wrote(permit, "log.countersigned", party=party, size=point.size)
    return point.size


def entrust(permit: Permit[SetUp], *, account: UUID, trust: PartyTrust = PartyTrust.LOG_CONTROLLER) -> None:
    """Entrust an official with her own party's log, or the price book. Rejection when she is, or when she has no party."""
    row = Account.objects.filter(id=account, is_active=True).first()
    if row is None or row.party_id is None:
        raise Rejection(gettext_noop("Bara den som arbetar hos en part kan få uppdraget."), "account")
    if _held(account, trust).exists():
        raise Rejection(gettext_noop("Hen har redan uppdraget."), "account")
    PartyRole.objects.create(id=permit.new_id(), party_id=row.party_id, account=row, role=trust.value, since=permit.at)
    log.wrote(permit, f"{_TOLD[trust]}.entrusted", account=account, party=row.party_id)


def relieve(permit: Permit[SetUp], *, account: UUID, trust: PartyTrust = PartyTrust.LOG_CONTROLLER) -> None:
    """End what somebody is entrusted with. Rejection when she is not."""
    if not _held(account, trust).update(ended_at=permit.at):
        raise Rejection(gettext_noop("Hen har inte uppdraget."), "account")
    log.wrote(permit, f"{_TOLD[trust]}.relieved", account=account)


def hide_names(permit: Permit[SetUp], *, party: UUID, hidden: bool) -> None:
    """Say whether participants read what a party's staff work as instead of their names: where staff are at risk."""
    Party.objects.filter(id=party).update(hides_names=hidden)
    log.wrote(permit, "party.names_hidden" if hidden else "party.names_shown", party=party)


def _held(account: UUID, trust: PartyTrust) -> QuerySet[PartyRole]:
    return PartyRole.objects.filter(account=account, role=trust.value, ended_at__isnull=True)
