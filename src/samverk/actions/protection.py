"""Protected identity: its level, and which parties may meet the person at all, before any consent is asked."""

from uuid import UUID

from samverk.access import log
from samverk.access.declare import AdmitParty, AnswerProtection, SetProtection
from samverk.access.declare_house import ProtectPerson
from samverk.access.permit import A, Permit
from samverk.actions import items
from samverk.domain.consent import OPEN_LEVELS
from samverk.domain.information import Protection
from samverk.domain.parties import Part
from samverk.domain.protection import raises
from samverk.domain.words import Rejection, gettext_noop, required
from samverk.store.models import Assignment, Case, Clearance, Party, Person, ProtectionChange

_GONE = gettext_noop("Frågan är redan besvarad. Läs in sidan igen.")


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


def set_level(permit: Permit[SetProtection], *, level: Protection, reason: str) -> bool:
    """Say how her identity is protected, and why. True: it holds from the next request. False: it waits for a second.

    More protection holds at once; from then on only the parties of whoever says so and of the contact person are let
    in, until more are admitted. Less protection waits until somebody of another party, or the operator, says yes.
    """
    return _set(permit, permit.case.id, permit.case.person, level, reason)


def set_level_by_operator(permit: Permit[ProtectPerson], *, case: UUID, level: Protection, reason: str) -> bool:
    """The same by the operator, who sees no case but may be told by the Tax Agency's notice. See set_level."""
    return _set(permit, case, _person_of(case), level, reason)


def lower(permit: Permit[AnswerProtection], *, change: UUID) -> None:
    """Say yes to less protection, as somebody of another party than the one who asked."""
    row = _waiting(permit.case.person, change)
    _demand_second(permit, row)
    _lower(permit, row)


def lower_by_operator(permit: Permit[ProtectPerson], *, case: UUID) -> None:
    """Say yes to less protection, as the operator: to what an official has asked, never to one's own question."""
    row = _waiting(_person_of(case), None)
    _demand_second(permit, row)
    _lower(permit, row)


def keep(permit: Permit[AnswerProtection], *, change: UUID) -> None:
    """Say no to less protection, or take one's own question back. Nothing changes, and it can be asked again."""
    row = _waiting(permit.case.person, change)
    row.declined_at, row.answered_by_id = permit.at, permit.actor.account
    row.save(update_fields=["declined_at", "answered_by"])
    log.wrote(permit, "protection.kept", change=row.id)


def _set(permit: Permit[A], case: UUID, person: UUID, level: Protection, reason: str) -> bool:
    before = Protection(Person.objects.values_list("protection", flat=True).get(id=person))
    more = raises(before, level)
    reason = required(reason, "reason", gettext_noop("Skriv varför, till exempel vem som har beslutat om skyddet."))
    waiting = ProtectionChange.objects.filter(person=person, done_at__isnull=True, declined_at__isnull=True)
    if more:
        waiting.update(declined_at=permit.at, answered_by=permit.actor.account)
    elif waiting.exists():
        raise Rejection(gettext_noop("Någon har redan frågat om lägre skydd. Svara på det först."), "level")
    row = ProtectionChange(
        id=permit.new_id(),
        person_id=person,
        case_id=case,
        before=before.value,
        after=level.value,
        reason=reason,
        asked_at=permit.at,
        asked_by_id=permit.actor.account,
        party_id=permit.actor.party,
        done_at=permit.at if more else None,
    )
    row.save(force_insert=True)
    if more:
        _turn(person, level)
        if level not in OPEN_LEVELS:
            _admit_those_who_hold_the_threads(permit, person)
    log.wrote(permit, "protection.raised" if more else "protection.lowering_asked", change=row.id)
    return more


def _admit_those_who_hold_the_threads(permit: Permit[A], person: UUID) -> None:
    """Whoever says so and her contact persons go on meeting her; everyone else is shut out until admitted."""
    contacts = Assignment.objects.filter(case__person=person, part=Part.CONTACT, until__isnull=True)
    parties = set(contacts.values_list("party", flat=True))
    if permit.actor.party is not None:
        parties.add(permit.actor.party)
    for party in parties:
        Clearance.objects.get_or_create(person_id=person, party_id=party, defaults={"id": permit.new_id()})


def _lower(permit: Permit[A], row: ProtectionChange) -> None:
    row.done_at, row.answered_by_id = permit.at, permit.actor.account
    row.save(update_fields=["done_at", "answered_by"])
    level = Protection(row.after)
    _turn(row.person_id, level)
    if level in OPEN_LEVELS:
        Clearance.objects.filter(person=row.person_id).delete()
    log.wrote(permit, "protection.lowered", change=row.id)


def _turn(person: UUID, level: Protection) -> None:
    Person.objects.filter(id=person).update(protection=level.value)


def _waiting(person: UUID, change: UUID | None) -> ProtectionChange:
    rows = ProtectionChange.objects.filter(person=person, done_at__isnull=True, declined_at__isnull=True)
    row = (rows.filter(id=change) if change else rows).first()
    if row is None:
        raise Rejection(_GONE, "change")
    return row


def _demand_second(permit: Permit[A], row: ProtectionChange) -> None:
    """Another person, of another party; the operator has none, and is never the one who asked."""
    if row.asked_by_id == permit.actor.account or row.party_id == permit.actor.party:
        raise Rejection(gettext_noop("Någon hos en annan part än den som frågade behöver säga ja."), "change")


def _person_of(case: UUID) -> UUID:
    person = Case.objects.filter(id=case).values_list("person", flat=True).first()
    if person is None:
        raise Rejection(gettext_noop("Ärendet finns inte. Kontrollera numret."), "case")
    return person
