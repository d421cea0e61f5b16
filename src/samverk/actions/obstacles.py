"""Obstacles: told of, solved, or passed on without names to those who can decide."""

from datetime import date
from uuid import UUID

from samverk.access import log
from samverk.access.declare import ReportObstacle
from samverk.access.declare_house import DecideObstacle, RaiseObstacle
from samverk.access.permit import A, Permit
from samverk.access.sight import visible
from samverk.actions import codes, items
from samverk.domain.process import TRANSITIONS, move
from samverk.domain.words import Problem, Rejection, gettext_noop, required
from samverk.store.models import Obstacle, SteeringMatter

NOT_HERE = gettext_noop("Hindret finns inte här. Gå tillbaka till listan och läs in den igen.")
NOT_YOU = gettext_noop("Det gör samordnaren eller programmets team. Säg till någon av dem.")
SUMMARY = gettext_noop("Beskriv hindret utan namn, så att styrgruppen kan besluta om det.")
LATER = gettext_noop("Välj en dag framåt i tiden, senast då styrgruppen ska ha beslutat.")


def report(permit: Permit[ReportObstacle], *, code: str, words: str) -> UUID:
    """Tell of an obstacle in the case, in the reporter's own words. Returns its id."""
    items.check_open(permit)
    codes.require(permit, list="obstacle", code=code, field="code")
    text = required(words, "words", gettext_noop("Beskriv hindret med några ord."))
    item = items.put(
        permit, kind="obstacle", owner=permit.actor.party, category="process", headline=text.splitlines()[0]
    )
    Obstacle(item_id=item, code=code, words=text).save(force_insert=True)
    log.wrote(permit, "obstacle.reported", item=item, code=code)
    return item


def note(permit: Permit[A], *, code: str, measure: UUID, headline: str) -> None:
    """Note an obstacle that another act reveals by itself. Once for each measure, while it is open."""
    if Obstacle.objects.filter(code=code, measure=measure).exclude(status="solved").exists():
        return
    item = items.put(permit, kind="obstacle", owner=permit.actor.party, category="process", headline=headline)
    Obstacle(item_id=item, code=code, measure_id=measure).save(force_insert=True)
    log.wrote(permit, "obstacle.reported", item=item, code=code)


def settle(permit: Permit[A], *, code: str, measure: UUID) -> None:
    """End what `note` noted, when its cause is gone. What has been passed on stays with those who decide."""
    for item in Obstacle.objects.filter(code=code, measure=measure, status="reported").values_list("item", flat=True):
        Obstacle.objects.filter(item=item).update(status="solved", solved_on=permit.today)
        log.wrote(permit, "obstacle.solved", item=item, code=code)


def solve(permit: Permit[ReportObstacle], *, obstacle: UUID, solution: str) -> None:
    """The team has solved it; how is kept, since others meet the same obstacle."""
    row = _found(permit, obstacle, "solve")
    text = required(solution, "solution", gettext_noop("Skriv hur ni löste hindret, så att andra kan göra likadant."))
    _turn(row, "solve", solution=text, solved_on=permit.today)
    log.wrote(permit, "obstacle.solved", item=obstacle, code=row.code)


def pass_on(permit: Permit[ReportObstacle], *, obstacle: UUID, summary: str, decide_by: date) -> UUID:
    """The team cannot solve it: the steering group gets it without names, and a date. Returns the matter's id."""
    row = _found(permit, obstacle, "pass_on")
    text = _told(permit, summary, decide_by, person=permit.case.person_name)
    _turn(row, "pass_on")
    matter = _add(permit, code=row.code, summary=text, decide_by=decide_by, obstacle=obstacle)
    log.wrote(permit, "obstacle.passed_on", item=obstacle, matter=matter, code=row.code)
    return matter


