"""Chapter 2, consent: another legal ground is recorded for exactly one item and one party (design.md)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samverk.access.declare import ReadCase, RecordGround
from samverk.access.grounds import grounds_of
from samverk.actions import grounds
from samverk.domain.words import Rejection
from samverk.store.models import Event, LegalGround
from tests.build import done, give, is_refused
from tests.spec.c02_consent.test_withdrawal import note, sees

pytestmark = pytest.mark.django_db
LAW = "osl_10_2"
IN_WORDS = "10 kap. 2 § offentlighets- och sekretesslagen"


def record(who, case, **told):
    return done(who, RecordGround, lambda p: grounds.record(p, **{"ground": LAW} | told), case=case)


def test_one_item_crosses_and_no_other(people, case):
    """Cia's party has no consent: it sees the one, not the other, and ceases to when the ground ends."""
    one, other = (note(people.anna, case, "health", people.municipality) for _ in range(2))
    ground = record(people.anna, case, item=one, receiver=people.fk)
    assert sees(people.cia, case, one)
    assert not sees(people.cia, case, other)
    assert not sees(people.dag, case, one)
    done(people.anna, RecordGround, lambda p: grounds.end(p, ground=ground), case=case)
    assert not sees(people.cia, case, one)


def test_it_is_written_down(people, case):
    """No change without its event; which law stands in the row, not in the log."""
    item = note(people.anna, case, "health", people.municipality)
    ground = record(people.anna, case, item=item, receiver=people.fk)
    event = Event.objects.get(what="ground.recorded")
    assert (event.item, event.detail) == (item, {"receiver": str(people.fk), "ground": str(ground)})
    assert LegalGround.objects.get(id=ground).ground == LAW


def test_only_the_party_that_owns_the_item(people, case):
    """Another's item, seen or not, and one that does not exist, are refused in the same words."""
    item = note(people.anna, case, "health", people.municipality)
    for asked in (item, people.programme):
        with pytest.raises(Rejection, match="din egen part") as refused:
            record(people.bo, case, item=asked, receiver=people.fk)
        assert refused.value.problems[0].field == "item"
    assert not LegalGround.objects.exists()


def test_no_refusal_stands_against_a_law(people, case):
    """A refusal beats every consent of its scope, and no other legal ground (design.md, the rule of the door)."""
    item, other = (note(people.anna, case, "health", people.municipality) for _ in range(2))
    give(people, case, giver=people.municipality, receiver=people.fk)
    assert sees(people.cia, case, other)
    give(people, case, giver=people.municipality, receiver=people.fk, refused=True)
    assert not sees(people.cia, case, item)
    record(people.anna, case, item=item, receiver=people.fk)
    assert sees(people.cia, case, item)
    assert not sees(people.cia, case, other)


def test_it_ends_by_itself_after_its_last_day(people, case):
    """Starts when it is recorded, holds through its last day, and is gone the moment after."""
    item, today = note(people.anna, case, "health", people.municipality), timezone.localdate()
    ground = record(people.anna, case, item=item, receiver=people.fk, last_day=today)
    assert sees(people.cia, case, item)
    LegalGround.objects.filter(id=ground).update(ended_at=timezone.now())
    assert not sees(people.cia, case, item)
    assert LegalGround.objects.get(id=record(people.anna, case, item=item, receiver=people.fk)).ended_at is None


def test_a_duty_in_another_law_is_named(people, case):
    """10:28 points to another law, and "another ground" to nothing: which one is written out and shown to her."""
    item = note(people.anna, case, "health", people.municipality)
    record(people.anna, case, item=item, receiver=people.fk, ground="osl_10_28", words="En lag, 1 §")
    hers = done(people.egon, ReadCase, grounds_of, case=case).live
    assert [(row.words, row.by, row.giver) for row in hers] == [("En lag, 1 §", "Anna", "Nacka kommun")]


