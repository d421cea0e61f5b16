"""Chapter 10, follow-up: support goes on, and she is asked how it went."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from samverk.access import follow_ups as seen
from samverk.access.declare import ReadCase, WriteFollowUp
from samverk.access.declare_house import SeeMyDay
from samverk.access.my_day import my_day
from samverk.actions import follow_ups
from samverk.days import add_months
from samverk.domain.follow_up import Point, Status, check_day, check_told, is_late, points
from samverk.domain.words import Conflict, Rejection
from samverk.store.models import Event, FollowUp, FollowUpAnswer
from tests.build import browser, close, done, give, hand_over_to, is_refused
from tests.people import Cast
from tests.spec.c10_follow_up.scene import first

pytestmark = pytest.mark.django_db

WELL = Status(
    words="Jag svarvar igen.", livelihoods=["wage_subsidy"], occupation="subsidised_work", health=70, situation=4
)


def answer(
    who: object, case: UUID, status: Status = WELL, *, version: int = 1, how: str = "", at: object = None
) -> None:
    day = timezone.localdate(at) if at else timezone.localdate()  # type: ignore[arg-type]
    item = first(case).item_id
    done(
        who,  # type: ignore[arg-type]
        WriteFollowUp,
        lambda p: follow_ups.answer(p, follow_up=item, version=version, status=status, answered_on=day, how=how),
        case=case,
        at=at,
    )


def test_closing_plans_the_follow_ups_by_itself(people: Cast, case: UUID) -> None:
    """Status at 6, 12, 18 and 24 months after the end, planned by itself at closing (domain.md §3.10)."""
    close(people, case)
    today = timezone.localdate()
    rows = FollowUp.objects.filter(item__case=case).order_by("due_on")
    assert [(row.months, row.due_on) for row in rows] == [(n, add_months(today, n)) for n in (6, 12, 18, 24)]
    assert {row.responsible_id for row in rows} == {people.anna.account}


def test_the_rhythm_is_the_programmes_own(people: Cast, closed: UUID) -> None:
    """6, 12, 18, 24 is only the default: the months are data of the programme (domain.md §4)."""
    assert list(FollowUp.objects.filter(item__case=closed).order_by("months").values_list("months", flat=True)) == [
        1,
        12,
    ]


def test_the_last_day_of_a_short_month_stands_for_a_day_it_lacks() -> None:
    """Six months after 31 August is the last of February; each month once, and none at zero."""
    assert points(date(1995, 8, 31), [6, 6, 0, 12]) == [(6, date(1996, 2, 29)), (12, date(1996, 8, 31))]


def test_she_answers_herself(people: Cast, closed: UUID) -> None:
    """Livelihood, occupation, health and own view, by the participant herself (domain.md §3.10)."""
    answer(people.egon, closed)
    view = done(people.egon, ReadCase, seen.follow_ups_of, case=closed)[0]
    assert (view.status, view.how, view.answered_on) == ("done", "", timezone.localdate())
    assert view.answers == replace(Status(**{name: getattr(view.answers, name) for name in Status.__slots__}), **{
        "words": "Jag svarvar igen.", "livelihoods": ["wage_subsidy"], "occupation": "subsidised_work", "health": 70,
        "situation": 4,
    })  # fmt: skip
    assert set(FollowUpAnswer.objects.values_list("on_behalf", flat=True)) == {""}


def test_an_official_writes_down_what_she_says_and_how_she_said_it(people: Cast, closed: UUID) -> None:
    """What is the participant's stays hers, whoever types it; the row says that somebody else wrote it."""
    with pytest.raises(Rejection) as refused:
        answer(people.anna, closed)
    assert refused.value.problems[0].field == "how"
    answer(people.anna, closed, how="phone")
    rows = FollowUpAnswer.objects.select_related("item")
    assert {(row.on_behalf, row.item.owner_id) for row in rows} == {("phone", None)}


