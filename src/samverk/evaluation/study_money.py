"""The money of a study: gain a year and cost once, for each party, for the public ones together and for all.

`public`: state, agencies, region, municipality and what could not be given to anyone. `society`: every party together,
where what one pays another vanishes and only real resources are left.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from samverk.evaluation.calendar import Floats
from samverk.evaluation.costs import costs_of
from samverk.evaluation.dropout import staying_weights, worst_and_best
from samverk.evaluation.effects import Effect, effect
from samverk.evaluation.improvement import Improvement, Windows, improvement
from samverk.evaluation.outcomes import sample_of
from samverk.evaluation.payoff import Perspective, horizon, over_draws, pay_off, present_value
from samverk.evaluation.prices import UNALLOCATED, PriceBook
from samverk.evaluation.sample import Sample
from samverk.evaluation.sensitivity import Quantities, draw, improvement_quantities, quantities_of
from samverk.evaluation.spells import Spells
from samverk.evaluation.study_people import Studied, StudyPlan, halves, months_on
from samverk.evaluation.study_people import told as shown_n
from samverk.evaluation.uncertainty import mean_interval

PUBLIC_PARTIES = frozenset({"state", "FK", "AF", "region", "municipality", UNALLOCATED})
PUBLIC, SOCIETY = "public", "society"
YEARS = 5
_NOTHING = 0.005
"""SEK: a gain of less than half an öre is what adding up leaves behind."""
_TRIM = 0.05
_SWINGS = 6


@dataclass(frozen=True, slots=True, eq=False)
class Money:
    """Gains and costs of those who were observed on both sides, by account and with the two sums last."""

    accounts: tuple[str, ...]
    people: Studied
    each: Floats  # [person, account], SEK per person and year
    gain: Floats  # [draw, account]
    cost: Floats  # [draw, account], SEK per person once: plus is a cost
    costs: dict[str, float]
    effects: dict[str, Effect]  # by account, where a comparison carries them

    def of(self, account: str) -> Floats:
        """One account's gain of each person; SEK a year."""
        column: Floats = np.asarray(self.each[:, self.accounts.index(account)])
        return column


def with_sums(table: Floats, parties: Sequence[str]) -> Floats:
    """The parties' columns, then those of the public and of society; what comes after the parties is left out."""
    own = table[:, : len(parties)]
    public = own[:, [n for n, party in enumerate(parties) if party in PUBLIC_PARTIES]].sum(axis=1)
    return np.column_stack([own, public, own.sum(axis=1)])


def unpriced(book: PriceBook, spells: Spells, studied: Studied) -> tuple[float, list[str]]:
    """The share of days of spells, from before to the end of after, without a price; and the kinds without any."""
    lo, hi = studied.windows.before_from, studied.windows.after_to
    lo, hi = np.maximum(lo, studied.seen_from), np.minimum(hi, studied.seen_until)
    lacking = costs_of([spells], book, people=studied.people, lo=lo, hi=hi, allow_unpriced=True).unpriced_days
    theirs = np.isin(spells.people, studied.people)
    place = np.searchsorted(studied.people, spells.people)[spells.owner]
    mine = theirs[spells.owner]
    place = np.where(mine, place, 0)
    days = np.where(mine, np.minimum(spells.stop, hi[place]) - np.maximum(spells.start, lo[place]), 0)
    total = float(np.maximum(days, 0).sum())
    known = {row.kind for row in book.rows}
    return (float(lacking.sum()) / total if total else 0.0), sorted(set(spells.kinds) - known)


def money(plan: StudyPlan, studied: Studied, livelihood: Spells, services: Spells, book: PriceBook) -> Money:
    """The participants' gains from livelihood against what measures and meetings cost, with thousands of draws."""
    mine = studied.of(studied.treated)
    found = improvement([livelihood], book, mine.windows, allow_unpriced=True)
    here = mine.of(found.observed)
    gains = improvement_quantities([livelihood], book, mine.windows)
    costs = _costs_of(services, book, here, gains)
    drawn = draw(gains, costs, book, plan.draws, np.random.default_rng([plan.seed, 1]), team=here.team)
    paid = -costs.net(np.array([row.amount or 0.0 for row in book.rows])).mean(axis=0)
    accounts = (*book.parties, PUBLIC, SOCIETY)
    return Money(
        accounts=accounts,
        people=here,
        each=with_sums(found.per_year[found.observed], book.parties),
        gain=with_sums(drawn.gain, book.parties),
        cost=with_sums(drawn.cost, book.parties),
        costs=dict(zip(accounts, (with_sums(paid[None, :], book.parties)[0] + 0.0).tolist(), strict=True)),
        effects={},
    )


