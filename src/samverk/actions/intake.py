"""Intake: the joint team looks at every referral, and the person says her own yes or no."""

from datetime import date
from uuid import UUID

from django.db.models import F

from samverk.access import log
from samverk.access.declare import AnswerOffer, DecideIntake
from samverk.access.permit import Permit
from samverk.actions import cases, codes, items, past
from samverk.domain.consent import OPEN_LEVELS
from samverk.domain.information import Protection
from samverk.domain.parties import ROLES_THAT_COVER_CASES, Part
from samverk.domain.process import Step, move
from samverk.domain.referrals import reason_for
from samverk.domain.words import Conflict, Rejection, fitting, gettext_noop, required
from samverk.store.models import Account, Assignment, Clearance, Code, Person, ProgrammeRole, Referral


def accept(permit: Permit[DecideIntake], *, contact: UUID, support_condition: bool | None = None) -> None:
    """Say yes for the team, and name the contact person. The person has her own say next.

    `support_condition`: whether taking part is a condition of a benefit, where the team knows it. She is told.
    """
    items.check_open(permit)
    referral = _sent(permit)
    holds = ProgrammeRole.objects.filter(
        programme=permit.programme, account=contact, role__in=ROLES_THAT_COVER_CASES, account__is_active=True
    ).exists()
    party = Account.objects.filter(id=contact).values_list("party", flat=True).first()
    if not holds or party is None:
        raise Rejection(gettext_noop("Välj en kontaktperson som arbetar i programmet."), "contact")
    _demand_admitted(permit, party)
    _settle(permit, referral, verb="accept")
    cases.turn(permit, verb="offer", support_condition=support_condition)
    cases.enter(permit, step=Step.INTAKE)
    cases.place(permit, account=contact, party=party, part=Part.CONTACT)
    log.wrote(permit, "referral.accepted", item=referral.item_id, contact=contact)


def decline(permit: Permit[DecideIntake], *, reason: str, text: str, next_door: str) -> None:
    """Say no, with a coded reason and where to instead: a declined person never just disappears."""
    items.check_open(permit)
    referral = _sent(permit)
    codes.require(permit, list="decline_reason", code=reason, field="reason")
    door = required(
        next_door,
        "next_door",
        gettext_noop("Skriv vart personen kan vända sig i stället. Ingen lämnas utan nästa dörr."),
    )
    attributes = Code.objects.filter(list="decline_reason", code=reason).values_list("attributes", flat=True)
    if attributes.get().get("free"):
        text = required(text, "text", gettext_noop("Skriv skälet med egna ord."))
    _settle(permit, referral, verb="decline", outcome_code=reason, outcome_text=fitting(text, "text"), next_door=door)
    cases.turn(permit, verb="decline", closed_on=permit.today)
    log.wrote(permit, "referral.declined", item=referral.item_id, reason=reason)


def ask_for_more(permit: Permit[DecideIntake], *, wanted: str) -> None:
    """Send the referral back with a question. It keeps its place and its waiting time."""
    items.check_open(permit)
    referral = _sent(permit)
    wanted = required(wanted, "wanted", gettext_noop("Skriv vad ni behöver veta mer."))
    _settle(permit, referral, verb="ask", more_wanted=wanted)
    log.wrote(permit, "referral.asked", item=referral.item_id)


def prioritise(permit: Permit[DecideIntake], *, priority: int, reason: str, version: int) -> None:
    """Move a referral forward in the queue, or back to its waiting time, with a reason that can be told."""
    items.check_open(permit)
    referral = _sent(permit)
    if referral.status not in ("sent", "asked"):
        raise Rejection(items.NO_LONGER_OPEN)
    if referral.version != version:
        theirs = {"priority": str(referral.priority), "reason": referral.priority_reason}
        raise Conflict(theirs, version=referral.version)
    Referral.objects.filter(item=referral.item_id).update(
        priority=priority, priority_reason=reason_for(priority, reason), version=F("version") + 1
    )
    log.wrote(permit, "referral.prioritised", item=referral.item_id, priority=priority)


def talk(permit: Permit[AnswerOffer], *, on: date) -> None:
    """The first talk between her and the contact person has been held. The answer may come later."""
    items.check_open(permit)
    _note_talk(permit, on)
    log.wrote(permit, "offer.talked")


