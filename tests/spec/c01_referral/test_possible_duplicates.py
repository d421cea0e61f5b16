"""A possible duplicate is recognised when the person is already known in the programme: told only to those who may know."""

from uuid import UUID

import pytest

from samverk.access import referrals as views
from samverk.access.actor import Actor
from samverk.access.declare import AssignOfficial, DecideIntake, ReadCase, WriteReferral
from samverk.actions import cases, referrals
from samverk.domain.information import Protection
from samverk.store.models import Clearance, Person
from tests.build import EGONS_NUMBER, active_case, covered_referral, done, give, partys_referral
from tests.people import Cast

pytestmark = pytest.mark.django_db


def told(who: Actor, act: type, case: UUID) -> list[UUID]:
    return [other.case for other in done(who, act, views.duplicates, case=case)]


def test_the_same_number_and_name_is_the_same_person(people: Cast) -> None:
    """A person is not made twice; what stands about her is not changed by a referral."""
    partys_referral(people, by=people.cia, person=people.egon)
    partys_referral(people, by=people.bo, name="egon  JÖNSSON", personal_number=EGONS_NUMBER, birth_year=None)
    assert Person.objects.count() == 1
    assert Person.objects.get().name == "Egon Jönsson"


def test_a_number_alone_does_not_open_the_name_behind_it(people: Cast) -> None:
    """Whoever types a number learns nothing of who has it (design.md: forbidden and absent look the same)."""
    partys_referral(people, by=people.cia, person=people.egon)
    case = partys_referral(people, by=people.bo, name="Någon Annan", personal_number=EGONS_NUMBER, birth_year=None)
    view = done(people.bo, ReadCase, views.referral_of, case=case)
    assert view is not None
    assert (view.person_name, view.told.personal_number) == ("Någon Annan", EGONS_NUMBER)


def test_the_team_is_told_when_it_may_know_of_the_other_case(people: Cast) -> None:
    """Same number, or same name and year of birth: the team that sees both is told at the decision."""
    first = active_case(people)
    again = covered_referral(people, by=people.bo, receiver=people.municipality)
    by_name = partys_referral(people, by=people.bo, name="egon jönsson", birth_year=1952)
    assert told(people.anna, DecideIntake, again) == [first]
    assert set(told(people.bo, DecideIntake, by_name)) == {first, again}


def test_the_team_is_not_told_of_a_case_that_it_cannot_see(people: Cast) -> None:
    """Never otherwise: not a word about a referral that has not reached it."""
    partys_referral(people, by=people.dag, person=people.egon)
    case = covered_referral(people, by=people.cia, receiver=people.municipality)
    assert told(people.anna, DecideIntake, case) == []


def test_a_referrer_is_told_only_where_she_is_assigned(people: Cast) -> None:
    """Her own party's knowledge of a case is not hers: she is told only of cases that she works in."""
    first = active_case(people)
    case = partys_referral(people, by=people.stig, person=people.egon)
    assert told(people.stig, WriteReferral, case) == []
    hers = partys_referral(people, by=people.cia, person=people.egon)
    assert told(people.cia, WriteReferral, hers) == []
    give(people, first, giver=None, receiver=people.fk)
    assert told(people.cia, WriteReferral, hers) == [first]
    assert told(people.stig, WriteReferral, case) == []


def test_whoever_has_left_the_case_is_no_longer_told(people: Cast) -> None:
    """Assignments end."""
    first = active_case(people)
    give(people, first, giver=None, receiver=people.fk)
    hers = partys_referral(people, by=people.cia, person=people.egon)
    account = people.cia.account
    assert account is not None
    done(people.anna, AssignOfficial, lambda p: cases.let_go(p, account=account), case=first)
    assert told(people.cia, WriteReferral, hers) == []


def test_she_herself_is_told(people: Cast) -> None:
    """She knows everything about herself: she is shown the way that she already has."""
    first = active_case(people)
    case = partys_referral(people, by=people.bo, person=people.egon)
    assert told(people.egon, ReadCase, case) == [first]


def test_a_protected_person_is_not_found_by_her_number(people: Cast) -> None:
    """The answer is the same for a number that nobody has: protected identity admits cleared parties only."""
    hidden = referrals.NewPerson("Vera Holm", EGONS_NUMBER, protection=Protection.FICTITIOUS)
    partys_referral(
        people,
        by=people.cia,
        name=hidden.name,
        personal_number=EGONS_NUMBER,
        protection=hidden.protection,
        birth_year=None,
    )
    case = partys_referral(people, by=people.bo, name="Vera Holm", personal_number=EGONS_NUMBER, birth_year=None)
    assert not told(people.bo, WriteReferral, case)
    assert Person.objects.filter(name="Vera Holm").count() == 2
    assert Clearance.objects.get().party_id == people.fk
    partys_referral(people, by=people.cia, name="Vera Holm", personal_number=EGONS_NUMBER, birth_year=None)
    assert Person.objects.filter(name="Vera Holm").count() == 2


def test_nobody_hides_anothers_case_by_claiming_that_she_is_protected(people: Cast) -> None:
    """A claim of protected identity is kept on a record of its own: the case that goes on stays open."""
    first = active_case(people)
    Person.objects.update(personal_number=EGONS_NUMBER)
    partys_referral(
        people,
        by=people.dag,
        name="Egon Jönsson",
        personal_number=EGONS_NUMBER,
        birth_year=None,
        protection=Protection.FICTITIOUS,
    )
    assert done(people.anna, ReadCase, lambda p: p.case.person_name, case=first) == "Egon Jönsson"
