"""The people of a study: who is in it and who is not, whether they support themselves, how they answered.

Counts and shares leave this module withheld where they would point at someone (`disclosure`): None is *not shown*.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from samverk.evaluation.calendar import DayNumbers, Floats, months_between
from samverk.evaluation.comparison import Comparison
from samverk.evaluation.disclosure import LEAST, withheld
from samverk.evaluation.improvement import LEAST_MONTHS, Windows
from samverk.evaluation.problems import Refused
from samverk.evaluation.spells import Spells
from samverk.evaluation.study_data import StudyData
from samverk.evaluation.study_health import weighed
from samverk.evaluation.uncertainty import mean_interval

_WHOLE = 0.99
"""A share of livelihood that counts as all of it: shares told in thirds do not sum to 1."""
POINTS = (-12, -6, 0, 6, 12, 18, 24, 36)
"""Months from her start at which it is told how many support themselves; 0 is the day before."""
AGES = ((16, 29), (30, 44), (45, 54), (55, 67))


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyPlan:
    """What the engine has to know of a locked plan. Months are calendar months from each person's own start."""

    comparison: Comparison = Comparison.NONE
    quarters: tuple[str, str] = ("", "")  # first and last in which she may have started; empty: no limit
    ages: tuple[int, int] = (0, 120)
    months_before: int = 12
    after_from: int = 12
    after_to: int = 24
    outcomes: tuple[str, ...] = ("improvement", "self_support", "answers")
    perspectives: tuple[str, ...] = ("one year", "five years", "to pension age")
    rates: tuple[float, ...] = (0.02, 0.035, 0.05)
    kept: float = 1.0
    pension_age: int = 67
    least: int = LEAST
    most_unpriced: float = 0.05
    self_supporting: tuple[str, ...] = ("wage",)
    value_set: str = ""  # of health.SETS; empty: no index is made
    seed: int = 1
    draws: int = 2000


@dataclass(frozen=True, slots=True, eq=False)
class Studied:
    """Those who are in it, sorted, with their days before and after."""

    people: npt.NDArray[np.int64]
    start: DayNumbers
    seen_from: DayNumbers
    seen_until: DayNumbers
    age: Floats  # NaN: not known
    sex: npt.NDArray[np.str_]
    treated: npt.NDArray[np.bool_]
    team: npt.NDArray[np.int64] | None
    windows: Windows

    def of(self, who: npt.NDArray[np.bool_]) -> "Studied":
        """Some of them."""
        w = self.windows
        return Studied(
            self.people[who], self.start[who], self.seen_from[who], self.seen_until[who], self.age[who],
            self.sex[who], self.treated[who], None if self.team is None else self.team[who],
            Windows(w.people[who], w.before_from[who], w.before_to[who], w.after_from[who], w.after_to[who]),
        )  # fmt: skip


def months_on(days: DayNumbers, months: int) -> DayNumbers:
    """The same day of the month so many months on (back, if minus); the last day where there is no such day."""
    at = days.astype("datetime64[D]")
    month = at.astype("datetime64[M]")
    into = at - month.astype("datetime64[D]")
    there = month + months
    last = (there + 1).astype("datetime64[D]") - there.astype("datetime64[D]") - np.timedelta64(1, "D")
    days_there: DayNumbers = (there.astype("datetime64[D]") + np.minimum(into, last)).astype(np.int64).astype(np.int32)
    return days_there


