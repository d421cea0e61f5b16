"""The long proof of the rule: generated decisions without end, in pieces that can be stopped and taken up again.

    python -m bench.door_soak memory  [--to 100000000] [--seconds 600]
    python -m bench.door_soak sql     [--to 10000000]  [--seconds 600]
    python -m bench.door_soak policy  [--to 10000000]  [--seconds 600]     PostgreSQL alone
    python -m bench.door_soak race    [--to 1000000]   [--seconds 600]
    python -m bench.door_soak report

Each piece has a seed of its own, the next after the last that was finished; var/soak-door.json keeps what has been
counted, by kind and database. A piece that was interrupted is not counted. The exit code is 1 after any failure.
"""

import argparse
import json
import multiprocessing
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.door_house import house

STATE = Path("var") / "soak-door.json"
GOALS = {"memory": 100_000_000, "sql": 10_000_000, "policy": 10_000_000, "race": 1_000_000}
WORLDS = {"memory": 4000, "sql": 200, "policy": 8}
"""Worlds in a piece (of the policy: side by side, since every row is decided for every reader)."""
RACE = 1000
FAILURES_KEPT = 20


def say(text: str) -> None:
    """A line on the screen, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _state() -> dict[str, Any]:
    return json.loads(STATE.read_text()) if STATE.exists() else {}  # type: ignore[no-any-return]


def _keep(kind: str, seed: int, decisions: int, failures: list[str]) -> dict[str, Any]:
    """Add a finished piece to what is kept; in one rename, so that a stopped soak leaves no half file."""
    state = _state()
    row = state.setdefault(kind, {"next_seed": 1, "count": 0, "pieces": 0, "failed": 0, "failures": []})
    row["next_seed"] = max(row["next_seed"], seed + 1)
    row["count"] += decisions
    row["pieces"] += 1
    row["failed"] += len(failures)
    row["failures"] = (row["failures"] + failures)[:FAILURES_KEPT]
    STATE.parent.mkdir(exist_ok=True)
    new = STATE.with_suffix(".new")
    new.write_text(json.dumps(state, indent=1))
    new.replace(STATE)
    return row  # type: ignore[no-any-return]


def worlds_of(kind: str, seed: int) -> Any:
    """The worlds of one piece: of three moves, of four or of five, by turns."""
    from tests.generative import moves

    return moves.seeded(seed, WORLDS[kind], moves=3 + seed % 3)


def in_memory(seed: int) -> tuple[int, int, list[str]]:
    """One piece of decide() against the oracle."""
    from tests.generative.agree import by_decide, compare

    tally = compare(by_decide, worlds_of("memory", seed))
    return seed, tally.decisions, tally.leaks + tally.wrong_refusals


def in_database(kind: str, seed: int) -> tuple[int, int, list[str]]:
    """One piece through SQL, or through row security alone, rolled back afterwards."""
    from django.db import transaction

    from tests.generative.agree import by_row_security, by_sql, compare
    from tests.generative.rows import put

    worlds = list(worlds_of(kind, seed))
    with transaction.atomic():
        put(worlds)
        tally = compare(by_sql if kind == "sql" else by_row_security, worlds)
        transaction.set_rollback(True)
    return seed, tally.decisions, tally.leaks + tally.wrong_refusals


def soak(kind: str, *, name: str, to: int, seconds: float, run: Callable[[list[int]], Any], wide: int = 1) -> None:
    """Run pieces until so many have been counted in all, or the time is up."""
    start, row = perf_counter(), _state().get(name, {"next_seed": 1, "count": 0, "failed": 0})
    while row["count"] < to and perf_counter() - start < seconds:
        first = row["next_seed"]
        for seed, count, failures in run(list(range(first, first + wide))):
            row = _keep(name, seed, count, [f"seed {seed}: {each}" for each in failures])
            for failure in failures[:FAILURES_KEPT]:
                say(f"  FAILED {name}, seed {seed}: {failure}")
        say(f"{name}: seed {row['next_seed'] - 1}, {row['count']:,} of {to:,}, {row['failed']} failures")


def report() -> int:
    """What has been counted so far, kind by kind."""
    state = _state()
    for name, row in sorted(state.items()):
        goal = GOALS[name.partition(" ")[0]]
        say(f"{name}: {row['count']:,} of {goal:,} ({row['pieces']:,} pieces), {row['failed']} failures")
    return 1 if any(row["failed"] for row in state.values()) else 0


def main() -> int:
    """Run one kind of soak for a while, or report."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("kind", choices=[*GOALS, "report"])
    options.add_argument("--to", type=int)
    options.add_argument("--seconds", type=float, default=600)
    options.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    told = options.parse_args()
    if told.kind == "report":
        return report()
    to = told.to or GOALS[told.kind]
    with house() as vendor:
        if told.kind == "memory":
            with multiprocessing.get_context("fork").Pool(told.processes) as pool:
                run = lambda seeds: pool.imap(in_memory, seeds)  # noqa: E731
                soak("memory", name="memory", to=to, seconds=told.seconds, run=run, wide=told.processes * 4)
            return report()
        name = f"{told.kind} {vendor}"
        if told.kind == "race":
            from bench.door_race import race

            def races(seeds: list[int]) -> Any:
                for seed in seeds:
                    found = race(responses=RACE, readers=6, seed=seed, spoiled="")
                    yield seed, found.responses, [] if found.clean else [json.dumps(asdict(found))]

            soak("race", name=name, to=to, seconds=told.seconds, run=races)
        else:
            run = lambda seeds: (in_database(told.kind, seed) for seed in seeds)  # noqa: E731
            soak(told.kind, name=name, to=to, seconds=told.seconds, run=run)
    return report()


if __name__ == "__main__":
    sys.exit(main())
