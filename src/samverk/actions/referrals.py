"""Referral: from any party, or from the person herself. Waiting time counts from when it is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import F

from samverk.access import log
from samverk.access.declare import WriteReferral
from samverk.access.declare_house import StartReferral
from samverk.access.permit import Permit
from samverk.access.sight import visible
from samverk.actions import cases, codes, consents, items
from samverk.actions import referral_answers as forms
from samverk.domain.consent import OPEN_LEVELS
from samverk.domain.identity import birth_year, personal_number
from samverk.domain.information import Protection
from samverk.domain.parties import Part
from samverk.domain.process import Step, move
from samverk.domain.referrals import line, number_of_officials, same_name, year_of_birth
from samverk.domain.words import Conflict, Rejection, gettext_noop, required
from samverk.store.models import (
    Answer,
    Assignment,
    Case,
    Clearance,
    ConsentDocument,
    Item,
    Party,
    Person,
    Programme,
    ProgrammeParty,
    Referral,
)

OWN_CONSENT_DAYS = 180
NOT_EMPLOYED = gettext_noop("Bara den som arbetar hos en part kan remittera någon annan.")


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Whom a referral is about. The personal number may be left out. No address: it is not needed here."""

    name: str
    personal_number: str = ""
    birth_year: int | None = None
    sex: str = ""
    phone: str = ""
    language: str = ""
    protection: Protection = Protection.NONE


@dataclass(frozen=True, slots=True)
class Answers:
    """What the form holds, half-done or whole: question code → text."""

    texts: Mapping[str, str]
    officials: int | None = None
    involved: Sequence[UUID] = ()


def start(permit: Permit[StartReferral], *, programme: UUID, person: NewPerson | None) -> UUID:
    """Begin a referral and return the case's id. `person` None: the participant refers herself.

    A person who is known by her number and name is not made twice; what stands about her is not changed, and
    nothing of it is told. The official who begins keeps the responsibility until someone else has said yes.
    """
    chosen = Programme.objects.filter(id=programme, kind="individual").first()
    if chosen is None:
        raise Rejection(gettext_noop("Välj ett program i listan."), "programme")
    if chosen.stops_on and chosen.stops_on <= permit.today:
        raise Rejection(gettext_noop("Programmet har slutat. Välj ett annat."), "programme")
    who, told = (_herself(permit), {}) if person is None else _whom(permit, person)
    case = Case(id=permit.new_id(), person=who, programme=chosen, opened_at=permit.at)
    case.save(force_insert=True)
    item = Item(
        id=permit.new_id(),
        person=who,
        case=case,
        owner_id=None if person is None else permit.actor.party,
        unit_id=None if person is None else permit.actor.unit,
        category="process",
        kind="referral",
        headline=chosen.name,
        happened_on=permit.today,
        created_at=permit.at,
        created_by_id=permit.actor.account,
    )
    item.save(force_insert=True)
    Referral(item=item, own=person is None, told=told).save(force_insert=True)
    if person is not None:
        _assign_referrer(permit, case=case.id)
    log.wrote(permit, "referral.started", case=case.id, person=who.id, item=item.id)
    return case.id


def save(permit: Permit[WriteReferral], *, answers: Answers, version: int) -> None:
    """Keep what has been written so far, half-done or whole. Conflict when someone else saved meanwhile."""
    items.check_open(permit)
    referral = _referral(permit)
    if referral.status not in ("draft", "asked"):
        raise Rejection(gettext_noop("Remissen är skickad och går inte att ändra. Ta tillbaka den först."))
    if referral.version != version:
        raise Conflict(_stands(permit, referral), version=referral.version)
    referral.officials = number_of_officials(answers.officials)
    referral.involved = _known_parties(answers.involved)
    referral.version = F("version") + 1
    referral.save(update_fields=["officials", "involved", "version"])
    forms.write(permit, form=referral.item_id, owner=referral.item.owner_id, own=referral.own, texts=answers.texts)
    log.wrote(permit, "referral.saved", item=referral.item_id)


