"""The programme's phases: the case comes into each as the work does, and the case page shows how far it is."""

from uuid import UUID

import pytest
from django.utils import timezone

from samverk.access.cases import open_case
from samverk.access.declare import (
    AnswerOffer,
    CloseCase,
    DecideIntake,
    NameNext,
    ReadCase,
    WriteMeasure,
    WritePlan,
    WriteReferral,
)
from samverk.actions import closing, hand_overs, intake, measures, plans, referrals
from samverk.domain.process import Step
from samverk.store.models import Event, ProgrammePhase
from tests.build import a_measure, active_case, browser, close, done, hand_over_to, own_referral
from tests.build_plans import agreed
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def now(people: Cast, case: UUID) -> list[str]:
    """The steps of the phases that the case is in, as Egon sees them."""
    seen = done(people.egon, ReadCase, open_case, case=case)
    return [phase.step for phase in seen.phases if phase.state == "now"]


def been(people: Cast, case: UUID) -> list[str]:
    """The steps of the phases that the case has left."""
    seen = done(people.egon, ReadCase, open_case, case=case)
    return [phase.step for phase in seen.phases if phase.state == "done"]


def test_from_referral_to_her_yes(people: Cast) -> None:
    """Referral when it is sent, intake when the team says yes, mapping from her own yes (domain.md §3.1-4)."""
    case = own_referral(people)
    assert now(people, case) == [Step.REFERRAL]
    contact = people.anna.account
    assert contact is not None
    done(people.anna, DecideIntake, lambda p: intake.accept(p, contact=contact), case=case)
    assert now(people, case) == [Step.INTAKE]
    done(people.egon, AnswerOffer, lambda p: intake.say_yes(p, support_condition=False), case=case)
    assert now(people, case) == [Step.MAPPING]
    assert been(people, case) == [Step.REFERRAL, Step.INTAKE]


def test_the_first_draft_is_the_phase_of_planning(people: Cast) -> None:
    """From mapping to plan when somebody begins to write it (domain.md §3.5)."""
    case = active_case(people)
    done(people.anna, WritePlan, plans.begin, case=case)
    assert now(people, case) == [Step.PLAN]


def test_what_began_early_becomes_the_phase_when_the_plan_is_agreed(people: Cast) -> None:
    """Start early: find the training place while mapping goes on; agreed, the measures are the work (§3.7)."""
    case = active_case(people)
    a_measure(people, case, until="ongoing")
    assert now(people, case) == [Step.MAPPING]
    agreed(people, case)
    assert now(people, case) == [Step.MEASURES]


def test_an_agreed_plan_without_measures_waits_for_the_first(people: Cast) -> None:
    """The phase is of what happens, not of what is written."""
    case = active_case(people)
    agreed(people, case)
    assert now(people, case) == [Step.PLAN]
    measure = a_measure(people, case)
    day = timezone.localdate()
    done(people.anna, WriteMeasure, lambda p: measures.start(p, measure=measure, on=day), case=case)
    assert now(people, case) == [Step.MEASURES]


def test_a_new_version_of_the_plan_stops_no_measure(people: Cast) -> None:
    """Phases overlap (domain.md §3): what goes on does so while the plan is reviewed and written anew."""
    case = active_case(people)
    agreed(people, case)
    a_measure(people, case, until="ongoing")
    done(people.anna, WritePlan, plans.begin, case=case)
    assert now(people, case) == [Step.MEASURES]


def test_a_change_of_contact_person_is_a_transition_beside_the_rest(people: Cast) -> None:
    """Transitions are the worst moments: it shows while it lasts, and the work goes on (domain.md §3.9)."""
    case = active_case(people)
    named = hand_over_to(people, case, next=people.bo, until="met")
    assert now(people, case) == [Step.MAPPING, Step.TRANSITION]
    done(people.anna, NameNext, lambda p: hand_overs.release(p, hand_over=named), case=case)
    assert now(people, case) == [Step.MAPPING]
    assert Event.objects.filter(what="phase.left").count() == 1


@pytest.mark.parametrize("until", ["named", "accepted"])
def test_a_hand_over_that_is_called_off_is_no_transition_any_more(people: Cast, until: str) -> None:
    """Called off, everything stays as it was (domain.md §3.9)."""
    case = active_case(people)
    named = hand_over_to(people, case, next=people.bo, until=until)
    done(people.anna, NameNext, lambda p: hand_overs.cancel(p, hand_over=named, reason="Anna stannar."), case=case)
    assert now(people, case) == [Step.MAPPING]


def test_closing_is_follow_up_and_taking_up_again_goes_back(people: Cast) -> None:
    """Followed up after the end; taken up again without starting from zero (domain.md §3.10-11)."""
    case = active_case(people)
    close(people, case)
    assert now(people, case) == [Step.FOLLOW_UP]
    contact = people.anna.account
    done(
        people.anna,
        CloseCase,
        lambda p: closing.take_up_again(p, words="Egon har blivit uppsagd.", contact=contact),
        case=case,
    )
    assert now(people, case) == [Step.MAPPING]


def test_a_case_that_ends_before_it_began_is_in_no_phase(people: Cast) -> None:
    """What is withdrawn goes on nowhere; sent again, it is a referral anew."""
    case = own_referral(people)
    done(people.egon, WriteReferral, referrals.withdraw, case=case)
    assert (now(people, case), been(people, case)) == ([], [Step.REFERRAL])
    done(people.egon, WriteReferral, referrals.reopen, case=case)
    done(
        people.egon, WriteReferral, lambda p: referrals.send(p, own_consent=True, condition_of_benefit=False), case=case
    )
    assert now(people, case) == [Step.REFERRAL]


def test_a_programme_without_the_phase_stays_where_it_is(people: Cast) -> None:
    """Names and number of phases are the programme's own (domain.md §4)."""
    ProgrammePhase.objects.filter(programme=people.programme, step=Step.PLAN).delete()
    case = active_case(people)
    done(people.anna, WritePlan, plans.begin, case=case)
    assert now(people, case) == [Step.MAPPING]


def test_the_case_page_shows_how_far_she_has_come(people: Cast) -> None:
    """The state of the whole on one screen: what is done, what goes on, what remains (look/principles)."""
    case = active_case(people)
    agreed(people, case)
    a_measure(people, case, until="ongoing")
    page = browser(people.anna).get(f"/arenden/{case}/")
    drawn = [(phase.name, phase.state) for phase in page.context["phases"]]
    assert drawn == [
        ("Remiss", "done"),
        ("Sluss", "done"),
        ("Kartläggning", "done"),
        ("Plan", "done"),
        ("Insatser", "now"),
        ("Övergång", "ahead"),
        ("Uppföljning", "ahead"),
    ]
    assert page.content.decode().count('aria-current="step"') == 1
