"""The locks hold versions and hashes of everything, and no host: they work against any mirror."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = [f"requirements/{name}.txt" for name in ("uv", "core", "dev", "evaluation", "fates", "pdf", "evaluation-spark")]


def locked(lock: str) -> dict[str, str]:
    """Name and version of everything that the lock holds."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / lock).read_text(), re.MULTILINE))


def names(requirements: list[str]) -> set[str]:
    """The bare names of requirement lines."""
    return {re.split(r"[\[<>=!~; ]", line)[0].lower() for line in requirements if line and line[0] not in "#-"}


@pytest.mark.parametrize("lock", [*LOCKS, "package-lock.json"])
def test_a_lock_names_no_host(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text()
    assert "--index-url" not in (ROOT / lock).read_text()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())
    assert entries
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_every_node_package_has_its_hash() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_all_that_is_asked_for(lock: str) -> None:
    asked = (ROOT / lock).with_suffix(".in").read_text().splitlines()
    assert names(asked) - locked(lock).keys() == set()


def test_the_tools_come_on_top_of_the_very_same_core() -> None:
    assert locked("requirements/core.txt").items() <= locked("requirements/dev.txt").items()


def test_the_package_asks_for_nothing_outside_its_locks() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    core = [*project["dependencies"], *extras.pop("postgresql")]
    assert names(core) - locked("requirements/core.txt").keys() == set()
    locks = {name for lock in LOCKS for name in locked(lock)}
    assert names([line for lines in extras.values() for line in lines]) - locks == set()


def test_the_build_backend_is_locked() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text())["build-system"]
    assert names(build["requires"]) <= locked("requirements/core.txt").keys()
