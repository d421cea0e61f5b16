"""Readers against withdrawals, on a database of their own: 0 stale of 10,000 answers (security.md, finding 1).

bench/door_race.py runs the race and says what stale is. The race is shown to find what it looks for: with the lock
taken away, and with a door that reads the clock before it waits.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
RESPONSES = int(os.environ.get("SAMVERK_RACE", "10000"))
ON_POSTGRES = bool(os.environ.get("SAMVERK_DATABASE"))


def _race(responses: int, spoiled: str = "") -> tuple[int, dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.door_race", "--responses", str(responses), "--spoiled", spoiled],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout.splitlines()[-1])


def test_nothing_is_shown_after_it_was_taken_back(record_property: Callable[[str, object], None]) -> None:
    """Withdrawals turn sight off and on while six readers ask; no answer is stale, by the clock or by the log."""
    code, found = _race(RESPONSES)
    record_property(
        "proof",
        f"race, {found['database']}: {found['responses']:,} responses against {found['withdrawals']:,} withdrawals, "
        f"{found['stale_by_time'] + found['stale_by_log']} stale, {found['missed']} missed, {found['seconds']} s",
    )
    assert found["errors"] == []
    assert found["responses"] == RESPONSES
    assert code == 0, found


@pytest.mark.parametrize("spoiled", ["lock", "clock"] if ON_POSTGRES else ["clock"])
def test_the_race_finds_what_it_looks_for(spoiled: str) -> None:
    """Without the lock, or with a clock read too early, the very same race finds stale answers."""
    code, found = _race(800, spoiled)
    assert found["errors"] == []
    assert found["stale_by_log"] > 0
    assert code == 1
