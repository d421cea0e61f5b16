"""The goal and the plan: written in drafts, put before everyone, taken back. Signing is in actions.signing."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import F, Max

from samverk.access import log
from samverk.access.commitments import in_case
from samverk.access.declare import SetGoal, WritePlan
from samverk.access.permit import A, Permit
from samverk.access.plan_lines import as_line
from samverk.access.sight import let_in
from samverk.actions import cases, codes, hers, items, signing
from samverk.domain.plan import Line, LineKind, check_dates, check_proposal, checked, named
from samverk.domain.process import Step, move
from samverk.domain.words import Conflict, Problem, Rejection, gettext_noop, required
from samverk.store.models import (
    Commitment,
    Goal,
    Item,
    Party,
    Plan,
    PlanLine,
    Programme,
)

NO_DRAFT = gettext_noop("Det finns inget utkast att ändra i. Börja på en ny version av planen först.")


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line as it is typed. A step says `account`; a right or duty says `party`; or it is the participant's."""

    kind: LineKind
    text: str
    category: str = "process"
    by_participant: bool = False
    party: UUID | None = None
    account: UUID | None = None
    due: date | None = None
    decides: UUID | None = None
    pays: UUID | None = None


def set_goal(permit: Permit[SetGoal], *, text: str, version: int, on_behalf: str = "") -> UUID:
    """The goal in her own words. `version`: the number of the wording before it, 0 for none. All are kept."""
    items.check_open(permit)
    text = required(text, "text", gettext_noop("Skriv målet med dina egna ord."))
    how = hers.on_behalf(permit, how=on_behalf)
    hers.one_at_a_time(permit)
    now = Goal.objects.filter(item__case=permit.case.id, replaced_at__isnull=True).first()
    if now is not None:
        hers.must_read(permit, item=now.item_id, field="text")
    if (number := now.number if now else 0) != version:
        raise Conflict({"text": now.text if now else ""}, version=number)
    if now is not None:
        if now.text == text:
            return now.item_id
        Goal.objects.filter(item=now.item_id).update(replaced_at=permit.at)
    item = items.put(permit, kind="goal", owner=None, category="process", headline=" ".join(text.split()))
    Goal(item_id=item, text=text, on_behalf=how, number=version + 1).save(force_insert=True)
    hers.must_read(permit, item=item, field="text")
    log.wrote(permit, "goal.set", item=item, number=version + 1, on_behalf=how or None)
    return item


def begin(permit: Permit[WritePlan]) -> UUID:
    """Begin a draft: the first plan, or a new version copied line by line from the agreed one. Returns its id."""
    items.check_open(permit)
    hers.one_at_a_time(permit)
    plans = Plan.objects.filter(item__case=permit.case.id)
    if plans.filter(status__in=("draft", "proposed")).exists():
        raise Rejection(gettext_noop("Det finns redan ett förslag på gång. Fortsätt på det."))
    agreed = plans.filter(status="agreed").first()
    if agreed is not None:
        hers.must_read(permit, item=agreed.item_id)
    programme = Programme.objects.get(id=permit.programme)
    review = permit.today + timedelta(days=programme.plan_review_days)
    limit = permit.today + timedelta(days=programme.plan_limit_days)
    item = items.put(permit, kind="plan", owner=None, category="process", headline="")
    plan = Plan(
        item_id=item,
        number=(plans.aggregate(last=Max("number"))["last"] or 0) + 1,
        review_on=review,
        limit_on=max(agreed.limit_on, review) if agreed else max(limit, review),
    )
    plan.save(force_insert=True)
    hers.must_read(permit, item=item)
    if agreed is None:
        cases.enter(permit, step=Step.PLAN)
    else:
        _copy(permit, old=agreed, new=plan)
    log.wrote(permit, "plan.begun", item=item, number=plan.number)
    return item


def add_line(permit: Permit[WritePlan], *, line: NewLine) -> UUID:
    """Add a sub-goal, step, right or duty to the draft. Returns the line's key."""
    plan = _draft(permit)
    new = _checked(permit, line, key=permit.new_id())
    last = PlanLine.objects.filter(plan=plan).aggregate(last=Max("position"))["last"]
    item = _write(permit, plan, new, position=(last or 0) + 1)
    hers.must_read(permit, item=item, field="category")
    log.wrote(permit, "plan.line_added", item=item, plan=plan.item_id, kind=new.kind.value)
    return new.key


