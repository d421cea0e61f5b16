"""Chapter 2, consent: who works in the case. That a party takes part is itself something about the person."""

import pytest

from samverk.access.case_people import candidates, involved, people_in
from samverk.access.declare import AssignOfficial, ReadCase
from samverk.actions import cases
from samverk.domain.words import Rejection
from samverk.store.models import Assignment, Event
from tests.build import assign_workplace, done, give, is_refused

pytestmark = pytest.mark.django_db


def names(who, case, **told):
    return [view.name for view in done(who, ReadCase, lambda p: people_in(p, **told), case=case)]


def test_she_and_her_coordinator_see_everyone(people, case):
    """Contact person first; with party, part and since when."""
    assert names(people.egon, case) == ["Anna", "Bo", "Cia", "Dag"]
    assert names(people.anna, case) == ["Anna", "Bo", "Cia", "Dag"]
    first = done(people.egon, ReadCase, people_in, case=case)[0]
    assert (first.part, first.party_name, first.title) == ("contact", "Nacka kommun", "samordnare")


def test_without_consent_one_sees_the_contact_person_and_ones_own(people, case):
    """Nothing crosses an agency border without consent (domain.md §3.2); yesterday's withdrawal counts."""
    assert names(people.cia, case) == ["Anna", "Cia"]
    assert names(people.dag, case) == ["Anna", "Dag"]


def test_consent_about_contacts_shows_the_others(people, case):
    """Her own consent, or that party's; and a refusal hides them again."""
    assert names(people.bo, case) == ["Anna", "Bo", "Cia", "Dag"]
    give(people, case, giver=people.region, receiver=people.fk, categories=("process",))
    assert names(people.cia, case) == ["Anna", "Cia", "Dag"]
    give(people, case, giver=None, receiver=people.af, categories=("process",), refused=True)
    assert names(people.bo, case) == ["Anna", "Bo"]


def test_the_coordinator_brings_in_and_lets_go(people, case):
    """Written down both times; whoever has left stands under "har varit med"."""
    done(people.anna, AssignOfficial, lambda p: cases.let_go(p, account=people.cia.account), case=case)
    assert names(people.anna, case) == ["Anna", "Bo", "Dag"]
    assert names(people.anna, case, former=True) == ["Cia"]
    assert is_refused(people.cia, ReadCase, case=case)
    done(people.anna, AssignOfficial, lambda p: cases.assign(p, account=people.cia.account), case=case)
    assert "Cia" in names(people.anna, case)
    assert Event.objects.filter(what="official.let_go", detail__account=str(people.cia.account)).count() == 1


def test_nobody_else_does(people, case):
    """Not an official, not the person, nobody outside."""
    for who in (people.bo, people.egon, people.stig, people.frida):
        assert is_refused(who, AssignOfficial, case=case)


def test_the_contact_person_is_not_let_go_here(people, case):
    """Only by a hand-over (domain.md §3.9)."""
    with pytest.raises(Rejection) as refused:
        done(people.anna, AssignOfficial, lambda p: cases.let_go(p, account=people.anna.account), case=case)
    assert refused.value.problems[0].field == "account"


def test_the_parties_to_ask_about_follow_the_case(people, case):
    """A consent can name the programme's parties, and that of anyone in the case."""
    shown = {view.id for view in done(people.egon, ReadCase, involved, case=case)}
    assert {people.af, people.fk, people.region, people.municipality, people.employer} == shown


def test_someone_at_a_work_place_comes_in_as_that(people, case, client_of):
    """Frida's party is an employer: she reports absence, and is no official (domain.md §3.7)."""
    chosen = done(people.anna, ReadCase, candidates, case=case)
    assert {view.name: view.workplace for view in chosen} == {"Frida": True, "Stig": False}
    at = f"/arenden/{case}/vem-ar-med/"
    client = client_of(people.anna)
    assert client.post(at, {"account": str(people.frida.account)}).status_code == 302
    assert Assignment.objects.get(account=people.frida.account).part == "workplace"
    assert client.post(at, {"account": str(people.stig.account)}).status_code == 302
    assert Assignment.objects.get(account=people.stig.account).part == "official"


def test_the_page_for_each_reader(people, case, client_of, django_assert_max_num_queries):
    """The coordinator can change it, the others read."""
    assign_workplace(people, case)
    for who, heard, unheard in (
        (people.egon, ["Anna", "Dag", "Frida"], ["Ta in någon"]),
        (people.anna, ["Ta in någon", "Avsluta", "på arbetsplatsen"], []),
        (people.cia, ["Cia", "kontaktperson"], ["Bo", "Region Stockholm", "Ta in någon"]),
        (people.frida, ["Frida"], ["Dag", "Region Stockholm"]),
    ):
        client = client_of(who)
        with django_assert_max_num_queries(18):
            answer = client.get(f"/arenden/{case}/vem-ar-med/")
        page = answer.content.decode().split("<main", 1)[1]
        assert [words for words in heard if words not in page] == []
        assert [words for words in unheard if words in page] == []


def test_letting_go_through_the_page(people, case, client_of):
    """A post, and back with a message; the contact person stays, with the reason told."""
    client = client_of(people.anna)
    at = f"/arenden/{case}/vem-ar-med/avsluta/"
    assert client.post(at, {"account": str(people.dag.account)}).status_code == 302
    assert Assignment.objects.get(account=people.dag.account).until is not None
    answer = client.post(at, {"account": str(people.anna.account)}, follow=True)
    assert "överlämning" in answer.content.decode()
    assert client.post(at, {"account": "nobody"}, follow=True).status_code == 200
    assert client.get(at).status_code == 405
    assert client_of(people.bo).post(at, {"account": str(people.cia.account)}).status_code == 404
    assert client_of(people.bo).post(f"/arenden/{case}/vem-ar-med/", {}).status_code == 404


def test_choosing_nobody_is_refused(people, case, client_of):
    """With the field named, and nobody written."""
    before = Assignment.objects.count()
    client = client_of(people.anna)
    for chosen in ("", str(people.bo.account), "x"):
        answer = client.post(f"/arenden/{case}/vem-ar-med/", {"account": chosen})
        assert answer.status_code == 422
        assert "Välj en person i listan." in answer.content.decode()
    assert Assignment.objects.count() == before
