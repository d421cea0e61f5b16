"""The team accepts, declines with a reason and where to instead, or asks for more; everyone concerned is told."""

from uuid import UUID

import pytest

from samverk.access import referrals as views
from samverk.access.declare import DecideIntake, ReadCase, WriteReferral
from samverk.access.declare_house import SeeMyDay
from samverk.access.referral_views import ReferralView
from samverk.actions import intake, referrals
from samverk.domain.information import Protection
from samverk.domain.words import Rejection
from samverk.store.models import Assignment, Case, Clearance, Event, Referral
from tests.build import WHOLE, covered_referral, done, is_refused, own_referral, partys_referral
from tests.people import Cast

pytestmark = pytest.mark.django_db


def accept(people: Cast, case: UUID, **told: bool | None) -> None:
    contact = people.anna.account
    assert contact is not None
    done(people.anna, DecideIntake, lambda p: intake.accept(p, contact=contact, **told), case=case)


def decline(people: Cast, case: UUID, **told: str) -> None:
    words = {"reason": "full", "text": "", "next_door": "Lisa på vårdcentralen, 08-12 34 56"} | told
    done(people.anna, DecideIntake, lambda p: intake.decline(p, **words), case=case)  # type: ignore[arg-type]


def of_referrer(people: Cast) -> ReferralView:
    (row,) = done(people.cia, SeeMyDay, views.mine)
    return row


@pytest.mark.parametrize("name", ["cia", "dag", "eva", "stig", "frida", "egon"])
def test_only_the_team_decides(people: Cast, name: str) -> None:
    """The referrer does not take herself in, and the person is not alone with her referral (domain.md §3.3)."""
    assert is_refused(getattr(people, name), DecideIntake, case=own_referral(people))


def test_accepted_the_case_gets_its_contact_person(people: Cast) -> None:
    """One contact from the first day (domain.md §2); the offer is the person's to answer."""
    case = own_referral(people)
    accept(people, case)
    assert Case.objects.get().status == "offered"
    assert Assignment.objects.get(part="contact").account_id == people.anna.account
    assert "referral.accepted" in Event.objects.values_list("what", flat=True)


def test_the_contact_person_works_in_the_programme(people: Cast) -> None:
    """Nobody outside the team is made contact person by mistake; the field is named and nothing written."""
    case = own_referral(people)
    for account in (people.cia.account, people.eva.account, UUID(int=7)):
        with pytest.raises(Rejection) as refused:
            done(people.anna, DecideIntake, lambda p, a=account: intake.accept(p, contact=a), case=case)
        assert refused.value.problems[0].field == "contact"
    assert Case.objects.get().status == "referred"


def test_the_contact_person_of_a_protected_person_is_of_a_cleared_party(people: Cast) -> None:
    """Protected identity admits cleared parties only (design.md), the contact person's too."""
    case = partys_referral(people, by=people.bo, protection=Protection.FICTITIOUS)
    anna, bo = people.anna.account, people.bo.account
    with pytest.raises(Rejection, match="får möta personen"):
        done(people.bo, DecideIntake, lambda p: intake.accept(p, contact=anna), case=case)  # type: ignore[arg-type]
    assert Clearance.objects.count() == 1
    done(people.bo, DecideIntake, lambda p: intake.accept(p, contact=bo), case=case)  # type: ignore[arg-type]
    assert Case.objects.get().status == "offered"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"next_door": "  "}, "next_door"),
        ({"reason": ""}, "reason"),
        ({"reason": "påhittat"}, "reason"),
        ({"reason": "other", "text": ""}, "text"),
    ],
)
def test_declined_with_a_reason_and_where_to_instead(people: Cast, told: dict[str, str], field: str) -> None:
    """Both are required (issue 2): a declined person never just disappears (domain.md §3.3)."""
    case = own_referral(people)
    with pytest.raises(Rejection) as refused:
        decline(people, case, **told)
    assert refused.value.problems[0].field == field
    assert (Case.objects.get().status, Referral.objects.get().status) == ("referred", "sent")


def test_the_referrer_sees_what_became_of_it(people: Cast) -> None:
    """The referrer is told the outcome and where to instead (domain.md §3.3)."""
    decline(people, covered_referral(people, by=people.cia, receiver=people.municipality))
    outcome = of_referrer(people).outcome
    assert outcome is not None
    assert (outcome.kind, outcome.reason) == ("declined", "Inga lediga platser")
    assert outcome.next_door == "Lisa på vårdcentralen, 08-12 34 56"
    assert Referral.objects.get().told_referrer_at is not None


