"""How sure is it? Draws over every assumption at once, the probability that there is no saving, and what matters most.

The first thing to say beside a saving is the probability that there is none. "We do not know" is an answer: it is
the answer whenever that probability is neither small nor large.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from samverk.fates.answer import COLUMNS, Question, guesses, with_sums
from samverk.fates.book import COLLABORATING, INDEPENDENT, WAYS, Book, columns, layout
from samverk.fates.costs import GROWTHS
from samverk.fates.exact import bill, recursion
from samverk.fates.jit import Floats, Ints, kernel, split
from samverk.fates.person import Person
from samverk.fates.process import LONGEST, MORTALITY_40, MORTALITY_GROWTH, READS, assemble
from samverk.fates.rows import Compiled, charge, compiled
from samverk.fates.states import BANDS, EXITS, LIVING, PARTIES, STATE_OF_BAND, STATES

SAVES, COSTS, UNKNOWN = "saves", "costs", "we do not know"
# How probable a saving (or a loss) has to be before it is called one.
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of one window and column. no_saving comes first, and so it is to be said.

    error is the sampling error of no_saving (one standard error); saving is the median with a 95 per cent interval,
    SEK; guessed the share of the spread that comes from values or ranges without a source, guesses the former's names.
    """

    no_saving: float
    error: float
    says: str
    saving: float
    low: float
    high: float
    guessed: float
    guesses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Draws over the assumptions. costs [way, draw, window, column] in SEK, months [way, draw, state], inputs [draw, name]."""

    ways: tuple[str, ...]
    windows: tuple[str, ...]
    names: tuple[str, ...]
    guesses: tuple[str, ...]
    unsure: tuple[str, ...]
    inputs: Floats
    costs: Floats
    months: Floats

    def savings(self, way: str = COLLABORATING, against: str = INDEPENDENT) -> Floats:
        """[draw, window, column]: what the way costs less than the other, draw by draw."""
        return np.asarray(self.costs[self.ways.index(against)] - self.costs[self.ways.index(way)])

    def no_saving(self, way: str = COLLABORATING, against: str = INDEPENDENT) -> Floats:
        """[window, column]: the probability that the way saves nothing."""
        return np.asarray((self.savings(way, against) <= 0).mean(axis=0))

    def verdict(
        self, window: str, column: str = "public", way: str = COLLABORATING, against: str = INDEPENDENT
    ) -> Verdict:
        """What can be said. Raises ValueError for an unknown window or column."""
        saved = self.savings(way, against)[:, self.windows.index(window), COLUMNS.index(column)]
        none = float((saved <= 0).mean())
        low, middle, high = np.quantile(saved, (0.025, 0.5, 0.975))
        shares = influence(self.inputs, saved)
        guessed = shares[[name in self.unsure for name in self.names]].sum()
        return Verdict(
            no_saving=none,
            error=float(np.sqrt(none * (1 - none) / len(saved))),
            says=SAVES if none <= 1 - SURE else COSTS if none >= SURE else UNKNOWN,
            saving=float(middle),
            low=float(low),
            high=float(high),
            guessed=float(guessed),
            guesses=self.guesses,
        )


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the tornado: the saving when this assumption alone stands at its low and at its high end."""

    name: str
    guess: bool
    low: float
    high: float
    saving_low: float
    saving_high: float

    @property
    def width(self) -> float:
        """How far the saving moves, SEK."""
        return abs(self.saving_high - self.saving_low)


def influence(inputs: Floats, outcome: Floats) -> Floats:
    """[name]: squared rank correlation of each assumption with the outcome, as shares of their sum (zeros if none).

    For tied assumptions it tells what goes with them and not what each does alone: the tornado does that.
    """
    ranked = np.argsort(np.argsort(inputs, axis=0), axis=0).astype(float)
    ranked -= ranked.mean(axis=0)
    ranked[:, np.ptp(inputs, axis=0) == 0] = 0.0
    result = np.argsort(np.argsort(outcome)).astype(float)
    result -= result.mean()
    norm = np.sqrt((ranked**2).sum(axis=0) * (result**2).sum())
    squared = np.divide(ranked.T @ result, norm, out=np.zeros(inputs.shape[1]), where=norm > 0) ** 2
    # Below what chance alone gives, nothing is seen.
    squared[squared < 4.0 / len(outcome)] = 0.0
    total = squared.sum()
    return np.asarray(squared / total if total > 0 else squared)


