"""The assumptions, by name: value, range, distribution, source, and whether it is a guess. All of them can be changed.

They stand in `assumptions.csv`; amounts are as their sources print them, with their year, and are moved to the
book's price year by the consumer price index where it is known for both years, else by the price base amount.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import numpy as np

from samverk.fates.chance import normal_share, normals
from samverk.fates.jit import Floats, Ints
from samverk.fates.process import READS

INDEPENDENT, COUNTERACTING, COLLABORATING = "independent", "counteracting", "collaborating"
WAYS = (INDEPENDENT, COUNTERACTING, COLLABORATING)
DISTRIBUTIONS = ("fixed", "uniform", "triangular", "lognormal")
# A 95 per cent interval of a normal number.
INTERVAL = 1.959963984540054
PRICE_YEAR = 2023


@dataclass(frozen=True, slots=True)
class Assumption:
    """One named value. `guess` says that no source gives it for this use, `guessed_range` that none gives its range.

    `better` is which end is good, for the effects of collaborating that are drawn together.
    low and high are the ends of the range (for lognormal: of its middle 95 per cent, and value is the median).
    """

    name: str
    unit: str
    value: float
    low: float
    high: float
    distribution: str
    guess: bool
    guessed_range: bool
    better: str
    price_year: int | None
    source: str
    sv: str
    en: str
    changed: bool = False

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise ValueError(f"{self.name}: {self.value} is outside its own range {self.low} to {self.high}")
        if self.distribution not in DISTRIBUTIONS:
            raise ValueError(f"{self.name}: no distribution is called {self.distribution!r}")
        if self.distribution == "lognormal" and self.low <= 0:
            raise ValueError(f"{self.name}: a lognormal range lies above zero")
        low, high = LIMITS.get(self.unit, (-np.inf, np.inf))
        if self.low < low or self.high > high:
            raise ValueError(f"{self.name}: a {self.unit} lies between {low:g} and {high:g}")

    def quantile(self, normal: Floats) -> Floats:
        """Values whose rank in this distribution is the rank of the given numbers in a standard normal one."""
        if self.distribution == "fixed" or self.low == self.high:
            return np.full_like(normal, self.value)
        if self.distribution == "lognormal":
            return np.asarray(self.value * np.exp(normal * np.log(self.high / self.low) / (2 * INTERVAL)))
        share, width = normal_share(normal), self.high - self.low
        if self.distribution == "uniform":
            return np.asarray(self.low + share * width)
        peak = (self.value - self.low) / width
        rising = self.low + np.sqrt(share * peak) * width
        return np.where(share < peak, rising, self.high - np.sqrt((1.0 - share) * (1.0 - peak)) * width)


# What a value of a unit can be at all.
LIMITS: Mapping[str, tuple[float, float]] = {
    "share": (0, 1),
    "share per month": (0, 0.3),
    "months": (1, 600),
    "ratio": (0, 100),
    "odds ratio": (1e-3, 1e3),
    "hours": (0, 10_000),
    "hours/month": (0, 744),
    "visits/month": (0, 1_000),
    "days/month": (0, 31),
}


@dataclass(frozen=True, slots=True)
class Book:
    """A set of assumptions, complete for the model. Immutable: `with_values` gives a changed one."""

    assumptions: Mapping[str, Assumption]

    def __iter__(self) -> Iterator[Assumption]:
        return iter(self.assumptions.values())

    def __getitem__(self, name: str) -> Assumption:
        try:
            return self.assumptions[name]
        except KeyError:
            raise KeyError(f"no assumption is called {name!r}") from None

    @property
    def names(self) -> tuple[str, ...]:
        """All names, in the order of `values` and `draws`."""
        return tuple(self.assumptions)

    @property
    def guesses(self) -> tuple[str, ...]:
        """Those without a source."""
        return tuple(assumption.name for assumption in self if assumption.guess)

    def values(self) -> Floats:
        """The values [name], in their order."""
        return np.array([assumption.value for assumption in self])

    def with_values(self, values: Mapping[str, float]) -> "Book":
        """The book with other values, each marked as changed and a guess; a range is widened to hold what was asked for.

        A definition (a fixed yardstick) may be changed too. Raises KeyError for an unknown name, ValueError for a
        value that its unit cannot have.
        """
        changed = dict(self.assumptions)
        for name, value in ((name, float(value)) for name, value in values.items()):
            old = self[name]
            if not np.isfinite(value):
                raise ValueError(f"{name}: {value} is no number")
            low, high = min(old.low, value), max(old.high, value)
            if old.distribution == "fixed":
                low = high = value
            source = f"changed by whoever asks (before: {old.value:g}, {old.source})"
            changed[name] = replace(
                old, value=value, low=low, high=high, source=source, guess=True, guessed_range=True, changed=True
            )
        return Book(MappingProxyType(changed))

    def known(self, name: str, value: float, low: float, high: float, source: str) -> "Book":
        """The book with one assumption that now has a source (a calibration, a local count): no longer a guess.

        The distribution becomes triangular between low and high, or fixed where they are one.
        """
        shape = "fixed" if low == high else "triangular"
        made = replace(
            self[name],
            value=value,
            low=low,
            high=high,
            distribution=shape,
            guess=False,
            guessed_range=False,
            source=source,
            changed=True,
        )
        return Book(MappingProxyType({**self.assumptions, name: made}))

    def draws(self, count: int, seed: int) -> Floats:
        """[draw, name]: so many sets of values. A draw depends on (seed, its number, the name's place) alone.

        The effects of collaborating share one common factor: evidence is good or bad as a whole, and drawing each
        by itself would make the sum look far surer than anyone is.
        """
        rank = normals(seed, 0, count, len(self.assumptions) + 1)
        common, together = rank[:, -1], self["together"].value
        out = np.empty((count, len(self.assumptions)))
        for place, assumption in enumerate(self):
            own = rank[:, place]
            if assumption.better:
                sign = 1.0 if assumption.better == "high" else -1.0
                own = sign * (np.sqrt(together) * common + np.sqrt(1.0 - together) * own)
            out[:, place] = assumption.quantile(own)
        return out


@cache
def layout(names: tuple[str, ...]) -> tuple[str, ...]:
    """A book's names in the order in which kernels read one way's values: the process, then money; `way.` is any."""
    every = dict.fromkeys(READS)
    for name in names:
        way, dot, rest = name.partition(".")
        every.setdefault(f"way.{rest}" if dot and way in WAYS else name)
    return tuple(every)


@cache
def columns(names: tuple[str, ...], way: str) -> Ints:
    """For each name of the layout, its place among a book's names when that way is meant.

    Raises KeyError for an unknown way, or a name that the book lacks.
    """
    if way not in WAYS:
        raise KeyError(f"no way of working is called {way!r}; there are {', '.join(WAYS)}")
    place = {name: n for n, name in enumerate(names)}
    return np.array([place[name.replace("way.", f"{way}.")] for name in layout(names)], dtype=np.int64)


@cache
def standard() -> Book:
    """The book that is shipped: `assumptions.csv`, in SEK of PRICE_YEAR."""
    with files("samverk.fates").joinpath("assumptions.csv").open(encoding="utf-8") as lines:
        read = [assumption_of(row) for row in csv.DictReader(lines)]
    return Book(MappingProxyType({assumption.name: assumption for assumption in read}))


def assumption_of(row: Mapping[str, str]) -> Assumption:
    """An assumption from a line of the file, its amounts moved to PRICE_YEAR."""
    year = int(row["price_year"]) if row["price_year"] else None
    factor = uprating(year, PRICE_YEAR)[0] if year else 1.0
    source = row["source"] if year in (None, PRICE_YEAR) else f"{row['source']}; {uprating(year or 0, PRICE_YEAR)[1]}"
    return Assumption(
        name=row["name"],
        unit=row["unit"],
        value=float(row["value"]) * factor,
        low=float(row["low"]) * factor,
        high=float(row["high"]) * factor,
        distribution=row["distribution"],
        guess=row["guess"] == "yes",
        guessed_range=row["guess"] in ("yes", "range"),
        better=row["better"],
        price_year=year,
        source=source,
        sv=row["sv"],
        en=row["en"],
    )


@cache
def indices() -> Mapping[str, Mapping[int, float]]:
    """Yearly values of each index in `index.csv`."""
    with files("samverk.fates").joinpath("index.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return {
        name: {int(row["year"]): float(row[name]) for row in rows if row[name]}
        for name in ("consumer_prices", "price_base_amount")
    }


def uprating(year: int, to: int) -> tuple[float, str]:
    """The factor from prices of one year to another's, and in words how it was found.

    Raises ValueError for a year that no index reaches: nothing is extrapolated.
    """
    for name, values in indices().items():
        first, last = min(values), max(values)
        if first <= min(year, to) and max(year, to) <= last:
            known = np.array(sorted(values))
            at = np.interp([year, to], known, [values[int(n)] for n in known])
            how = "" if {year, to} <= values.keys() else ", read between the years that are known"
            return float(at[1] / at[0]), f"moved from {year} to {to} by {name.replace('_', ' ')}{how}"
    raise ValueError(f"no index reaches from {year} to {to}")
