"""The same costs as table expressions, for data that lie in a database: DuckDB on one machine, Spark for a nation.

Only joins, filters and sums, which both give alike: a spell's cost is its extent x (C[stop] - C[start]), where C comes
from a small table of cumulative prices by kind, payer and day. Written with ibis; nothing is computed here.
"""

from typing import Any

import ibis  # type: ignore[import-untyped]
import numpy as np
import pandas as pd  # type: ignore[import-untyped]
from ibis.expr.types import Table  # type: ignore[import-untyped]

from samverk.evaluation.calendar import DayNumbers
from samverk.evaluation.cumulative import Cumulative, cumulate
from samverk.evaluation.prices import PriceBook
from samverk.evaluation.spells import Spells

SPELL_COLUMNS = ("person", "kind", "payer", "start", "stop", "extent")


def spells_frame(spells: Spells) -> Any:
    """The spells as a pandas frame with `SPELL_COLUMNS`; days are numbers. For data small enough to send."""
    return pd.DataFrame(
        {
            "person": spells.people[spells.owner],
            "kind": np.array(spells.kinds, dtype=object)[spells.kind],
            "payer": np.array(spells.payers, dtype=object)[spells.payer],
            "start": spells.start,
            "stop": spells.stop,
            "extent": spells.extent,
        }
    )


def prices_frame(
    book: PriceBook, kinds: tuple[str, ...], payers: tuple[str, ...], first: int, stop: int, *, rate: float = 0.0
) -> Any:
    """One row a kind, payer and day from `first` to `stop`, both included: what an extent of 1 has cost so far, SEK.

    The columns are `kind`, `payer`, `day`, one for each account, and `priced`: the days that have a price.
    """
    return _flat(cumulate(book, kinds, payers, first, stop, rate=rate), kinds, payers)


def _flat(prices: Cumulative, kinds: tuple[str, ...], payers: tuple[str, ...]) -> Any:
    days = prices.stop - prices.first + 1
    columns: dict[str, Any] = {
        "kind": np.repeat(np.array(kinds, dtype=object), len(payers) * days),
        "payer": np.tile(np.repeat(np.array(payers, dtype=object), days), len(kinds)),
        "day": np.tile(np.arange(prices.first, prices.stop + 1, dtype=np.int32), len(kinds) * len(payers)),
    }
    flat = prices.amounts[prices.profile.reshape(-1)].reshape(-1, len(prices.accounts) + 1)
    columns |= {name: flat[:, a] for a, name in enumerate((*prices.accounts, "priced"))}
    return pd.DataFrame(columns)


def windows_frame(people: Any, lo: DayNumbers, hi: DayNumbers) -> Any:
    """Each person's days, from `lo` up to `hi`."""
    return pd.DataFrame({"person": people, "lo": lo, "hi": hi})


def cost_expression(spells: Table, prices: Table, windows: Table, accounts: tuple[str, ...]) -> Table:
    """For each person in `windows` with a spell there: SEK by account, and `unpriced` days, as an ibis expression."""
    # New names on either side of each join: the backends differ in what they call a column that both have.
    theirs = windows.rename(window_person="person")
    joined = spells.join(theirs, spells.person == theirs.window_person)
    clipped = joined.mutate(
        since=ibis.greatest(joined.start, joined.lo), until=ibis.least(joined.stop, joined.hi)
    ).select("person", "kind", "payer", "extent", "since", "until")
    clipped = clipped.filter(clipped.until > clipped.since)
    ends = {}
    for side in ("since", "until"):
        names = {f"{side}_{name}": name for name in ("kind", "payer", "day", *accounts, "priced")}
        ends[side] = prices.select(**{new: prices[old] for new, old in names.items()})
    found = clipped
    for side, table in ends.items():
        found = found.join(
            table,
            [
                found.kind == table[f"{side}_kind"],
                found.payer == table[f"{side}_payer"],
                found[side] == table[f"{side}_day"],
            ],
            how="left",  # a kind that the prices do not know is unpriced, not gone
        )

    def between(name: str) -> Any:
        return (found[f"until_{name}"] - found[f"since_{name}"]).coalesce(0.0)

    sums = {name: (found.extent * between(name)).sum() for name in accounts}
    lacking = (found.until - found.since - between("priced")).sum()
    return found.group_by("person").aggregate(**sums, unpriced=lacking)
