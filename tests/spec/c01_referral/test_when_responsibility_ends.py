"""The referring official keeps her case until someone else has said yes (domain.md §3.1); then the page says that it is over."""

from uuid import UUID

import pytest

from samverk.access.actor import Actor
from samverk.access.declare import AnswerOffer, AssignOfficial, DecideIntake
from samverk.actions import cases, intake
from tests.build import browser, covered_referral, done, own_referral
from tests.people import Cast

pytestmark = pytest.mark.django_db
KEPT = "Du har kvar ansvaret tills någon annan har sagt ja och personen vill."
OVER = "Ditt ansvar som remittent är över. Du är kvar i ärendet som handläggare."


def page(who: Actor, case: UUID) -> str:
    answer = browser(who).get(f"/arenden/{case}/remiss/")
    assert answer.status_code == 200
    return answer.content.decode()


def accepted(people: Cast, case: UUID) -> None:
    contact = people.anna.account
    assert contact is not None
    done(people.anna, DecideIntake, lambda p: intake.accept(p, contact=contact), case=case)


def yes(people: Cast, case: UUID) -> None:
    done(people.egon, AnswerOffer, lambda p: intake.say_yes(p, support_condition=False), case=case)


def test_it_is_kept_until_her_own_yes_and_then_said_to_be_over(people: Cast) -> None:
    """Not at the team's yes, but at hers; then her part as referrer has ended, and the page still knows that she was."""
    case = covered_referral(people, by=people.cia, receiver=people.municipality)
    accepted(people, case)
    assert (KEPT in page(people.cia, case), OVER in page(people.cia, case)) == (True, False)
    yes(people, case)
    assert (KEPT in page(people.cia, case), OVER in page(people.cia, case)) == (False, True)


def test_it_stays_after_her_no(people: Cast) -> None:
    """The person says no: the referrer has her case as before."""
    case = covered_referral(people, by=people.cia, receiver=people.municipality)
    accepted(people, case)
    done(people.egon, AnswerOffer, lambda p: intake.say_no(p, next_door=""), case=case)
    assert (KEPT in page(people.cia, case), OVER in page(people.cia, case)) == (True, False)


def test_nobody_else_is_told_of_a_responsibility(people: Cast) -> None:
    """Neither the coordinator, a colleague of the referrer, nor the person herself ever had it."""
    case = covered_referral(people, by=people.cia, receiver=people.municipality)
    accepted(people, case)
    yes(people, case)
    done(people.anna, AssignOfficial, lambda p: cases.assign(p, account=people.stig.account), case=case)  # type: ignore[arg-type]
    for who in (people.anna, people.stig, people.egon):
        assert KEPT not in page(who, case)
        assert OVER not in page(who, case)


def test_her_own_referral_has_no_referrer(people: Cast) -> None:
    """Who refers herself has no responsibility to be let off."""
    case = own_referral(people)
    accepted(people, case)
    yes(people, case)
    assert OVER not in page(people.egon, case)
