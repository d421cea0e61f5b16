"""A study's figures as a report: what stands on the page, on paper and in the summary, in the reader's words.

Every text that has to do with what came of it passes `evaluation.comparison.checked`: without a comparison it says
*change*, or is not shown at all.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from samverk.domain.study import StudyPlan
from samverk.evaluation.comparison import CAVEATS, Comparison, checked
from samverk.web.study_money import money_parts, tried_part
from samverk.web.study_parts import Part, language, word
from samverk.web.study_people import answers_part, checks_part, flow_part, groups_part, support_part
from samverk.web.study_words import COMPARISONS, SAID, chance, kronor, months, named, part, plain


@dataclass(frozen=True, slots=True)
class Report:
    """The whole of it. `compared`: whether what was found may be called more than a change. `generated`: of invented people."""

    compared: bool
    generated: str
    word: str
    caveat: str
    refused: tuple[str, ...]
    comparison: str
    main: tuple[str, ...]
    parts: tuple[Part, ...]
    may: tuple[str, ...]
    may_not: tuple[str, ...]
    provenance: tuple[tuple[str, str], ...]


def report(plan: StudyPlan, figures: str, kinds: Mapping[str, str]) -> Report:
    """The report of a run's figures (canonical JSON), in the language of the moment.

    `kinds`: what the codes that can have a price are called.
    """
    found = json.loads(figures)
    used = Comparison(found["comparison"]["used"])
    made = Report(
        compared=used.may_say_effect,
        generated=gettext("Påhittade uppgifter. Ingen människa finns bakom siffrorna.")
        if found["source"] == "generated"
        else "",
        word=word(used),
        caveat="" if used.may_say_effect else CAVEATS[language()],
        refused=tuple(plain(reason) for reason in found["comparison"]["refused"]),
        comparison=named(COMPARISONS, plan.comparison),
        main=tuple(_main(plan, found, used)),
        parts=tuple(_parts(plan, found, used, kinds)),
        may=tuple(str(may) for may, _may_not in _said(used)),
        may_not=tuple(str(may_not) for _may, may_not in _said(used)),
        provenance=tuple(_provenance(found)),
    )
    for text in _texts(made):
        checked(text, used)
    return made


def changes_only(plan: StudyPlan, figures: str, kinds: Mapping[str, str]) -> Report:
    """The same for the steering group: what has changed for the participants, whatever they were compared with."""
    found = json.loads(figures)
    found["comparison"] |= {"used": "none", "refused": [], "checks": None}
    if "accounts" in found.get("money", {}):
        found["money"]["accounts"] = found["money"]["changes"]
        if found["comparison"]["planned"] != "none":
            # What it was worth was worked out from the comparison: it is the evaluator's to tell.
            found["money"] |= {"worth": [], "pay_off": [], "tried": None}
    if (found.get("support", {}).get("change") or {}).get("comparison", "none") != "none":
        found["support"]["change"] = None
    return report(plan, json.dumps(found), kinds)


def _said(used: Comparison) -> Sequence[tuple[Any, Any]]:
    return SAID[1:] if used.may_say_effect else SAID


def _texts(made: Report) -> Iterable[str]:
    """Every sentence that tells what came of it."""
    yield from (made.word, *made.main, *made.may, *made.may_not)
    for one in made.parts:
        yield from (one.title, *one.lead)
        for table in one.tables:
            yield from (table.title, *table.heads, table.note)
            yield from (row[0] for row in table.rows)


def _main(plan: StudyPlan, found: dict[str, Any], used: Comparison) -> Iterable[str]:
    """What a reader in a hurry has to know, in a few sentences."""
    n = found["people"]
    yield ngettext(
        "%(n)s deltagare är med. Tiden före start jämförs med månad %(first)s till %(last)s efter start.",
        "%(n)s deltagare är med. Tiden före start jämförs med månad %(first)s till %(last)s efter start.",
        n,
    ) % {"n": n, "first": plan.after_from, "last": plan.after_to}
    if used.may_say_effect:
        yield gettext("De jämförs med %(n)s andra personer.") % {"n": found["comparison"]["checks"]["controls"]}
    rows = {row["account"]: row for row in found.get("money", {}).get("accounts", ())}
    if "public" in rows:
        row = rows["public"]
        told = {
            "value": kronor(row["gain"], sign=True), "low": kronor(row["low"], sign=True),
            "high": kronor(row["high"], sign=True), "chance": chance(row["no_gain"]),
        }  # fmt: skip
        yield (
            gettext(
                "För det offentliga tillsammans: %(value)s per person och år (osäkerhet %(low)s till %(high)s)."
                " Sannolikheten att det inte finns någon vinst: %(chance)s."
            )
            % told
        )
    support = found.get("support")
    if support:
        yield from _support_sentence(support)
    back = {row["account"]: row for row in found.get("money", {}).get("pay_off", ())}
    if "public" in back:
        row = back["public"]
        yield gettext("Insatserna har kostat det offentliga %(cost)s per person.") % {
            "cost": kronor(rows["public"]["cost"])
        }
        yield (
            gettext(
                "Insatserna är betalda för det offentliga efter %(median)s. Sannolikheten att de aldrig betalar sig: %(never)s."
            )
            % {"median": months(row["median"]), "never": chance(row["never"])}
            if row["median"] is not None
            else gettext("Insatserna betalar sig troligen aldrig för det offentliga. Sannolikheten för det: %(never)s.")
            % {"never": chance(row["never"])}
        )
    elif rows and not found["money"].get("costs_known"):
        yield gettext("Vad insatserna kostade är inte känt. Då går det inte att säga om de betalar sig.")


def _support_sentence(support: dict[str, Any]) -> Iterable[str]:
    points = {row["months"]: row["share"] for row in support["points"]}
    later = [month for month in points if month > 0 and points[month] is not None]
    change = support["change"]
    if change and change["comparison"] != "none":
        told = {name: f"{100 * change[name]:+.0f}".replace("-", "−") for name in ("mean", "low", "high")}
        yield (
            gettext(
                "Andelen som försörjer sig själva skiljer %(mean)s procentenheter mot de andra (osäkerhet %(low)s till %(high)s)."
            )
            % told
        )
        return
    if points.get(0) is not None and later:
        yield gettext("Dagen före start försörjde sig %(before)s själva. %(months)s månader senare: %(after)s.") % {
            "before": part(points[0]), "months": max(later), "after": part(points[max(later)]),
        }  # fmt: skip


def _parts(plan: StudyPlan, found: dict[str, Any], used: Comparison, kinds: Mapping[str, str]) -> Iterable[Part]:
    yield flow_part(found)
    money = found.get("money")
    if money is not None:
        yield from money_parts(plan, money, used, kinds)
    if "support" in found:
        yield support_part(found["support"])
    if money and money.get("groups"):
        yield groups_part(money["groups"], used)
    if found.get("answers") or (found.get("health_index") or {}).get("left"):
        yield answers_part(found["answers"], found.get("health_index"))
    if money and money.get("tried"):
        yield tried_part(money["tried"], kinds, used)
    if found["comparison"]["checks"]:
        yield checks_part(found["comparison"]["checks"])


def _provenance(found: dict[str, Any]) -> Iterable[tuple[str, str]]:
    made = found["provenance"]
    yield gettext("Uppgifter (SHA-256)"), made["data"]
    yield gettext("Prisbok"), made["prices"]
    yield gettext("Metod"), made["method"]
    yield gettext("Program"), made["code"]
