"""A meeting called by Anna, answered, and held; built by the real actions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from samverk.access.actor import Actor
from samverk.access.declare import AnswerCall, CallMeeting, ReadCase, WriteMinutes
from samverk.access.meetings import MeetingView, meeting
from samverk.actions import answers, meetings, minutes
from samverk.actions.meetings import NewMeeting
from samverk.domain.meetings import Question
from samverk.store.models import Meeting
from tests.build import done
from tests.people import Cast

NOW = timezone.now()
TODAY = timezone.localdate()
START = NOW + timedelta(days=3)
AFTER = NOW + timedelta(days=4)
"""A day after the meeting."""
QUESTIONS = (Question("Kan Egon gå svarvkursen?", "training_place"), Question("Får han lönebidrag?", "wage_subsidy"))


def call(
    people: Cast,
    case: UUID,
    *,
    who: Actor | None = None,
    officials: Sequence[Actor] | None = None,
    starts_at: datetime | None = START,
    **words: object,
) -> UUID:
    """Anna (or `who`) calls Bo (or `officials`) and Egon."""
    called = [a.account for a in ([people.bo] if officials is None else officials)]
    typed = {"purpose": "Bestämma om svarvkursen", "place": "Väntorget 2", "questions": QUESTIONS} | words
    new = NewMeeting(starts_at=starts_at, officials=called, **typed)  # type: ignore[arg-type]
    return done(who or people.anna, CallMeeting, lambda p: meetings.call(p, meeting=new), case=case)


def seen(who: Actor, case: UUID, id: UUID, at: datetime | None = None) -> MeetingView | None:
    """The meeting as `who` sees it."""
    return done(who, ReadCase, lambda p: meeting(p, id, p.today), case=case, at=at)


def opened(who: Actor, case: UUID, id: UUID, at: datetime | None = None) -> MeetingView:
    """The meeting, which `who` must be able to see."""
    view = seen(who, case, id, at)
    assert view is not None
    return view


def answer(who: Actor, case: UUID, id: UUID, said: str, text: str = "", *, name: str = "", **more: object) -> None:
    """`who` answers her own call, or the one of `name`."""
    view = opened(who, case, id)
    call_id = next(c.id for c in view.invitations if (c.name == name if name else c.mine))
    done(who, AnswerCall, lambda p: answers.answer(p, invitation=call_id, answer=said, text=text, **more), case=case)  # type: ignore[arg-type]


def hold(people: Cast, case: UUID, id: UUID, *, absent: Sequence[str] = ()) -> None:
    """The meeting has been, and all were there but those named."""
    view = opened(people.anna, case, id)
    present = [c.id for c in view.invitations if c.name not in absent]
    done(
        people.anna,
        WriteMinutes,
        lambda p: minutes.hold(p, meeting=id, version=view.version, present=present),
        case=case,
        at=AFTER,
    )


def held(people: Cast, case: UUID, *, absent: Sequence[str] = ()) -> UUID:
    """A meeting that has been."""
    id = call(people, case)
    hold(people, case, id, absent=absent)
    return id


def publish(people: Cast, case: UUID, id: UUID) -> None:
    """The minutes are done."""
    version = Meeting.objects.get(item=id).version
    done(people.anna, WriteMinutes, lambda p: minutes.publish(p, meeting=id, version=version), case=case, at=AFTER)
