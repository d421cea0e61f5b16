"""Drop-out shown truly: how many were planned, asked, and answered, and why not, without pointing at anyone."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from samverk.access import follow_up_figures
from samverk.access.declare_house import SeeFollowUps
from samverk.access.follow_up_figures import FiguresView, figures_of
from samverk.access.permit import Permit
from samverk.domain.follow_up import Status
from samverk.domain.follow_up_figures import LEAST, Asked, PointFigures, figures, told
from samverk.store.models import FollowUp, FollowUpAnswer, Item
from tests.build import asked_of, browser, done, is_refused, withdraw_from
from tests.people import Cast
from tests.spec.c10_follow_up.scene import miss, soon, tell

pytestmark = pytest.mark.django_db

TODAY = date(1996, 6, 8)
BEFORE, AFTER = date(1996, 6, 1), date(1996, 7, 1)


def some(n: int, status: str, *, due_on: date = BEFORE, begun: bool = False, code: str = "") -> list[Asked]:
    return [Asked("after", 6, due_on, status, begun, code)] * n


def only(asked: list[Asked]) -> PointFigures:
    (point,) = figures(asked, today=TODAY)
    return point


def test_everyone_planned_is_in_one_place() -> None:
    """Answered, half answered, no answer, waiting, not yet due: together they are all that was planned."""
    point = only(
        some(30, "done")
        + some(6, "planned", begun=True)
        + some(7, "missed", code="ill")
        + some(8, "planned")
        + some(9, "planned", due_on=AFTER)
        + some(5, "cancelled")
    )
    places = (point.answered, point.begun, point.missed, point.waiting, point.ahead)
    assert places == (30, 6, 7, 8, 9)
    assert point.planned == 60
    assert point.share == 59


def test_a_half_answered_one_that_was_given_up_is_half_answered() -> None:
    """What she did say counts, and is not called silence."""
    point = only(some(6, "missed", begun=True) + some(20, "done") + some(5, "missed") + some(5, "planned") * 2)
    assert (point.begun, point.missed) == (6, 5)


def test_what_is_called_off_is_no_drop_out() -> None:
    """Nobody is missing who was never to be asked."""
    assert figures(some(5, "cancelled"), today=TODAY) == ()


def test_the_reasons_are_told_where_the_silence_is() -> None:
    """Why there was no answer, by code; the small ones withheld."""
    missed = some(6, "missed", code="ill") + some(9, "missed", code="not_reached")
    point = only(
        some(20, "done")
        + missed
        + some(8, "planned")
        + some(8, "planned", due_on=AFTER)
        + some(5, "planned", begun=True)
    )
    assert dict(point.reasons) == {"ill": 6, "not_reached": 9}
    few = only(some(20, "done") + some(2, "missed", code="declined"))
    assert (few.missed, dict(few.reasons)) == (None, {})


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((30, 6, 7), (30, 6, 7)),
        ((30, 4, 7), (30, None, None)),
        ((30, 4, 3), (30, None, None)),
        ((30, 2, 2), (None, None, None)),
        ((30, 0, 6), (30, 0, 6)),
        ((30, 0, 4), (None, None, None)),
        ((4, 0, 0), (None, None, None)),
        ((0, 0, 0), (0, 0, 0)),
        ((40,), (40,)),
    ],
)
def test_few_are_never_told_nor_given_away(counts: Sequence[int], shown: Sequence[int | None]) -> None:
    """Below five is withheld, and so is what would give it away by subtraction (evaluation.md, point 12)."""
    assert told(counts) == tuple(shown)


@given(st.lists(st.integers(0, 12), min_size=2, max_size=6))
def test_whoever_knows_the_whole_cannot_work_out_a_few(counts: list[int]) -> None:
    """What is withheld is at least two parts that together hold five or more, or nothing is told at all."""
    shown = told(counts)
    assert all(n is None or (n == count and not 0 < n < LEAST) for n, count in zip(shown, counts, strict=True))
    hidden = [count for n, count in zip(shown, counts, strict=True) if n is None]
    assert not hidden or len(hidden) == len(counts) or (len(hidden) > 1 and sum(hidden) >= LEAST)


def test_the_share_is_of_those_whose_day_has_come() -> None:
    """Whoever is not due has not fallen away; where nobody is due or a number is withheld no share is told."""
    assert only(some(20, "done") + some(20, "planned") + some(20, "planned", due_on=AFTER)).share == 50
    assert PointFigures("after", 6, 10, 5, 0, 0, 0, 10, {}).share is None
    assert PointFigures("after", 6, 30, None, 0, 0, 10, 10, {}).share is None
    assert PointFigures("after", 6, 30, 10, 0, 0, 10, 10, {}).share == 50


def test_the_points_stand_in_the_order_of_time() -> None:
    """Start, end, then the months after."""
    asked = [Asked("after", 12, BEFORE, "done"), Asked("end", 0, BEFORE, "done")]
    asked += [Asked("after", 6, BEFORE, "done"), Asked("start", 0, BEFORE, "done")]
    found = [(one.point, one.months) for one in figures(asked, today=TODAY)]
    assert found == [("start", 0), ("end", 0), ("after", 6), ("after", 12)]


def counted(people: Cast, monkeypatch: pytest.MonkeyPatch) -> list[Asked]:
    """What the figures are counted from, as the steering group's member looks."""
    kept: list[Asked] = []

    def listen(asked: object, *, today: date) -> tuple[PointFigures, ...]:
        kept.extend(asked)  # type: ignore[arg-type]
        return figures(kept, today=today)

    monkeypatch.setattr(follow_up_figures, "figures", listen)
    done(people.stig, SeeFollowUps, figures_of, programme=people.programme)
    return kept


