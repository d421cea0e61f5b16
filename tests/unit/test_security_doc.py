"""docs/security.md names every requirement it claims to speak of, and no test that is not there; what docs/keys.md,
docs/data.md and SECURITY.md promise is so.
"""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

from samverk.store.sealed import SealedNumber, SealedWords
from samverk.store.security import hung_on_items
from tests.unit.house import CLASSES

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs/security.md").read_text()
KEYS = (ROOT / "docs/keys.md").read_text()
DATA = (ROOT / "docs/data.md").read_text()
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
WITHOUT_TEST = re.compile(r"^(\*\*not met\*\*|operator|does not apply)$")
LAST = (
    "1.1.2 1.2.9 1.3.11 1.4.3 1.5.2 2.1.3 2.2.3 2.3.4 2.4.1 3.2.2 3.3.4 3.4.6 3.5.5 3.7.2 4.1.3 4.2.1 4.3.2 4.4.4 5.1.1 "
    "5.2.3 5.3.2 5.4.3 6.1.3 6.2.12 6.3.4 6.4.4 6.5.5 6.6.3 6.8.4 7.1.3 7.2.4 7.3.2 7.4.5 7.5.2 7.6.2 8.1.4 8.2.4 8.3.3 "
    "8.4.2 9.1.3 9.2.4 11.1.2 11.2.3 11.3.3 11.4.4 11.5.1 11.6.1 12.1.3 12.2.2 12.3.4 13.1.1 13.2.5 13.3.2 13.4.5 14.1.2 "
    "14.2.4 14.3.3 15.1.3 15.2.3 15.3.7 16.1.1 16.2.5 16.3.4 16.4.3 16.5.4"
)
"""The last requirement of levels 1 and 2 in each section of ASVS 5.0.0 (level 3 in V8 and V16); they have no gaps."""
ROWS = re.findall(r"^\| ((?:\d+\.\d+\.\d+)(?:–\d+\.\d+\.\d+)?) \| (.+) \| (.+) \|$", TEXT, re.MULTILINE)


def number(word: str) -> tuple[int, ...]:
    return tuple(int(part) for part in word.split("."))


def whole() -> list[tuple[int, ...]]:
    """Every requirement, in order."""
    return sorted((*number(last)[:2], n) for last in LAST.split() for n in range(1, number(last)[2] + 1))


def spoken_of(span: str) -> list[tuple[int, ...]]:
    """The requirements from the first to the last of a row."""
    first, _, last = span.partition("–")
    return [one for one in whole() if number(first) <= one <= number(last or first)]


def functions_of(path: Path) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)}


def test_every_requirement_stands_there_once() -> None:
    told = [one for span, _, _ in ROWS for one in spoken_of(span)]
    assert told == whole()
    assert len(told) > 200


@pytest.mark.parametrize(("path", "name"), sorted(set(NAMED.findall(TEXT))))
def test_a_named_test_is_there(path: str, name: str) -> None:
    assert (ROOT / path).exists(), path
    assert not name or name in functions_of(ROOT / path), f"{path}::{name}"


@pytest.mark.parametrize(("span", "by"), [(span, by) for span, _, by in ROWS])
def test_each_row_names_a_test_or_says_why_not(span: str, by: str) -> None:
    assert NAMED.search(by) or WITHOUT_TEST.match(by), f"{span}: {by}"


def test_a_gap_and_a_false_name_would_be_found() -> None:
    assert spoken_of("3.3.1–3.3.4") == [(3, 3, 1), (3, 3, 2), (3, 3, 3), (3, 3, 4)]
    assert spoken_of("99.1.1") == []
    assert "test_that_is_not_there" not in functions_of(Path(__file__))
    assert WITHOUT_TEST.match("see above") is None


def test_all_twelve_attacks_stand_there() -> None:
    rows = re.findall(r"^\| (\d+) ", TEXT[TEXT.index("## The twelve attacks") :], re.MULTILINE)
    assert [int(row) for row in rows] == list(range(1, 13))


def table(text: str, heading: str) -> str:
    """What stands under the heading, up to the next."""
    return text[text.index(f"{heading}\n") :].split("\n## ")[0]


