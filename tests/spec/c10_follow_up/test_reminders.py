"""Who is reminded to ask, and when; whoever does not answer is asked once more, and then left in peace."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from samverk.access.declare import CloseCase, WriteFollowUp
from samverk.access.declare_house import SeeMyDay
from samverk.access.my_day import my_day
from samverk.actions import closing, follow_ups
from samverk.domain.follow_up import Point, Status, ask_on, next_try
from samverk.domain.words import Rejection
from samverk.store.models import Case, FollowUp
from tests.build import browser, close, done, hand_over_to
from tests.people import Cast
from tests.spec.c10_follow_up.scene import first, miss, soon, tell, view

pytestmark = pytest.mark.django_db


def in_days(days: int) -> datetime:
    return timezone.now() + timedelta(days=days)


def asked(people: Cast, at: datetime, *, who: str = "anna") -> list[tuple[str, date]]:
    """Whom `who` is to ask by then, and on which day."""
    needs = done(getattr(people, who), SeeMyDay, my_day, at=at).needs
    return [(need.person, need.due) for need in needs if need.what == "follow_up"]


def test_a_try_without_an_answer_leads_to_one_more_and_no_third(people: Cast, closed: UUID) -> None:
    """At most two tries: the second without an answer sets no new day, and a third is refused."""
    miss(people, closed, next_try_on=soon())
    assert (first(closed).tries, first(closed).next_try_on) == (1, soon())
    miss(people, closed, next_try_on=soon())
    assert (first(closed).tries, first(closed).next_try_on) == (2, None)
    with pytest.raises(Rejection):
        miss(people, closed, next_try_on=soon())
    assert not view(people.anna, closed).may_miss


@pytest.mark.parametrize(
    ("tries", "asks_again", "day", "given"),
    [
        (1, True, date(1996, 6, 9), date(1996, 6, 9)),
        (1, False, date(1996, 6, 9), None),
        (2, True, None, None),
        (2, True, date(1996, 6, 9), None),
    ],
)
def test_when_she_is_asked_once_more(tries: int, asks_again: bool, day: date | None, given: date | None) -> None:
    """A no is respected at once; after two tries nobody asks again, whatever day is written."""
    assert next_try(tries=tries, asks_again=asks_again, next_try_on=day, today=date(1996, 6, 8)) == given


@pytest.mark.parametrize("day", [None, date(1996, 6, 8), date(1996, 6, 7)])
def test_the_first_try_needs_a_day_to_come_for_the_next(day: date | None) -> None:
    """Nobody is lost because the telephone was not answered once."""
    with pytest.raises(Rejection) as refused:
        next_try(tries=1, asks_again=True, next_try_on=day, today=date(1996, 6, 8))
    assert refused.value.problems[0].field == "next_try_on"


@pytest.mark.parametrize(
    ("status", "next_try_on", "day"),
    [
        ("planned", None, date(1996, 6, 1)),
        ("missed", date(1996, 6, 9), date(1996, 6, 9)),
        ("missed", None, None),
        ("done", None, None),
        ("cancelled", None, None),
    ],
)
def test_the_day_on_which_somebody_is_to_ask(status: str, next_try_on: date | None, day: date | None) -> None:
    """Its day, or the new try's; nobody is to ask who said no, has answered or is under way again."""
    assert ask_on(status=status, due_on=date(1996, 6, 1), next_try_on=next_try_on) == day


def test_the_contact_person_is_reminded_on_the_day_of_each_try(people: Cast, closed: UUID) -> None:
    """Not before; not twice for the same try; and never again after the second."""
    day = first(closed).due_on
    done(
        people.egon,
        WriteFollowUp,
        lambda p: follow_ups.record_now(p, point=Point.END, status=Status(words="Bra."), answered_on=p.today),
        case=closed,
    )
    assert asked(people, in_days(7)) == []
    assert asked(people, in_days(35)) == [("Egon Jönsson", day)]
    again = day + timedelta(days=20)
    miss(people, closed, at=in_days(35), next_try_on=again)
    assert asked(people, in_days(36)) == []
    assert asked(people, in_days(60)) == [("Egon Jönsson", again)]
    miss(people, closed, at=in_days(60), next_try_on=None)
    assert asked(people, in_days(90)) == []