def send(permit: Permit[WriteReferral], *, own_consent: bool = False, condition_of_benefit: bool | None = None) -> None:
    """Send the referral: all required questions answered. Its party keeps the responsibility.

    An own referral holds the consent that it needs (`own_consent` must then be true, and whether taking part is a
    condition of a benefit must be told); any other reaches the team only under a consent or another ground
    (design.md).
    """
    items.check_open(permit)
    referral = _referral(permit)
    verb = "answer" if referral.status == "asked" else "send"
    after = move("referral", referral.status, verb)
    forms.demand_whole(permit, form=referral.item_id, own=referral.own)
    if referral.own:
        if not own_consent:
            raise Rejection(
                gettext_noop("Kryssa i att programmets parter får läsa din anmälan. Annars kan de inte ta emot den."),
                "own_consent",
            )
        if condition_of_benefit is None:
            raise Rejection(gettext_noop("Svara ja eller nej: krävs det att du är med?"), "condition_of_benefit")
        _consent_of_own(permit, referral, condition_of_benefit=condition_of_benefit)
    Item.objects.filter(id=referral.item_id).update(happened_on=permit.today)
    Referral.objects.filter(item=referral.item_id).update(
        status=after, sent_at=referral.sent_at or permit.at, version=F("version") + 1
    )
    if referral.sent_at is None:
        Case.objects.filter(id=permit.case.id).update(opened_at=permit.at)
        cases.enter(permit, step=Step.REFERRAL)
    log.wrote(permit, "referral.answered" if verb == "answer" else "referral.sent", item=referral.item_id)


def withdraw(permit: Permit[WriteReferral]) -> None:
    """Take the referral back. The case ends; nothing is lost, and it can be taken up again."""
    referral = _referral(permit)
    after = move("referral", referral.status, "withdraw")
    cases.turn(permit, verb="withdraw", closed_on=permit.today)
    Referral.objects.filter(item=referral.item_id).update(status=after, version=F("version") + 1)
    log.wrote(permit, "referral.withdrawn", item=referral.item_id)


def reopen(permit: Permit[WriteReferral]) -> None:
    """Take up a referral that was declined, withdrawn, or that she said no to, without starting from zero.

    Its waiting time counts from when it is sent again.
    """
    referral = _referral(permit)
    after = move("referral", referral.status, "reopen")
    cases.turn(permit, verb="refer_again", closed_on=None)
    Referral.objects.filter(item=referral.item_id).update(
        status=after,
        sent_at=None,
        priority=0,
        priority_reason="",
        outcome_code="",
        outcome_text="",
        next_door="",
        more_wanted="",
        decided_at=None,
        decided_by=None,
        told_referrer_at=None,
        told_person_at=None,
        told_person_how="",
        talked_on=None,
        answered_at=None,
        answered_how="",
        version=F("version") + 1,
    )
    log.wrote(permit, "referral.reopened", item=referral.item_id)


def tell(permit: Permit[WriteReferral], *, how: str) -> None:
    """The referrer has told the person what was decided: she who has no account must not learn it last."""
    referral = _referral(permit)
    if how not in ("spoken", "paper"):
        raise Rejection(gettext_noop("Välj hur du berättade: muntligt eller på papper."), "how")
    if referral.decided_at is None:
        raise Rejection(gettext_noop("Teamet har inte svarat än. Det finns inget att berätta."))
    if referral.told_person_at is not None:
        raise Rejection(gettext_noop("Personen har redan fått veta. Läs in sidan igen."))
    Referral.objects.filter(item=referral.item_id).update(told_person_at=permit.at, told_person_how=how)
    log.wrote(permit, "referral.person_told", item=referral.item_id, how=how)


def _herself(permit: Permit[StartReferral]) -> Person:
    if permit.actor.person is None:
        raise Rejection(gettext_noop("Skriv vem remissen gäller."), "name")
    return Person.objects.get(id=permit.actor.person)


