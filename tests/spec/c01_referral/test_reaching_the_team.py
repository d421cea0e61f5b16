"""A referral comes before consent, and reaches the team only under it."""

import pytest

from samverk.access import intake as queues
from samverk.access import referrals as views
from samverk.access.declare import DecideIntake, ReadCase, WriteReferral
from samverk.access.declare_house import SeeIntake
from samverk.actions import referrals
from samverk.domain.words import Rejection
from samverk.store.models import Consent
from tests.build import covered_referral, done, give, is_refused, own_referral, partys_referral, withdraw_from
from tests.people import Cast

pytestmark = pytest.mark.django_db


def test_without_consent_the_team_knows_only_that_one_waits(people: Cast) -> None:
    """Until then: that one waits, since when, and from whom (design.md). No name, no way in."""
    case = partys_referral(people, by=people.cia)
    seen = done(people.anna, SeeIntake, queues.queue, programme=people.programme)
    (row,) = seen.to_decide
    assert (row.case, row.name, row.from_party, row.days) == (None, "", "Försäkringskassan", 0)
    for act in (ReadCase, DecideIntake):
        assert is_refused(people.anna, act, case=case)
        assert is_refused(people.bo, act, case=case)


def test_with_consent_to_one_party_that_party_reads_it_and_the_other_does_not(people: Cast) -> None:
    """A consent is from one party to another: the rest of the team is not let in by it (domain.md §3.2)."""
    case = covered_referral(people, by=people.cia, receiver=people.municipality)
    assert done(people.anna, DecideIntake, views.referral_of, case=case) is not None
    assert is_refused(people.bo, DecideIntake, case=case)
    assert done(people.bo, SeeIntake, queues.queue, programme=people.programme).to_decide[0].name == ""


def test_only_the_categories_that_the_consent_names_are_shown(people: Cast) -> None:
    """About what, is part of a consent (domain.md §3.2): an answer on health needs one on health."""
    case = partys_referral(people, by=people.cia, person=people.egon, sent=False)
    more = referrals.Answers(texts={"health": "Ryggen."})
    done(people.cia, WriteReferral, lambda p: referrals.save(p, answers=more, version=2), case=case)
    done(people.cia, WriteReferral, referrals.send, case=case)
    give(people, case, giver=people.fk, receiver=people.municipality, categories=("process",))
    view = done(people.anna, ReadCase, views.referral_of, case=case)
    assert view is not None
    assert [answer.asked for answer in view.answers] == [
        "Varför nu?",
        "Vad har redan prövats?",
        "Vad vill personen själv?",
    ]


def test_her_withdrawal_closes_the_teams_door_on_the_next_request(people: Cast) -> None:
    """Withdrawal works on the next request (design.md); the queue goes back to what it may say."""
    case = covered_referral(people, by=people.cia, receiver=people.municipality)
    withdraw_from(people, case, party=people.municipality)
    assert is_refused(people.anna, ReadCase, case=case)
    assert done(people.anna, SeeIntake, queues.queue, programme=people.programme).to_decide[0].name == ""


def test_a_refusal_is_stronger_than_nothing_said(people: Cast) -> None:
    """Refusals are recorded as well as consents (design.md)."""
    case = covered_referral(people, by=people.cia, receiver=people.municipality)
    give(people, case, giver=people.fk, receiver=people.municipality, refused=True)
    assert is_refused(people.anna, ReadCase, case=case)


def test_an_own_referral_holds_its_consent(people: Cast) -> None:
    """An own referral contains the consent to each team party (design.md), on what it answers and no more."""
    own_referral(people)
    says = set(Consent.objects.values_list("receiver", "category", "giver"))
    assert says == {(people.municipality, "process", None), (people.af, "process", None)}


def test_an_own_referral_is_not_sent_without_that_consent(people: Cast) -> None:
    """She says so herself; otherwise nothing is sent and no consent written."""
    case = own_referral(people)
    done(people.egon, WriteReferral, referrals.withdraw, case=case)
    done(people.egon, WriteReferral, referrals.reopen, case=case)
    Consent.objects.all().delete()
    with pytest.raises(Rejection) as refused:
        done(people.egon, WriteReferral, referrals.send, case=case)
    assert refused.value.problems[0].field == "own_consent"
    assert not Consent.objects.exists()


def test_before_sending_the_referrer_sees_who_will_read_what(people: Cast) -> None:
    """Nothing crosses an agency border unknown to whoever sends it (domain.md §3.2)."""
    case = covered_referral(people, by=people.cia, receiver=people.municipality)
    shown = {
        r.party.name: (r.reached, r.categories) for r in done(people.cia, WriteReferral, views.receivers, case=case)
    }
    assert shown == {
        "Nacka kommun": (True, ("Planering och kontakter",)),
        "Arbetsförmedlingen": (False, ()),
    }


def test_ones_own_party_in_the_team_needs_no_consent(people: Cast) -> None:
    """What a party owns, its member in the team may read (design.md, the rule of the door)."""
    case = partys_referral(people, by=people.bo)
    shown = {r.party.name: r.reached for r in done(people.bo, WriteReferral, views.receivers, case=case)}
    assert shown == {"Arbetsförmedlingen": True, "Nacka kommun": False}
