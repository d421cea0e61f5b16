"""Verbs of the joint picture and the plan: mapping, goal, lines, signatures, reviews."""

from datetime import date
from uuid import UUID

from samverk.access import mapping as mapping_views
from samverk.access import plans as plan_views
from samverk.access.declare import ReadCase, SetGoal, SignPlan, WriteMapping, WritePlan
from samverk.access.permit import Permit
from samverk.access.plan_lines import LineView
from samverk.actions import mapping, plans, signing
from samverk.cli.story import world as w
from samverk.cli.story.verb import Arg, Verb, found
from samverk.cli.story.world import Mistake
from samverk.domain.plan import LineKind


def _wording(permit: Permit[ReadCase], *, area: str, own: bool = False, **_: object) -> int:
    """The number of the wording that stands in the area now, for her or for the writer's party."""
    seen = mapping_views.area_of(permit, area=area)
    if seen is None:
        raise Mistake(f"there is no mapping area “{area}”.")
    now = seen.own if own else seen.mine
    return now.number if now else 0


def _describe(permit: Permit[WriteMapping], *, area: str, text: str, source: mapping.Source | None, seen: int) -> UUID:
    return mapping.write(permit, area=area, text=text, version=seen, own_words=False, source=source)


def _own_words(permit: Permit[WriteMapping], *, area: str, text: str, how: str, seen: int) -> UUID:
    return mapping.write(permit, area=area, text=text, version=seen, own_words=True, on_behalf=how)


def _needs(permit: Permit[ReadCase], **_: object) -> int:
    now = mapping_views.mapping_of(permit).my_needs
    return now.number if now else 0


def _goal(permit: Permit[ReadCase], **_: object) -> int:
    now = plan_views.goal_now(permit)
    return now.number if now else 0


def _page(permit: Permit[ReadCase], **_: object) -> plan_views.PlanView:
    page = plan_views.plan_of(permit)
    if page is None or page.plan is None:
        raise Mistake("there is no plan to be seen.")
    return page.plan


def _proposal(permit: Permit[ReadCase], **_: object) -> int:
    return signing.proposal(permit).version


def _draft(permit: Permit[WritePlan], **_: object) -> plan_views.PlanView:
    page = plan_views.draft_of(permit)
    if page is None or page.plan is None:
        raise Mistake("there is no draft to write in. Begin a plan first.")
    return page.plan


def _line(
    permit: Permit[WritePlan],
    *,
    kind: str,
    text: str,
    who: UUID | None,
    party: UUID | None,
    by: date | None,
    category: str,
    decides: UUID | None,
    pays: UUID | None,
) -> UUID:
    """A step says who; a right or duty says party; otherwise it is hers."""
    line = plans.NewLine(
        kind=LineKind(kind),
        text=text,
        category=category,
        by_participant=who is None and party is None,
        party=party,
        account=who,
        due=by,
        decides=decides,
        pays=pays,
    )
    return plans.add_line(permit, line=line)


def _add(kind: str) -> Verb:
    return Verb(
        WritePlan,
        lambda permit, **said: _line(permit, kind=kind, **said),
        {
            "text": Arg(w.text),
            "who": Arg(w.account_or_herself, None),
            "party": Arg(w.party_or_herself, None),
            "by": Arg(w.day, None),
            "category": Arg(w.word, "process"),
            "decides": Arg(w.party_or_herself, None),
            "pays": Arg(w.party_or_herself, None),
        },
    )


def _remove(permit: Permit[WritePlan], *, line: object, seen: plan_views.PlanView) -> None:
    sections = (seen.sub_goals, seen.mine, seen.theirs, seen.rights, seen.duties)
    lines: list[LineView] = [one for section in sections for one in section.lines]
    row = found(lines, line, lambda view: view.line.text, lambda view: view.line.key)
    plans.remove_line(permit, key=row.line.key, version=row.version)


def _source(world: w.World, raw: object) -> mapping.Source:
    if not isinstance(raw, dict) or set(raw) - {"what", "by", "on"}:
        raise Mistake("is to hold what, by and on")
    return mapping.Source(
        what=w.text(world, raw.get("what", "")),
        by=w.text(world, raw.get("by", "")),
        on=w.day(world, raw["on"]) if "on" in raw else None,
    )


VERBS: dict[str, Verb] = {
    "tell": Verb(
        WriteMapping,
        _own_words,
        {"area": Arg(w.word), "text": Arg(w.text), "how": Arg(w.word, "")},
        look=lambda permit, *, area, **_: _wording(permit, area=area, own=True),
    ),
    "describe": Verb(
        WriteMapping,
        _describe,
        {"area": Arg(w.word), "text": Arg(w.text), "source": Arg(_source, None)},
        look=_wording,
    ),
    "mark needs": Verb(
        WriteMapping,
        lambda permit, *, groups, seen: mapping.mark_needs(permit, groups=groups, version=seen),
        {"groups": Arg(w.several(w.word))},
        look=_needs,
    ),
    "set goal": Verb(
        SetGoal,
        lambda permit, *, text, how, seen: plans.set_goal(permit, text=text, version=seen, on_behalf=how),
        {"text": Arg(w.text), "how": Arg(w.word, "")},
        look=_goal,
    ),
    "begin plan": Verb(WritePlan, lambda permit: plans.begin(permit)),
    "add sub-goal": _add("sub_goal"),
    "add step": _add("step"),
    "add right": _add("right"),
    "add duty": _add("duty"),
    "remove line": Verb(WritePlan, _remove, {"line": Arg(w.label_or_words)}, look=_draft, look_act=WritePlan),
    "set plan dates": Verb(
        WritePlan,
        lambda permit, *, review_on, limit_on, seen: plans.set_dates(
            permit, version=seen.version, review_on=review_on, limit_on=limit_on
        ),
        {"review_on": Arg(w.day), "limit_on": Arg(w.day)},
        look=_draft,
        look_act=WritePlan,
    ),
    "propose plan": Verb(WritePlan, lambda permit: plans.propose(permit)),
    "take back plan": Verb(WritePlan, lambda permit: plans.take_back(permit)),
    "sign plan": Verb(
        SignPlan,
        lambda permit, *, for_participant, how, seen: signing.sign(
            permit, version=seen, for_participant=for_participant, how=how
        ),
        {"for_participant": Arg(w.yes, False), "how": Arg(w.word, "screen")},
        look=_proposal,
    ),
    "review plan": Verb(
        WritePlan,
        lambda permit, *, text, review_on, limit_on, seen: signing.review(
            permit, version=seen.version, text=text, review_on=review_on, limit_on=limit_on
        ),
        {"text": Arg(w.text), "review_on": Arg(w.day), "limit_on": Arg(w.day, None)},
        look=_page,
    ),
}