def _costs_of(services: Spells, book: PriceBook, here: Studied, gains: Quantities) -> Quantities:
    """What was put in from the start on, as far as is known. No cost at all is a table without columns."""
    if len(services):
        return quantities_of([services], book, here.people, here.start, np.maximum(here.start, here.seen_until))
    none = np.zeros((here.people.size, 0))
    return Quantities(here.people, gains.accounts, np.zeros(0, dtype=np.intp), np.zeros((0, len(gains.accounts))), none)


def sample(plan: StudyPlan, studied: Studied, livelihood: Spells, book: PriceBook, account: str) -> Sample:
    """One account as an estimator wants it: two periods before, one after, and what is known of people from before."""
    covariates, names = background(studied)
    windows = studied.windows
    parties = (account,) if account not in (PUBLIC, SOCIETY) else book.parties
    if account == PUBLIC:
        parties = tuple(party for party in book.parties if party in PUBLIC_PARTIES)
    parts = [
        sample_of(
            [livelihood], book, party, studied.people, studied.treated,
            before=halves(studied), after=(windows.after_from, windows.after_to),
            covariates=covariates, names=names, team=studied.team,
        )
        for party in parties
    ]  # fmt: skip
    return replace(parts[0], before=sum(p.before for p in parts), after=sum(p.after for p in parts))  # type: ignore[arg-type]


def background(studied: Studied) -> tuple[Floats, tuple[str, ...]]:
    """Age and sex, as far as they are known and differ; an age not known is the mean."""
    age = np.where(
        np.isnan(studied.age), np.nanmean(studied.age) if not np.isnan(studied.age).all() else 0, studied.age
    )
    columns = {"age": age, "woman": (studied.sex == "woman").astype(np.float64)}
    kept = {name: column for name, column in columns.items() if np.unique(column).size > 1}
    table = np.column_stack(list(kept.values())) if kept else np.empty((0, 0))
    return table, tuple(kept)


def compared(plan: StudyPlan, found: Money, studied: Studied, livelihood: Spells, book: PriceBook) -> Money:
    """The same with effects in the place of changes. Raises `Refused` where the comparison does not carry them.

    Draws of an effect are normal around it. Each account has draws of its own: they are not to be summed.
    """
    effects = {PUBLIC: effect(sample(plan, studied, livelihood, book, PUBLIC), plan.comparison)}
    gain = np.zeros_like(found.gain)
    for n, account in enumerate(found.accounts):
        if not found.gain[:, n].any():
            continue
        if account not in effects:
            effects[account] = effect(sample(plan, studied, livelihood, book, account), plan.comparison)
        told = effects[account]
        gain[:, n] = np.random.default_rng([plan.seed, 2, n]).normal(told.estimate, told.error, plan.draws)
    return replace(found, gain=gain, effects=effects)


def per_account(plan: StudyPlan, found: Money) -> list[dict[str, Any]]:
    """For each account that moved: gain a year with its interval, its cost, and the chance that it gains nothing."""
    rows = []
    for n, account in enumerate(found.accounts):
        if not found.each[:, n].any() and not found.cost[:, n].any() and account not in (PUBLIC, SOCIETY):
            continue
        told = found.effects.get(account)
        if told is None:
            seen = mean_interval(found.each[:, n], np.random.default_rng([plan.seed, 10, n]), team=found.people.team)
            estimate, low, high = seen.estimate, seen.low, seen.high
        else:
            estimate, low, high = told.estimate, told.low, told.high
        rows.append(
            {
                "account": account, "gain": estimate, "low": low, "high": high, "cost": found.costs[account],
                "no_gain": float((found.gain[:, n] < _NOTHING).mean()),
            }
        )  # fmt: skip
    return rows


