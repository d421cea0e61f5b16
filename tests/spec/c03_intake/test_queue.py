"""The joint team sees who waits, since when, and in an order that it can explain."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samverk.access import intake as queues
from samverk.access.declare import AnswerOffer, DecideIntake
from samverk.access.declare_house import SeeIntake, SeeMyDay
from samverk.actions import intake
from samverk.domain.words import Conflict, Rejection
from samverk.store.models import Case, Criterion, Programme, Referral
from tests.build import active_case, asked_of, done, is_refused, own_referral, partys_referral
from tests.people import Cast

pytestmark = pytest.mark.django_db


def seen(people: Cast) -> queues.QueueView:
    return done(people.bo, SeeIntake, queues.queue, programme=people.programme)


def waited(case: UUID, days: int) -> None:
    Case.objects.filter(id=case).update(opened_at=timezone.now() - timedelta(days=days))


def move(people: Cast, case: UUID, priority: int, reason: str) -> None:
    version = Referral.objects.get(item__case=case).version
    done(
        people.bo,
        DecideIntake,
        lambda p: intake.prioritise(p, priority=priority, reason=reason, version=version),
        case=case,
    )


@pytest.mark.parametrize("name", ["cia", "dag", "stig", "frida", "egon"])
def test_only_the_team_sees_the_queue(people: Cast, name: str) -> None:
    """A joint team, one member per party; the steering group and the others do not look in (domain.md §3.3)."""
    assert is_refused(getattr(people, name), SeeIntake, programme=people.programme)
    assert done(getattr(people, name), SeeMyDay, queues.my_programmes) == ()


def test_who_has_waited_longest_stands_first(people: Cast) -> None:
    """Waiting time counts from the referral (domain.md §3.1) and is told in days."""
    newer, older = partys_referral(people, by=people.bo), partys_referral(people, by=people.bo, name="Per Ek")
    waited(newer, 3)
    waited(older, 21)
    assert [(row.name, row.days) for row in seen(people).to_decide] == [("Per Ek", 21), ("Rut Berg", 3)]


def test_a_priority_is_one_that_the_team_can_explain(people: Cast) -> None:
    """A priority that the team can explain (domain.md §3.3): moved forward with a reason, and back without."""
    first, other = partys_referral(people, by=people.bo), partys_referral(people, by=people.bo, name="Per Ek")
    waited(first, 9)
    with pytest.raises(Rejection) as refused:
        move(people, other, 1, " ")
    assert refused.value.problems[0].field == "reason"
    move(people, other, 1, "Hyran är uppsagd.")
    assert [(row.name, row.priority_reason) for row in seen(people).to_decide] == [
        ("Per Ek", "Hyran är uppsagd."),
        ("Rut Berg", ""),
    ]
    move(people, other, 0, "glömt kvar")
    assert [row.name for row in seen(people).to_decide] == ["Rut Berg", "Per Ek"]
    assert Referral.objects.get(item__case=other).priority_reason == ""


def test_two_who_move_the_same_one_are_both_heard(people: Cast) -> None:
    """Whoever comes second sees what the first wrote (house.md, Errors)."""
    case = partys_referral(people, by=people.bo)
    move(people, case, 2, "Sjukpenningen tar slut.")
    with pytest.raises(Conflict) as conflict:
        done(people.bo, DecideIntake, lambda p: intake.prioritise(p, priority=0, reason="", version=1), case=case)
    assert conflict.value.theirs == {"priority": "2", "reason": "Sjukpenningen tar slut."}


def test_a_priority_tells_nothing_of_a_referral_that_one_cannot_read(people: Cast) -> None:
    """Forbidden and absent look the same (design.md): without sight, the place is the waiting time's."""
    hidden = partys_referral(people, by=people.cia)
    Referral.objects.filter(item__case=hidden).update(priority=2, priority_reason="Hemligt skäl.")
    known = partys_referral(people, by=people.bo)
    waited(known, 5)
    rows = seen(people).to_decide
    assert [(row.name, row.priority, row.priority_reason) for row in rows] == [("Rut Berg", 0, ""), ("", 0, "")]


