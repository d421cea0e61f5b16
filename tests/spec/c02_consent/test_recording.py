"""Chapter 2, consent: she says yes or no, on paper, on screen or spoken."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samverk.access.consents import consents_of
from samverk.access.declare import ReadCase, RecordConsent
from samverk.actions import consents
from samverk.actions.consents import NewSay
from samverk.domain.information import Purpose
from samverk.domain.words import Rejection
from samverk.store.models import Consent, ConsentDocument, Event
from tests.build import done, give, is_refused, own_referral

pytestmark = pytest.mark.django_db
LATER = timedelta(days=180)


def record(who, case, say, **changes):
    told = {
        "says": [say] if isinstance(say, NewSay) else say,
        "last_day": timezone.localdate() + LATER,
        "how": "paper",
        "condition_of_benefit": False,
    } | changes
    return done(who, RecordConsent, lambda p: consents.record(p, **told), case=case)


def problem(who, case, say, **changes):
    rows = Consent.objects.count(), ConsentDocument.objects.count()
    with pytest.raises(Rejection) as refused:
        record(who, case, say, **changes)
    assert (Consent.objects.count(), ConsentDocument.objects.count()) == rows, "nothing was written"
    return refused.value.problems[0].field


def seen(who, case):
    return done(who, ReadCase, consents_of, case=case).says


def test_she_says_yes_from_one_party_to_another_about_one_thing(people, case):
    """From-party × to-party × category × purpose × period (domain.md §3.2), each for itself."""
    document = record(people.egon, case, NewSay(people.fk, people.region, "health"), how="screen")
    row = Consent.objects.get(document=document)
    assert (row.giver_id, row.receiver_id, row.category, row.purpose) == (people.fk, people.region, "health", "support")
    assert row.person_id == people.egon.person
    event = Event.objects.get(what="consent.recorded", detail__document=str(document))
    assert event.actor == people.egon.account
    assert event.detail["count"] == 1


def test_an_official_records_what_she_has_signed_or_said(people, case):
    """On paper or spoken by any official of the case; the record says who wrote it (domain.md §3.2)."""
    for how in ("paper", "spoken"):
        document = record(people.cia, case, NewSay(None, people.fk, "work"), how=how)
        row = ConsentDocument.objects.get(id=document)
        assert (row.how, row.recorded_by_id) == (how, people.cia.account)


def test_nobody_says_yes_on_screen_for_her(people, case):
    """On screen is only herself."""
    assert problem(people.anna, case, NewSay(None, people.fk, "work"), how="screen") == "how"


@pytest.mark.parametrize("who", ["eva", "stig", "frida"])
def test_whoever_is_not_in_the_case_records_nothing(people, case, who):
    """Need to know, also for writing."""
    assert is_refused(getattr(people, who), RecordConsent, case=case)


def test_it_holds_through_its_last_day(people, case):
    """The last day counts, to midnight here and not in Greenwich."""
    last = timezone.localdate() + timedelta(days=3)
    document = record(people.egon, case, NewSay(None, people.fk, "work"), how="screen", last_day=last)
    stops = timezone.localtime(Consent.objects.get(document=document).stops_at)
    assert (stops.date(), stops.hour, stops.minute) == (last + timedelta(days=1), 0, 0)
    assert next(say for say in seen(people.egon, case) if say.document == document).last_day == last


@pytest.mark.parametrize("off", [-1, 2 * 366 + 1])
def test_a_last_day_that_has_been_or_is_too_far_off_is_refused(people, case, off):
    """Back in time, and more than two years ahead."""
    last = timezone.localdate() + timedelta(days=off)
    assert problem(people.egon, case, NewSay(None, people.fk, "work"), how="screen", last_day=last) == "last_day"


def test_today_is_early_enough(people, case):
    """A consent for today only: for one meeting."""
    record(people.egon, case, NewSay(None, people.fk, "work"), how="screen", last_day=timezone.localdate())
    assert any(say.in_force and say.receiver == people.fk for say in seen(people.egon, case))


def test_nonsense_is_refused_with_its_field(people, case):
    """Unknown party, unknown category, to oneself, twice the same, nothing at all, an unknown way of saying it."""
    good = NewSay(None, people.fk, "work")
    assert problem(people.anna, case, NewSay(None, people.programme, "work")) == "says"
    assert problem(people.anna, case, NewSay(None, people.fk, "shoe_size")) == "says"
    assert problem(people.anna, case, NewSay(people.fk, people.fk, "work")) == "says"
    assert problem(people.anna, case, [good, NewSay(None, people.fk, "work", refused=True)]) == "says"
    assert problem(people.anna, case, []) == "says"
    assert problem(people.anna, case, good, how="by pigeon") == "how"
    assert problem(people.anna, case, good, gdpr_basis="because") == "gdpr_basis"
    assert problem(people.anna, case, good, words="x" * 601) == "words"


def test_no_is_recorded_as_well_as_yes(people, case):
    """Refusals are recorded as well as consents (design.md, the rule of the door)."""
    record(people.egon, case, NewSay(None, people.fk, "health", refused=True), how="screen")
    row = next(say for say in seen(people.egon, case) if say.receiver == people.fk)
    assert row.refused
    assert row.in_force


def test_a_later_yes_ends_an_earlier_no_and_the_other_way_round(people, case):
    """Of the same scope only (design.md)."""
    say = {"giver": None, "receiver": people.fk}
    for refused in (True, False, True):
        give(people, case, **say, refused=refused, categories=("health", "work") if refused else ("health",))
    live = [(s.category, s.refused) for s in seen(people.egon, case) if s.in_force and s.receiver == people.fk]
    assert sorted(live) == [("health", True), ("work", True)]
    ended = [s for s in seen(people.egon, case) if not s.in_force and s.receiver == people.fk]
    assert [(s.category, s.refused) for s in ended].count(("health", False)) == 1


def test_support_says_nothing_about_control(people, case):
    """Separate purposes, control never implied by support (domain.md §3.2)."""
    give(people, case, giver=None, receiver=people.fk, categories=("work",))
    rows = [say for say in seen(people.egon, case) if say.receiver == people.fk]
    assert {say.purpose for say in rows} == {"support"}
    record(people.egon, case, NewSay(None, people.fk, "work", Purpose.CONTROL, refused=True), how="screen")
    live = {(s.purpose, s.refused) for s in seen(people.egon, case) if s.in_force and s.receiver == people.fk}
    assert live == {("support", False), ("control", True)}, "a no to control leaves the yes to support alone"


def test_a_condition_of_a_benefit_is_marked(people, case):
    """Record whether taking part is a condition of a benefit; a consent under it is marked (domain.md §3.2)."""
    record(people.anna, case, NewSay(None, people.fk, "work"), condition_of_benefit=True)
    row = next(say for say in seen(people.egon, case) if say.receiver == people.fk)
    assert row.condition_of_benefit


def test_the_ground_of_processing_is_kept_apart(people, case):
    """A consent lifts secrecy; it is not the legal basis of processing (design.md)."""
    document = record(people.anna, case, NewSay(None, people.fk, "work"), gdpr_basis="public_task")
    shown = done(people.egon, ReadCase, consents_of, case=case).documents
    assert next(d for d in shown if d.id == document).gdpr_basis == "public_task"


def test_a_referral_may_carry_it_before_anyone_has_said_yes(people):
    """A referral comes before consent: from the first day of the case (design.md)."""
    case = own_referral(people)
    document = record(people.egon, case, NewSay(None, people.fk, "work"), how="screen")
    assert ConsentDocument.objects.filter(id=document).exists()
