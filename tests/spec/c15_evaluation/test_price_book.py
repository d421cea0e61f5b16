"""Chapter 15, evaluation: the price book is kept by two, and what is approved stays (issue 4, point 3)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from samverk.access import prices as access
from samverk.access.actor import system_actor
from samverk.access.declare_house import (
    ApprovePrices,
    KeepPrices,
    RunProgramme,
    SeeIntake,
    SeePrices,
    SeeSteering,
    SetUp,
)
from samverk.actions import log_keeping, prices, setup
from samverk.cli.price_file import first_book
from samverk.domain.parties import PartyTrust
from samverk.domain.price_book import LevelTerms, PriceTerms, fingerprint
from samverk.domain.price_table import Table
from samverk.domain.words import Conflict, Rejection
from samverk.store.models import Event, PriceBookVersion, PriceLevel, PriceRow
from tests.build import a_price_book, done, is_refused, price_keepers
from tests.people import cast

pytestmark = pytest.mark.django_db

VISIT = PriceTerms(
    kind="primary_care_doctor",
    payer="region",
    receiver="resources",
    amount=Decimal(2093),
    unit="SEK/each",
    nature="resource",
    price_year=2024,
    source="vardgivarguiden.se",
)
BENEFIT = PriceTerms(
    kind="sickness_benefit",
    payer="FK",
    receiver="participant",
    amount=None,
    unit="SEK/year",
    nature="transfer",
    price_year=2024,
)
KPI = LevelTerms(index="KPI", year=2023, level=Decimal("403.70"), source="scb.se")
SMALL = Table((VISIT, BENEFIT), (KPI,))


@pytest.fixture
def people():
    return cast()


def head(who, status):
    return done(who, SeePrices, lambda p: access.with_status(p, status))


def rows(who, status):
    """The prices of the version in that state."""

    def see(permit):
        found = access.with_status(permit, status)
        return [view for group in access.whole(permit, found).groups for view in group.prices]

    return done(who, SeePrices, see)


def events():
    return list(Event.objects.exclude(what="").order_by("turn").values_list("what", flat=True))


# Who may


def test_it_is_written_by_whoever_the_operator_has_named(people):
    """A trust of an official, given and taken by the operator; not even a coordinator has it without (issue 4, 3)."""
    for who in (people.anna, people.stig, people.eva, people.egon, people.frida):
        assert is_refused(who, KeepPrices)
        assert is_refused(who, ApprovePrices)
    cia, dag = price_keepers(people)
    for who in (cia, dag):
        assert not is_refused(who, KeepPrices)
        assert not is_refused(who, ApprovePrices)
    done(
        system_actor("test"),
        SetUp,
        lambda p: log_keeping.relieve(p, account=cia.account, trust=PartyTrust.PRICE_KEEPER),
    )
    assert is_refused(cia, KeepPrices)


def test_nobody_is_named_twice_and_one_trust_is_not_the_other(people):
    """The log controller keeps no prices, and a price keeper does not read her party's log."""
    cia, _ = price_keepers(people)
    with pytest.raises(Rejection):
        price_keepers(people)
    done(system_actor("test"), SetUp, lambda p: log_keeping.entrust(p, account=people.bo.account))
    assert is_refused(people.bo, KeepPrices)
    with pytest.raises(Rejection):
        done(
            system_actor("test"),
            SetUp,
            lambda p: log_keeping.entrust(p, account=people.egon.account, trust=PartyTrust.PRICE_KEEPER),
        )
    with pytest.raises(Rejection):
        done(system_actor("test"), SetUp, lambda p: log_keeping.relieve(p, account=cia.account))


def test_it_is_read_by_everyone_who_works_steers_or_evaluates(people):
    """It is about no one. Eva works for no party, and evaluates; Egon has no use for it in his case."""
    for who in (people.anna, people.bo, people.stig, people.eva, people.frida):
        assert not is_refused(who, SeePrices), who.name
    assert is_refused(people.egon, SeePrices)


def test_a_role_that_opens_the_house_opens_no_other_programme(people):
    """Who steers or evaluates one programme reads the book of the house, and is nothing in the next programme."""

    def add(permit):
        return setup.create_programme(permit, programme=setup.NewProgramme(name="Ett annat program"))

    other = done(system_actor("test"), SetUp, add)
    for who, act in ((people.anna, RunProgramme), (people.anna, SeeIntake), (people.stig, SeeSteering)):
        assert not is_refused(who, act, programme=people.programme)
        assert is_refused(who, act, programme=other)


