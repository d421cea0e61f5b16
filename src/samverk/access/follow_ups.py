"""Follow-ups as they leave through the door: when she is asked, and what she answered."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from samverk.access.declare import ReadCase
from samverk.access.declare_house import SeeMyDay
from samverk.access.permit import A, Permit
from samverk.access.sight import visible, visible_anywhere
from samverk.access.substitutes import acts_for, stood_in_for
from samverk.domain.follow_up import EARLY, PARTS, Point, Status, is_late
from samverk.domain.parties import Capacity
from samverk.store.models import FollowUp, FollowUpAnswer


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
    responsible: str
    instead_of: str
    """Whose it is to ask, where the reader stands in for her."""
    how: str
    answered_on: date | None
    missed_code: str
    missed_text: str
    next_try_on: date | None
    version: int
    may_answer: bool
    may_miss: bool
    answers: Status = field(default_factory=Status)

    @property
    def ask_on(self) -> date:
        """The day on which somebody should ask: the new try where there is one."""
        return self.next_try_on if self.status == "missed" and self.next_try_on else self.due_on


def follow_ups_of(permit: Permit[ReadCase]) -> tuple[FollowUpView, ...]:
    """The case's points in the order of time, each with its answers. Two queries."""
    told: dict[UUID, dict[str, object]] = {}
    for one in FollowUpAnswer.objects.filter(visible(permit, "item__"), replaced_at__isnull=True).select_related(
        "item"
    ):
        values = {name: getattr(one, name) for name in PARTS[one.item.category]}
        told.setdefault(one.follow_up_id, {}).update(values)
    return tuple(_view(permit, row, told.get(row.item_id, {})) for row in _rows(permit))


def follow_up(permit: Permit[ReadCase], *, id: UUID) -> FollowUpView | None:
    """One of them."""
    return next((view for view in follow_ups_of(permit) if view.id == id), None)


def may_record(permit: Permit[ReadCase], views: tuple[FollowUpView, ...]) -> tuple[str, ...]:
    """The points at which the status can still be written down: "start", "end"."""
    if not permit.capacities & {Capacity.PARTICIPANT, Capacity.COORDINATOR, Capacity.OFFICIAL}:
        return ()
    case = permit.case
    days = {
        Point.START: case.started_on if case.status == "active" else None,
        Point.END: case.closed_on if case.status == "closed" else None,
    }
    there = {(view.point, view.due_on) for view in views}
    return tuple(point.value for point, day in days.items() if day is not None and (point.value, day) not in there)


def due(permit: Permit[SeeMyDay]) -> tuple[FollowUpView, ...]:
    """The points, in any case, that the reader, or whom she stands in for, is to ask about by now. Oldest first."""
    rows = (
        FollowUp.objects.filter(
            visible_anywhere(permit, "item__"),
            acts_for(permit, "responsible"),
            status__in=("planned", "missed"),
            due_on__lte=permit.today,
        )
        .annotate(instead_of=stood_in_for(permit, "responsible"))
        .select_related("item__person", "responsible")
        .order_by("due_on")
    )
    views = (_view(permit, row, {}, instead_of=row.instead_of) for row in rows)
    return tuple(view for view in views if view.ask_on <= permit.today)


def _rows(permit: Permit[ReadCase]) -> QuerySet[FollowUp]:
    return (
        FollowUp.objects.filter(visible(permit, "item__"))
        .select_related("item__person", "responsible")
        .order_by("due_on", "months", "item__created_at")
    )


def _view(permit: Permit[A], row: FollowUp, told: dict[str, object], *, instead_of: str | None = None) -> FollowUpView:
    writes = permit.capacities & {Capacity.PARTICIPANT, Capacity.COORDINATOR, Capacity.OFFICIAL}
    early = permit.today < row.due_on - EARLY
    may_answer = bool(writes) and row.status in ("planned", "missed", "done") and not early
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
        responsible=row.responsible.name if row.responsible else "",
        instead_of=instead_of or "",
        how=row.how,
        answered_on=row.answered_on,
        missed_code=row.missed_code,
        missed_text=row.missed_text,
        next_try_on=row.next_try_on,
        version=row.version,
        may_answer=may_answer,
        may_miss=may_answer and row.status != "done" and not permit.as_herself,
        answers=Status(**told),  # type: ignore[arg-type]
    )
