"""The goal and the plan as each reader may see them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from samverk.access import plan_lines
from samverk.access.declare import SetGoal, SignPlan, WritePlan
from samverk.access.people import PartyView, parties
from samverk.access.permit import A, Permit
from samverk.access.plan_lines import DifferenceView, LineView, Section
from samverk.access.sight import visible
from samverk.domain.parties import Capacity
from samverk.domain.plan import named
from samverk.store.models import Goal, Plan, PlanLine, PlanReview, PlanSignature
from samverk.store.shape import shape

P = TypeVar("P", bound=Plan)
T = TypeVar("T")
NEAR = timedelta(days=30)
"""How long before its last day a plan asks to be extended or replaced."""


@dataclass(frozen=True, slots=True)
class GoalView:
    """One wording of her goal."""

    text: str
    number: int
    on_behalf: str
    written_at: datetime
    written_by: str
    replaced_at: datetime | None


@dataclass(frozen=True, slots=True)
class SignatureView:
    """Who has signed, or (`signed_at` None) has not yet. `party` None: the participant."""

    party: UUID | None
    name: str
    tone: str
    signed_by: str
    signed_at: datetime | None
    how: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version in the list of them."""

    number: int
    status: str
    begun_at: datetime
    proposed_at: datetime | None
    agreed_at: datetime | None
    replaced_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReviewView:
    """How the plan was followed up. `extended_to`: the new last day, where its time was extended."""

    text: str
    reviewed_at: datetime
    reviewed_by: str
    review_after: date
    extended_to: date | None


