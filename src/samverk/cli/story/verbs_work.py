"""Verbs of the time that the plan runs: measures, absence, livelihood, notes, obstacles."""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from samverk.access import livelihood as livelihood_views
from samverk.access import measures as measure_views
from samverk.access import obstacles as obstacle_views
from samverk.access.declare import (
    AnswerAbsence,
    ReadCase,
    ReportAbsence,
    ReportObstacle,
    WriteLivelihood,
    WriteMeasure,
    WriteNote,
)
from samverk.access.declare_house import DecideObstacle, SeeSteering
from samverk.access.permit import Permit
from samverk.actions import absence, livelihood, measures, notes, obstacles
from samverk.cli.story import world as w
from samverk.cli.story.verb import Arg, Verb, found
from samverk.cli.story.world import Mistake
from samverk.domain.livelihood import Estimate, SpellTerms
from samverk.domain.measures import SubsidyStep, Terms

_MEASURE = {
    "kind": Arg(w.word),
    "provider": Arg(w.party, None),
    "provider_name": Arg(w.text, ""),
    "payer": Arg(w.party, None),
    "extent": Arg(w.number, None),
    "hours": Arg(w.text, ""),
    "planned_start": Arg(w.day, None),
    "planned_end": Arg(w.day, None),
    "limit_on": Arg(w.day, None),
    "limit_rule": Arg(w.text, ""),
    "workplace": Arg(w.party, None),
    "supervisor": Arg(w.text, ""),
    "insurance": Arg(w.word, ""),
    "words": Arg(w.text, ""),
}
_SPELL = {
    "kind": Arg(w.word),
    "share": Arg(w.number, 100),
    "first_day": Arg(w.day),
    "last_day": Arg(w.day, None),
    "payer": Arg(w.party, None),
    "payer_name": Arg(w.text, ""),
    "monthly": Arg(w.number, None),
    "certain": Arg(w.yes, True),
}
_THING = {"measure": Arg(w.thing)}
_SUMS = ("monthly_before", "monthly_during", "travel", "meals", "child_care")


def _propose(permit: Permit[WriteMeasure], **terms: object) -> UUID:
    return measures.propose(permit, terms=Terms(**terms))  # type: ignore[arg-type]


def _of_measure(do: Callable[..., object], **arguments: Arg) -> Verb:
    """A verb about one measure whose page is opened first: its version is what was read."""
    return Verb(WriteMeasure, do, {**_THING, **arguments}, look=_version)


def _version(permit: Permit[ReadCase], *, measure: UUID, **_: object) -> int:
    seen = measure_views.measure(permit, measure)
    if seen is None:
        raise Mistake("the measure is not to be seen by whoever does this.")
    return seen.measure.version


def _subsidy(world: w.World, raw: object) -> list[SubsidyStep]:
    """Days and per cent: 1996-01-01: 90."""
    if not isinstance(raw, Mapping):
        raise Mistake("is to hold days and per cent")
    return [SubsidyStep(world.day(str(day)), w.number(world, percent)) for day, percent in raw.items()]


def _add_spell(permit: Permit[WriteLivelihood], **terms: object) -> UUID:
    return livelihood.add(permit, terms=SpellTerms(**terms))  # type: ignore[arg-type]


def _end_spell(
    permit: Permit[WriteLivelihood], *, spell: UUID, last_day: date, seen: livelihood_views.SpellView
) -> None:
    old = seen.terms
    terms = SpellTerms(
        kind=old.kind,
        share=old.share,
        first_day=old.first_day,
        last_day=last_day,
        payer=old.payer,
        payer_name=old.payer_name,
        monthly=old.monthly,
        certain=old.certain,
    )
    livelihood.change(permit, spell=spell, terms=terms, version=seen.version)


def _spell(permit: Permit[ReadCase], *, spell: UUID, **_: object) -> livelihood_views.SpellView:
    views = livelihood_views.livelihood_of(permit).spells
    return found(views, spell, lambda v: v.kind_name, lambda v: v.id)


def _estimate(permit: Permit[WriteLivelihood], *, words: str, how: str, **sums: int) -> UUID:
    return livelihood.estimate(permit, terms=Estimate(**sums), words=words, on_behalf=how)


def _absence(permit: Permit[ReadCase], *, day: date, **_: object) -> UUID:
    views = measure_views.absences_of(permit).absences
    waiting = [view for view in views if view.day == day and not view.answered]
    if not waiting:
        raise Mistake(f"no absence on {day} waits for an answer.")
    return waiting[0].id


def _obstacle(permit: Permit[ReadCase], *, obstacle: object, **_: object) -> UUID:
    return found(obstacle_views.obstacles_of(permit).open, obstacle, lambda v: v.words, lambda v: v.id).id


def _matter(permit: Permit[SeeSteering], *, matter: object, **_: object) -> UUID:
    return found(obstacle_views.steering_of(permit).waiting, matter, lambda v: v.summary, lambda v: v.id).id


