"""Follow-ups as they leave through the door: when she is asked, and what she answered."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from samverk.access.declare import ReadCase
from samverk.access.declare_house import SeeMyDay
from samverk.access.health_wording import WordingView, view_of
from samverk.access.permit import A, Permit
from samverk.access.sight import visible, visible_anywhere
from samverk.access.substitutes import acts_for, stood_in_for
from samverk.domain.follow_up import (
    ASK_AFTER,
    ASK_AHEAD,
    ASK_UNTIL,
    EARLY,
    MOST_TRIES,
    PARTS,
    Point,
    Status,
    ask_on,
    is_late,
)
from samverk.domain.parties import Capacity
from samverk.store.models import Case, FollowUp, FollowUpAnswer


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """One point, with what the reader may see of the answers."""

    id: UUID
    case: UUID
    whom: UUID
    person: str
    point: str
    months: int
    due_on: date
    status: str
    late: bool
    ask_on: date | None
    """The day on which somebody is to ask; None when nobody is to."""
    due_now: bool
    """Whether she is asked on her own page now."""
    responsible: str
    how: str
    answered_on: date | None
    begun_on: date | None
    """When something was answered first, while the rest is still to come."""
    missed_code: str
    missed_text: str
    next_try_on: date | None
    tries: int
    version: int
    may_answer: bool
    may_miss: bool
    answers: Status = field(default_factory=Status)
    wording: WordingView | None = None
    """What she read of the five health questions, where the reader may see their answers."""

    @property
    def last_try(self) -> bool:
        """Whether one more try without an answer is the last."""
        return self.tries + 1 >= MOST_TRIES


@dataclass(frozen=True, slots=True)
class ToAsk:
    """Somebody whom the reader is to ask. `instead_of`: whose it is to ask, where she stands in for her."""

    case: UUID
    whom: UUID
    person: str
    ask_on: date
    late: bool
    instead_of: str


def follow_ups_of(permit: Permit[ReadCase]) -> tuple[FollowUpView, ...]:
    """The case's points in the order of time, each with its answers. Two queries."""
    told: dict[UUID, dict[str, object]] = {}
    read: dict[UUID, WordingView] = {}
    for one in FollowUpAnswer.objects.filter(visible(permit, "item__"), replaced_at__isnull=True).select_related(
        "item", "wording__written_by"
    ):
        values = {name: getattr(one, name) for name in PARTS[one.item.category]}
        mine = told.setdefault(one.follow_up_id, {"declined": ()})
        mine |= {**values, "declined": (*mine["declined"], *one.declined)}  # type: ignore[misc]
        if one.wording is not None:
            read[one.follow_up_id] = view_of(one.wording)
    return tuple(_view(permit, row, told.get(row.item_id, {}), read.get(row.item_id)) for row in _rows(permit))


def follow_up(permit: Permit[ReadCase], *, id: UUID) -> FollowUpView | None:
    """One of them."""
    return next((view for view in follow_ups_of(permit) if view.id == id), None)


def may_record(permit: Permit[ReadCase], views: Iterable[FollowUpView]) -> tuple[str, ...]:
    """The points at which the status can still be asked for though nobody has planned it: "start", "end"."""
    if not permit.capacities & {Capacity.PARTICIPANT, Capacity.COORDINATOR, Capacity.OFFICIAL}:
        return ()
    case = permit.case
    days = {
        Point.START: case.started_on if case.status == "active" else None,
        Point.END: case.closed_on if case.status == "closed" else None,
    }
    there = {(view.point, view.due_on) for view in views if view.status != "cancelled"}
    return tuple(point.value for point, day in days.items() if day is not None and (point.value, day) not in there)


def ask_about_end(permit: Permit[ReadCase], views: Iterable[FollowUpView]) -> bool:
    """Whether she is to be asked how it was at the end: lately closed, with a follow-up to come, and nobody has asked."""
    closed_on, views = permit.case.closed_on, tuple(views)
    return (
        closed_on is not None
        and permit.today <= closed_on + ASK_UNTIL
        and Point.END in may_record(permit, views)
        and coming(views) is not None
    )


def now(views: Iterable[FollowUpView]) -> FollowUpView | None:
    """What she is asked now: of several that wait for her, the latest, since an early one is not told later."""
    waiting = [view for view in views if view.due_now]
    return waiting[-1] if waiting else None


