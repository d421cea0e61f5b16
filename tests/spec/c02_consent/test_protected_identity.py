"""Protected identity: a party that has not been admitted sees nothing, not even that there is a case."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from samverk.access import intake as queues
from samverk.access.case_people import admitted
from samverk.access.declare import AdmitParty, DecideIntake, ReadCase
from samverk.access.declare_house import SeeIntake
from samverk.actions import intake, protection
from samverk.domain.information import Protection
from samverk.domain.words import Rejection
from samverk.store.models import Clearance, Consent, ConsentDocument, Event
from tests.build import active_case, browser, done, is_refused, partys_referral
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden(people: Cast) -> UUID:
    """Cia refers Rut, whose identity is protected, and who lets Anna's party read the referral."""
    case = partys_referral(people, by=people.cia, protection=Protection.PROTECTED_REGISTRATION)
    person = Clearance.objects.get().person
    document = ConsentDocument.objects.create(
        id=UUID(int=1), person=person, case_id=case, given_at=timezone.now(), how="paper", condition_of_benefit=False
    )
    Consent.objects.create(
        id=UUID(int=2),
        document=document,
        person=person,
        giver_id=people.fk,
        receiver_id=people.municipality,
        category="process",
        purpose="support",
        refused=False,
        starts_at=timezone.now(),
        stops_at=timezone.now() + timedelta(days=30),
    )
    return case


def admit(people: Cast, case: UUID, party: UUID) -> None:
    """Cia lets a party in."""
    done(people.cia, AdmitParty, lambda p: protection.admit(p, party=party), case=case)


def test_whoever_meets_her_lets_in_one_party_at_a_time(people: Cast, hidden: UUID) -> None:
    """Her protection admits the party or it does not; only then does consent count (design.md, the rule of the door)."""
    queue = done(people.anna, SeeIntake, queues.queue, programme=people.programme)
    assert [(row.case, row.name) for row in queue.to_decide] == [(None, "")]
    assert is_refused(people.anna, DecideIntake, case=hidden)
    admit(people, hidden, people.municipality)
    queue = done(people.anna, SeeIntake, queues.queue, programme=people.programme)
    assert [row.name for row in queue.to_decide] == ["Rut Berg"]
    assert is_refused(people.bo, ReadCase, case=hidden)
    contact = people.anna.account
    assert contact is not None
    done(people.anna, DecideIntake, lambda p: intake.accept(p, contact=contact), case=hidden)
    assert Event.objects.filter(what="clearance.given", detail__party=str(people.municipality)).count() == 1


def test_a_party_that_is_shut_out_sees_nothing_from_the_next_request(people: Cast, hidden: UUID) -> None:
    """It works on the next request, as a withdrawal does (design.md)."""
    admit(people, hidden, people.municipality)
    assert not is_refused(people.anna, DecideIntake, case=hidden)
    done(people.cia, AdmitParty, lambda p: protection.shut_out(p, party=people.municipality), case=hidden)
    assert is_refused(people.anna, DecideIntake, case=hidden)
    with pytest.raises(Rejection) as refused:
        done(people.cia, AdmitParty, lambda p: protection.shut_out(p, party=people.fk), case=hidden)
    assert refused.value.problems[0].field == "party"


def test_nobody_lets_herself_in(people: Cast, hidden: UUID) -> None:
    """Whoever is not admitted meets the same answer as for a case that is not there."""
    for who in (people.anna, people.bo, people.dag, people.stig):
        assert is_refused(who, AdmitParty, case=hidden)


def test_unknown_and_double_parties_are_refused(people: Cast, hidden: UUID) -> None:
    """Beside the field, and nothing is written."""
    for party in (people.fk, UUID(int=7)):
        with pytest.raises(Rejection) as refused:
            admit(people, hidden, party)
        assert refused.value.problems[0].field == "party"
    assert Clearance.objects.count() == 1


def test_an_open_identity_needs_no_admission(people: Cast) -> None:
    """Nobody is asked for what does not matter."""
    case = active_case(people)
    assert done(people.anna, ReadCase, admitted, case=case) is None
    with pytest.raises(Rejection):
        done(people.anna, AdmitParty, lambda p: protection.admit(p, party=people.fk), case=case)
    assert "Parter som får möta" not in browser(people.egon).get(f"/arenden/{case}/vem-ar-med/").content.decode()


def test_the_page_lets_in_and_shuts_out(people: Cast, hidden: UUID) -> None:
    """Reached from “Vem är med”, in the browser, with what cannot be done told in words."""
    cia, address = browser(people.cia), f"/arenden/{hidden}/vem-ar-med/"
    assert "Parter som får möta personen" in cia.get(address).content.decode()
    said = cia.post(f"{address}slapp-in/", {"party": str(people.municipality)}, follow=True).content.decode()
    assert "Parten får nu möta personen." in said
    assert "Välj en part i listan." in cia.post(f"{address}slapp-in/", {"party": "x"}, follow=True).content.decode()
    said = cia.post(f"{address}stang-ute/", {"party": str(people.municipality)}, follow=True).content.decode()
    assert "Parten får inte längre möta personen." in said
    assert Clearance.objects.count() == 1
