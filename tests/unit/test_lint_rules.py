"""What may not be used in a room of the house is refused there: each rule is tried on a line that breaks it."""

import json
import runpy
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RULES = runpy.run_path(str(ROOT / "scripts" / "lint_rules.py"))
ROOMS: list[str] = RULES["rooms"]()


def refused(code: str, where: str) -> list[tuple[str, int]]:
    """The rules that ruff finds broken in the code if it stood in that file, with their lines."""
    command = [".venv/bin/ruff", "check", "--no-cache", "--output-format=json", "--stdin-filename", where, "-"]
    answer = subprocess.run(command, input=code, capture_output=True, text=True, cwd=ROOT, check=False)
    return [(found["code"], found["location"]["row"]) for found in json.loads(answer.stdout)]


def importing(name: str) -> str:
    """An import of the name, in the form in which it is written by hand."""
    module, _, leaf = name.rpartition(".")
    return f"from {module} import {leaf}" if module else f"import {name}"


def using(name: str) -> str:
    """A line that uses the name; a method of a class is reached through its class."""
    if name.startswith("datetime."):
        return f"import datetime; {name}()"
    return importing(name)


def test_every_room_has_rules_or_is_known_to_need_none() -> None:
    folders = {path.parent.name for path in (ROOT / "src" / "samverk").glob("*/__init__.py")}
    assert folders - {"settings"} - set(RULES["ROOMS"]) == set()


@pytest.mark.parametrize("room", ROOMS)
def test_the_rooms_rules_are_those_of_the_table(room: str) -> None:
    assert (ROOT / "src" / "samverk" / room / "ruff.toml").read_text() == RULES["config"](room)


@pytest.mark.parametrize("room", ROOMS)
def test_each_forbidden_name_is_refused(room: str) -> None:
    names = [*sorted(RULES["ROOMS"][room]), "django.contrib.admin", "unittest.mock"]
    found = refused("\n".join(using(name) for name in names) + "\n", f"src/samverk/{room}/bad.py")
    lines = {line for code, line in found if code == "TID251"}
    assert [name for line, name in enumerate(names, start=1) if line not in lines] == []


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("src/samverk/web/views/bad.py", "from django.db.models import QuerySet"),
        ("src/samverk/web/views/bad.py", "from django.db import transaction"),
        ("src/samverk/web/views/bad.py", "from django import db"),
        ("src/samverk/web/views/bad.py", "from django.apps import apps"),
        ("src/samverk/web/views/bad.py", "from samverk.store.models import Item"),
        ("src/samverk/web/views/bad.py", "from samverk import store"),
        ("src/samverk/api/bad.py", "import samverk.store.models"),
        ("src/samverk/domain/bad.py", "from django.utils.translation import gettext"),
        ("src/samverk/domain/bad.py", "import time"),
        ("src/samverk/domain/bad.py", "from uuid import uuid4"),
        ("src/samverk/actions/bad.py", "from django.utils.timezone import now"),
        ("src/samverk/days.py", "import random"),
    ],
)
def test_the_ways_round_are_refused_too(where: str, line: str) -> None:
    assert ("TID251", 1) in refused(line + "\n", where)


@pytest.mark.parametrize(
    ("where", "code", "rule"),
    [
        ("src/samverk/days.py", "from datetime import date\nx = date.today()\n", "DTZ011"),
        ("src/samverk/access/bad.py", "from datetime import datetime\nx = datetime.now()\n", "DTZ005"),
        ("src/samverk/web/bad.py", "print('Egon')\n", "T201"),
        ("src/samverk/web/bad.py", "def page(request):\n    return request\n", "D103"),
        ("src/samverk/web/bad.py", "from .views import x\n", "TID252"),
        ("src/samverk/actions/bad.py", "x = 1  # noqa\n", "PGH004"),
        ("src/samverk/actions/bad.py", "assert True\n", "S101"),
        (
            "src/samverk/actions/bad.py",
            "def f(x: int) -> int:\n"
            + "".join(f"    if x == {n}:\n        return {n}\n" for n in range(10))
            + "    return x\n",
            "C901",
        ),
        ("src/samverk/actions/bad.py", "def f() -> None:\n" + "    f()\n" * 41, "PLR0915"),
    ],
)
def test_the_rules_of_the_whole_house_hold_in_its_rooms(where: str, code: str, rule: str) -> None:
    assert rule in {found for found, _ in refused(code, where)}


@pytest.mark.parametrize("room", ["access", "store", "web"])
def test_what_the_room_needs_is_not_refused(room: str) -> None:
    allowed = {
        "access": "from django.db import transaction\nfrom django.utils import timezone\n\nx = transaction, timezone.now()\n",
        "store": "from django.db import models\n\nx = models\n",
        "web": "from django.shortcuts import render\n\nfrom samverk.access.door import door\n\nx = render, door\n",
    }
    assert refused(allowed[room], f"src/samverk/{room}/good.py") == []