def coming(views: Iterable[FollowUpView]) -> FollowUpView | None:
    """What she is asked next."""
    days = {view.ask_on: view for view in views if view.ask_on is not None}
    return days[min(days)] if days else None


def due(permit: Permit[SeeMyDay], unasked: Iterable[ToAsk]) -> tuple[ToAsk, ...]:
    """Whom, in any case, the reader, or whom she stands in for, is to ask by now. Oldest first. One query.

    The planned points whose day has come, and `unasked`: the cases that lack_status() finds.
    """
    rows = (
        FollowUp.objects.filter(
            Q(status="planned", due_on__lte=permit.today) | Q(status="missed", next_try_on__lte=permit.today),
            visible_anywhere(permit, "item__"),
            acts_for(permit, "responsible"),
        )
        .annotate(instead_of=stood_in_for(permit, "responsible"))
        .select_related("item__person")
    )
    found = [
        ToAsk(
            case=row.item.case_id,
            whom=row.item.person_id,
            person=row.item.person.name,
            ask_on=row.next_try_on or row.due_on,
            late=is_late(status=row.status, due_on=row.due_on, next_try_on=row.next_try_on, today=permit.today),
            instead_of=row.instead_of or "",
        )
        for row in rows
    ]
    there = {one.case for one in found}
    found += [one for one in unasked if one.case not in there]
    return tuple(sorted(found, key=lambda one: (one.ask_on, one.person)))


def lack_status(today: date) -> Q:
    """Cases where the start or the end is some weeks ago, and its status is not even planned. A condition on Assignment.

    Nobody is asked about the end where no follow-up is planned: the person is dead, or has moved.
    """
    mine = FollowUp.objects.filter(item__case=OuterRef("case")).exclude(status="cancelled")
    days = (today - ASK_UNTIL, today - ASK_AFTER)
    started = Q(~Exists(mine.filter(point=Point.START.value)), case__status="active", case__started_on__range=days)
    ended = Q(
        Exists(mine.filter(point=Point.AFTER.value, due_on__gt=OuterRef("case__closed_on"))),
        ~Exists(mine.filter(point=Point.END.value, due_on=OuterRef("case__closed_on"))),
        case__status="closed",
        case__closed_on__range=days,
    )
    return started | ended


def to_ask(case: Case, *, instead_of: str) -> ToAsk:
    """What `lack_status` has found, as it stands among the others."""
    day = case.closed_on or case.started_on
    assert day is not None, "asked for by day"  # noqa: S101 - told to the type checker
    return ToAsk(
        case=case.id,
        whom=case.person_id,
        person=case.person.name,
        ask_on=day + ASK_AFTER,
        late=False,
        instead_of=instead_of,
    )


def _rows(permit: Permit[ReadCase]) -> QuerySet[FollowUp]:
    return (
        FollowUp.objects.filter(visible(permit, "item__"))
        .select_related("item__person", "responsible")
        .order_by("due_on", "months", "item__created_at")
    )


def _view(permit: Permit[A], row: FollowUp, told: dict[str, object], wording: WordingView | None) -> FollowUpView:
    writes = permit.capacities & {Capacity.PARTICIPANT, Capacity.COORDINATOR, Capacity.OFFICIAL}
    early = permit.today < row.due_on - EARLY
    may_answer = bool(writes) and row.status in ("planned", "missed", "done") and not early
    asked = ask_on(status=row.status, due_on=row.due_on, next_try_on=row.next_try_on)
    return FollowUpView(
        id=row.item_id,
        case=row.item.case_id,
        whom=row.item.person_id,
        person=row.item.person.name,
        point=row.point,
        months=row.months,
        due_on=row.due_on,
        status=row.status,
        late=is_late(status=row.status, due_on=row.due_on, next_try_on=row.next_try_on, today=permit.today),
        ask_on=asked,
        due_now=may_answer
        and asked is not None
        and (row.begun_on is not None or row.due_on - ASK_AHEAD <= permit.today),
        responsible=row.responsible.name if row.responsible else "",
        how=row.how,
        answered_on=row.answered_on,
        begun_on=row.begun_on if row.status != "done" else None,
        missed_code=row.missed_code,
        missed_text=row.missed_text,
        next_try_on=row.next_try_on,
        tries=row.tries,
        version=row.version,
        may_answer=may_answer,
        may_miss=may_answer and asked is not None and not permit.as_herself,
        answers=Status(**told),  # type: ignore[arg-type]
        wording=wording,
    )