def say_yes(
    permit: Permit[AnswerOffer],
    *,
    support_condition: bool | None,
    how: str = "screen",
    talked_on: date | None = None,
) -> None:
    """The person says yes after a first talk. `support_condition`: taking part is a condition of a benefit.

    `how`: "screen" by herself; "spoken" or "paper" when the coordinator records it, who then tells the day of
    the talk. Now, and not before, the referring official's responsibility ends.
    """
    items.check_open(permit)
    _note_answer(permit, how, talked_on)
    cases.turn(permit, verb="say_yes", started_on=permit.today, support_condition=support_condition)
    cases.enter(permit, step=Step.MAPPING)
    _release_referrer(permit)
    log.wrote(permit, "offer.accepted", how=how)


def say_no(permit: Permit[AnswerOffer], *, next_door: str, how: str = "screen", talked_on: date | None = None) -> None:
    """The person says no. The referring official keeps the responsibility, and is told.

    Where to instead is asked of the coordinator, never of her.
    """
    items.check_open(permit)
    door = fitting(next_door, "next_door")
    if not permit.as_herself:
        door = required(door, "next_door", gettext_noop("Skriv vad som händer i stället, så att ingen står utan."))
    _note_answer(permit, how, talked_on)
    referral = Referral.objects.filter(item__case=permit.case.id)
    referral.update(next_door=door)
    referral.filter(own=False).update(told_referrer_at=permit.at)
    cases.turn(permit, verb="say_no", closed_on=permit.today)
    Assignment.objects.filter(case=permit.case.id, part=Part.CONTACT, until__isnull=True).update(until=permit.at)
    log.wrote(permit, "offer.declined", how=how)


def _sent(permit: Permit[DecideIntake]) -> Referral:
    return Referral.objects.select_related("item").get(item__case=permit.case.id)


def _settle(permit: Permit[DecideIntake], referral: Referral, *, verb: str, **changes: object) -> None:
    after = move("referral", referral.status, verb)
    if verb != "ask":
        # Whoever has an account finds the answer on her own page; the others are told by the referrer.
        reads = Account.objects.filter(person=permit.case.person, is_active=True).exists()
        changes |= {
            "decided_at": permit.at,
            "decided_by": permit.actor.account,
            "told_referrer_at": None if referral.own else permit.at,
            "told_person_at": permit.at if reads else None,
            "told_person_how": "screen" if reads else "",
        }
    Referral.objects.filter(item=referral.item_id).update(status=after, version=F("version") + 1, **changes)


def _demand_admitted(permit: Permit[DecideIntake], party: UUID) -> None:
    protection = Person.objects.values_list("protection", flat=True).get(id=permit.case.person)
    if Protection(protection) in OPEN_LEVELS:
        return
    if not Clearance.objects.filter(person=permit.case.person, party=party).exists():
        raise Rejection(gettext_noop("Välj en kontaktperson hos en part som får möta personen."), "contact")


def _note_talk(permit: Permit[AnswerOffer], on: date) -> None:
    if on > permit.today:
        raise Rejection(gettext_noop("Samtalet har inte varit än. Skriv dagen när det har hållits."), "talked_on")
    past.demand(permit, day=on, field="talked_on")
    Referral.objects.filter(item__case=permit.case.id).update(talked_on=on)


def _note_answer(permit: Permit[AnswerOffer], how: str, talked_on: date | None) -> None:
    """Keep how she answered. An official who records it has met her first."""
    if (how == "screen") != permit.as_herself or how not in ("screen", "spoken", "paper"):
        raise Rejection(gettext_noop("Välj hur deltagaren svarade: muntligt eller på papper."), "how")
    if talked_on is not None:
        _note_talk(permit, talked_on)
    referral = Referral.objects.get(item__case=permit.case.id)
    if not permit.as_herself and referral.talked_on is None:
        raise Rejection(
            gettext_noop("Skriv vilken dag ni hade det första samtalet. Svaret kommer efter det."), "talked_on"
        )
    Referral.objects.filter(item=referral.item_id).update(answered_at=permit.at, answered_how=how)


def _release_referrer(permit: Permit[AnswerOffer]) -> None:
    """The referrer stays in the case as her party's official: she is no longer the one responsible."""
    for row in Assignment.objects.filter(case=permit.case.id, part=Part.REFERRER, until__isnull=True):
        Assignment.objects.filter(id=row.id).update(until=permit.at)
        already = Assignment.objects.filter(
            case=permit.case.id, account=row.account_id, part=Part.OFFICIAL, until__isnull=True
        )
        if not already.exists():
            cases.place(permit, account=row.account_id, party=row.party_id, part=Part.OFFICIAL)