def test_each_answer_is_read_under_its_own_category(people: Cast, closed: UUID) -> None:
    """A consent names categories: whoever may not read health sees the rest of the answers (domain.md §3.2)."""
    give(people, closed, giver=None, receiver=people.municipality, refused=True, categories=("health",))
    answer(people.egon, closed)
    told = done(people.anna, ReadCase, seen.follow_ups_of, case=closed)[0].answers
    assert (told.health, told.words) == (None, "Jag svarvar igen.")


@pytest.mark.parametrize("who", ["cia", "dag"])
def test_without_consent_nothing_is_seen_and_nothing_can_be_written(people: Cast, closed: UUID, who: str) -> None:
    """Cia's party has no consent and Dag's was withdrawn: no points, no answers, no way to write (domain.md §3.2)."""
    reader = getattr(people, who)
    assert done(reader, ReadCase, seen.follow_ups_of, case=closed) == ()
    with pytest.raises(Rejection):
        answer(reader, closed, how="phone")
    assert not FollowUpAnswer.objects.exists()


def test_the_work_place_does_not_ask(people: Cast, closed: UUID) -> None:
    """Follow-up is for the participant, the coordinator and the officials."""
    assert is_refused(people.frida, WriteFollowUp, case=closed)


@pytest.mark.parametrize(
    ("status", "field"),
    [
        (Status(), ""),
        (Status(health=101), "health"),
        (Status(situation=6), "situation"),
        (Status(continuity=0), "continuity"),
        (Status(livelihoods=["none", "wage"]), "livelihoods"),
        (Status(livelihoods=["lottery"]), "livelihoods"),
        (Status(occupation="king"), "occupation"),
    ],
)
def test_bad_answers_are_refused_by_name(people: Cast, closed: UUID, status: Status, field: str) -> None:
    """Each error stands beside its field, and nothing is written (docs/house.md)."""
    with pytest.raises(Rejection) as refused:
        answer(people.egon, closed, status)
    assert refused.value.problems[0].field == field
    assert first(closed).status == "planned"
    assert not FollowUpAnswer.objects.exists()


def test_every_question_may_be_left_but_not_all() -> None:
    """A single figure is an answer; zero health is an answer too, and so is a no."""
    check_told(Status(health=0))
    check_told(Status(livelihoods=["none"]))
    check_told(Status(declined=("health",)))
    check_told(Status(), Status(words="Bra."))
    with pytest.raises(Rejection):
        check_told(Status(words="", livelihoods=[]), Status())


@pytest.mark.parametrize(("days", "taken"), [(-61, False), (-60, True), (0, True), (400, True)])
def test_it_is_answered_around_its_day_or_later(days: int, taken: bool) -> None:
    """The status at 24 months is not told at six: at most 60 days early, late as needed."""
    due_on = date(1996, 6, 1)
    day = due_on + timedelta(days=days)
    if taken:
        check_day(answered_on=day, due_on=due_on, today=day)
    else:
        with pytest.raises(Rejection) as refused:
            check_day(answered_on=day, due_on=due_on, today=day)
        assert refused.value.problems[0].field == "answered_on"


def test_answers_are_not_from_tomorrow() -> None:
    """Nothing is answered ahead of time."""
    with pytest.raises(Rejection) as refused:
        check_day(answered_on=date(1996, 6, 2), due_on=date(1996, 6, 1), today=date(1996, 6, 1))
    assert refused.value.problems[0].field == "answered_on"


def test_two_who_write_at_the_same_time_see_both(people: Cast, closed: UUID) -> None:
    """Whoever saves last is shown what the other wrote, and nothing is lost (docs/house.md, Conflict)."""
    answer(people.anna, closed, how="phone")
    with pytest.raises(Conflict) as conflict:
        answer(people.egon, closed, Status(words="Det går bra."), version=1)
    assert conflict.value.theirs["words"] == "Jag svarvar igen."
    assert conflict.value.theirs["livelihoods"] == "wage_subsidy"


