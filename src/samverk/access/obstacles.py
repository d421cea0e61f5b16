"""Obstacles as they leave through the door: in the case, and without names for the steering group."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samverk.access import codes
from samverk.access.codes import CodeView
from samverk.access.declare import ReportObstacle
from samverk.access.declare_house import DecideObstacle, RaiseObstacle, SeeSteering
from samverk.access.may import may
from samverk.access.permit import A, Permit
from samverk.access.sight import visible
from samverk.domain.process import TRANSITIONS
from samverk.store.models import Obstacle, Programme, SteeringMatter

_TEAM = frozenset(c for t in TRANSITIONS if (t.thing, t.verb) == ("obstacle", "solve") for c in t.by)


@dataclass(frozen=True, slots=True)
class ObstacleView:
    """An obstacle in the case. `answer`, `decide_by`: what the steering group said, or by when it will."""

    id: UUID
    owner_name: str
    code_name: str
    level: str
    headline: str
    words: str
    status: str
    open: bool
    by_itself: bool
    told_on: date
    age: int
    solution: str
    solved_on: date | None
    decide_by: date | None
    late: bool
    answer: str
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class ObstaclesView:
    """The case's obstacles: those that still stand, and those that are over."""

    open: tuple[ObstacleView, ...]
    past: tuple[ObstacleView, ...]
    may_report: bool
    may_solve: bool


@dataclass(frozen=True, slots=True)
class MatterView:
    """What the steering group is asked. Names no one."""

    id: UUID
    code_name: str
    level: str
    summary: str
    status: str
    passed_on: date
    age: int
    decide_by: date
    late: bool
    answer: str
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class SteeringView:
    """A programme's obstacles, counted: what waits, what is decided, what went to national level."""

    programme: UUID
    programme_name: str
    waiting: tuple[MatterView, ...]
    decided: tuple[MatterView, ...]
    national: tuple[MatterView, ...]
    may_decide: bool
    may_raise: bool

    @property
    def late(self) -> int:
        """How many should have been decided by now."""
        return sum(matter.late for matter in self.waiting)


def obstacles_of(permit: Permit[A]) -> ObstaclesView:
    """The obstacles of the case that the reader may see. Three queries."""
    words = codes.names("obstacle")["obstacle"]
    rows = Obstacle.objects.filter(visible(permit, "item__")).select_related("item", "item__owner")
    found = list(rows.order_by("item__created_at", "item"))
    matters = {m.obstacle_id: m for m in SteeringMatter.objects.filter(obstacle__in=[row.item_id for row in found])}
    views = [_obstacle(row, matters.get(row.item_id), words, permit.today) for row in found]
    may_report = may(permit, ReportObstacle)
    return ObstaclesView(
        open=tuple(view for view in views if view.open),
        past=tuple(view for view in reversed(views) if not view.open),
        may_report=may_report,
        may_solve=may_report and bool(permit.capacities & _TEAM),
    )


def steering_of(permit: Permit[SeeSteering]) -> SteeringView:
    """What stands before the programme's steering group, the oldest first."""
    words = codes.names("obstacle")["obstacle"]
    rows = SteeringMatter.objects.filter(programme=permit.programme).order_by("decide_by", "passed_on", "id")
    views = [_matter(row, words, permit.today) for row in rows]
    return SteeringView(
        programme=permit.programme,
        programme_name=Programme.objects.values_list("name", flat=True).get(id=permit.programme),
        waiting=tuple(view for view in views if view.status == "steering"),
        decided=tuple(view for view in reversed(views) if view.status == "decided"),
        national=tuple(view for view in reversed(views) if view.status == "national"),
        may_decide=bool(permit.capacities & DecideObstacle.who),
        may_raise=bool(permit.capacities & RaiseObstacle.who),
    )


def _obstacle(row: Obstacle, matter: SteeringMatter | None, words: dict[str, CodeView], today: date) -> ObstacleView:
    code, told_on = words[row.code], row.item.happened_on
    waits = row.status == "steering" and matter is not None
    return ObstacleView(
        id=row.item_id,
        owner_name=row.item.owner.short if row.item.owner else "",
        code_name=code.name,
        level=code.attributes.get("level", "local"),
        headline=row.item.headline,
        words=row.words,
        status=row.status,
        open=row.status in ("reported", "steering"),
        by_itself=row.measure_id is not None,
        told_on=told_on,
        age=(today - told_on).days,
        solution=row.solution,
        solved_on=row.solved_on,
        decide_by=matter.decide_by if matter else None,
        late=bool(waits and matter and matter.decide_by < today),
        answer=matter.answer if matter else "",
        answered_on=matter.answered_on if matter else None,
    )


def _matter(row: SteeringMatter, words: dict[str, CodeView], today: date) -> MatterView:
    code = words[row.code]
    return MatterView(
        id=row.id,
        code_name=code.name,
        level=code.attributes.get("level", "local"),
        summary=row.summary,
        status=row.status,
        passed_on=row.passed_on,
        age=((row.answered_on or today) - row.passed_on).days,
        decide_by=row.decide_by,
        late=row.status == "steering" and row.decide_by < today,
        answer=row.answer,
        answered_on=row.answered_on,
    )
