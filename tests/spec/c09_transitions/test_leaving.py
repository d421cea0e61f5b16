"""Chapter 9, transitions: when an official leaves, her cases are handed over, not lost (domain.md §3.9)."""

from uuid import UUID

import pytest

from samverk.access.actor import actor_of, system_actor
from samverk.access.declare_house import RunProgramme, SetUp
from samverk.access.door import door
from samverk.actions import leaving, setup
from samverk.domain.parties import Role
from samverk.domain.words import Rejection
from tests.build import close, done, hand_over_to, is_refused
from tests.people import Cast

pytestmark = pytest.mark.django_db


def leave(account: UUID | None) -> None:
    assert account is not None
    done(system_actor("test"), SetUp, lambda p: leaving.deactivate(p, account=account))


def test_an_account_with_cases_cannot_be_closed(people: Cast, case: UUID) -> None:
    """The operator learns how many cases must be handed over first, and nothing more of them."""
    with pytest.raises(Rejection) as refused:
        leave(people.anna.account)
    assert refused.value.problems[0].params == {"count": 1}
    assert actor_of(people.anna.account) is not None  # type: ignore[arg-type]


def test_after_the_hand_over_it_can(people: Cast, case: UUID) -> None:
    """When the cases have been handed over, the account can be closed, and its holder comes in no more.

    Not while nobody else is the programme's coordinator: its people would have nobody to turn to.
    """
    hand_over_to(people, case, next=people.bo)
    with pytest.raises(Rejection) as refused:
        leave(people.anna.account)
    assert refused.value.problems[0].params == {"programmes": "Samverkan Nacka"}
    assert actor_of(people.anna.account) is not None  # type: ignore[arg-type]
    with door(system_actor("test"), RunProgramme, programme=people.programme) as permit:
        assert permit is not None
        setup.give_role(permit, account=people.bo.account, role=Role.COORDINATOR)  # type: ignore[arg-type]
    leave(people.anna.account)
    assert actor_of(people.anna.account) is None  # type: ignore[arg-type]


def test_the_contact_person_of_a_closed_case_still_has_it(people: Cast, case: UUID) -> None:
    """Support goes on after the closing, so its contact person cannot just vanish; other officials may."""
    close(people, case)
    leave(people.cia.account)
    with pytest.raises(Rejection):
        leave(people.anna.account)


def test_only_the_operator_closes_accounts(people: Cast) -> None:
    """An official does not set up the house."""
    assert is_refused(people.anna, SetUp)
