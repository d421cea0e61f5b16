"""Chapter 2, need to know: a closed unit keeps what it writes from the rest of its own party.

Source: issue 3 point 2 (unit borders); domain/consent.py, the rule of the door: "the item's owner is X and no closed
unit of X other than her own wrote it". Secrecy holds inside an authority too, between its independent branches.
"""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from samverk.access.actor import Actor
from samverk.access.case_people import people_in
from samverk.access.consents import consents_of
from samverk.access.declare import (
    AssignOfficial,
    CallMeeting,
    ReadCase,
    RecordConsent,
    RecordGround,
    ReportAbsence,
    WithdrawConsent,
    WriteMapping,
    WriteReferral,
)
from samverk.access.declare_house import SeeMyDay, SetUp
from samverk.access.mapping import area_of
from samverk.access.my_day import my_day
from samverk.access.referrals import form_of, mine
from samverk.actions import absence, cases, consents, grounds, mapping, meetings, referrals, setup, units
from samverk.domain.scopes import between, one_way
from samverk.domain.words import Rejection
from samverk.store.models import Account, Consent, Event, Item, LegalGround, Note, Unit
from tests.build import assign_workplace, browser, done, give, is_refused, partys_referral
from tests.build_need import HOUSE, a_colleague, a_unit, place, renewed
from tests.people import Cast
from tests.spec.c02_consent.test_withdrawal import note, sees

pytestmark = pytest.mark.django_db
SECRET = "Går i behandling sedan mars"


@pytest.fixture
def rehab(people: Cast, case: UUID) -> UUID:
    """A closed unit of the region, with Dag in it."""
    return a_unit(people.region, "Beroendemottagningen", closed=True, members=(people.dag,))


@pytest.fixture
def dag(people: Cast, rehab: UUID) -> Actor:
    """Dag, as his next request makes him."""
    return renewed(people.dag)


@pytest.fixture
def nils(people: Cast, case: UUID) -> Actor:
    """Dag's colleague in the same party, assigned to the case too, in no unit."""
    one = a_colleague("Nils", party=people.region, title="läkare")
    done(people.anna, AssignOfficial, lambda p: cases.assign(p, account=one.account), case=case)  # type: ignore[arg-type]
    return one


def written(who: Actor, case: UUID, party: UUID, category: str = "health") -> UUID:
    """A note with words to look for."""
    item = note(who, case, category, party)
    Item.objects.filter(id=item).update(headline=SECRET)
    Note.objects.filter(item=item).update(text=SECRET)
    return item


def let_out(who: Actor, case: UUID, item: UUID, receiver: UUID) -> None:
    done(who, RecordGround, lambda p: grounds.record(p, item=item, receiver=receiver, ground="osl_10_2"), case=case)


# The border


def test_a_colleague_in_another_unit_does_not_see_it(people: Cast, case: UUID, dag: Actor, nils: Actor) -> None:
    """Though assigned, and of the same party; a colleague of the same unit does; what the rest wrote all see."""
    inside = written(dag, case, people.region)
    outside = note(nils, case, "health", people.region)
    assert sees(dag, case, inside)
    assert not sees(nils, case, inside)
    assert sees(dag, case, outside)
    assert sees(nils, case, outside)
    assert sees(people.egon, case, inside)


@pytest.mark.parametrize("unit", ["none", "open", "another closed"])
def test_the_border_holds_for_every_other_place_in_the_party(
    people: Cast, case: UUID, dag: Actor, nils: Actor, unit: str
) -> None:
    """In no unit, in an open one, in another closed one."""
    inside = written(dag, case, people.region)
    if unit != "none":
        nils = place(nils, a_unit(people.region, "Vårdcentralen", closed=unit != "open"))
    assert not sees(nils, case, inside)
    assert sees(place(nils, dag.unit), case, inside)


def test_no_page_tells_that_it_is_there(people: Cast, case: UUID, dag: Actor, nils: Actor) -> None:
    """Pages, lists and counts are the same as if it had never been written: forbidden looks absent."""
    client = browser(nils)
    pages = ["", "tidslinje/", "anteckningar/", "insatser/", "atgarder/", "samtycken/annan-grund/", "vem-ar-med/"]
    pages = [page for page in pages if client.get(f"/arenden/{case}/{page}").status_code == 200]
    assert len(pages) >= 4
    paths = [*(f"/arenden/{case}/{page}" for page in pages), "/min-dag/", "/arenden/", f"/api/v1/cases/{case}/timeline"]

    def shown() -> list[str]:
        return [_bare(client.get(path).content.decode()) for path in paths]

    before = shown()
    written(dag, case, people.region)
    assert shown() == before
    assert SECRET in browser(dag).get(f"/arenden/{case}/tidslinje/").content.decode()


