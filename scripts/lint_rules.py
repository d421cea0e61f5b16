"""Writes the nested ruff.toml files: what may not be used in which room of the house.

A nested list replaces its parent's, so each file is written whole. `lint_rules.py` writes; tests compare.
"""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "src" / "samverk"

CLOCK = {
    "datetime.date.today": "Time comes in as a parameter.",
    "datetime.datetime.now": "Time comes in as a parameter.",
    "datetime.datetime.today": "Time comes in as a parameter.",
    "datetime.datetime.utcnow": "Time comes in as a parameter.",
    "django.utils.timezone.localdate": "Time comes in as a parameter.",
    "django.utils.timezone.localtime": "Time comes in as a parameter.",
    "django.utils.timezone.now": "Time comes in as a parameter.",
    "time": "Time comes in as a parameter.",
}
CHANCE = {
    "random": "Chance comes in as a parameter.",
    "secrets": "Chance comes in as a parameter.",
    "uuid.uuid1": "Ids are made by the caller.",
    "uuid.uuid4": "Ids are made by the caller.",
}
OUTSIDE = {
    "django": "The pure parts know no framework.",
    "os": "The pure parts know no machine.",
    "pathlib": "The pure parts know no machine.",
    "subprocess": "The pure parts know no machine.",
    "socket": "The pure parts know no machine.",
}
ROUND_THE_DOOR = {
    "django.apps.apps": "Ask samverk.access: the shells see no model.",
    "django.contrib.auth.get_user_model": "Ask samverk.access: the shells see no model.",
    "django.contrib.auth.models": "Ask samverk.access: the shells see no model.",
    "django.contrib.contenttypes": "Ask samverk.access: the shells see no model.",
    "django.db": "Ask samverk.access: the shells see no model.",
    "django.shortcuts.get_list_or_404": "Ask samverk.access: the shells see no model.",
    "django.shortcuts.get_object_or_404": "Ask samverk.access: the shells see no model.",
    "samverk.store": "Ask samverk.access: the shells see no model.",
}

PURE = CLOCK | CHANCE | OUTSIDE
ROOMS: dict[str, dict[str, str]] = {
    ".": {"datetime.date.today": CLOCK["datetime.date.today"]} | {"random": CHANCE["random"]} | ROUND_THE_DOOR,
    "access": {},
    "actions": CLOCK | CHANCE,
    "api": ROUND_THE_DOOR,
    "cli": ROUND_THE_DOOR,
    "domain": PURE,
    "evaluation": PURE,
    "fates": PURE,
    "store": {},
    "web": ROUND_THE_DOOR,
}


def config(room: str) -> str:
    """The whole text of the room's ruff.toml."""
    root = tomllib.loads((ROOT / "ruff.toml").read_text())
    everywhere = {name: rule["msg"] for name, rule in root["lint"]["flake8-tidy-imports"]["banned-api"].items()}
    up = "/".join([".."] * len((HOUSE / room).resolve().relative_to(ROOT).parts))
    lines = [
        "# Made by scripts/lint_rules.py: change it there.",
        f'extend = "{up}/ruff.toml"',
        "",
        "[lint.flake8-tidy-imports.banned-api]",
    ]
    lines += [f'"{name}".msg = "{why}"' for name, why in sorted((everywhere | ROOMS[room]).items())]
    return "\n".join(lines) + "\n"


def rooms() -> list[str]:
    """The rooms that exist."""
    return [room for room in ROOMS if (HOUSE / room).is_dir()]


if __name__ == "__main__":
    for room in rooms():
        (HOUSE / room / "ruff.toml").write_text(config(room))
