"""The one table of states is complete: nothing gets stuck, and nothing stands in it that cannot happen."""

from pathlib import Path

import pytest

from samverk.domain.diagrams import mermaid, page
from samverk.domain.parties import Capacity
from samverk.domain.process import FINAL, FIRST, TRANSITIONS, can, move, verbs
from samverk.domain.words import Rejection

THINGS = sorted({row.thing for row in TRANSITIONS})
DRAWN = Path(__file__).resolve().parents[3] / "docs" / "states.md"


def states(thing: str) -> set[str]:
    """Every state that the table names."""
    return {state for row in TRANSITIONS if row.thing == thing for state in (row.before, row.after)}


def test_the_three_tables_speak_of_the_same_things() -> None:
    assert set(THINGS) == FIRST.keys() == FINAL.keys()


@pytest.mark.parametrize("thing", THINGS)
def test_every_state_has_someone_who_moves_it_on_or_is_meant_to_be_the_last(thing: str) -> None:
    stuck = {state for state in states(thing) if not verbs(thing, state)}
    assert stuck <= FINAL[thing]
    assert FINAL[thing] <= states(thing)


@pytest.mark.parametrize("thing", THINGS)
def test_every_state_can_be_reached(thing: str) -> None:
    reached, ahead = {FIRST[thing]}, [FIRST[thing]]
    while ahead:
        state = ahead.pop()
        news = {move(thing, state, verb) for verb in verbs(thing, state)} - reached
        reached |= news
        ahead.extend(news)
    assert reached == states(thing)


@pytest.mark.parametrize("row", TRANSITIONS, ids=lambda row: f"{row.thing} {row.before} {row.verb}")
def test_everything_that_is_done_is_done_by_someone(row: object) -> None:
    assert row.by  # type: ignore[attr-defined]
    # Whoever only sets up, or is about to come in, moves nothing; whoever counts moves her own studies alone.
    assert not row.by & {Capacity.OPERATOR, Capacity.EMPLOYED, Capacity.SELF}  # type: ignore[attr-defined]
    assert Capacity.EVALUATOR not in row.by or row.thing in ("study", "study_run")  # type: ignore[attr-defined]


def test_a_verb_leads_to_one_state_only() -> None:
    arrows = [(row.thing, row.before, row.verb) for row in TRANSITIONS]
    assert len(arrows) == len(set(arrows))


def test_what_cannot_be_done_is_refused_in_words() -> None:
    assert not can("meeting", "cancelled", "hold")
    with pytest.raises(Rejection, match="Läs in sidan igen"):
        move("meeting", "cancelled", "hold")


@pytest.mark.parametrize("thing", THINGS)
def test_the_drawing_has_every_arrow_and_no_other(thing: str) -> None:
    lines = mermaid(thing).splitlines()
    assert lines[:2] == ["stateDiagram-v2", f"    [*] --> {FIRST[thing]}"]
    drawn = {line.split(" (")[0].strip() for line in lines[2:] if not line.endswith("[*]")}
    assert drawn == {f"{row.before} --> {row.after}: {row.verb}" for row in TRANSITIONS if row.thing == thing}
    assert {line.split()[0] for line in lines if line.endswith("--> [*]")} == FINAL[thing]


def test_the_drawings_in_the_docs_are_those_of_the_table() -> None:
    """`samverk diagrams` makes docs/states.md anew."""
    assert DRAWN.read_text(encoding="utf-8") == page()