def test_an_open_unit_is_no_border_until_it_is_closed(people: Cast, case: UUID, nils: Actor) -> None:
    """Closing works on the next request, also for what was written before; opening takes the border away."""
    unit = a_unit(people.region, "Psykiatrin", members=(people.dag,))
    inside = written(renewed(people.dag), case, people.region)
    assert sees(nils, case, inside)
    done(HOUSE, SetUp, lambda p: units.close(p, unit=unit))
    assert not sees(nils, case, inside)
    done(HOUSE, SetUp, lambda p: units.open_up(p, unit=unit))
    assert sees(nils, case, inside)
    assert [e.what for e in Event.objects.filter(what__in=("unit.closed", "unit.opened")).order_by("at")] == [
        "unit.closed",
        "unit.opened",
    ]


def test_whoever_moves_leaves_what_she_wrote_behind(people: Cast, case: UUID, dag: Actor) -> None:
    """It is the unit's, not hers: changing an official's unit works on the next request."""
    inside = written(dag, case, people.region)
    client = browser(people.dag)
    path = f"/arenden/{case}/tidslinje/"
    assert SECRET in client.get(path).content.decode()
    moved = place(dag, a_unit(people.region, "Vårdcentralen"))
    assert not sees(moved, case, inside)
    assert SECRET not in client.get(path).content.decode(), "the same session"


# What opens it


def test_a_consent_from_the_party_to_itself_opens_it(people: Cast, case: UUID, dag: Actor, nils: Actor) -> None:
    """Her yes lets the rest of the party read; for that category only; a no, or taking it back, closes again."""
    health, work = (written(dag, case, people.region, category) for category in ("health", "work"))
    give(people, case, giver=people.region, receiver=people.region, categories=("health",))
    assert [sees(nils, case, item) for item in (health, work)] == [True, False]
    assert not sees(people.cia, case, health)
    give(people, case, giver=people.region, receiver=people.region, categories=("health",), refused=True)
    assert not sees(nils, case, health)
    give(people, case, giver=people.region, receiver=people.region, categories=("health",))
    live = list(Consent.objects.filter(giver=people.region, receiver=people.region, ended_at__isnull=True))
    done(people.egon, WithdrawConsent, lambda p: consents.withdraw(p, consents=[row.id for row in live]), case=case)
    assert not sees(nils, case, health)
    assert sees(dag, case, health)


def test_a_legal_ground_opens_exactly_one_thing(people: Cast, case: UUID, dag: Actor, nils: Actor) -> None:
    """Recorded by the unit, for that item and the party itself (domain/consent.py); Nils lets it no further."""
    one, other = (written(dag, case, people.region) for _ in range(2))
    let_out(dag, case, one, people.region)
    assert [sees(nils, case, item) for item in (one, other)] == [True, False]
    with pytest.raises(Rejection):
        let_out(nils, case, one, people.fk)
    assert not sees(people.cia, case, one)
    page = browser(people.dag).get(f"/arenden/{case}/samtycken/annan-grund/").content.decode()
    assert f'value="{people.region}"' in page
    done(dag, RecordGround, lambda p: grounds.end(p, ground=LegalGround.objects.get().id), case=case)
    assert not sees(nils, case, one)


def test_what_is_no_units_own_is_not_let_out_to_the_party_itself(people: Cast, case: UUID, dag: Actor) -> None:
    """There the whole party reads it already."""
    item = note(people.bo, case, "health", people.af)
    with pytest.raises(Rejection) as refused:
        let_out(people.bo, case, item, people.af)
    assert refused.value.problems[0].field == "receiver"


def test_other_parties_are_let_in_as_before(people: Cast, case: UUID, dag: Actor, nils: Actor) -> None:
    """A border inside a party changes nothing between parties: her consent region → AF opens it for Bo, not Nils."""
    inside = written(dag, case, people.region)
    give(people, case, giver=people.region, receiver=people.af)
    assert sees(people.bo, case, inside)
    assert not sees(nils, case, inside)


def test_a_party_without_a_closed_unit_tells_itself_nothing(people: Cast, case: UUID) -> None:
    """There is nothing to say yes to."""
    with pytest.raises(Rejection, match="till sig själv"):
        give(people, case, giver=people.af, receiver=people.af)