def worth(plan: StudyPlan, found: Money, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """For each account, perspective and rate: what is left when the cost is paid, and the chance that anything is."""
    ages = found.people.age[~np.isnan(found.people.age)]
    told = []
    for perspective in plan.perspectives:
        if Perspective(perspective) is Perspective.TO_PENSION and not ages.size:
            continue
        years = (
            float(np.mean([horizon(Perspective.TO_PENSION, age, pension_age=plan.pension_age) for age in ages]))
            if Perspective(perspective) is Perspective.TO_PENSION
            else horizon(Perspective(perspective), 0, pension_age=plan.pension_age)
        )
        for rate in plan.rates:
            one = present_value(1.0, years, rate=rate, kept=plan.kept)
            for row in rows:
                n = found.accounts.index(row["account"])
                left = found.gain[:, n] * one - found.cost[:, n]
                low, high = np.quantile(left, (0.025, 0.975))
                told.append(
                    {
                        "account": row["account"], "perspective": perspective, "rate": rate, "years": years,
                        "value": row["gain"] * one - row["cost"], "low": float(low), "high": float(high),
                        "pays": float((left > 0).mean()), "does_not": float((left <= 0).mean()),
                    }
                )  # fmt: skip
    return told


def pay_offs(plan: StudyPlan, found: Money, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """When each account that put something in has it back, months; None: never. Only those with a cost."""
    rate = plan.rates[len(plan.rates) // 2]
    told = []
    for row in rows:
        n = found.accounts.index(row["account"])
        if row["cost"] <= 0:
            continue
        simple = pay_off(row["cost"], row["gain"], rate=rate)
        drawn = over_draws(found.cost[:, n], found.gain[:, n], rate=rate)
        told.append(
            {
                "account": row["account"], "rate": rate, "simple": _months(simple.simple),
                "discounted": _months(simple.discounted), "never": drawn.never, "median": _months(drawn.median),
                "low": _months(drawn.low), "high": _months(drawn.high),
            }
        )  # fmt: skip
    return told


def _months(months: float) -> float | None:
    return None if math.isinf(months) else months


def over_time(plan: StudyPlan, studied: Studied, livelihood: Spells, book: PriceBook) -> list[dict[str, Any]]:
    """The participants' change in each year from the start against the time before, by account; None: too few."""
    mine = studied.of(studied.treated)
    told: list[dict[str, Any]] = []
    for year in range(1, YEARS + 1):
        since, until = months_on(mine.start, 12 * (year - 1)), months_on(mine.start, 12 * year)
        windows = Windows(mine.people, mine.windows.before_from, mine.windows.before_to, since, until)
        found: Improvement = improvement([livelihood], book, windows, least_months=6.0, allow_unpriced=True)
        n = int(found.observed.sum())
        if n == 0:
            break
        shown = n >= plan.least
        means = with_sums(found.per_year[found.observed], book.parties).mean(axis=0)
        told.append(
            {
                "year": year,
                "n": shown_n(n, mine.people.size, least=plan.least),
                "gain": dict(zip((*book.parties, PUBLIC, SOCIETY), means.tolist(), strict=True)) if shown else None,
            }
        )
    return told


def tried(plan: StudyPlan, found: Money, studied: Studied, livelihood: Spells, book: PriceBook) -> dict[str, Any]:
    """What the public change becomes otherwise: weighted for drop-out, without the extremes, with other prices.

    `bounds`: if everyone who is lost had ended among the worst, or the best, five per cent. SEK per person a year.
    """
    mine = studied.of(studied.treated)
    own = sample(plan, mine, livelihood, book, PUBLIC)
    values = found.of(PUBLIC)
    rows: list[dict[str, Any]] = []
    if not own.observed.all():
        weights = staying_weights(own)[own.observed]
        rows.append({"what": "weighted", "value": float(np.average(own.change[own.observed], weights=weights))})
    trim = max(1, round(values.size * _TRIM / 2))
    if values.size - 2 * trim >= plan.least:
        rows.append({"what": "trimmed", "value": float(np.sort(values)[trim:-trim].mean())})
    rows += _swings(mine, livelihood, book)
    inside = own.after[own.observed]
    bounds = None
    if not own.observed.all() and inside.size and inside.min() < inside.max():
        # At the 5th and 95th percentile: the worst and the best of all would be one person's own figure.
        low, high = (float(value) for value in np.quantile(inside, (0.05, 0.95)))
        told = worst_and_best(replace(own, after=np.clip(own.after, low, high)), low, high)
        bounds = {"lowest": told.lowest, "highest": told.highest}
    lost = int((~own.observed).sum())
    few = shown_n(lost, own.after.size, least=plan.least) is None
    return {"rows": rows, "bounds": None if few else bounds, "lost": None if few else lost}


def _swings(mine: Studied, livelihood: Spells, book: PriceBook) -> list[dict[str, Any]]:
    """The prices whose low and high move the public change most, one at a time."""
    gains = improvement_quantities([livelihood], book, mine.windows)
    amounts = np.array([row.amount or 0.0 for row in book.rows])
    rows: list[dict[str, Any]] = []
    for n, price in enumerate(book.rows):
        if price.low is None or price.high is None or price.low == price.high:
            continue
        ends = []
        for value in (price.low, price.high):
            other = amounts.copy()
            other[n] = value
            ends.append(float(with_sums(gains.net(other), book.parties)[:, -2].mean()))
        if ends[0] != ends[1]:
            row = {
                "what": "price",
                "name": price.name or price.kind,
                "kind": price.kind,
                "low": ends[0],
                "high": ends[1],
            }
            rows.append(row)
    return sorted(rows, key=lambda row: -abs(row["high"] - row["low"]))[:_SWINGS]
