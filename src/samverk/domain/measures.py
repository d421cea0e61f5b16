"""What a measure must say, when the law's limit needs somebody, and how a wage subsidy falls."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from samverk.domain.words import Problem, Rejection, fitting, gettext_noop

NEAR = timedelta(days=42)
"""How long before the limit a new decision has to be asked for: formal decisions take weeks."""

LIVE = frozenset({"proposed", "planned", "waiting", "ongoing"})
"""States in which a measure still lies ahead or goes on."""

LINE = 200
"""A line that stands in a table or a heading."""

_LINES = ("provider_name", "hours", "supervisor")
_TEXTS = (*_LINES, "limit_rule", "words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is agreed about a measure. `kind` and `insurance` are codes; parties are ids."""

    kind: str
    provider: UUID | None = None
    provider_name: str = ""
    payer: UUID | None = None
    extent: int | None = None
    hours: str = ""
    planned_start: date | None = None
    planned_end: date | None = None
    limit_on: date | None = None
    limit_rule: str = ""
    workplace: UUID | None = None
    supervisor: str = ""
    insurance: str = ""
    words: str = ""


class LimitWarning(StrEnum):
    """Why the limit in law needs somebody."""

    PASSED = "passed"
    PLANNED_PAST = "planned_past"
    NEAR = "near"


def checked(terms: Terms) -> Terms:
    """`terms` with clean texts. Rejection that names every field that cannot stand as it is."""
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for name in _TEXTS:
        try:
            texts[name] = fitting(getattr(terms, name), name)
        except Rejection as rejection:
            problems.extend(rejection.problems)
    long = gettext_noop("Skriv kortare: högst 200 tecken får plats här.")
    problems += [Problem(long, name, {}) for name in _LINES if len(texts.get(name, "")) > LINE]
    problems += _extent(terms) + _order(terms) + _limit(terms, texts.get("limit_rule", ""))
    if problems:
        raise Rejection.of(problems)
    return replace(
        terms,
        provider_name=texts["provider_name"],
        hours=texts["hours"],
        supervisor=texts["supervisor"],
        limit_rule=texts["limit_rule"],
        words=texts["words"],
    )


def _extent(terms: Terms) -> list[Problem]:
    if terms.extent is None or 1 <= terms.extent <= 100:
        return []
    return [Problem(gettext_noop("Skriv omfattningen som ett tal mellan 1 och 100 procent."), "extent", {})]


def _order(terms: Terms) -> list[Problem]:
    if terms.planned_start and terms.planned_end and terms.planned_end < terms.planned_start:
        text = gettext_noop("Insatsen kan inte sluta innan den börjar. Ändra någon av dagarna.")
        return [Problem(text, "planned_end", {})]
    return []


def _limit(terms: Terms, rule: str) -> list[Problem]:
    if terms.limit_on and not rule:
        text = gettext_noop("Skriv vilken regel som sätter gränsen, till exempel ”sex månader, sedan nytt beslut”.")
        return [Problem(text, "limit_rule", {})]
    if rule and not terms.limit_on:
        return [Problem(gettext_noop("Skriv sista dagen som regeln tillåter."), "limit_on", {})]
    if terms.limit_on and terms.planned_start and terms.limit_on < terms.planned_start:
        text = gettext_noop("Sista dagen enligt regeln ligger före starten. Ändra någon av dagarna.")
        return [Problem(text, "limit_on", {})]
    return []


def limit_warning(*, status: str, limit_on: date | None, planned_end: date | None, today: date) -> LimitWarning | None:
    """What the limit in law calls for, or None. A measure that is over needs nothing."""
    if limit_on is None or status not in LIVE:
        return None
    if status == "ongoing" and today > limit_on:
        return LimitWarning.PASSED
    if planned_end is not None and planned_end > limit_on:
        return LimitWarning.PLANNED_PAST
    if status == "ongoing" and planned_end is None and limit_on - today <= NEAR:
        return LimitWarning.NEAR
    return None


def lacks_insurance(kind: Mapping[str, str], insurance: Mapping[str, str] | None) -> bool:
    """Whether a placement stands without insurance: nobody insures her, or nobody has said who does.

    `kind` and `insurance` are the attributes of the codes; None: unsaid.
    """
    return kind.get("placement") == "yes" and (insurance is None or insurance.get("insured") == "no")


@dataclass(frozen=True, slots=True)
class SubsidyStep:
    """From this day on, so many per cent of the wage are paid by the subsidy."""

    starts_on: date
    percent: int


def checked_steps(steps: Iterable[SubsidyStep]) -> tuple[SubsidyStep, ...]:
    """The steps in order of time. Rejection when one is impossible, or two begin on the same day."""
    ordered = tuple(sorted(steps, key=lambda step: step.starts_on))
    if any(not 0 <= step.percent <= 100 for step in ordered):
        raise Rejection(gettext_noop("Skriv bidraget som ett tal mellan 0 och 100 procent."), "steps")
    if len({step.starts_on for step in ordered}) < len(ordered):
        raise Rejection(gettext_noop("Två steg börjar samma dag. Ta bort ett av dem eller ändra dagen."), "steps")
    return ordered


def subsidy_on(steps: Iterable[SubsidyStep], day: date) -> int | None:
    """The per cent that holds on `day`, or None before the first step."""
    begun = [step for step in steps if step.starts_on <= day]
    return max(begun, key=lambda step: step.starts_on).percent if begun else None