def test_the_form_asks_about_it_where_there_is_a_border(people: Cast, case: UUID, dag: Actor, nils: Actor) -> None:
    """One more question, about the region alone; what she said is told in words, and printed."""
    inside = written(dag, case, people.region)
    client = browser(people.egon)
    for way in ("", "?satt=enkel"):
        page = client.get(f"/arenden/{case}/samtycken/nytt/{way}").content.decode()
        assert page.count('name="inside"') == 1
    told = {
        "inside": [str(people.region)],
        "categories": ["health"],
        "purpose": "support",
        "last_day": timezone.localdate().replace(year=timezone.localdate().year + 1).isoformat(),
        "condition": "no",
    }
    answer = client.post(f"/arenden/{case}/samtycken/nytt/", told)
    assert answer.status_code == 302, answer.content.decode()
    row = Consent.objects.get(giver=people.region, receiver=people.region)
    assert (row.category, row.refused) == ("health", False)
    assert sees(nils, case, inside)
    overview = client.get(f"/arenden/{case}/samtycken/").content.decode()
    assert "från egen enhet" in overview
    assert "Inom Region Stockholm får alla" in overview
    paper = client.get(f"/arenden/{case}/samtycken/{row.document_id}/utskrift/").content.decode()
    assert "Inom Region Stockholm får alla" in paper
    nothing = client.post(f"/arenden/{case}/samtycken/nytt/", {**told, "inside": []})
    assert nothing.status_code == 422
    assert "parties" in nothing.context["form"].errors


def test_without_a_border_the_form_asks_as_before(people: Cast, case: UUID) -> None:
    """No question that nobody needs."""
    assert 'name="inside"' not in browser(people.egon).get(f"/arenden/{case}/samtycken/nytt/").content.decode()


def test_the_ways_are_written_out() -> None:
    """domain/scopes.py: inside stands beside the ways between, and by itself."""
    a, b = UUID(int=1), UUID(int=2)
    assert between([], herself=True, inside=[a]) == ((a, a),)
    assert between([a], herself=False, inside=[a]) == ((a, a),)
    assert set(between([a, b], herself=False, inside=[b])) == {(a, b), (b, a), (b, b)}
    assert one_way([], [], inside=[a, a]) == ((a, a),)
    assert set(one_way([None], [a], inside=[a])) == {(None, a), (a, a)}
    for wrong in (lambda: between([], herself=True), lambda: one_way([a], [a]), lambda: one_way([], [a], inside=[a])):
        with pytest.raises(Rejection):
            wrong()


def test_many_parties_and_one_inside_are_told_apart(people: Cast, case: UUID, dag: Actor) -> None:
    """One document, two sentences: who talks with whom, and what goes round inside."""
    ways = between([people.region, people.af], herself=True, inside=[people.region])
    says = [consents.NewSay(giver, receiver, "work") for giver, receiver in ways]
    last = timezone.localdate()
    done(
        people.egon,
        RecordConsent,
        lambda p: consents.record(p, says=says, last_day=last, how="screen", condition_of_benefit=False),
        case=case,
    )
    groups = done(people.egon, ReadCase, consents_of, case=case).documents[0].groups
    assert sorted((group.inside, group.mutual, group.herself) for group in groups) == [
        (False, True, True),
        (True, False, False),
    ]


# What else keeps to it


def test_only_the_unit_lets_its_things_out(people: Cast, case: UUID, dag: Actor, nils: Actor) -> None:
    """Recording a legal ground is the unit's own matter: to others of the party the thing does not exist."""
    inside = written(dag, case, people.region)
    for item in (inside, people.programme):
        with pytest.raises(Rejection, match="din egen part") as refused:
            let_out(nils, case, item, people.fk)
        assert refused.value.problems[0].field == "item"


def test_each_side_says_its_own_in_the_mapping(people: Cast, case: UUID, dag: Actor, nils: Actor) -> None:
    """A closed unit's contribution stands beside the party's: nobody meets, or overwrites, what she may not read."""
    first = _contribute(dag, case, "Behandling pågår.", version=0)
    other = _contribute(nils, case, "Undersökt i maj.", version=0)
    again = _contribute(nils, case, "Undersökt i juni.", version=1)
    assert len({first, other, again}) == 3
    of_dag = done(dag, WriteMapping, lambda p: area_of(p, area="health"), case=case)
    of_nils = done(nils, WriteMapping, lambda p: area_of(p, area="health"), case=case)
    hers = done(people.egon, ReadCase, lambda p: area_of(p, area="health"), case=case)
    assert of_dag is not None
    assert of_nils is not None
    assert hers is not None
    assert [row.text for row in of_nils.parties] == ["Undersökt i juni."]
    assert {row.text for row in of_dag.parties} == {"Behandling pågår.", "Undersökt i juni."}
    assert of_dag.mine is not None
    assert of_dag.mine.text == "Behandling pågår."
    assert {row.text for row in hers.parties} == {"Behandling pågår.", "Undersökt i juni."}


