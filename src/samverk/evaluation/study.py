"""A whole study in one call: a locked plan, data and prices in; figures out, withheld where they would point at someone.

The same plan, data, prices and code give the same figures to the bit. Everything in the answer can be written as JSON.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields, replace
from typing import Any

import numpy as np

from samverk.evaluation.comparison import Comparison
from samverk.evaluation.effects import effect
from samverk.evaluation.prices import PriceBook
from samverk.evaluation.problems import Refused
from samverk.evaluation.provenance import provenance
from samverk.evaluation.sample import Sample
from samverk.evaluation.spells import Spells, Stream
from samverk.evaluation.study_data import StudyData, book_from, data_from
from samverk.evaluation.study_health import about_index
from samverk.evaluation.study_money import compared, money, over_time, pay_offs, per_account, tried, unpriced, worth
from samverk.evaluation.study_people import (
    Studied,
    StudyPlan,
    answers,
    chosen,
    counted,
    followed,
    groups,
    months_on,
    self_supporting,
    support_over_time,
    told,
)
from samverk.evaluation.uncertainty import mean_interval

METHOD = "study 1"
STEPS = ("people", "support", "money", "comparison", "sensitivity", "done")
"""What a run does, in order: told as it goes, each with the share (0 to 1) that is done."""

Tell = Callable[[str, float], None]


def plan_from(told: Mapping[str, Any]) -> StudyPlan:
    """The engine's part of a plan as JSON holds it; what is not the engine's is left aside."""
    known = {field.name for field in fields(StudyPlan)}
    read: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in told.items() if name in known
    }
    read["comparison"] = Comparison(read.get("comparison", "none"))
    return StudyPlan(**read)


def figures(
    plan: StudyPlan, data: StudyData, book: PriceBook, *, tell: Tell = lambda step, share: None
) -> dict[str, Any]:
    """All figures of the study. Raises `Refused` where there are too few people, `Invalid` where the data cannot be read.

    What cannot be said of the money or of the comparison alone is refused in its own part, with the reasons.
    """
    tell("people", 0.0)
    studied, own_flow = chosen(plan, data)
    livelihood, services = data.spells(Stream.LIVELIHOOD), data.spells(Stream.SERVICE)
    priced = replace(book, rows=tuple(row for row in book.rows if row.amount is not None))
    lost = int((studied.treated & ~followed(studied)).sum())
    found: dict[str, Any] = {
        "flow": _flow(plan, data, studied, own_flow, lost),
        "comparison": {"planned": str(plan.comparison), "used": str(Comparison.NONE), "refused": [], "checks": None},
        "people": int(studied.treated.sum()),
        "source": data.source,
    }
    tell("support", 0.1)
    if "self_support" in plan.outcomes:
        found["support"] = _support(plan, studied, livelihood)
    if "answers" in plan.outcomes:
        found["answers"] = answers(plan, data, studied)
        found["health_index"] = about_index(data, plan.value_set)
    if "improvement" in plan.outcomes:
        found["money"] = _money(plan, studied, livelihood, services, priced, found["comparison"], tell)
        found["money"] |= _about_prices(book, {*livelihood.kinds, *services.kinds})
    parameters = json.loads(json.dumps(asdict(plan)))
    found["provenance"] = asdict(provenance([livelihood, services], book, METHOD, parameters))
    found["provenance"]["data"] = data.hash
    tell("done", 1.0)
    read: dict[str, Any] = json.loads(text_of(found))
    return read


def participants(plan: StudyPlan, data: StudyData) -> list[int]:
    """The numbers of those whom the figures tell of: who took part and is in the study. Raises `Refused` as figures do."""
    studied, _flow_of_people = chosen(plan, data)
    return [int(person) for person in studied.people[studied.treated]]


def text_of(found: Mapping[str, Any]) -> str:
    """Figures as canonical JSON: the same figures give the same text."""
    return json.dumps(found, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def again(files: Mapping[str, str]) -> tuple[str, str]:
    """Run a study once more from the files that were taken out: the figures now, and as they were; as canonical JSON.

    Takes `plan.json`, `prices.json`, `figures.json` and the tables, by name.
    """
    plan = plan_from(json.loads(files["plan.json"]))
    now = figures(plan, data_from(files), book_from(files["prices.json"]))
    return text_of(now), text_of(json.loads(files["figures.json"]))


def hash_of(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _flow(plan: StudyPlan, data: StudyData, studied: Studied, own: dict[str, int], lost: int) -> dict[str, int | None]:
    """Who was left out on the way and why. The sum is told only where nobody can be worked out from it."""
    mine = int(studied.treated.sum())
    left = {**data.flow, "outside": own["outside"], "short": own["short"], "studied": mine}
    if own["studied"] > mine:
        left["compared"] = own["studied"] - mine
    kept = told(mine - lost, mine, least=plan.least)
    return counted(left, least=plan.least, total="all") | {
        "followed": kept,
        "lost": None if kept is None else lost,
    }


def _support(plan: StudyPlan, studied: Studied, livelihood: Spells) -> dict[str, Any]:
    """How many support themselves over time, and what changed from the day before the start to the end of after."""
    found: dict[str, Any] = {"points": support_over_time(plan, studied, livelihood), "change": None, "refused": []}
    last = np.minimum(studied.windows.after_to, studied.seen_until) - 1
    seen = followed(studied)
    mine = studied.treated & seen
    if int(mine.sum()) < max(plan.least, 2):
        return found
    before = _status(plan, studied, livelihood, studied.start - 1)
    after = np.where(seen, _status(plan, studied, livelihood, np.where(seen, last, studied.start)), np.nan)
    if plan.comparison is not Comparison.NONE:
        earlier = _status(plan, studied, livelihood, months_on(studied.start, -plan.months_before))
        try:
            one = effect(
                Sample(studied.treated, np.column_stack([earlier, before]), after, team=studied.team), plan.comparison
            )
        except Refused as refused:
            found["refused"] = list(refused.reasons)
        else:
            found["change"] = {
                "mean": one.estimate,
                "low": one.low,
                "high": one.high,
                "comparison": str(plan.comparison),
            }
            return found
    difference = (after - before)[mine]
    team = None if studied.team is None else studied.team[mine]
    interval = mean_interval(difference, np.random.default_rng([plan.seed, 30]), team=team)
    found["change"] = {"mean": interval.estimate, "low": interval.low, "high": interval.high, "comparison": "none"}
    return found


def _status(plan: StudyPlan, studied: Studied, livelihood: Spells, day: Any) -> Any:
    return self_supporting(livelihood, studied.people, day.astype(np.int32), plan.self_supporting).astype(np.float64)


def _money(
    plan: StudyPlan,
    studied: Studied,
    livelihood: Spells,
    services: Spells,
    book: PriceBook,
    comparison: dict[str, Any],
    tell: Tell,
) -> dict[str, Any]:
    share, kinds = unpriced(book, livelihood, studied)
    about: dict[str, Any] = {"unpriced": share, "unpriced_kinds": kinds, "refused": []}
    about["unpriced_services"] = sorted(set(services.kinds) - {row.kind for row in book.rows}) if len(services) else []
    if share > plan.most_unpriced:
        about["refused"] = [f"{share:.0%} of the days have no price: at most {plan.most_unpriced:.0%}"]
        return about
    tell("money", 0.25)
    found = money(plan, studied, livelihood, services, book)
    if found.people.people.size < plan.least:
        about["refused"] = [f"fewer than {plan.least} people were observed both before and after"]
        return about
    about |= {
        "observed": told(found.people.people.size, int(studied.treated.sum()), least=plan.least),
        "changes": per_account(plan, found),
    }
    if plan.comparison is not Comparison.NONE:
        tell("comparison", 0.5)
        try:
            found = compared(plan, found, studied, livelihood, book)
        except Refused as refused:
            comparison["refused"] = list(refused.reasons)
        else:
            comparison |= {"used": str(plan.comparison), "checks": _checks(found.effects["public"])}
    tell("sensitivity", 0.7)
    rows = per_account(plan, found)
    return about | {
        "accounts": rows,
        "worth": worth(plan, found, rows),
        "pay_off": pay_offs(plan, found, rows),
        "over_time": over_time(plan, studied, livelihood, book),
        "groups": groups(plan, found.people, found.of("public"), numbers=about["observed"] is not None),
        "tried": tried(plan, found, studied, livelihood, book),
        "costs_known": bool(len(services)) and any(row["cost"] for row in rows),
    }


def _about_prices(book: PriceBook, kinds: set[str]) -> dict[str, Any]:
    """The years of the prices that were used, and which of their flows have no amount: those are not counted at all."""
    used = [row for row in book.rows if row.kind in kinds]
    years = [row.price_year for row in used if row.amount is not None]
    known = {row.kind for row in used if row.amount is not None}
    empty = {(row.kind, row.payer, row.receiver) for row in used if row.amount is None and row.kind in known}
    return {"price_years": [min(years), max(years)] if years else [], "empty": [list(one) for one in sorted(empty)]}


def _checks(found: Any) -> dict[str, Any]:
    """What was examined before anything was called an effect."""
    checks = found.checks
    return {
        "treated": found.treated, "controls": found.controls, "robustness": found.robustness,
        "without": checks.overlap.without, "imbalance": checks.overlap.imbalance,
        "effective_controls": checks.overlap.effective_controls,
        "gaps": list(checks.trends.gaps) if checks.trends else None, "p": checks.trends.p if checks.trends else None,
        "lost_treated": checks.drop_out.treated, "lost_controls": checks.drop_out.control,
    }  # fmt: skip
