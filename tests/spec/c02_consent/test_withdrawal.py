"""Chapter 2, consent: she can withdraw at any time, and it works on the next request (domain.md §3.2, design.md)."""

import pytest

from samverk.access.consents import consents_of
from samverk.access.declare import ReadCase, RecordGround, WithdrawConsent, WriteNote
from samverk.access.sight import visible
from samverk.access.withdrawal import effects_of
from samverk.actions import consents, grounds, items
from samverk.domain.words import Rejection
from samverk.store.models import Consent, Event, Item, Note
from tests.build import done, give, is_refused

pytestmark = pytest.mark.django_db


def note(who, case, category, owner, about_other=False):
    def write(permit):
        item = items.put(
            permit, kind="note", owner=owner, category=category, headline="Anteckning", about_other=about_other
        )
        Note(item_id=item, text="…").save(force_insert=True)
        return item

    return done(who, WriteNote, write, case=case)


def sees(who, case, item):
    return done(who, ReadCase, lambda p: Item.objects.filter(visible(p), id=item).exists(), case=case)


def effect(people, case, party):
    return done(people.egon, ReadCase, lambda p: effects_of(p, consents_of(p).says), case=case)[party]


def test_it_works_on_the_next_request(people, case):
    """Bo sees the municipality's note until the moment she takes it back; then it looks absent."""
    item = note(people.anna, case, "health", people.municipality)
    assert sees(people.bo, case, item)
    done(people.egon, WithdrawConsent, lambda p: consents.withdraw_all(p, receivers=[people.af]), case=case)
    assert not sees(people.bo, case, item)
    assert sees(people.anna, case, item)


def test_yesterdays_withdrawal_hides_everything_of_others(people, case):
    """Dag's party had consent until yesterday; what he has written himself he keeps."""
    hers, his = note(people.anna, case, "health", people.municipality), note(people.dag, case, "health", people.region)
    assert not sees(people.dag, case, hers)
    assert sees(people.dag, case, his)


def test_a_part_of_it_can_be_taken_back(people, case):
    """Single rows: health stays, work goes."""
    health, work = (note(people.anna, case, category, people.municipality) for category in ("health", "work"))
    row = Consent.objects.get(giver=people.municipality, receiver=people.af, category="work", ended_at__isnull=True)
    assert done(people.egon, WithdrawConsent, lambda p: consents.withdraw(p, consents=[row.id]), case=case) == 1
    assert sees(people.bo, case, health)
    assert not sees(people.bo, case, work)


def test_asking_twice_does_no_harm(people, case):
    """The second time there is nothing left to end, and the first ending stands."""
    row = Consent.objects.filter(receiver=people.af, ended_at__isnull=True).first()
    first = done(people.egon, WithdrawConsent, lambda p: consents.withdraw(p, consents=[row.id]), case=case)
    ended = Consent.objects.get(id=row.id).ended_at
    second = done(people.egon, WithdrawConsent, lambda p: consents.withdraw(p, consents=[row.id]), case=case)
    assert (first, second) == (1, 0)
    assert Consent.objects.get(id=row.id).ended_at == ended


def test_what_she_has_refused_stays_refused(people, case):
    """To take back every yes is no yes to what she said no to."""
    give(people, case, giver=None, receiver=people.af, refused=True, categories=("health",))
    done(people.egon, WithdrawConsent, lambda p: consents.withdraw_all(p, receivers=[people.af]), case=case)
    live = Consent.objects.filter(receiver=people.af, ended_at__isnull=True)
    assert [(row.category, row.refused) for row in live] == [("health", True)]


def test_she_may_tell_any_official(people, case):
    """Cia may not know what Bo's party may know, but she may receive that it shall end; and she learns nothing."""
    told = done(people.cia, WithdrawConsent, lambda p: consents.withdraw_all(p, receivers=[people.af]), case=case)
    assert told is None
    assert not Consent.objects.filter(receiver=people.af, refused=False, ended_at__isnull=True).exists()
    event = Event.objects.get(what="consent.withdrawn", actor=people.cia.account)
    assert event.detail == {"receiver": str(people.af)}


def test_an_official_ends_no_single_row_of_others(people, case):
    """She may not know of it: asked for, it is as if it did not exist."""
    row = Consent.objects.filter(giver=people.municipality, receiver=people.af, ended_at__isnull=True).first()
    assert done(people.cia, WithdrawConsent, lambda p: consents.withdraw(p, consents=[row.id]), case=case) == 0
    assert Consent.objects.get(id=row.id).ended_at is None


@pytest.mark.parametrize("who", ["eva", "stig", "frida"])
def test_whoever_is_not_in_the_case_ends_nothing(people, case, who):
    """Whom she does not meet she does not tell."""
    assert is_refused(getattr(people, who), WithdrawConsent, case=case)


def test_choosing_nothing_is_refused(people, case):
    """With the field that it belongs to."""
    for act, field in (
        (lambda p: consents.withdraw(p, consents=[]), "rows"),
        (lambda p: consents.withdraw_all(p, receivers=[]), "parties"),
    ):
        with pytest.raises(Rejection) as refused:
            done(people.egon, WithdrawConsent, act, case=case)
        assert refused.value.problems[0].field == field


def test_first_she_is_told_what_it_changes(people, case):
    """What each party will no longer see, and what it keeps since it has written it itself."""
    for _ in range(2):
        note(people.anna, case, "health", people.municipality)
    note(people.bo, case, "work", people.af)
    note(people.egon, case, "health", None)
    before = effect(people, case, people.af)
    assert dict(before.loses)["health"] == 3
    assert "work" not in dict(before.loses), "its own stays"
    assert dict(before.keeps) == {"work": 1}


def test_what_is_about_someone_else_is_not_counted_for_her(people, case):
    """She does not see it herself: counts tell nothing of it (design.md)."""
    note(people.anna, case, "housing", people.municipality, about_other=True)
    assert "housing" not in dict(effect(people, case, people.af).loses)


def test_what_another_law_allows_stays(people, case):
    """A ground for exactly one item: the party may go on reading that one."""
    item = note(people.anna, case, "housing", people.municipality)
    done(
        people.anna,
        RecordGround,
        lambda p: grounds.record(p, item=item, receiver=people.af, ground="10 kap. 2 § OSL"),
        case=case,
    )
    told = effect(people, case, people.af)
    assert "housing" not in dict(told.loses)
    assert told.grounds == 1
    done(people.egon, WithdrawConsent, lambda p: consents.withdraw_all(p, receivers=[people.af]), case=case)
    assert sees(people.bo, case, item)


@pytest.mark.parametrize("who", ["anna", "bo", "cia"])
def test_nobody_else_is_told_what_it_changes(people, case, who):
    """Counts of what a party sees are hers alone."""
    assert done(getattr(people, who), ReadCase, lambda p: effects_of(p, consents_of(p).says), case=case) == {}
