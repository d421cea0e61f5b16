"""The three fates of a person or a group: what is expected, who pays, who gains, and who has to invest for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from samverk.fates.book import COLLABORATING, INDEPENDENT, WAYS, Book, columns, standard
from samverk.fates.costs import Costs, Rates, weights
from samverk.fates.exact import Expected, expected, monthly_costs
from samverk.fates.jit import Floats
from samverk.fates.lives import Lives, simulate
from samverk.fates.person import Person, mortality
from samverk.fates.process import READS, Process, process_of
from samverk.fates.rows import compiled, costs_at
from samverk.fates.states import PARTY_NAMES, PENSIONS, PUBLIC, STATES, WORK, State

# Beside the parties: the five public ones together, and everybody, in which transfers cancel.
COLUMNS = (*PARTY_NAMES, "public", "society")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: about whom, under which assumptions, with which rates, after how many years (and to pension).

    costs replaces the price rows by arrays of a price book, the same for all ways; by way if they differ.
    """

    persons: tuple[Person, ...] = (Person(),)
    book: Book = field(default_factory=standard)
    rates: Rates = field(default_factory=Rates)
    years: tuple[int, ...] = (2, 10)
    costs: Mapping[str, Costs] | None = None

    def __post_init__(self) -> None:
        if not self.persons:
            raise ValueError("a question is about somebody")
        if any(year < 1 for year in self.years):
            raise ValueError("windows are whole years, at least one")

    @property
    def windows(self) -> tuple[str, ...]:
        """Names of the windows, in the order of every result."""
        return (*(f"{year} years" for year in sorted(self.years)), "pension")

    @property
    def months(self) -> int:
        """The longest account in the group."""
        return max(person.months for person in self.persons)


@dataclass(frozen=True, slots=True)
class Fate:
    """One way for one person: its process, its costs, and what both were weighted with."""

    person: Person
    way: str
    process: Process
    costs: Costs
    mortality: Floats
    weights: Floats
    windows: tuple[int, ...]

    def expected(self) -> Expected:
        """The exact expectation."""
        return expected(self.process, self.mortality, self.costs, self.weights, self.person.start, self.windows)

    def lives(self, count: int, seed: int, *, threads: int = 1, with_paths: bool = False) -> Lives:
        """So many lives of it; the same (seed, life) in another way is the same person."""
        return simulate(
            self.process,
            self.mortality,
            self.costs,
            self.weights,
            count=count,
            seed=seed,
            start=self.person.start,
            windows=self.windows,
            threads=threads,
            with_paths=with_paths,
        )


