"""Chapter 2, consent: she can withdraw at any time, and it works on the next request (domain.md §3.2, design.md)."""

from collections import Counter
from random import Random
from uuid import uuid4

import pytest
from django.utils import timezone

from samverk.access.consents import consents_of
from samverk.access.declare import ReadCase, ReadForControl, RecordGround, WithdrawConsent, WriteNote
from samverk.access.sight import visible
from samverk.access.withdrawal import effects_of
from samverk.actions import consents, grounds, items
from samverk.domain.words import Rejection
from samverk.store.models import Consent, Event, Item, LegalGround, Note
from tests.build import CATEGORIES, assign_workplace, done, give, give_for_control, is_refused

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
        lambda p: grounds.record(p, item=item, receiver=people.af, ground="osl_10_2"),
        case=case,
    )
    told = effect(people, case, people.af)
    assert "housing" not in dict(told.loses)
    assert told.grounds == 1
    done(people.egon, WithdrawConsent, lambda p: consents.withdraw_all(p, receivers=[people.af]), case=case)
    assert sees(people.bo, case, item)


def seen_by(who, act, case):
    """The ids of everything that `who` may see under `act`."""
    return done(who, act, lambda p: set(Item.objects.filter(visible(p)).values_list("id", flat=True)), case=case)


def generated(people, case, seed):
    """Things, consents for either purpose, refusals and grounds, by chance but the same each time."""
    chance = Random(seed)  # noqa: S311 (the same each time, on purpose)
    owners = [None, people.municipality, people.af, people.fk, people.region]
    writer = {None: people.egon, people.municipality: people.anna, people.af: people.bo, people.fk: people.cia}
    for _ in range(14):
        owner = chance.choice(owners)
        category, other = chance.choice(CATEGORIES[:3]), owner is not None and chance.random() < 0.2
        item = note(writer.get(owner, people.dag), case, category, owner, about_other=other)
        if owner is not None and chance.random() < 0.25:
            receiver = chance.choice([party for party in owners[1:] if party != owner])
            row = {"id": uuid4(), "item_id": item, "receiver_id": receiver, "ground": "osl_10_2"}
            LegalGround.objects.create(**row, starts_at=timezone.now())
    for _ in range(10):
        giver, receiver = chance.choice(owners), chance.choice(owners[1:])
        if giver == receiver:
            continue
        way = {"giver": giver, "receiver": receiver, "categories": chance.sample(CATEGORIES[:3], 2)}
        say = chance.choice([give, give_for_control])
        say(people, case, **way, refused=chance.random() < 0.25)


@pytest.mark.parametrize("seed", range(10))
def test_what_the_page_promises_is_what_comes_true(people, case, seed):
    """Item for item, for each party and both purposes: counted before, compared with what the rule gives after."""
    generated(people, case, seed)
    told = done(people.egon, ReadCase, lambda p: effects_of(p, consents_of(p).says), case=case)
    looks = {people.af: people.bo, people.fk: people.cia, people.region: people.dag, people.municipality: people.anna}
    acts = [ReadCase, ReadForControl]
    hers = dict(Item.objects.filter(case=case, about_other=False).values_list("id", "category"))
    for party, who in looks.items():
        may = [act for act in acts if not is_refused(who, act, case=case)]
        before = {act: seen_by(who, act, case) for act in may}
        done(people.egon, WithdrawConsent, lambda p, x=party: consents.withdraw_all(p, receivers=[x]), case=case)
        after = {act: seen_by(who, act, case) for act in may}
        effect = told.get(party)
        for act, loses in ((ReadCase, "loses"), (ReadForControl, "loses_control")):
            if act not in may:
                continue
            gone = Counter(hers[id] for id in before[act] - after[act] if id in hers)
            assert gone == Counter(dict(getattr(effect, loses, ()))), f"{who.name} {act.__name__}"
        if effect is None:
            continue
        own = set(Item.objects.filter(case=case, owner=party).values_list("id", flat=True))
        assert own <= after[ReadCase], "what it has written itself it keeps"
        assert dict(effect.keeps) == Counter(hers[id] for id in own if id in hers)
        assert effect.grounds == len((after[ReadCase] - own) & hers.keys())


def test_a_no_instead_has_the_same_effect_and_stays(people, case):
    """Refusing ends the consent of the same scope at once: Bo loses what the page counted."""
    item = note(people.anna, case, "health", people.municipality)
    promised = dict(effect(people, case, people.af).loses)["health"]
    before = seen_by(people.bo, ReadCase, case)
    for giver in (None, people.municipality):
        give(people, case, giver=giver, receiver=people.af, refused=True, categories=["health"])
    after = seen_by(people.bo, ReadCase, case)
    assert (len(before - after), item in after) == (promised, False)
    assert "health" not in dict(effect(people, case, people.af).loses)


def test_a_party_where_nobody_may_look_loses_nothing_now(people, case):
    """A consent without need to know shows nothing: the page does not promise more than is so."""
    note(people.anna, case, "health", people.municipality)
    give(people, case, giver=people.municipality, receiver=people.employer)
    assert effect(people, case, people.employer).loses == ()
    assign_workplace(people, case)
    assert dict(effect(people, case, people.employer).loses) == {"health": 1}


def test_the_page_tells_of_control_apart(people, case, client_of, django_assert_max_num_queries):
    """Two purposes, two lines; at most 18 queries."""
    note(people.anna, case, "health", people.municipality)
    give_for_control(people, case, giver=people.municipality, receiver=people.fk)
    client = client_of(people.egon)
    with django_assert_max_num_queries(18):
        page = client.get(f"/arenden/{case}/samtycken/ta-tillbaka/").content.decode()
    assert "Ser inte längre för kontroll eller beslut om ersättning: Hälsa (1)." in " ".join(page.split())


@pytest.mark.parametrize("who", ["anna", "bo", "cia"])
def test_nobody_else_is_told_what_it_changes(people, case, who):
    """Counts of what a party sees are hers alone."""
    assert done(getattr(people, who), ReadCase, lambda p: effects_of(p, consents_of(p).says), case=case) == {}
