"""Chapter 2, consent: the person sees who has read or written about her, and who was refused."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samverk.access.declare import ReadCase, SeeWhoLooked
from samverk.access.declare_house import StartReferral
from samverk.access.looks import PAGE, Asked, looks_of
from samverk.actions import referrals
from samverk.store.models import Person
from tests.build import done, give, is_refused

pytestmark = pytest.mark.django_db
NUMBER = "195205123416"


def looks(people, case, page=1, **told):
    return done(people.egon, SeeWhoLooked, lambda p: looks_of(p, page=page, asked=Asked(**told)), case=case)


def test_it_is_for_her_alone(people, case):
    """Not even her coordinator reads it."""
    for who in (people.anna, people.bo, people.cia, people.stig, people.eva):
        assert is_refused(who, SeeWhoLooked, case=case)


def test_a_look_stands_there_with_who_and_why(people, case):
    """When, who, of which party, what, allowed, in which capacity; newest first."""
    done(people.bo, ReadCase, lambda p: None, case=case)
    look = looks(people, case, herself=False).looks[0]
    assert (look.name, look.party_name, look.act, look.allowed) == ("Bo", "Arbetsförmedlingen", "ReadCase", True)
    assert "official" in look.capacities
    at = [view.at for view in looks(people, case).looks]
    assert at == sorted(at, reverse=True)


def test_a_refused_look_stands_there_too(people, case):
    """Stig sits in the steering group: he tried, and got nothing."""
    assert is_refused(people.stig, ReadCase, case=case)
    look = looks(people, case, herself=False).looks[0]
    assert (look.name, look.allowed) == ("Stig", False)


def test_another_participant_is_not_named_to_her(people, case):
    """Who tries an address is a person too, with secrets of her own."""
    assert is_refused(people.eva, ReadCase, case=case)
    look = looks(people, case, herself=False).looks[0]
    assert (look.by, look.name, look.party_name) == ("other", "", "")


def test_a_write_is_told_once(people, case):
    """To be let in and to write are one thing to her."""
    give(people, case, giver=None, receiver=people.fk, categories=("work",))
    newest = looks(people, case).looks
    assert newest[0].act == "SeeWhoLooked"
    assert {look.what for look in newest if look.act == "RecordConsent"} == {"consent.recorded"}


def test_a_referral_that_an_official_begins_is_told_too(people, case):
    """Its first event knows her only by its detail: her number was known."""
    known = referrals.NewPerson("Egon Jönsson", personal_number=NUMBER)
    Person.objects.filter(id=people.egon.person).update(personal_number=NUMBER)
    done(people.cia, StartReferral, lambda p: referrals.start(p, programme=people.programme, person=known))
    assert "StartReferral" in {look.act for look in looks(people, case, herself=False).looks}


def test_by_party(people, case):
    """Filtered by one party; the parties to choose among are those that stand in the log."""
    done(people.bo, ReadCase, lambda p: None, case=case)
    done(people.anna, ReadCase, lambda p: None, case=case)
    page = looks(people, case, party=people.af)
    assert {look.name for look in page.looks} == {"Bo"}
    assert {party.id for party in page.parties} == {people.af, people.municipality}


def test_a_hundred_events_at_a_time(people, case):
    """Paged; nothing twice, nothing left out."""
    before = sum(look.count for look in looks(people, case, party=people.af).looks)
    for n in range(PAGE + 5):
        done(people.bo, ReadCase, lambda p: None, case=case, at=timezone.now() + timedelta(hours=n))
    first, second = (looks(people, case, party=people.af, page=n) for n in (1, 2))
    assert (len(first.looks), first.has_next) == (PAGE, True)
    assert (sum(look.count for look in second.looks), second.has_next) == (before + 5, False)


def test_the_page(people, case, client_of, django_assert_max_num_queries):
    """Plain words for every act, on at most 18 queries; odd addresses do no harm."""
    done(people.bo, ReadCase, lambda p: None, case=case)
    is_refused(people.stig, ReadCase, case=case)
    client = client_of(people.egon)
    at = f"/arenden/{case}/vem-har-tittat/"
    with django_assert_max_num_queries(18):
        page = client.get(at).content.decode()
    for words in (
        "Bo",
        "Läste ditt ärende",
        "är med i ditt ärende",
        "Försökte, men fick inte: läste ditt ärende",
        "Lämnade besked om remissen",
    ):
        assert words in page, words
    assert '<span class="strong">Du</span>' not in page
    assert '<span class="strong">Du</span>' in client.get(f"{at}?part=alla").content.decode()
    for odd in ("?sida=x", "?sida=-1", "?sida=9999", "?part=x", f"?part={people.fk}"):
        assert client.get(at + odd).status_code == 200
    assert client_of(people.anna).get(at).status_code == 404