def test_one_ground_at_a_time(people, case):
    """The same thing to the same party twice says nothing more."""
    item = note(people.anna, case, "health", people.municipality)
    record(people.anna, case, item=item, receiver=people.fk)
    with pytest.raises(Rejection) as refused:
        record(people.anna, case, item=item, receiver=people.fk, ground="other", words="En lag")
    assert refused.value.problems[0].field == "receiver"


def test_bad_input_is_refused_with_its_field(people, case):
    """No law named, too many words, oneself, or nobody."""
    item = note(people.anna, case, "health", people.municipality)
    for changes, field in (
        ({"ground": "  "}, "ground"),
        ({"ground": "own_promise"}, "ground"),
        ({"ground": "osl_10_28"}, "words"),
        ({"ground": "other", "words": " "}, "words"),
        ({"ground": "other", "words": "x" * 201}, "words"),
        ({"last_day": timezone.localdate() - timedelta(days=1)}, "last_day"),
        ({"receiver": people.municipality}, "receiver"),
        ({"receiver": people.programme}, "receiver"),
    ):
        with pytest.raises(Rejection) as refused:
            record(people.anna, case, **{"item": item, "receiver": people.fk} | changes)
        assert refused.value.problems[0].field == field
    assert not LegalGround.objects.exists()


def test_a_ground_ends_once_and_by_its_own_party(people, case):
    """Another party's official cannot end it, and it cannot end twice."""
    item = note(people.anna, case, "health", people.municipality)
    ground = record(people.anna, case, item=item, receiver=people.fk)
    with pytest.raises(Rejection):
        done(people.bo, RecordGround, lambda p: grounds.end(p, ground=ground), case=case)
    done(people.anna, RecordGround, lambda p: grounds.end(p, ground=ground), case=case)
    with pytest.raises(Rejection):
        done(people.anna, RecordGround, lambda p: grounds.end(p, ground=ground), case=case)


def test_neither_she_nor_an_outsider_records_one(people, case):
    """A ground is an agency's decision."""
    assert is_refused(people.egon, RecordGround, case=case)
    assert is_refused(people.stig, RecordGround, case=case)


def test_it_is_done_on_a_page_and_she_sees_it(people, case, client_of):
    """Reached from the consents; what is missing is said beside its field; she reads what, to whom and why."""
    item = note(people.anna, case, "health", people.municipality)
    anna, page = client_of(people.anna), f"/arenden/{case}/samtycken/annan-grund/"
    assert page in anna.get(f"/arenden/{case}/samtycken/").content.decode()
    wrong = anna.post(page, {"item": str(item), "receiver": str(people.fk), "ground": ""})
    assert wrong.status_code == 422
    assert not LegalGround.objects.exists()
    assert anna.post(page, {"item": str(item), "receiver": str(people.fk), "ground": LAW}).status_code == 302
    assert sees(people.cia, case, item)
    hers = client_of(people.egon).get(page).content.decode()
    assert IN_WORDS in hers
    assert "inskrivet av Anna" in hers
    assert "Nacka kommun" in hers
    assert "<form class" not in hers
    assert IN_WORDS not in client_of(people.bo).get(page).content.decode()
    anna.post(f"{page}{LegalGround.objects.get().id}/avsluta/")
    assert not sees(people.cia, case, item)
    after = client_of(people.egon).get(page).content.decode()
    assert "Ingenting är utlämnat" in after
    assert "Har varit utlämnat" in after


def test_the_page_is_for_officials_of_the_case_and_herself(people, case, client_of, django_assert_max_num_queries):
    """Forbidden and absent look the same; few questions however many items (house.md)."""
    page = f"/arenden/{case}/samtycken/annan-grund/"
    for _ in range(5):
        note(people.anna, case, "health", people.municipality)
    for who in (people.anna, people.cia, people.egon):
        client = client_of(who)
        with django_assert_max_num_queries(18):
            assert client.get(page).status_code == 200
    assert client_of(people.stig).get(page).status_code == 404
    assert client_of(people.egon).post(page, {}).status_code == 200
