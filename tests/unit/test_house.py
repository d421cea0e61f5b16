"""The house keeps its own rules. Everything is enumerated, nothing remembered; each check is tried on a bad example."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import ClassVar

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from samverk.access.declare import ReadCase
from samverk.access.permit import Permit
from tests.unit import house

ROOT = Path(__file__).resolve().parents[2]
STORE = list(apps.get_app_config("store").get_models())
ACTIONS = [function for module in house.modules("samverk.actions") for function in house.functions(module)]
WRITTEN = [
    path
    for top in ("src", "tests", "scripts", "bench")
    for path in (ROOT / top).rglob("*.py")
    if "migrations" not in path.parts
]


def test_no_module_is_longer_than_400_lines(tmp_path: Path) -> None:
    (tmp_path / "long.py").write_text("x = 1\n" * 401)
    assert len(house.too_long(tmp_path.iterdir())) == 1
    assert len(WRITTEN) > 20
    assert house.too_long(WRITTEN) == []


def test_every_public_function_and_class_says_what_it_is_for(tmp_path: Path) -> None:
    (tmp_path / "mute.py").write_text("def act(): ...\n\n\nclass Act: ...\n\n\ndef _own(): ...\n")
    assert len(house.undocumented(tmp_path / "mute.py")) == 3
    sources = [path for path in WRITTEN if path.is_relative_to(ROOT / "src")]
    assert [missing for path in sources for missing in house.undocumented(path)] == []


@pytest.mark.parametrize("model", STORE, ids=lambda model: model.__name__)
def test_every_field_has_a_sensitivity_class(model: type[models.Model]) -> None:
    assert house.unclassified(model) == set()


@pytest.mark.parametrize("model", STORE, ids=lambda model: model.__name__)
def test_no_relation_can_be_walked_backwards(model: type[models.Model]) -> None:
    assert house.ways_back(model) == set()


@isolate_apps("samverk.store")
def test_a_bad_model_is_noticed() -> None:
    class Bad(models.Model):
        known = models.TextField()
        forgotten = models.TextField()
        odd = models.TextField()
        way = models.ForeignKey("self", on_delete=models.PROTECT, null=True)

        SENSITIVITY: ClassVar = {"id": "open", "known": "open", "odd": "harmless", "way": "open", "gone": "open"}

        class Meta:
            app_label = "store"

    assert house.unclassified(Bad) == {"forgotten", "odd", "gone"}
    assert house.ways_back(Bad) == {"way"}


@pytest.mark.parametrize("package", ["samverk.access", "samverk.actions"])
def test_no_model_and_no_queryset_leaves(package: str) -> None:
    checked = list(house.modules(package))
    assert sum(len(house.functions(module)) for module in checked) > 3
    assert {name: what for module in checked for name, what in house.leaks(module).items()} == {}


def test_a_leak_is_noticed_however_deep() -> None:
    @dataclass(frozen=True)
    class Inner:
        rows: list[models.QuerySet[models.Model]] | None

    @dataclass(frozen=True)
    class View:
        name: str
        inner: tuple[Inner, ...]

    def view() -> View: ...
    def pair() -> dict[str, tuple[int, models.Model]]: ...
    def harmless() -> dict[str, tuple[int, ...]] | None: ...

    bad = ModuleType("bad")
    for function in (view, pair, harmless):
        function.__module__ = "bad"
        setattr(bad, function.__name__, function)
    assert {name.rpartition(".")[2]: what for name, what in house.leaks(bad).items()} == {
        "view": {"QuerySet"},
        "pair": {"Model"},
    }


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: f"{action.__module__}.{action.__name__}")
def test_every_act_needs_the_right_proof(action: object) -> None:
    assert callable(action)
    assert house.unproven(action) == ""


def test_an_act_without_proof_is_noticed() -> None:
    def good(permit: Permit[ReadCase], *, name: str) -> None: ...
    def without(*, name: str) -> None: ...
    def for_anything(permit: Permit, *, name: str) -> None: ...  # type: ignore[type-arg]
    def by_position(permit: Permit[ReadCase], name: str) -> None: ...

    assert house.unproven(good) == ""
    assert [bool(house.unproven(bad)) for bad in (without, for_anything, by_position)] == [True] * 3


@pytest.mark.slow
def test_the_type_checker_refuses_a_missing_check_and_anothers_permit(tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text(
        "from samverk.access.actor import Actor\n"
        "from samverk.access.declare import ReadCase, WriteMinutes\n"
        "from samverk.access.door import door\n"
        "from samverk.access.permit import Permit\n\n\n"
        "def write(permit: Permit[WriteMinutes]) -> None: ...\n\n\n"
        "def page(actor: Actor, wrong: Permit[ReadCase]) -> None:\n"
        "    with door(actor, ReadCase) as found:\n"
        "        write(found)\n"
        "        write(wrong)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-m", "mypy", "--follow-imports=silent", str(tmp_path / "bad.py")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    for line, complaint in ((12, '"Permit[ReadCase] | None"'), (13, '"Permit[ReadCase]"')):
        assert re.search(rf"^.*bad.py:{line}: .*has incompatible type {re.escape(complaint)}", answer.stdout, re.M)


PLANTED = {
    "stray.py": "",
    "access/bad.py": "import samverk.web\n",
    "web/bad.py": "import samverk.store.models\n",
    "domain/bad.py": "import django\n",
    "domain/worse.py": "import samverk.evaluation\n",
    "evaluation/__init__.py": "",
}


def contracts(folder: Path, name: str) -> dict[str, str]:
    """KEPT or BROKEN for each of the import contracts, as they judge the copy of the house in the folder."""
    answer = subprocess.run(
        [ROOT / ".venv/bin/lint-imports", "--no-cache", "--config", ROOT / "pyproject.toml"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = re.findall(r"^(\S.*) (KEPT|BROKEN)\b", answer.stdout, re.MULTILINE)
    assert lines, f"{name}: {answer.stdout}{answer.stderr}"
    return dict(lines)


@pytest.mark.slow
def test_the_rooms_lean_on_each_other_only_downwards(tmp_path: Path) -> None:
    shutil.copytree(
        ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("*.egg-info", "static", "__pycache__")
    )
    as_it_is = contracts(tmp_path, "as it is")
    assert len(as_it_is) == 4
    assert set(as_it_is.values()) == {"KEPT"}

    for file, text in PLANTED.items():
        (tmp_path / "src/samverk" / file).parent.mkdir(exist_ok=True)
        (tmp_path / "src/samverk" / file).write_text(text)
    planted = contracts(tmp_path, "planted")
    assert planted.keys() == as_it_is.keys()
    assert set(planted.values()) == {"BROKEN"}
