"""Chapter 2, consent: support and control are separate purposes, control never implied by support (domain.md §3.2)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from samverk.access.control import control_of
from samverk.access.declare import (
    AssignOfficial,
    ReadCase,
    ReadForControl,
    RecordDecision,
    RecordGround,
    WithdrawConsent,
    WriteLivelihood,
)
from samverk.access.declare_house import Act
from samverk.access.sight import visible
from samverk.actions import cases, consents, control, decisions, grounds, livelihood
from samverk.domain.consent import Reader, Say, Verdict, decide
from samverk.domain.decisions import NewDecision
from samverk.domain.information import Protection, Purpose, Thing
from samverk.domain.words import Rejection
from samverk.store.models import Assignment, ControlReading, Event, FormalDecision, Item, LegalGround
from tests.build import a_spell, browser, done, give, give_for_control, is_refused
from tests.spec.c02_consent.test_withdrawal import note

pytestmark = pytest.mark.django_db
MATTER = "Prövning av sjukpenning"


def for_control(who, case):
    """What `who` is shown for control, by id."""
    reading = done(who, ReadForControl, lambda p: control.open_reading(p, matter=MATTER), case=case)
    return set(ControlReading.objects.get(item=reading).shown)


def sees(who, act: type[Act], case, item):
    return done(who, act, lambda p: Item.objects.filter(visible(p), id=item).exists(), case=case)


@pytest.mark.parametrize("said", list(Purpose))
@pytest.mark.parametrize("asked", list(Purpose))
def test_decide_keeps_the_two_apart(people, said, asked):
    """One item, one consent, one question: only the purpose that she said yes to opens."""
    now = timezone.now()
    person, item = people.egon.person, people.programme
    thing = Thing(id=item, person=person, owner=people.municipality, category="health")
    consent = Say(person, people.municipality, people.fk, "health", said, False, now, now + timedelta(days=1))
    verdict = decide(
        thing,
        Reader(party=people.fk, needs=True),
        purpose=asked,
        at=now,
        protection=Protection.NONE,
        says=[consent],
        grounds=[],
    )
    assert verdict is (Verdict.CONSENT if said is asked else Verdict.NO_COVER)


def test_a_yes_to_support_shows_nothing_for_control(people, case):
    """Bo may read it to help, and not to control: in the query, and in what he is shown."""
    item = note(people.anna, case, "health", people.municipality)
    assert sees(people.bo, ReadCase, case, item)
    assert not sees(people.bo, ReadForControl, case, item)
    assert str(item) not in for_control(people.bo, case)


def test_a_yes_to_control_shows_nothing_as_support(people, case):
    """Cia may read it to decide, and finds it nowhere else."""
    item = note(people.anna, case, "health", people.municipality)
    give_for_control(people, case, giver=people.municipality, receiver=people.fk)
    assert sees(people.cia, ReadForControl, case, item)
    assert not sees(people.cia, ReadCase, case, item)
    assert for_control(people.cia, case) == {str(item)}


def test_ones_own_partys_things_are_shown_for_control(people, case):
    """What the party has written itself it may use for both."""
    own = note(people.cia, case, "work", people.fk)
    assert for_control(people.cia, case) == {str(own)}


def test_only_the_categories_she_has_said_yes_to(people, case):
    """Per kind of information, as with support."""
    health, work = (note(people.anna, case, category, people.municipality) for category in ("health", "work"))
    give_for_control(people, case, giver=people.municipality, receiver=people.fk, categories=["work"])
    assert for_control(people.cia, case) == {str(work)} != {str(health)}


def test_a_refusal_for_control_leaves_support_as_it_is(people, case):
    """Two scopes: a no to the one says nothing about the other."""
    item = note(people.anna, case, "health", people.municipality)
    give_for_control(people, case, giver=people.municipality, receiver=people.af, refused=True)
    assert sees(people.bo, ReadCase, case, item)
    assert not sees(people.bo, ReadForControl, case, item)


def test_what_she_brought_a_party_to_is_no_ground_for_control(people, case):
    """Taken along to a meeting, or a promise the party must find: both serve support alone. A law is another thing."""
    soft, law = (note(people.anna, case, "health", people.municipality) for _ in range(2))
    ground = done(
        people.anna,
        RecordGround,
        lambda p: grounds.record(p, item=soft, receiver=people.fk, ground="osl_10_2"),
        case=case,
    )
    LegalGround.objects.filter(id=ground).update(ground="brought_by_participant")
    done(
        people.anna,
        RecordGround,
        lambda p: grounds.record(p, item=law, receiver=people.fk, ground="osl_10_2"),
        case=case,
    )
    assert for_control(people.cia, case) == {str(law)}
    give_for_control(people, case, giver=people.municipality, receiver=people.fk)
    assert for_control(people.cia, case) == {str(law), str(soft)}


def test_a_withdrawal_closes_the_reading_at_the_next_look(people, case):
    """What was shown then is not shown now; that it was shown stands."""
    note(people.anna, case, "health", people.municipality)
    give_for_control(people, case, giver=people.municipality, receiver=people.fk)
    client, page = browser(people.cia), f"/arenden/{case}/underlag/"
    address = client.post(page, {"matter": MATTER})["Location"]
    assert "Anteckning" in client.get(address).content.decode()
    done(people.egon, WithdrawConsent, lambda p: consents.withdraw_all(p, receivers=[people.fk]), case=case)
    after = client.get(address).content.decode()
    assert "Anteckning" not in after
    assert "Det finns inget att visa" in after
    assert "1 uppgift" in browser(people.egon).get(page).content.decode()


def test_the_matter_is_stated_first_and_kept_out_of_the_log(people, case):
    """Why it was read stands in a row of her party; the log has ids and a number."""
    with pytest.raises(Rejection) as refused:
        done(people.cia, ReadForControl, lambda p: control.open_reading(p, matter=" "), case=case)
    assert refused.value.problems[0].field == "matter"
    with pytest.raises(Rejection):
        done(people.cia, ReadForControl, lambda p: control.open_reading(p, matter="x" * 201), case=case)
    assert not ControlReading.objects.exists()
    for_control(people.cia, case)
    event = Event.objects.get(what="control.opened")
    row = ControlReading.objects.select_related("item").get()
    assert (event.purpose, event.item, event.detail) == ("control", row.item_id, {"count": 0})
    assert (row.matter, row.item.owner_id) == (MATTER, people.fk)


def test_she_sees_such_looks_apart(people, case):
    """Who, which party, in which matter, and exactly what was shown; in the log of looks it says for what."""
    note(people.anna, case, "health", people.municipality)
    give_for_control(people, case, giver=people.municipality, receiver=people.fk)
    for_control(people.cia, case)
    egon, page = browser(people.egon), f"/arenden/{case}/underlag/"
    hers = egon.get(page).content.decode()
    assert MATTER in hers
    assert "Cia" in hers
    reading = ControlReading.objects.get().item_id
    assert "Anteckning" in egon.get(f"{page}{reading}/").content.decode()
    assert "för kontroll eller beslut om ersättning" in egon.get(f"/arenden/{case}/vem-har-tittat/").content.decode()


def test_only_parties_that_decide_on_benefits_and_never_her_contact_person(people, case):
    """The region decides on none, the work place neither; Anna decides on some but is her contact person."""
    page = f"/arenden/{case}/underlag/"
    assert is_refused(people.anna, ReadForControl, case=case)
    for who in (people.dag, people.stig):
        client = browser(who)
        assert client.get(page).status_code == 404
        assert client.post(page, {"matter": MATTER}).status_code == 404
    assert browser(people.anna).post(page, {"matter": MATTER}).status_code == 404
    assert "inte deltagarens kontaktperson" in browser(people.anna).get(page).content.decode()
    assert not ControlReading.objects.exists()


def test_a_contact_person_who_is_an_official_too_does_not_control(people, case):
    """Whoever decides her benefit is not her coordinator, whatever else she is (domain.md §3.2)."""
    contact = Assignment.objects.get(case=case, part="contact")
    Assignment.objects.create(
        id=people.programme,
        case_id=case,
        account_id=contact.account_id,
        party_id=people.municipality,
        part="official",
        since=contact.since,
    )
    page = f"/arenden/{case}/underlag/"
    assert browser(people.anna).post(page, {"matter": MATTER}).status_code == 404
    assert done(people.anna, ReadCase, control_of, case=case).may_read is False
    assert not ControlReading.objects.exists()


def test_another_partys_reading_is_not_there(people, case):
    """Not for Bo, though his party has consent to what Cia's party writes; not to be guessed either."""
    give(people, case, giver=people.fk, receiver=people.af)
    for_control(people.cia, case)
    reading = ControlReading.objects.get().item_id
    bo = browser(people.bo)
    assert MATTER not in bo.get(f"/arenden/{case}/underlag/").content.decode()
    assert bo.get(f"/arenden/{case}/underlag/{reading}/").status_code == 404
    assert bo.get(f"/arenden/{case}/underlag/{people.programme}/").status_code == 404


