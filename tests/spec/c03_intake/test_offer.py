"""The person, too, says yes or no to the programme, after a first talk."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from samverk.access import intake as offers
from samverk.access import referrals as views
from samverk.access.declare import AnswerOffer, DecideIntake, ReadCase, WriteReferral
from samverk.access.declare_house import SeeMyDay
from samverk.actions import intake, referrals
from samverk.domain.words import Rejection
from samverk.store.models import Assignment, Case, Event, Referral
from tests.build import covered_referral, done, is_refused, own_referral
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(people: Cast) -> UUID:
    """Cia referred Egon; the team has said yes, knowing that it is a condition of a benefit."""
    case = covered_referral(people, by=people.cia, receiver=people.municipality)
    contact = people.anna.account
    assert contact is not None
    done(people.anna, DecideIntake, lambda p: intake.accept(p, contact=contact, support_condition=True), case=case)
    return case


def yes(people: Cast, case: UUID) -> None:
    done(people.egon, AnswerOffer, lambda p: intake.say_yes(p, support_condition=True), case=case)


def test_her_yes_starts_the_case(people: Cast, case: UUID) -> None:
    """Only now is she in the programme, with the day and whether it is a condition (domain.md §3.2, §3.3)."""
    yes(people, case)
    row = Case.objects.get()
    assert (row.status, row.started_on, row.support_condition) == ("active", timezone.localdate(), True)
    assert Referral.objects.get().answered_how == "screen"
    assert "offer.accepted" in Event.objects.values_list("what", flat=True)


def test_her_yes_lets_the_referrer_go(people: Cast, case: UUID) -> None:
    """Someone else has said yes, and she too: the referrer stays as her party's official (domain.md §3.1)."""
    yes(people, case)
    live = Assignment.objects.filter(account=people.cia.account, until__isnull=True)
    assert [row.part for row in live] == ["official"]
    assert is_refused(people.cia, WriteReferral, case=case)
    (row,) = done(people.cia, SeeMyDay, views.mine)
    assert (row.mine, row.outcome is not None and row.outcome.answer) == (False, "yes")


def test_before_she_answers_she_is_told_whether_it_is_a_condition(people: Cast, case: UUID) -> None:
    """Record whether it is, and tell her (domain.md §3.2): before her answer, not after."""
    offer = done(people.egon, AnswerOffer, offers.offer_of, case=case)
    assert offer is not None
    assert (offer.condition, offer.contact, offer.contact_party) == (True, "Anna", "Nacka kommun")


def test_her_no_needs_no_explanation(people: Cast, case: UUID) -> None:
    """She may leave the next door empty; then the referrer has the responsibility, and sees the answer."""
    done(people.egon, AnswerOffer, lambda p: intake.say_no(p, next_door=""), case=case)
    assert Case.objects.get().status == "ended"
    (row,) = done(people.cia, SeeMyDay, views.mine)
    assert row.mine
    assert row.outcome is not None
    assert row.outcome.answer == "no"
    assert not Assignment.objects.filter(part="contact", until__isnull=True).exists()


def test_she_may_change_her_mind(people: Cast, case: UUID) -> None:
    """A case can be taken up again without starting from zero (domain.md §3.10)."""
    done(people.egon, AnswerOffer, lambda p: intake.say_no(p, next_door=""), case=case)
    done(people.cia, WriteReferral, referrals.reopen, case=case)
    done(people.cia, WriteReferral, referrals.send, case=case)
    assert (Case.objects.get().status, Referral.objects.get().answered_at) == ("referred", None)


def test_the_contact_person_records_what_she_said_at_the_talk(people: Cast, case: UUID) -> None:
    """Who has no account answers spoken or on paper; the row says how (domain.md §3.3)."""
    today = timezone.localdate()
    done(
        people.anna,
        AnswerOffer,
        lambda p: intake.say_yes(p, support_condition=False, how="paper", talked_on=today),
        case=case,
    )
    row = Referral.objects.get()
    assert (row.answered_how, row.talked_on, Case.objects.get().status) == ("paper", today, "active")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"how": "screen"}, "how"),
        ({"how": "spoken"}, "talked_on"),
        ({"how": "spoken", "talked_on": timezone.localdate() + timedelta(days=2)}, "talked_on"),
    ],
)
def test_nobody_answers_for_her_without_having_met_her(
    people: Cast, case: UUID, told: dict[str, object], field: str
) -> None:
    """An official says how and after which talk she answered; the field is named and nothing written."""
    with pytest.raises(Rejection) as refused:
        done(
            people.anna,
            AnswerOffer,
            lambda p: intake.say_yes(p, support_condition=None, **told),  # type: ignore[arg-type]
            case=case,
        )
    assert refused.value.problems[0].field == field
    assert Case.objects.get().status == "offered"
    assert Referral.objects.get().talked_on is None


def test_a_recorded_no_has_a_next_door(people: Cast, case: UUID) -> None:
    """A closed door with no next door must never happen (domain.md §3)."""
    with pytest.raises(Rejection) as refused:
        done(
            people.anna,
            AnswerOffer,
            lambda p: intake.say_no(p, next_door=" ", how="spoken", talked_on=timezone.localdate()),
            case=case,
        )
    assert refused.value.problems[0].field == "next_door"


@pytest.mark.parametrize("name", ["bo", "cia", "dag", "eva", "frida", "stig"])
def test_nobody_else_answers(people: Cast, case: UUID, name: str) -> None:
    """It is hers to say; the contact person writes down, no one else."""
    assert is_refused(getattr(people, name), AnswerOffer, case=case)


def test_an_answer_before_the_offer_or_twice_is_refused(people: Cast) -> None:
    """Out of order: neither before the team has said yes, nor again after she has."""
    case = own_referral(people)
    with pytest.raises(Rejection):
        yes(people, case)
    contact = people.anna.account
    assert contact is not None
    done(people.anna, DecideIntake, lambda p: intake.accept(p, contact=contact), case=case)
    yes(people, case)
    with pytest.raises(Rejection):
        done(people.egon, AnswerOffer, lambda p: intake.say_no(p, next_door=""), case=case)
    assert Case.objects.get().status == "active"


def test_others_texts_are_folded_until_the_first_talk(people: Cast, case: UUID) -> None:
    """First the person, then the file (domain.md §3.3); after the talk they stand open."""

    def folded() -> bool:
        view = done(people.anna, ReadCase, views.referral_of, case=case)
        assert view is not None
        return view.folded

    assert folded()
    done(people.anna, AnswerOffer, lambda p: intake.talk(p, on=timezone.localdate()), case=case)
    assert not folded()
