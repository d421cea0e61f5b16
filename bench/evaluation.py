"""The table of the evaluation's speed: the same figures four ways, in one run, best of several, with peak memory.

    python -m bench.evaluation --size 300000        (what `make bench-evaluation` does)
    python -m bench.evaluation --size 6000000       (a nation: against Polars alone)

Each way runs in a process of its own that reads the same people and imports nothing but what it needs, so that its
peak of memory is its own. Reading, and each way's own tables, are not timed. All ways have to agree to 1e-9.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bench.evaluation_panel import Panel
from samverk.days import add_months
from samverk.evaluation.calendar import day_number
from samverk.evaluation.cumulative import cumulate
from samverk.evaluation.kernel import accumulate
from samverk.evaluation.prices import Price, PriceBook, Unit
from samverk.evaluation.spells import Spells, Stream

FIRST = date(2015, 1, 1)
MONTHS = 60
KINDS = 8
PARTIES = ("state", "FK", "AF", "region", "municipality", "participant", "unallocated")
NAMES = ("pandas", "polars", "duckdb", "ours")
GOALS = {"pandas": 60, "polars": 40, "duckdb": 12}
MEMORY_GOAL = 0.6
NATION = 6_000_000
NATION_GOAL = 20


def people_of(people: int) -> dict[str, npt.NDArray[Any]]:
    """Invented people with some six spells each over sixty months, half-time now and then."""
    generator = np.random.default_rng(1)
    first, stop = day_number(FIRST), day_number(add_months(FIRST, MONTHS))
    many = np.minimum(1 + generator.poisson(5.2, people), 20)
    offsets = np.concatenate([[0], np.cumsum(many)]).astype(np.int64)
    rows = int(offsets[-1])
    owner = np.repeat(np.arange(people, dtype=np.int64), many)
    cuts = generator.integers(1, stop - first, rows, dtype=np.int32)
    start = cuts[np.argsort(owner * (1 << 12) + cuts, kind="stable")] + np.int32(first)
    start[offsets[:-1]] = first
    ends = np.append(start[1:], np.int32(stop))
    ends[offsets[1:] - 1] = stop
    ends = np.minimum(np.maximum(ends, start + 1), stop).astype(np.int32)
    return {
        "offsets": offsets,
        "kind": generator.integers(0, KINDS, rows).astype(np.int16),
        "start": np.minimum(start, ends - 1).astype(np.int32),
        "stop": ends,
        "extent": generator.choice([0.25, 0.5, 0.75, 1.0], rows),
    }


def invented_prices() -> PriceBook:
    """Three flows for each kind, SEK a month; they stand for nothing."""
    generator = np.random.default_rng(2)
    flows = (("state", "FK"), ("AF", "region"), ("municipality", "participant"))
    rows = tuple(
        Price(
            kind=str(k), payer=payer, receiver=receiver, amount=float(generator.integers(1_000, 20_000)),
            unit=Unit.MONTH, price_year=2015, source="invented for a benchmark", assumption=True,
        )
        for k in range(KINDS)
        for payer, receiver in flows
    )  # fmt: skip
    return PriceBook(rows, parties=PARTIES)


def panel(kept: str) -> Panel:
    """The people that were kept in a file, with prices."""
    columns = {name: np.load(Path(kept) / f"{name}.npy") for name in ("offsets", "kind", "start", "stop", "extent")}
    starts = np.array([day_number(add_months(FIRST, k)) for k in range(MONTHS + 1)], dtype=np.int32)
    first, stop = int(starts[0]), int(starts[-1])
    people, rows = columns["offsets"].size - 1, columns["start"].size
    spells = Spells(
        stream=Stream.PROGRAMME,
        people=np.arange(people),
        observed_from=np.full(people, first, dtype=np.int32),
        observed_until=np.full(people, stop, dtype=np.int32),
        kinds=tuple(str(k) for k in range(KINDS)),
        payers=("",),
        sources=("benchmark",),
        payer=np.zeros(rows, dtype=np.int16),
        source=np.zeros(rows, dtype=np.int16),
        **columns,
    )
    book = invented_prices()
    monthly = np.zeros((KINDS, len(PARTIES)))
    for row in book.rows:
        monthly[int(row.kind), PARTIES.index(row.payer)] -= row.amount or 0.0
        monthly[int(row.kind), PARTIES.index(row.receiver)] += row.amount or 0.0
    return Panel(spells, cumulate(book, spells.kinds, spells.payers, first, stop), PARTIES, starts, monthly)


def way(name: str, made: Panel) -> Callable[[], npt.NDArray[np.float64]]:
    """The way of that name, ready to be timed."""
    if name != "ours":
        from bench.evaluation_rivals import rival  # only who needs them pays for their memory

        return rival(name, made)
    buffer = np.empty((made.spells.people.size, len(PARTIES) + 1))
    lo, hi = made.spells.observed_from, made.spells.observed_until
    return lambda: accumulate(made.spells, made.prices, lo, hi, net=buffer)[0][:, :-1]


def alone(name: str, kept: str, times: int, keep: str) -> dict[str, Any]:
    """Times one way; its figures go to a file."""
    made = panel(kept)
    run = way(name, made)
    found = run()  # compiles and warms up
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        found = run()
        seconds.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    np.save(keep, found)
    return {"seconds": min(seconds), "peak": peak, "spells": len(made.spells)}


def compare(names: list[str], people: int, times: int) -> dict[str, dict[str, Any]]:
    """All ways, one after the other, each in a process of its own; they have to agree."""
    measured: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for column, values in people_of(people).items():
            np.save(Path(folder) / f"{column}.npy", values)
        for name in names:
            keep = str(Path(folder) / f"{name}.npy")
            command = [
                sys.executable,
                "-m",
                "bench.evaluation",
                "--alone",
                name,
                "--people",
                folder,
                "--times",
                str(times),
            ]
            answer = subprocess.run([*command, "--keep", keep], capture_output=True, text=True, check=False)  # noqa: S603
            if answer.returncode:
                sys.exit(f"{name} failed:\n{answer.stderr}")
            measured[name] = json.loads(answer.stdout.splitlines()[-1])
        ours = np.load(Path(folder) / "ours.npy", mmap_mode="r")
        scale = float(np.abs(ours).max())
        for name in names:
            np.testing.assert_allclose(
                np.load(Path(folder) / f"{name}.npy", mmap_mode="r"), ours, rtol=1e-9, atol=1e-9 * scale, err_msg=name
            )
    return measured


def report(measured: dict[str, dict[str, Any]], people: int) -> list[str]:
    """The table, then the ratios against their goals."""
    ours = measured["ours"]
    lines = [f"{people:,} people, {ours['spells']:,} spells, {MONTHS} months, {len(PARTIES)} parties, {KINDS} kinds"]
    lines += [f"{'':8} {'seconds':>9} {'peak MB':>9}"]
    lines += [f"{name:8} {one['seconds']:9.4f} {one['peak']:9.0f}" for name, one in measured.items()]
    nation = people >= NATION
    for name, goal in GOALS.items():
        if name in measured:
            label, goal = ("nation", NATION_GOAL) if nation and name == "polars" else (name, goal)
            lines.append(f"ratio {label} {measured[name]['seconds'] / ours['seconds']:.1f} (goal >= {goal})")
    if "polars" in measured:
        lines.append(f"ratio memory {ours['peak'] / measured['polars']['peak']:.2f} (goal <= {MEMORY_GOAL})")
    return lines


def main() -> None:
    """Reads what is asked for, and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=300_000, help="people")
    parser.add_argument("--times", type=int, default=5, help="runs of each way; the best counts")
    parser.add_argument("--only", help="ways, with commas between; ours always runs")
    parser.add_argument("--alone", help=argparse.SUPPRESS)
    parser.add_argument("--people", help=argparse.SUPPRESS)
    parser.add_argument("--keep", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.alone:
        sys.stdout.write(json.dumps(alone(asked.alone, asked.people, asked.times, asked.keep)) + "\n")
        return
    only = asked.only or ("polars" if asked.size >= NATION else ",".join(NAMES))
    names = [name for name in NAMES if name in {*only.split(","), "ours"}]
    sys.stdout.write("\n".join(report(compare(names, asked.size, asked.times), asked.size)) + "\n")


if __name__ == "__main__":
    main()
