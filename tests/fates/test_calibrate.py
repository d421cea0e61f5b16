"""Assumptions from cases: found where there are enough, with intervals that hold, and nothing where there are too few."""

from collections.abc import Sequence

import numpy as np
import pytest

from samverk.fates.book import COLLABORATING, INDEPENDENT, standard
from samverk.fates.calibrate import LEAST_EVENTS, LEAST_PEOPLE, TARGETS, Check, by_name, calibrate, counted
from samverk.fates.process import Process, two_phases
from samverk.fates.states import Exit, State
from samverk.fates.stays import Known, Stay, Step, stays
from tests.fates.worlds import a_fate

TRUE = {"success_training": 0.3, "wait_training": 5.0, "wait_work": 2.0, "job_loss": 0.02, "part_pension": 0.35}
TOLD = (State.ROUND, State.TREATMENT, State.GAP_TRAINING, State.TRAINING, State.GAP_WORK, State.SUBSIDISED, State.JOB)


def lived(process: Process, states: Sequence[State], people: int, seed: int, until: int = 60) -> list[Stay]:
    """One stay in each of the states for each of the people, drawn from the process, seen for `until` months."""
    rng, found = np.random.default_rng(seed), []
    for person in range(people):
        for state in states:
            for month in range(1, until + 1):
                cell, draw = min(month, int(process.cells[state])) - 1, rng.random()
                end, broken = process.end[state, cell], process.broken[state, cell]
                limit = process.limited[state] and month == process.cells[state]
                if draw < end + broken or limit:
                    how = Exit.END if draw < end else Exit.BREAK if draw < end + broken else Exit.LIMIT
                    to = State(int(np.searchsorted(np.cumsum(process.route[how, state]), rng.random())))
                    how = Exit.END if how is Exit.LIMIT else how
                    # A decision to go on is no end: in data it is one long stay.
                    found.append(Stay(person, state, month, how, None if to is state else to))
                    break
            else:
                found.append(Stay(person, state, until))
    return found


@pytest.mark.parametrize("way", [INDEPENDENT, COLLABORATING])
def test_what_the_cases_were_made_of_is_found_in_either_way(way: str) -> None:
    """The values behind 500 lives lie in the intervals, whichever way they were lived in: its ratios are taken out
    and stand as they did (issue 5, point 2; no effect is learnt without a comparison)."""
    made = lived(a_fate(way, **TRUE).process, TOLD, 500, seed=7)
    found = calibrate(made, standard(), way=way)
    told = by_name(found)
    for name, value in TRUE.items():
        assert told[name].low <= value <= told[name].high, name
    assert told["wait_training"].high < 1.35 * told["wait_training"].low
    book = found.book(standard(), "cases")
    moved = {one.name for one in book if one.changed}
    assert {"success_training", "wait_training"} <= moved
    assert not [name for name in moved if "." in name]
    assert not {"success_training", "wait_training"} & set(book.guesses)


def test_a_nominal_interval_covers_about_as_often_as_it_says() -> None:
    """95 per cent intervals: of sixty worlds with other true waits, 53 at least (evaluation.md, statistical gates;
    below that is less probable than one in a hundred)."""
    rng, covered = np.random.default_rng(3), 0
    for world in range(60):
        wait = float(rng.uniform(1.5, 6))
        made = lived(a_fate(wait_training=wait).process, [State.GAP_TRAINING], 60, seed=world, until=30)
        one = by_name(calibrate(made, standard(), way=INDEPENDENT))["wait_training"]
        covered += one.low <= wait <= one.high
    assert covered >= 53


def test_below_the_threshold_nothing_is_told() -> None:
    """Fewer than twenty people, or fewer than five to whom it happened or did not: "too few", and the book stands."""
    out = Stay(0, State.TRAINING, 3, Exit.END, State.GAP_WORK)

    def of(people: int, succeeded: int) -> set[str]:
        made = [
            Stay(n, out.state, out.months, out.how, State.GAP_WORK if n < succeeded else State.ROUND)
            for n in range(people)
        ]
        found = calibrate(made, standard(), way=INDEPENDENT)
        assert {one.name for one in found.values} | set(found.too_few) == {target.name for target in TARGETS}
        assert found.book(standard(), "cases")["success_training"].changed is ("success_training" not in found.too_few)
        return {one.name for one in found.values}

    assert "success_training" in of(LEAST_PEOPLE, LEAST_EVENTS)
    assert "success_training" not in of(LEAST_PEOPLE - 1, LEAST_EVENTS)
    assert "success_training" not in of(LEAST_PEOPLE, LEAST_EVENTS - 1)
    assert "success_training" not in of(LEAST_PEOPLE, LEAST_PEOPLE - LEAST_EVENTS + 1)
    assert calibrate([], standard(), way=INDEPENDENT).values == ()


