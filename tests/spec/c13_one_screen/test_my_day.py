"""An official's own day: what waits for her is told, wherever in the process it waits."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from samverk.access.actor import Actor
from samverk.access.declare import AnswerOffer, DecideIntake, TakeOver, WriteReferral
from samverk.access.declare_house import SeeMyDay
from samverk.access.my_day import MyDay, my_day
from samverk.actions import hand_overs, intake, referrals
from samverk.store.models import Measure
from tests import build
from tests.people import Cast, cast
from tests.spec.c06_meetings import scene

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def people() -> Cast:
    return cast()


def day(who: Actor, later: int = 0) -> MyDay:
    """Her day, so many days from now."""
    return build.done(who, SeeMyDay, my_day, at=timezone.now() + timedelta(days=later))


def kinds(who: Actor, later: int = 0) -> list[str]:
    """What waits for her."""
    return [need.what for need in day(who, later).needs]


def decline(people: Cast, case: UUID) -> None:
    """Anna says no for the team."""
    door = "Vårdcentralen i Sickla, 08-123 45 00."
    build.done(
        people.anna, DecideIntake, lambda p: intake.decline(p, reason="full", text="", next_door=door), case=case
    )


def test_the_referrer_is_asked_for_more_on_her_own_day(people: Cast) -> None:
    """The team asks for more (domain.md §3.3): the question finds the referrer, and goes when she has answered."""
    case = build.covered_referral(people, by=people.cia, receiver=people.municipality)
    assert kinds(people.cia) == []
    build.done(people.anna, DecideIntake, lambda p: intake.ask_for_more(p, wanted="Finns en läkare?"), case=case)
    assert [(need.what, need.text) for need in day(people.cia).needs] == [("referral_asked", "Finns en läkare?")]
    build.done(people.cia, WriteReferral, referrals.send, case=case)
    assert kinds(people.cia) == []


def test_the_referrer_is_told_of_a_no_and_keeps_the_responsibility(people: Cast) -> None:
    """The referrer is told the outcome, and nobody disappears (domain.md §3.1, §3.3)."""
    case = build.covered_referral(people, by=people.cia, receiver=people.municipality)
    decline(people, case)
    (need,) = day(people.cia).needs
    assert (need.what, need.late) == ("referral_declined", False)
    assert "Sickla" in need.text
    assert kinds(people.bo) == []
    page = build.browser(people.cia).get("/min-dag/").content.decode()
    assert "Du har kvar ansvaret." in page


def test_whoever_must_tell_her_is_reminded_until_she_knows(people: Cast) -> None:
    """Nobody learns last what was decided about her (domain.md §3): without account, the referrer tells."""
    case = build.partys_referral(people, by=people.anna)
    decline(people, case)
    assert kinds(people.anna, later=30) == ["referral_declined_tell"]
    assert day(people.anna, later=30).needs[0].late
    build.done(people.anna, WriteReferral, lambda p: referrals.tell(p, how="spoken"), case=case)
    assert kinds(people.anna) == ["referral_declined"]
    assert kinds(people.anna, later=30) == []


def test_a_yes_to_tell_and_a_no_of_hers_come_back_to_the_referrer(people: Cast) -> None:
    """The person says yes or no herself; the referrer keeps the responsibility until then (domain.md §3.3)."""
    case = build.partys_referral(people, by=people.anna)
    contact = people.anna.account
    assert contact is not None
    build.done(people.anna, DecideIntake, lambda p: intake.accept(p, contact=contact), case=case)
    assert sorted(kinds(people.anna)) == ["offer_talk", "referral_tell"]
    build.done(people.anna, WriteReferral, lambda p: referrals.tell(p, how="spoken"), case=case)
    build.done(people.anna, AnswerOffer, lambda p: intake.talk(p, on=TODAY), case=case)
    assert kinds(people.anna) == ["offer_answer"]
    assert day(people.anna, later=8).needs[0].late
    build.done(people.anna, AnswerOffer, lambda p: intake.say_no(p, next_door="Ring Cia.", how="spoken"), case=case)
    assert [(need.what, need.text) for need in day(people.anna).needs] == [("referral_said_no", "Ring Cia.")]


def test_a_meeting_that_has_been_waits_for_its_minutes(people: Cast) -> None:
    """Every decision of a meeting is written down, or it was not a decision (domain.md §3.6)."""
    case = build.active_case(people)
    meeting = scene.call(people, case)
    assert "meeting_unwritten" not in kinds(people.anna)
    assert "meeting_unwritten" in kinds(people.anna, later=4)
    assert "meeting_unwritten" not in kinds(people.bo, later=4)
    scene.hold(people, case, meeting)
    assert "minutes_unwritten" in kinds(people.anna, later=4)


def test_a_measure_at_its_limit_or_past_its_day_waits(people: Cast) -> None:
    """Limits in law: six months, then a new decision (domain.md §3.7). Days that pass are seen by who holds the case."""
    case = build.active_case(people)
    measure = build.a_measure(people, case, by=people.bo, planned_start=TODAY, planned_end=TODAY + timedelta(days=20))
    assert "measure_start" not in kinds(people.anna)
    assert "measure_start" in kinds(people.anna, later=2)
    assert "measure_start" in kinds(people.bo, later=2)
    assert "measure_start" not in kinds(people.cia, later=2)
    Measure.objects.filter(item=measure).update(status="ongoing")
    assert "measure_end" in kinds(people.bo, later=21)
    Measure.objects.filter(item=measure).update(planned_end=None, limit_on=TODAY + timedelta(days=10), limit_rule="6 m")
    assert "measure_limit" in kinds(people.bo)


def test_the_work_place_tells_of_an_absence_from_its_first_page(people: Cast) -> None:
    """The work place reports it in one step (domain.md §3.7): one press from where its people come in."""
    case = build.active_case(people)
    assert day(people.frida).at_my_place == ()
    build.assign_workplace(people, case)
    page = build.browser(people.frida).get("/min-dag/").content.decode()
    assert f"/arenden/{case}/franvaro/anmal/" in page
    assert "Kom någon inte i dag?" not in build.browser(people.bo).get("/min-dag/").content.decode()


def test_the_way_to_a_referral_is_found_by_everyone(people: Cast) -> None:
    """A referral comes from any party, or from the person herself (domain.md §3.1): nobody has to know the address."""
    assert "/remisser/" in build.browser(people.cia).get("/min-dag/").content.decode()
    assert "/remisser/ny/" in build.browser(people.egon).get("/min-plan/", follow=True).content.decode()


def test_a_hand_over_comes_back_to_whoever_holds_the_case(people: Cast) -> None:
    """Who lets go is told when they have met, and when the next one cannot (domain.md §3.9); a new try ends it."""
    case = build.active_case(people)
    build.hand_over_to(people, case, next=people.bo, until="met")
    assert [(n.what, n.text) for n in day(people.anna).needs if n.what.startswith("hand")] == [("hand_over_met", "Bo")]
    other = build.active_case(people)
    named = build.hand_over_to(people, other, next=people.bo, until="named")
    build.done(people.bo, TakeOver, lambda p: hand_overs.decline(p, hand_over=named, reason="Slutar."), case=other)
    assert "hand_over_declined" in kinds(people.anna)
    assert "hand_over_declined" not in kinds(people.bo)
    build.hand_over_to(people, other, next=people.bo, until="named")
    assert "hand_over_declined" not in kinds(people.anna)
    assert "Lämna över nu." in build.browser(people.anna).get("/min-dag/").content.decode()
