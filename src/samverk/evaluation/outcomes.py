"""From spells to the sample that an estimator needs: one account, SEK per person and year, in each period."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from samverk.evaluation.calendar import MONTHS_A_YEAR, DayNumbers, Floats, months_between
from samverk.evaluation.costs import costs_of
from samverk.evaluation.improvement import LEAST_MONTHS, observed
from samverk.evaluation.prices import PriceBook
from samverk.evaluation.problems import whole
from samverk.evaluation.sample import Sample
from samverk.evaluation.spells import Spells

Period = tuple[DayNumbers, DayNumbers]  # for each person her first day in it and the day after her last


def sample_of(
    streams: Sequence[Spells],
    book: PriceBook,
    account: str,
    people: npt.NDArray[Any],
    treated: npt.NDArray[np.bool_],
    *,
    before: Sequence[Period],
    after: Period,
    covariates: Floats | None = None,
    names: tuple[str, ...] = (),
    team: npt.NDArray[np.int64] | None = None,
    least_months: float = LEAST_MONTHS,
) -> Sample:
    """The account's net a year of each of `people` (sorted), in the periods before (the oldest first) and after.

    Who was observed for less than `least_months` after counts as dropped out; who was not observed in a period before
    makes the sample `Invalid`, by row. `account` "society" is all parties together.
    """
    if account not in (*book.accounts, "society"):
        raise whole("account", f"{account!r} is none of society, {', '.join(book.accounts)}")
    lo, hi = observed(streams, people)

    def yearly(period: Period) -> Floats:
        since, until = np.maximum(period[0], lo), np.minimum(period[1], hi)
        months = months_between(since, until)
        costs = costs_of(streams, book, people=people, lo=since, hi=until)
        net = costs.society() if account == "society" else costs.of(account)
        rate = np.full(people.size, np.nan)
        enough = months >= least_months
        rate[enough] = net[enough] / months[enough] * MONTHS_A_YEAR
        return rate

    return Sample(
        treated=treated,
        before=np.column_stack([yearly(period) for period in before]),
        after=yearly(after),
        covariates=np.empty((0, 0)) if covariates is None else covariates,
        names=names,
        team=team,
    )
