"""Chapter 15, evaluation: an extract of case work, without names, logged for everyone who is in it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samverk.access.actor import system_actor
from samverk.access.declare import ReadCase, SeeWhoLooked, WriteLivelihood, WriteMeasure
from samverk.access.declare_house import DecideEvaluation, RunProgramme, SeeExtracts, SetUp, TakeExtract
from samverk.access.extracts import extracts_of
from samverk.access.looks import looks_of
from samverk.actions import extracts, livelihood, measures, setup
from samverk.domain.extract import Basis, band_of
from samverk.domain.parties import Role
from samverk.domain.words import Rejection
from samverk.store.models import Event, EventAbout, Item, LivelihoodSpell
from samverk.store.models import Extract as Taken
from tests.build import a_measure, a_spell, asked_of, close, done, hand_over_to, is_refused, own_referral
from tests.people import Cast, cast
from tests.spec.c15_evaluation.extract_scene import ago, came, decide, five, make_principal, protect, say, take

pytestmark = pytest.mark.django_db

ALLOWED = 14
"""Queries of the act itself. With those of a request they stay below eighteen."""


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


def seen(people: Cast):  # type: ignore[no-untyped-def]
    return done(people.eva, SeeExtracts, extracts_of, programme=people.programme)


def test_only_the_programmes_own_evaluator_takes_one(people: Cast) -> None:
    """Role.EVALUATOR in that very programme; nobody who works with the people in it."""
    for who in (people.anna, people.bo, people.cia, people.stig, people.frida, people.egon):
        assert is_refused(who, TakeExtract, programme=people.programme)
    new = setup.NewProgramme(name="Ett annat program", parties=[])
    other = done(system_actor("test"), SetUp, lambda p: setup.create_programme(p, programme=new))
    assert is_refused(people.eva, TakeExtract, programme=other)
    assert is_refused(people.eva, SeeExtracts, programme=other)


def test_an_evaluator_still_sees_nobody(people: Cast) -> None:
    """She sees figures, not names (domain.md §2)."""
    who = five(people)[0]
    take(people)
    assert is_refused(people.eva, ReadCase, case=who.case)


def test_with_four_nothing_is_given_out(people: Cast) -> None:
    """Fewer than five: no extract, no number on the page, no trace in anybody's log."""
    here = [came(people, f"Deltagare{n}") for n in range(4)]
    with pytest.raises(Rejection):
        take(people)
    assert seen(people).could is None
    assert not Taken.objects.exists()
    assert not EventAbout.objects.filter(person__in=[one.person for one in here]).exists()
    came(people, "Deltagare5")
    assert seen(people).could == 5
    assert take(people).people == 5


def test_on_consent_those_who_said_yes(people: Cast) -> None:
    """The last thing she said holds; silence is no yes."""
    here = five(people)
    came(people, "Tyst", says=None)
    nej = came(people, "Nej", says=True)
    say(nej, False)
    assert (take(people).people, seen(people).basis) == (5, Basis.CONSENT)
    say(here[0], False)
    with pytest.raises(Rejection):
        take(people)


def test_on_a_decision_all_but_those_who_said_no(people: Cast) -> None:
    """The principal's decision, until its last day or its end; her no is stronger."""
    make_principal(people)
    five(people, says=None)
    came(people, "Ja", says=True)
    nej = came(people, "Nej", says=False)
    decision = decide(people)
    taken = take(people)
    assert (taken.people, taken.basis) == (6, Basis.DECISION)
    assert Taken.objects.get().decision_id == decision
    say(nej, True)
    assert take(people).people == 7
    done(
        people.anna,
        DecideEvaluation,
        lambda p: extracts.end_decision(p, decision=decision),
        programme=people.programme,
    )
    with pytest.raises(Rejection):
        take(people)


def test_a_decision_that_has_run_out_holds_no_longer(people: Cast) -> None:
    """To and including its last day."""
    make_principal(people)
    five(people, says=None)
    decide(people, until=timezone.localdate())
    assert take(people).people == 5
    later = timezone.now() + timedelta(days=1)
    with pytest.raises(Rejection):
        done(people.eva, TakeExtract, extracts.take, programme=people.programme, at=later)


@pytest.mark.parametrize("level", ["secrecy_marking", "protected_registration", "fictitious"])
def test_nobody_with_a_protected_identity_is_ever_in_it(people: Cast, level: str) -> None:
    """Any level, on consent and on a decision, also with her yes."""
    here = five(people)
    protect(here[0].person, level)
    with pytest.raises(Rejection):
        take(people)
    make_principal(people)
    decide(people)
    with pytest.raises(Rejection):
        take(people)


def test_nobody_is_in_it_before_she_has_started(people: Cast) -> None:
    """Referred, or offered a place: not yet."""
    five(people)
    own_referral(people)
    make_principal(people)
    decide(people)
    assert take(people).people == 5


def test_each_person_sees_that_she_was_in_it(people: Cast) -> None:
    """In "Vem har sett mina uppgifter": who, for evaluation, without a name. Who was not in it sees nothing."""
    here, nej = five(people), came(people, "Nej", says=False)
    take(people)
    for who in here:
        looks = done(who.actor, SeeWhoLooked, looks_of, case=who.case).looks
        found = [look for look in looks if look.act == "TakeExtract"]
        assert [(look.name, look.capacities) for look in found] == [("Eva", ("evaluator",))]
    assert "TakeExtract" not in {look.act for look in done(nej.actor, SeeWhoLooked, looks_of, case=nej.case).looks}