def test_corrected_answers_keep_what_was_said_before(people: Cast, closed: UUID) -> None:
    """A correction takes the earlier answer's place; both stay in the record, and what is left blank stands."""
    answer(people.egon, closed)
    answer(people.egon, closed, Status(words="Jag svarvar på halvtid."), version=2)
    view = done(people.egon, ReadCase, seen.follow_ups_of, case=closed)[0]
    assert (view.answers.words, view.answers.situation, view.answers.health) == ("Jag svarvar på halvtid.", 4, 70)
    said = FollowUpAnswer.objects.exclude(words="").order_by("item__created_at").values_list("words", flat=True)
    assert list(said) == ["Jag svarvar igen.", "Jag svarvar på halvtid."]


def test_missed_has_a_reason_and_a_new_try(people: Cast, closed: UUID) -> None:
    """Nobody is lost because the telephone was not answered: why, and when again (domain.md §3.10)."""
    target = first(closed)

    def miss(**told: object) -> None:
        done(
            people.anna,
            WriteFollowUp,
            lambda p: follow_ups.miss(p, follow_up=target.item_id, version=1, **told),  # type: ignore[arg-type]
            case=closed,
        )

    with pytest.raises(Rejection) as refused:
        miss(reason="not_reached")
    assert refused.value.problems[0].field == "next_try_on"
    with pytest.raises(Rejection) as refused:
        miss(reason="other", next_try_on=timezone.localdate() + timedelta(days=7))
    assert refused.value.problems[0].field == "text"
    miss(reason="not_reached", next_try_on=timezone.localdate() + timedelta(days=7))
    assert first(closed).status == "missed"
    answer(people.egon, closed, version=2)
    assert first(closed).status == "done"


def test_a_no_is_respected(people: Cast, closed: UUID) -> None:
    """Whoever does not want to answer is not asked again for that point: no new try is demanded."""
    target = first(closed)
    done(
        people.anna,
        WriteFollowUp,
        lambda p: follow_ups.miss(p, follow_up=target.item_id, version=1, reason="declined"),
        case=closed,
    )
    assert first(closed).next_try_on is None


@pytest.mark.parametrize(
    ("status", "next_try_on", "late"),
    [
        ("planned", None, True),
        ("missed", date(1996, 6, 20), False),
        ("missed", date(1996, 6, 9), True),
        ("done", None, False),
        ("cancelled", None, False),
    ],
)
def test_late_is_when_somebody_should_have_asked(status: str, next_try_on: date | None, late: bool) -> None:
    """A point past its day is late; a missed one is late past its new try."""
    due_on, today = date(1996, 6, 1), date(1996, 6, 10)
    assert is_late(status=status, due_on=due_on, next_try_on=next_try_on, today=today) is late


def test_it_comes_up_on_the_day_of_whoever_asks(people: Cast, closed: UUID) -> None:
    """The contact person finds it on her own day when the day has come, not before."""
    then: datetime = timezone.now() + timedelta(days=32)
    assert done(people.anna, SeeMyDay, my_day).needs == ()
    (need,) = done(people.anna, SeeMyDay, my_day, at=then).needs
    assert (need.what, need.case, need.person, need.late) == ("follow_up", closed, "Egon Jönsson", True)


def test_it_goes_along_with_a_hand_over(people: Cast, closed: UUID) -> None:
    """When the contact person changes after the closing, the new one asks."""
    hand_over_to(people, closed, next=people.bo)
    assert set(FollowUp.objects.values_list("responsible", flat=True)) == {people.bo.account}


