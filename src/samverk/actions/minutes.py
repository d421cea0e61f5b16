"""The meeting is held, and its minutes: points in plain words, decisions with owner and day, published, amended."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import F, Max

from samverk.access import log
from samverk.access.declare import WriteMinutes
from samverk.access.permit import Permit
from samverk.access.sight import visible
from samverk.actions import items, meetings, past, promises
from samverk.actions.promises import NewPromise
from samverk.domain.commitments import Source
from samverk.domain.meetings import MinutesPart
from samverk.domain.process import move
from samverk.domain.words import Conflict, Rejection, gettext_noop, required
from samverk.store.models import Commitment, Invitation, MinutesAmendment, MinutesPoint

_NOT_HELD = gettext_noop("Skriv först in att mötet har varit och vilka som var med.")


def hold(
    permit: Permit[WriteMinutes],
    *,
    meeting: UUID,
    version: int,
    present: Sequence[UUID],
    also: Sequence[str] = (),
    on: date | None = None,
) -> None:
    """The meeting has been: who was really there (`present`: invitations; `also`: names of others)."""
    row = meetings.find(permit, meeting=meeting)
    meetings.demand_caller(permit, meeting=row)
    after = move("meeting", row.status, "hold")
    day = on or row.day
    if day > permit.today:
        raise Rejection(gettext_noop("Mötet har inte varit än. Flytta det om det hölls tidigare."), "on")
    past.demand(permit, day=day, field="on")
    if not present:
        raise Rejection(gettext_noop("Kryssa i vilka som var med."), "present")
    meetings.save(permit, meeting=row, version=version, status=after, held_on=day)
    for call in Invitation.objects.filter(meeting=row.id):
        Invitation.objects.filter(id=call.id).update(present=call.id in set(present))
    Invitation.objects.bulk_create(
        Invitation(id=permit.new_id(), meeting_id=row.id, guest=name.strip()[:200], status="comes", present=True)
        for name in also
        if name.strip()
    )
    log.wrote(permit, "meeting.held", item=row.id)


def add_point(
    permit: Permit[WriteMinutes],
    *,
    meeting: UUID,
    part: str,
    text: str,
    category: str,
    reason: str = "",
    about_other: bool = False,
) -> UUID:
    """Write a point, in one category. When the minutes are published already, it takes a reason.

    `about_other`: it is about someone else than the participant, who then sees only that something is not shown.
    """
    row = meetings.find(permit, meeting=meeting)
    if row.status not in ("held", "minuted"):
        raise Rejection(_NOT_HELD)
    if part not in tuple(MinutesPart):
        raise Rejection(gettext_noop("Välj var i minnesanteckningen texten ska stå."), "part")
    text = required(text, "text", gettext_noop("Skriv vad som sades, i vanliga ord."))
    if row.status == "minuted":
        reason = required(reason, "reason", gettext_noop("Skriv varför du lägger till något i efterhand."))
    item = items.put(
        permit,
        kind="minutes_point",
        owner=permit.actor.party,
        category=category,
        headline="",
        happened_on=row.held_on,
        about_other=about_other,
    )
    last = MinutesPoint.objects.filter(meeting=row.id).aggregate(last=Max("position"))["last"]
    point = MinutesPoint(item_id=item, meeting_id=row.id, part=part, text=text, position=(last or 0) + 1)
    point.save(force_insert=True)
    if row.status == "minuted":
        _keep_history(permit, point, old="", reason=reason)
    log.wrote(permit, "minutes.point_added", item=item, meeting=row.id)
    return item


def rewrite_point(permit: Permit[WriteMinutes], *, point: UUID, version: int, text: str, reason: str = "") -> None:
    """Change a point of one's own party. In published minutes with a reason only; the old text stays readable."""
    row = MinutesPoint.objects.filter(visible(permit, "item__"), item=point).select_related("item", "meeting").first()
    if row is None or row.item.owner_id != permit.actor.party:
        raise Rejection(gettext_noop("Bara den part som har skrivit punkten kan ändra den."))
    items.check_open(permit)
    text = required(text, "text", gettext_noop("Skriv vad som sades, i vanliga ord."))
    published = row.meeting.status == "minuted"
    if published:
        move("meeting", row.meeting.status, "amend")
        reason = required(reason, "reason", gettext_noop("Skriv varför du ändrar. Den gamla texten går att läsa."))
    changed = MinutesPoint.objects.filter(item=point, version=version).update(text=text, version=F("version") + 1)
    if not changed:
        row.refresh_from_db()
        raise Conflict({"text": row.text}, version=row.version)
    if published and text != row.text:
        _keep_history(permit, row, old=row.text, reason=reason)
    log.wrote(permit, "minutes.amended" if published else "minutes.point_changed", item=point)


def decide(permit: Permit[WriteMinutes], *, meeting: UUID, promise: NewPromise) -> UUID:
    """What was decided: somebody does something by a day, or it was not a decision. Returns the commitment."""
    row = meetings.find(permit, meeting=meeting)
    if row.status != "held":
        raise Rejection(
            _NOT_HELD
            if row.status == "called"
            else gettext_noop("Minnesanteckningen är klar. Skriv in det nya under Åtaganden.")
        )
    there = Invitation.objects.filter(meeting=row.id, present=True)
    heard = promise.account is not None and there.filter(account=promise.account).exists()
    return promises.write(
        permit, promise=promise, source=Source.MEETING, source_item=row.id, made_on=row.held_on, knows=heard
    )


def publish(permit: Permit[WriteMinutes], *, meeting: UUID, version: int) -> None:
    """The minutes are done: everyone who may reads them now, and changes take a reason from here on."""
    row = meetings.find(permit, meeting=meeting)
    meetings.demand_caller(permit, meeting=row)
    after = move("meeting", row.status, "publish")
    written = MinutesPoint.objects.filter(meeting=row.id).exists()
    if not written and not Commitment.objects.filter(source_item=row.id).exists():
        raise Rejection(gettext_noop("Minnesanteckningen är tom. Skriv minst en punkt eller ett beslut."))
    meetings.save(permit, meeting=row, version=version, status=after, published_at=permit.at)
    log.wrote(permit, "minutes.published", item=row.id)


def _keep_history(permit: Permit[WriteMinutes], point: MinutesPoint, *, old: str, reason: str) -> None:
    MinutesAmendment(
        id=permit.new_id(), point=point, at=permit.at, by_id=permit.actor.account, old_text=old, reason=reason
    ).save(force_insert=True)
