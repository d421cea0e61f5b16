"""A case full of canaries: a word of its own in every text that somebody has written, by the real actions.

Who may read which is said here once more, naively: from a table of who has said yes to what, and from whose text it
is. Nothing of the house's own rule is used, so that a mistake in it shows.
"""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from uuid import UUID

from django.utils import timezone

from samverk.access.actor import Actor, actor_of, system_actor
from samverk.access.declare import (
    CallMeeting,
    PrepareMeeting,
    Promise,
    RecordDecision,
    RecordGround,
    ReportAbsence,
    ReportObstacle,
    SetGoal,
    WriteLivelihood,
    WriteMapping,
    WriteMeasure,
    WriteMinutes,
    WriteNote,
    WritePlan,
    WriteReferral,
)
from samverk.access.declare_house import KeepCalendar, SetUp, StartReferral
from samverk.actions import (
    absence,
    answers,
    calendar,
    commitments,
    decisions,
    grounds,
    livelihood,
    mapping,
    measures,
    meetings,
    minutes,
    notes,
    obstacles,
    plans,
    referrals,
    setup,
)
from samverk.actions.promises import NewPromise
from samverk.domain.decisions import NewDecision
from samverk.domain.livelihood import Estimate, SpellTerms
from samverk.domain.measures import Terms
from samverk.domain.meetings import Question
from samverk.domain.plan import LineKind
from samverk.store.models import Code, Meeting, Person
from tests.build import CATEGORIES, EGONS_NUMBER, active_case, assign_workplace, done, give
from tests.people import Cast, cast
from tests.spec.c06_meetings.scene import answer, opened

__all__ = ["CANARY", "EGONS_NAME", "EGONS_NUMBER", "RUTS_NAME", "World", "build", "canary"]

CANARY = re.compile(r"Kanarie\d{4}")
RUTS_NAME = "Rut Kanariefors"
EGONS_NAME = "Egon Jönsson"
_numbers = count(1)


@dataclass
class World:
    """Egon's case, Rut's unsent referral, everybody's calendar address, and who may know what."""

    people: Cast
    rut: Actor
    case: UUID
    ruts_case: UUID
    yes: dict[UUID, set[tuple[UUID | None, str]]]
    """Receiver → (giver or None for Egon himself, category): all that he has said yes to and that still holds."""
    meeting: UUID
    calendars: dict[str, str] = field(default_factory=dict)
    """Name → the secret of her calendar address."""

    @property
    def readers(self) -> dict[str, Actor]:
        """Everyone who can log in, by first name."""
        people = self.people
        everyone = (people.anna, people.bo, people.cia, people.dag, people.frida, people.stig, people.eva, people.egon)
        return {actor.name.split()[0].lower(): actor for actor in (*everyone, self.rut)}


def canary(words: str = "Så här är det") -> str:
    """A text that stands nowhere else."""
    return f"{words} Kanarie{next(_numbers):04d}."


def build() -> World:
    """The whole world. Some 150 acts."""
    people = cast()
    # As if the register had told it; no page of ours asks for an address.
    Person.objects.filter(id=people.egon.person).update(personal_number=EGONS_NUMBER, address=canary("Gatan"))
    case = active_case(people)
    assign_workplace(people, case)
    everything = {(giver, category) for giver in (None,) for category in CATEGORIES}
    give(people, case, giver=None, receiver=people.fk, categories=("work",))
    give(people, case, giver=people.municipality, receiver=people.fk, categories=("process",))
    give(people, case, giver=people.municipality, receiver=people.af, categories=("addiction",), refused=True)
    give(people, case, giver=people.af, receiver=people.municipality, categories=("health",), refused=True)
    yes: dict[UUID, set[tuple[UUID | None, str]]] = {
        people.municipality: everything | {(people.af, category) for category in CATEGORIES if category != "health"},
        people.af: everything | {(people.municipality, category) for category in CATEGORIES if category != "addiction"},
        people.fk: {(None, "work"), (people.municipality, "process")},
        people.region: set(),
        people.employer: set(),
    }
    rut, ruts_case = _rut(people)
    world = World(people, rut, case, ruts_case, yes, UUID(int=0))
    for who in (people.anna, people.bo, people.cia, people.dag, people.egon):
        _texts(world, who)
    for who in (people.anna, people.bo, people.cia, people.dag):
        _professional(world, who)
    _plan_and_promises(world)
    _hers(world)
    world.meeting = _meeting(world)
    _calendars(world)
    return world


