"""What the door costs: a person's page and a work list on many people, and the log.

    python -m bench.door [--people 100000]        on SQLite, or on the PostgreSQL that SAMVERK_DATABASE names
    python -m bench.door --report                 the ratios of the last run on each, worst first

Every figure is taken through the real door with the real functions. On PostgreSQL row security is on.
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from bench.door_house import house, there
from bench.door_people import Crowd, fill, id_of

RESULTS = Path("var") / "bench-door"
FEW = 1000
SAMPLES = 300
GOALS = {"size": 1.5, "log": 2.0}


def say(text: str) -> None:
    """A line on the screen, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


@dataclass(frozen=True)
class Times:
    """How long something took, in milliseconds."""

    p50: float
    p95: float

    @classmethod
    def of(cls, seconds: list[float]) -> "Times":
        """From single times in seconds."""
        return cls(round(median(seconds) * 1000, 3), round(quantiles(seconds, n=20)[18] * 1000, 3))

    def __str__(self) -> str:
        return f"p50 {self.p50:.2f} ms, p95 {self.p95:.2f} ms"


def _actor(crowd: Crowd, official: int) -> Any:
    from samverk.access.actor import actor_of

    return there(actor_of(id_of("account", official)))


def pages(crowd: Crowd, *, people: list[int], repeat: int = 1) -> tuple[Times, Times, float]:
    """The page query of these people as their first official, then the same through the whole door. And rows a page."""
    from samverk.access.declare import ReadCase
    from samverk.access.door import door
    from samverk.access.timeline import timeline

    query, whole, rows = [], [], []
    for person in people * repeat:
        actor = _actor(crowd, crowd.officials_of(person)[0])
        start = perf_counter()
        with door(actor, ReadCase, case=id_of("case", person)) as permit:
            asked = perf_counter()
            rows.append(len(timeline(there(permit)).rows))
            query.append(perf_counter() - asked)
        whole.append(perf_counter() - start)
    return Times.of(query), Times.of(whole), sum(rows) / len(rows)


def lists(crowd: Crowd, *, officials: list[int]) -> tuple[Times, Times, float]:
    """The work list of these officials, of at most 50 cases; then the same through the whole door. And rows a list."""
    from samverk.access.cases import my_cases
    from samverk.access.declare_house import SeeMyDay
    from samverk.access.door import door

    query, whole, rows = [], [], []
    for official in officials:
        actor = _actor(crowd, official)
        start = perf_counter()
        with door(actor, SeeMyDay) as permit:
            asked = perf_counter()
            rows.append(len(my_cases(there(permit))))
            query.append(perf_counter() - asked)
        whole.append(perf_counter() - start)
    return Times.of(query), Times.of(whole), sum(rows) / len(rows)


def measure(people: int) -> dict[str, float]:
    """Fill a house with so many people and measure in it."""
    from django.db import connection
    from django.utils import timezone

    crowd = Crowd(people, timezone.now())
    start = perf_counter()
    fill(crowd)
    say(
        f"{connection.vendor}, {people:,} people, {people * 10 + 20_060:,} items: filled in {perf_counter() - start:.0f} s"
    )
    chance = Random(people)  # noqa: S311 (who is asked about is no secret)
    found: dict[str, float] = {}

    def tell(name: str, taken: Callable[[], tuple[Times, Times, float]]) -> None:
        query, whole, rows = taken()
        say(f"  {name} ({rows:.0f} rows): query {query}; through the door {whole}")
        found.update({f"{name} query": query.p50, f"{name} query p95": query.p95, f"{name} door": whole.p50})

    some = [chance.randrange(people) for _ in range(SAMPLES)]
    pages(crowd, people=some[:20])
    tell("page", lambda: pages(crowd, people=some))
    tell("page of one with 20,000 hidden items", lambda: pages(crowd, people=[people], repeat=20))
    tell("work list", lambda: lists(crowd, officials=[chance.randrange(crowd.officials) for _ in range(SAMPLES // 2)]))
    return found


def main() -> int:
    """Measure in a house of each size, then the log; or report."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=100_000)
    options.add_argument("--seconds", type=float, default=5.0, help="how long each number of writers writes events")
    options.add_argument("--report", action="store_true")
    told = options.parse_args()
    if told.report:
        return report()
    found: dict[str, Any] = {"at": datetime.now().astimezone().isoformat(timespec="minutes"), "people": told.people}
    for people in (FEW, told.people):
        with house(folder=_place()) as vendor:
            measured = measure(people)
            found[str(people)] = measured
            if people == told.people:
                from bench.door_log import events_a_second, with_and_without

                crowd_of = people
                with_event, without = with_and_without(crowd_of)
                say(f"  a note with its event {with_event:.2f} ms, without {without:.2f} ms")
                found["log"] = with_event / without
                if vendor == "postgresql":
                    for writers in (1, 8, 32):
                        rate = events_a_second(crowd_of, writers=writers, seconds=told.seconds)
                        found[f"events/s, {writers} writers"] = rate
                        say(f"  the log with {writers} writers: {rate:,.0f} events/s")
    found["size"] = found[str(told.people)]["page query"] / found[str(FEW)]["page query"]
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / f"{vendor}.json").write_text(json.dumps(found, indent=1))
    return 0


def _place() -> Path:
    RESULTS.mkdir(parents=True, exist_ok=True)
    return RESULTS


def report() -> int:
    """The ratios, each of the database where it is worst; the exit code tells whether all goals are met."""
    runs = {path.stem: json.loads(path.read_text()) for path in sorted(RESULTS.glob("*.json"))}
    if not runs:
        say("Nothing has been measured yet: run `make bench-door`.")
        return 1
    met = True
    for name, goal in GOALS.items():
        worst, vendor = max((run[name], vendor) for vendor, run in runs.items())
        met = met and worst <= goal
        say(f"ratio {name} {worst:.2f} (goal <= {goal}; {vendor}, {runs[vendor]['people']:,} people)")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