def test_whoever_said_no_is_not_asked_again_and_can_still_answer(people: Cast, closed: UUID) -> None:
    """The no holds for those who ask, not for her (domain.md §3.10)."""
    miss(people, closed, reason="declined")
    assert asked(people, in_days(90)) == []
    page = browser(people.egon).get(f"/arenden/{closed}/uppfoljning/").content.decode()
    assert "Vi frågar inte fler gånger. Du kan svara när du vill." in page
    tell(people.egon, closed, Status(words="Jo, det går bra."))
    assert first(closed).status == "done"


def test_the_second_try_offers_no_day_for_a_third(people: Cast, closed: UUID) -> None:
    """The page says that this was the last, and asks for the reason alone."""
    at = f"/arenden/{closed}/uppfoljning/{first(closed).item_id}/missad/"
    anna = browser(people.anna)
    assert 'name="next_try_on"' in anna.get(at).content.decode()
    miss(people, closed, next_try_on=soon())
    page = anna.get(at).content.decode()
    assert 'name="next_try_on"' not in page
    assert "Det här var andra försöket." in page
    assert anna.post(at, {"version": 2, "reason": "ill"}).status_code == 302
    assert anna.get(at).status_code == 404


def test_the_start_is_asked_for_when_two_weeks_have_gone_by(people: Cast, case: UUID) -> None:
    """Planned questions at the start: the contact person is reminded once, until it is told or too long ago."""
    assert asked(people, in_days(13)) == []
    started = Case.objects.get(id=case).started_on
    assert started is not None
    assert asked(people, in_days(14)) == [("Egon Jönsson", started + timedelta(days=14))]
    assert asked(people, in_days(61)) == []
    assert asked(people, in_days(14), who="bo") == []
    done(
        people.egon,
        WriteFollowUp,
        lambda p: follow_ups.record_now(p, point=Point.START, status=Status(words="Trött."), answered_on=p.today),
        case=case,
    )
    assert asked(people, in_days(14)) == []


def test_the_end_is_asked_for_when_two_weeks_have_gone_by(people: Cast, closed: UUID) -> None:
    """The same at the end, where follow-up is planned."""
    assert asked(people, in_days(14)) == [("Egon Jönsson", timezone.localdate() + timedelta(days=14))]
    done(people.anna, WriteFollowUp, lambda p: follow_ups.plan_now(p, point=Point.END), case=closed)
    assert asked(people, in_days(14)) == [("Egon Jönsson", timezone.localdate())]


def test_nobody_is_asked_about_the_end_where_nothing_is_followed(people: Cast, closed: UUID) -> None:
    """After a death no follow-up is planned, and nobody is reminded to ask."""
    FollowUp.objects.filter(item__case=closed).update(status="cancelled")
    assert asked(people, in_days(14)) == []


def test_whoever_took_over_is_reminded(people: Cast, closed: UUID) -> None:
    """Points that nobody has planned yet are the contact person's of today."""
    hand_over_to(people, closed, next=people.bo)
    assert asked(people, in_days(14)) == []
    assert [name for name, _day in asked(people, in_days(14), who="bo")] == ["Egon Jönsson"]


def test_my_day_says_whom_to_ask_and_nothing_of_what_she_says(people: Cast, closed: UUID) -> None:
    """A reminder holds no content: only that it is time (security.md, attack 4)."""
    tell(people.egon, closed, Status(words="Jag dricker igen.", health=12), finished=False)
    FollowUp.objects.filter(item__case=closed).update(due_on=timezone.localdate())
    page = browser(people.anna).get("/min-dag/").content.decode()
    assert "dags att fråga hur det går." in page
    assert "dricker" not in page


def test_a_point_that_waits_at_the_start_is_not_called_off_when_the_case_goes_on(people: Cast, case: UUID) -> None:
    """Taking a case up again calls off what comes after the end, not what came before it."""
    done(people.anna, WriteFollowUp, lambda p: follow_ups.plan_now(p, point=Point.START), case=case)
    close(people, case)
    done(people.anna, CloseCase, lambda p: closing.take_up_again(p, words="Återfall."), case=case)
    assert set(FollowUp.objects.filter(item__case=case).values_list("point", "status")) == {
        ("start", "planned"),
        ("after", "cancelled"),
    }