def change_line(permit: Permit[WritePlan], *, key: UUID, version: int, line: NewLine) -> None:
    """Change a line of the draft. Conflict when someone else changed it meanwhile."""
    row = _line(permit, key, version)
    before = as_line(row)
    new = _checked(permit, replace(line, kind=LineKind(row.kind)), key=key, before=before)
    settled = Commitment.objects.filter(item__case=permit.case.id, line_key=key, status__in=("kept", "released"))
    if new != before and settled.exists():
        raise Rejection(
            gettext_noop("Steget är redan klart eller struket. Ta bort det och lägg till ett nytt i stället."), "text"
        )
    Item.objects.filter(id=row.item_id).update(category=new.category)
    PlanLine.objects.filter(item=row.item_id).update(
        text=new.text,
        by_participant=new.by_participant,
        party=new.party,
        account=new.account,
        due=new.due,
        decides=new.decides,
        pays=new.pays,
        version=F("version") + 1,
    )
    hers.must_read(permit, item=row.item_id, field="category")
    log.wrote(permit, "plan.line_changed", item=row.item_id, plan=row.plan_id)


def remove_line(permit: Permit[WritePlan], *, key: UUID, version: int) -> None:
    """Take a line out of the draft. It stays in the versions that held it."""
    row = _line(permit, key, version)
    PlanLine.objects.filter(item=row.item_id).update(removed_at=permit.at, version=F("version") + 1)
    log.wrote(permit, "plan.line_removed", item=row.item_id, plan=row.plan_id)


def set_dates(permit: Permit[WritePlan], *, version: int, review_on: date | None, limit_on: date | None) -> None:
    """When the draft shall be reviewed, and the last day it holds."""
    plan = _draft(permit)
    review, limit = check_dates(review_on=review_on, limit_on=limit_on, today=permit.today)
    if plan.version != version:
        theirs = {"review_on": plan.review_on.isoformat(), "limit_on": plan.limit_on.isoformat()}
        raise Conflict(theirs, version=plan.version)
    Plan.objects.filter(item=plan.item_id).update(review_on=review, limit_on=limit, version=F("version") + 1)
    log.wrote(permit, "plan.dates_set", item=plan.item_id)


def propose(permit: Permit[WritePlan]) -> None:
    """Put the draft before everyone whom it names. Every step has an owner who may read it, and a day."""
    plan = _draft(permit)
    lines = signing.lines_of(permit, plan=plan.item_id)
    goal = Goal.objects.filter(item__case=permit.case.id, replaced_at__isnull=True).first()
    words = goal.text if goal is not None else ""
    check_proposal(has_goal=bool(words), lines=lines)
    check_dates(review_on=plan.review_on, limit_on=plan.limit_on, today=permit.today)
    _demand_present(permit, lines)
    _demand_readers(permit, lines)
    after = move("plan", plan.status, "propose")
    Plan.objects.filter(item=plan.item_id).update(
        status=after, goal=goal, proposed_at=permit.at, version=F("version") + 1
    )
    Item.objects.filter(id=plan.item_id).update(headline=" ".join(words.split())[:300], happened_on=permit.today)
    log.wrote(permit, "plan.proposed", item=plan.item_id, number=plan.number)


def take_back(permit: Permit[WritePlan]) -> None:
    """Take a proposal back to a draft. The yeses that were given to it no longer count."""
    items.check_open(permit)
    hers.one_at_a_time(permit)
    plan = signing.proposal(permit)
    after = move("plan", plan.status, "take_back")
    signing.void(permit, plan=plan.id)
    Plan.objects.filter(item=plan.id).update(status=after, proposed_at=None, version=F("version") + 1)
    log.wrote(permit, "plan.taken_back", item=plan.id, number=plan.number)


def _draft(permit: Permit[WritePlan]) -> Plan:
    items.check_open(permit)
    hers.one_at_a_time(permit)
    plan = Plan.objects.filter(item__case=permit.case.id, status="draft").first()
    if plan is None:
        raise Rejection(NO_DRAFT)
    hers.must_read(permit, item=plan.item_id)
    return plan


