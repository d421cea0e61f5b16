"""What evaluation takes is locked like the rest, agrees with the tools, and stays out of the product."""

import random
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

from samverk.evaluation.checks import Limits
from samverk.evaluation.comparison import Comparison
from samverk.evaluation.effects import change, effect
from samverk.evaluation.staggered import staggered_effect
from samverk.evaluation.synthetic import Recipe, generate
from samverk.evaluation.uncertainty import mean_interval

LENIENT = Limits(trend_p=0.0, without_overlap=1.0, lost_difference=1.0)
ROOT = Path(__file__).resolve().parents[2]
LOCKS = {"evaluation": ["evaluation"], "spark": ["evaluation-spark"]}


def entries(lock: str) -> list[str]:
    return re.split(r"\n(?=\S)", (ROOT / f"requirements/{lock}.txt").read_text().strip())


def locked(lock: str) -> set[tuple[str, str]]:
    return {(found[1], found[2]) for entry in entries(lock) if (found := re.match(r"([a-z0-9-]+)==(\S+)", entry))}


@pytest.mark.parametrize("lock", ["evaluation", "evaluation-spark"])
def test_the_lock_has_hashes_and_no_host(lock: str) -> None:
    assert [entry.splitlines()[0] for entry in entries(lock) if "--hash=sha256:" not in entry] == []
    assert "://" not in (ROOT / f"requirements/{lock}.txt").read_text()


def test_the_lock_agrees_with_the_tools() -> None:
    tools = dict(locked("dev"))
    apart = {
        name: (version, tools[name]) for name, version in locked("evaluation") if tools.get(name, version) != version
    }
    assert apart == {}


@pytest.mark.parametrize("extra", LOCKS)
def test_the_extra_is_in_its_lock(extra: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = {re.split(r"[\[<>=]", line)[0] for line in project["optional-dependencies"][extra]}
    assert asked - {name for lock in LOCKS[extra] for name, _ in locked(lock)} == set()


def test_the_library_needs_no_framework() -> None:
    """In a process of its own: everything imported."""
    modules = sorted(path.stem for path in (ROOT / "src/samverk/evaluation").glob("*.py"))
    assert len(modules) > 20
    code = (
        "import importlib, sys\n"
        f"for name in {modules}: importlib.import_module('samverk.evaluation.' + name)\n"
        "assert 'django' not in sys.modules\n"
        "print(sorted(m for m in sys.modules if m.startswith('samverk.') and not m.startswith('samverk.evaluation')))\n"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert answer.stderr == ""
    assert answer.stdout.strip() == "['samverk.days']"


def test_nobody_touches_the_global_chance() -> None:
    def chance() -> tuple[object, bytes]:
        return random.getstate(), np.random.get_state()[1].tobytes()  # type: ignore[index]

    sample = generate(Recipe(people=600, selection=0.0, share=0.2, lost=0.1), np.random.default_rng(1)).sample
    before = chance()
    for comparison in Comparison:
        _ = change(sample) if comparison is Comparison.NONE else effect(sample, comparison, limits=LENIENT)
    mean_interval(sample.before[:, 0], np.random.default_rng(1))
    started = np.where(sample.treated, 3, 0).astype(np.int64)
    staggered_effect(
        np.repeat(np.arange(600), 3), np.tile(np.arange(1, 4), 600), np.repeat(started, 3), sample.before.reshape(-1),
        trend_p=0.0,
    )  # fmt: skip
    assert chance() == before
