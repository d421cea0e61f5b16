"""Warm hand-overs: named, accepted, met, then released; never before (domain.md §3.9)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from samverk.access import log
from samverk.access.declare import NameNext, TakeOver
from samverk.access.permit import A, Permit
from samverk.actions import cases, items
from samverk.domain.consent import OPEN_LEVELS
from samverk.domain.parties import Part
from samverk.domain.process import Step, move
from samverk.domain.words import Rejection, fitting, gettext_noop, required
from samverk.store.models import (
    Account,
    Assignment,
    Clearance,
    Commitment,
    CommitmentMove,
    FollowUp,
    HandOver,
    HandOverWords,
    Person,
    ProgrammeParty,
)
from samverk.store.visible import visible_to

MOVABLE = (Part.CONTACT, Part.OFFICIAL)
LIVE = ("named", "accepted", "met")
PASSED_ON = "hand_over"
"""The verb under which a commitment's history tells that the promise has gone on to the next."""


def name(
    permit: Permit[NameNext], *, part: Part, next: UUID, what: str, by_when: date, former: UUID | None = None
) -> UUID:
    """Name who takes over, what is handed over and by when. She comes into the case, so that she can answer.

    `former` is needed for an official's part; the contact person's is held by one alone.
    """
    items.check_open(permit)
    before = _held(permit, part, former)
    who = _next(permit, next)
    if who.id == before.account_id:
        raise Rejection(gettext_noop("Hen har redan uppdraget. Välj någon annan."), "next")
    text = required(what, "what", gettext_noop("Skriv vad som lämnas över, så att den som tar över vet var ni står."))
    if by_when < permit.today:
        raise Rejection(gettext_noop("Dagen har redan varit. Välj en dag framåt i tiden."), "by_when")
    if HandOver.objects.filter(case=permit.case.id, part=part, former=before.account_id, status__in=LIVE).exists():
        raise Rejection(
            gettext_noop(
                "Det pågår redan en överlämning av det här uppdraget. Avbryt den först om någon annan ska ta över."
            ),
            "next",
        )
    item = items.put(permit, kind="hand_over", owner=permit.actor.party, category="process", headline=who.name)
    HandOverWords(item_id=item, text=text).save(force_insert=True)
    inside = _live(permit, who.id).filter(part__in=MOVABLE).exists()
    came = None if inside else cases.place(permit, account=who.id, party=who.party, part=Part.OFFICIAL)
    row = HandOver(
        id=permit.new_id(),
        case_id=permit.case.id,
        item_id=item,
        part=part.value,
        former_id=before.account_id,
        next_id=who.id,
        party_id=who.party,
        assignment_id=came,
        by_when=by_when,
        named_at=permit.at,
    )
    row.save(force_insert=True)
    if part is Part.CONTACT and permit.case.status == "active":
        cases.enter(permit, step=Step.TRANSITION, beside=True)
    log.wrote(permit, "hand_over.named", item=item, part=part, former=before.account_id, next=who.id)
    return row.id


def accept(permit: Permit[TakeOver], *, hand_over: UUID) -> None:
    """The one who is named says yes. The former one still holds the case."""
    row = _mine(permit, hand_over)
    _turn(permit, row, verb="accept", answered_at=permit.at)
    log.wrote(permit, "hand_over.accepted", item=row.item_id)


def decline(permit: Permit[TakeOver], *, hand_over: UUID, reason: str) -> None:
    """The one who is named says no, and why. She leaves the case if the naming brought her in."""
    row = _mine(permit, hand_over)
    why = required(reason, "reason", gettext_noop("Skriv varför du inte kan ta över, så att ni hittar en annan väg."))
    _turn(permit, row, verb="decline", answered_at=permit.at, decline_reason=why)
    _let_out(permit, row)
    log.wrote(permit, "hand_over.declined", item=row.item_id)


def met(permit: Permit[TakeOver], *, hand_over: UUID, met_on: date, where: str, together: bool) -> None:
    """The next one has met the person. `together`: the former one was there too."""
    row = _mine(permit, hand_over)
    place = required(where, "where", gettext_noop("Skriv var ni träffades."))
    if met_on > permit.today:
        raise Rejection(gettext_noop("Dagen har inte varit än. Skriv hit när ni har träffats."), "met_on")
    if met_on < row.item.happened_on:
        raise Rejection(
            gettext_noop("Det var innan överlämningen började. Träffas igen, så att deltagaren vet vem som tar över."),
            "met_on",
        )
    _turn(permit, row, verb="meet", met_on=met_on, met_where=place[:200], met_together=together)
    log.wrote(permit, "hand_over.met", item=row.item_id, together=together)


def release(permit: Permit[NameNext], *, hand_over: UUID) -> None:
    """The former one lets go, and the next one holds it from the same moment. Only when they have met."""
    row = _found(permit, hand_over)
    _turn(permit, row, verb="release", ended_at=permit.at)
    part = Part(row.part)
    if not _live(permit, row.former_id).filter(part=part).update(until=permit.at):
        raise Rejection(items.NO_LONGER_OPEN)
    if part is Part.CONTACT:
        _let_out(permit, row)
    if not _live(permit, row.next_id).filter(part=part).exists():
        cases.place(permit, account=row.next_id, party=row.party_id, part=part)
    moved = _move_commitments(permit, row)
    FollowUp.objects.filter(
        item__case=permit.case.id, responsible=row.former_id, status__in=("planned", "missed")
    ).update(responsible=row.next_id)
    log.wrote(permit, "hand_over.released", item=row.item_id, part=part, commitments=moved)


