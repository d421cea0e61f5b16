"""A meeting is called, moved, and called off (domain.md §3.6)."""

from datetime import timedelta
from uuid import UUID

import pytest

from samverk.access.declare import CallMeeting, PrepareMeeting, ReadCase
from samverk.access.meetings import next_meeting
from samverk.actions import meetings
from samverk.actions.meetings import NewMeeting
from samverk.domain.meetings import Question
from samverk.domain.words import Conflict, Rejection
from samverk.store.models import Event, Invitation, Meeting
from tests.build import done, is_refused
from tests.people import Cast
from tests.spec.c06_meetings.scene import AFTER, NOW, START, TODAY, answer, call, hold, opened, seen

pytestmark = pytest.mark.django_db


def test_who_is_called_sees_it_and_the_caller_comes(people: Cast, case: UUID) -> None:
    """Two to five officials and the person; she is always called."""
    id = call(people, case)
    for who in (people.anna, people.bo, people.egon):
        view = opened(who, case, id)
        assert [(c.name, c.status) for c in view.invitations] == [
            ("Egon Jönsson", "waiting"),
            ("Bo", "waiting"),
            ("Anna", "comes"),
        ]
    assert Event.objects.filter(what="meeting.called", item=id, actor=people.anna.account).exists()


def test_who_has_no_consent_sees_no_meeting(people: Cast, case: UUID) -> None:
    """Cia's party has none, Dag's was withdrawn: no list and no next meeting either."""
    id = call(people, case)
    for who in (people.cia, people.dag):
        assert seen(who, case, id) is None
        assert done(who, ReadCase, lambda p: next_meeting(p, TODAY), case=case) is None
    assert is_refused(people.stig, CallMeeting, case=case)


def test_a_party_without_consent_is_not_called(people: Cast, case: UUID) -> None:
    """The call itself would cross the border without cover; she may bring the person herself as her guest."""
    with pytest.raises(Rejection) as refusal:
        call(people, case, officials=[people.cia])
    assert refusal.value.problems[0].field == "officials"
    assert not Meeting.objects.exists()
    id = call(people, case)
    done(people.egon, PrepareMeeting, lambda p: meetings.invite_guest(p, meeting=id, name="Cia"), case=case)
    guest = next(c for c in opened(people.anna, case, id).invitations if c.name == "Cia")
    assert (guest.who, guest.status) == ("guest", "waiting")


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("purpose", {"purpose": " "}),
        ("starts_at", {"starts_at": NOW - timedelta(hours=1)}),
        ("starts_at", {"starts_at": None}),
        ("place", {"place": ""}),
        ("how", {"how": "pigeon"}),
        ("purpose", {"purpose": "x" * 20_001}),
    ],
)
def test_a_call_without_why_when_and_where_is_refused(
    people: Cast, case: UUID, field: str, wrong: dict[str, object]
) -> None:
    """The field is named and nothing is written; a time that has been is no time."""
    with pytest.raises(Rejection) as refusal:
        call(people, case, **wrong)  # type: ignore[arg-type]
    assert refusal.value.problems[0].field == field
    assert not Meeting.objects.exists()
    assert not Event.objects.filter(what="meeting.called").exists()


def test_an_official_of_a_party_calls_too(people: Cast, case: UUID) -> None:
    """The call is owned by the caller's party, and the coordinator can change it."""
    id = call(people, case, who=people.bo, officials=[people.anna])
    view = opened(people.anna, case, id)
    assert (view.party_short, view.called_by, view.may_change) == ("AF", "Bo", True)
    assert opened(people.bo, case, id).may_change


def test_a_moved_meeting_asks_everybody_again(people: Cast, case: UUID) -> None:
    """The answers were for another time. The old time stays readable, with the reason."""
    id = call(people, case)
    answer(people.bo, case, id, "comes")
    answer(people.egon, case, id, "comes")
    later = START + timedelta(days=7)
    for reason, to, field in ((" ", later, "reason"), ("Sjuk", None, "starts_at"), ("Sjuk", START, "starts_at")):
        with pytest.raises(Rejection) as refusal:
            done(
                people.anna,
                CallMeeting,
                lambda p, r=reason, t=to: meetings.move(p, meeting=id, version=1, starts_at=t, reason=r),
                case=case,
            )  # type: ignore[misc]
        assert refusal.value.problems[0].field == field
    done(
        people.anna,
        CallMeeting,
        lambda p: meetings.move(p, meeting=id, version=1, starts_at=later, reason="Tolk"),
        case=case,
    )
    view = opened(people.egon, case, id)
    assert [c.status for c in view.invitations] == ["waiting", "waiting", "comes"]
    assert [(m.old_starts_at, m.new_starts_at, m.reason) for m in view.moves] == [(START, later, "Tolk")]


def test_a_cancelled_meeting_says_why_and_is_over(people: Cast, case: UUID) -> None:
    """Without a reason it is not cancelled; afterwards it cannot be moved, held or answered."""
    id = call(people, case)
    with pytest.raises(Rejection) as refusal:
        done(people.anna, CallMeeting, lambda p: meetings.cancel(p, meeting=id, version=1, reason=""), case=case)
    assert refusal.value.problems[0].field == "reason"
    done(
        people.anna, CallMeeting, lambda p: meetings.cancel(p, meeting=id, version=1, reason="Egon är sjuk"), case=case
    )
    view = opened(people.egon, case, id)
    assert (view.status, view.cancel_reason, view.ahead) == ("cancelled", "Egon är sjuk", False)
    with pytest.raises(Rejection):
        done(
            people.anna,
            CallMeeting,
            lambda p: meetings.move(p, meeting=id, version=2, starts_at=AFTER, reason="x"),
            case=case,
        )
    with pytest.raises(Rejection):
        answer(people.bo, case, id, "comes")
    with pytest.raises(Rejection):
        hold(people, case, id)


def test_two_who_change_the_call_get_both_texts(people: Cast, case: UUID) -> None:
    """The second is told what stands now, and nothing is written over."""
    id = call(people, case)

    def change(purpose: str, version: int) -> None:
        ask = [Question(f"Vad krävs för att {purpose.lower()}?", "")]
        to = NewMeeting(purpose, None, "Väntorget 2", officials=[people.bo.account], questions=ask)  # type: ignore[list-item]
        done(people.anna, CallMeeting, lambda p: meetings.change(p, meeting=id, version=version, to=to), case=case)

    change("Planera hösten", 1)
    with pytest.raises(Conflict) as conflict:
        change("Planera våren", 1)
    assert conflict.value.theirs["purpose"] == "Planera hösten"
    assert conflict.value.theirs["question_1"] == "Vad krävs för att planera hösten?"
    assert conflict.value.version == 2
    assert Meeting.objects.get().purpose == "Planera hösten"
    assert Invitation.objects.count() == 3


def test_bo_cannot_move_what_anna_has_called(people: Cast, case: UUID) -> None:
    """The caller's party, or the coordinator, and nobody else."""
    id = call(people, case)
    with pytest.raises(Rejection):
        done(people.bo, CallMeeting, lambda p: meetings.cancel(p, meeting=id, version=1, reason="Hinner ej"), case=case)
    assert Meeting.objects.get().status == "called"


def test_the_next_meeting_is_the_first_that_comes(people: Cast, case: UUID) -> None:
    """For the card of the case page."""
    call(people, case, starts_at=START + timedelta(days=30), purpose="Senare")
    call(people, case)
    found = done(people.egon, ReadCase, lambda p: next_meeting(p, TODAY), case=case)
    assert found is not None
    assert found.purpose == "Bestämma om svarvkursen"
