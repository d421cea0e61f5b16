"""The rule of the door is stated for one item, in SQL, and by an oracle: in every near miss they say the same.

design.md, "The rule of the door"; security.md, "The bar". Each statement is asked alone. PostgreSQL's own row security
is in test_row_security.py, and what shows that the worlds would notice a mistake in test_mutants.py.
"""

from collections.abc import Callable
from itertools import chain, islice

import pytest

from samverk.access.actor import Actor
from samverk.access.declare import ReadCase
from samverk.access.door import door
from tests.generative import moves, oracle
from tests.generative.agree import by_decide, by_sql, by_sql_anywhere, by_sql_in_a_case, by_standing, compare
from tests.generative.mutants import what_she_is
from tests.generative.rows import put
from tests.generative.worlds import AT, CASES, readers

Record = Callable[[str, object], None]
SEED = 20260302


def test_the_worlds_are_on_the_edge() -> None:
    """The official sees the covered item in a good part of the worlds of one move, but far from in all."""
    worlds = list(moves.alone())
    seen = [oracle.may_see(world, readers(world)[0], world.items[0], at=AT) for world in worlds]
    assert seen[0]
    assert 0.3 < sum(seen) / len(seen) < 0.9


def test_no_two_worlds_share_an_id() -> None:
    """Otherwise one would show what another hides."""
    some = islice(moves.pairs(), 500)
    worlds = list(chain(moves.alone(), some, moves.seeded(SEED, 50), moves.seeded(SEED + 1, 50)))
    assert len({world.n for world in worlds}) == len(worlds)
    assert len({world.id(name) for world in worlds[:99] for name in ("owner", "main")}) == 198


def test_one_item_agrees(record_property: Record) -> None:
    """decide() says what the oracle says: in every world of one move, every other one of two, and many of three."""
    tally = compare(by_decide, chain(moves.alone(), islice(moves.pairs(), 0, None, 2), moves.seeded(SEED, 400)))
    record_property("proof", f"rule, in memory: {tally}; seed {SEED}")
    assert tally.decisions >= 200_000
    assert tally.agrees, str(tally)


@pytest.mark.django_db
def test_sql_agrees(record_property: Record) -> None:
    """visible_to() and visible_to_herself() find just what the oracle lets through."""
    worlds = [*moves.alone(), *islice(moves.pairs(), 0, None, 47), *moves.seeded(SEED, 25)]
    put(worlds)
    tally = compare(by_sql, worlds)
    record_property("proof", f"rule, in SQL: {tally}; seed {SEED}")
    assert tally.decisions >= 20_000
    assert tally.agrees, str(tally)


@pytest.mark.django_db
def test_sql_agrees_about_one_case() -> None:
    """visible_to() says the same when it is told which case is asked for, and so need not look at the others."""
    worlds = [*moves.alone(), *islice(moves.pairs(), 0, None, 199)]
    put(worlds)
    tally = compare(by_sql_in_a_case, worlds)
    assert tally.agrees, str(tally)


@pytest.mark.django_db
def test_the_door_is_told_what_an_official_is() -> None:
    """standing() knows the parts, the roles, whose they are, emergency and clearance as the oracle does."""
    worlds = [*moves.alone(), *islice(moves.pairs(), 0, None, 199)]
    put(worlds)
    for world in worlds:
        for asks in readers(world):
            assert by_standing(world, asks) == what_she_is(world, asks), f"{world.name}: {asks}"


@pytest.mark.django_db
def test_sql_finds_nothing_of_another_world() -> None:
    """A query over all items in the database gives no more than the reader's own world holds for her."""
    worlds = list(moves.alone())
    put(worlds)
    tally = compare(by_sql_anywhere, worlds[::8])
    assert tally.agrees, str(tally)


@pytest.mark.django_db
def test_the_door_agrees() -> None:
    """The case opens to those who have a need and whom protection admits; a role opens it when it shows something."""
    about = ("nothing", "need", "standing in", "emergency", "protection", "person")
    worlds = [world for world in moves.alone() if world.name.partition(":")[0] in about]
    put(worlds)
    wrong = []
    for world in worlds:
        asked = [(asks, "case") for asks in readers(world)[:4]]
        asked += [(readers(world)[0], case) for case in CASES if case != "case"]
        for asks, case in asked:
            actor = Actor(account=asks.account, name="a", party=asks.party, unit=asks.unit, person=asks.person)
            with door(actor, ReadCase, case=world.id(case), at=AT) as permit:
                opened = permit is not None
            if opened != oracle.door_opens(world, asks, world.id(case), at=AT):
                wrong.append(f"{world.name}, {case}: {asks} {'let in' if opened else 'refused'}")
    assert wrong == []
