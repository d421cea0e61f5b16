"""What rules lean on in the code lists: the table is complete, and the standard lists keep to it."""

from collections import defaultdict

import pytest

from samverk.cli.code_file import standard_codes
from samverk.domain.code_lists import LISTS, TONES, WRITTEN_BY_RULES, checked_attributes, checked_code
from samverk.domain.words import Rejection
from samverk.web import drawing


def in_use() -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for code in standard_codes():
        found[code.list].add(code.code)
    return {name: frozenset(codes) for name, codes in found.items()}


def test_every_list_is_in_the_table() -> None:
    """A list that is not there could get no code; one that is only there is loaded by nobody."""
    assert set(LISTS) == set(in_use())


@pytest.mark.parametrize("code", standard_codes(), ids=lambda code: f"{code.list}-{code.code}")
def test_every_standard_code_could_be_added_by_an_operator(code) -> None:  # type: ignore[no-untyped-def]
    """What the standard lists say of themselves is what the table knows, no more (ADR 003)."""
    assert checked_code(code.list, code.code) == code.code
    assert checked_attributes(code.list, code.attributes, in_use=in_use()) == code.attributes


def test_what_rules_write_is_in_the_standard_lists() -> None:
    """A rule that writes a code that nobody has loaded would be refused by its own list."""
    assert all(codes <= in_use()[name] for name, codes in WRITTEN_BY_RULES.items())


def test_tones_are_those_that_can_be_drawn() -> None:
    """A kind of party has a colour that the drawings know."""
    assert set(TONES) == set(drawing.TONES)


def test_all_that_is_wrong_is_said_at_once() -> None:
    """House rule: one answer names every problem."""
    with pytest.raises(Rejection) as caught:
        checked_attributes("measure", {"placement": "perhaps", "moon": "1"}, in_use=in_use())
    assert len(caught.value.problems) == 3