def test_few_cases_move_a_value_less_than_many() -> None:
    """Drawn towards the shipped value by so much as the cases leave open."""

    def success(people: int) -> float:
        made = [Stay(n, State.TRAINING, 3, Exit.END, State.JOB if n % 4 else State.ROUND) for n in range(people)]
        return by_name(calibrate(made, standard(), way=INDEPENDENT))["success_training"].value

    assert standard()["success_training"].value < success(24) < success(400) < 0.76


def test_those_held_back_are_foretold_and_a_change_is_seen() -> None:
    """Two thirds foretell the others, and better than the shipped guess; where those held back live by other chances
    the check fails, and the value is not used (issue 5, point 2: validation against held-back cases)."""
    made = lived(a_fate(wait_training=6).process, [State.GAP_TRAINING], 300, seed=5)
    found = calibrate(made, standard(), way=INDEPENDENT)
    (check,) = (one for one in found.checks if one.name == "wait_training")
    assert check.holds
    assert check.gain > 1
    assert "wait_training" in {one.name for one in found.usable}
    apart = Check("wait_training", expected=100, low=80, high=120, happened=130, gain=-9)
    failed = type(found)(found.people, found.values, found.too_few, (apart,))
    assert "wait_training" not in {one.name for one in failed.usable}
    assert not failed.book(standard(), "cases")["wait_training"].changed


def test_the_chances_are_those_of_the_model() -> None:
    """A wait's chances by month are the process's own (docs/fates.md)."""
    from samverk.fates.calibrate import _chances

    target = next(one for one in TARGETS if one.name == "wait_training")
    grid, chances = _chances(target, standard(), COLLABORATING)
    ratio = standard()["collaborating.wait"].value
    expected = [two_phases(grid[900] * ratio, month) for month in range(1, 61)]
    np.testing.assert_allclose(chances[900], expected, rtol=1e-12)


def known(*steps: Step, until: int = 1500, **more: object) -> list[tuple[State, int, Exit | None, State | None]]:
    """The stays of one person who was referred on day -30."""
    found = stays([Known(steps, -30, until, **more)])  # type: ignore[arg-type]
    return [(one.state, one.months, one.how, one.next) for one in found]


def test_days_become_stays_of_the_model() -> None:
    """A way to work: the round until the first step, the waits named by what they led to, short pauses no waits."""
    told = known(
        Step(State.TREATMENT, 31, 92),
        Step(State.TREATMENT, 100, 153),
        Step(State.TRAINING, 214, 397),
        Step(State.SUBSIDISED, 397, 900),
    )
    assert told == [
        (State.ROUND, 2, Exit.END, State.TREATMENT),
        (State.TREATMENT, 4, Exit.END, State.GAP_TRAINING),
        (State.GAP_TRAINING, 2, Exit.END, State.TRAINING),
        (State.TRAINING, 6, Exit.END, State.SUBSIDISED),
        (State.SUBSIDISED, 17, Exit.END, State.GAP_WORK),
        (State.GAP_WORK, 19, None, None),
    ]


def test_where_a_measure_led_is_asked_only_when_a_year_after_it_is_known() -> None:
    """Otherwise those who succeed at once would be told of, and those who still wait would not; a closing tells it."""
    training = Step(State.TRAINING, 0, 183)
    assert known(training, until=500)[1:] == [(State.TRAINING, 6, Exit.END, None)]
    assert known(training, until=549)[1] == (State.TRAINING, 6, Exit.END, State.ROUND)
    assert known(training, until=300, ended=True, to=State.JOB)[1:] == [
        (State.TRAINING, 6, Exit.END, State.GAP_WORK),
        (State.GAP_WORK, 4, Exit.END, State.JOB),
    ]
    broken = Step(State.TRAINING, 0, 90, broken=True)
    assert known(broken, until=500)[1] == (State.TRAINING, 3, Exit.BREAK, State.ROUND)
    assert known(Step(State.TRAINING, -90, 60), until=20) == []


def test_a_month_at_risk_is_counted_once() -> None:
    """Those broken off were not at risk of ending in that month, and a limit hides how its month ended."""
    made = [Stay(0, State.TRAINING, 3, Exit.BREAK), Stay(1, State.TRAINING, 2, Exit.END), Stay(2, State.TRAINING, 9)]
    target = next(one for one in TARGETS if one.name == "months_training")
    found = counted(made, target)
    assert found.risk[:6].tolist() == [3, 3, 1, 1, 1, 0]
    assert found.events[:3].tolist() == [0, 1, 0]
    assert found.people == 3
