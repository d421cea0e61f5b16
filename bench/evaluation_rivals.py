"""The other ways to the same figures, each written as well as its library allows: pandas, Polars, DuckDB.

All get the same spells and prices and give SEK per person and party over the whole time. Two go by months, as such
evaluations usually do: each spell becomes one row a month. DuckDB goes by intervals, as our own kernel does.
"""

from collections.abc import Callable
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd  # type: ignore[import-untyped]
import polars as pl

from bench.evaluation_panel import Panel


def frame(panel: Panel) -> Any:
    """The spells as plain columns."""
    spells = panel.spells
    columns = {"person": spells.owner.astype(np.int32), "kind": spells.kind.astype(np.int16)}
    return columns | {"start": spells.start, "stop": spells.stop, "extent": spells.extent}


def by_pandas(table: Any, panel: Panel) -> npt.NDArray[np.float64]:
    """By months: rows repeated, days counted with arrays, one grouping for kind and person, then a matrix product."""
    first = np.searchsorted(panel.month_start, table["start"].to_numpy(), side="right") - 1
    last = np.searchsorted(panel.month_start, table["stop"].to_numpy() - 1, side="right") - 1
    many = last - first + 1
    long = table.loc[table.index.repeat(many), ["person", "kind", "start", "stop", "extent"]]
    month = np.repeat(first - np.concatenate([[0], np.cumsum(many)[:-1]]), many) + np.arange(len(long))
    begins, ends = panel.month_start[month], panel.month_start[month + 1]
    days = np.minimum(long["stop"].to_numpy(), ends) - np.maximum(long["start"].to_numpy(), begins)
    key = long["person"].to_numpy().astype(np.int64) * len(panel.monthly) + long["kind"].to_numpy()
    share = pd.Series(long["extent"].to_numpy() * days / (ends - begins))
    summed = share.groupby(key, sort=True).sum()
    kinds = len(panel.monthly)
    matrix = np.zeros((panel.spells.people.size, kinds))
    matrix.reshape(-1)[summed.index.to_numpy()] = summed.to_numpy()
    result: npt.NDArray[np.float64] = matrix @ panel.monthly
    return result


def by_polars(table: pl.DataFrame, panel: Panel) -> npt.NDArray[np.float64]:
    """By months, lazily, on the streaming engine: ranges of months exploded, then grouped twice."""
    months = pl.DataFrame(
        {
            "month": np.arange(panel.month_start.size - 1, dtype=np.int32),
            "begins": panel.month_start[:-1],
            "ends": panel.month_start[1:],
        }
    )
    numbers = _month_of_day(panel)
    prices = pl.DataFrame(
        {"kind": np.arange(len(panel.monthly), dtype=np.int16)}
        | {party: panel.monthly[:, p] for p, party in enumerate(panel.parties)}
    )
    first = int(panel.month_start[0])
    lookup = pl.Series(numbers)
    query = (
        table.lazy()
        .with_columns(
            since=lookup.gather(table["start"] - first),
            until=lookup.gather(table["stop"] - 1 - first) + 1,
        )
        .with_columns(month=pl.int_ranges("since", "until", dtype=pl.Int32))
        .explode("month")
        .join(months.lazy(), on="month")
        .with_columns(
            share=pl.col("extent")
            * (pl.min_horizontal("stop", "ends") - pl.max_horizontal("start", "begins"))
            / (pl.col("ends") - pl.col("begins"))
        )
        .group_by("person", "kind")
        .agg(pl.col("share").sum())
        .join(prices.lazy(), on="kind")
        .group_by("person")
        .agg([(pl.col("share") * pl.col(party)).sum().alias(party) for party in panel.parties])
        .sort("person")
    )
    return query.collect(engine="streaming").select(panel.parties).to_numpy()


def _month_of_day(panel: Panel) -> npt.NDArray[np.int32]:
    return np.repeat(np.arange(panel.month_start.size - 1, dtype=np.int32), np.diff(panel.month_start))


def by_duckdb(connection: duckdb.DuckDBPyConnection, panel: Panel) -> npt.NDArray[np.float64]:
    """By intervals: two joins with the cumulative prices."""
    sums = ", ".join(f"sum(extent * (b.{party} - a.{party})) AS {party}" for party in panel.parties)
    found = connection.execute(
        f"SELECT person, {sums} FROM spells s"  # noqa: S608 - the names are our own
        " JOIN prices a ON a.kind = s.kind AND a.day = s.start JOIN prices b ON b.kind = s.kind AND b.day = s.stop"
        " GROUP BY person ORDER BY person"
    ).fetchnumpy()
    return np.column_stack([np.asarray(found[party]) for party in panel.parties])


def duckdb_tables(panel: Panel) -> duckdb.DuckDBPyConnection:
    """A database in memory with the spells and the cumulative prices in it."""
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    days = panel.prices.stop - panel.prices.first + 1
    kinds = len(panel.monthly)
    flat = panel.prices.amounts[panel.prices.profile[:, 0]].reshape(kinds * days, -1)
    prices = pl.DataFrame(
        {
            "kind": np.repeat(np.arange(kinds, dtype=np.int16), days),
            "day": np.tile(np.arange(panel.prices.first, panel.prices.stop + 1, dtype=np.int32), kinds),
        }
        | {party: flat[:, p] for p, party in enumerate(panel.parties)}
    )
    spells = pl.DataFrame(frame(panel))
    connection.register("given_prices", prices.to_arrow())
    connection.register("given_spells", spells.to_arrow())
    connection.execute("CREATE TABLE prices AS SELECT * FROM given_prices")
    connection.execute("CREATE TABLE spells AS SELECT * FROM given_spells")
    return connection


def rival(name: str, panel: Panel) -> Callable[[], npt.NDArray[np.float64]]:
    """The rival's way, with its tables made."""
    if name == "pandas":
        columns = pd.DataFrame(frame(panel))
        return lambda: by_pandas(columns, panel)
    if name == "polars":
        table = pl.DataFrame(frame(panel))
        return lambda: by_polars(table, panel)
    connection = duckdb_tables(panel)
    return lambda: by_duckdb(connection, panel)