# Four eyes


def test_whoever_proposes_does_not_approve(people):
    """Two people answer for what evaluations rest on; the approval names the second (issue 4, 3: four eyes)."""
    a_price_book(people, SMALL, until="proposed")
    with pytest.raises(Rejection, match="Du föreslog den här versionen"):
        done(people.cia, ApprovePrices, lambda p: prices.approve(p, version=2))
    assert head(people.cia, "approved") is None
    done(people.dag, ApprovePrices, lambda p: prices.approve(p, version=2))
    approved = head(people.anna, "approved")
    assert (approved.proposed_by, approved.approved_by) == ("Cia", "Dag")
    told = Event.objects.get(what="price_book.approved")
    assert (told.actor, told.detail["proposed_by"]) == (people.dag.account, str(people.cia.account))


def test_what_is_approved_is_what_was_read(people):
    """A proposal that was sent back, changed and proposed again is another one (design.md: no change unseen)."""
    a_price_book(people, SMALL, until="proposed")
    done(people.dag, ApprovePrices, lambda p: prices.send_back(p, reason="Fel år.", version=2))
    done(people.cia, KeepPrices, lambda p: prices.add_price(p, terms=replace(VISIT, name="kväll")))
    with pytest.raises(Rejection, match="har ändrats"):
        done(people.cia, KeepPrices, lambda p: prices.propose(p, words="Nytt.", version=3))
    done(people.cia, KeepPrices, lambda p: prices.propose(p, words="Nytt.", version=4))
    with pytest.raises(Rejection, match="har ändrats"):
        done(people.dag, ApprovePrices, lambda p: prices.approve(p, version=2))
    done(people.dag, ApprovePrices, lambda p: prices.approve(p, version=5))


def test_it_is_sent_back_with_a_reason_and_may_be_taken_back(people):
    """A no says what has to change; the reason stays with the draft. Whoever proposed may take it back."""
    a_price_book(people, SMALL, until="proposed")
    with pytest.raises(Rejection):
        done(people.dag, ApprovePrices, lambda p: prices.send_back(p, reason=" ", version=2))
    done(people.cia, ApprovePrices, lambda p: prices.send_back(p, reason="Jag glömde en rad.", version=2))
    draft = head(people.dag, "draft")
    assert (draft.sent_back_by, draft.sent_back_words) == ("Cia", "Jag glömde en rad.")
    with pytest.raises(Rejection):
        done(people.dag, ApprovePrices, lambda p: prices.approve(p, version=3))


def test_the_first_book_has_nobodys_yes(people):
    """What comes with the programme is a draft that nobody here has answered for, and it is laid once only."""
    price_keepers(people)
    assert done(system_actor("test"), SetUp, lambda p: prices.load(p, table=SMALL)) == 3
    assert done(system_actor("test"), SetUp, lambda p: prices.load(p, table=SMALL)) == 0
    assert head(people.cia, "approved") is None
    draft = head(people.cia, "draft")
    assert (draft.number, draft.made_by) == (1, "")
    assert events().count("price_book.loaded") == 1


# Versions


def test_a_version_that_is_approved_is_frozen(people):
    """Nothing in it can be changed any more; a new draft is a copy, and the old one is there to be read (issue 4, 3)."""
    a_price_book(people, SMALL)
    one = next(view for view in rows(people.cia, "approved") if view.terms.kind == VISIT.kind)
    with pytest.raises(Rejection, match="inget utkast"):
        done(people.cia, KeepPrices, lambda p: prices.change_price(p, row=one.id, terms=VISIT, version=1))
    done(people.cia, KeepPrices, prices.begin)
    copied = rows(people.cia, "draft")
    assert [view.terms for view in copied] == [view.terms for view in rows(people.cia, "approved")]
    with pytest.raises(Rejection, match="finns inte längre"):
        done(people.cia, KeepPrices, lambda p: prices.change_price(p, row=one.id, terms=VISIT, version=1))
    dearer = replace(VISIT, amount=Decimal(2200))
    mine = next(view for view in copied if view.key == one.key)
    done(people.cia, KeepPrices, lambda p: prices.change_price(p, row=mine.id, terms=dearer, version=1))
    assert PriceRow.objects.get(id=one.id).amount == one.terms.amount
    draft = head(people.cia, "draft")
    done(people.cia, KeepPrices, lambda p: prices.propose(p, words="Dyrare besök.", version=draft.version))
    done(people.dag, ApprovePrices, lambda p: prices.approve(p, version=draft.version + 1))
    old, new = PriceBookVersion.objects.order_by("number")
    assert (old.status, new.status) == ("replaced", "approved")
    assert old.replaced_at == new.approved_at
    assert len({old.fingerprint, new.fingerprint}) == 2