@kernel
def weigh(
    first: int,
    beyond: int,
    values: Floats,
    reads: int,
    wages_at: int,
    age: int,
    start: int,
    discount: Floats,
    meaning: Ints,
    share: Floats,
    factors: Ints,
    windows: Ints,
    count: float,
    costs: Floats,
    spent: Floats,
) -> None:
    """Adds the expected costs[draw, window, party] and months[draw, state] of the draws first..beyond."""
    months = discount.shape[0]
    end = np.zeros((LIVING, LONGEST))
    broken = np.zeros((LIVING, LONGEST))
    cells = np.ones(LIVING, dtype=np.int64)
    limited = np.zeros(LIVING, dtype=np.int64)
    route = np.zeros((EXITS, LIVING, STATES))
    deadly = np.ones(LIVING)
    bands = np.empty((months, BAND_COUNT))
    flows = np.empty((months, LIVING, EXITS))
    dead = np.empty(months)
    rate = np.empty(months)
    begin = np.zeros(LIVING)
    begin[start] = 1.0
    worth = np.empty((GROWTHS, months))
    monthly = np.empty((GROWTHS, BAND_COUNT, PARTIES))
    one_off = np.empty((LIVING, STATES, PARTIES))
    initial = np.empty(PARTIES)
    paid = np.empty((windows.shape[0], PARTIES))
    for draw in range(first, beyond):
        v = values[draw]
        assemble(v[:reads], end, broken, cells, limited, route, deadly)
        growing = (1.0 + v[wages_at]) ** (1.0 / 12.0)
        ageing = np.exp(v[MORTALITY_GROWTH] / 12.0)
        risk = v[MORTALITY_40] * np.exp(v[MORTALITY_GROWTH] * (age / 12.0 - 40.0)) / 12.0
        grown = 1.0
        for t in range(months):
            rate[t] = risk
            worth[0, t] = discount[t]
            worth[1, t] = discount[t] * grown
            risk *= ageing
            grown *= growing
        recursion(end, broken, cells, limited, route, deadly, rate, begin, bands, flows, dead)
        charge(v, meaning, share, factors, monthly, one_off, initial)
        bill(bands, flows, route, worth, monthly, one_off, initial, windows, paid)
        for w in range(windows.shape[0]):
            for p in range(PARTIES):
                costs[draw, w, p] += count * paid[w, p]
        for t in range(months):
            for b in range(BAND_COUNT):
                spent[draw, STATE_OF_BAND[b]] += count * bands[t, b]
            spent[draw, STATES - 1] += count * dead[t]


BAND_COUNT = len(BANDS)


def over(question: Question, inputs: Floats, ways: Sequence[str], threads: int = 1) -> tuple[Floats, Floats]:
    """costs [way, set, window, column] and months [way, set, state] for each set of values in inputs [set, name].

    A person's own values stand above those of a set. Raises ValueError when the question brings costs of its own.
    """
    if question.costs is not None:
        raise ValueError("prices that are given as plain numbers have no range to draw from")
    book, draws = question.book, len(inputs)
    rows, names = compiled(book.names), layout(book.names)
    costs = np.zeros((len(ways), draws, len(question.windows), PARTIES))
    spent = np.zeros((len(ways), draws, STATES))
    for person in question.persons:
        hers = with_hers(inputs, book, person)
        for n, way in enumerate(ways):
            values = np.ascontiguousarray(hers[:, columns(book.names, way)])
            one(question, person, values, names, rows, costs[n], spent[n], threads)
    return with_sums(costs), spent


def one(
    question: Question,
    person: Person,
    values: Floats,
    names: tuple[str, ...],
    rows: Compiled,
    costs: Floats,
    spent: Floats,
    threads: int,
) -> None:
    """Adds one person's expectation in one way, for each set of values."""
    discount = question.rates.discount(person.months)
    windows = np.array(person.windows(question.years))
    wages = names.index("growth_wages")

    def work(first: int, beyond: int) -> None:
        weigh(
            first,
            beyond,
            values,
            len(READS),
            wages,
            person.age,
            int(person.start),
            discount,
            rows.meaning,
            rows.share,
            rows.factors,
            windows,
            person.count,
            costs,
            spent,
        )

    split(work, len(values), threads)


def with_hers(inputs: Floats, book: Book, person: Person) -> Floats:
    """The sets of values with what is known of this person put in."""
    hers = inputs.copy()
    for name, value in book.with_values(person.values).assumptions.items():
        if name in person.values:
            hers[:, book.names.index(name)] = value.value
    return hers


def doubt(
    question: Question, *, draws: int = 10_000, seed: int = 1, ways: Sequence[str] = WAYS, threads: int = 1
) -> Doubt:
    """Every way under so many draws of every assumption; the same draws for all ways, at any number of threads."""
    if draws < 2:
        raise ValueError(f"draws is {draws}: it takes at least two to tell a spread")
    inputs = question.book.draws(draws, seed)
    costs, months = over(question, inputs, ways, threads)
    return Doubt(
        ways=tuple(ways),
        windows=question.windows,
        names=question.book.names,
        guesses=guesses(question),
        unsure=tuple(assumption.name for assumption in question.book if assumption.guessed_range),
        inputs=inputs,
        costs=costs,
        months=months,
    )


def tornado(
    question: Question,
    *,
    window: str = "pension",
    column: str = "public",
    way: str = COLLABORATING,
    against: str = INDEPENDENT,
    threads: int = 1,
) -> tuple[Bar, ...]:
    """What matters most: each uncertain assumption alone at the ends of its range, widest first.

    Raises ValueError for an unknown window or column.
    """
    uncertain = [a for a in question.book if a.distribution != "fixed" and a.low < a.high]
    at, place = question.windows.index(window), COLUMNS.index(column)
    sets = np.repeat(question.book.values()[None], 2 * len(uncertain), axis=0)
    for n, assumption in enumerate(uncertain):
        column_of = question.book.names.index(assumption.name)
        sets[2 * n, column_of], sets[2 * n + 1, column_of] = assumption.low, assumption.high
    costs, _ = over(question, sets, (way, against), threads)
    saved = costs[1, :, at, place] - costs[0, :, at, place]
    bars = [
        Bar(a.name, a.guess, a.low, a.high, float(saved[2 * n]), float(saved[2 * n + 1]))
        for n, a in enumerate(uncertain)
    ]
    return tuple(sorted(bars, key=lambda bar: (-bar.width, bar.name)))