def chosen(plan: StudyPlan, data: StudyData) -> tuple[Studied, dict[str, int]]:
    """Who is in the study, and how many are left out by each of its own reasons. Raises `Refused` for too few."""
    order = np.argsort(data.numbers("person"), kind="stable")
    start = data.numbers("start")[order].astype(np.int32)
    age = data.numbers("age")[order].astype(np.float64)
    quarter = np.asarray(data.people["quarter"], dtype=np.str_)[order]
    group = data.numbers("group")[order] == 1
    team = data.numbers("team")[order]
    everyone = Studied(
        people=data.numbers("person")[order],
        start=start,
        seen_from=data.numbers("observed_from")[order].astype(np.int32),
        seen_until=data.numbers("observed_until")[order].astype(np.int32),
        age=np.where(age < 0, np.nan, age),
        sex=np.asarray(data.people["sex"], dtype=np.str_)[order],
        treated=group,
        team=team if (team > 0).all() and np.unique(team).size > 1 else None,
        windows=windows_of(plan, data.numbers("person")[order], start),
    )
    first, last = plan.quarters
    limits = plan.ages != (0, 120)
    inside = ((quarter >= first) | (first == "")) & ((quarter <= last) | (last == ""))
    inside &= np.where(
        np.isnan(everyone.age), not limits, (everyone.age >= plan.ages[0]) & (everyone.age <= plan.ages[1])
    )
    if plan.comparison is Comparison.NONE:
        inside &= group
    known = inside & _known_before(everyone)
    flow = {"outside": int((~inside).sum()), "short": int((inside & ~known).sum()), "studied": int(known.sum())}
    least = max(plan.least, LEAST)
    if int((known & group).sum()) < least:
        raise Refused(f"fewer than {least} people are in the study: nothing is told of so few")
    return everyone.of(known), flow


def windows_of(plan: StudyPlan, people: npt.NDArray[Any], start: DayNumbers) -> Windows:
    """The days before the start, and those after that the plan asks for."""
    before = months_on(start, -plan.months_before)
    return Windows(people, before, start, months_on(start, plan.after_from), months_on(start, plan.after_to))