def _line(permit: Permit[WritePlan], key: UUID, version: int) -> PlanLine:
    """A line of the draft as the writer saw it. What she may not read is not there."""
    plan = _draft(permit)
    row = PlanLine.objects.select_related("item").filter(plan=plan, key=key, removed_at__isnull=True).first()
    if row is None:
        raise Rejection(gettext_noop("Raden finns inte längre i utkastet. Läs in sidan igen."))
    hers.must_read(permit, item=row.item_id)
    if row.version != version:
        raise Conflict({"text": row.text, "due": row.due.isoformat() if row.due else ""}, version=row.version)
    return row


def _checked(permit: Permit[WritePlan], new: NewLine, *, key: UUID, before: Line | None = None) -> Line:
    party = new.party
    if new.account is not None:
        party = _present(permit).get(new.account)
        if party is None:
            raise Rejection(
                gettext_noop("Välj någon som är med i ärendet. Be samordnaren ta in den som saknas."), "who"
            )
    for field, named_party in (("who", party), ("decides", new.decides), ("pays", new.pays)):
        if named_party is not None and not Party.objects.filter(id=named_party).exists():
            raise Rejection(gettext_noop("Välj ett av alternativen i listan."), field)
    codes.require(permit, list="category", code=new.category, field="category")
    line = Line(
        key=key,
        kind=new.kind,
        text=new.text,
        category=new.category,
        by_participant=new.by_participant,
        party=None if new.by_participant else party,
        account=None if new.by_participant else new.account,
        due=new.due,
        decides=new.decides,
        pays=new.pays,
    )
    return checked(line, today=permit.today, before=before)


def _present(permit: Permit[A]) -> dict[UUID, UUID]:
    """Who may own a step, and of which party: the officials who are in the case, or whose role covers it."""
    return {official.account: official.party for official in in_case(permit, work_places=True)}


def _write(permit: Permit[WritePlan], plan: Plan, line: Line, *, position: int) -> UUID:
    # No headline: the timeline tells of plans and promises, not of every line in every version.
    item = items.put(permit, kind="plan_line", owner=None, category=line.category, headline="")
    PlanLine(
        item_id=item,
        plan=plan,
        key=line.key,
        kind=line.kind.value,
        text=line.text,
        by_participant=line.by_participant,
        party_id=line.party,
        account_id=line.account,
        due=line.due,
        decides_id=line.decides,
        pays_id=line.pays,
        position=position,
    ).save(force_insert=True)
    return item


def _copy(permit: Permit[WritePlan], *, old: Plan, new: Plan) -> None:
    """All lines come along, also those that the writer may not read: nothing is lost by changing a plan."""
    rows = PlanLine.objects.filter(plan=old, removed_at__isnull=True).select_related("item").order_by("position")
    for row in rows:
        _write(permit, new, as_line(row), position=row.position)


def _demand_present(permit: Permit[WritePlan], lines: list[Line]) -> None:
    present = _present(permit)
    gone = [line for line in lines if line.account is not None and line.account not in present]
    if gone:
        raise Rejection.of(
            [
                Problem(
                    gettext_noop("Den som skulle göra ”%(step)s” är inte längre med. Välj någon annan."),
                    "",
                    {"step": line.text},
                )
                for line in gone
            ]
        )


def _demand_readers(permit: Permit[WritePlan], lines: list[Line]) -> None:
    """A party that may not read what it shall do cannot own it."""
    wanted = {(party, "process") for party in named(lines)}
    wanted |= {(party, line.category) for line in lines for party in named([line])}
    missing = {party for party, _category in wanted - let_in(permit, giver=None)}
    names = Party.objects.filter(id__in=missing).order_by("name").values_list("name", flat=True)
    if missing:
        raise Rejection.of(
            [
                Problem(
                    gettext_noop(
                        "%(party)s får inte läsa allt som står om den i planen. "
                        "Be deltagaren om samtycke, eller ändra raderna."
                    ),
                    "",
                    {"party": name},
                )
                for name in names
            ]
        )
