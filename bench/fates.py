"""How fast are the fates? SimPy, numpy by transitions, and ours: the same lives with the same costs, in one run.

`make bench-fates`. SimPy, and numpy if asked, run fewer lives and are scaled up; SimPy gets its chance for free.
The machine should be quiet: the last lines tell what was measured, whatever else was running.
"""

# ruff: noqa: T201 - a bench prints what it measured
import argparse
import os
import time
from collections.abc import Callable

import numpy as np

from bench.fates_numpy import lives_by_transitions
from bench.fates_simpy import lives_by_events
from samverk.fates.answer import Fate, Question, answer, fate
from samverk.fates.book import INDEPENDENT
from samverk.fates.costs import Rates
from samverk.fates.doubt import doubt
from samverk.fates.jit import Floats
from samverk.fates.person import Person

SEED = 7
MONTHS = 240


def best(work: Callable[[], object], times: int) -> float:
    """Seconds of the fastest of so many runs."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def a_fate() -> Fate:
    """A life of twenty years in the independent way, with every price and discounting."""
    person = Person(age=45 * 12, pension_age=45 * 12 + MONTHS)
    return fate(Question(persons=(person,), rates=Rates(), years=()), person, INDEPENDENT)


def same(ours: Floats, theirs: Floats, name: str) -> None:
    """Stops when another way of computing does not give the same costs of the same lives."""
    if not np.allclose(ours[: len(theirs)], theirs, rtol=1e-9, atol=1e-3):
        raise SystemExit(f"{name} does not give the same lives")


def compare(lives: int, numpy_lives: int, simpy_lives: int, threads: int, times: int) -> tuple[float, float]:
    """The two ratios, each per life; prints the seconds."""
    one = a_fate()
    ours = one.lives(lives, SEED, threads=threads).costs[:, 0]
    mine = best(lambda: one.lives(lives, SEED, threads=threads), times) / lives
    print(f"ours, {threads} threads: {mine * 1e6:.3f} s for 1,000,000 lives ({lives:,} run)")
    alone = best(lambda: one.lives(lives, SEED), times) / lives
    print(f"ours, 1 thread:  {alone * 1e6:.3f} s for 1,000,000 lives")
    same(ours, lives_by_transitions(one, numpy_lives, SEED), "numpy")
    by_numpy = best(lambda: lives_by_transitions(one, numpy_lives, SEED), min(times, 3)) / numpy_lives
    print(f"numpy, transitions: {by_numpy * 1e6:.2f} s for 1,000,000 lives ({numpy_lives:,} run)")
    costs, seconds = lives_by_events(one, simpy_lives, SEED)
    same(ours, costs, "SimPy")
    by_simpy = min([seconds, *(lives_by_events(one, simpy_lives, SEED)[1] for _ in range(2))]) / simpy_lives
    print(f"SimPy: {by_simpy * 1e6:.1f} s for 1,000,000 lives ({simpy_lives:,} run)")
    print(
        f"per core, whatever else runs: SimPy {by_simpy / alone:.0f} and numpy {by_numpy / alone:.1f} times one thread"
    )
    return by_simpy / mine, by_numpy / mine


def main() -> None:
    """Prints the table and the four last lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lives", type=int, default=1_000_000)
    parser.add_argument("--numpy-lives", type=int, default=200_000)
    parser.add_argument("--simpy-lives", type=int, default=2_000)
    parser.add_argument("--draws", type=int, default=10_000)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--times", type=int, default=5)
    asked = parser.parse_args()
    simpy, by_numpy = compare(asked.lives, asked.numpy_lives, asked.simpy_lives, asked.threads, asked.times)

    question = Question()
    ready = fate(question, question.persons[0], INDEPENDENT)
    exact = best(ready.expected, 400)
    made = best(lambda: fate(question, question.persons[0], INDEPENDENT), 100)
    page = best(lambda: answer(question), asked.times * 4)
    doubt(question, draws=10, threads=asked.threads)
    drawn = best(lambda: doubt(question, draws=asked.draws, threads=asked.threads), 1)
    print(f"from assumptions to a process and prices: {made * 1e3:.3f} ms")
    print(f"an answer (three fates, monthly costs per party, for the page): {page * 1e3:.1f} ms")
    print(f"ratio simpy {simpy:.0f} (goal >= 500)")
    print(f"ratio numpy {by_numpy:.1f} (goal >= 20)")
    print(f"exact fate {exact * 1e3:.3f} ms (goal <= 0.15): {question.months} months, 3 windows, costs per party")
    print(f"three fates x {asked.draws:,} draws {drawn:.2f} s (goal <= 10), {asked.threads} threads")


if __name__ == "__main__":
    main()
