"""Opening a case in an emergency: one asks and says why, a second person of the same party says yes or no."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from samverk.access import log
from samverk.access.declare import ReadEmergencyNotice
from samverk.access.declare_house import AnswerEmergency, AskForEmergency, EndEmergency
from samverk.access.emergency import may_answer
from samverk.access.permit import Permit
from samverk.domain import for_a_time
from samverk.domain.consent import OPEN_LEVELS
from samverk.domain.for_a_time import ANSWER_WITHIN
from samverk.domain.identity import personal_number
from samverk.domain.parties import Part
from samverk.domain.words import Rejection, gettext_noop, required
from samverk.store.models import Assignment, Case, Clearance, EmergencyAccess
from samverk.store.shape import has_written

_NOT_TO_ANSWER = gettext_noop("Frågan går inte att svara på längre. Läs in sidan igen.")
_UNDER_WAY = ("active", "offered", "referred")


def ask(permit: Permit[AskForEmergency], *, number: str, reason: str) -> UUID:
    """Ask to open the case of whoever has this personal or coordination number. Returns the question's id.

    Nothing is looked up: neither the answer nor how long it takes tells whether the person is known here.
    """
    asked_for = required(number, "number", gettext_noop("Skriv personnumret eller samordningsnumret."))
    try:
        asked_for = personal_number(asked_for, permit.today)
    except Rejection:
        raise Rejection(
            gettext_noop("Numret går inte att läsa. Skriv tolv siffror, till exempel ÅÅÅÅMMDD-NNNN."), "number"
        ) from None
    row = EmergencyAccess(
        id=permit.new_id(),
        party_id=_party(permit),
        account_id=_account(permit),
        asked_for=asked_for,
        reason=for_a_time.why(reason),
        asked_at=permit.at,
    )
    row.save(force_insert=True)
    log.wrote(permit, "emergency.asked", emergency=row.id)
    return row.id


def approve(permit: Permit[AnswerEmergency], *, emergency: UUID, hours: int = for_a_time.HOURS[0]) -> None:
    """Say yes, for so many hours from now. The case opens if the party takes part in one of that person's.

    Whoever says yes is not told whether it did. Nothing else opens: consents and protected identity hold as before.
    """
    until = permit.at + for_a_time.lasts(hours)
    row = _to_answer(permit, emergency)
    case = _case(permit, row.asked_for)
    _answer(
        permit,
        emergency,
        approved_at=permit.at,
        until=until,
        case_id=case.id if case else None,
        person_id=case.person_id if case else None,
    )
    log.wrote(
        permit,
        "emergency.approved",
        emergency=emergency,
        asker=row.account_id,
        person=case.person_id if case else None,
        case=case.id if case else None,
    )


def decline(permit: Permit[AnswerEmergency], *, emergency: UUID) -> None:
    """Say no. Nothing is looked up."""
    row = _to_answer(permit, emergency)
    _answer(permit, emergency, declined_at=permit.at)
    log.wrote(permit, "emergency.declined", emergency=emergency, asker=row.account_id)


def end(permit: Permit[EndEmergency], *, emergency: UUID) -> None:
    """End it now, or take an unanswered question back: who asked may, and who said yes."""
    me = permit.actor.account
    mine = Q(account=me) | Q(answered_by=me)
    row = EmergencyAccess.objects.filter(mine, id=emergency, party=_party(permit)).first()
    live = EmergencyAccess.objects.filter(
        Q(until__isnull=True) | Q(until__gt=permit.at), id=emergency, ended_at__isnull=True, declined_at__isnull=True
    )
    if row is None or not live.update(ended_at=permit.at):
        raise Rejection(gettext_noop("Det är redan slut. Läs in sidan igen."))
    log.wrote(permit, "emergency.ended", emergency=emergency, person=row.person_id, case=row.case_id)


def read(permit: Permit[ReadEmergencyNotice], *, emergency: UUID) -> None:
    """The participant has read that her case was opened. Saying it twice does no harm."""
    hers = EmergencyAccess.objects.filter(id=emergency, person=permit.case.person)
    if hers.filter(seen_at__isnull=True).update(seen_at=permit.at):
        log.wrote(permit, "emergency.read", emergency=emergency)
    elif not hers.exists():
        raise Rejection(gettext_noop("Det finns inte. Läs in sidan igen."))


def _to_answer(permit: Permit[AnswerEmergency], emergency: UUID) -> EmergencyAccess:
    """A colleague's question, unanswered and not lapsed; the answerer has a part or a role of her own."""
    row = EmergencyAccess.objects.filter(
        id=emergency,
        party=_party(permit),
        approved_at__isnull=True,
        declined_at__isnull=True,
        ended_at__isnull=True,
        asked_at__gt=permit.at - ANSWER_WITHIN,
    ).first()
    if row is None:
        raise Rejection(_NOT_TO_ANSWER)
    if row.account_id == permit.actor.account:
        raise Rejection(gettext_noop("Någon annan än du måste svara. Ring en kollega."))
    if not may_answer(permit):
        raise Rejection(_NOT_TO_ANSWER)
    return row


def _answer(permit: Permit[AnswerEmergency], emergency: UUID, **answer: object) -> None:
    """The first answer holds."""
    unanswered = EmergencyAccess.objects.filter(
        id=emergency, approved_at__isnull=True, declined_at__isnull=True, ended_at__isnull=True
    )
    if not unanswered.update(answered_by=permit.actor.account, **answer):
        raise Rejection(_NOT_TO_ANSWER)


def _case(permit: Permit[AnswerEmergency], number: str) -> Case | None:
    """The person's case in which the answerer's party takes part: under way before ended, the newest first.

    None also when her identity is protected and the party may not meet her. A work place takes no part in this sense.
    """
    party = _party(permit)
    part = Assignment.objects.filter(case=OuterRef("pk"), party=party).exclude(part=Part.WORKPLACE)
    cleared = Clearance.objects.filter(person=OuterRef("person"), party=party)
    found = list(
        Case.objects.filter(Q(Exists(part)) | has_written(party), person__personal_number=number)
        .filter(Q(person__protection__in=[level.value for level in OPEN_LEVELS]) | Exists(cleared))
        .order_by("-opened_at")
    )
    return next((case for case in found if case.status in _UNDER_WAY), found[0] if found else None)


def _party(permit: Permit[AskForEmergency] | Permit[AnswerEmergency] | Permit[EndEmergency]) -> UUID:
    if permit.actor.party is None:
        raise TypeError("only people of a party ask and answer")
    return permit.actor.party


def _account(permit: Permit[AskForEmergency]) -> UUID:
    if permit.actor.account is None:
        raise TypeError("only people of a party ask and answer")
    return permit.actor.account