def test_one_event_of_the_whole(people: Cast) -> None:
    """Who, when, basis, how many, and the hash of what was given out; the data themselves are kept nowhere."""
    five(people)
    taken = take(people)
    row, event = Taken.objects.get(), Event.objects.get(what="extract.taken")
    assert (row.data_hash, row.counts, row.basis, row.by_id) == (
        taken.hash,
        taken.counts,
        "consent",
        people.eva.account,
    )
    assert (event.item, event.person, event.detail["hash"]) == (row.id, None, taken.hash)
    assert seen(people).taken[0].people == 5


def test_two_extracts_have_other_numbers(people: Cast) -> None:
    """Drawn anew each time: with forty ways to choose from, the same order twice would be a wonder."""
    for n in range(7):
        came(people, f"Deltagare{n}", days=400 + 100 * n)
    orders = {tuple(take(people).table("people").column("observed_until")) for _ in range(6)}
    assert len(orders) > 1


def test_what_stands_in_it(people: Cast) -> None:
    """Livelihood, measures and how it ended, from the acts of case work; in codes, on her own calendar."""
    here = five(people)
    who = came(people, "Rik", number="198003032383", days=500)
    a_spell(people, who.case, kind="sickness_benefit", share=50, first_day=ago(600), last_day=ago(411))
    mistaken = a_spell(people, who.case, kind="wage", first_day=ago(410))
    done(
        people.anna,
        WriteLivelihood,
        lambda p: livelihood.mark_wrong(p, spell=mistaken, reason="Fel person."),
        case=who.case,
    )
    measure = a_measure(people, who.case, extent=50)
    done(
        people.anna,
        WriteMeasure,
        lambda p: measures.start(p, measure=measure, on=ago(450), uninsured_anyway=True),
        case=who.case,
    )
    found = take(people)
    assert found.people == len(here) + 1
    person = found.table("people").column("sex").index("woman") + 1
    assert [row for row in found.table("livelihood").rows if row[0] == person] == [
        (person, "sickness_benefit", 50, -100, 90, 0, "fk", 1)
    ]
    assert [row[:3] + row[5:9] for row in found.table("measures").rows] == [
        (person, "work_training", "ongoing", 50, None, "employer", "")
    ]
    row = found.table("people").rows[person - 1]
    told = dict(zip([column.name for column in found.table("people").columns], row, strict=True))
    assert (told["support_months_before"], told["age_band"]) == (3, band_of(ago(500).year - 1980))
    assert (told["contact_days"], told["measures"], told["hand_overs"]) == (455, 1, 0)


def test_how_a_case_ended_and_its_hand_overs(people: Cast) -> None:
    """A warm hand-over is one that was let go of; a case that goes on has no end."""
    here = five(people)
    hand_over_to(people, here[0].case, next=people.bo)
    hand_over_to(people, here[1].case, next=people.bo, until="met")
    close(people, here[2].case, at=timezone.now() - timedelta(days=100))
    table = take(people).table("people")
    columns = ("hand_overs", "hand_overs_warm", "destination", "ended_day", "observed_until")
    assert sorted(zip(*(table.column(name) for name in columns), strict=True), key=str) == [
        (0, 0, "", None, 364),
        (0, 0, "", None, 364),
        (0, 0, "work", 300, 301),
        (1, 0, "", None, 364),
        (1, 1, "", None, 364),
    ]


def test_the_number_of_queries_does_not_grow(people: Cast) -> None:
    """A fixed number, however many people (house.md)."""
    here = five(people)

    def counted() -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            take(people)
        return [one for one in asked_of(queries) if not one.startswith("SELECT samverk_hold")]

    few = counted()
    for n in range(6):
        came(people, f"Till{n}")
    for who in here:
        a_spell(people, who.case)
        a_measure(people, who.case)
    many = counted()
    assert len(many) == len(few) <= ALLOWED, "\n".join(many)


def test_no_word_that_anybody_wrote_is_in_it(people: Cast) -> None:
    """Every headline, name and id of the house is looked for in the whole extract."""
    here = five(people)
    a_spell(people, here[0].case, payer_name="Kanarie AB")
    a_measure(people, here[0].case, words="Kanarie svarvar.", until="ongoing")
    text = "".join(str(row) for table in take(people).tables for row in table.rows)
    words = {one.actor.name for one in here} | {"Kanarie"} | {str(one.case) for one in here}
    words |= set(Item.objects.exclude(headline="").values_list("headline", flat=True))
    assert [word for word in words if word in text] == []
    assert not re.search(r"\d{4}-\d\d-\d\d", text)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the second lock is PostgreSQL's")
def test_the_second_lock_opens_for_this_act_and_this_programme_alone(people: Cast) -> None:
    """Row security lets an extract be read whole (access/whole.py), and nothing by any other act of hers (ADR 013)."""
    a_spell(people, five(people)[0].case)
    spells = LivelihoodSpell.objects

    def count(_permit: object) -> int:
        return spells.count()

    assert done(people.eva, TakeExtract, count, programme=people.programme) == 1
    assert done(people.eva, SeeExtracts, count, programme=people.programme) == 0
    other = done(
        system_actor("test"),
        SetUp,
        lambda p: setup.create_programme(p, programme=setup.NewProgramme(name="Ett annat program", parties=[])),
    )
    account = people.eva.account
    assert account is not None
    done(
        system_actor("test"),
        RunProgramme,
        lambda p: setup.give_role(p, account=account, role=Role.EVALUATOR),
        programme=other,
    )
    assert done(people.eva, TakeExtract, count, programme=other) == 0
