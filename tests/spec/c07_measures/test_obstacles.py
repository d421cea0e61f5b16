"""Obstacles are told as they occur; what the team cannot solve goes to the steering group, without names."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from samverk.access.declare import ReadCase, ReportObstacle
from samverk.access.declare_house import DecideObstacle, RaiseObstacle, SeeSteering
from samverk.access.obstacles import SteeringView, obstacles_of, steering_of
from samverk.actions import obstacles as acts
from samverk.domain.words import Rejection
from samverk.store.models import Event, Obstacle, SteeringMatter
from tests.build import browser, done, is_refused
from tests.people import Cast

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=14)
SUMMARY = "Två parter har olika upptagningsområden, och ingen tar emot."


@pytest.fixture
def told(people: Cast, case: UUID) -> UUID:
    return done(
        people.bo,
        ReportObstacle,
        lambda p: acts.report(p, code="catchment", words="Egon bor i fel stadsdel."),
        case=case,
    )


@pytest.fixture
def passed_on(people: Cast, case: UUID, told: UUID) -> UUID:
    return done(
        people.anna,
        ReportObstacle,
        lambda p: acts.pass_on(p, obstacle=told, summary=SUMMARY, decide_by=SOON),
        case=case,
    )


def steering(people: Cast, **at: object) -> SteeringView:
    return done(people.stig, SeeSteering, steering_of, programme=people.programme, **at)


def test_who_sees_it(people: Cast, case: UUID, told: UUID) -> None:
    """An obstacle is its reporter's party's word: seen under consent like all else."""
    counts = [
        len(done(who, ReadCase, obstacles_of, case=case).open)
        for who in (people.anna, people.bo, people.egon, people.cia, people.dag)
    ]
    assert counts == [1, 1, 1, 0, 0]
    assert is_refused(people.egon, ReportObstacle, case=case)


def test_a_bad_report_names_its_field(people: Cast, case: UUID) -> None:
    """A kind from the list, and words; nothing is written otherwise."""
    for code, words, field in (("catchment", " ", "words"), ("weather", "Regn", "code")):
        with pytest.raises(Rejection) as caught:
            done(people.bo, ReportObstacle, lambda p, c=code, w=words: acts.report(p, code=c, words=w), case=case)
        assert caught.value.problems[0].field == field
    assert not Obstacle.objects.exists()


def test_the_team_solves_it_and_tells_how(people: Cast, case: UUID, told: UUID) -> None:
    """How is kept, since others meet the same obstacle."""
    with pytest.raises(Rejection, match="hur ni löste"):
        done(people.anna, ReportObstacle, lambda p: acts.solve(p, obstacle=told, solution=""), case=case)
    done(people.anna, ReportObstacle, lambda p: acts.solve(p, obstacle=told, solution="Byt kontor."), case=case)
    view = done(people.bo, ReadCase, obstacles_of, case=case).past[0]
    assert (view.status, view.solution, view.solved_on) == ("solved", "Byt kontor.", TODAY)
    with pytest.raises(Rejection, match="Det går inte längre"):
        done(people.anna, ReportObstacle, lambda p: acts.solve(p, obstacle=told, solution="Igen."), case=case)


def test_an_official_outside_the_team_tells_but_does_not_solve(people: Cast, case: UUID) -> None:
    """The table of transitions names coordinator and team (domain.process)."""
    own = done(people.cia, ReportObstacle, lambda p: acts.report(p, code="queue", words="Lång kö."), case=case)
    with pytest.raises(Rejection, match="samordnaren eller programmets team"):
        done(people.cia, ReportObstacle, lambda p: acts.solve(p, obstacle=own, solution="Väntat."), case=case)
    with pytest.raises(Rejection, match="finns inte här"):
        done(people.anna, ReportObstacle, lambda p: acts.solve(p, obstacle=own, solution="Väntat."), case=case)


def test_it_is_passed_on_without_names_and_with_a_date(people: Cast, case: UUID, told: UUID) -> None:
    """The steering group decides by a date (domain.md §4) and learns the obstacle, not the person."""
    for summary, days, field in (
        (" ", 14, "summary"),
        ("Egons stadsdel hör till fel kontor.", 14, "summary"),
        (SUMMARY, 0, "decide_by"),
    ):
        day = TODAY + timedelta(days=days)
        with pytest.raises(Rejection) as caught:
            done(
                people.anna,
                ReportObstacle,
                lambda p, s=summary, d=day: acts.pass_on(p, obstacle=told, summary=s, decide_by=d),
                case=case,
            )
        assert caught.value.problems[0].field == field
    assert not SteeringMatter.objects.exists()


def test_the_steering_group_sees_no_one(people: Cast, case: UUID, passed_on: UUID) -> None:
    """Its page names neither person nor case; its members still cannot open the case."""
    view = steering(people)
    assert [(m.code_name, m.summary, m.age) for m in view.waiting] == [("Olika upptagningsområden", SUMMARY, 0)]
    page = browser(people.stig).get(reverse("steering", kwargs={"programme": people.programme})).content.decode()
    assert SUMMARY in page
    assert not [word for word in ("Egon", "stadsdel", str(case)) if word in page]
    assert is_refused(people.stig, ReadCase, case=case)


def test_a_decision_comes_back_to_the_case(people: Cast, case: UUID, passed_on: UUID) -> None:
    """The steering group decides by a date; the team reads the answer where the obstacle was met."""
    late = steering(people, at=timezone.now() + timedelta(days=15))
    assert (late.late, late.waiting[0].late) == (1, True)
    for decision, days, field in ((" ", 0, "decision"), ("Ta emot ändå.", 1, "on")):
        with pytest.raises(Rejection) as caught:
            done(
                people.stig,
                DecideObstacle,
                lambda p, t=decision, n=days: acts.decide(
                    p, matter=passed_on, decision=t, on=TODAY + timedelta(days=n)
                ),
                programme=people.programme,
            )
        assert caught.value.problems[0].field == field
    done(
        people.stig,
        DecideObstacle,
        lambda p: acts.decide(p, matter=passed_on, decision="Ta emot ändå.", on=TODAY),
        programme=people.programme,
    )
    view = done(people.bo, ReadCase, obstacles_of, case=case).past[0]
    assert (view.status, view.answer, view.answered_on) == ("decided", "Ta emot ändå.", TODAY)
    assert Event.objects.filter(what="obstacle.decided").exists()


def test_what_it_cannot_solve_is_counted_at_national_level(people: Cast, case: UUID, passed_on: UUID) -> None:
    """What the steering group cannot solve is a message to national level, counted (domain.md §4)."""
    done(
        people.stig,
        DecideObstacle,
        lambda p: acts.pass_to_national(p, matter=passed_on, words="Ändra förordningen.", on=TODAY),
        programme=people.programme,
    )
    assert [m.answer for m in steering(people).national] == ["Ändra förordningen."]
    assert Obstacle.objects.get().status == "national"
    with pytest.raises(Rejection, match="Det går inte längre"):
        done(
            people.stig,
            DecideObstacle,
            lambda p: acts.decide(p, matter=passed_on, decision="Nej.", on=TODAY),
            programme=people.programme,
        )


def test_an_obstacle_without_a_case(people: Cast) -> None:
    """Obstacles are reported with a case or without (domain.md §4); the coordinator raises, only steering decides."""
    programme = people.programme
    done(
        people.anna,
        RaiseObstacle,
        lambda p: acts.raise_matter(p, code="earmarked", summary="Pengarna är låsta.", decide_by=SOON),
        programme=programme,
    )
    assert [m.level for m in steering(people).waiting] == ["central"]
    assert is_refused(people.anna, DecideObstacle, programme=programme)
    assert is_refused(people.cia, SeeSteering, programme=programme)


def test_the_pages(people: Cast, case: UUID, told: UUID) -> None:
    """Report, solve and pass on in the browser; what was typed stays when something is missing."""
    bo, anna, stig = (browser(who) for who in (people.bo, people.anna, people.stig))
    page = bo.post(reverse("obstacle_report", kwargs={"case": case}), {"code": "", "words": "Ingen lokal"})
    assert (page.status_code, "Ingen lokal" in page.content.decode()) == (422, True)
    page = bo.post(
        reverse("obstacle_report", kwargs={"case": case}),
        {"code": "no_meeting_place", "words": "Ingen lokal"},
        follow=True,
    )
    assert "Ingen lokal" in page.content.decode()
    of_told = {"case": case, "obstacle": told}
    page = anna.post(reverse("obstacle_pass_on", kwargs=of_told), {"summary": "Egon", "decide_by": SOON.isoformat()})
    assert (page.status_code, "Ta bort det" in page.content.decode()) == (422, True)
    anna.post(reverse("obstacle_pass_on", kwargs=of_told), {"summary": SUMMARY, "decide_by": SOON.isoformat()})
    matter = SteeringMatter.objects.get()
    where = {"programme": people.programme, "matter": matter.id}
    assert stig.get(reverse("steering_national", kwargs=where)).status_code == 200
    assert anna.get(reverse("steering_decide", kwargs=where)).status_code == 404
    page = stig.post(reverse("steering_decide", kwargs=where), {"decision": "", "on": TODAY.isoformat()})
    assert page.status_code == 422
    page = stig.post(
        reverse("steering_decide", kwargs=where), {"decision": "Ta emot ändå.", "on": TODAY.isoformat()}, follow=True
    )
    assert "Ta emot ändå." in page.content.decode()
    other = Obstacle.objects.get(code="no_meeting_place").item_id
    page = anna.post(
        reverse("obstacle_solve", kwargs={"case": case, "obstacle": other}), {"solution": "Biblioteket."}, follow=True
    )
    assert "Biblioteket." in page.content.decode()
    page = stig.post(
        reverse("steering_new", kwargs={"programme": people.programme}),
        {"code": "earmarked", "summary": "Pengarna är låsta.", "decide_by": SOON.isoformat()},
        follow=True,
    )
    assert "Pengarna är låsta." in page.content.decode()
