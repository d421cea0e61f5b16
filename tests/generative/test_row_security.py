"""PostgreSQL alone: the door's role asks for everything, and the tables give it what the rule allows.

security.md, finding 5: each statement is tested alone, since row security would mask a query that is too wide, and
a query that is right would mask row security that is not there.
"""

import os
from collections.abc import Callable
from itertools import islice

import pytest
from django.db import connection, transaction

from tests.generative import moves
from tests.generative.agree import Tally, by_row_security, by_row_security_here, compare, rows_seen
from tests.generative.rows import put
from tests.generative.worlds import Asks, covering, readers, with_something_at_hand

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not os.environ.get("SAMVERK_DATABASE"), reason="SQLite has no row security"),
]
SEED = 20260302
AT_ONCE = 8
"""Worlds that lie side by side. Every row costs a decision, and each must be hidden from the readers of the others."""


def test_row_security_agrees(record_property: Callable[[str, object], None]) -> None:
    """An unfiltered SELECT gives each reader just what the oracle lets through, of all that lies there."""
    worlds = [*moves.alone(), *islice(moves.pairs(), 0, None, 47), *moves.seeded(SEED, 25)]
    tally = Tally()
    for start in range(0, len(worlds), AT_ONCE):
        some = worlds[start : start + AT_ONCE]
        with transaction.atomic():
            put(some)
            tally.add(compare(by_row_security, some))
            transaction.set_rollback(True)
    record_property("proof", f"rule, in row security: {tally}; seed {SEED}")
    assert tally.decisions >= 20_000
    assert tally.agrees, str(tally)


def test_what_is_at_hand_is_told_too() -> None:
    """An act on a case sees what is about its person alone; one that reads a kind whole, all of it there (whole.py)."""
    worlds = [*moves.alone(), *moves.seeded(SEED, 10)][::6]
    put(worlds)
    tally = compare(by_row_security_here, worlds, who=with_something_at_hand)
    assert tally.agrees, str(tally)


def test_nobody_sees_nothing() -> None:
    """The role without an identity, as a pooler or a forgotten door would leave it, sees no item and no consent."""
    world = covering(0, "nothing")
    put([world])
    assert rows_seen(world, Asks(), "SELECT id FROM store_item") == set()
    assert rows_seen(world, Asks(), "SELECT id FROM store_consent") == set()


def test_the_tables_owner_is_no_superuser() -> None:
    """A superuser passes every policy: then nothing here would have been tested."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname IN (current_user, 'samverk_app')")
        assert cursor.fetchall() == [(False,), (False,)]


def test_a_party_sees_only_the_consents_that_it_gives_or_receives() -> None:
    """design.md, "The rule of the door", its last sentence but one; a party knows nothing of the others' consents."""
    worlds = list(moves.alone())[:60]
    put(worlds)
    for world in worlds:
        for asks in readers(world):
            mine = [
                (say.giver, say.receiver)
                for say in world.says
                if (asks.person is not None and say.person == asks.person)
                or (asks.party is not None and asks.party in (say.giver, say.receiver))
            ]
            found = rows_seen(world, asks, "SELECT id FROM store_consent")
            assert len(found) == len(mine), f"{world.name}: {asks}"
