"""What people say about a meeting: whether they come, what she wants to bring up, and how it was afterwards."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from samverk.access import log
from samverk.access.declare import AnswerCall, PrepareMeeting
from samverk.access.permit import A, Permit
from samverk.access.substitutes import stands_in_for
from samverk.actions import codes, hers, items, meetings
from samverk.actions.meetings import MeetingFacts
from samverk.domain.meetings import answered
from samverk.domain.parties import Capacity
from samverk.domain.process import move
from samverk.domain.words import Rejection, fitting, gettext_noop, required
from samverk.store.models import Invitation, MeetingWords


def answer(
    permit: Permit[AnswerCall],
    *,
    invitation: UUID,
    answer: str,
    text: str = "",
    mandates: Sequence[str] = (),
    on_behalf: str = "spoken",
) -> None:
    """Comes, other time (which?) or does not come. Everyone for herself, or for whom she stands in for.

    The coordinator may write down the participant's answer; both of them may answer for the participant's guests.
    `mandates`: what an official may decide at this table, besides what her role in the programme says.
    """
    call = Invitation.objects.filter(id=invitation).first()
    if call is None:
        raise Rejection(gettext_noop("Inbjudan finns inte. Läs in sidan igen."))
    meeting = meetings.find(permit, meeting=call.meeting_id)
    if meeting.status != "called":
        raise Rejection(gettext_noop("Mötet har varit eller är inställt. Det går inte att svara längre."))
    told = "" if _own(permit, call) else hers.how_told(permit, how=on_behalf)
    words = fitting(text, "text")
    status = answered(answer, words, official=call.account_id is not None)
    if status != call.status:
        status = move("invitation", call.status, status)
    for mandate in mandates:
        codes.require(permit, list="decision_kind", code=mandate, field="mandates")
    Invitation.objects.filter(id=call.id).update(
        status=status,
        mandates=list(mandates) if call.account_id is not None else [],
        answered_at=permit.at,
        answered_by=permit.actor.account,
        on_behalf=told,
    )
    if words:
        owner = call.party_id if call.account_id is not None else None
        _say(
            permit,
            meeting,
            about="answer",
            text=words,
            owner=owner,
            invitation=call.id,
            on_behalf=told,
        )
    log.wrote(permit, "call.answered", item=meeting.id, invitation=call.id, answer=status)


def prepare(
    permit: Permit[PrepareMeeting], *, meeting: UUID, text: str, on: date | None = None, on_behalf: str = "spoken"
) -> UUID:
    """What she wants to bring up, in her words; said or written before the meeting."""
    row = meetings.find(permit, meeting=meeting)
    if row.status != "called":
        raise Rejection(gettext_noop("Mötet har redan varit. Skriv i stället hur det blev."))
    text = required(text, "text", gettext_noop("Skriv vad du vill ta upp, med dina egna ord."))
    return _hers(permit, row, about="preparation", text=text, on=on, on_behalf=on_behalf)


def follow_up(
    permit: Permit[PrepareMeeting], *, meeting: UUID, text: str, on: date | None = None, on_behalf: str = "spoken"
) -> UUID:
    """How she thinks that it was, and whether it became clear; after the meeting."""
    row = meetings.find(permit, meeting=meeting)
    if row.status not in ("held", "minuted"):
        raise Rejection(gettext_noop("Mötet har inte varit än. Skriv efteråt hur det blev."))
    text = required(text, "text", gettext_noop("Skriv hur mötet blev, med dina egna ord."))
    return _hers(permit, row, about="follow_up", text=text, on=on, on_behalf=on_behalf)


def _own(permit: Permit[AnswerCall], call: Invitation) -> bool:
    """Whether the answer is the actor's own to give. Rejection when it is not hers to write down either."""
    if permit.as_herself:
        if call.account_id is not None:
            raise Rejection(gettext_noop("Var och en svarar för egen del."))
        return True
    if call.account_id is not None:
        if call.account_id == permit.actor.account:
            return True
        if stands_in_for(permit, call.account_id):
            return False
        raise Rejection(gettext_noop("Var och en svarar för egen del."))
    if Capacity.COORDINATOR not in permit.capacities:
        raise Rejection(gettext_noop("Bara samordnaren skriver in vad deltagaren har svarat."))
    return False


def _hers(permit: Permit[A], row: MeetingFacts, *, about: str, text: str, on: date | None, on_behalf: str) -> UUID:
    if on is not None and on > permit.today:
        raise Rejection(gettext_noop("Dagen har inte varit än. Välj i dag eller en tidigare dag."), "on")
    told = "" if permit.as_herself else hers.how_told(permit, how=on_behalf)
    item = _say(permit, row, about=about, text=text, owner=None, on=on, on_behalf=told)
    log.wrote(permit, f"meeting.{about}", item=item, meeting=row.id)
    return item


def _say(
    permit: Permit[A],
    row: MeetingFacts,
    *,
    about: str,
    text: str,
    owner: UUID | None,
    invitation: UUID | None = None,
    on: date | None = None,
    on_behalf: str = "",
) -> UUID:
    item = items.put(
        permit,
        kind="meeting_words" if about != "answer" else "meeting_answer",
        owner=owner,
        category="process",
        headline=text if about != "answer" else "",
        happened_on=on,
    )
    MeetingWords(
        item_id=item, meeting_id=row.id, invitation_id=invitation, about=about, text=text, on_behalf=on_behalf
    ).save(force_insert=True)
    return item
