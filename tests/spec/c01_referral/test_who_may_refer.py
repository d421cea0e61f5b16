"""A referral comes from any party, or from the person herself."""

import pytest

from samverk.access import referrals as views
from samverk.access.declare import ReadCase, WriteReferral
from samverk.access.declare_house import SeeMyDay, StartReferral
from samverk.actions import referrals
from samverk.store.models import Case, Event, Programme, Referral
from tests.build import WHOLE, done, is_refused, own_referral, partys_referral
from tests.people import Cast

pytestmark = pytest.mark.django_db


def test_an_official_of_any_party_may_refer(people: Cast) -> None:
    """A party without a seat in the team refers as well as one with (domain.md §3.1)."""
    case = partys_referral(people, by=people.cia, sent=False)
    view = done(people.cia, ReadCase, views.referral_of, case=case)
    assert view is not None
    assert (view.person_name, view.from_party, view.from_name, view.mine) == (
        "Rut Berg",
        "Försäkringskassan",
        "Cia",
        True,
    )


def test_the_person_may_refer_herself(people: Cast) -> None:
    """Anmälan: her own words, owned by herself (domain.md §3.1)."""
    case = own_referral(people)
    view = done(people.egon, ReadCase, views.referral_of, case=case)
    assert view is not None
    assert view.own
    assert [answer.asked for answer in view.answers][-1] == "Vad vill du själv?"


@pytest.mark.parametrize("name", ["eva", "stig"])
def test_who_works_for_no_party_does_not_refer(people: Cast, name: str) -> None:
    """Figures need no referrals: the evaluator has no party; the steering group's member refers as an official."""
    assert is_refused(getattr(people, name), StartReferral) == (name == "eva")


def test_nobody_refers_another_participant(people: Cast) -> None:
    """She refers herself and nobody else: another's name is answered with a sentence, and nothing is written."""
    with pytest.raises(referrals.Rejection, match="Bara den som arbetar hos en part"):
        done(
            people.egon,
            StartReferral,
            lambda p: referrals.start(p, programme=people.programme, person=referrals.NewPerson("Rut Berg")),
        )
    assert not Case.objects.exists()


def test_a_colleague_elsewhere_neither_reads_nor_writes_it(people: Cast) -> None:
    """Need to know is a person's, not a party's: only whoever refers is in the case (design.md)."""
    case = partys_referral(people, by=people.cia)
    for other in (people.dag, people.bo, people.anna, people.stig, people.egon):
        assert is_refused(other, ReadCase, case=case), other.name
        assert is_refused(other, WriteReferral, case=case), other.name


def test_who_is_assigned_but_does_not_own_it_cannot_change_it(people: Cast) -> None:
    """The person may not rewrite what an official wrote about her: it is the party's word (design.md)."""
    case = partys_referral(people, by=people.bo, person=people.egon)
    with pytest.raises(referrals.Rejection, match="hör till någon annan"):
        done(people.egon, WriteReferral, lambda p: referrals.save(p, answers=WHOLE, version=1), case=case)


def test_she_sees_what_is_written_about_her(people: Cast) -> None:
    """The person sees everything about her (design.md), also a referral that is only begun."""
    case = partys_referral(people, by=people.bo, person=people.egon, sent=False)
    assert [row.case for row in done(people.egon, SeeMyDay, views.mine)] == [case]


def test_each_step_is_in_the_log(people: Cast) -> None:
    """No change without its event (design.md), and no words about a person in it."""
    case = partys_referral(people, by=people.bo)
    done(people.bo, WriteReferral, referrals.withdraw, case=case)
    done(people.bo, WriteReferral, referrals.reopen, case=case)
    written = Event.objects.exclude(what="").order_by("at").filter(actor=people.bo.account)
    assert [e.what for e in written if e.what.startswith("referral.")] == [
        "referral.started",
        "referral.saved",
        "referral.sent",
        "referral.withdrawn",
        "referral.reopened",
    ]
    assert "Rut" not in str(list(written.values_list("detail", flat=True)))


def test_a_programme_that_is_structural_or_over_takes_none(people: Cast) -> None:
    """Structural programmes have no participants (domain.md §4); one that has ended takes nobody in."""
    for change, sentence in (({"kind": "structural"}, "Välj ett program"), ({"stops_on": "1999-01-01"}, "har slutat")):
        Programme.objects.update(kind="individual", stops_on=None)
        Programme.objects.update(**change)
        with pytest.raises(referrals.Rejection, match=sentence):
            partys_referral(people, by=people.bo)
    assert not Referral.objects.exists()