def test_the_person_sees_it_on_her_own_page(people: Cast) -> None:
    """She is never the last to learn what was decided about her (domain.md §3)."""
    decline(people, covered_referral(people, by=people.cia, receiver=people.municipality))
    (row,) = done(people.egon, SeeMyDay, views.mine)
    assert row.outcome is not None
    assert row.outcome.person_told_on is not None


def test_who_has_no_account_is_told_by_the_referrer(people: Cast) -> None:
    """Not told until somebody says so: what the team answered is not assumed to have reached her."""
    case = partys_referral(people, by=people.bo)
    done(
        people.bo,
        DecideIntake,
        lambda p: intake.decline(p, reason="full", text="", next_door="Källan, Maj, 08-99 88 77"),
        case=case,
    )
    (row,) = done(people.bo, SeeMyDay, views.mine)
    assert row.may_tell
    with pytest.raises(Rejection) as refused:
        done(people.bo, WriteReferral, lambda p: referrals.tell(p, how="screen"), case=case)
    assert refused.value.problems[0].field == "how"
    done(people.bo, WriteReferral, lambda p: referrals.tell(p, how="spoken"), case=case)
    (row,) = done(people.bo, SeeMyDay, views.mine)
    assert not row.may_tell
    with pytest.raises(Rejection, match="redan fått veta"):
        done(people.bo, WriteReferral, lambda p: referrals.tell(p, how="spoken"), case=case)


def test_nothing_is_told_before_it_is_decided(people: Cast) -> None:
    """There is no answer to pass on yet."""
    case = partys_referral(people, by=people.bo)
    with pytest.raises(Rejection, match="inget att berätta"):
        done(people.bo, WriteReferral, lambda p: referrals.tell(p, how="spoken"), case=case)


def test_the_referrer_keeps_the_responsibility_until_she_has_said_yes(people: Cast) -> None:
    """The referring official keeps her case until someone else has said yes (domain.md §3.1)."""
    accept(people, covered_referral(people, by=people.cia, receiver=people.municipality))
    assert Assignment.objects.filter(part="referrer", until__isnull=True, account=people.cia.account).exists()
    row = of_referrer(people)
    assert (row.mine, row.case_status) == (True, "offered")


def test_asked_for_more_it_keeps_its_place(people: Cast) -> None:
    """Asks for more (domain.md §3.3): the question stands with the referrer; answered, it waits since the first day."""
    case = covered_referral(people, by=people.cia, receiver=people.municipality)
    opened = Case.objects.get().opened_at
    done(people.anna, DecideIntake, lambda p: intake.ask_for_more(p, wanted="Vad säger läkaren?"), case=case)
    assert (of_referrer(people).more_wanted, of_referrer(people).may_edit) == ("Vad säger läkaren?", True)
    version = of_referrer(people).version
    done(people.cia, WriteReferral, lambda p: referrals.save(p, answers=WHOLE, version=version), case=case)
    done(people.cia, WriteReferral, referrals.send, case=case)
    assert Referral.objects.get().status == "sent"
    assert Case.objects.get().opened_at == opened
    assert "referral.answered" in Event.objects.values_list("what", flat=True)


def test_a_question_is_a_question(people: Cast) -> None:
    """Asked for more without saying what is refused, with the field named."""
    case = own_referral(people)
    with pytest.raises(Rejection) as refused:
        done(people.anna, DecideIntake, lambda p: intake.ask_for_more(p, wanted=" "), case=case)
    assert refused.value.problems[0].field == "wanted"


def test_nothing_is_decided_twice(people: Cast) -> None:
    """Out of order: whoever comes second is told that it has been answered, and nothing changes."""
    case = own_referral(people)
    accept(people, case)
    for again in (accept, decline):
        with pytest.raises(Rejection):
            again(people, case)
    assert Referral.objects.get().outcome_code == ""


def test_what_is_asked_for_is_not_decided_meanwhile(people: Cast) -> None:
    """While the team waits for an answer it does not decide: the state says who is to move it on."""
    case = own_referral(people)
    done(people.anna, DecideIntake, lambda p: intake.ask_for_more(p, wanted="Vad säger läkaren?"), case=case)
    with pytest.raises(Rejection):
        accept(people, case)
    view = done(people.anna, ReadCase, views.referral_of, case=case)
    assert view is not None
    assert not view.may_decide
