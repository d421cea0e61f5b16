"""She answers on her phone: a short page at a time, half-done answers are kept, and no question presses her."""

from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samverk.domain.follow_up import COLLABORATION, DIMENSIONS, QUESTIONS, Point, Status, pages
from samverk.domain.words import Rejection
from samverk.store.models import Event, FollowUp, FollowUpAnswer
from tests.build import asked_of, browser
from tests.people import Cast
from tests.spec.c10_follow_up.scene import first, own_words, tell, view, write_in

pytestmark = pytest.mark.django_db


def at(case: UUID) -> str:
    return f"/arenden/{case}/uppfoljning/{first(case).item_id}/svar/"


def send(client: Client, case: UUID, page: int, **told: object) -> str:
    """Send one page as it stands; where one is led next."""
    sent = client.post(f"{at(case)}?del={page}", {"version": first(case).version, **told})
    assert sent.status_code == 302, sent.content.decode()
    return sent["Location"]


@pytest.mark.parametrize("dimensions", [True, False])
@pytest.mark.parametrize("point", ["start", "end", "after"])
def test_each_question_stands_on_one_short_page(point: str, dimensions: bool) -> None:
    """Each question once and at most two on a page; not about the collaboration before there has been any.

    The five health questions only where there are words for them (evaluation.md, point 10).
    """
    found = pages(point, dimensions=dimensions)
    assert max(len(page) for page in found) <= 2
    left_out = {*(COLLABORATION if point == "start" else ()), *(() if dimensions else DIMENSIONS)}
    assert sorted(name for page in found for name in page) == sorted(set(QUESTIONS) - left_out)


def test_she_goes_through_the_pages_and_is_done(people: Cast, closed: UUID) -> None:
    """Her own pages ask nothing about how or when; each is saved on its own; the last one finishes."""
    client = browser(people.egon)
    page = client.get(at(closed)).content.decode()
    assert "Del 1 av 7" in page
    assert 'name="how"' not in page
    assert 'class="participant"' in page
    assert send(client, closed, 1, words="Bra", situation="4") == f"{at(closed)}?del=2"
    assert view(people.anna, closed).status == "planned"
    send(client, closed, 2, confidence="3")
    send(client, closed, 3, livelihoods=["wage"])
    send(client, closed, 4, occupation="work", health="80")
    send(client, closed, 5, taking_part="5")
    send(client, closed, 6)
    assert send(client, closed, 7) == f"/arenden/{closed}/uppfoljning/"
    told = view(people.egon, closed)
    assert (told.status, told.begun_on) == ("done", None)
    assert (told.answers.words, told.answers.situation, told.answers.health) == ("Bra", 4, 80)
    assert (told.answers.occupation, told.answers.taking_part, told.answers.engagement) == ("work", 5, None)


def test_half_done_answers_are_kept_and_taken_up_again(people: Cast, closed: UUID) -> None:
    """She stops when she is tired: what she said stands, and the next time begins where something is left."""
    client = browser(people.egon)
    led = client.post(at(closed), {"version": 1, "words": "Bra", "situation": "4", "sedan": "ja"}, follow=True)
    assert "Det som är svarat är sparat." in led.content.decode()
    half = view(people.egon, closed)
    assert (half.status, half.begun_on is not None, half.answers.words) == ("planned", True, "Bra")
    assert "Del 2 av 7" in client.get(at(closed)).content.decode()
    assert "Fortsätt svara" in client.get("/min-plan/", follow=True).content.decode()
    assert "Påbörjad" in browser(people.anna).get(f"/arenden/{closed}/uppfoljning/").content.decode()


@pytest.mark.parametrize(("told", "shown"), [(Status(words="Bra."), 1), (Status(words="Bra.", direction=2), 2)])
def test_what_she_left_out_stays_out_when_she_goes_on(people: Cast, closed: UUID, told: Status, shown: int) -> None:
    """She is led to where she stopped, not back to what she did not want to say a week ago."""
    tell(people.egon, closed, told, finished=False)
    assert f"Del {shown} av 7" in browser(people.egon).get(at(closed)).content.decode()


def test_the_last_page_may_be_left_for_another_day_too(people: Cast, closed: UUID) -> None:
    """Done is what she says is done: not a page that she happened to see."""
    client = browser(people.egon)
    send(client, closed, 1, words="Bra")
    send(client, closed, 7, continuity="2", sedan="ja")
    assert first(closed).status == "planned"


def test_a_page_without_an_answer_writes_nothing(people: Cast, closed: UUID) -> None:
    """Going past questions is no answer to them, and leaves no trace."""
    client = browser(people.egon)
    assert send(client, closed, 1) == f"{at(closed)}?del=2"
    assert not FollowUpAnswer.objects.exists()
    assert not Event.objects.filter(what="follow_up.answered").exists()


