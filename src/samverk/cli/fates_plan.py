"""`samverk fates plan FILE`: where is a programme's queue, and what would one thing more change?"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from samverk.cli.fates_toml import Fields, read
from samverk.fates.planning import ENDS, WHOLE, Outcome, Plan, outcomes
from samverk.fates.queueing import CAUSES, Estimate, Programme, Waiting, one_thing_more

MOST_CHANGES = 20
CAUSE_WORDS = {"intake": "the intake meeting", "place": "a place", "coordinator": "a coordinator with room"}
ONE_MORE = {
    "coordinator": "one coordinator more",
    "places": "five places more",
    "intake": "intake meetings twice as often",
    "team": "team meetings twice as often",
}


@dataclass(frozen=True, slots=True)
class PlanFile:
    """What a file asks."""

    title: str
    plan: Plan


def read_plan(file: Path) -> PlanFile:
    """The plan in `file`; without changes, one thing more at a time. CommandError that names the field."""
    told = read(file)
    told.only("title", "years", "warm_years", "runs", "seed", "programme", "changes")
    if "programme" not in told.data:
        told.fail("programme", f"is missing. Write [programme] and below it {', '.join(ENDS)}.")
    programme = _programme(told.table("programme"), None)
    changes: dict[str, Programme] = {}
    for one in told.tables("changes", most=MOST_CHANGES):
        name = one.text("name").strip()
        if not name or name in changes:
            one.fail("name", "is to say in a few words what is changed, each in words of its own.")
        changes[name] = _programme(one, programme)
    plan = Plan(
        programme=programme,
        changes=changes or {ONE_MORE[name]: other for name, other in one_thing_more(programme).items()},
        years=told.whole("years", 5, most=20),
        warm_years=told.whole("warm_years", 2, least=0, most=20),
        runs=told.whole("runs", 400, least=20, most=10_000),
        seed=told.whole("seed", 1, least=0),
    )
    return PlanFile(told.text("title") or file.stem, plan)


def _programme(told: Fields, before: Programme | None) -> Programme:
    """The programme of a table; with `before`, what is left out is as there, and there is a name."""
    told.only(*ENDS, *(("name",) if before else ()))
    values: dict[str, Any] = {}
    for name, (least, most) in ENDS.items():
        default = getattr(before, name) if before else None
        if name in WHOLE:
            values[name] = told.whole(name, default, least=int(least), most=int(most))
            continue
        values[name] = told.number(name, default)
        if not least <= values[name] <= most:
            told.fail(name, f"is to be from {least:g} to {most:g}.")
    try:
        return Programme(**values)
    except ValueError as wrong:
        told.fail("case_hours", f"{wrong}.")


def figures(asked: PlanFile, *, threads: int = 1) -> dict[str, Any]:
    """The waiting now and with each change, in days, with 95 per cent intervals over the runs."""
    plan = asked.plan
    now, changed = outcomes(plan, threads=threads)
    return {
        "title": asked.title,
        **{"seed": plan.seed, "runs": plan.runs, "years": plan.years, "warm_years": plan.warm_years},
        "programme": asdict(plan.programme),
        "now": _waiting(now),
        "changes": [_changed(name, one) for name, one in changed.items()],
    }


def _waiting(one: Waiting) -> dict[str, Any]:
    return {
        "days_to_decision": _estimate(one.to_decision),
        "days_to_start": _estimate(one.to_start),
        "nine_of_ten_within_days": _estimate(one.ninth),
        "waiting_at_the_end": _estimate(one.waiting),
        "held_last_by": {cause: _estimate(one.held[cause]) for cause in CAUSES},
        "load": {cause: round(load, 3) for cause, load in one.load.items()},
        "queue": one.bottleneck,
    }


def _changed(name: str, one: Outcome) -> dict[str, Any]:
    return {
        "name": name,
        "programme": asdict(one.programme),
        **_waiting(one.waiting),
        "change_of_days_to_start": _estimate(one.change.to_start),
        "change_of_nine_of_ten": _estimate(one.change.ninth),
        "change_of_waiting": _estimate(one.change.waiting),
    }


def _estimate(one: Estimate) -> dict[str, float]:
    return {"value": round(one.value, 3), "low": round(one.low, 3), "high": round(one.high, 3)}


def as_json(told: Mapping[str, Any]) -> str:
    """The figures as JSON."""
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def as_csv(told: Mapping[str, Any]) -> str:
    """The figures as one table: programme, what, value, low, high. An empty cell says that there is no interval."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["programme", "what", "value", "low", "high"])
    writer.writerows(["", key, told[key], "", ""] for key in ("seed", "runs", "years", "warm_years"))
    rows: list[tuple[str, Mapping[str, Any], Mapping[str, Any]]] = [("now", told["programme"], told["now"])]
    rows += [(one["name"], one["programme"], one) for one in told["changes"]]
    for name, programme, waiting in rows:
        writer.writerows([name, field, value, "", ""] for field, value in programme.items())
        writer.writerows([name, *row] for row in _cells(waiting))
    return text.getvalue()


def _cells(waiting: Mapping[str, Any]) -> Iterator[tuple[object, ...]]:
    for what, value in waiting.items():
        if what == "load":
            yield from ((f"load of {cause}", load, "", "") for cause, load in value.items())
        elif what == "held_last_by":
            yield from ((f"held last by {cause}", *one.values()) for cause, one in value.items())
        elif isinstance(value, dict) and "low" in value:
            yield (what, *value.values())


def as_text(told: Mapping[str, Any]) -> str:
    """The figures to be read."""
    now = told["now"]
    lines = [
        told["title"],
        f"{told['runs']:,} runs of {told['years']} years after {told['warm_years']} from empty, seed {told['seed']}. "
        "Days, with 95 per cent intervals over the runs.",
        "",
        "As it is now:",
        f"  from referral to decision   {_said(now['days_to_decision'])}",
        f"  from referral to start      {_said(now['days_to_start'])}",
        f"  nine of ten have started in {_said(now['nine_of_ten_within_days'])}",
        f"  people waiting at the end   {_said(now['waiting_at_the_end'])}",
        f"  most wait last for {CAUSE_WORDS[now['queue']]}: "
        + ", ".join(f"{CAUSE_WORDS[cause]} {100 * one['value']:.0f} %" for cause, one in now["held_last_by"].items())
        + ".",
        "  load: " + ", ".join(f"{CAUSE_WORDS[cause]} {load:.2f}" for cause, load in now["load"].items()) + ".",
    ]
    if max(now["load"].values()) >= 1:
        lines.append("  A load of 1 or more: that queue grows for as long as one looks, and so do the days above.")
    lines += ["", "What would change (days to start):"]
    for one in told["changes"]:
        change = one["change_of_days_to_start"]
        sure = "" if change["low"] > 0 or change["high"] < 0 else " (no difference can be seen)"
        lines.append(
            f"  {one['name']:<34} {_said(one['days_to_start'])}, changed by "
            f"{change['value']:+.1f} ({change['low']:+.1f} to {change['high']:+.1f}){sure}; "
            f"most then wait for {CAUSE_WORDS[one['queue']]}"
        )
    return "\n".join(lines) + "\n"


def _said(one: Mapping[str, float]) -> str:
    return f"{one['value']:.1f} ({one['low']:.1f} to {one['high']:.1f})"
