"""A study: what is asked, of whom, compared with whom, in whose view. The plan is locked before results are seen.

Pre-registration: whoever has seen the figures can always find a question that they answer. So the plan's text is
canonical, its SHA-256 stands in the log, and after the lock another question is another study, which says which one it
follows and why (shared evaluation method, point 6; issue 4, point 5).
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from samverk.domain.words import Problem, Rejection, fitting, gettext_noop, required

COMPARISONS = ("none", "matched", "difference in differences", "doubly robust", "randomised")
OUTCOMES = ("improvement", "self_support", "answers")
PERSPECTIVES = ("one year", "five years", "to pension age")
RATES = (0.02, 0.035, 0.05)
VALUE_SETS = ("SE-3L-experience-TTO", "SE-5L-experience-TTO", "SE-5L-social-cTTO")
"""The Swedish EQ-5D value sets that have a source (evaluation.health.SETS); a plan names at most one: never mixed."""
LEAST = 5
"""Groups of fewer people are never told of; a plan can ask for more, not for less."""
LONGEST_QUESTION = 500
_QUARTER = re.compile(r"(19|20)\d\d-Q[1-4]")


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyPlan:
    """What a study asks. Months are calendar months from each person's own start; ages are years at the start.

    `meeting_hours`: how long a meeting is assumed to last, since no one writes it down.
    `most_unpriced`: the share of days without a price (0 to 1) above which nothing is told in money. `kept`: the share of a gain (0 to 1) that is assumed to be left a year later. `prices`: what the engine calls the
    price book's version, in sixteen digits. `file`: SHA-256 of the register extract to compare with. `self_supporting`:
    the livelihoods on which one supports oneself. `value_set`: what EQ-5D answers are weighed by; "" where no index is
    made. `seen_before`: studies of the programme whose results had been opened
    when this plan was locked.
    """

    question: str
    quarter_from: str = ""
    quarter_to: str = ""
    age_from: int = 16
    age_to: int = 67
    months_before: int = 12
    after_from: int = 12
    after_to: int = 24
    comparison: str = "none"
    file: str = ""
    outcomes: tuple[str, ...] = OUTCOMES
    perspectives: tuple[str, ...] = PERSPECTIVES
    rates: tuple[float, ...] = RATES
    kept: float = 1.0
    pension_age: int = 67
    prices: str = ""
    meeting_hours: float = 1.0
    most_unpriced: float = 0.05
    least: int = LEAST
    self_supporting: tuple[str, ...] = ("wage",)
    value_set: str = ""
    follows: str = ""
    why: str = ""
    seen_before: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The plan as canonical JSON: the same plan gives the same text, letter for letter."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @property
    def hash(self) -> str:
        """SHA-256 of the text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def for_the_engine(self) -> dict[str, object]:
        """What the engine (evaluation.study) has to know of it. Chance is drawn from the plan's own hash."""
        whole = asdict(self)
        told = {
            name: whole[name]
            for name in (
                "comparison", "months_before", "after_from", "after_to", "outcomes", "perspectives", "rates", "kept",
                "pension_age", "least", "most_unpriced", "self_supporting", "value_set",
            )
        }  # fmt: skip
        return told | {
            "quarters": (self.quarter_from, self.quarter_to),
            "ages": (self.age_from, self.age_to),
            "seed": int(self.hash[:8], 16),
        }


def plan_of(text: str) -> StudyPlan:
    """The plan that the canonical text holds."""
    read: dict[str, Any] = json.loads(text)
    told: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in read.items()}
    return StudyPlan(**told)


def checked(plan: StudyPlan, *, claims: Iterable[str] = (), draft: bool = False) -> StudyPlan:
    """The plan with its texts cleaned. Rejection with every problem, each beside its field.

    `draft`: the file of a comparison may still be on its way.

    `claims`: words of the question and the reason that say that one thing brought about another: no plan may.
    """
    problems: list[Problem] = []

    def demand(holds: bool, field: str, text: str, **params: object) -> None:
        if not holds:
            problems.append(Problem(text, field, params))

    question = fitting(plan.question, "question")
    demand(bool(question), "question", gettext_noop("Skriv frågan som studien ska svara på."))
    demand(
        len(question) <= LONGEST_QUESTION,
        "question",
        gettext_noop("Korta frågan till högst %(most)d tecken."),
        most=LONGEST_QUESTION,
    )
    words = ", ".join(sorted({word.lower() for word in claims}))
    demand(
        not words,
        "question",
        gettext_noop(
            "Fråga efter en förändring eller en skillnad. Ta bort: %(words)s. Vad siffrorna får kallas avgörs av jämförelsen."
        ),
        words=words,
    )
    for field in ("quarter_from", "quarter_to"):
        told = getattr(plan, field)
        demand(not told or bool(_QUARTER.fullmatch(told)), field, gettext_noop("Skriv kvartalet så här: 2026-Q1."))
    demand(
        not (plan.quarter_from and plan.quarter_to) or plan.quarter_from <= plan.quarter_to,
        "quarter_to",
        gettext_noop("Det sista kvartalet kan inte komma före det första."),
    )
    demand(
        0 <= plan.age_from <= plan.age_to <= 120, "age_to", gettext_noop("Välj åldrar från den lägsta till den högsta.")
    )
    _check_months(plan, demand)
    _check_choices(plan, demand)
    if plan.comparison != "none" and not draft:
        demand(bool(plan.file), "file", gettext_noop("Ta först in registeruttaget med dem som deltagarna jämförs med."))
    if problems:
        raise Rejection.of(problems)
    return replace(plan, question=question, why=fitting(plan.why, "why"))


