"""Stateful histories: after every step each reader sees what the naive book says, and each look and act is logged.

security.md, "The bar": 0 invisible read; one event per read and write. SAMVERK_HISTORIES and SAMVERK_STEPS ask for
more and longer ones.
"""

import os
from collections.abc import Callable

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.generative.histories import House, house
from tests.generative.machine import DONE, Door
from tests.people import cast

HISTORIES = int(os.environ.get("SAMVERK_HISTORIES", "16"))
STEPS = int(os.environ.get("SAMVERK_STEPS", "40"))
KINDS = {
    "AdmitParty", "AnswerEmergency", "AskForEmergency", "AssignOfficial", "EndEmergency", "NameNext",
    "NameSubstitute", "RecordConsent", "RecordGround", "SetProtection", "SetUp", "TakeOver", "WithdrawConsent",
    "WriteNote",
}  # fmt: skip
"""Each is done in some history: otherwise nothing would have been shown about it."""


@pytest.fixture
def kept(db: None) -> House:
    return house(cast())


def _run(kept: House, histories: int) -> None:
    Door.kept = kept
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Door,
        settings=settings(max_examples=histories, stateful_step_count=STEPS, deadline=None, phases=[Phase.generate]),
    )


@pytest.mark.slow
def test_histories(kept: House, record_property: Callable[[str, object], None]) -> None:
    """After each step of each history: nothing seen that may not be, nothing withheld that may, one event a look."""
    _run(kept, HISTORIES)
    acts = {name: count for name, count in DONE.items() if name not in ("looks", "refused")}
    record_property(
        "proof",
        f"histories: {HISTORIES} of at most {STEPS} steps: {DONE['looks']:,} looks, {sum(acts.values()):,} acts of "
        f"{len(acts)} kinds, {DONE['refused']:,} refused; 0 leaks, 0 wrong refusals",
    )
    assert DONE["looks"] > 1000
    assert set(acts) == KINDS
