"""Verbs of transitions and of the time after: hand-over, closing, follow-up, taking up again."""

from datetime import date
from uuid import UUID

from samverk.access import follow_ups as follow_up_views
from samverk.access.declare import CloseCase, NameNext, ReadCase, TakeOver, WriteFollowUp
from samverk.access.permit import Permit
from samverk.actions import closing, follow_ups, hand_overs
from samverk.cli.story import world as w
from samverk.cli.story.verb import Arg, Verb
from samverk.cli.story.world import Mistake
from samverk.domain.follow_up import Point, Status
from samverk.domain.parties import Part

_FIGURES = (
    "health",
    "situation",
    "confidence",
    "direction",
    "whole_view",
    "taking_part",
    "engagement",
    "enough_time",
    "continuity",
)
_STATUS = {
    "livelihoods": Arg(w.several(w.word), ()),
    "occupation": Arg(w.word, ""),
    "words": Arg(w.text, ""),
    **{figure: Arg(w.number, None) for figure in _FIGURES},
}
_HAND_OVER = {"hand_over": Arg(w.thing)}


def _record(permit: Permit[WriteFollowUp], *, point: str, on: date, how: str, **status: object) -> UUID:
    return follow_ups.record_now(
        permit,
        point=Point(point),
        status=Status(**status),  # type: ignore[arg-type]
        answered_on=on,
        how=how,
    )


def _answer(
    permit: Permit[WriteFollowUp], *, months: int, on: date, how: str, seen: tuple[UUID, int], **status: object
) -> None:
    follow_ups.answer(
        permit,
        follow_up=seen[0],
        version=seen[1],
        status=Status(**status),  # type: ignore[arg-type]
        answered_on=on,
        how=how,
    )


def _at_months(permit: Permit[ReadCase], *, months: int, **_: object) -> tuple[UUID, int]:
    for view in follow_up_views.follow_ups_of(permit):
        if view.point == "after" and view.months == months:
            return view.id, view.version
    raise Mistake(f"no follow-up is planned at {months} months.")


VERBS: dict[str, Verb] = {
    "name next": Verb(
        NameNext,
        lambda permit, *, part, next, former, what, by: hand_overs.name(
            permit, part=Part(part), next=next, former=former, what=what, by_when=by
        ),
        {
            "part": Arg(w.word, "contact"),
            "next": Arg(w.account),
            "former": Arg(w.account, None),
            "what": Arg(w.text),
            "by": Arg(w.day),
        },
    ),
    "accept hand-over": Verb(
        TakeOver, lambda permit, *, hand_over: hand_overs.accept(permit, hand_over=hand_over), _HAND_OVER
    ),
    "decline hand-over": Verb(
        TakeOver,
        lambda permit, *, hand_over, reason: hand_overs.decline(permit, hand_over=hand_over, reason=reason),
        {**_HAND_OVER, "reason": Arg(w.text)},
    ),
    "meet": Verb(
        TakeOver,
        lambda permit, *, hand_over, on, where, together: hand_overs.met(
            permit, hand_over=hand_over, met_on=on, where=where, together=together
        ),
        {**_HAND_OVER, "on": Arg(w.day), "where": Arg(w.text), "together": Arg(w.yes, True)},
    ),
    "release": Verb(NameNext, lambda permit, *, hand_over: hand_overs.release(permit, hand_over=hand_over), _HAND_OVER),
    "cancel hand-over": Verb(
        NameNext,
        lambda permit, *, hand_over, reason: hand_overs.cancel(permit, hand_over=hand_over, reason=reason),
        {**_HAND_OVER, "reason": Arg(w.text)},
    ),
    "close": Verb(
        CloseCase,
        lambda permit, *, reason, destination, words, next_door, on, confirmed: closing.close(
            permit,
            reason=reason,
            destination=destination,
            words=words,
            next_door=next_door,
            closed_on=on,
            confirmed=confirmed,
        ),
        {
            "reason": Arg(w.word),
            "destination": Arg(w.word),
            "words": Arg(w.text),
            "next_door": Arg(w.text, ""),
            "on": Arg(w.day),
            "confirmed": Arg(w.yes, False),
        },
    ),
    "take up again": Verb(
        CloseCase,
        lambda permit, *, words, contact: closing.take_up_again(permit, words=words, contact=contact),
        {"words": Arg(w.text), "contact": Arg(w.account, None)},
    ),
    "record status": Verb(
        WriteFollowUp,
        _record,
        {"point": Arg(w.word), "on": Arg(w.day), "how": Arg(w.word, ""), **_STATUS},
    ),
    "follow up": Verb(
        WriteFollowUp,
        _answer,
        {"months": Arg(w.number), "on": Arg(w.day), "how": Arg(w.word, ""), **_STATUS},
        look=_at_months,
    ),
}