def _check_months(plan: StudyPlan, demand: Any) -> None:
    demand(2 <= plan.months_before <= 60, "months_before", gettext_noop("Välj mellan 2 och 60 månader före start."))
    demand(
        0 <= plan.after_from < plan.after_to <= 120,
        "after_to",
        gettext_noop("Tiden efter måste sluta senare än den börjar, och senast 120 månader efter start."),
    )
    demand(plan.pension_age in range(55, 76), "pension_age", gettext_noop("Välj en pensionsålder mellan 55 och 75 år."))
    demand(
        LEAST <= plan.least <= 100,
        "least",
        gettext_noop("Den minsta gruppen som visas är mellan %(least)d och 100 personer."),
        least=LEAST,
    )
    demand(0 <= plan.meeting_hours <= 8, "meeting_hours", gettext_noop("Välj mellan 0 och 8 timmar."))
    demand(0 <= plan.most_unpriced <= 0.5, "most_unpriced", gettext_noop("Välj mellan 0 och 50 procent."))
    demand(0 <= plan.kept <= 1, "kept", gettext_noop("Välj mellan 0 och 100 procent."))


def _check_choices(plan: StudyPlan, demand: Any) -> None:
    demand(plan.comparison in COMPARISONS, "comparison", gettext_noop("Välj vad deltagarna ska jämföras med."))
    demand(
        bool(plan.outcomes) and set(plan.outcomes) <= set(OUTCOMES), "outcomes", gettext_noop("Välj minst ett utfall.")
    )
    if "improvement" in plan.outcomes:
        demand(
            bool(plan.prices), "prices", gettext_noop("Välj en prisbok. Utan priser går det inte att räkna i kronor.")
        )
        demand(bool(plan.rates), "rates", gettext_noop("Välj minst en ränta."))
        demand(bool(plan.perspectives), "perspectives", gettext_noop("Välj minst ett tidsperspektiv."))
    demand(set(plan.rates) <= set(RATES), "rates", gettext_noop("Välj minst en ränta."))
    demand(set(plan.perspectives) <= set(PERSPECTIVES), "perspectives", gettext_noop("Välj minst ett tidsperspektiv."))
    if "self_support" in plan.outcomes:
        demand(
            bool(plan.self_supporting),
            "self_supporting",
            gettext_noop("Välj vilka sorters försörjning som räknas som egen."),
        )
    demand(
        plan.value_set in ("", *VALUE_SETS), "value_set", gettext_noop("Välj en av värdeuppsättningarna, eller ingen.")
    )
    if plan.follows:
        demand(bool(plan.why.strip()), "why", gettext_noop("Skriv varför en ny studie behövs."))


def demand_apart(studied: int, earlier: Iterable[int], *, least: int) -> None:
    """Rejection when a run tells of a few people more or fewer than an earlier one: subtraction would point at them."""
    if any(0 < abs(studied - before) < least for before in earlier):
        raise _too_near(least)


def demand_not_swapped(members: Iterable[str], earlier: Iterable[Iterable[str]], *, least: int) -> None:
    """Rejection when a few people of an earlier run have been exchanged for a few others, however many they were.

    `members` and each of `earlier`: marks of people. A run whose people are not known is left aside.
    """
    now = set(members)
    for one in earlier:
        before = set(one)
        if now and before and 0 < max(len(now - before), len(before - now)) < least:
            raise _too_near(least)


def _too_near(least: int) -> Rejection:
    return Rejection(
        gettext_noop(
            "Gruppen skiljer sig med färre än %(least)d personer från en tidigare körning i programmet. Då skulle det"
            " gå att räkna ut något om dem. Kör igen när fler har tillkommit."
        ),
        "",
        least=least,
    )


def reason_of(text: str) -> str:
    """Why a run did not go well, as it is kept. Rejection when nothing is said."""
    return required(text, "reason", gettext_noop("Skriv varför körningen inte gick."))[:2000]