def test_a_meeting_of_a_closed_unit_calls_nobody_over_the_border(
    people: Cast, case: UUID, dag: Actor, nils: Actor
) -> None:
    """Whoever is called must be able to read the call; under her yes she may be."""
    soon = timezone.now() + timedelta(days=2)
    new = meetings.NewMeeting("Planera", soon, "Rum 3", officials=[nils.account])  # type: ignore[list-item]
    with pytest.raises(Rejection) as refused:
        done(dag, CallMeeting, lambda p: meetings.call(p, meeting=new), case=case)
    assert refused.value.problems[0].field == "officials"
    give(people, case, giver=people.region, receiver=people.region, categories=("process",))
    meeting = done(dag, CallMeeting, lambda p: meetings.call(p, meeting=new), case=case)
    assert sees(nils, case, meeting)


def test_an_absence_is_told_to_the_contact_persons_unit(people: Cast, case: UUID) -> None:
    """It is addressed to her, and her unit is closed: the rest of the municipality does not read it (ADR 008)."""
    assign_workplace(people, case)
    a_unit(people.municipality, "Socialtjänsten", closed=True, members=(people.anna,))
    ove = a_colleague("Ove", party=people.municipality)
    done(people.anna, AssignOfficial, lambda p: cases.assign(p, account=ove.account), case=case)  # type: ignore[arg-type]
    done(people.frida, ReportAbsence, lambda p: absence.report(p, day=timezone.localdate()), case=case)
    item = Item.objects.get(kind="absence").id
    assert sees(renewed(people.anna), case, item)
    assert not sees(ove, case, item)
    assert [need.what for need in done(renewed(people.anna), SeeMyDay, my_day).needs].count("absence") == 1


def test_a_referral_belongs_to_the_unit_that_wrote_it(people: Cast) -> None:
    """Who moves away can neither read nor write it; the list of referrals says the same."""
    a_unit(people.fk, "Utredning", closed=True, members=(people.cia,))
    cia = renewed(people.cia)
    case = partys_referral(people, by=cia, sent=False)
    assert Item.objects.filter(case=case, unit=cia.unit).exists()
    assert not Item.objects.filter(case=case, unit__isnull=True).exists()
    moved = place(cia, None)
    assert done(moved, WriteReferral, form_of, case=case) is None
    assert done(moved, SeeMyDay, mine) == ()
    with pytest.raises(Rejection):
        done(moved, WriteReferral, referrals.send, case=case)


def test_who_works_there_is_the_units_own_too(people: Cast, case: UUID, dag: Actor, nils: Actor) -> None:
    """That an addiction clinic has somebody in the case says as much as its notes: Nils does not see Dag there."""
    named = {view.name for view in done(nils, ReadCase, people_in, case=case)}
    assert named == {"Anna", "Nils"}
    give(people, case, giver=people.region, receiver=people.region, categories=("process",))
    assert {view.name for view in done(nils, ReadCase, people_in, case=case)} == {"Anna", "Nils", "Dag"}
    assert {view.name for view in done(dag, ReadCase, people_in, case=case)} == {"Anna", "Nils", "Dag"}


# Setting it up


def test_units_are_set_up_and_officials_placed(people: Cast) -> None:
    """A name once in each party, the party's own officials only; each step written down."""
    unit = a_unit(people.region, "Psykiatrin")
    assert a_unit(people.af, "Psykiatrin") != unit
    for wrong, field in (
        (lambda p: units.add(p, party=people.region, name="Psykiatrin"), "name"),
        (lambda p: units.add(p, party=people.region, name=" "), "name"),
        (lambda p: units.add(p, party=people.region, name="x" * 201), "name"),
        (lambda p: units.open_up(p, unit=unit), "unit"),
        (lambda p: units.close(p, unit=people.programme), "unit"),
        (lambda p: units.place(p, account=people.bo.account, unit=unit), "unit"),
        (lambda p: units.place(p, account=people.egon.account, unit=unit), "account"),
        (lambda p: units.place(p, account=people.programme, unit=unit), "account"),
        (lambda p: setup.add_account(p, email="x@example.org", name="X", party=people.af, unit=unit), "unit"),
    ):
        with pytest.raises(Rejection) as refused:
            done(HOUSE, SetUp, wrong)
        assert refused.value.problems[0].field == field
    assert Unit.objects.count() == 2
    account = done(
        HOUSE,
        SetUp,
        lambda p: setup.add_account(p, email="x@example.org", name="X", party=people.region, unit=unit),
    )
    assert Account.objects.get(id=account).unit_id == unit
    assert is_refused(people.anna, SetUp)
    assert Event.objects.filter(what="unit.added").count() == 2


def _contribute(who: Actor, case: UUID, text: str, *, version: int) -> UUID:
    return done(
        who,
        WriteMapping,
        lambda p: mapping.write(p, area="health", text=text, version=version, own_words=False),
        case=case,
    )


def _bare(page: str) -> str:
    """The page without the keys that are new in each."""
    return re.sub(r"[\w-]{64}", "KEY", page)