def _rut(people: Cast) -> tuple[Actor, UUID]:
    """Another participant, who has begun a referral that nobody but she may know of."""

    def add(permit):  # type: ignore[no-untyped-def]
        person = setup.add_person(permit, name=RUTS_NAME)
        return setup.add_account(permit, email="rut@example.org", name=RUTS_NAME, person=person)

    rut = actor_of(done(system_actor("test"), SetUp, add))
    assert rut is not None
    case = done(rut, StartReferral, lambda p: referrals.start(p, programme=people.programme, person=None))
    told = referrals.Answers(texts={name: canary() for name in ("why_now", "tried", "wishes")})
    done(rut, WriteReferral, lambda p: referrals.save(p, answers=told, version=1), case=case)
    return rut, case


def _texts(world: World, who: Actor) -> None:
    """A note of each category, one about somebody else, and the mapping."""
    herself = who.person is not None
    for category in CATEGORIES:
        done(who, WriteNote, lambda p, c=category: notes.write(p, text=canary(), category=c), case=world.case)
    if not herself:
        done(
            who,
            WriteNote,
            lambda p: notes.write(p, text=canary("Om sonen"), category="social", about_other=True),
            case=world.case,
        )
    for area in ("work", "livelihood", "health", "social", "housing", "addiction"):
        done(
            who,
            WriteMapping,
            lambda p, a=area: mapping.write(p, area=a, text=canary(), version=0, own_words=herself),
            case=world.case,
        )


def _professional(world: World, who: Actor) -> None:
    """What only officials write: measures, decisions, obstacles, money, and a ground for one text and one party."""
    case, today = world.case, timezone.localdate()
    for kind in ("work_training", "treatment", "addiction_treatment", "housing_support"):
        terms = Terms(kind=kind, words=canary(), provider_name=canary("Hos"), supervisor=canary("Handleds av"))
        done(who, WriteMeasure, lambda p, t=terms: measures.propose(p, terms=t), case=case)
    for category in ("work", "health"):
        taken = NewDecision(
            kind="wage_subsidy",
            outcome="granted",
            text=canary(),
            reason=canary(),
            legal_ground=canary("Lag"),
            decider=canary("Chef"),
            decider_title="enhetschef",
            decided_on=today,
        )
        done(
            who,
            RecordDecision,
            lambda p, t=taken, c=category: decisions.record(p, decision=t, category=c),
            case=case,
        )
    done(who, ReportObstacle, lambda p: obstacles.report(p, code="catchment", words=canary()), case=case)
    spell = SpellTerms(
        kind="social_assistance", share=10, first_day=today - timedelta(days=30), payer_name=canary("Betalas av")
    )
    done(who, WriteLivelihood, lambda p: livelihood.add(p, terms=spell), case=case)
    told = done(who, WriteNote, lambda p: notes.write(p, text=canary("Lämnas ut"), category="health"), case=case)
    receiver = world.people.region if who.party != world.people.region else world.people.fk
    ground = Code.objects.filter(list="secrecy_ground", active=True).order_by("position")
    code = next((c.code for c in ground if c.attributes.get("by_itself") != "yes"), "law")
    done(
        who,
        RecordGround,
        lambda p: grounds.record(p, item=told, receiver=receiver, ground=code, words="10 kap. 2 § OSL"),
        case=case,
    )


