"""Measures: proposed, changed, and moved on step by step. Several may run at the same time."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.db.models import F

from samverk.access import log
from samverk.access.declare import WriteMeasure
from samverk.access.permit import A, Permit
from samverk.access.sight import visible
from samverk.actions import cases, codes, items, obstacles, past
from samverk.domain.measures import SubsidyStep, Terms, checked, checked_steps, lacks_insurance
from samverk.domain.parties import Capacity
from samverk.domain.past import too_far_back
from samverk.domain.process import Step, move
from samverk.domain.words import Conflict, Problem, Rejection, fitting, gettext_noop, required
from samverk.store.models import Code, Item, Measure, MeasureMove, Party, Plan, WageSubsidyStep

NOT_HERE = gettext_noop("Insatsen finns inte här. Gå tillbaka till listan och läs in den igen.")
NOT_YOURS = gettext_noop("Insatsen hör till en annan part. Be den parten eller samordnaren att ändra.")
CHANGED = gettext_noop("Någon har ändrat insatsen under tiden. Läs in sidan igen och se hur det står nu.")
NOT_YET = gettext_noop("Den dagen har inte varit än. Skriv en dag som har varit, eller i dag.")
NO_PROVIDER = gettext_noop("Skriv vem som ger insatsen innan den börjar. Öppna ”Ändra insatsen” för att göra det.")
UNINSURED = gettext_noop(
    "Ingen försäkrar deltagaren på platsen. Ordna försäkring först, eller kryssa i att ni börjar ändå."
)


def propose(permit: Permit[WriteMeasure], *, terms: Terms) -> UUID:
    """Propose a measure, owned by the writer's party. Returns its id.

    A placement that nobody insures is noted as an obstacle by itself; it stops nothing.
    """
    items.check_open(permit)
    terms = _valid(permit, terms)
    kind = _attributes("measure", terms.kind)
    item = items.put(
        permit,
        kind="measure",
        owner=permit.actor.party,
        category=kind["category"],
        headline=_headline(terms),
    )
    Measure(item_id=item, **_columns(terms)).save(force_insert=True)
    _record(permit, item, verb="propose", after="proposed", on=permit.today)
    log.wrote(permit, "measure.proposed", item=item, kind=terms.kind)
    _watch_insurance(permit, item, terms)
    return item


def change(permit: Permit[WriteMeasure], *, measure: UUID, terms: Terms, version: int) -> None:
    """Change what is agreed. Conflict when someone else changed it meanwhile."""
    row = _found(permit, measure)
    if row.version != version:
        raise Conflict(_texts(row), version=row.version)
    terms = _valid(permit, terms, before=row)
    if not Measure.objects.filter(item=measure, version=version).update(version=F("version") + 1, **_columns(terms)):
        row.refresh_from_db()
        raise Conflict(_texts(row), version=row.version)
    Item.objects.filter(id=measure).update(
        headline=_headline(terms), category=_attributes("measure", terms.kind)["category"]
    )
    log.wrote(permit, "measure.changed", item=measure, kind=terms.kind)
    _watch_insurance(permit, measure, terms)


def set_subsidy(permit: Permit[WriteMeasure], *, measure: UUID, steps: Sequence[SubsidyStep], version: int) -> None:
    """Say how the wage subsidy falls, in place of what was said before."""
    row = _found(permit, measure)
    if _attributes("measure", row.kind).get("subsidy") != "yes":
        raise Rejection(gettext_noop("Lönebidrag i steg hör bara till en anställning med lönebidrag."), "steps")
    ordered = checked_steps(steps)
    if not Measure.objects.filter(item=measure, version=version).update(version=F("version") + 1):
        raise Rejection(CHANGED)
    WageSubsidyStep.objects.filter(measure=measure).delete()
    WageSubsidyStep.objects.bulk_create(
        WageSubsidyStep(id=permit.new_id(), measure_id=measure, starts_on=step.starts_on, percent=step.percent)
        for step in ordered
    )
    log.wrote(permit, "measure.subsidy_set", item=measure, count=len(ordered))


def plan(
    permit: Permit[WriteMeasure], *, measure: UUID, start: date, end: date | None = None, version: int | None = None
) -> None:
    """The measure is decided on: from when, and until when if that is known."""
    row = _found(permit, measure)
    if end is not None and end < start:
        raise Rejection(gettext_noop("Insatsen kan inte sluta innan den börjar. Ändra någon av dagarna."), "end")
    _turn(permit, row, "plan", version=version, planned_start=start, planned_end=end)


def wait(permit: Permit[WriteMeasure], *, measure: UUID, words: str = "", version: int | None = None) -> None:
    """She stands in a queue for it. `words`: what is waited for."""
    _turn(permit, _found(permit, measure), "wait", words=words, version=version)


def start(
    permit: Permit[WriteMeasure],
    *,
    measure: UUID,
    on: date,
    uninsured_anyway: bool = False,
    version: int | None = None,
) -> None:
    """It has begun. A placement without insurance begins only when somebody says so in so many words."""
    row = _found(permit, measure)
    _demand_past(permit, on)
    if row.provider_id is None and not row.provider_name:
        raise Rejection(NO_PROVIDER)
    insurance = _attributes("insurance", row.insurance) if row.insurance else None
    if lacks_insurance(_attributes("measure", row.kind), insurance) and not uninsured_anyway:
        raise Rejection(UNINSURED, "uninsured_anyway")
    _turn(permit, row, "start", on=on, version=version, started_on=on)
    Item.objects.filter(id=measure).update(happened_on=on)
    enter_phase(permit)


def enter_phase(permit: Permit[A]) -> None:
    """Come into the programme's phase of measures: one goes on, and a plan is agreed.

    A measure that begins early, while mapping or the first planning goes on, does not end that phase.
    """
    goes_on = Measure.objects.filter(item__case=permit.case.id, status="ongoing").exists()
    if goes_on and Plan.objects.filter(item__case=permit.case.id, status="agreed").exists():
        cases.enter(permit, step=Step.MEASURES)


def extend(
    permit: Permit[WriteMeasure],
    *,
    measure: UUID,
    planned_end: date,
    decided_on: date,
    decision: str,
    limit_on: date | None = None,
    version: int | None = None,
) -> None:
    """It goes on longer, by a new decision: its day and its reference or words. `limit_on`: the new last day in law."""
    row = _found(permit, measure)
    _demand_past(permit, decided_on, "decided_on")
    words = required(decision, "decision", gettext_noop("Skriv beslutets nummer, eller vem som beslutade."))
    if row.planned_end is not None and planned_end <= row.planned_end:
        text = gettext_noop("Välj en senare dag än den som gällde förut. Annars blir det ingen förlängning.")
        raise Rejection(text, "planned_end")
    if limit_on is not None and limit_on < planned_end:
        text = gettext_noop("Beslutet räcker inte så långt. Välj ett tidigare slut, eller en senare sista dag.")
        raise Rejection(text, "planned_end")
    _turn(
        permit,
        row,
        "extend",
        words=words,
        decided_on=decided_on,
        version=version,
        planned_end=planned_end,
        limit_on=limit_on or row.limit_on,
    )


def complete(
    permit: Permit[WriteMeasure],
    *,
    measure: UUID,
    on: date,
    outcome: str,
    words: str = "",
    version: int | None = None,
) -> None:
    """It is done, with an outcome (a code of measure_outcome) and in words."""
    row = _found(permit, measure)
    _demand_end(permit, row, on)
    codes.require(permit, list="measure_outcome", code=outcome, field="outcome")
    words = fitting(words, "words")
    _turn(permit, row, "complete", on=on, version=version, ended_on=on, outcome=outcome, outcome_words=words)


def break_off(
    permit: Permit[WriteMeasure], *, measure: UUID, on: date, reason: str, words: str = "", version: int | None = None
) -> None:
    """It ended before its time, with a coded reason."""
    row = _found(permit, measure)
    _demand_end(permit, row, on)
    _turn(permit, row, "break_off", on=on, reason=reason, words=words, version=version, ended_on=on)


def drop(
    permit: Permit[WriteMeasure], *, measure: UUID, reason: str, words: str = "", version: int | None = None
) -> None:
    """It never began and will not, with a coded reason."""
    _turn(permit, _found(permit, measure), "drop", reason=reason, words=words, version=version)


def mistake(
    permit: Permit[WriteMeasure], *, measure: UUID, reason: str, words: str = "", version: int | None = None
) -> None:
    """It should never have stood here. It stays, marked, with the reason."""
    _turn(permit, _found(permit, measure), "mistake", reason=reason, words=words, version=version)
    obstacles.settle(permit, code="no_insurance", measure=measure)


_EVENTS = {
    "plan": "planned",
    "wait": "waiting",
    "start": "started",
    "extend": "extended",
    "complete": "completed",
    "break_off": "broken_off",
    "drop": "dropped",
    "mistake": "mistaken",
}
_REASONED = frozenset({"break_off", "drop", "mistake"})


def _turn(
    permit: Permit[WriteMeasure],
    row: Measure,
    verb: str,
    *,
    version: int | None,
    on: date | None = None,
    reason: str = "",
    words: str = "",
    decided_on: date | None = None,
    **changes: object,
) -> None:
    """Move the measure, keep who did it, when and why, and tell the log."""
    after = move("measure", row.status, verb)
    words = _reason(permit, verb, reason, words) if verb in _REASONED else fitting(words, "words")
    unchanged = Measure.objects.filter(item=row.item_id, version=version or row.version)
    if not unchanged.update(status=after, version=F("version") + 1, **changes):
        raise Rejection(CHANGED)
    _record(
        permit,
        row.item_id,
        verb=verb,
        after=after,
        on=on or permit.today,
        reason=reason,
        words=words,
        decided_on=decided_on,
    )
    log.wrote(permit, f"measure.{_EVENTS[verb]}", item=row.item_id, reason=reason or None)


def _record(permit: Permit[WriteMeasure], measure: UUID, *, verb: str, after: str, on: date, **more: object) -> None:
    MeasureMove(
        id=permit.new_id(),
        measure_id=measure,
        at=permit.at,
        on=on,
        verb=verb,
        after=after,
        by_id=permit.actor.account,
        **more,
    ).save(force_insert=True)


def _reason(permit: Permit[WriteMeasure], verb: str, reason: str, words: str) -> str:
    """The words that belong to a coded reason: demanded with a free one, refused with any other."""
    codes.require(permit, list="measure_reason", code=reason, field="reason")
    about = _attributes("measure_reason", reason)
    free = about.get("free") == "yes"
    if not free and (about.get("for") == "mistake") != (verb == "mistake"):
        raise Rejection(gettext_noop("Välj ett av alternativen i listan."), "reason")
    if free:
        return required(words, "words", gettext_noop("Skriv skälet med egna ord."))
    if words.strip():
        raise Rejection(gettext_noop("Skriv egna ord bara när du har valt ”Annat”. Ta annars bort texten."), "words")
    return ""


def _found(permit: Permit[WriteMeasure], measure: UUID) -> Measure:
    """The measure, when its party or the coordinator asks. What one may not see is not here."""
    items.check_open(permit)
    row = Measure.objects.select_related("item").filter(visible(permit, "item__"), item=measure).first()
    if row is None:
        raise Rejection(NOT_HERE)
    if row.item.owner_id != permit.actor.party and Capacity.COORDINATOR not in permit.capacities:
        raise Rejection(NOT_YOURS)
    return row


def _valid(permit: Permit[WriteMeasure], terms: Terms, before: Measure | None = None) -> Terms:
    """Clean terms whose codes and parties exist. A code that has gone out of use may stay where it stands."""
    problems: list[Problem] = []
    try:
        terms = checked(terms)
    except Rejection as rejection:
        problems.extend(rejection.problems)
    if terms.planned_start is not None:
        problems += too_far_back(terms.planned_start, "planned_start", today=permit.today, born=past.born(permit))
    for name, field in (("measure", "kind"), ("insurance", "insurance")):
        code = getattr(terms, field)
        if (code or field == "kind") and (before is None or getattr(before, field) != code):
            try:
                codes.require(permit, list=name, code=code, field=field)
            except Rejection as rejection:
                problems.extend(rejection.problems)
    chosen = {field: getattr(terms, field) for field in ("provider", "payer", "workplace")}
    known = set(Party.objects.filter(id__in=[party for party in chosen.values() if party]).values_list("id", flat=True))
    text = gettext_noop("Välj en part i listan.")
    problems += [Problem(text, field, {}) for field, party in chosen.items() if party and party not in known]
    if problems:
        raise Rejection.of(problems)
    return terms


def _columns(terms: Terms) -> dict[str, object]:
    parties = {"provider", "payer", "workplace"}
    return {f"{name}_id" if name in parties else name: value for name, value in asdict(terms).items()}


def _texts(row: Measure) -> dict[str, str]:
    """What now stands, as a form would send it."""
    columns = {name: getattr(row, name) for name in _columns(Terms(kind="")) if not name.endswith("_id")}
    parties = {name: getattr(row, f"{name}_id") for name in ("provider", "payer", "workplace")}
    return {name: "" if value is None else str(value) for name, value in {**columns, **parties}.items()}


def _headline(terms: Terms) -> str:
    """A name: who gives it, or where it is."""
    if terms.provider_name:
        return terms.provider_name
    named = terms.provider or terms.workplace
    party = Party.objects.filter(id=named).first() if named else None
    return party.name if party else ""


def _watch_insurance(permit: Permit[WriteMeasure], measure: UUID, terms: Terms) -> None:
    insurance = _attributes("insurance", terms.insurance) if terms.insurance else None
    if lacks_insurance(_attributes("measure", terms.kind), insurance):
        obstacles.note(permit, code="no_insurance", measure=measure, headline=_headline(terms))
    else:
        obstacles.settle(permit, code="no_insurance", measure=measure)


def _attributes(list: str, code: str) -> Mapping[str, str]:
    attributes: Mapping[str, str] = Code.objects.values_list("attributes", flat=True).get(list=list, code=code)
    return attributes


def _demand_past(permit: Permit[WriteMeasure], day: date, field: str = "on") -> None:
    if day > permit.today:
        raise Rejection(NOT_YET, field)
    past.demand(permit, day=day, field=field)


def _demand_end(permit: Permit[WriteMeasure], row: Measure, on: date) -> None:
    _demand_past(permit, on)
    if row.started_on is not None and on < row.started_on:
        raise Rejection(gettext_noop("Insatsen kan inte sluta innan den började. Välj en senare dag."), "on")