VERBS: dict[str, Verb] = {
    "propose measure": Verb(WriteMeasure, _propose, _MEASURE),
    "plan measure": _of_measure(
        lambda permit, *, measure, start, end, seen: measures.plan(
            permit, measure=measure, start=start, end=end, version=seen
        ),
        start=Arg(w.day),
        end=Arg(w.day, None),
    ),
    "wait for measure": _of_measure(
        lambda permit, *, measure, words, seen: measures.wait(permit, measure=measure, words=words, version=seen),
        words=Arg(w.text, ""),
    ),
    "start measure": _of_measure(
        lambda permit, *, measure, on, uninsured_anyway, seen: measures.start(
            permit, measure=measure, on=on, uninsured_anyway=uninsured_anyway, version=seen
        ),
        on=Arg(w.day),
        uninsured_anyway=Arg(w.yes, False),
    ),
    "extend measure": _of_measure(
        lambda permit, *, measure, planned_end, decided_on, decision, limit_on, seen: measures.extend(
            permit,
            measure=measure,
            planned_end=planned_end,
            decided_on=decided_on,
            decision=decision,
            limit_on=limit_on,
            version=seen,
        ),
        planned_end=Arg(w.day),
        decided_on=Arg(w.day),
        decision=Arg(w.text),
        limit_on=Arg(w.day, None),
    ),
    "complete measure": _of_measure(
        lambda permit, *, measure, on, outcome, words, seen: measures.complete(
            permit, measure=measure, on=on, outcome=outcome, words=words, version=seen
        ),
        on=Arg(w.day),
        outcome=Arg(w.word),
        words=Arg(w.text, ""),
    ),
    "break off measure": _of_measure(
        lambda permit, *, measure, on, reason, words, seen: measures.break_off(
            permit, measure=measure, on=on, reason=reason, words=words, version=seen
        ),
        on=Arg(w.day),
        reason=Arg(w.word),
        words=Arg(w.text, ""),
    ),
    "drop measure": _of_measure(
        lambda permit, *, measure, reason, words, seen: measures.drop(
            permit, measure=measure, reason=reason, words=words, version=seen
        ),
        reason=Arg(w.word),
        words=Arg(w.text, ""),
    ),
    "set subsidy": _of_measure(
        lambda permit, *, measure, steps, seen: measures.set_subsidy(
            permit, measure=measure, steps=steps, version=seen
        ),
        steps=Arg(_subsidy),
    ),
    "report absence": Verb(
        ReportAbsence,
        lambda permit, *, day, words: absence.report(permit, day=day, words=words),
        {"day": Arg(w.day), "words": Arg(w.text, "")},
    ),
    "answer absence": Verb(
        AnswerAbsence,
        lambda permit, *, day, on, reached_by, words, seen: absence.answer(
            permit, absence=seen, on=on or day, who=reached_by, words=words
        ),
        {
            "day": Arg(w.day),
            "on": Arg(w.day, None),
            "reached_by": Arg(w.text),
            "words": Arg(w.text, ""),
        },
        look=_absence,
    ),
    "add livelihood": Verb(WriteLivelihood, _add_spell, _SPELL),
    "end livelihood": Verb(WriteLivelihood, _end_spell, {"spell": Arg(w.thing), "last_day": Arg(w.day)}, look=_spell),
    "estimate livelihood": Verb(
        WriteLivelihood,
        _estimate,
        {
            **{name: Arg(w.number, 0) for name in _SUMS},
            "words": Arg(w.text, ""),
            "how": Arg(w.word, ""),
        },
    ),
    "note": Verb(
        WriteNote,
        lambda permit, *, text, category, on, about_other: notes.write(
            permit, text=text, category=category, happened_on=on, about_other=about_other
        ),
        {
            "text": Arg(w.text),
            "category": Arg(w.word, "process"),
            "on": Arg(w.day, None),
            "about_other": Arg(w.yes, False),
        },
    ),
    "report obstacle": Verb(
        ReportObstacle,
        lambda permit, *, code, words: obstacles.report(permit, code=code, words=words),
        {"code": Arg(w.word), "words": Arg(w.text)},
    ),
    "solve obstacle": Verb(
        ReportObstacle,
        lambda permit, *, obstacle, solution, seen: obstacles.solve(permit, obstacle=seen, solution=solution),
        {"obstacle": Arg(w.label_or_words), "solution": Arg(w.text)},
        look=_obstacle,
    ),
    "pass on obstacle": Verb(
        ReportObstacle,
        lambda permit, *, obstacle, summary, decide_by, seen: obstacles.pass_on(
            permit, obstacle=seen, summary=summary, decide_by=decide_by
        ),
        {"obstacle": Arg(w.label_or_words), "summary": Arg(w.text), "decide_by": Arg(w.day)},
        look=_obstacle,
    ),
    "decide obstacle": Verb(
        DecideObstacle,
        lambda permit, *, matter, decision, on, seen: obstacles.decide(permit, matter=seen, decision=decision, on=on),
        {"matter": Arg(w.label_or_words), "decision": Arg(w.text), "on": Arg(w.day)},
        look=_matter,
        look_act=SeeSteering,
    ),
}