def _plan_and_promises(world: World) -> None:
    """Egon's goal in two wordings, a draft of a plan, and promises by him and by two officials."""
    people, case, today = world.people, world.case, timezone.localdate()
    for version in (0, 1):
        text = canary("Mitt mål")
        done(people.egon, SetGoal, lambda p, t=text, v=version: plans.set_goal(p, text=t, version=v), case=case)
    done(people.anna, WritePlan, plans.begin, case=case)
    for category in CATEGORIES:
        line = plans.NewLine(
            LineKind.STEP, canary(), category=category, by_participant=True, due=today + timedelta(days=9)
        )
        done(people.anna, WritePlan, lambda p, x=line: plans.add_line(p, line=x), case=case)
    for category in CATEGORIES:
        promise = NewPromise(canary(), today + timedelta(days=9), by_participant=True, category=category)
        done(people.egon, Promise, lambda p, x=promise: commitments.make(p, promise=x), case=case)
    for who in (people.bo, people.anna):
        theirs = NewPromise(canary(), today + timedelta(days=9), account=who.account, category="work")
        done(who, Promise, lambda p, x=theirs: commitments.make(p, promise=x), case=case)


def _hers(world: World) -> None:
    """What she has to live on in her own words, and an absence told by the work place."""
    people, case = world.people, world.case
    done(
        people.egon,
        WriteLivelihood,
        lambda p: livelihood.estimate(p, terms=Estimate(monthly_before=11000, monthly_during=10000), words=canary()),
        case=case,
    )
    done(
        people.frida,
        ReportAbsence,
        lambda p: absence.report(p, day=timezone.localdate(), words=canary("Kom inte")),
        case=case,
    )


def _meeting(world: World) -> UUID:
    """One meeting that has been, with minutes of all who may write in them; one ahead, to which all are called."""
    people, case = world.people, world.case
    officials = [who.account for who in (people.bo, people.cia)]
    made = []
    for ahead in (2, 20):
        new = meetings.NewMeeting(
            purpose=canary("Möte om"),
            place=canary("Plats"),
            starts_at=timezone.now() + timedelta(days=ahead),
            officials=officials,
            questions=(Question(canary("Fråga"), "training_place"),),
        )
        made.append(done(people.anna, CallMeeting, lambda p, n=new: meetings.call(p, meeting=n), case=case))
    for id in made:
        done(
            people.egon,
            PrepareMeeting,
            lambda p, m=id: answers.prepare(p, meeting=m, text=canary("Jag vill ta upp")),
            case=case,
        )
        done(
            people.egon,
            PrepareMeeting,
            lambda p, m=id: meetings.invite_guest(p, meeting=m, name=f"Erik {canary('')}"),
            case=case,
        )
        answer(people.bo, case, id, "other_time", canary("Hellre"))
    _minutes(world, made[0])
    return made[1]


def _minutes(world: World, id: UUID) -> None:
    people, case = world.people, world.case
    after = timezone.now() + timedelta(days=3)
    view = opened(people.anna, case, id)
    present = [call.id for call in view.invitations]
    done(
        people.anna,
        WriteMinutes,
        lambda p: minutes.hold(p, meeting=id, version=view.version, present=present),
        case=case,
        at=after,
    )
    for who in (people.anna, people.bo, people.cia):
        for category in CATEGORIES:
            done(
                who,
                WriteMinutes,
                lambda p, c=category: minutes.add_point(p, meeting=id, part="point", text=canary(), category=c),
                case=case,
                at=after,
            )
    version = Meeting.objects.get(item=id).version
    done(people.anna, WriteMinutes, lambda p: minutes.publish(p, meeting=id, version=version), case=case, at=after)


def _calendars(world: World) -> None:
    for name, who in world.readers.items():
        if who.party is None and who.person is None:
            continue
        secret = f"{name}-" + "k" * 43
        done(who, KeepCalendar, lambda p, s=secret: calendar.make_address(p, token=s))
        world.calendars[name] = secret
