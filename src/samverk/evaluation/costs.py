"""What the spells cost, per person and account. Totals close: what parties pay others receive, or resources are used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from samverk.evaluation.calendar import DAYS_A_YEAR, DayNumbers, Floats
from samverk.evaluation.cumulative import cumulate, holds
from samverk.evaluation.kernel import accumulate
from samverk.evaluation.prices import RESOURCES, UNALLOCATED, PriceBook, Unit
from samverk.evaluation.problems import Invalid, Problem, whole
from samverk.evaluation.spells import Spells


@dataclass(frozen=True, slots=True, eq=False)
class Costs:
    """`net[person, account]`, SEK: what the account received less what it paid. Minus is a cost.

    The last account is `RESOURCES`: what was used up (plus) or made (minus) by all together.
    """

    people: npt.NDArray[Any]
    accounts: tuple[str, ...]
    net: Floats
    unpriced_days: Floats

    def of(self, account: str) -> Floats:
        """One account's net, by person; SEK."""
        return self.net[:, self.accounts.index(account)]

    def totals(self) -> dict[str, float]:
        """Each account's net over all people; SEK."""
        return {account: float(self.of(account).sum()) for account in self.accounts}

    def society(self) -> Floats:
        """All parties together, by person; SEK. Transfers cancel: it is the real resources, with the sign turned."""
        total: Floats = self.net[:, :-1].sum(axis=1)
        return total

    def closes(self) -> bool:
        """Whether every person's accounts sum to zero, to a hundredth of an öre for each million that moved."""
        moved = np.abs(self.net).sum(axis=1)
        return bool((np.abs(self.net.sum(axis=1)) <= 1e-4 + 1e-10 * moved).all())


def costs_of(
    streams: Sequence[Spells],
    book: PriceBook,
    *,
    people: npt.NDArray[Any],
    lo: DayNumbers,
    hi: DayNumbers,
    rate: float = 0.0,
    day_zero: DayNumbers | None = None,
    allow_unpriced: bool = False,
    threads: int | None = None,
) -> Costs:
    """The costs of each of `people` on her days from `lo` up to `hi`, over all the streams.

    `rate` discounts to her own day in `day_zero` (share a year, by the day). A spell on a day without a price raises
    `Invalid` naming the kinds, unless `allow_unpriced`: then it costs nothing and `unpriced_days` tells how much it is.
    """
    _check(streams, people, lo, hi, rate, day_zero)
    if book.accounts[-1] != RESOURCES:
        raise ValueError("the last account is that of resources")
    net = np.zeros((people.size, len(book.accounts)))
    unpriced = np.zeros(people.size)
    inside = lo < hi
    first = int(lo[inside].min()) if inside.any() else 0
    stop = int(hi[inside].max()) if inside.any() else 1
    for spells in streams:
        prices = cumulate(book, spells.kinds, spells.payers, first, stop, rate=rate)
        place, known = _places(people, spells.people)
        theirs_lo = np.where(known, lo[place], 0).astype(np.int32)
        theirs_hi = np.where(known, hi[place], 0).astype(np.int32)
        part, lacking = accumulate(spells, prices, theirs_lo, theirs_hi, threads=threads)
        if lacking.any() and not allow_unpriced:
            raise _without_price(spells, book, first, stop)
        _check_each(spells, book)
        if part.shape == net.shape and known.all():
            net += part
            unpriced += lacking
        else:
            net[place[known]] += part[known]
            unpriced[place[known]] += lacking[known]
    if day_zero is not None and rate:
        net *= ((1.0 + rate) ** (day_zero / DAYS_A_YEAR))[:, None]
    return Costs(people=people, accounts=book.accounts, net=net, unpriced_days=unpriced)


def total_costs(streams: Sequence[Spells], book: PriceBook, **options: Any) -> Costs:
    """The costs of everyone in the streams over all days observed."""
    people = np.unique(np.concatenate([spells.people for spells in streams]))
    lo = np.full(people.size, np.iinfo(np.int32).max, dtype=np.int32)
    hi = np.full(people.size, np.iinfo(np.int32).min, dtype=np.int32)
    for spells in streams:
        place, _ = _places(people, spells.people)
        lo[place] = np.minimum(lo[place], spells.observed_from)
        hi[place] = np.maximum(hi[place], spells.observed_until)
    return costs_of(streams, book, people=people, lo=lo, hi=hi, **options)


def with_rest(parts: Mapping[str, float], total: float) -> dict[str, float]:
    """Printed parts that do not sum to their printed total, with the rest on its own row; any unit."""
    if UNALLOCATED in parts:
        raise whole(UNALLOCATED, "it is what the others leave over: do not give it")
    return {**parts, UNALLOCATED: total - sum(parts.values())}


def _check(
    streams: Sequence[Spells],
    people: npt.NDArray[Any],
    lo: DayNumbers,
    hi: DayNumbers,
    rate: float,
    day_zero: DayNumbers | None,
) -> None:
    if not streams:
        raise whole("streams", "give at least one stream of spells")
    if len({spells.stream for spells in streams}) != len(streams):
        raise whole("streams", "each stream comes once: what is in two is counted twice")
    if not people.size == lo.size == hi.size:
        raise whole("lo", "there is one first day and one last day for each person")
    if people.size > 1 and not (people[1:] > people[:-1]).all():
        raise whole("people", "they are sorted, and each comes once")
    if rate and day_zero is None:
        raise whole("day_zero", "say to which day of hers the amounts are discounted")


def _places(people: npt.NDArray[Any], theirs: npt.NDArray[Any]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    """For each of `theirs` the place among `people`, and whether she is there."""
    if not people.size:
        return np.zeros(theirs.size, dtype=np.intp), np.zeros(theirs.size, dtype=bool)
    place = np.minimum(np.searchsorted(people, theirs), people.size - 1)
    return place, np.asarray(people[place] == theirs)


def _without_price(spells: Spells, book: PriceBook, first: int, stop: int) -> Invalid:
    problems = []
    for k, kind in enumerate(spells.kinds):
        rows = [row for row in book.rows if row.kind == kind]
        priced = np.zeros(stop - first, dtype=bool)
        for row in rows:
            priced |= holds(row, first, stop) > 0
        mine = spells.kind == k
        since = np.clip(spells.start[mine], first, stop) - first
        until = np.clip(spells.stop[mine], first, stop) - first
        days = np.concatenate([[0], np.cumsum(~priced)])
        lacking = days[until] - days[since]
        if lacking.any():
            which = np.datetime64(first + int(np.flatnonzero(~priced)[0]), "D")
            text = f"{int(lacking.sum())} days of spells have no price (the first such day is {which})"
            problems.append(Problem(0, kind, text))
    return Invalid(problems)


def _check_each(spells: Spells, book: PriceBook) -> None:
    """What is priced by the piece happens on one day: the extent is how many."""
    by_piece = {row.kind for row in book.rows if row.unit is Unit.EACH}
    for k, kind in enumerate(spells.kinds):
        if kind in by_piece:
            mine = spells.kind == k
            if (spells.stop[mine] - spells.start[mine] != 1).any():
                raise whole(kind, "it is priced by the piece: give each a spell of one day, with how many as extent")