def test_one_version_at_a_time_is_under_way(people):
    """One draft, or one proposal: two would let one be approved over the other unseen (issue 4, 3)."""
    a_price_book(people, SMALL)
    done(people.cia, KeepPrices, prices.begin)
    with pytest.raises(Rejection, match="inte är klar"):
        done(people.dag, KeepPrices, prices.begin)
    done(people.cia, KeepPrices, lambda p: prices.propose(p, words="Samma.", version=1))
    with pytest.raises(Rejection, match="inte är klar"):
        done(people.dag, KeepPrices, prices.begin)


def test_what_differs_is_told_row_by_row(people):
    """Changed with old and new, added, removed; an index too. A row is the same one in all versions (issue 4, 3)."""
    a_price_book(people, SMALL)
    done(people.cia, KeepPrices, prices.begin)
    visit, benefit = sorted(rows(people.cia, "draft"), key=lambda view: view.terms.kind)
    dearer = replace(visit.terms, amount=Decimal(2200), note="Ny lista.")
    done(people.cia, KeepPrices, lambda p: prices.change_price(p, row=visit.id, terms=dearer, version=1))
    done(people.cia, KeepPrices, lambda p: prices.remove_price(p, row=benefit.id, version=1))
    new = done(people.cia, KeepPrices, lambda p: prices.add_price(p, terms=replace(VISIT, name="kväll")))
    done(people.cia, KeepPrices, lambda p: prices.add_level(p, terms=replace(KPI, year=2024)))

    def see(permit):
        draft = access.with_status(permit, "draft")
        return access.changes(permit, draft, against=access.compared_with(permit, draft))

    found = done(people.anna, SeePrices, see)
    assert found.against == 1
    by_key = {change.key: change for change in found.prices}
    assert by_key[visit.key].fields == ("amount", "note")
    assert (by_key[visit.key].before.amount, by_key[visit.key].after.amount) == (Decimal(2093), Decimal(2200))
    assert by_key[benefit.key].after is None
    assert by_key[PriceRow.objects.get(id=new).key].before is None
    assert [(change.before, change.after.year) for change in found.levels] == [(None, 2024)]


# Two editors


def test_two_who_change_one_row_see_both_texts(people):
    """Nothing is lost: the second is shown what now stands, and can save against it (design.md)."""
    a_price_book(people, SMALL, until="draft")
    row = next(view for view in rows(people.cia, "draft") if view.terms.kind == VISIT.kind)
    theirs, mine = replace(VISIT, amount=Decimal("2150.5")), replace(VISIT, amount=Decimal(2200))
    done(people.cia, KeepPrices, lambda p: prices.change_price(p, row=row.id, terms=theirs, version=1))
    with pytest.raises(Conflict) as met:
        done(people.dag, KeepPrices, lambda p: prices.change_price(p, row=row.id, terms=mine, version=1))
    assert (met.value.theirs["amount"], met.value.version) == ("2150.5", 2)
    with pytest.raises(Rejection, match="har ändrats"):
        done(people.dag, KeepPrices, lambda p: prices.remove_price(p, row=row.id, version=1))
    done(people.dag, KeepPrices, lambda p: prices.change_price(p, row=row.id, terms=mine, version=2))
    assert PriceRow.objects.get(id=row.id).amount == 2200


def test_two_who_change_one_level_see_both_texts(people):
    """An index is a row like the others."""
    a_price_book(people, SMALL, until="draft")
    row = PriceLevel.objects.get()
    theirs = replace(KPI, level=Decimal("403.71"))
    done(people.cia, KeepPrices, lambda p: prices.change_level(p, row=row.id, terms=theirs, version=1))
    with pytest.raises(Conflict) as met:
        done(people.dag, KeepPrices, lambda p: prices.change_level(p, row=row.id, terms=KPI, version=1))
    assert met.value.theirs["level"] == "403.71"
    with pytest.raises(Rejection, match="har ändrats"):
        done(people.dag, KeepPrices, lambda p: prices.remove_level(p, row=row.id, version=1))
    done(people.dag, KeepPrices, lambda p: prices.remove_level(p, row=row.id, version=2))
    assert not PriceLevel.objects.exists()