def test_pages_and_interface_show_nothing_of_what_is_for_control_alone(people, case):
    """The case page, the notes, the timeline, the interface: all of them are support."""
    give_for_control(people, case, giver=people.municipality, receiver=people.fk)
    note(people.anna, case, "health", people.municipality)
    cia = browser(people.cia)
    for path in (f"/arenden/{case}/", f"/arenden/{case}/anteckningar/", f"/arenden/{case}/tidslinje/"):
        page = cia.get(path)
        assert page.status_code == 200
        assert '<p class="words reading">…</p>' not in page.content.decode()
    told = cia.get(f"/api/cases/{case}").json()
    assert told["timeline"] == []


def test_livelihood_is_told_by_its_kind_and_what_was_wrong_is_left_out(people, case):
    """What she lives on is what such a decision is about; a mistaken row is no basis for anything."""
    give_for_control(people, case, giver=people.municipality, receiver=people.fk)
    right, wrong = a_spell(people, case), a_spell(people, case, kind="sickness_benefit")
    done(
        people.anna,
        WriteLivelihood,
        lambda p: livelihood.mark_wrong(p, spell=wrong, reason="Fel person"),
        case=case,
    )
    assert for_control(people.cia, case) == {str(right)}
    reading = ControlReading.objects.get().item_id
    assert "Försörjningsstöd" in browser(people.cia).get(f"/arenden/{case}/underlag/{reading}/").content.decode()


