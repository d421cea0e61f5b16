"""Spells of livelihood: told by the participant or a party, corrected, and marked as wrong."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from samverk.access.actor import Actor
from samverk.access.declare import ReadCase, WriteLivelihood
from samverk.access.livelihood import LivelihoodView, livelihood_of
from samverk.actions import livelihood as acts
from samverk.domain.livelihood import GapKind, SpellTerms
from samverk.domain.words import Conflict, Rejection
from samverk.store.models import Event, Item, LivelihoodSpell
from tests.build import a_spell, done, is_refused
from tests.people import Cast

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
BEFORE = TODAY - timedelta(days=100)


def seen(who: Actor, case: UUID) -> LivelihoodView:
    return done(who, ReadCase, livelihood_of, case=case)


def terms(**more: object) -> SpellTerms:
    return SpellTerms(**({"kind": "social_assistance", "share": 100, "first_day": BEFORE} | more))  # type: ignore[arg-type]


def test_whose_it_is_and_who_sees_it(people: Cast, case: UUID) -> None:
    """Her own word is hers, an official's is the party's; each is seen under its own consent (design.md)."""
    hers = a_spell(people, case, by=people.egon, kind="sickness_benefit", share=50)
    theirs = a_spell(people, case, by=people.anna, share=50, payer=people.municipality)
    assert [Item.objects.get(id=id).owner_id for id in (hers, theirs)] == [None, people.municipality]
    assert {Item.objects.get(id=id).category for id in (hers, theirs)} == {"livelihood"}
    counts = [len(seen(who, case).spells) for who in (people.egon, people.anna, people.bo, people.cia, people.dag)]
    assert counts == [2, 2, 2, 0, 0]
    assert Event.objects.filter(what="livelihood.added", item=hers).exists()


def test_who_may_write(people: Cast, case: UUID) -> None:
    """The participant, the coordinator and officials; not steering, evaluation or the work place."""
    assert all(is_refused(who, WriteLivelihood, case=case) for who in (people.stig, people.eva, people.frida))


def test_an_empty_picture_raises_no_false_alarm(people: Cast, case: UUID) -> None:
    """Who sees nothing is not told of a gap: forbidden and absent look the same."""
    a_spell(people, case, last_day=TODAY + timedelta(days=10))
    assert (seen(people.anna, case).gaps[0].kind, seen(people.cia, case).gaps) == (GapKind.ENDS, ())
    assert not seen(people.cia, case).covered_now


def test_bad_terms_name_their_fields(people: Cast, case: UUID) -> None:
    """All that is wrong is said at once, beside its field, and nothing is written."""
    for bad, fields in (
        ({"kind": "lottery"}, {"kind"}),
        ({"share": 0}, {"share"}),
        ({"share": 101}, {"share"}),
        ({"last_day": BEFORE - timedelta(days=1)}, {"last_day"}),
        ({"monthly": -1}, {"monthly"}),
        ({"payer": UUID(int=7)}, {"payer"}),
        ({"payer_name": "x" * 201}, {"payer_name"}),
        ({"kind": "", "share": 200, "monthly": 2_000_000}, {"kind", "share", "monthly"}),
    ):
        with pytest.raises(Rejection) as caught:
            a_spell(people, case, **bad)
        assert {problem.field for problem in caught.value.problems} == fields
    assert not LivelihoodSpell.objects.exists()


def test_several_at_once_in_shares(people: Cast, case: UUID) -> None:
    """Shares over a hundred are asked about, not refused (domain.md §3.8)."""
    a_spell(people, case, share=50, monthly=4000)
    a_spell(people, case, kind="sickness_benefit", share=50, monthly=5000)
    view = seen(people.anna, case)
    assert (view.over, view.expected_now, view.covered_now, view.gaps) == ((), 9000, True, ())
    a_spell(people, case, kind="wage", share=25)
    view = seen(people.anna, case)
    assert (view.over[0].start, view.expected_now) == (BEFORE, None)


def test_none_excludes_the_others(people: Cast, case: UUID) -> None:
    """ "No livelihood" cannot run on the days of a livelihood, in either order; before and after it can."""
    a_spell(people, case, last_day=TODAY)
    with pytest.raises(Rejection, match="Ingen försörjning") as caught:
        a_spell(people, case, kind="none", first_day=TODAY)
    assert caught.value.problems[0].field == "first_day"
    a_spell(people, case, kind="none", first_day=TODAY + timedelta(days=1))
    with pytest.raises(Rejection, match="Ingen försörjning"):
        a_spell(people, case, kind="wage", first_day=TODAY + timedelta(days=30))


def test_a_refusal_tells_nothing_of_what_one_may_not_see(people: Cast, case: UUID) -> None:
    """Cia's party may write beside what it cannot see; no answer shows that something is there."""
    a_spell(people, case)
    assert a_spell(people, case, by=people.cia, kind="none")


def test_corrected_by_its_own_writer_only(people: Cast, case: UUID) -> None:
    """Each answers for her own word: Bo sees Anna's, Egon too, and neither changes it."""
    id = a_spell(people, case)
    later = terms(last_day=TODAY + timedelta(days=20), payer_name="Socialkontoret")
    for who in (people.bo, people.egon):
        with pytest.raises(Rejection, match="hör till någon annan"):
            done(who, WriteLivelihood, lambda p: acts.change(p, spell=id, terms=later, version=1), case=case)
    with pytest.raises(Rejection, match="finns inte här"):
        done(people.cia, WriteLivelihood, lambda p: acts.change(p, spell=id, terms=later, version=1), case=case)
    done(people.anna, WriteLivelihood, lambda p: acts.change(p, spell=id, terms=later, version=1), case=case)
    assert seen(people.egon, case).covered_through == TODAY + timedelta(days=20)
    assert Item.objects.get(id=id).headline == "Socialkontoret"


def test_two_who_correct_at_the_same_time(people: Cast, case: UUID) -> None:
    """The second sees both, and nothing of the first is lost."""
    id = a_spell(people, case)
    done(people.anna, WriteLivelihood, lambda p: acts.change(p, spell=id, terms=terms(share=50), version=1), case=case)
    with pytest.raises(Conflict) as caught:
        done(
            people.anna,
            WriteLivelihood,
            lambda p: acts.change(p, spell=id, terms=terms(share=75), version=1),
            case=case,
        )
    assert (caught.value.theirs["share"], caught.value.version) == ("50", 2)
    assert LivelihoodSpell.objects.get(item=id).share == 50


def test_what_was_never_true_is_marked_not_deleted(people: Cast, case: UUID) -> None:
    """A mistaken spell stays with its reason and counts no more; it cannot be changed after that."""
    id = a_spell(people, case)
    with pytest.raises(Rejection, match="vad som är fel"):
        done(people.anna, WriteLivelihood, lambda p: acts.mark_wrong(p, spell=id, reason=" "), case=case)
    done(people.anna, WriteLivelihood, lambda p: acts.mark_wrong(p, spell=id, reason="Fel person."), case=case)
    view = seen(people.egon, case)
    assert (view.spells, [spell.wrong_reason for spell in view.wrong]) == ((), ["Fel person."])
    with pytest.raises(Rejection, match="redan markerad som fel"):
        done(people.anna, WriteLivelihood, lambda p: acts.change(p, spell=id, terms=terms(), version=2), case=case)
    assert a_spell(people, case, kind="none")
