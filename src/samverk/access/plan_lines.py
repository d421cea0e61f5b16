"""The lines of plans as each reader may see them, in sections, and what differs between two versions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samverk.access.codes import names
from samverk.access.people import PartyView
from samverk.access.permit import A, Permit
from samverk.access.sight import visible
from samverk.domain.plan import Line, LineKind, difference
from samverk.store.models import Commitment, PlanLine
from samverk.store.shape import shape


@dataclass(frozen=True, slots=True)
class LineView:
    """One line, with the names of those whom it speaks of, and what has become of the promise."""

    line: Line
    version: int
    who: str
    who_official: str
    tone: str
    category_name: str
    decides: str
    """Who decides: a party, or the participant's own name."""
    pays: str
    """Who pays; empty when it costs nothing."""
    state: str
    """The state of the promise that the step became, or empty."""
    due: date | None
    """The promise's own day when it was postponed, else the plan's."""
    late: bool
    settled_on: date | None


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of one sort. `withheld`: there are more that the reader may not see."""

    lines: tuple[LineView, ...]
    withheld: bool


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A line as it was, as it is, and the names of what differs."""

    before: LineView
    after: LineView
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """What has changed since version `since`. All empty: nothing."""

    since: int
    added: tuple[LineView, ...]
    removed: tuple[LineView, ...]
    changed: tuple[ChangeView, ...]
    goal: tuple[str, str] | None = None
    """The goal's words before and now, where they differ; so also the days."""
    review_on: tuple[date, date] | None = None
    limit_on: tuple[date, date] | None = None

    @property
    def any(self) -> bool:
        """Whether something has changed."""
        return bool(self.added or self.removed or self.changed or self.goal or self.review_on or self.limit_on)


def lines_of(
    permit: Permit[A], *, plans: Sequence[UUID], parties: Mapping[UUID, PartyView]
) -> dict[UUID, tuple[LineView, ...]]:
    """The lines of each of `plans` that the reader may see, in order."""
    categories = names("category")["category"]
    promises = {
        row.line_key: row for row in Commitment.objects.filter(visible(permit, "item__"), line_key__isnull=False)
    }
    rows = (
        PlanLine.objects.filter(visible(permit, "item__"), plan__in=plans, removed_at__isnull=True)
        .select_related("item", "account")
        .order_by("position")
    )
    found: dict[UUID, list[LineView]] = {plan: [] for plan in plans}
    for row in rows:
        promise = promises.get(row.key) if row.kind == LineKind.STEP else None
        category = categories.get(row.item.category)
        found[row.plan_id].append(
            LineView(
                line=as_line(row),
                version=row.version,
                who=permit.case.person_name if row.by_participant else _name(parties, row.party_id),
                who_official=row.account.name if row.account else "",
                tone="me" if row.by_participant else parties[row.party_id].tone if row.party_id else "other",
                category_name=category.name if category else row.item.category,
                decides=_name(parties, row.decides_id) or permit.case.person_name,
                pays=_name(parties, row.pays_id),
                state=promise.status if promise else "",
                due=promise.due if promise and promise.status == "open" else row.due,
                late=promise is not None and promise.status == "open" and promise.due < permit.today,
                settled_on=promise.settled_on if promise else None,
            )
        )
    return {plan: tuple(lines) for plan, lines in found.items()}


def sections(permit: Permit[A], *, plan: UUID, lines: Iterable[LineView]) -> dict[str, Section]:
    """The lines sorted into the plan's five sections, each with its own mark of what is not shown."""
    shown: dict[str, list[LineView]] = {name: [] for name in ("sub_goals", "mine", "theirs", "rights", "duties")}
    keys = set()
    for line in lines:
        shown[_section(line.line.kind, line.line.by_participant)].append(line)
        keys.add(line.line.key)
    hidden = {
        _section(LineKind(kind.removesuffix(":hers")), kind.endswith(":hers"))
        for key, kind in shape("line", plan)
        if key not in keys
    }
    return {name: Section(tuple(rows), name in hidden) for name, rows in shown.items()}


def since(number: int, before: Iterable[LineView], after: Iterable[LineView]) -> DifferenceView:
    """What has changed from version `number` to another, line by line."""
    old = {view.line.key: view for view in before}
    new = {view.line.key: view for view in after}
    found = difference((v.line for v in old.values()), (v.line for v in new.values()))
    return DifferenceView(
        since=number,
        added=tuple(new[line.key] for line in found.added),
        removed=tuple(old[line.key] for line in found.removed),
        changed=tuple(ChangeView(old[c.after.key], new[c.after.key], c.fields) for c in found.changed),
    )


def _section(kind: LineKind, by_participant: bool) -> str:
    if kind is LineKind.STEP:
        return "mine" if by_participant else "theirs"
    return {LineKind.SUB_GOAL: "sub_goals", LineKind.RIGHT: "rights", LineKind.DUTY: "duties"}[kind]


def _name(parties: Mapping[UUID, PartyView], party: UUID | None) -> str:
    return parties[party].name if party else ""


def as_line(row: PlanLine) -> Line:
    """The line as the rules see it."""
    return Line(
        key=row.key,
        kind=LineKind(row.kind),
        text=row.text,
        category=row.item.category,
        by_participant=row.by_participant,
        party=row.party_id,
        account=row.account_id,
        due=row.due,
        decides=row.decides_id,
        pays=row.pays_id,
    )