def cancel(permit: Permit[NameNext], *, hand_over: UUID, reason: str) -> None:
    """Call the hand-over off: everything stays as it was."""
    row = _found(permit, hand_over)
    why = required(reason, "reason", gettext_noop("Skriv varför överlämningen avbryts."))
    _turn(permit, row, verb="cancel", ended_at=permit.at, cancel_reason=why)
    _let_out(permit, row)
    log.wrote(permit, "hand_over.cancelled", item=row.item_id)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Someone who may come into the case."""

    id: UUID
    name: str
    party: UUID


def check_newcomer(permit: Permit[A], *, account: UUID | None, field: str) -> Newcomer:
    """Who `account` is, when it is in use, of a party in the programme, and that party is let in to the person."""
    parties = ProgrammeParty.objects.filter(programme=permit.programme).values("party")
    who = Account.objects.filter(id=account, party__in=parties, is_active=True).first() if account else None
    if who is None or who.party_id is None:
        raise Rejection(gettext_noop("Välj en person i listan."), field)
    person = permit.case.person
    is_open = Person.objects.filter(id=person, protection__in=[level.value for level in OPEN_LEVELS]).exists()
    if not is_open and not Clearance.objects.filter(person=person, party=who.party).exists():
        raise Rejection(gettext_noop("Den partens personal kan inte öppna det här ärendet. Välj någon annan."), field)
    return Newcomer(who.id, who.name, who.party_id)


def _next(permit: Permit[NameNext], account: UUID) -> Newcomer:
    return check_newcomer(permit, account=account, field="next")


def _live(permit: Permit[A], account: UUID | None) -> QuerySet[Assignment]:
    return Assignment.objects.filter(case=permit.case.id, account=account, until__isnull=True)


def _held(permit: Permit[NameNext], part: Part, former: UUID | None) -> Assignment:
    """The assignment that is to move."""
    held = Assignment.objects.filter(case=permit.case.id, part=part, until__isnull=True)
    if part not in MOVABLE:
        raise Rejection(gettext_noop("Välj vad som ska lämnas över."), "part")
    row = held.first() if part is Part.CONTACT else held.filter(account=former).first()
    if row is None:
        raise Rejection(gettext_noop("Välj vems uppdrag som ska lämnas över."), "former")
    return row


def _found(permit: Permit[A], hand_over: UUID) -> HandOver:
    items.check_open(permit)
    row = HandOver.objects.filter(id=hand_over, case=permit.case.id).select_related("item").first()
    if row is None:
        raise Rejection(gettext_noop("Överlämningen finns inte längre. Gå tillbaka till listan."))
    return row


def _mine(permit: Permit[TakeOver], hand_over: UUID) -> HandOver:
    row = _found(permit, hand_over)
    if row.next_id != permit.actor.account:
        raise Rejection(gettext_noop("Bara den som ska ta över kan svara. Be hen att logga in och göra det."))
    return row


def _turn(permit: Permit[A], row: HandOver, *, verb: str, **changes: object) -> None:
    after = move("hand_over", row.status, verb)
    changed = HandOver.objects.filter(id=row.id, status=row.status).update(
        status=after, **{name: fitting(v, name) if isinstance(v, str) else v for name, v in changes.items()}
    )
    if not changed:
        move("hand_over", after, verb)
    if after not in LIVE and row.part == Part.CONTACT:
        cases.leave(permit, step=Step.TRANSITION)


def _let_out(permit: Permit[A], row: HandOver) -> None:
    """End the part that the naming brought with it, and no other."""
    if row.assignment_id is not None:
        Assignment.objects.filter(id=row.assignment_id, until__isnull=True).update(until=permit.at)


def _move_commitments(permit: Permit[NameNext], row: HandOver) -> int:
    """Let the former one's open promises go on to the next. Rejection when the next could not find them."""
    open_ones = Commitment.objects.filter(item__case=permit.case.id, owner_account=row.former_id, status="open")
    sees = visible_to(
        account=row.next_id,
        party=row.party_id,
        unit=row.next.unit_id,
        at=permit.at,
        purpose=permit.act.purpose,
        prefix="item__",
    )
    hidden = open_ones.exclude(item__in=open_ones.filter(sees).values("item")).count()
    if hidden:
        raise Rejection(
            gettext_noop(
                "%(count)d åtaganden kan inte följa med: deltagaren har inte sagt ja till att den nya parten får läsa dem. "
                "Be om samtycke, eller avsluta åtagandena först."
            ),
            count=hidden,
        )
    former = Account.objects.get(id=row.former_id).name
    moving = list(open_ones)
    CommitmentMove.objects.bulk_create(
        CommitmentMove(
            id=permit.new_id(),
            commitment_id=one.item_id,
            at=permit.at,
            by_id=permit.actor.account,
            verb=PASSED_ON,
            old_due=one.due,
            new_due=one.due,
            old_owner=former,
        )
        for one in moving
    )
    Commitment.objects.filter(item__in=[one.item_id for one in moving]).update(
        owner_account=row.next_id, owner_party=row.party_id, version=F("version") + 1
    )
    return len(moving)