def test_the_status_at_the_start_is_written_once(people: Cast, case: UUID) -> None:
    """Before, at start, at end, at 6, 12 and 24 months: the start can be compared with later (domain.md §6)."""
    today = timezone.localdate()

    def record(point: Point) -> UUID:
        return done(
            people.egon,
            WriteFollowUp,
            lambda p: follow_ups.record_now(p, point=point, status=WELL, answered_on=today),
            case=case,
        )

    record(Point.START)
    with pytest.raises(Rejection):
        record(Point.START)
    with pytest.raises(Rejection):
        record(Point.END)
    assert FollowUp.objects.filter(point="start", status="done", due_on=today).count() == 1


def test_an_answer_leaves_its_event(people: Cast, closed: UUID) -> None:
    """No change without its event, and no words in it (design.md)."""
    answer(people.egon, closed)
    event = Event.objects.get(what="follow_up.answered")
    assert event.detail == {"how": "herself", "months": 1}


def test_a_conflict_shows_both_texts_and_can_be_saved_again(people: Cast, closed: UUID) -> None:
    """Both texts on one page, codes in words; the next save goes on from the other's."""
    answer(people.anna, closed, how="phone")
    client = browser(people.egon)
    at = f"/arenden/{closed}/uppfoljning/{first(closed).item_id}/svar/?del=3"
    mine = {"version": 1, "livelihoods": ["wage", "sickness_benefit"]}
    page = client.post(at, mine)
    text = page.content.decode()
    assert page.status_code == 422
    assert "Lön med lönebidrag" in text
    assert 'name="version" value="2"' in text
    assert text.count(" checked") == 2
    assert client.post(at, mine | {"version": 2}).status_code == 302


def test_missed_through_the_page(people: Cast, closed: UUID) -> None:
    """The official writes that there was no answer; the participant has no such page."""
    at = f"/arenden/{closed}/uppfoljning/{first(closed).item_id}/missad/"
    assert browser(people.egon).get(at).status_code == 404
    anna = browser(people.anna)
    assert anna.post(at, {"version": 1, "reason": "ill"}).status_code == 422
    later = (timezone.localdate() + timedelta(days=5)).isoformat()
    assert anna.post(at, {"version": 1, "reason": "ill", "next_try_on": later}).status_code == 302
    assert first(closed).status == "missed"


def test_the_start_through_the_page(people: Cast, case: UUID) -> None:
    """The start status is offered while the case is active, and begun once; no other point is begun by hand."""
    client = browser(people.anna)
    at = f"/arenden/{case}/uppfoljning/laget/start/"
    page = client.get(f"/arenden/{case}/uppfoljning/").content.decode()
    assert at in page
    begun = client.post(at)
    row = FollowUp.objects.get(item__case=case)
    assert (row.point, row.status, row.responsible_id) == ("start", "planned", people.anna.account)
    assert begun["Location"] == f"/arenden/{case}/uppfoljning/{row.item_id}/svar/"
    told = {"version": 1, "words": "Trött", "how": "visit", "answered_on": timezone.localdate().isoformat()}
    assert client.post(begun["Location"], told).status_code == 302
    page = client.post(at, follow=True).content.decode()
    assert "Läget är redan skrivet." in page
    assert at not in page
    assert client.post(f"/arenden/{case}/uppfoljning/laget/slut/").status_code == 302
    assert client.post(f"/arenden/{case}/uppfoljning/laget/mitten/").status_code == 404
    assert FollowUp.objects.filter(item__case=case).count() == 1


@pytest.mark.parametrize("who", ["anna", "bo", "cia", "egon"])
def test_the_page_for_each_reader(people: Cast, closed: UUID, who: str, django_assert_max_num_queries: object) -> None:
    """At most 18 queries with answers and corrections there; Cia sees no point (docs/house.md)."""
    for version in range(1, 4):
        answer(people.egon, closed, version=version)
    client = browser(getattr(people, who))
    with django_assert_max_num_queries(18):  # type: ignore[operator]
        page = client.get(f"/arenden/{closed}/uppfoljning/")
    assert page.status_code == 200
    assert ("1 månad efter avslutet" in page.content.decode()) is (who != "cia")
