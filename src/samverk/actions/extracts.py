"""Evaluation's data: her own yes or no, the principal's decision, and an extract that is taken and remembered."""

from datetime import date
from uuid import UUID

from samverk.access import extracts as access
from samverk.access import log
from samverk.access.declare import ChooseEvaluation
from samverk.access.declare_house import DecideEvaluation, TakeExtract
from samverk.access.permit import Permit
from samverk.actions import codes, hers, items
from samverk.domain.extract import Extract
from samverk.domain.words import Problem, Rejection, gettext_noop, required
from samverk.store.models import EvaluationChoice, EvaluationDecision, Programme
from samverk.store.models import Extract as Taken

NOT_PRINCIPAL = gettext_noop(
    "Bara programmets huvudman kan besluta det här. Be någon därifrån, eller fråga deltagarna i stället."
)


def choose(permit: Permit[ChooseEvaluation], *, says: bool, on_behalf: str = "") -> UUID:
    """Her yes or no to being in extracts from now on; it replaces what she said before.

    `on_behalf`: "paper" or "spoken" where the coordinator writes it down. Also where the coordinator's party may not
    read it afterwards: a no has to find somebody who takes it.
    """
    how = hers.on_behalf(permit, how=on_behalf)
    item = items.put(permit, kind="evaluation_choice", owner=None, category="process", headline="")
    EvaluationChoice.objects.filter(item__case=permit.case.id, replaced_at__isnull=True).update(replaced_at=permit.at)
    EvaluationChoice(item_id=item, says=says, on_behalf=how).save(force_insert=True)
    log.wrote(permit, "evaluation.chosen", item=item, says=says, how=how or "screen")
    return item


def decide(
    permit: Permit[DecideEvaluation],
    *,
    decider: str,
    decider_title: str,
    ground: str,
    words: str,
    decided_on: date,
    until: date,
) -> UUID:
    """Record the principal's decision that all but those who say no are in extracts, to and including `until`.

    `ground`: a code of the list evaluation_ground. Rejection unless the actor's party is the principal, or while an
    earlier decision holds.
    """
    party = _principal(permit)
    decider = required(decider, "decider", gettext_noop("Skriv namnet på den som har beslutat."))
    decider_title = required(decider_title, "decider_title", gettext_noop("Skriv vilken befattning hen har."))
    words = required(words, "words", gettext_noop("Skriv vad som är beslutat."))
    codes.require(permit, list="evaluation_ground", code=ground, field="ground")
    _check_days(decided_on=decided_on, until=until, today=permit.today)
    live = EvaluationDecision.objects.filter(programme=permit.programme, ended_at__isnull=True)
    live.filter(until__lt=permit.today).update(ended_at=permit.at)
    if live.exists():
        raise Rejection(gettext_noop("Ett beslut gäller redan. Avsluta det först, om det ska ändras."))
    row = EvaluationDecision(
        id=permit.new_id(),
        programme_id=permit.programme,
        party_id=party,
        decider=decider,
        decider_title=decider_title,
        ground=ground,
        words=words,
        decided_on=decided_on,
        until=until,
        recorded_at=permit.at,
        recorded_by_id=permit.actor.account,
    )
    row.save(force_insert=True)
    log.wrote(permit, "evaluation.decided", item=row.id, ground=ground, until=until)
    return row.id


def end_decision(permit: Permit[DecideEvaluation], *, decision: UUID) -> None:
    """End the decision: from now on only those who have said yes are in extracts."""
    _principal(permit)
    live = EvaluationDecision.objects.filter(id=decision, programme=permit.programme, ended_at__isnull=True)
    if not live.update(ended_at=permit.at, ended_by=permit.actor.account):
        raise Rejection(gettext_noop("Beslutet gäller inte längre. Läs in sidan igen."))
    log.wrote(permit, "evaluation.decision_ended", item=decision)


def take(permit: Permit[TakeExtract]) -> Extract:
    """Take an extract of the programme as of today. What is kept is that it was taken, its counts and its hash.

    Rejection when fewer than five people can be in it.
    """
    return take_marked(permit)[0]


def take_marked(permit: Permit[TakeExtract]) -> tuple[Extract, dict[int, str]]:
    """The same for a run of a study: beside the extract, a mark for each number in it (access.extracts.extract)."""
    drawn, marks = access.extract(permit)
    row = Taken(
        id=permit.new_id(),
        programme_id=permit.programme,
        at=permit.at,
        by_id=permit.actor.account,
        basis=drawn.basis.value,
        decision_id=drawn.decision,
        counts=drawn.counts,
        data_hash=drawn.hash,
    )
    row.save(force_insert=True)
    log.wrote(permit, "extract.taken", item=row.id, people=drawn.people, basis=drawn.basis.value, hash=drawn.hash)
    return drawn, marks


def _principal(permit: Permit[DecideEvaluation]) -> UUID:
    principal = Programme.objects.get(id=permit.programme).principal_id
    if principal is None or principal != permit.actor.party:
        raise Rejection(NOT_PRINCIPAL)
    return principal


def _check_days(*, decided_on: date, until: date, today: date) -> None:
    problems = []
    if decided_on > today:
        problems.append(
            Problem(gettext_noop("Dagen har inte varit än. Välj i dag eller en tidigare dag."), "decided_on", {})
        )
    if until < today:
        problems.append(Problem(gettext_noop("Sista dagen har redan varit. Välj en dag framåt i tiden."), "until", {}))
    if problems:
        raise Rejection.of(problems)