def test_every_key_has_its_life_written_down() -> None:
    """What production reads as a secret or a key, and the log's: purpose, size, holder, period, loss (11.1.1)."""
    settings = (ROOT / "src/samverk/settings/production.py").read_text()
    asked = set(re.findall(r'environment\.(?:secret|key_file)\("(SAMVERK_\w+)"\)', settings))
    assert asked >= {"SAMVERK_SECRET_KEY", "SAMVERK_DATA_KEYS", "SAMVERK_LOG_KEY", "SAMVERK_DATABASE_PASSWORD"}
    alike = set(re.findall(r"SAMVERK_\w*(?:KEYS?|PASSWORD|SECRET|TOKEN)\b", settings))
    assert alike == asked
    for name in asked:
        part = table(KEYS, f"### `{name}`").split("\n### ")[0]
        assert re.search(rf"^\| `{name}` \|(?:[^|\n]+\|){{5}}$", KEYS, re.MULTILINE), name
        assert [word for word in ("**Protects**", "**Changed**", "nown", "ost") if word not in part] == [], name


def test_every_use_of_cryptography_is_in_the_inventory() -> None:
    """Each module that makes a hash, a signature, a sealed value or chance, and none that does not (11.1.2)."""
    names = {"hashlib", "hmac", "secrets", "cryptography", "salted_hmac", "uuid3", "uuid5", "default_token_generator"}
    found = set()
    for file in (*(ROOT / "src/samverk").rglob("*.py"), *(ROOT / "tools").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import | ast.ImportFrom):
                module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
                words = {module.split(".")[0], *(alias.name.split(".")[0] for alias in node.names)}
                if words & names:
                    found.add(file.relative_to(ROOT).as_posix().removeprefix("src/samverk/"))
    told = set(re.findall(r"`([\w/]+\.py)`", table(KEYS, "## What is made with cryptography")))
    assert found == told


def test_what_is_secret_is_kept_as_it_is_told() -> None:
    """Sealed, hashed, behind row security, or behind the door alone: each secret field is as docs/data.md says (14.1.2)."""
    rows = dict(re.findall(r"^\| ([^|\n]+) \| (.+) \|$", table(DATA, "## How what is secret is kept"), re.MULTILINE))
    told = {how.split(" ")[0].rstrip(","): set(re.findall(r"`(\w+(?:\.\w+)?)`", what)) for how, what in rows.items()}
    alone = set(re.findall(r"`(\w+(?:\.\w+)?)`", rows["in clear, behind the door alone"]))
    sql = (ROOT / "src/samverk/store/security.sql").read_text()
    guarded = {model._meta.db_table for model, _ in hung_on_items()}
    guarded |= set(re.findall(r"CREATE POLICY seen ON (store_\w+)", sql))
    sealed, open_to_the_door = set(), set()
    for model in apps.get_app_config("store").get_models():
        for name, kind in model.SENSITIVITY.items():  # type: ignore[attr-defined]
            field, whole = model._meta.get_field(name), f"{model.__name__}.{name}"
            if kind != "secret" or whole in told["hashed"]:
                continue
            if isinstance(field, SealedNumber | SealedWords):
                sealed.add(whole)
            elif model._meta.db_table not in guarded:
                open_to_the_door.add(whole if whole in alone else model.__name__)
    assert sealed == told["sealed"] - {"SAMVERK_DATA_KEYS"}
    assert open_to_the_door == alone


def test_the_classes_are_those_of_the_models() -> None:
    """Each of the four has its column and its meaning (14.1.1, 14.1.2)."""
    assert set(re.findall(r"^\| `(\w+)` \|", table(DATA, "## The classes"), re.MULTILINE)) == CLASSES
    assert "| | " + " | ".join(f"`{name}`" for name in ("open", "internal", "personal", "secret")) + " |" in DATA


def test_weaknesses_have_their_time_frames() -> None:
    """How soon what is weak is mended, by how grave it is, and how often the rest is renewed (15.1.1)."""
    rows = re.findall(r"^\| (\w+) \|.*\| (\d+) days? \|$", (ROOT / "SECURITY.md").read_text(), re.MULTILINE)
    days = [int(number) for _, number in rows]
    assert [name for name, _ in rows] == ["critical", "high", "medium", "low", "none"]
    assert days == sorted(days)


def test_what_is_not_met_is_counted() -> None:
    """The page says itself how many rows are not met."""
    count = sum(by == "**not met**" for _, _, by in ROWS)
    assert f"**{count} rows are not met.**" in TEXT
