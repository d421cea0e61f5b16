"""Improvement per person and year: the mean month after less the mean month before, times twelve, per account.

Months are observed calendar months (`calendar.months_between`); what was asked for but not observed is shown as
coverage, never filled in. It is a change, not an effect: `effects` compares.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from samverk.evaluation.calendar import MONTHS_A_YEAR, DayNumbers, Floats, months_between
from samverk.evaluation.costs import costs_of
from samverk.evaluation.prices import PriceBook
from samverk.evaluation.problems import whole
from samverk.evaluation.spells import Spells

LEAST_MONTHS = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """For each person, in the order of `people`: the days before and the days after, half-open."""

    people: npt.NDArray[Any]
    before_from: DayNumbers
    before_to: DayNumbers
    after_from: DayNumbers
    after_to: DayNumbers


@dataclass(frozen=True, slots=True, eq=False)
class Improvement:
    """`per_year[person, account]`, SEK per person and year: plus is better off. NaN: not observed enough.

    The columns are the parties (the unallocated row among them) and last the real resources.
    """

    people: npt.NDArray[Any]
    accounts: tuple[str, ...]
    per_year: Floats
    months_before: Floats
    months_after: Floats
    asked_before: Floats
    asked_after: Floats

    @property
    def observed(self) -> npt.NDArray[np.bool_]:
        """Who was observed long enough on both sides."""
        seen: npt.NDArray[np.bool_] = ~np.isnan(self.per_year[:, 0])
        return seen

    @property
    def coverage(self) -> float:
        """The share of the months asked for that were observed, over all people, those left out too."""
        asked = float((self.asked_before + self.asked_after).sum())
        return float((self.months_before + self.months_after).sum()) / asked if asked else 0.0

    def of(self, account: str) -> Floats:
        """One account of those observed; SEK per person and year."""
        column: Floats = np.asarray(self.per_year[self.observed, self.accounts.index(account)])
        return column

    def means(self) -> dict[str, float]:
        """Each account's mean over those observed; SEK per person and year. NaN when nobody was."""
        if not self.observed.any():
            return dict.fromkeys(self.accounts, float("nan"))
        return {account: float(self.of(account).mean()) for account in self.accounts}

    def totals(self) -> dict[str, float]:
        """Each account's sum over those observed; SEK a year."""
        return {account: float(self.of(account).sum()) for account in self.accounts}

    def society(self) -> Floats:
        """All parties together, of those observed; SEK per person and year. Transfers cancel in it."""
        total: Floats = np.asarray(self.per_year[self.observed, :-1].sum(axis=1))
        return total


def improvement(
    streams: Sequence[Spells],
    book: PriceBook,
    windows: Windows,
    *,
    least_months: float = LEAST_MONTHS,
    allow_unpriced: bool = False,
) -> Improvement:
    """The change from the days before to the days after, as far as each person was observed in every stream.

    Who has fewer than `least_months` observed months on either side is left out (NaN), and counted.
    """
    _check(windows)
    lo, hi = observed(streams, windows.people)
    parts = {}
    for side, since, until in (
        ("before", windows.before_from, windows.before_to),
        ("after", windows.after_from, windows.after_to),
    ):
        clipped_since, clipped_until = np.maximum(since, lo), np.minimum(until, hi)
        months = months_between(clipped_since, clipped_until)
        net = costs_of(
            streams, book, people=windows.people, lo=clipped_since, hi=clipped_until, allow_unpriced=allow_unpriced
        ).net
        enough = months >= least_months
        rate = np.full(net.shape, np.nan)
        rate[enough] = net[enough] / months[enough, None] * MONTHS_A_YEAR
        parts[side] = rate, months, months_between(since, until)
    return Improvement(
        people=windows.people,
        accounts=book.accounts,
        per_year=parts["after"][0] - parts["before"][0],
        months_before=parts["before"][1],
        months_after=parts["after"][1],
        asked_before=parts["before"][2],
        asked_after=parts["after"][2],
    )


def observed(streams: Sequence[Spells], people: npt.NDArray[Any]) -> tuple[DayNumbers, DayNumbers]:
    """For each person the days on which all the streams in which she is were observed; none where she is in none."""
    lo = np.full(people.size, np.iinfo(np.int32).min, dtype=np.int32)
    hi = np.full(people.size, np.iinfo(np.int32).max, dtype=np.int32)
    seen = np.zeros(people.size, dtype=bool)
    for spells in streams:
        at = np.flatnonzero(np.isin(people, spells.people))
        place = np.searchsorted(spells.people, people[at])
        lo[at] = np.maximum(lo[at], spells.observed_from[place])
        hi[at] = np.minimum(hi[at], spells.observed_until[place])
        seen[at] = True
    lo[~seen] = 0
    hi[~seen] = 0
    return lo, hi


def _check(windows: Windows) -> None:
    if (windows.before_to > windows.after_from).any():
        raise whole("windows", "what is before ends no later than what is after begins")
    if (windows.before_to <= windows.before_from).any() or (windows.after_to <= windows.after_from).any():
        raise whole("windows", "each window has at least a day")
