"""Every act there is, enumerated: who may do it, on what, and that somebody does it."""

import re
from pathlib import Path

import pytest

from samverk.access import declare, declare_house
from samverk.access.declare_house import Act
from samverk.domain.information import Purpose
from samverk.domain.parties import Capacity
from samverk.domain.process import TRANSITIONS
from samverk.web.acts_in_words import ACTS, WHY, said

PACKAGE = Path(declare.__file__).resolve().parents[1]
ALL = [
    thing
    for room in (declare, declare_house)
    for thing in vars(room).values()
    if isinstance(thing, type) and issubclass(thing, Act) and thing is not Act
]
ON_A_CASE = [act for act in ALL if act.target == "case"]
HOUSE = {
    Capacity.EMPLOYED, Capacity.SELF, Capacity.OPERATOR, Capacity.SYSTEM, Capacity.LOG_CONTROLLER,
    Capacity.PRICE_KEEPER, Capacity.STEERING, Capacity.EVALUATOR,
}  # fmt: skip
CASE_STATUSES = {state for row in TRANSITIONS if row.thing == "case" for state in (row.before, row.after)}


def test_there_are_acts():
    assert len(ALL) > 30


@pytest.mark.parametrize("act", ALL, ids=lambda act: act.__name__)
def test_every_act_says_who_and_on_what(act):
    """Nothing is open by default: the who of each act is its own, and fits what it is done to."""
    assert "who" in vars(act), "an act inherits nobody"
    assert act.who
    assert all(isinstance(capacity, Capacity) for capacity in act.who)
    assert act.target in ("case", "programme", "house")
    assert isinstance(act.purpose, Purpose)
    assert (act.__doc__ or "").strip()


@pytest.mark.parametrize("act", ON_A_CASE, ids=lambda act: act.__name__)
def test_an_act_on_a_case_is_done_by_people_of_the_case_in_states_that_exist(act):
    """No operator and no evaluator acts on a case."""
    assert not act.who & (HOUSE - {Capacity.SYSTEM} | {Capacity.EVALUATOR, Capacity.STEERING})
    assert act.while_case
    assert act.while_case <= CASE_STATUSES


@pytest.mark.parametrize("act", [act for act in ALL if act.target == "house"], ids=lambda act: act.__name__)
def test_an_act_on_the_house_asks_for_nothing_that_only_a_case_gives(act):
    """The door knows only these before a case or programme is at hand."""
    assert act.who <= HOUSE


def _sources() -> str:
    rooms = ("access", "actions", "web", "api", "cli")
    files = [file for room in rooms for file in (PACKAGE / room).rglob("*.py") if not file.name.startswith("declare")]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@pytest.fixture(scope="module")
def sources() -> str:
    return _sources()


@pytest.mark.parametrize("act", ALL, ids=lambda act: act.__name__)
def test_every_act_is_done_somewhere(act, sources):
    """An act that nobody does is a right that nobody has looked at."""
    assert re.search(rf"(Permit\[|needs\([^)]*|door\([^)]*|act\.\w+\(\s*request,\s*){act.__name__}\b", sources)


@pytest.mark.parametrize("act", [*ON_A_CASE, declare_house.StartReferral], ids=lambda act: act.__name__)
def test_every_act_on_a_case_has_plain_words(act):
    """The participant reads in "Vem har tittat" what was done, not what we call it."""
    assert act.__name__ in ACTS, f"say in web/acts_in_words.py what {act.__name__} is"
    assert str(said(act.__name__, "")).strip()
    assert {capacity.value for capacity in act.who} <= WHY.keys()


def test_no_words_are_kept_for_an_act_that_is_gone():
    assert ACTS.keys() <= {act.__name__ for act in ALL}


def test_the_person_herself_may_always_take_back_and_look():
    """Withdrawal at any time (domain.md §3.2), and who has looked is hers alone."""
    assert declare.WithdrawConsent.while_case == CASE_STATUSES
    assert declare.SeeWhoLooked.who == {Capacity.PARTICIPANT}
    assert declare.SeeWhoLooked.while_case == CASE_STATUSES
