"""What rules lean on in the code lists: the attributes that a list's codes may have, and the codes that must stay.

A code's words are the installation's own. Its attributes are how a rule knows what it means (ADR 003): one that no rule
reads would promise something that nobody keeps.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from samverk.domain.words import Problem, Rejection, gettext_noop

YES_NO = ("yes", "no")
CATEGORY = "category"
PARTY_KIND = "party_kind"
TONES = ("af", "fk", "kommun", "region", "employer", "me", "other")
LONGEST_WORD = 200
LONGEST_TEXT = 500
_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")


@dataclass(frozen=True, slots=True)
class Attribute:
    """What may stand in one attribute: one of `values`, a code of the list `of`, or, with neither, any text."""

    values: tuple[str, ...] = ()
    of: str = ""
    needed: bool = False
    """Whether a code of the list cannot be without it."""


_FLAG = Attribute(YES_NO)
_TEXT = Attribute()
_OF_CATEGORY = Attribute(of=CATEGORY, needed=True)
_ASKED = ("own_sv", "own_en", "help_sv", "help_en", "own_help_sv", "own_help_en")

LISTS: Mapping[str, Mapping[str, Attribute]] = {
    "category": {},
    "party_kind": {"tone": Attribute(TONES), "decides_benefits": _FLAG, "workplace": _FLAG},
    "referral_question": {"category": _OF_CATEGORY, "required": _FLAG, **dict.fromkeys(_ASKED, _TEXT)},
    "mapping_area": {"category": _OF_CATEGORY, "first": _FLAG},
    "need_group": {},
    "sex": {},
    "decline_reason": {"free": _FLAG},
    "closing_reason": {"free": _FLAG},
    "destination": {"followed": _FLAG},
    "livelihood": {"payer": Attribute(of=PARTY_KIND), "covers": _FLAG},
    "measure": {"category": _OF_CATEGORY, "placement": _FLAG, "subsidy": _FLAG},
    "measure_reason": {"free": _FLAG, "for": Attribute(("mistake",))},
    "measure_outcome": {},
    "occupation": {},
    "decision_kind": {"benefit": _FLAG},
    "obstacle": {"level": Attribute(("local", "central"), needed=True)},
    "insurance": {"insured": _FLAG},
    "gdpr_basis": {},
    "secrecy_ground": {"words": _FLAG, "by_itself": _FLAG},
    "follow_up_how": {},
    "follow_up_missed": {"again": _FLAG, "free": _FLAG},
    "price_kind": {"group": Attribute(("livelihood", "care", "time", "programme"), needed=True)},
    "evaluation_ground": {},
}
"""Every list, and what its codes may say of themselves."""

WRITTEN_BY_RULES: Mapping[str, frozenset[str]] = {
    "category": frozenset({"process", "work", "livelihood", "social", "health", "absence"}),
    "secrecy_ground": frozenset({"own_promise", "brought_by_participant"}),
    "obstacle": frozenset({"no_insurance"}),
}
"""Codes that Samverk writes by itself: a plan is of the category process, whoever writes it."""


def checked_code(list: str, code: str) -> str:
    """The code's own name, cleaned. Rejection when the list is unknown, or the name no name of a code."""
    demand_list(list)
    cleaned = code.strip()
    if not _CODE.fullmatch(cleaned):
        raise Rejection(
            gettext_noop("Skriv koden med små bokstäver a–z, siffror och understreck. Den börjar med en bokstav."),
            "code",
        )
    return cleaned


def demand_list(list: str) -> None:
    """Rejection unless there is such a list: a list that no page offers would never be seen."""
    if list not in LISTS:
        raise Rejection(
            gettext_noop("Det finns ingen kodlista ”%(list)s”. Listorna är: %(lists)s."),
            "list",
            list=list,
            lists=", ".join(sorted(LISTS)),
        )


def checked_attributes(
    list: str, attributes: Mapping[str, str], *, in_use: Mapping[str, frozenset[str]]
) -> dict[str, str]:
    """The attributes a code shall have; those with an empty value are left out.

    `in_use`: list → the codes of it that can be chosen. Rejection that names each attribute that no rule knows, that
    says something no rule understands, or that is missing.
    """
    known = LISTS[list]
    told = {name: value.strip() for name, value in attributes.items() if value.strip()}
    problems = [_unknown(list, name) for name in sorted(told.keys() - known.keys())]
    for name, attribute in known.items():
        allowed = attribute.values or tuple(sorted(in_use.get(attribute.of, ())))
        if name not in told:
            if attribute.needed:
                text = gettext_noop("Skriv också %(name)s. Det kan vara: %(values)s.")
                problems.append(Problem(text, "attributes", {"name": name, "values": ", ".join(allowed)}))
        elif allowed and told[name] not in allowed:
            text = gettext_noop("%(name)s kan vara: %(values)s.")
            problems.append(Problem(text, "attributes", {"name": name, "values": ", ".join(allowed)}))
        elif len(told[name]) > LONGEST_TEXT:
            text = gettext_noop("Korta %(name)s till högst %(most)d tecken.")
            problems.append(Problem(text, "attributes", {"name": name, "most": LONGEST_TEXT}))
    if problems:
        raise Rejection.of(problems)
    return told


def demand_retirable(list: str, code: str, *, leaned_on_by: str) -> None:
    """Rejection when a rule writes the code by itself, or when `leaned_on_by` (another code in use) points to it."""
    if code in WRITTEN_BY_RULES.get(list, ()):
        raise Rejection(
            gettext_noop("Samverk använder den koden i en regel. Den kan få andra ord, men inte tas ur bruk."), "code"
        )
    if leaned_on_by:
        raise Rejection(
            gettext_noop("Koden behövs än: ”%(other)s” pekar på den. Ändra den först."), "code", other=leaned_on_by
        )


def _unknown(list: str, name: str) -> Problem:
    known = ", ".join(sorted(LISTS[list]))
    if not known:
        return Problem(gettext_noop("Koder i den listan har inga egenskaper."), "attributes", {})
    text = gettext_noop("Ingen regel känner egenskapen ”%(name)s”. De som finns här är: %(known)s.")
    return Problem(text, "attributes", {"name": name, "known": known})
