"""Every mutant of the rule is killed: of decide(), of visible_to(), and of PostgreSQL's own statement.

security.md, "The bar": all killed. `make mutants` prints the fate of each.
"""

import os

import pytest

from tests.generative import moves
from tests.generative.agree import by_row_security_here, compare
from tests.generative.mutants import (
    fates_of_decide,
    fates_of_policy,
    fates_of_sql,
    fates_of_standing,
    questions,
    what_she_is,
    wrong,
)
from tests.generative.rows import put

ON_POSTGRES = bool(os.environ.get("SAMVERK_DATABASE"))


@pytest.mark.skipif(ON_POSTGRES, reason="the same on any database")
def test_each_spoiled_decision_is_noticed() -> None:
    """Each comparison in decide() turned, each condition dropped: some world tells it from the rule."""
    fates = list(fates_of_decide(questions(list(moves.alone()))))
    assert len(fates) > 50
    assert wrong(fates) == []


@pytest.mark.skipif(ON_POSTGRES, reason="the same words on any database; `make mutants` asks both")
@pytest.mark.django_db
def test_each_spoiled_query_is_noticed() -> None:
    """Each condition of the rule in SQL as if always true, as if never, each boundary moved; for any case and for one."""
    worlds = list(moves.alone())
    put(worlds)
    fates = list(fates_of_sql(questions(worlds)))
    assert len(fates) > 200
    assert wrong(fates) == []


@pytest.mark.skipif(ON_POSTGRES, reason="the same words on any database; `make mutants` asks both")
@pytest.mark.django_db
def test_each_spoiled_question_of_the_door_is_noticed() -> None:
    """The same of what the door asks about an actor and a case: parts, roles, whose they are, and what opens it."""
    worlds = list(moves.alone())
    put(worlds)
    fates = list(fates_of_standing(questions(worlds, right=what_she_is)))
    assert len(fates) > 50
    assert wrong(fates) == []


@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has no row security")
@pytest.mark.django_db
def test_each_spoiled_policy_is_noticed() -> None:
    """The same of the functions and the policy by which PostgreSQL decides about each row."""
    worlds = list(moves.alone())
    put(worlds)
    assert compare(by_row_security_here, worlds[:1]).agrees
    fates = list(fates_of_policy(questions(worlds, of_the_database=True)))
    assert len(fates) > 100
    assert wrong(fates) == []
