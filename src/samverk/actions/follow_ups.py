"""Follow-up: planned by itself, answered by her or written down for her, missed with a reason and a new try."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import F

from samverk.access import log
from samverk.access.codes import names as words
from samverk.access.declare import WriteFollowUp
from samverk.access.permit import A, Permit
from samverk.access.sight import visible
from samverk.actions import codes, items
from samverk.domain import follow_up as rules
from samverk.domain.follow_up import QUESTIONS, Point, Status
from samverk.domain.health_wording import INSTRUMENTS
from samverk.domain.parties import Part
from samverk.domain.process import move
from samverk.domain.words import Conflict, Rejection, fitting, gettext_noop, required
from samverk.store.models import (
    Account,
    Assignment,
    Code,
    FollowUp,
    FollowUpAnswer,
    HealthWording,
    Item,
    Programme,
)

DECLINED = "declined"
"""What a conflict calls a question that she does not want to answer."""


def plan(permit: Permit[A], *, closed_on: date, responsible: UUID | None) -> int:
    """Plan the programme's points after `closed_on`. Returns how many. Brought by the closing, not asked for."""
    months = Programme.objects.values_list("follow_up_months", flat=True).get(id=permit.programme)
    planned = rules.points(closed_on, months or rules.STANDARD_MONTHS)
    for n, due_on in planned:
        _add(permit, point=Point.AFTER, months=n, due_on=due_on, responsible=responsible)
    log.wrote(permit, "follow_up.planned", count=len(planned), responsible=responsible)
    return len(planned)


def cancel_open(permit: Permit[A]) -> int:
    """Cancel what is still to come, since the case goes on. Returns how many."""
    still = FollowUp.objects.filter(item__case=permit.case.id, status__in=("planned", "missed"))
    still = still.exclude(point=Point.START)
    ids = list(still.values_list("item", flat=True))
    for status in ("planned", "missed"):
        still.filter(status=status).update(status=move("follow_up", status, "cancel"), version=F("version") + 1)
    # An envelope without a headline stays out of the timeline: what was called off did not happen.
    Item.objects.filter(id__in=ids).update(headline="")
    if ids:
        log.wrote(permit, "follow_up.cancelled", count=len(ids))
    return len(ids)


def answer(
    permit: Permit[WriteFollowUp],
    *,
    follow_up: UUID,
    version: int,
    status: Status,
    answered_on: date,
    how: str = "",
    wording: UUID | None = None,
    finished: bool = True,
) -> None:
    """Write what she answers at one point. `how` (a code of follow_up_how): she said it, somebody else writes.

    Blank leaves what was answered before. `wording`: what she read of the five health questions. Not `finished`: the
    rest comes later, and what is answered so far stands. Rejection when nothing is answered, or it is far too early.
    """
    items.check_open(permit)
    row = _found(permit, follow_up)
    how = _how(permit, how)
    if row.version != version:
        raise Conflict(_answered(permit, row), version=row.version)
    rules.check_day(answered_on=answered_on, due_on=row.due_on, today=permit.today)
    status = _checked(permit, row, status, wording)
    changes: dict[str, object] = {"how": how, "begun_on": row.begun_on or answered_on}
    if row.status == "done":
        changes |= {"status": move("follow_up", row.status, "correct"), "answered_on": answered_on}
    elif finished:
        rules.check_told(status, _told(row))
        changes |= {"status": move("follow_up", row.status, "do"), "answered_on": answered_on}
    else:
        move("follow_up", row.status, "do")
        rules.check_told(status)
    _turn(permit, row, **changes)
    Item.objects.filter(id=row.item_id).update(happened_on=answered_on)
    _write(permit, row, status=status, how=how, answered_on=answered_on, wording=wording)
    part = None if finished else True
    log.wrote(permit, "follow_up.answered", item=row.item_id, how=how or "herself", months=row.months, part=part)