def test_nothing_at_all_is_not_an_answer(people: Cast, closed: UUID) -> None:
    """At the end of the pages something must have been said, or the follow-up is still to be answered."""
    refused = browser(people.egon).post(f"{at(closed)}?del=7", {"version": 1})
    assert refused.status_code == 422
    assert "Svara på minst en fråga innan du sparar." in refused.content.decode()
    assert first(closed).status == "planned"


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(people: Cast, closed: UUID) -> None:
    """Errors are clear, and the page comes back as it was sent."""
    client = browser(people.egon)
    wrong = client.post(f"{at(closed)}?del=4", {"version": 1, "health": 400})
    assert wrong.status_code == 422
    assert 'value="400"' in wrong.content.decode()


@pytest.mark.parametrize(("asked", "shown"), [("0", 1), ("99", 7), ("tre", 1), ("3", 3)])
def test_a_page_that_does_not_exist_is_the_nearest(people: Cast, closed: UUID, asked: str, shown: int) -> None:
    """Whatever an address asks for, she is shown questions."""
    page = browser(people.egon).get(f"{at(closed)}?del={asked}").content.decode()
    assert f"Del {shown} av 7" in page


def test_a_no_to_a_question_is_an_answer_of_its_own(people: Cast, closed: UUID) -> None:
    """Not zero and not empty: whoever reads sees that she was asked and did not want to say."""
    client = browser(people.egon)
    send(client, closed, 1, words_declined="on", situation="declined")
    send(client, closed, 3, livelihoods=["declined"])
    send(client, closed, 4, occupation="declined", health_declined="on")
    send(client, closed, 7)
    told = view(people.anna, closed)
    assert told.status == "done"
    assert set(told.answers.declined) == {"words", "situation", "livelihoods", "occupation", "health"}
    assert (told.answers.health, told.answers.situation, list(told.answers.livelihoods)) == (None, None, [])
    page = browser(people.anna).get(f"/arenden/{closed}/uppfoljning/").content.decode()
    assert page.count("Vill inte svara") == 5
    assert set(FollowUpAnswer.objects.values_list("health", "situation")) == {(None, None)}


def test_she_may_change_her_mind_about_a_no(people: Cast, closed: UUID) -> None:
    """An answer takes a no's place, a no takes an answer's, and the rest stands."""
    tell(people.egon, closed, Status(health=40, situation=2, words="Sådär."))
    tell(people.egon, closed, Status(declined=("health", "words")))
    told = view(people.egon, closed).answers
    assert (told.health, told.words, told.situation, set(told.declined)) == (None, "", 2, {"health", "words"})
    tell(people.egon, closed, Status(health=0))
    told = view(people.egon, closed).answers
    assert (told.health, set(told.declined)) == (0, {"words"})


@pytest.mark.parametrize(
    "status", [Status(health=40, declined=("health",)), Status(words="Bra.", declined=("lucky_number",))]
)
def test_an_answer_and_a_no_to_the_same_question_are_refused(people: Cast, closed: UUID, status: Status) -> None:
    """And so is a no to what nobody asks."""
    with pytest.raises(Rejection) as refused:
        tell(people.egon, closed, status)
    assert refused.value.problems[0].field in ("health", "lucky_number")
    assert not FollowUpAnswer.objects.exists()


def test_the_collaboration_is_not_asked_about_at_the_start(people: Cast, case: UUID) -> None:
    """What she thinks of the whole can be said at the end and after, when there is a whole (domain.md §6)."""
    client = browser(people.egon)
    client.post(f"/arenden/{case}/uppfoljning/laget/start/")
    assert "Del 1 av 4" in client.get(at(case)).content.decode()
    for point, names in ((Point.START, COLLABORATION), (Point.END, ())):
        assert set(COLLABORATION) - {n for page in pages(point, dimensions=False) for n in page} == set(names)
    with pytest.raises(Rejection) as refused:
        tell(people.anna, case, Status(words="Trött.", whole_view=5))
    assert refused.value.problems[0].field == "whole_view"


def test_she_is_asked_at_the_end_on_her_own_page(people: Cast, closed: UUID) -> None:
    """The end is asked about by itself, once: then the page says when she is asked next."""
    client = browser(people.egon)
    page = client.get("/min-plan/", follow=True).content.decode()
    assert "Berätta gärna hur du har det nu" in page
    client.post(f"/arenden/{closed}/uppfoljning/laget/slut/")
    assert FollowUp.objects.get(point="end").due_on == timezone.localdate()
    page = client.get("/min-plan/", follow=True).content.decode()
    assert "Det är dags att berätta hur du har det." in page


def test_a_page_of_questions_keeps_to_its_queries(people: Cast, closed: UUID) -> None:
    """At most 18 queries, as many with the five health questions and answers there as without (docs/house.md)."""
    client = browser(people.egon)
    with CaptureQueriesContext(
        connection,
    ) as bare:
        client.get(at(closed))
    write_in(people, own_words())
    tell(people.egon, closed, Status(words="Bra.", health=70, situation=4, livelihoods=["wage"]))
    with CaptureQueriesContext(connection) as full:
        client.get(at(closed))
    assert len(asked_of(full)) <= len(asked_of(bare)) <= 18