def halves(studied: Studied) -> list[tuple[DayNumbers, DayNumbers]]:
    """The days before in two periods, the older first: so that it shows how people moved before."""
    w = studied.windows
    middle = ((w.before_from.astype(np.int64) + w.before_to) // 2).astype(np.int32)
    return [(w.before_from, middle), (middle, w.before_to)]


def _known_before(studied: Studied) -> npt.NDArray[np.bool_]:
    """Who was observed for at least a month in each half of the time before."""
    known = np.ones(studied.people.size, dtype=bool)
    for since, until in halves(studied):
        months = months_between(np.maximum(since, studied.seen_from), np.minimum(until, studied.seen_until))
        known &= months >= LEAST_MONTHS
    return known


def followed(studied: Studied) -> npt.NDArray[np.bool_]:
    """Who was observed for at least a month of the time after: the others are lost, or have not come so far yet."""
    w = studied.windows
    months = months_between(np.maximum(w.after_from, studied.seen_from), np.minimum(w.after_to, studied.seen_until))
    return np.asarray(months >= LEAST_MONTHS)


def counted(counts: dict[str, int], *, least: int, total: str = "") -> dict[str, int | None]:
    """The counts, None where they are not shown, and their sum under the name `total` where it gives nothing away."""
    if not counts:
        return {}
    cells = np.array(list(counts.values()), dtype=np.int64)
    alone = withheld(cells, least=least, sums_shown=False)
    found: dict[str, int | None] = {
        name: None if hidden else n for (name, n), hidden in zip(counts.items(), alone, strict=True)
    }
    if total:
        safe = (withheld(cells, least=least, sums_shown=True) == alone).all()
        found[total] = int(cells.sum()) if safe else None
    return found


def told(n: int, whole: int, *, least: int) -> int | None:
    """`n` of `whole`, whose number is known: None where either part is of so few that it is not shown. None at all is told."""
    return None if 0 < n < least or 0 < whole - n < least else n


def self_supporting(
    spells: Spells, people: npt.NDArray[np.int64], days: DayNumbers, kinds: Sequence[str]
) -> npt.NDArray[np.bool_]:
    """Whether each of `people` (sorted, all in the spells) lived on nothing but `kinds` on her day in `days`."""
    theirs = np.flatnonzero(np.isin(spells.people, people))
    day = np.full(spells.people.size, np.iinfo(np.int32).min, dtype=np.int32)
    day[theirs] = days
    own = np.isin(spells.kind, [n for n, kind in enumerate(spells.kinds) if kind in kinds])
    owner = spells.owner
    now = own & (spells.start <= day[owner]) & (spells.stop > day[owner])
    share = np.bincount(owner[now], spells.extent[now], spells.people.size)
    return np.asarray(share[theirs] >= _WHOLE)


def support_over_time(plan: StudyPlan, studied: Studied, spells: Spells) -> list[dict[str, Any]]:
    """At each of `POINTS`: how many participants were observed and what share supported themselves (0 to 1)."""
    mine = studied.of(studied.treated)
    found = []
    for point in POINTS:
        day = months_on(mine.start, point) if point else mine.start - 1
        seen = (day >= mine.seen_from) & (day < mine.seen_until)
        if not seen.any():
            continue
        yes = self_supporting(spells, mine.people[seen], day[seen], plan.self_supporting)
        cells = np.array([int(yes.sum()), int((~yes).sum())], dtype=np.int64)
        hidden = bool(withheld(cells, least=plan.least).any())
        n = int(seen.sum())
        found.append(
            {
                "months": point,
                "n": told(n, mine.people.size, least=plan.least),
                "share": None if hidden else float(yes.mean()),
            }
        )
    return found


def answers(plan: StudyPlan, data: StudyData, studied: Studied) -> list[dict[str, Any]]:
    """What participants answered: for each measure and time the mean with its interval, and how many did not answer."""
    mine = set(studied.people[studied.treated].tolist())
    rows: dict[tuple[str, int], list[float]] = {}
    table = data.answers
    for person, months, measure, value in zip(
        table["person"], table["months"], table["measure"], table["value"], strict=True
    ):
        counted_as = weighed(str(measure), float(value), plan.value_set) if int(person) in mine else None
        if counted_as is not None:
            rows.setdefault((counted_as[0], int(months)), []).append(counted_as[1])
    found = []
    for n, ((measure, months), values) in enumerate(sorted(rows.items())):
        all_asked = np.array(values)
        given = np.sort(all_asked[~np.isnan(all_asked)])
        answered = told(given.size, all_asked.size, least=plan.least)
        missed = None if answered is None else all_asked.size - answered
        row: dict[str, Any] = {"measure": measure, "months": months, "answered": answered, "missed": missed}
        row |= {"mean": None, "low": None, "high": None}
        if given.size >= max(plan.least, 2):
            interval = mean_interval(given, np.random.default_rng([plan.seed, 40, n]))
            row |= {"mean": interval.estimate, "low": interval.low, "high": interval.high}
        found.append(row)
    return found


def groups(
    plan: StudyPlan, studied: Studied, values: Floats, *, numbers: bool = True
) -> dict[str, list[dict[str, Any]]]:
    """The mean of one value a person by sex and by age; not shown for few, nor where it could be worked out.

    Without `numbers` nobody is told how many they were: their sum would tell of the few who were lost.
    """
    bands = [f"{low}-{high}" for low, high in AGES]
    ages = np.full(studied.people.size, "", dtype="U8")
    for band, (low, high) in zip(bands, AGES, strict=True):
        ages[(studied.age >= low) & (studied.age <= high)] = band
    return {
        "sex": _means(plan, studied.sex, ("woman", "man", "other", ""), values, (1, numbers)),
        "age": _means(plan, ages, (*bands, ""), values, (2, numbers)),
    }


def _means(
    plan: StudyPlan, label: npt.NDArray[np.str_], names: Sequence[str], values: Floats, which: tuple[int, bool]
) -> list[dict[str, Any]]:
    there = [name for name in names if (label == name).any()]
    counts = np.array([int((label == name).sum()) for name in there], dtype=np.int64)
    hidden = withheld(counts, least=plan.least)
    found: list[dict[str, Any]] = []
    for n, (name, count) in enumerate(zip(there, counts.tolist(), strict=True)):
        if hidden[n]:
            found.append({"name": name, "n": None, "mean": None, "low": None, "high": None})
            continue
        interval = mean_interval(values[label == name], np.random.default_rng([plan.seed, 50 + which[0], n]))
        told_n = count if which[1] else None
        found.append({"name": name, "n": told_n, "mean": interval.estimate, "low": interval.low, "high": interval.high})
    return found
