"""Saying yes to a plan. It is agreed by itself when everyone whom it names has signed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F

from samverk.access import log
from samverk.access.declare import SignPlan, WritePlan
from samverk.access.permit import A, Permit
from samverk.access.plan_lines import as_line
from samverk.access.sight import visible
from samverk.actions import commitments, hers, items, measures
from samverk.domain.plan import Line, LineKind, check_dates, named, unsigned
from samverk.domain.process import move
from samverk.domain.words import Rejection, gettext_noop, required
from samverk.store.models import Plan, PlanLine, PlanReview, PlanSignature


@dataclass(frozen=True, slots=True)
class Proposal:
    """A version that awaits signatures."""

    id: UUID
    number: int
    version: int
    status: str


def sign(permit: Permit[SignPlan], *, version: int, for_participant: bool = False, how: str = "screen") -> bool:
    """Say yes to the proposal as it was read (`version`). Returns whether the plan is now agreed.

    She signs on screen; the coordinator records her yes (`for_participant`) when it came on paper or was spoken;
    an official signs for her own party only.
    """
    items.check_open(permit)
    hers.one_at_a_time(permit)
    plan = proposal(permit)
    if plan.version != version:
        raise Rejection(gettext_noop("Planen har ändrats sedan du läste den. Läs den igen och säg ja sedan."))
    lines = lines_of(permit, plan=plan.id)
    party = None if permit.as_herself or for_participant else permit.actor.party
    if party is None:
        how = hers.on_behalf(permit, how=how, field="how") or "screen"
    else:
        how = "screen"
        _demand_named(permit, party, lines, plan)
    signed = _signed(plan)
    if party in signed:
        raise Rejection(gettext_noop("Det är redan gjort: planen är underskriven. Läs in sidan igen."))
    item = items.put(permit, kind="plan_signature", owner=None, category="process", headline=_name(permit, party))
    PlanSignature(item_id=item, plan_id=plan.id, party_id=party, how=how).save(force_insert=True)
    log.wrote(permit, "plan.signed", item=item, plan=plan.id, how=how, by_party=party)
    if unsigned(lines, signed | {party}):
        return False
    _agree(permit, plan, lines)
    return True


def review(
    permit: Permit[WritePlan], *, version: int, text: str, review_on: date | None, limit_on: date | None = None
) -> UUID:
    """Follow up the agreed plan, say when to do it next, and extend its time where `limit_on` is later."""
    items.check_open(permit)
    hers.one_at_a_time(permit)
    plan = Plan.objects.filter(item__case=permit.case.id, status="agreed").first()
    if plan is None:
        raise Rejection(gettext_noop("Det finns ingen överenskommen plan att se över."))
    hers.must_read(permit, item=plan.item_id)
    if plan.version != version:
        raise Rejection(gettext_noop("Planen har ändrats sedan du läste den. Läs in sidan igen."))
    text = required(text, "text", gettext_noop("Skriv vad ni kom fram till."))
    limit_on = limit_on or plan.limit_on
    if limit_on < plan.limit_on:
        raise Rejection(
            gettext_noop("Planen kan förlängas men inte kortas av här. Välj samma dag eller en senare."), "limit_on"
        )
    next_review, limit = check_dates(review_on=review_on, limit_on=limit_on, today=permit.today)
    extended = limit > plan.limit_on
    item = items.put(permit, kind="plan_review", owner=None, category="process", headline=" ".join(text.split()))
    PlanReview(
        item_id=item,
        plan=plan,
        text=text,
        review_before=plan.review_on,
        review_after=next_review,
        limit_before=plan.limit_on,
        limit_after=limit,
    ).save(force_insert=True)
    Plan.objects.filter(item=plan.item_id).update(
        status=move("plan", plan.status, "extend" if extended else "review"),
        review_on=next_review,
        limit_on=limit,
        version=F("version") + 1,
    )
    log.wrote(permit, "plan.extended" if extended else "plan.reviewed", item=item, plan=plan.item_id)
    return item


def proposal(permit: Permit[A]) -> Proposal:
    """The version that awaits signatures, for whoever may read it."""
    plan = Plan.objects.filter(visible(permit, "item__"), status="proposed").first()
    if plan is None:
        raise Rejection(gettext_noop("Det finns inget förslag att säga ja till just nu. Läs in sidan igen."))
    return Proposal(plan.item_id, plan.number, plan.version, plan.status)


def void(permit: Permit[A], *, plan: UUID) -> None:
    """The yeses that were given to `plan` no longer count; that they were given stays readable."""
    PlanSignature.objects.filter(plan=plan, void_at__isnull=True).update(void_at=permit.at)


def lines_of(permit: Permit[A], *, plan: UUID) -> list[Line]:
    """All lines of a version, also those that the writer may not read: a rule holds for the whole plan."""
    permit.check()
    rows = PlanLine.objects.filter(plan=plan, removed_at__isnull=True).select_related("item").order_by("position")
    return [as_line(row) for row in rows]


def _demand_named(permit: Permit[SignPlan], party: UUID | None, lines: list[Line], plan: Proposal) -> None:
    if party not in named(lines):
        raise Rejection(gettext_noop("Din part har inget att göra i planen och behöver inte skriva under."))
    mine = [line.key for line in lines if party in named([line])]
    seen = PlanLine.objects.filter(visible(permit, "item__"), plan=plan.id, key__in=mine).count()
    if seen < len(mine):
        raise Rejection(
            gettext_noop(
                "Du får inte läsa allt som din part ska göra. Be deltagaren om samtycke innan du skriver under."
            )
        )


def _signed(plan: Proposal) -> set[UUID | None]:
    return set(PlanSignature.objects.filter(plan=plan.id, void_at__isnull=True).values_list("party", flat=True))


def _name(permit: Permit[SignPlan], party: UUID | None) -> str:
    if party is None:
        return permit.case.person_name
    return f"{permit.actor.name}, {permit.actor.party_name}"


def _agree(permit: Permit[SignPlan], plan: Proposal, lines: list[Line]) -> None:
    """The plan holds, the one before it does not, and every step is a promise that can be found."""
    for old in Plan.objects.filter(item__case=permit.case.id, status="agreed"):
        after = move("plan", old.status, "replace")
        Plan.objects.filter(item=old.item_id).update(status=after, replaced_at=permit.at, version=F("version") + 1)
        log.wrote(permit, "plan.replaced", item=old.item_id, number=old.number)
    Plan.objects.filter(item=plan.id).update(
        status=move("plan", plan.status, "agree"), agreed_at=permit.at, version=F("version") + 1
    )
    log.wrote(permit, "plan.agreed", item=plan.id, number=plan.number)
    steps = [line for line in lines if line.kind is LineKind.STEP]
    commitments.from_plan(
        permit,
        steps=[
            commitments.PlanStep(
                line_key=line.key,
                what=line.text,
                owner_party=line.party,
                owner_account=line.account,
                due=line.due,
                category=line.category,
            )
            for line in steps
            if line.due is not None
        ],
    )
    measures.enter_phase(permit)
