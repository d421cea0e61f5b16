"""Verbs of meetings: called, answered, prepared, held, written down; and what each party then decided at home."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from samverk.access import commitments as commitment_views
from samverk.access import meetings as views
from samverk.access.declare import AnswerCall, CallMeeting, PrepareMeeting, ReadCase, RecordDecision, WriteMinutes
from samverk.access.permit import Permit
from samverk.actions import answers, decisions, meetings, minutes, promises
from samverk.cli.story import world as w
from samverk.cli.story.verb import Arg, Verb, found
from samverk.cli.story.world import Mistake, World
from samverk.domain.decisions import NewDecision
from samverk.domain.meetings import Question

_MEETING = {"meeting": Arg(w.thing)}


def _questions(world: World, raw: object) -> list[Question]:
    """Questions, each in words or as “words: kind of decision”."""
    listed = raw if isinstance(raw, list) else [raw]
    questions = []
    for one in listed:
        pairs = list(one.items()) if isinstance(one, Mapping) else [(one, "")]
        questions += [Question(w.text(world, text), str(kind)) for text, kind in pairs]
    return questions


def _call(
    permit: Permit[CallMeeting],
    *,
    purpose: str,
    starts_at: datetime,
    place: str,
    how: str,
    interpreter: str,
    officials: Sequence[UUID],
    questions: Sequence[Question],
) -> UUID:
    meeting = meetings.NewMeeting(
        purpose=purpose,
        starts_at=starts_at,
        place=place,
        how=how,
        interpreter=interpreter,
        officials=officials,
        questions=questions,
    )
    return meetings.call(permit, meeting=meeting)


def _seen(permit: Permit[ReadCase], *, meeting: UUID, **_: object) -> views.MeetingView:
    seen = views.meeting(permit, meeting, permit.today)
    if seen is None:
        raise Mistake("the meeting is not to be seen by whoever does this.")
    return seen


def _invitation(meeting: views.MeetingView, who: object) -> views.InvitationView:
    """The call of the one who answers, of the participant, or of a guest by name."""
    if who is None:
        if meeting.mine is None:
            raise Mistake("whoever answers is not called to the meeting.")
        return meeting.mine
    if who == w.HERSELF:
        return next(call for call in meeting.invitations if call.who == "participant")
    if isinstance(who, UUID):
        return found(meeting.invitations, who, lambda call: call.name, lambda call: call.account)
    return found(meeting.invitations, who, lambda call: call.name, lambda call: call.id)


def _called(world: World, raw: object) -> object:
    """The participant, an official's label, or a guest's name."""
    return raw if raw == w.HERSELF else world.accounts.get(str(raw)) or w.text(world, raw)


def _answer(
    permit: Permit[AnswerCall],
    *,
    meeting: UUID,
    answer: str,
    text: str,
    mandates: Sequence[str],
    how: str,
    of: object,
    seen: views.MeetingView,
) -> None:
    invitation = _invitation(seen, of)
    answers.answer(permit, invitation=invitation.id, answer=answer, text=text, mandates=mandates, on_behalf=how)


def _hold(
    permit: Permit[WriteMinutes],
    *,
    meeting: UUID,
    present: Sequence[object],
    also: Sequence[str],
    on: date | None,
    seen: views.MeetingView,
) -> None:
    there = [_invitation(seen, who).id for who in present]
    minutes.hold(permit, meeting=meeting, version=seen.version, present=there, also=also, on=on)


def _decide(
    permit: Permit[WriteMinutes],
    *,
    meeting: UUID,
    what: str,
    who: UUID | None,
    by: date,
    category: str,
    decision_kind: str,
) -> UUID:
    promise = promises.NewPromise(
        what=what,
        due=by,
        by_participant=who is None,
        account=who,
        category=category,
        decision_kind=decision_kind,
    )
    return minutes.decide(permit, meeting=meeting, promise=promise)


def _record(
    permit: Permit[RecordDecision],
    *,
    promise: object,
    settles: bool,
    category: str,
    seen: UUID | None,
    **decision: object,
) -> UUID:
    return decisions.record(
        permit,
        decision=NewDecision(**decision),  # type: ignore[arg-type]
        category=category,
        promise=seen,
        settles=settles,
    )


def _answered(permit: Permit[ReadCase], *, promise: object, **_: object) -> UUID | None:
    if promise is None:
        return None
    listed = commitment_views.commitments_of(permit, permit.today, history=False)
    return found(listed, promise, lambda view: view.what, lambda view: view.id).id


VERBS: dict[str, Verb] = {
    "call meeting": Verb(
        CallMeeting,
        _call,
        {
            "purpose": Arg(w.text),
            "starts_at": Arg(w.moment),
            "place": Arg(w.text),
            "how": Arg(w.word, "room"),
            "interpreter": Arg(w.text, ""),
            "officials": Arg(w.several(w.account), ()),
            "questions": Arg(_questions, ()),
        },
    ),
    "move meeting": Verb(
        CallMeeting,
        lambda permit, *, meeting, starts_at, reason, seen: meetings.move(
            permit, meeting=meeting, version=seen.version, starts_at=starts_at, reason=reason
        ),
        {**_MEETING, "starts_at": Arg(w.moment), "reason": Arg(w.text)},
        look=_seen,
    ),
    "cancel meeting": Verb(
        CallMeeting,
        lambda permit, *, meeting, reason, seen: meetings.cancel(
            permit, meeting=meeting, version=seen.version, reason=reason
        ),
        {**_MEETING, "reason": Arg(w.text)},
        look=_seen,
    ),
    "bring": Verb(
        PrepareMeeting,
        lambda permit, *, meeting, name: meetings.invite_guest(permit, meeting=meeting, name=name),
        {**_MEETING, "name": Arg(w.text)},
    ),
    "take along": Verb(
        PrepareMeeting,
        lambda permit, *, meeting, whom: meetings.bring(permit, meeting=meeting, account=whom),
        {**_MEETING, "whom": Arg(w.account)},
    ),
    "answer call": Verb(
        AnswerCall,
        _answer,
        {
            **_MEETING,
            "answer": Arg(w.word),
            "text": Arg(w.text, ""),
            "mandates": Arg(w.several(w.word), ()),
            "how": Arg(w.word, "spoken"),
            "of": Arg(_called, None),
        },
        look=_seen,
    ),
    "prepare": Verb(
        PrepareMeeting,
        lambda permit, *, meeting, text, how: answers.prepare(permit, meeting=meeting, text=text, on_behalf=how),
        {**_MEETING, "text": Arg(w.text), "how": Arg(w.word, "spoken")},
    ),
    "tell how it was": Verb(
        PrepareMeeting,
        lambda permit, *, meeting, text, how: answers.follow_up(permit, meeting=meeting, text=text, on_behalf=how),
        {**_MEETING, "text": Arg(w.text), "how": Arg(w.word, "spoken")},
    ),
    "hold meeting": Verb(
        WriteMinutes,
        _hold,
        {
            **_MEETING,
            "present": Arg(w.several(_called)),
            "also": Arg(w.several(w.text), ()),
            "on": Arg(w.day, None),
        },
        look=_seen,
    ),
    "write minutes": Verb(
        WriteMinutes,
        lambda permit, *, meeting, part, text, category, reason: minutes.add_point(
            permit, meeting=meeting, part=part, text=text, category=category, reason=reason
        ),
        {
            **_MEETING,
            "part": Arg(w.word, "point"),
            "text": Arg(w.text),
            "category": Arg(w.word, "process"),
            "reason": Arg(w.text, ""),
        },
    ),
    "decide": Verb(
        WriteMinutes,
        _decide,
        {
            **_MEETING,
            "what": Arg(w.text),
            "who": Arg(w.account_or_herself),
            "by": Arg(w.day),
            "category": Arg(w.word, "process"),
            "decision_kind": Arg(w.word, ""),
        },
    ),
    "publish minutes": Verb(
        WriteMinutes,
        lambda permit, *, meeting, seen: minutes.publish(permit, meeting=meeting, version=seen.version),
        _MEETING,
        look=_seen,
    ),
    "record decision": Verb(
        RecordDecision,
        _record,
        {
            "promise": Arg(w.label_or_words, None),
            "settles": Arg(w.yes, False),
            "category": Arg(w.word),
            "kind": Arg(w.word),
            "outcome": Arg(w.word),
            "text": Arg(w.text),
            "reason": Arg(w.text),
            "legal_ground": Arg(w.text),
            "decider": Arg(w.text),
            "decider_title": Arg(w.text, ""),
            "decided_on": Arg(w.day),
            "appeal_how": Arg(w.text, ""),
            "appeal_until": Arg(w.day, None),
        },
        look=_answered,
    ),
}
