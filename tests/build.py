"""State for the tests, built by calling the real actions as the people who would."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samverk.access.actor import Actor, system_actor
from samverk.access.declare import (
    AnswerOffer,
    AssignOfficial,
    CloseCase,
    DecideIntake,
    NameNext,
    RecordConsent,
    TakeOver,
    WithdrawConsent,
    WriteLivelihood,
    WriteMeasure,
    WriteReferral,
)
from samverk.access.declare_house import ApprovePrices, KeepPrices, SetUp, StartReferral
from samverk.access.door import door
from samverk.access.permit import A, Permit
from samverk.access.second_factor import KEPT
from samverk.actions import (
    cases,
    closing,
    consents,
    hand_overs,
    intake,
    livelihood,
    log_keeping,
    measures,
    prices,
    referrals,
)
from samverk.domain.information import Purpose
from samverk.domain.livelihood import SpellTerms
from samverk.domain.measures import Terms
from samverk.domain.parties import Part, PartyTrust
from samverk.domain.price_table import Table
from samverk.store.models import Account, Person
from tests.kept import kept
from tests.people import Cast

T = TypeVar("T")
EGONS_NUMBER = "195206161233"
CATEGORIES = ("process", "work", "livelihood", "social", "health", "addiction", "housing")


def done(actor: Actor, act: type[A], do: Callable[[Permit[A]], T], **target: object) -> T:
    """Do one act through the door; it must be let in."""
    with door(actor, act, **target) as permit:  # type: ignore[arg-type]
        assert permit is not None, f"{actor.name} may not {act.__name__}"
        return do(permit)


def is_refused(actor: Actor, act: type[A], **target: object) -> bool:
    """Whether the door says no."""
    with door(actor, act, **target) as permit:  # type: ignore[arg-type]
        return permit is None


WHOLE = referrals.Answers(
    texts={
        "why_now": "Utan arbete i tre år, sjukskriven i perioder.",
        "tried": "Beredskapsarbete och behandlingshem, vart för sig.",
        "wishes": "Jag vill svarva igen.",
    },
    officials=11,
)


@kept
def own_referral(people: Cast) -> UUID:
    """Egon refers himself, and sends it with the consent that it holds. Returns the case."""
    case = done(people.egon, StartReferral, lambda p: referrals.start(p, programme=people.programme, person=None))
    done(people.egon, WriteReferral, lambda p: referrals.save(p, answers=WHOLE, version=1), case=case)
    done(
        people.egon, WriteReferral, lambda p: referrals.send(p, own_consent=True, condition_of_benefit=False), case=case
    )
    return case


@kept
def partys_referral(people: Cast, *, by: Actor, person: Actor | None = None, sent: bool = True, **told: object) -> UUID:
    """An official refers Rut Berg, or the participant `person` whose number she then gives. Returns the case."""
    new = referrals.NewPerson(**({"name": "Rut Berg", "birth_year": 1974} | told))  # type: ignore[arg-type]
    if person is not None:
        Person.objects.filter(id=person.person).update(personal_number=EGONS_NUMBER)
        new = referrals.NewPerson(name=person.name, personal_number=EGONS_NUMBER)
    case = done(by, StartReferral, lambda p: referrals.start(p, programme=people.programme, person=new))
    done(by, WriteReferral, lambda p: referrals.save(p, answers=WHOLE, version=1), case=case)
    if sent:
        done(by, WriteReferral, referrals.send, case=case)
    return case


def covered_referral(people: Cast, *, by: Actor, receiver: UUID) -> UUID:
    """An official refers Egon, who lets `receiver` read it in full. Returns the case."""
    case = partys_referral(people, by=by, person=people.egon)
    give(people, case, giver=by.party, receiver=receiver)
    return case


@kept
def active_case(people: Cast) -> UUID:
    """Egon's case, accepted, with Anna as contact person, and his own yes. Officials are assigned as in people.py.

    Consents on every category: he → Anna's and Bo's parties, and both ways between those two. Dag's party had
    the same as Bo's until it was withdrawn a day ago. Cia's has none.
    """
    case = own_referral(people)
    assert people.anna.account is not None
    contact = people.anna.account
    done(people.anna, DecideIntake, lambda p: intake.accept(p, contact=contact), case=case)
    done(people.egon, AnswerOffer, lambda p: intake.say_yes(p, support_condition=False), case=case)
    for who in (people.bo, people.cia, people.dag):
        done(people.anna, AssignOfficial, lambda p, w=who: cases.assign(p, account=w.account), case=case)
    yesterday = timezone.now() - timedelta(days=1)
    give(people, case, giver=None, receiver=people.municipality)
    give(people, case, giver=None, receiver=people.af)
    give(people, case, giver=people.municipality, receiver=people.af)
    give(people, case, giver=people.af, receiver=people.municipality)
    before = yesterday - timedelta(days=1)
    give(people, case, giver=None, receiver=people.region, at=before)
    give(people, case, giver=people.municipality, receiver=people.region, at=before)
    withdraw_from(people, case, party=people.region, at=yesterday)
    return case


def assign_workplace(people: Cast, case: UUID) -> None:
    """Frida, who leads the work where Egon trains, comes into the case."""
    done(
        people.anna,
        AssignOfficial,
        lambda p: cases.assign(p, account=people.frida.account, part=Part.WORKPLACE),  # type: ignore[arg-type]
        case=case,
    )


def give(
    people: Cast,
    case: UUID,
    *,
    giver: UUID | None,
    receiver: UUID,
    refused: bool = False,
    at=None,
    categories=CATEGORIES,
) -> UUID:  # type: ignore[no-untyped-def]
    """Egon says yes (or no) on screen to one way, for `categories`, half a year ahead. Returns the document."""
    says = [consents.NewSay(giver, receiver, category, refused=refused) for category in categories]
    last = timezone.localdate() + timedelta(days=180)
    return done(
        people.egon,
        RecordConsent,
        lambda p: consents.record(p, says=says, last_day=last, how="screen", condition_of_benefit=False),
        case=case,
        at=at,
    )


def withdraw_from(people: Cast, case: UUID, *, party: UUID, at=None) -> None:  # type: ignore[no-untyped-def]
    """Egon ends everything that lets `party` know."""
    from samverk.store.models import Consent

    live = list(Consent.objects.filter(receiver=party, ended_at__isnull=True).values_list("id", flat=True))
    done(people.egon, WithdrawConsent, lambda p: consents.withdraw(p, consents=live), case=case, at=at)


def browser(who: Actor) -> Client:
    """A browser in which `who` has logged in, with her second factor."""
    account = Account.objects.get(id=who.account)
    Authenticator.objects.get_or_create(user=account, type=Authenticator.Type.TOTP, defaults={"data": {}})
    client = Client()
    client.force_login(account)
    session = client.session
    session[KEPT] = str(account.pk)
    session.save()
    return client


@kept
def hand_over_to(people: Cast, case: UUID, *, next: Actor, until: str = "released") -> UUID:
    """Anna hands her part as contact person over to `next`, as far as `until` (a state of the hand-over)."""
    today = timezone.localdate()
    assert next.account is not None
    account = next.account
    named = done(
        people.anna,
        NameNext,
        lambda p: hand_overs.name(p, part=Part.CONTACT, next=account, what="Egon vill svarva.", by_when=today),
        case=case,
    )
    steps: list[tuple[str, Callable[[], None]]] = [
        ("accepted", lambda: done(next, TakeOver, lambda p: hand_overs.accept(p, hand_over=named), case=case)),
        (
            "met",
            lambda: done(
                next,
                TakeOver,
                lambda p: hand_overs.met(p, hand_over=named, met_on=today, where="I verkstan", together=True),
                case=case,
            ),
        ),
        ("released", lambda: done(people.anna, NameNext, lambda p: hand_overs.release(p, hand_over=named), case=case)),
    ]
    reached = ["named", *(state for state, _step in steps)].index(until)
    for _state, step in steps[:reached]:
        step()
    return named


@kept
def close(people: Cast, case: UUID, *, destination: str = "work", at=None) -> UUID:  # type: ignore[no-untyped-def]
    """Anna closes the case with work as destination, today unless `at` is told."""
    day = timezone.localdate(at) if at else timezone.localdate()
    return done(
        people.anna,
        CloseCase,
        lambda p: closing.close(
            p,
            reason="goal_reached",
            destination=destination,
            words="Egon arbetar på en mekanisk verkstad.",
            next_door="Ring Anna, 08-718 80 00.",
            closed_on=day,
            confirmed=True,
        ),
        case=case,
        at=at,
    )


@kept
def a_measure(people: Cast, case: UUID, *, by: Actor | None = None, until: str = "proposed", **terms: object) -> UUID:
    """Work training at the recycling, insured by the employer, proposed by Anna unless told; begun where asked."""
    given = {
        "kind": "work_training",
        "provider": people.employer,
        "workplace": people.employer,
        "insurance": "employer",
    }
    by = by or people.anna
    new = Terms(**(given | terms))  # type: ignore[arg-type]
    measure = done(by, WriteMeasure, lambda p: measures.propose(p, terms=new), case=case)
    if until == "ongoing":
        day = timezone.localdate()
        done(by, WriteMeasure, lambda p: measures.start(p, measure=measure, on=day, uninsured_anyway=True), case=case)
    return measure


def a_spell(people: Cast, case: UUID, *, by: Actor | None = None, at=None, **terms: object) -> UUID:  # type: ignore[no-untyped-def]
    """Social assistance since a hundred days, until further notice, told by Anna unless told."""
    given = {"kind": "social_assistance", "share": 100, "first_day": timezone.localdate() - timedelta(days=100)}
    new = SpellTerms(**(given | terms))  # type: ignore[arg-type]
    return done(by or people.anna, WriteLivelihood, lambda p: livelihood.add(p, terms=new), case=case, at=at)


def give_for_control(people: Cast, case: UUID, *, giver: UUID | None, receiver: UUID, **more: object) -> UUID:
    """Egon says yes on screen to one way for control alone, unless told on every category. Returns the document."""
    categories = more.pop("categories", CATEGORIES)
    conditional, refused = bool(more.pop("conditional", False)), bool(more.pop("refused", False))
    says = [
        consents.NewSay(giver, receiver, category, Purpose.CONTROL, refused)
        for category in categories  # type: ignore[attr-defined]
    ]
    last = timezone.localdate() + timedelta(days=180)
    return done(
        people.egon,
        RecordConsent,
        lambda p: consents.record(p, says=says, last_day=last, how="screen", condition_of_benefit=conditional),
        case=case,
        **more,
    )


def asked_of(counted: CaptureQueriesContext) -> list[str]:
    """What the database was asked: not what opens and ends transactions, nor what tests alone reset.

    A request's role ends with its transaction; inside a test's own it is put aside (access/identity.leave).
    """
    aside = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config('samverk.identity', '', true)")
    return [query["sql"] for query in counted.captured_queries if not query["sql"].startswith(aside)]


def price_keepers(people: Cast) -> tuple[Actor, Actor]:
    """Cia and Dag, of two parties, keep the price book."""
    for who in (people.cia, people.dag):
        assert who.account is not None
        account = who.account
        done(
            system_actor("test"),
            SetUp,
            lambda p, a=account: log_keeping.entrust(p, account=a, trust=PartyTrust.PRICE_KEEPER),
        )
    return people.cia, people.dag


def a_price_book(people: Cast, table: Table, *, until: str = "approved") -> None:
    """The price book of `table`: a draft, proposed by Cia, or approved by Dag too (a state of the book)."""
    proposer, approver = price_keepers(people)
    done(system_actor("test"), SetUp, lambda p: prices.load(p, table=table))
    if until != "draft":
        done(proposer, KeepPrices, lambda p: prices.propose(p, words="Den första.", version=1))
    if until == "approved":
        done(approver, ApprovePrices, lambda p: prices.approve(p, version=2))