def test_places_and_criteria_stand_beside_the_queue(people: Cast) -> None:
    """Criteria belong to the programme; capacity is limited (domain.md §3.3): offered places are taken."""
    Programme.objects.update(places=2, meeting_rhythm="varannan tisdag")
    Criterion.objects.create(id=UUID(int=1), programme_id=people.programme, text="I arbetsför ålder", position=0)
    active_case(people)
    partys_referral(people, by=people.bo)
    facts = seen(people).programme
    assert (facts.taken, facts.places, facts.free, facts.rhythm) == (1, 2, 1, "varannan tisdag")
    assert facts.criteria == ("I arbetsför ålder",)


def test_each_stage_of_waiting_has_its_own_list(people: Cast) -> None:
    """To decide, asked for more, and for her own answer: nobody falls out of sight in between."""
    asked, offered = partys_referral(people, by=people.bo, name="Per Ek"), own_referral(people)
    partys_referral(people, by=people.bo)
    done(people.bo, DecideIntake, lambda p: intake.ask_for_more(p, wanted="Vad säger läkaren?"), case=asked)
    contact = people.anna.account
    assert contact is not None
    done(people.anna, DecideIntake, lambda p: intake.accept(p, contact=contact), case=offered)
    queue = seen(people)
    assert [[row.name for row in rows] for rows in (queue.to_decide, queue.asked, queue.offered)] == [
        ["Rut Berg"],
        ["Per Ek"],
        ["Egon Jönsson"],
    ]
    done(people.egon, AnswerOffer, lambda p: intake.say_yes(p, support_condition=None), case=offered)
    assert seen(people).offered == ()


def test_many_who_wait_cost_no_more_queries(people: Cast) -> None:
    """Four who wait cost what one costs (house.md): nine, and on PostgreSQL the statement that says who asks."""
    taken = []
    for waiting in range(1, 5):
        partys_referral(people, by=people.bo, name=f"Person {waiting}")
        with CaptureQueriesContext(connection) as queries:
            assert len(seen(people).to_decide) == waiting
        taken.append(len(asked_of(queries)))
    assert taken == [9 + (connection.vendor == "postgresql")] * 4


def test_a_declined_person_does_not_disappear(people: Cast) -> None:
    """A declined person never just disappears (domain.md §3.3): the team goes on seeing the reason and the next door."""
    case = partys_referral(people, by=people.bo)
    door = "Vårdcentralen i Sickla"
    done(people.bo, DecideIntake, lambda p: intake.decline(p, reason="full", text="", next_door=door), case=case)
    (row,) = seen(people).declined
    assert (row.name, row.reason, row.next_door, row.told) == ("Rut Berg", "Inga lediga platser", door, False)
    assert seen(people).to_decide == ()
    # Anna's party has no consent: forbidden and absent look the same.
    assert done(people.anna, SeeIntake, queues.queue, programme=people.programme).declined == ()
    assert done(people.bo, SeeIntake, queues.queue, programme=people.programme, at=later(91)).declined == ()


def test_who_said_no_herself_is_told_of_too(people: Cast) -> None:
    """The person, too, says yes or no (domain.md §3.3): what happens instead stays in sight."""
    case = own_referral(people)
    account = people.anna.account
    assert account is not None
    done(people.anna, DecideIntake, lambda p: intake.accept(p, contact=account), case=case)
    done(people.egon, AnswerOffer, lambda p: intake.say_no(p, next_door=""), case=case)
    (row,) = seen(people).declined
    assert (row.name, row.reason, row.told) == ("Egon Jönsson", "", True)
    assert seen(people).offered == ()


def later(days: int) -> datetime:
    return timezone.now() + timedelta(days=days)
