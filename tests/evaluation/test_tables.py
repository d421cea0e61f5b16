"""DuckDB, Spark and the kernel give the same, for the same expression."""

import importlib
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

import ibis  # type: ignore[import-untyped]
import numpy as np
import pytest

from samverk.evaluation.calendar import day_number
from samverk.evaluation.costs import costs_of
from samverk.evaluation.improvement import Windows
from samverk.evaluation.oracle import Row
from samverk.evaluation.prices import PriceBook
from samverk.evaluation.spells import Spells
from samverk.evaluation.synthetic import World, WorldRecipe, generate_world
from samverk.evaluation.tables import cost_expression, prices_frame, spells_frame, windows_frame
from tests.evaluation.test_costs import price
from tests.evaluation.worlds import spells_of

WITHOUT_JAVA = pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, which this machine has not")


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    pyspark = importlib.import_module("pyspark.sql")  # where there is Java, `make spark` has installed it
    patch = pytest.MonkeyPatch()
    patch.setenv("PYSPARK_PYTHON", sys.executable)
    session = (
        pyspark.SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield ibis.pyspark.connect(session)
    session.stop()
    patch.undo()


@pytest.fixture
def backend(request: pytest.FixtureRequest) -> Any:
    return ibis.duckdb.connect() if request.param == "duckdb" else request.getfixturevalue("spark")


def world() -> World:
    return generate_world(WorldRecipe(people=60, months_before=6, months_after=6), np.random.default_rng(1))


def put(connection: Any, name: str, frame: Any) -> Any:
    """The frame as a table; it is seen where it lies, and nothing is written."""
    if connection.name == "duckdb":
        connection.con.register(name, frame)
    else:
        session = importlib.import_module("pyspark.sql").SparkSession.active()
        session.createDataFrame(frame).createOrReplaceTempView(name)
    return connection.table(name)


def run(connection: Any, spells: Spells, book: PriceBook, windows: Windows) -> Any:
    lo, hi = windows.before_from, windows.after_to
    frames = {
        "spells": spells_frame(spells),
        "prices": prices_frame(book, spells.kinds, spells.payers, int(lo.min()), int(hi.max())),
        "windows": windows_frame(windows.people, lo, hi),
    }
    tables = {name: put(connection, name, frame) for name, frame in frames.items()}
    expression = cost_expression(tables["spells"], tables["prices"], tables["windows"], book.accounts)
    return connection.execute(expression).sort_values("person")


pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
both = pytest.mark.parametrize(
    "backend", ["duckdb", pytest.param("spark", marks=[WITHOUT_JAVA, pytest.mark.slow])], indirect=True
)


@both
def test_the_expression_gives_what_the_kernel_gives(backend: Any) -> None:
    made = world()
    got = run(backend, made.livelihood, made.book, made.windows)
    lo, hi = made.windows.before_from, made.windows.after_to
    expected = costs_of([made.livelihood], made.book, people=made.windows.people, lo=lo, hi=hi)
    assert list(got["person"]) == list(expected.people)
    assert got[list(expected.accounts)].to_numpy() == pytest.approx(expected.net, rel=1e-9, abs=1e-6)
    assert (got["unpriced"] == 0).all()


@both
def test_a_payer_not_known_and_a_day_without_a_price_are_kept(backend: Any) -> None:
    book = PriceBook((price(payer="*", valid_to=date(2020, 1, 11)),))
    row = Row(
        person="Egon",
        kind="sickness benefit",
        start=date(2020, 1, 1),
        stop=date(2020, 2, 1),
        extent=1.0,
        payer="elsewhere",
    )
    spells = spells_of([row])
    each = [np.array([day_number(d)], dtype=np.int32) for d in (date(2020, 1, 1), date(2021, 1, 1))]
    windows = Windows(spells.people, each[0], each[0], each[1], each[1])
    got = run(backend, spells, book, windows)
    assert float(got["unallocated"].iloc[0]) == pytest.approx(-1000)
    assert float(got["unpriced"].iloc[0]) == 21