def test_a_reading_takes_few_questions(people, case, django_assert_max_num_queries):
    """At most 18 a page, however much is shown."""
    give_for_control(people, case, giver=people.municipality, receiver=people.fk)
    for category in ("health", "work", "housing") * 4:
        note(people.anna, case, category, people.municipality)
    client, page = browser(people.cia), f"/arenden/{case}/underlag/"
    with django_assert_max_num_queries(26):
        address = client.post(page, {"matter": MATTER})["Location"]
    for who, path in ((client, address), (client, page), (browser(people.egon), address)):
        with django_assert_max_num_queries(18):
            assert who.get(path).status_code == 200


# A decision rests on what was read for control, or on what the party has itself.

NO = NewDecision(
    kind="sickness_benefit",
    outcome="refused",
    text="Sjukpenning beviljas inte.",
    reason="Arbetsförmågan är inte nedsatt.",
    legal_ground="27 kap. 2 § socialförsäkringsbalken",
    decider="Doris",
    decider_title="handläggare",
    decided_on=timezone.localdate(),
    appeal_how="Begär omprövning.",
    appeal_until=timezone.localdate() + timedelta(days=60),
)


def decided(who, case, **more):
    new = replace(NO, decided_on=timezone.localdate(), appeal_until=timezone.localdate() + timedelta(days=60))
    return done(
        who, RecordDecision, lambda p: decisions.record(p, decision=new, category="livelihood", **more), case=case
    )


def test_a_decision_cites_its_own_partys_reading_and_she_sees_it(people, case):
    """What it rests on is a link to exactly what was shown."""
    for_control(people.cia, case)
    reading = ControlReading.objects.get().item_id
    decided(people.cia, case, basis=reading)
    assert FormalDecision.objects.get().basis_id == reading
    link = f"/arenden/{case}/underlag/{reading}/"
    assert link in browser(people.egon).get(f"/arenden/{case}/beslut/").content.decode()
    give(people, case, giver=people.fk, receiver=people.af)
    other = browser(people.bo).get(f"/arenden/{case}/beslut/").content.decode()
    assert "Sjukpenning beviljas inte." in other
    assert link not in other
    assert MATTER not in other


def test_a_decision_cites_nothing_that_was_read_as_support(people, case):
    """A thing itself, another party's reading, another case's: refused in the same words, nothing written."""
    item = note(people.anna, case, "health", people.municipality)
    for_control(people.bo, case)
    for basis in (item, ControlReading.objects.get().item_id, people.programme):
        with pytest.raises(Rejection) as refused:
            decided(people.cia, case, basis=basis)
        assert refused.value.problems[0].field == "basis"
    assert not FormalDecision.objects.exists()


def test_the_decision_is_written_from_the_reading(people, case):
    """The form offers the party's readings, and keeps the one that she came from."""
    for_control(people.cia, case)
    reading = ControlReading.objects.get().item_id
    cia = browser(people.cia)
    way = f"/arenden/{case}/beslut/nytt/?underlag={reading}"
    assert way in cia.get(f"/arenden/{case}/underlag/{reading}/").content.decode()
    assert f'<option value="{reading}" selected' in cia.get(way).content.decode()
    assert "Vilket underlag" not in browser(people.bo).get(f"/arenden/{case}/beslut/nytt/").content.decode()


def test_somebody_let_go_reads_no_longer(people, case):
    """Need to know holds for control as well."""
    for_control(people.cia, case)
    done(people.anna, AssignOfficial, lambda p: cases.let_go(p, account=people.cia.account), case=case)
    assert is_refused(people.cia, ReadForControl, case=case)
