"""One's own list of cases says the same as the door: what is listed can be opened, and the other way round."""

from uuid import UUID

import pytest

from samverk.access.actor import Actor
from samverk.access.cases import my_cases
from samverk.access.declare import ReadCase, WriteReferral
from samverk.access.declare_house import SeeMyDay
from samverk.actions import referrals
from tests.build import active_case, close, done, is_refused, own_referral, partys_referral
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def listed(who: Actor, case: UUID) -> bool:
    """Whether the case stands in `who`'s list, under way or ended."""
    rows = [row for closed in (False, True) for row in done(who, SeeMyDay, lambda p, c=closed: my_cases(p, closed=c))]
    return case in {row.id for row in rows}


def opens(who: Actor, case: UUID) -> bool:
    return not is_refused(who, ReadCase, case=case)


def test_a_referral_that_has_reached_the_team_stands_in_its_list(people: Cast) -> None:
    """A role in the programme covers the case as soon as something in it is visible (design.md, the rule)."""
    case = own_referral(people)
    assert [(listed(who, case), opens(who, case)) for who in (people.bo, people.cia)] == [(True, True), (False, False)]


def test_what_is_withdrawn_leaves_the_teams_lists(people: Cast) -> None:
    """Draft and withdrawn, nobody in the team can tell the case from one that does not exist (design.md)."""
    case = own_referral(people)
    done(people.egon, WriteReferral, referrals.withdraw, case=case)
    assert [(listed(who, case), opens(who, case)) for who in (people.bo, people.egon)] == [(False, False), (True, True)]
    done(people.egon, WriteReferral, referrals.reopen, case=case)
    assert (listed(people.bo, case), opens(people.bo, case)) == (False, False)


def test_an_unsent_referral_is_its_writers_alone(people: Cast) -> None:
    """Bo's own draft stands in his list, since he answers for it; his colleague in the team sees nothing."""
    case = partys_referral(people, by=people.bo, sent=False)
    assert [(listed(who, case), opens(who, case)) for who in (people.bo, people.anna)] == [(True, True), (False, False)]


def test_list_and_door_agree_for_everyone(people: Cast) -> None:
    """Under way and closed, for each of the people of the tests."""
    case = active_case(people)
    everyone = (people.anna, people.bo, people.cia, people.dag, people.egon, people.frida)
    assert [listed(who, case) for who in everyone] == [opens(who, case) for who in everyone]
    close(people, case)
    assert [listed(who, case) for who in everyone] == [opens(who, case) for who in everyone]