def fate(question: Question, person: Person, way: str) -> Fate:
    """One way for one person of the question. Raises KeyError or ValueError for what cannot be."""
    book = question.book.with_values(person.values)
    values = book.values()[columns(book.names, way)]
    costs = question.costs[way] if question.costs else costs_at(values, compiled(book.names))
    return Fate(
        person=person,
        way=way,
        process=process_of(values[: len(READS)]),
        costs=costs,
        mortality=mortality(person.age, person.months, book["mortality_40"].value, book["mortality_growth"].value),
        weights=weights(person.months, question.rates, book["growth_wages"].value),
        windows=person.windows(question.years),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One way for the whole group. share [month, state] is of those whose account still runs; the rest are sums.

    costs [window, column] and monthly [month, column] in SEK, weighted as asked; months [state] until pension.
    """

    way: str
    share: Floats
    months: Floats
    costs: Floats
    monthly: Floats

    @property
    def years(self) -> Mapping[str, float]:
        """Person-years in work, on disability pension (half ones whole), ill or in relapse, on the way, and dead."""
        year = self.months / 12.0
        ill = (State.SICK, State.RELAPSE)
        told = {"work": sum(year[s] for s in WORK), "pension": sum(year[s] for s in PENSIONS)}
        told |= {"sick": sum(year[s] for s in ill), "dead": year[State.DEAD]}
        return {name: float(value) for name, value in (told | {"way": year.sum() - sum(told.values())}).items()}


@dataclass(frozen=True, slots=True)
class Account:
    """What one party gains by one way against another, in SEK; a loss is negative.

    saving by window; deepest is the most it has ever laid out beyond what it got back, and in which month; pays_off
    is the month from whose end on it has its money back for the first time (0: it never lays out, None: never).
    """

    party: str
    saving: tuple[float, ...]
    deepest: float
    deepest_month: int
    pays_off: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The fates side by side, with the names of all assumptions in them that are guesses."""

    windows: tuple[str, ...]
    lines: Mapping[str, Line]
    guesses: tuple[str, ...]
    changed: tuple[str, ...]

    def saving(self, way: str = COLLABORATING, against: str = INDEPENDENT) -> Floats:
        """[window, column]: what the way costs less than the other."""
        return np.asarray(self.lines[against].costs - self.lines[way].costs)

    def accounts(self, way: str = COLLABORATING, against: str = INDEPENDENT) -> tuple[Account, ...]:
        """Who gains and who pays, per party and together."""
        saving = self.saving(way, against)
        running = np.cumsum(self.lines[against].monthly - self.lines[way].monthly, axis=0)
        return tuple(
            Account(
                party=name,
                saving=tuple(float(value) for value in saving[:, n]),
                deepest=float(max(0.0, -running[:, n].min())),
                deepest_month=int(running[:, n].argmin()) + 1 if running[:, n].min() < 0 else 0,
                pays_off=pay_off(running[:, n]),
            )
            for n, name in enumerate(COLUMNS)
        )

    def investments(
        self, way: str = COLLABORATING, against: str = INDEPENDENT
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The parties that have to invest (worse off at the first window), and those that gain in the end."""
        parties = self.accounts(way, against)[: len(PARTY_NAMES)]
        invest = tuple(account.party for account in parties if account.saving[0] < -0.5)
        return invest, tuple(account.party for account in parties if account.saving[-1] > 0.5)


def pay_off(running: Floats) -> int | None:
    """The month from which a running balance is no longer negative for the first time: 0 if it never is, None if never."""
    below = np.flatnonzero(running < -1e-9)
    if not len(below):
        return 0
    back = np.flatnonzero(running[below[0] :] >= -1e-9)
    return int(below[0] + back[0] + 1) if len(back) else None


def answer(question: Question, ways: Sequence[str] = WAYS) -> Answer:
    """Every way for everybody in the question, exactly. A reader shows `doubt.doubt` of the same question first."""
    return Answer(
        windows=question.windows,
        lines={way: line(question, way) for way in ways},
        guesses=guesses(question),
        changed=tuple(
            sorted({a.name for a in question.book if a.changed} | {n for p in question.persons for n in p.values})
        ),
    )


def guesses(question: Question) -> tuple[str, ...]:
    """The assumptions without a source that the question rests on."""
    unpriced = question.costs is not None
    return tuple(name for name in question.book.guesses if not (unpriced and name.startswith("price_")))


def line(question: Question, way: str) -> Line:
    """One way for the group: each person's expectation, as many times as there are such persons."""
    months, people = question.months, np.zeros(question.months)
    share, spent = np.zeros((months, STATES)), np.zeros(STATES)
    costs, monthly = np.zeros((len(question.windows), len(COLUMNS))), np.zeros((months, len(COLUMNS)))
    for person in question.persons:
        one = fate(question, person, way)
        found = one.expected()
        share[: person.months] += person.count * found.share
        people[: person.months] += person.count
        spent += person.count * found.months()
        costs += person.count * with_sums(found.costs)
        monthly[: person.months] += person.count * with_sums(monthly_costs(found, one.process, one.costs, one.weights))
    return Line(way=way, share=share / people[:, None], months=spent, costs=costs, monthly=monthly)


def with_sums(costs: Floats) -> Floats:
    """[…, party] made […, column]: the public parties together, and everybody."""
    public = costs[..., [int(party) for party in PUBLIC]].sum(axis=-1, keepdims=True)
    return np.concatenate((costs, public, costs.sum(axis=-1, keepdims=True)), axis=-1)
