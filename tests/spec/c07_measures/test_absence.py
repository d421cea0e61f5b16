"""Absence is what breaks placements: told in one step to the contact person only, and answered within a day."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from samverk.access.actor import Actor
from samverk.access.declare import AnswerAbsence, ReadCase, ReportAbsence
from samverk.access.measures import AbsencesView, absences_of
from samverk.actions import absence as acts
from samverk.domain.words import Rejection
from samverk.store.models import Absence, Assignment, Event, Programme
from tests.build import assign_workplace, browser, done, is_refused
from tests.people import Cast

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def reported(people: Cast, case: UUID) -> UUID:
    assign_workplace(people, case)
    assert done(people.frida, ReportAbsence, lambda p: acts.report(p, day=TODAY), case=case) == "Anna"
    return Absence.objects.get().item_id


def seen(who: Actor, case: UUID, **at: object) -> AbsencesView:
    return done(who, ReadCase, absences_of, case=case, **at)


def test_only_the_contact_persons_party_and_she_get_to_know(people: Cast, case: UUID, reported: UUID) -> None:
    """The work place reports it to the contact person only (domain.md §3.7): not even a party with consent sees it."""
    everyone = (people.anna, people.egon, people.bo, people.cia, people.dag, people.frida)
    assert [len(seen(who, case).absences) for who in everyone] == [1, 1, 0, 0, 0, 0]


def test_the_work_place_does_it_in_one_step_and_gets_a_receipt(people: Cast, case: UUID) -> None:
    """Her name, a day, send. What came of it is not for the work place to see."""
    assign_workplace(people, case)
    client, url = browser(people.frida), reverse("absence_report", kwargs={"case": case})
    assert "Egon Jönsson kom inte" in client.get(url).content.decode()
    page = client.post(url, {"day": TODAY.isoformat()}, follow=True)
    assert "Tack. Anna vet om det nu" in page.content.decode()
    assert "<textarea" not in page.content.decode()
    assert Absence.objects.get().day == TODAY
    listed = client.get(reverse("absences", kwargs={"case": case})).content.decode()
    assert "Ingen frånvaro är anmäld" in listed


def test_told_twice_stands_once(people: Cast, case: UUID, reported: UUID) -> None:
    """A second press does no harm; another party's report of the same day is its own."""
    done(people.frida, ReportAbsence, lambda p: acts.report(p, day=TODAY), case=case)
    done(people.egon, ReportAbsence, lambda p: acts.report(p, day=TODAY, words="Jag har feber."), case=case)
    assert [view.reporter for view in seen(people.anna, case).absences].count("Metallåtervinningen") == 1
    assert Absence.objects.count() == 2


def test_unanswered_past_the_programmes_days_is_a_gap(people: Cast, case: UUID, reported: UUID) -> None:
    """Somebody reaches out within a day; how many days is the programme's own figure."""
    now = timezone.now()
    assert not seen(people.anna, case, at=now + timedelta(days=1)).late
    assert len(seen(people.anna, case, at=now + timedelta(days=2)).late) == 1
    Programme.objects.update(absence_answer_days=3)
    done(people.anna, ReportAbsence, lambda p: acts.report(p, day=TODAY), case=case)
    assert Absence.objects.exclude(item=reported).get().answer_by == TODAY + timedelta(days=3)


def test_somebody_reaches_out(people: Cast, case: UUID, reported: UUID) -> None:
    """Who reached out, what day, and what came of it; then it is no gap."""
    later = timezone.now() + timedelta(days=3)
    done(
        people.anna,
        AnswerAbsence,
        lambda p: acts.answer(p, absence=reported, on=TODAY, who="Anna", words="Kommer i morgon."),
        case=case,
    )
    view = seen(people.egon, case, at=later).absences[0]
    assert (view.answered, view.late, view.reached_by, view.reached_words) == (True, False, "Anna", "Kommer i morgon.")
    assert Event.objects.filter(what="absence.answered", item=reported).exists()
    with pytest.raises(Rejection, match="Det går inte längre"):
        done(people.anna, AnswerAbsence, lambda p: acts.answer(p, absence=reported, on=TODAY, who="Anna"), case=case)


def test_a_bad_answer_names_its_field(people: Cast, case: UUID, reported: UUID) -> None:
    """Somebody, on a day between the absence and today."""
    for who, days, field in ((" ", 0, "who"), ("Anna", 1, "on"), ("Anna", -1, "on")):
        with pytest.raises(Rejection) as caught:
            done(
                people.anna,
                AnswerAbsence,
                lambda p, w=who, n=days: acts.answer(p, absence=reported, on=TODAY + timedelta(days=n), who=w),
                case=case,
            )
        assert caught.value.problems[0].field == field
    assert Absence.objects.get().status == "reported"


def test_who_may(people: Cast, case: UUID, reported: UUID) -> None:
    """The participant, the work place and officials report; coordinator and officials of the party answer."""
    assert is_refused(people.stig, ReportAbsence, case=case)
    assert is_refused(people.egon, AnswerAbsence, case=case)
    assert is_refused(people.frida, AnswerAbsence, case=case)
    with pytest.raises(Rejection, match="finns inte här"):
        done(people.bo, AnswerAbsence, lambda p: acts.answer(p, absence=reported, on=TODAY, who="Bo"), case=case)


def test_not_tomorrow_and_not_to_nobody(people: Cast, case: UUID) -> None:
    """A day that has not been is refused on its field; without a contact person the reporter is told to call."""
    with pytest.raises(Rejection) as caught:
        done(people.egon, ReportAbsence, lambda p: acts.report(p, day=TODAY + timedelta(days=1)), case=case)
    assert caught.value.problems[0].field == "day"
    Assignment.objects.filter(part="contact").update(until=timezone.now())
    with pytest.raises(Rejection, match="Ring programmet"):
        done(people.egon, ReportAbsence, lambda p: acts.report(p, day=TODAY), case=case)
    assert not Absence.objects.exists()


def test_the_answer_page(people: Cast, case: UUID, reported: UUID) -> None:
    """Anna answers in the browser; what she typed stays when something is missing. Others find no such page."""
    url = reverse("absence_answer", kwargs={"case": case, "absence": reported})
    assert browser(people.bo).get(url).status_code == 404
    client = browser(people.anna)
    page = client.post(url, {"who": "", "on": TODAY.isoformat(), "words": "Ringde två gånger"})
    assert (page.status_code, "Ringde två gånger" in page.content.decode()) == (422, True)
    page = client.post(url, {"who": "Anna", "on": TODAY.isoformat(), "words": "Ringde två gånger"}, follow=True)
    assert "Anna hörde av sig" in page.content.decode()