@dataclass(frozen=True, slots=True)
class PlanView:
    """One version, whole."""

    id: UUID
    number: int
    status: str
    version: int
    goal: str
    review_on: date
    review_late: bool
    limit_on: date
    limit_passed: bool
    limit_near: bool
    proposed_at: datetime | None
    agreed_at: datetime | None
    sub_goals: Section
    mine: Section
    theirs: Section
    rights: Section
    duties: Section
    signatures: tuple[SignatureView, ...]

    @property
    def waits_for(self) -> tuple[SignatureView, ...]:
        """Who has not signed yet."""
        return tuple(s for s in self.signatures if s.signed_at is None)


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The plan page for one reader. `plan` None and `withheld`: there is a plan that she may not read."""

    goal: GoalView | None
    plan: PlanView | None
    withheld: bool
    in_force: VersionView | None
    """The agreed version, where a proposal is shown."""
    draft: VersionView | None
    """The version that is being written, where another is shown."""
    versions: tuple[VersionView, ...]
    reviews: tuple[ReviewView, ...]
    difference: DifferenceView | None
    """What has changed since the reader last said yes; None when she never has, or has said yes to this."""
    may_write: bool
    may_set_goal: bool
    may_sign: bool
    may_sign_for_her: bool


@dataclass(frozen=True, slots=True)
class PlanCard:
    """The goal and the plan in short, for the case page. `status` empty: there is no plan to see."""

    goal: GoalView | None
    may_set_goal: bool
    status: str
    number: int
    review_on: date | None
    review_late: bool
    limit_on: date | None
    limit_passed: bool
    limit_near: bool
    i_shall_sign: bool
    may_write: bool


def card_of(permit: Permit[A]) -> PlanCard:
    """The goal and the plan that matters now, in short. Two queries."""
    waits = ExpressionWrapper(_waits_for_me(permit), BooleanField())
    shown = _shown(Plan.objects.filter(visible(permit, "item__")).annotate(waits=waits), None)
    in_force = shown is not None and shown.status == "agreed"
    limit = shown.limit_on if shown is not None and in_force else None
    return PlanCard(
        goal=goal_now(permit),
        may_set_goal=_open_for(permit, SetGoal),
        status=shown.status if shown else "",
        number=shown.number if shown else 0,
        review_on=shown.review_on if shown is not None and in_force else None,
        review_late=shown is not None and in_force and shown.review_on < permit.today,
        limit_on=limit,
        limit_passed=limit is not None and limit < permit.today,
        limit_near=limit is not None and permit.today <= limit < permit.today + NEAR,
        i_shall_sign=shown is not None and shown.waits and _open_for(permit, SignPlan),
        may_write=_open_for(permit, WritePlan),
    )


def goals_of(permit: Permit[A]) -> tuple[GoalView, ...]:
    """Every wording of her goal, newest first."""
    rows = Goal.objects.filter(visible(permit, "item__")).select_related("item__created_by").order_by("-number")
    return tuple(
        GoalView(
            text=row.text,
            number=row.number,
            on_behalf=row.on_behalf,
            written_at=row.item.created_at,
            written_by=row.item.created_by.name if row.item.created_by else "",
            replaced_at=row.replaced_at,
        )
        for row in rows
    )


def goal_now(permit: Permit[A]) -> GoalView | None:
    """Her goal as it stands."""
    return next(iter(goals_of(permit)), None)


def plan_of(permit: Permit[A], *, number: int | None = None) -> PlanPage | None:
    """The plan: version `number`, or the one that matters now. None when there is no such version to show.

    What matters now: a proposal, else the agreed plan, else a draft.
    """
    plans = list(Plan.objects.filter(visible(permit, "item__")).select_related("item", "goal").order_by("-number"))
    shown = _shown(plans, number)
    if number is not None and shown is None:
        return None
    goal = goal_now(permit)
    signatures = _signatures(permit)
    by_status = {plan.status: _version(plan) for plan in reversed(plans)}
    view, difference = None, None
    if shown is not None:
        base = _last_signed(permit, plans, shown, signatures)
        everyone = parties(permit)
        lines = plan_lines.lines_of(permit, plans=[shown.item_id, *([base.item_id] if base else [])], parties=everyone)
        view = _plan(permit, shown, lines[shown.item_id], signatures, everyone, goal)
        if base is not None:
            difference = replace(
                plan_lines.since(base.number, lines[base.item_id], lines[shown.item_id]),
                goal=_both(base.goal.text if base.goal else "", view.goal),
                review_on=_both(base.review_on, view.review_on),
                limit_on=_both(base.limit_on, view.limit_on),
            )
    writes = _open_for(permit, WritePlan)
    signs = shown is not None and shown.status == "proposed" and _open_for(permit, SignPlan)
    waiting = {s.party for s in view.waits_for} if view else set()
    me = None if permit.as_herself else permit.actor.party
    return PlanPage(
        goal=goal,
        plan=view,
        withheld=not plans and bool(shape("plan", permit.case.id)),
        in_force=by_status.get("agreed") if shown is None or shown.status != "agreed" else None,
        draft=by_status.get("draft") if shown is None or shown.status != "draft" else None,
        versions=tuple(_version(plan) for plan in plans),
        reviews=_reviews(permit) if plans else (),
        difference=difference,
        may_write=writes,
        may_set_goal=_open_for(permit, SetGoal),
        may_sign=signs and me in waiting,
        may_sign_for_her=signs and None in waiting and Capacity.COORDINATOR in permit.capacities,
    )


def draft_of(permit: Permit[WritePlan]) -> PlanPage | None:
    """The draft, for whoever writes in it; None when there is none."""
    number = Plan.objects.filter(visible(permit, "item__"), status="draft").values_list("number", flat=True).first()
    return None if number is None else plan_of(permit, number=number)


def _both(before: T, after: T) -> tuple[T, T] | None:
    return None if before == after else (before, after)


def _waits_for_me(permit: Permit[A]) -> Q:
    """Whether a proposal waits for the reader's own yes, or for her party's where it is named in the plan."""
    yes = PlanSignature.objects.filter(plan=OuterRef("pk"), void_at__isnull=True)
    if permit.as_herself:
        waits = Q(~Exists(yes.filter(party__isnull=True)))
    else:
        me = permit.actor.party
        lines = PlanLine.objects.filter(plan=OuterRef("pk"), removed_at__isnull=True)
        named_in = lines.filter(Q(party=me) | Q(decides=me) | Q(pays=me))
        waits = Q(Exists(named_in)) & ~Q(Exists(yes.filter(party=me)))
    return Q(status="proposed") & waits


def _open_for(permit: Permit[A], act: type[WritePlan] | type[SignPlan] | type[SetGoal]) -> bool:
    return bool(permit.capacities & act.who) and permit.case.status in act.while_case


def _shown(plans: Iterable[P], number: int | None) -> P | None:
    if number is not None:
        return next((plan for plan in plans if plan.number == number), None)
    ranks = {"proposed": 0, "agreed": 1, "draft": 2, "replaced": 3}
    return min(plans, key=lambda plan: ranks[plan.status], default=None)


def _version(plan: Plan) -> VersionView:
    return VersionView(
        number=plan.number,
        status=plan.status,
        begun_at=plan.item.created_at,
        proposed_at=plan.proposed_at,
        agreed_at=plan.agreed_at,
        replaced_at=plan.replaced_at,
    )


def _signatures(permit: Permit[A]) -> list[PlanSignature]:
    return list(
        PlanSignature.objects.filter(visible(permit, "item__"), void_at__isnull=True)
        .select_related("item__created_by", "party")
        .order_by("item__created_at")
    )


def _last_signed(
    permit: Permit[A], plans: Iterable[Plan], shown: Plan, signatures: Iterable[PlanSignature]
) -> Plan | None:
    """The last version before `shown` that the reader, or her party, said yes to. None when she has signed it."""
    me = None if permit.as_herself else permit.actor.party
    mine = {s.plan_id for s in signatures if s.party_id == me}
    if shown.item_id in mine or shown.status == "replaced":
        return None
    return next((plan for plan in plans if plan.number < shown.number and plan.item_id in mine), None)


def _plan(
    permit: Permit[A],
    plan: Plan,
    lines: tuple[LineView, ...],
    signatures: list[PlanSignature],
    everyone: dict[UUID, PartyView],
    goal: GoalView | None,
) -> PlanView:
    sections = plan_lines.sections(permit, plan=plan.item_id, lines=lines)
    in_force = plan.status == "agreed"
    return PlanView(
        id=plan.item_id,
        number=plan.number,
        status=plan.status,
        version=plan.version,
        goal=plan.goal.text if plan.goal and plan.status != "draft" else (goal.text if goal else ""),
        review_on=plan.review_on,
        review_late=in_force and plan.review_on < permit.today,
        limit_on=plan.limit_on,
        limit_passed=in_force and plan.limit_on < permit.today,
        limit_near=in_force and permit.today <= plan.limit_on < permit.today + NEAR,
        proposed_at=plan.proposed_at,
        agreed_at=plan.agreed_at,
        sub_goals=sections["sub_goals"],
        mine=sections["mine"],
        theirs=sections["theirs"],
        rights=sections["rights"],
        duties=sections["duties"],
        signatures=_who_signs(permit, plan, lines, signatures, everyone),
    )


def _who_signs(
    permit: Permit[A],
    plan: Plan,
    lines: tuple[LineView, ...],
    signatures: list[PlanSignature],
    everyone: dict[UUID, PartyView],
) -> tuple[SignatureView, ...]:
    """She first, then every party that the reader sees named or that has signed."""
    there = {s.party_id: s for s in signatures if s.plan_id == plan.item_id}
    asked = named(line.line for line in lines) | {party for party in there if party is not None}
    found = []
    for party in [None, *sorted(asked, key=lambda id: everyone[id].name)]:
        row = there.get(party)
        found.append(
            SignatureView(
                party=party,
                name=everyone[party].name if party else permit.case.person_name,
                tone=everyone[party].tone if party else "me",
                signed_by=row.item.created_by.name if row and row.item.created_by else "",
                signed_at=row.item.created_at if row else None,
                how=row.how if row else "",
            )
        )
    return tuple(found)


def _reviews(permit: Permit[A]) -> tuple[ReviewView, ...]:
    rows = PlanReview.objects.filter(visible(permit, "item__")).select_related("item__created_by")
    return tuple(
        ReviewView(
            text=row.text,
            reviewed_at=row.item.created_at,
            reviewed_by=row.item.created_by.name if row.item.created_by else "",
            review_after=row.review_after,
            extended_to=row.limit_after if row.limit_after > row.limit_before else None,
        )
        for row in rows.order_by("-item__created_at")
    )