def test_the_whole_programme_is_counted_whatever_the_reader_may_read(
    people: Cast, closed: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stig reads no case, and no withdrawal changes the figures: they are about nobody."""
    tell(people.egon, closed, Status(words="Bra."))
    for party in (people.municipality, people.af):
        withdraw_from(people, closed, party=party)
    found = sorted((one.point, one.months, one.status) for one in counted(people, monkeypatch))
    assert found == [
        ("after", 1, "done"),
        ("after", 12, "planned"),
        ("end", 0, "planned"),
        ("start", 0, "planned"),
    ]


def test_row_security_opens_the_points_and_not_the_answers(people: Cast, closed: UUID) -> None:
    """Whoever counts can, by her act alone, read that there are points, and not a word of what was said (ADR 013)."""
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has row security")
    tell(people.egon, closed, Status(words="Bra.", health=12))

    def seen(permit: Permit[SeeFollowUps]) -> tuple[int, int, set[str]]:
        kinds = set(Item.objects.filter(case=closed).values_list("kind", flat=True))
        return FollowUp.objects.count(), FollowUpAnswer.objects.count(), kinds

    assert done(people.stig, SeeFollowUps, seen, programme=people.programme) == (2, 0, {"follow_up"})
    assert done(people.eva, SeeFollowUps, seen, programme=people.programme) == (2, 0, {"follow_up"})


def test_that_nobody_asked_at_the_start_is_drop_out_too(
    people: Cast, case: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everyone who has started is counted as planned, whether or not somebody remembered to ask."""
    (one,) = counted(people, monkeypatch)
    assert (one.point, one.status) == ("start", "planned")


def test_a_missed_one_that_is_answered_later_has_answered(
    people: Cast, closed: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A late answer is an answer."""
    miss(people, closed, next_try_on=soon())
    tell(people.egon, closed, Status(words="Bra."))
    assert ("after", "done") in [(one.point, one.status) for one in counted(people, monkeypatch)]


@pytest.mark.parametrize(
    ("who", "sees"), [("anna", True), ("stig", True), ("eva", True), ("bo", False), ("egon", False)]
)
def test_who_sees_the_figures(people: Cast, closed: UUID, who: str, sees: bool) -> None:
    """The steering group, whoever runs the programme, and the evaluator: figures, no names (domain.md §2)."""
    reader = getattr(people, who)
    assert is_refused(reader, SeeFollowUps, programme=people.programme) is not sees
    page = browser(reader).get(f"/program/{people.programme}/uppfoljning/")
    assert page.status_code == (200 if sees else 404)
    assert "Egon" not in (page.content.decode() if sees else "")


def test_one_participant_is_no_figure(people: Cast, closed: UUID) -> None:
    """Where there is one, the page shows strokes."""
    tell(people.egon, closed, Status(words="Bra."))
    seen: FiguresView = done(people.anna, SeeFollowUps, figures_of, programme=people.programme)
    told = {n for one in seen.points for n in (one.planned, one.answered, one.waiting, one.ahead, one.share)}
    assert told <= {None}


def test_a_programme_without_anyone_says_what_will_come(people: Cast) -> None:
    """An empty page says what it is for."""
    page = browser(people.stig).get(f"/program/{people.programme}/uppfoljning/").content.decode()
    assert "Ingen har börjat i programmet än." in page


def test_the_page_keeps_to_its_queries(people: Cast, closed: UUID) -> None:
    """At most 18, however many there are (docs/house.md)."""
    client, page = browser(people.stig), f"/program/{people.programme}/uppfoljning/"
    with CaptureQueriesContext(connection) as counted:
        client.get(page)
    assert len(asked_of(counted)) <= 18


@pytest.mark.parametrize("who", ["anna", "stig"])
def test_there_is_a_way_to_it(people: Cast, closed: UUID, who: str) -> None:
    """From the programme's page and the steering group's."""
    client, way = browser(getattr(people, who)), f"/program/{people.programme}/uppfoljning/"
    assert way in client.get(f"/program/{people.programme}/").content.decode()
    assert way in client.get(f"/program/{people.programme}/styrgrupp/").content.decode()