def plan_now(permit: Permit[WriteFollowUp], *, point: Point) -> UUID:
    """Plan the status at the start (while the case is active) or at the end (when it is closed), to be answered now.

    So that before and after can be compared. Once for each. Rejection when it is there, or the case stands otherwise.
    """
    items.check_open(permit)
    case = permit.case
    due_on = case.started_on if point is Point.START else case.closed_on
    if point is Point.AFTER or due_on is None or (point is Point.START and case.status != "active"):
        raise Rejection(items.NO_LONGER_OPEN)
    there = FollowUp.objects.filter(visible(permit, "item__"), point=point, due_on=due_on)
    if there.exclude(status="cancelled").exists():
        raise Rejection(gettext_noop("Läget är redan skrivet. Öppna det i listan och rätta det där."))
    contact = Assignment.objects.filter(case=case.id, part=Part.CONTACT, until__isnull=True)
    responsible = contact.values_list("account", flat=True).first()
    id = _add(permit, point=point, months=0, due_on=due_on, responsible=responsible)
    log.wrote(permit, "follow_up.planned", item=id, point=point, responsible=responsible)
    return id


def record_now(
    permit: Permit[WriteFollowUp], *, point: Point, status: Status, answered_on: date, how: str = ""
) -> UUID:
    """Plan the status at the start or the end and write it at once. Rejections as in `plan_now` and `answer`."""
    id = plan_now(permit, point=point)
    answer(permit, follow_up=id, version=1, status=status, answered_on=answered_on, how=how)
    return id


def miss(
    permit: Permit[WriteFollowUp],
    *,
    follow_up: UUID,
    version: int,
    reason: str,
    text: str = "",
    next_try_on: date | None = None,
) -> None:
    """No answer this time: why, and when she is asked once more. After two tries, or a no, she is left in peace.

    What was missed can still be answered later, by her or whoever asked.
    """
    items.check_open(permit)
    row = _found(permit, follow_up)
    if row.version != version:
        raise Conflict({"text": row.missed_text}, version=row.version)
    after = move("follow_up", row.status, "miss")
    if row.status == "missed" and row.next_try_on is None:
        raise Rejection(gettext_noop("Ingen ska fråga fler gånger. Det går att svara senare ändå."))
    codes.require(permit, list="follow_up_missed", code=reason, field="reason")
    attributes = Code.objects.get(list="follow_up_missed", code=reason).attributes
    if attributes.get("free") == "yes":
        text = required(text, "text", gettext_noop("Skriv skälet med egna ord."))
    tries = row.tries + 1
    again = rules.next_try(
        tries=tries, asks_again=attributes.get("again") != "no", next_try_on=next_try_on, today=permit.today
    )
    _turn(
        permit,
        row,
        status=after,
        tries=tries,
        missed_code=reason,
        missed_text=fitting(text, "text"),
        next_try_on=again,
    )
    log.wrote(permit, "follow_up.missed", item=row.item_id, reason=reason, tries=tries)


def _add(permit: Permit[A], *, point: Point, months: int, due_on: date, responsible: UUID | None) -> UUID:
    """That she is asked is her party's task; what she answers is hers."""
    asks = Account.objects.filter(id=responsible).values_list("name", flat=True).first() if responsible else None
    item = items.put(
        permit,
        kind="follow_up",
        owner=permit.actor.party,
        category="process",
        headline=asks or permit.actor.name,
        happened_on=due_on,
    )
    FollowUp(item_id=item, point=point.value, months=months, due_on=due_on, responsible_id=responsible).save(
        force_insert=True
    )
    return item


def _found(permit: Permit[WriteFollowUp], follow_up: UUID) -> FollowUp:
    row = FollowUp.objects.filter(visible(permit, "item__"), item=follow_up).first()
    if row is None:
        raise Rejection(gettext_noop("Uppföljningen finns inte. Gå tillbaka till listan."))
    return row


def _how(permit: Permit[WriteFollowUp], how: str) -> str:
    if permit.as_herself:
        return ""
    codes.require(permit, list="follow_up_how", code=how, field="how")
    return how


