"""docs/security.md names every requirement it claims to speak of, and no test that is not there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs/security.md").read_text()
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
