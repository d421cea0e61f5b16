"""People who have been in the programme for a while, by the real acts: enough of them for an extract."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from samverk.access.actor import Actor, actor_of, system_actor
from samverk.access.declare import AnswerOffer, ChooseEvaluation, DecideIntake, WriteReferral
from samverk.access.declare_house import DecideEvaluation, SetUp, StartReferral, TakeExtract
from samverk.actions import extracts, intake, referrals, setup
from samverk.domain.extract import Extract
from samverk.store.models import Account, Case, Person, Programme
from tests.build import WHOLE, done
from tests.kept import kept
from tests.people import Cast

DAYS = 400
"""So long ago they started: four whole quarters are told of."""


@dataclass(frozen=True)
class Came:
    """A participant and her case."""

    actor: Actor
    case: UUID

    @property
    def person(self) -> UUID:
        assert self.actor.person is not None
        return self.actor.person


def came(people: Cast, name: str, *, days: int = DAYS, says: bool | None = True, **told: object) -> Came:
    """Somebody who referred herself, was let in and said yes `days` ago, and has said yes or no to evaluation."""
    at = timezone.now() - timedelta(days=days)
    with_rights = {"birth_year": 1980} | told

    def add(permit):  # type: ignore[no-untyped-def]
        person = setup.add_person(permit, name=name, **with_rights)
        return setup.add_account(permit, email=f"{name.lower()}@example.org", name=name, person=person)

    actor = actor_of(done(system_actor("test"), SetUp, add))
    assert actor is not None
    case = done(actor, StartReferral, lambda p: referrals.start(p, programme=people.programme, person=None), at=at)
    done(actor, WriteReferral, lambda p: referrals.save(p, answers=WHOLE, version=1), case=case, at=at)
    done(
        actor,
        WriteReferral,
        lambda p: referrals.send(p, own_consent=True, condition_of_benefit=False),
        case=case,
        at=at,
    )
    contact = people.anna.account
    assert contact is not None
    done(people.anna, DecideIntake, lambda p: intake.accept(p, contact=contact), case=case, at=at)
    done(actor, AnswerOffer, lambda p: intake.say_yes(p, support_condition=False), case=case, at=at)
    found = Came(actor, case)
    if says is not None:
        say(found, says)
    return found


def five(people: Cast, *, says: bool | None = True) -> list[Came]:
    """Just as many as it takes, all of whom have said yes, or (None) nothing."""
    (_five_who_said_yes if says else _five_who_said_nothing)(people)
    accounts = Account.objects.filter(email__startswith="deltagare").order_by("email")
    actors = [actor_of(account.id) for account in accounts]
    cases = dict(Case.objects.values_list("person", "id"))
    return [Came(actor, cases[actor.person]) for actor in actors if actor is not None and actor.person is not None]


@kept
def _five_who_said_yes(people: Cast) -> UUID:
    cases = [came(people, f"Deltagare{n}").case for n in range(5)]
    return cases[0]


@kept
def _five_who_said_nothing(people: Cast) -> UUID:
    cases = [came(people, f"Deltagare{n}", says=None).case for n in range(5)]
    return cases[0]


def say(who: Came, says: bool, *, by: Actor | None = None, how: str = "", at: datetime | None = None) -> UUID:
    """She says yes or no herself, or Anna writes it down."""
    return done(
        by or who.actor,
        ChooseEvaluation,
        lambda p: extracts.choose(p, says=says, on_behalf=how),
        case=who.case,
        at=at,
    )


def take(people: Cast) -> Extract:
    """Eva takes an extract of the programme."""
    return done(people.eva, TakeExtract, extracts.take, programme=people.programme)


def make_principal(people: Cast) -> None:
    """Anna's party becomes the programme's principal."""
    Programme.objects.filter(id=people.programme).update(principal=people.municipality)


def decide(people: Cast, *, by: Actor | None = None, **told: object) -> UUID:
    """The principal decides that everyone is in who has not said no; Anna records it."""
    today = timezone.localdate()
    given: dict[str, object] = {
        "decider": "Karin Lind",
        "decider_title": "socialchef",
        "ground": "public_task",
        "words": "Programmet följs upp med uppgifter utan namn om alla deltagare.",
        "decided_on": today,
        "until": today + timedelta(days=365),
    }
    terms = given | told
    return done(
        by or people.anna,
        DecideEvaluation,
        lambda p: extracts.decide(p, **terms),  # type: ignore[arg-type]
        programme=people.programme,
    )


def protect(person: UUID, level: str) -> None:
    """As the population register says it."""
    Person.objects.filter(id=person).update(protection=level)


def ago(days: int) -> date:
    """So many days before today."""
    return timezone.localdate() - timedelta(days=days)
