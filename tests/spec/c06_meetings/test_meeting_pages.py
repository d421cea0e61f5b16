"""The pages of meetings, minutes and decisions, for each kind of reader, without script."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samverk.access.declare import Promise, WriteMinutes
from samverk.actions import commitments, minutes
from samverk.actions.promises import NewPromise
from samverk.store.models import FormalDecision, Invitation, Meeting, MeetingWords, MinutesPoint
from tests.build import browser, done
from tests.people import Cast
from tests.spec.c06_meetings.scene import AFTER, TODAY, answer, call, held, opened, publish

pytestmark = pytest.mark.django_db
SOON = timezone.localtime() + timedelta(days=10)
TYPED = {
    "purpose": "Bestämma om svarvkursen",
    "how": "room",
    "place": "Väntorget 2",
    "interpreter": "",
    "question_1": "Kan Egon gå kursen?",
    "kind_1": "training_place",
}


def url(name: str, case: UUID, **more: object) -> str:
    return reverse(name, kwargs={"case": case} | more)


def test_each_reader_sees_her_own_pages(people: Cast, case: UUID, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    """The list and the meeting: for those who may know of it; for the others there is none."""
    id = call(people, case)
    for who, sees in (
        (people.anna, True),
        (people.bo, True),
        (people.egon, True),
        (people.cia, False),
        (people.dag, False),
    ):
        client = browser(who)
        with django_assert_max_num_queries(18):
            listed = client.get(url("meetings", case))
        with django_assert_max_num_queries(18):
            one = client.get(url("meeting", case, meeting=id))
        assert ("Bestämma om svarvkursen" in listed.content.decode()) is sees
        assert one.status_code == (200 if sees else 404)
    assert browser(people.eva).get(url("meetings", case)).status_code == 404


def test_the_minutes_and_decisions_pages_show_the_same_to_each(
    people: Cast, case: UUID, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    """Read on screen and on paper, in at most 18 queries."""
    id = held(people, case)
    done(
        people.anna,
        WriteMinutes,
        lambda p: minutes.add_point(p, meeting=id, part="situation", text="Egon mår bättre", category="process"),
        case=case,
        at=AFTER,
    )
    promise = NewPromise(
        "Söka plats", TODAY + timedelta(days=9), account=people.bo.account, decision_kind="training_place"
    )
    done(people.anna, WriteMinutes, lambda p: minutes.decide(p, meeting=id, promise=promise), case=case, at=AFTER)
    publish(people, case, id)
    for who in (people.anna, people.bo, people.egon):
        client = browser(who)
        for name in ("minutes", "minutes_print"):
            with django_assert_max_num_queries(18):
                page = client.get(url(name, case, meeting=id))
            assert "Egon mår bättre" in page.content.decode()
            assert "Söka plats" in page.content.decode()
        with django_assert_max_num_queries(18):
            page = client.get(url("decisions", case))
        assert "inget beslut än" in page.content.decode()
    assert browser(people.cia).get(url("minutes", case, meeting=id)).status_code == 404


def test_many_meetings_cost_no_more_queries_than_one(people: Cast, case: UUID, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    """A page does the same number of queries however many items there are (docs/house.md)."""
    client = browser(people.anna)
    call(people, case)
    with CaptureQueriesContext(connection) as one:
        assert client.get(url("meetings", case)).status_code == 200
    for _ in range(5):
        call(people, case)
    with django_assert_num_queries(len(one)):
        client.get(url("meetings", case))


def test_a_meeting_is_called_in_the_browser_and_nothing_typed_is_lost(people: Cast, case: UUID) -> None:
    """A refused form is shown again with status 422 and everything in it."""
    client, page = browser(people.anna), url("meeting_new", case)
    assert client.get(page).status_code == 200
    typed = TYPED | {"officials": [str(people.bo.account)]}
    refused = client.post(page, typed | {"starts_at": "2020-01-01T09:00"})
    text = refused.content.decode()
    assert refused.status_code == 422
    assert "Tiden har redan varit" in text
    assert "Kan Egon gå kursen?" in text
    assert not Meeting.objects.exists()
    assert client.post(page, typed | {"starts_at": SOON.strftime("%Y-%m-%dT%H:%M")}).status_code == 302
    shown = client.get(url("meeting", case, meeting=Meeting.objects.get().pk)).content.decode()
    assert "Ingen som kommer kan besluta" in shown
    assert browser(people.egon).get(page).status_code == 404


def test_the_participant_answers_with_one_of_three_buttons(people: Cast, case: UUID) -> None:
    """The answer is the button that she presses; another time needs a proposal, and the form says so."""
    id = call(people, case)
    mine = opened(people.egon, case, id).mine
    assert mine is not None
    client, page = browser(people.egon), url("meeting_answer", case, meeting=id, invitation=mine.id)
    text = client.get(page).content.decode()
    assert [word in text for word in ("Jag kommer", "Jag vill ha en annan tid", "Jag kommer inte")] == [True] * 3
    assert client.post(page, {"answer": "other_time"}).status_code == 422
    assert client.post(page, {"answer": "comes"}).status_code == 302
    assert Invitation.objects.get(id=mine.id).status == "comes"
    bos = next(c.id for c in opened(people.bo, case, id).invitations if c.mine)
    assert client.get(url("meeting_answer", case, meeting=id, invitation=bos)).status_code == 404


def test_the_call_is_changed_and_both_texts_stand_when_two_write(people: Cast, case: UUID) -> None:
    """What the other wrote, what I wrote, and the next save holds."""
    id = call(people, case)
    client, page = browser(people.anna), url("meeting_edit", case, meeting=id)
    assert "Väntorget 2" in client.get(page).content.decode()
    typed = TYPED | {"officials": [str(people.bo.account)], "version": "1"}
    assert client.post(page, typed | {"place": "Biblioteket"}).status_code == 302
    second = client.post(page, typed | {"place": "Torget"})
    assert second.status_code == 422
    assert ("Plats, telefonnummer eller länk", "Torget", "Biblioteket") in second.context["both"]
    assert client.post(page, typed | {"place": "Torget", "version": "2"}).status_code == 302
    assert Meeting.objects.get().place == "Torget"


def test_it_is_moved_and_cancelled_with_a_reason(people: Cast, case: UUID) -> None:
    """Without a reason the form comes back; afterwards she sees on the page what happened."""
    id = call(people, case)
    client, page = browser(people.anna), url("meeting_move", case, meeting=id)
    typed = {"version": "1", "starts_at": SOON.strftime("%Y-%m-%dT%H:%M")}
    assert client.post(page, typed | {"reason": " "}).status_code == 422
    assert client.post(page, typed | {"reason": "Tolken är sjuk"}).status_code == 302
    mine = browser(people.egon)
    assert "Tolken är sjuk" in mine.get(url("meeting", case, meeting=id)).content.decode()
    assert (
        client.post(url("meeting_cancel", case, meeting=id), {"version": "2", "reason": "Flyttat"}).status_code == 302
    )
    assert "Mötet är inställt" in mine.get(url("meeting", case, meeting=id)).content.decode()
    assert browser(people.bo).get(page).status_code == 404


def test_she_prepares_brings_somebody_and_tells_how_it_was(people: Cast, case: UUID) -> None:
    """Her words and her guest, on her own page; the coordinator can write for her, an official cannot."""
    id = call(people, case)
    client = browser(people.egon)
    assert client.get(url("meeting_prepare", case, meeting=id)).status_code == 200
    assert client.post(url("meeting_prepare", case, meeting=id), {"text": ""}).status_code == 422
    assert client.post(url("meeting_prepare", case, meeting=id), {"text": "Jag vill svarva"}).status_code == 302
    assert client.post(url("meeting_guest", case, meeting=id), {"name": "Erik"}).status_code == 302
    assert client.get(url("meeting_follow_up", case, meeting=id)).status_code == 404
    told = {"text": "Och ha råd", "on": TODAY.isoformat(), "on_behalf": "spoken"}
    assert browser(people.anna).post(url("meeting_prepare", case, meeting=id), told).status_code == 302
    assert browser(people.bo).get(url("meeting_prepare", case, meeting=id)).status_code == 404
    shown = browser(people.bo).get(url("meeting", case, meeting=id)).content.decode()
    assert [word in shown for word in ("Jag vill svarva", "Och ha råd", "Erik")] == [True] * 3
    assert MeetingWords.objects.count() == 2


def started(people: Cast, case: UUID) -> UUID:
    """A meeting whose day is today."""
    id = call(people, case, starts_at=timezone.now() + timedelta(seconds=1))
    answer(people.bo, case, id, "comes")
    return id


def test_the_meeting_is_held_written_decided_and_published_in_the_browser(people: Cast, case: UUID) -> None:
    """From who was there to what she reads: each form is kept when it is refused."""
    id = started(people, case)
    client = browser(people.anna)
    present = [str(c.id) for c in opened(people.anna, case, id).invitations]
    day = Meeting.objects.get().item.happened_on.isoformat()
    hold = url("minutes_hold", case, meeting=id)
    assert client.get(hold).status_code == 200
    assert client.post(hold, {"version": "1", "on": day}).status_code == 422
    assert client.post(hold, {"version": "1", "on": day, "present": present, "also": "Erik"}).status_code == 302
    point = url("minutes_point", case, meeting=id)
    assert client.get(point).status_code == 200
    assert client.post(point, {"part": "point", "text": "", "category": "work"}).status_code == 422
    assert client.post(point, {"part": "point", "text": "Egon vill", "category": "work"}).status_code == 302
    decide = url("minutes_decide", case, meeting=id)
    assert client.get(decide).status_code == 200
    decided = {"what": "Söka plats", "owner": str(people.bo.account), "category": "work", "decision_kind": ""}
    refused = client.post(decide, decided | {"due": ""})
    assert refused.status_code == 422
    assert "Söka plats" in refused.content.decode()
    assert client.post(decide, decided | {"due": (TODAY + timedelta(days=9)).isoformat()}).status_code == 302
    written = client.get(url("minutes", case, meeting=id)).content.decode()
    assert [word in written for word in ("Egon vill", "Söka plats", "Erik")] == [True] * 3
    hers = browser(people.egon).get(url("minutes", case, meeting=id)).content.decode()
    assert ("Söka plats" in hers, "Egon vill" in hers) == (True, False)
    assert client.get(url("minutes_publish", case, meeting=id)).status_code == 200
    assert client.post(url("minutes_publish", case, meeting=id), {"version": "2"}).status_code == 302
    assert "Egon vill" in browser(people.egon).get(url("minutes", case, meeting=id)).content.decode()
    amend = url("minutes_amend", case, meeting=id, point=MinutesPoint.objects.get().pk)
    assert client.post(amend, {"version": "1", "text": "Egon vill mycket", "reason": ""}).status_code == 422
    assert client.post(amend, {"version": "1", "text": "Egon vill mycket", "reason": "Otydligt"}).status_code == 302
    assert browser(people.bo).get(amend).status_code == 404
    assert "Otydligt" in browser(people.egon).get(url("minutes", case, meeting=id)).content.decode()


def test_a_decision_is_recorded_beside_its_promise(people: Cast, case: UUID) -> None:
    """By the promising party; all that is missing is named at once; she sees it at once."""
    promise = NewPromise(
        "Plats på kurs", TODAY + timedelta(days=5), account=people.bo.account, decision_kind="training_place"
    )
    id = done(people.bo, Promise, lambda p: commitments.make(p, promise=promise), case=case)
    client, page = browser(people.bo), url("decision_on", case, promise=id)
    assert "Plats på kurs" in client.get(page).content.decode()
    typed = {"kind": "training_place", "outcome": "refused", "text": "Ingen plats i mars", "reason": "Fullt"}
    typed |= {"legal_ground": "8 §", "decider": "Bo", "decider_title": "arbetsförmedlare", "category": "work"}
    typed |= {"decided_on": TODAY.isoformat(), "appeal_how": "", "appeal_until": ""}
    refused = client.post(page, typed)
    assert refused.status_code == 422
    assert {"appeal_how", "appeal_until"} <= refused.context["form"].errors.keys()
    assert "Ingen plats i mars" in refused.content.decode()
    whole = typed | {"appeal_how": "Begär omprövning", "appeal_until": (TODAY + timedelta(days=21)).isoformat()}
    assert client.post(page, whole).status_code == 302
    assert FormalDecision.objects.get().promise_id == id
    assert "Begär omprövning" in browser(people.egon).get(url("decisions", case)).content.decode()
    for who in (people.anna, people.egon, people.cia):
        assert browser(who).get(page).status_code == 404
    assert client.get(url("decision_new", case)).status_code == 200