def _checked(permit: Permit[WriteFollowUp], row: FollowUp, status: Status, wording: UUID | None) -> Status:
    nothing = [code for code, view in words("livelihood")["livelihood"].items() if not view.covers]
    rules.check(status, nothing=nothing, point=row.point, levels=_levels(permit, wording))
    for code in status.livelihoods:
        codes.require(permit, list="livelihood", code=code, field="livelihoods")
    if status.occupation:
        codes.require(permit, list="occupation", code=status.occupation, field="occupation")
    return replace(status, words=fitting(status.words, "words"))


def _levels(permit: Permit[WriteFollowUp], wording: UUID | None) -> int:
    """How many levels she chose among. A wording that was replaced while she answered is what she read all the same."""
    if wording is None:
        return 0
    read = HealthWording.objects.filter(id=wording, programme=permit.programme).values_list("instrument", flat=True)
    return INSTRUMENTS.get(read.first() or "", 0)


def _turn(permit: Permit[A], row: FollowUp, **changes: object) -> None:
    changed = FollowUp.objects.filter(item=row.item_id, version=row.version).update(version=F("version") + 1, **changes)
    if not changed:
        row.refresh_from_db()
        raise Conflict(_answered(permit, row), version=row.version)


def _write(
    permit: Permit[WriteFollowUp], row: FollowUp, *, status: Status, how: str, answered_on: date, wording: UUID | None
) -> None:
    """One item a category that was answered, in the place of what was answered in it before."""
    for category, names in rules.PARTS.items():
        told = status.of(*names)
        declines = set(status.declined) & set(names)
        if not told and not declines:
            continue
        before = FollowUpAnswer.objects.filter(follow_up=row.item_id, item__category=category, replaced_at__isnull=True)
        old = before.first()
        kept = {name: value for name, value in _values(old, names).items() if name not in {*told, *declines}}
        read = old.wording_id if old else None
        if category == "health" and not {*told, *declines}.isdisjoint(rules.DIMENSIONS):
            if wording != read:
                # Levels of one wording say nothing beside another's.
                kept = {name: value for name, value in kept.items() if name not in rules.DIMENSIONS}
            read = wording
        declined = sorted({*(old.declined if old else ()), *declines} - set(told))
        before.update(replaced_at=permit.at)
        item = items.put(
            permit,
            kind="follow_up_answer",
            owner=None,
            category=category,
            headline=str(told.get("words", "")),
            happened_on=answered_on,
        )
        FollowUpAnswer(
            item_id=item,
            follow_up_id=row.item_id,
            on_behalf=how,
            declined=declined,
            wording_id=read,
            **kept,
            **told,
        ).save(force_insert=True)


def _values(row: FollowUpAnswer | None, names: tuple[str, ...]) -> dict[str, object]:
    return {} if row is None else {name: getattr(row, name) for name in names}


def _told(row: FollowUp) -> Status:
    """Whatever has been answered at the point before, whoever may read it."""
    told: dict[str, object] = {}
    declined: set[str] = set()
    for one in FollowUpAnswer.objects.filter(follow_up=row.item_id, replaced_at__isnull=True):
        told |= {name: value for name in QUESTIONS if (value := getattr(one, name)) not in ("", None, [])}
        declined |= set(one.declined)
    return Status(**told, declined=declined)  # type: ignore[arg-type]


def _answered(permit: Permit[A], row: FollowUp) -> dict[str, str]:
    """What now stands, as far as the reader may see it: field → value."""
    stands: dict[str, str] = {}
    rows = FollowUpAnswer.objects.filter(
        visible(permit, "item__"), follow_up=row.item_id, replaced_at__isnull=True
    ).select_related("item")
    for one in rows:
        for name, value in _values(one, rules.PARTS[one.item.category]).items():
            if value not in ("", None, []):
                stands[name] = ", ".join(value) if isinstance(value, list) else str(value)
        stands |= dict.fromkeys(one.declined, DECLINED)
    return stands