def _whom(permit: Permit[StartReferral], person: NewPerson) -> tuple[Person, dict[str, str]]:
    """The person, known or new, and what was told about her."""
    if permit.actor.party is None:
        raise Rejection(NOT_EMPLOYED)
    name = line(required(person.name, "name", gettext_noop("Skriv personens namn.")), "name", 200)
    number = personal_number(person.personal_number, permit.today)
    year = year_of_birth(person.birth_year, birth_year(number), permit.today)
    if person.sex:
        codes.require(permit, list="sex", code=person.sex, field="sex")
    row = Person(
        id=permit.new_id(),
        name=name,
        personal_number=number,
        birth_year=year,
        sex=person.sex,
        phone=line(person.phone, "phone", 40),
        language=line(person.language, "language", 60),
        protection=person.protection.value,
    )
    told = {
        "personal_number": number,
        "birth_year": str(year or ""),
        "sex": row.sex,
        "phone": row.phone,
        "language": row.language,
    }
    known = Person.objects.filter(personal_number=number).first() if number else None
    if known is not None:
        if _is_the_same(permit, known, name, person.protection):
            return known, told
        row.personal_number = ""
    row.save(force_insert=True)
    if person.protection not in OPEN_LEVELS:
        Clearance(id=permit.new_id(), person=row, party_id=permit.actor.party).save(force_insert=True)
    return row, told


def _is_the_same(permit: Permit[StartReferral], known: Person, name: str, told: Protection) -> bool:
    """Whether a known person may be used.

    Otherwise a new row is made, without a word: a number alone must not open the name behind it, tell that an
    identity is protected, or let one party close another's case by claiming that it is.
    """
    if not same_name(known.name, name):
        return False
    level = Protection(known.protection)
    if level in OPEN_LEVELS:
        return told in OPEN_LEVELS
    return Clearance.objects.filter(person=known, party=permit.actor.party).exists()


def _assign_referrer(permit: Permit[StartReferral], *, case: UUID) -> None:
    account, party = permit.actor.account, permit.actor.party
    if account is None or party is None:
        raise Rejection(NOT_EMPLOYED)
    row = Assignment(
        id=permit.new_id(),
        case_id=case,
        account_id=account,
        party_id=party,
        part=Part.REFERRER.value,
        since=permit.at,
    )
    row.save(force_insert=True)


def _referral(permit: Permit[WriteReferral]) -> Referral:
    """The case's referral, which only its own owner may write."""
    owner = None if permit.as_herself else permit.actor.party
    row = Referral.objects.select_related("item").filter(visible(permit, "item__"), item__owner=owner).first()
    if row is None:
        raise Rejection(gettext_noop("Remissen hör till någon annan. Bara den kan ändra i den."))
    return row


def _known_parties(involved: Sequence[UUID]) -> list[str]:
    known = set(Party.objects.filter(id__in=involved).values_list("id", flat=True))
    if known != set(involved):
        raise Rejection(gettext_noop("Välj parter i listan."), "parties")
    return sorted(str(party) for party in known)


def _stands(permit: Permit[WriteReferral], referral: Referral) -> dict[str, str]:
    """What stands now, by form field, for whoever comes second."""
    texts = forms.texts_of(permit, form=referral.item_id)
    names = Party.objects.filter(id__in=referral.involved).order_by("name").values_list("name", flat=True)
    return {
        "parties": ", ".join(names),
        "officials": "" if referral.officials is None else str(referral.officials),
        **{forms.FIELD + code: text for code, text in texts.items()},
    }


def _consent_of_own(permit: Permit[WriteReferral], referral: Referral, *, condition_of_benefit: bool) -> None:
    team = ProgrammeParty.objects.filter(programme=permit.programme, in_team=True).values_list("party", flat=True)
    answered = Answer.objects.filter(form=referral.item_id).exclude(text="")
    categories = {"process", *answered.values_list("item__category", flat=True)}
    document = ConsentDocument(
        id=permit.new_id(),
        person_id=permit.case.person,
        case_id=permit.case.id,
        given_at=permit.at,
        how="screen",
        condition_of_benefit=condition_of_benefit,
        recorded_by_id=permit.actor.account,
    )
    document.save(force_insert=True)
    says = [
        consents.NewSay(giver=None, receiver=party, category=category)
        for party in team
        for category in sorted(categories)
    ]
    consents.write(permit, document=document.id, says=says, last_day=permit.today + timedelta(days=OWN_CONSENT_DAYS))
