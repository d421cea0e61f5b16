"""A referral is saved half-done and taken up again, withdrawn and reopened; nothing is lost."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from samverk.access import referrals as views
from samverk.access.declare import DecideIntake, ReadCase, WriteReferral
from samverk.actions import intake, referrals
from samverk.domain.words import Conflict, Rejection
from samverk.store.models import Answer, Case, Referral
from tests.build import WHOLE, covered_referral, done, give, is_refused, own_referral, partys_referral
from tests.people import Cast

pytestmark = pytest.mark.django_db
HALF = referrals.Answers(texts={"why_now": "Sjukskriven sedan i våras."})


def texts(people: Cast, case: UUID) -> dict[str, str]:
    form = done(people.bo, WriteReferral, views.form_of, case=case)
    assert form is not None
    return form.texts


def test_half_an_answer_is_kept(people: Cast) -> None:
    """The form may be saved with nothing but one answer in it (domain.md §3.1, issue 2)."""
    case = partys_referral(people, by=people.bo, sent=False)
    done(people.bo, WriteReferral, lambda p: referrals.save(p, answers=HALF, version=2), case=case)
    assert texts(people, case)["why_now"] == "Sjukskriven sedan i våras."
    assert texts(people, case)["tried"] == WHOLE.texts["tried"]


def test_sending_asks_for_every_answer_that_is_missing(people: Cast) -> None:
    """The jointly agreed form says which questions must be answered; each is named at its own field."""
    case = partys_referral(people, by=people.bo, sent=False)
    Answer.objects.filter(question__in=("tried", "wishes")).update(text="")
    with pytest.raises(Rejection) as refused:
        done(people.bo, WriteReferral, referrals.send, case=case)
    assert [p.field for p in refused.value.problems] == ["question_tried", "question_wishes"]
    assert Referral.objects.get().status == "draft"


def test_two_who_write_at_once_do_not_overwrite_each_other(people: Cast) -> None:
    """Whoever saves second is shown both texts (house.md, Errors)."""
    case = partys_referral(people, by=people.bo, sent=False)
    with pytest.raises(Conflict) as conflict:
        done(people.bo, WriteReferral, lambda p: referrals.save(p, answers=HALF, version=1), case=case)
    assert conflict.value.theirs["question_why_now"] == WHOLE.texts["why_now"]
    assert conflict.value.theirs["officials"] == "11"
    assert texts(people, case)["why_now"] == WHOLE.texts["why_now"]


def test_what_is_sent_is_not_changed_behind_the_teams_back(people: Cast) -> None:
    """A sent referral is taken back before it is changed."""
    case = partys_referral(people, by=people.bo)
    with pytest.raises(Rejection, match="Ta tillbaka den först"):
        done(people.bo, WriteReferral, lambda p: referrals.save(p, answers=HALF, version=3), case=case)


def test_a_draft_does_not_reach_the_team_even_under_consent(people: Cast) -> None:
    """Its party may save it at any time; it reaches the team when it is sent (design.md)."""
    case = partys_referral(people, by=people.cia, person=people.egon, sent=False)
    give(people, case, giver=people.fk, receiver=people.municipality)
    assert is_refused(people.anna, ReadCase, case=case)
    done(people.cia, WriteReferral, referrals.send, case=case)
    assert done(people.anna, ReadCase, views.referral_of, case=case) is not None


def test_withdrawn_it_is_out_of_the_teams_sight_and_nothing_is_lost(people: Cast) -> None:
    """Whoever referred may take it back until the team has answered; the case ends (issue 2)."""
    case = covered_referral(people, by=people.cia, receiver=people.municipality)
    assert not is_refused(people.anna, DecideIntake, case=case)
    done(people.cia, WriteReferral, referrals.withdraw, case=case)
    assert is_refused(people.anna, ReadCase, case=case)
    assert Case.objects.get().status == "ended"
    view = done(people.cia, ReadCase, views.referral_of, case=case)
    assert view is not None
    assert (view.status, view.may_reopen, len(view.answers)) == ("withdrawn", True, 3)


def test_taken_up_again_it_waits_from_when_it_is_sent_again(people: Cast) -> None:
    """Reopened without starting from zero; waiting time counts from the new sending (domain.md §3.1)."""
    case = own_referral(people)
    Case.objects.update(opened_at=timezone.now() - timedelta(days=40))
    done(people.egon, WriteReferral, referrals.withdraw, case=case)
    done(people.egon, WriteReferral, referrals.reopen, case=case)
    assert Referral.objects.get().status == "draft"
    done(
        people.egon, WriteReferral, lambda p: referrals.send(p, own_consent=True, condition_of_benefit=False), case=case
    )
    view = done(people.egon, ReadCase, views.referral_of, case=case)
    assert view is not None
    assert (view.status, view.waited) == ("sent", 0)


def test_a_declined_referral_can_be_taken_up_again(people: Cast) -> None:
    """A closed door has a next door; the old answer does not follow along (domain.md §3)."""
    case = own_referral(people)
    done(
        people.anna,
        DecideIntake,
        lambda p: intake.decline(p, reason="full", text="", next_door="Vårdcentralen, Lisa, 08-12 34 56"),
        case=case,
    )
    done(people.egon, WriteReferral, referrals.reopen, case=case)
    row = Referral.objects.get()
    assert (row.status, row.outcome_code, row.next_door, row.decided_at) == ("draft", "", "", None)


@pytest.mark.parametrize("act", [referrals.reopen, referrals.withdraw, referrals.send])
def test_out_of_order_is_refused(people: Cast, act: object) -> None:
    """What has been accepted is neither sent, withdrawn nor reopened while the case goes on."""
    case = partys_referral(people, by=people.bo)
    Case.objects.update(status="active")
    Referral.objects.update(status="accepted")
    with pytest.raises(Rejection):
        done(people.bo, WriteReferral, act, case=case)  # type: ignore[arg-type]
    assert Referral.objects.get().status == "accepted"