def raise_matter(permit: Permit[RaiseObstacle], *, code: str, summary: str, decide_by: date) -> UUID:
    """Tell the steering group of an obstacle that belongs to no single case. Returns the matter's id."""
    codes.require(permit, list="obstacle", code=code, field="code")
    text = _told(permit, summary, decide_by)
    matter = _add(permit, code=code, summary=text, decide_by=decide_by, obstacle=None)
    log.wrote(permit, "obstacle.raised", matter=matter, code=code)
    return matter


def decide(permit: Permit[DecideObstacle], *, matter: UUID, decision: str, on: date) -> None:
    """The steering group has decided. The case that it came from is told."""
    text = required(decision, "decision", gettext_noop("Skriv vad styrgruppen har beslutat."))
    _answer(permit, matter, "decide", text, on)
    log.wrote(permit, "obstacle.decided", matter=matter)


def pass_to_national(permit: Permit[DecideObstacle], *, matter: UUID, words: str, on: date) -> None:
    """The steering group cannot solve it either: a message to national level, which is counted."""
    text = required(words, "words", gettext_noop("Skriv vad som behöver ändras, och vem som kan göra det."))
    _answer(permit, matter, "pass_on", text, on)
    log.wrote(permit, "obstacle.passed_to_national", matter=matter)


def _found(permit: Permit[ReportObstacle], obstacle: UUID, verb: str) -> Obstacle:
    items.check_open(permit)
    row = Obstacle.objects.filter(visible(permit, "item__"), item=obstacle).first()
    if row is None:
        raise Rejection(NOT_HERE)
    who = {capacity for t in TRANSITIONS if (t.thing, t.verb) == ("obstacle", verb) for capacity in t.by}
    if not permit.capacities & who:
        raise Rejection(NOT_YOU)
    return row


def _turn(row: Obstacle, verb: str, **changes: object) -> None:
    after = move("obstacle", row.status, verb)
    if not Obstacle.objects.filter(item=row.item_id, status=row.status).update(status=after, **changes):
        raise Rejection(items.NO_LONGER_OPEN)


def _told(permit: Permit[A], summary: str, decide_by: date, person: str = "") -> str:
    """The words for the steering group. A part of her name in them is stopped; other names only a reader can see."""
    problems: list[Problem] = []
    text = ""
    try:
        text = required(summary, "summary", SUMMARY)
    except Rejection as rejection:
        problems.extend(rejection.problems)
    words = {word.strip(".,;:!?()”\"'").removesuffix("s") for word in text.split()}
    if words & {name.removesuffix("s") for name in person.replace("-", " ").split() if len(name) > 2}:
        again = gettext_noop("Deltagarens namn står i texten. Ta bort det: styrgruppen ska inte veta vem det gäller.")
        problems.append(Problem(again, "summary", {}))
    if decide_by <= permit.today:
        problems.append(Problem(LATER, "decide_by", {}))
    if problems:
        raise Rejection.of(problems)
    return text


def _add(permit: Permit[A], *, code: str, summary: str, decide_by: date, obstacle: UUID | None) -> UUID:
    matter = SteeringMatter(
        id=permit.new_id(),
        programme_id=permit.programme,
        obstacle_id=obstacle,
        code=code,
        summary=summary,
        passed_on=permit.today,
        decide_by=decide_by,
    )
    matter.save(force_insert=True)
    return matter.id


def _answer(permit: Permit[DecideObstacle], matter: UUID, verb: str, text: str, on: date) -> None:
    if on > permit.today:
        raise Rejection(gettext_noop("Den dagen har inte varit än. Skriv dagen då ni beslutade."), "on")
    row = SteeringMatter.objects.filter(programme=permit.programme, id=matter).first()
    if row is None:
        raise Rejection(NOT_HERE)
    after = move("obstacle", row.status, verb)
    waiting = SteeringMatter.objects.filter(id=matter, status=row.status)
    if not waiting.update(status=after, answer=text, answered_on=on, answered_by=permit.actor.account):
        raise Rejection(items.NO_LONGER_OPEN)
    Obstacle.objects.filter(item=row.obstacle_id).update(status=after)