# Out of order, and what never was


def test_what_is_not_there_is_said_plainly(people):
    """No draft, no proposal, no such row: a sentence each, and nothing is written."""
    price_keepers(people)
    before = events()
    for do in (
        lambda p: prices.add_price(p, terms=VISIT),
        lambda p: prices.propose(p, words="x", version=1),
        lambda p: prices.change_price(p, row=uuid4(), terms=VISIT, version=1),
        lambda p: prices.remove_level(p, row=uuid4(), version=1),
    ):
        with pytest.raises(Rejection, match="inget utkast"):
            done(people.cia, KeepPrices, do)
    for do in (lambda p: prices.approve(p, version=1), lambda p: prices.send_back(p, reason="x", version=1)):
        with pytest.raises(Rejection, match="inget förslag"):
            done(people.dag, ApprovePrices, do)
    done(people.cia, KeepPrices, prices.begin)
    with pytest.raises(Rejection, match="inga priser"):
        done(people.cia, KeepPrices, lambda p: prices.propose(p, words="Tomt.", version=1))
    for do in (
        lambda p: prices.change_price(p, row=uuid4(), terms=VISIT, version=1),
        lambda p: prices.remove_price(p, row=uuid4(), version=1),
        lambda p: prices.change_level(p, row=uuid4(), terms=KPI, version=1),
        lambda p: prices.remove_level(p, row=uuid4(), version=1),
    ):
        with pytest.raises(Rejection, match="finns inte längre"):
            done(people.cia, KeepPrices, do)
    assert events() == [*before, "price_book.begun"]


def test_a_kind_is_a_code_and_a_day_has_one_price(people):
    """What no list knows would never meet a spell; two prices for one thing would count it twice."""
    a_price_book(people, SMALL, until="draft")
    for wrong, field in (
        (replace(VISIT, kind="moon_landing"), "kind"),
        (replace(VISIT, valid_from=date(2024, 1, 1)), "valid_from"),
    ):
        with pytest.raises(Rejection) as met:
            done(people.cia, KeepPrices, lambda p, terms=wrong: prices.add_price(p, terms=terms))
        assert met.value.problems[0].field == field
    with pytest.raises(Rejection) as met:
        done(people.cia, KeepPrices, lambda p: prices.add_level(p, terms=KPI))
    assert met.value.problems[0].field == "year"


def test_every_write_has_its_event(people):
    """In its own transaction, with the keys of the rows and no texts (design.md: no change without its event)."""
    a_price_book(people, SMALL)
    done(people.cia, KeepPrices, prices.begin)
    row = done(people.cia, KeepPrices, lambda p: prices.add_price(p, terms=replace(VISIT, name="kväll")))
    done(
        people.cia, KeepPrices, lambda p: prices.change_price(p, row=row, terms=replace(VISIT, name="natt"), version=1)
    )
    done(people.cia, KeepPrices, lambda p: prices.remove_price(p, row=row, version=2))
    level = done(people.cia, KeepPrices, lambda p: prices.add_level(p, terms=replace(KPI, year=2024)))
    done(people.cia, KeepPrices, lambda p: prices.change_level(p, row=level, terms=replace(KPI, year=2025), version=1))
    done(people.cia, KeepPrices, lambda p: prices.remove_level(p, row=level, version=2))
    assert events()[-9:] == [
        "price_book.proposed", "price_book.approved", "price_book.begun", "price.added", "price.changed",
        "price.removed", "price_level.added", "price_level.changed", "price_level.removed",
    ]  # fmt: skip
    assert head(people.cia, "draft").version == 7


def test_the_first_book_is_approved_under_its_fingerprint(people):
    """The shipped rows go the whole way; what is approved has the name that the engine gives it."""
    table = first_book()
    a_price_book(people, table)
    assert head(people.anna, "approved").fingerprint == fingerprint(table.prices, table.levels)
    kept = done(people.anna, SeePrices, lambda p: access.table(p, access.with_status(p, "approved")))
    assert sorted(map(repr, kept.prices)) == sorted(map(repr, table.prices))
    assert len(kept.levels) == len(table.levels)
