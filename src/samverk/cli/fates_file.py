"""The file of `samverk fates run`: about whom, with which assumptions, at which rates. Its form stands in docs/fates.md."""

from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from samverk.cli.fates_toml import Fields, read
from samverk.fates.answer import Question
from samverk.fates.book import COLLABORATING, INDEPENDENT, WAYS, Book, standard
from samverk.fates.costs import Rates
from samverk.fates.person import Person
from samverk.fates.scenario import MOST_PERSONS
from samverk.fates.states import State

STARTS = tuple(state.name.lower() for state in State if state is not State.DEAD)
MOST_DRAWS = 100_000
MOST_YEARS = 60


@dataclass(frozen=True, slots=True)
class Run:
    """All that a run is made of: the same run gives the same figures."""

    title: str
    question: Question
    seed: int
    draws: int
    way: str
    against: str

    @property
    def people(self) -> float:
        """How many people the question is about."""
        return sum(person.count for person in self.question.persons)


def read_run(file: Path) -> Run:
    """The run in `file`; what is left out is as shipped. CommandError that names the field, and says what to do."""
    fields = read(file)
    fields.only("title", "seed", "draws", "years", "way", "against", "persons", "rates", "assumptions")
    way, against = fields.one_of("way", WAYS, COLLABORATING), fields.one_of("against", WAYS, INDEPENDENT)
    if way == against:
        fields.fail("against", f"is the same as way ({way}). Name another way of working.")
    book = _book(fields.table("assumptions"))
    persons = tuple(_person(one, book) for one in fields.tables("persons", most=MOST_PERSONS))
    question = Question(persons=persons or (Person(),), book=book, rates=_rates(fields), years=_years(fields))
    return Run(
        title=fields.text("title") or file.stem,
        question=question,
        seed=fields.whole("seed", 1, least=0),
        draws=fields.whole("draws", 2000, least=100, most=MOST_DRAWS),
        way=way,
        against=against,
    )


def _person(fields: Fields, book: Book) -> Person:
    fields.only("age", "pension_age", "start", "count", "values")
    hers = fields.table("values")
    for name in hers.data:
        _fitting(hers, name, book)
    age, pension = _months(fields, "age", 42), _months(fields, "pension_age", 65)
    if not 16 * 12 <= age < pension <= 75 * 12:
        fields.fail("age", "is to be at least 16 and below pension_age, which is at most 75. Both in years.")
    count = fields.number("count", 1)
    if not 0 < count <= 10_000_000:
        fields.fail("count", "is to be the number of such people, above zero.")
    return Person(
        age=age,
        pension_age=pension,
        start=State[fields.one_of("start", STARTS, "round").upper()],
        values=MappingProxyType(fields.numbers("values")),
        count=count,
    )


def _months(fields: Fields, name: str, default: int) -> int:
    """Whole months of an age in years: 42 and 42.5 are ages, 42.3 is none."""
    months = fields.number(name, default) * 12
    if abs(months - round(months)) > 1e-6:
        fields.fail(name, "is to be in years, and a whole number of months: 42, 42.5 or 42.25.")
    return round(months)


def _book(fields: Fields) -> Book:
    """The shipped assumptions with those of the file: a number alone is a guess, one with source and range is not."""
    book = standard()
    for name in fields.data:
        if isinstance(fields.data[name], dict) and name not in WAYS:
            book = _sourced(fields.table(name), name, fields, book)
        elif name in WAYS:
            inner = fields.table(name)
            for rest in inner.data:
                book = _one(inner, rest, f"{name}.{rest}", book)
        else:
            book = _one(fields, name, name, book)
    return book


def _one(fields: Fields, key: str, name: str, book: Book) -> Book:
    """One assumption, as a number or as a table."""
    if isinstance(fields.data[key], dict):
        return _sourced(fields.table(key), name, fields, book)
    return _fitting(fields, key, book, name)


def _fitting(fields: Fields, key: str, book: Book, name: str = "") -> Book:
    value = fields.number(key)
    try:
        return book.with_values({name or key: value})
    except (KeyError, ValueError) as wrong:
        fields.fail(key, _said(wrong))


def _sourced(fields: Fields, name: str, outer: Fields, book: Book) -> Book:
    fields.only("value", "low", "high", "source")
    value, source = fields.number("value"), fields.text("source").strip()
    low, high = fields.number("low", value), fields.number("high", value)
    if not source:
        fields.fail("source", "is missing. Write where the value comes from, or write the number alone: it is a guess.")
    if "low" not in fields.data or "high" not in fields.data:
        fields.fail("low", "and high are the range that the source gives. Write the value twice if it is exact.")
    try:
        return book.known(name, value, low, high, source)
    except (KeyError, ValueError) as wrong:
        outer.fail(name.rpartition(".")[2], _said(wrong))


def _said(wrong: Exception) -> str:
    """What the library says is wrong, as a sentence."""
    more = " All names stand in docs/fates.md and src/samverk/fates/assumptions.csv." * isinstance(wrong, KeyError)
    return f"{wrong.args[0]}.{more}"


def _rates(fields: Fields) -> Rates:
    """A rate a year, or a list of [from year, rate]."""
    told = fields.data.get("rates", 0.035)
    steps = told if isinstance(told, list) else [[0, told]]
    for step in steps:
        pair = isinstance(step, list) and len(step) == 2 and isinstance(step[0], int)
        if not pair or isinstance(step[1], bool) or not isinstance(step[1], int | float) or not -0.5 < step[1] < 0.5:
            fields.fail("rates", "is to be a real rate a year, as 0.035, or steps, as [[0, 0.035], [30, 0.03]].")
    try:
        return Rates(tuple((int(year), float(rate)) for year, rate in steps))
    except ValueError as wrong:
        fields.fail("rates", f"{wrong}.")


def _years(fields: Fields) -> tuple[int, ...]:
    told = fields.data.get("years", [2, 10])
    good = isinstance(told, list) and 1 <= len(told) <= 6
    if not good or not all(type(year) is int and 1 <= year <= MOST_YEARS for year in told):
        fields.fail("years", f"is to be a list of one to six whole years from 1 to {MOST_YEARS}, as [2, 10].")
    if len(set(told)) < len(told):
        fields.fail("years", "names a year twice. Write each once.")
    return tuple(sorted(told))
