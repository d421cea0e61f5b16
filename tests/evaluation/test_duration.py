"""Time to self-support with competing ends, against another library and by hand."""

import numpy as np
import pytest
from lifelines import AalenJohansenFitter  # type: ignore[import-untyped]

from samverk.evaluation.duration import incidence
from samverk.evaluation.problems import Invalid

CAUSES = ("work", "pension", "death")


def drawn(seed: int, people: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    until = {cause: generator.exponential(scale, people) for cause, scale in zip(CAUSES, (20, 40, 200), strict=True)}
    seen = generator.uniform(5, 60, people)
    first = np.minimum.reduce([*until.values(), seen])
    ends = np.select([first == until[cause] for cause in CAUSES], CAUSES, default="")
    return first, ends


def test_it_agrees_with_another_library() -> None:
    durations, ends = drawn(1, 500)
    ours = incidence(durations, ends, CAUSES)
    codes = np.select([ends == cause for cause in CAUSES], [1, 2, 3], default=0)
    for number, cause in enumerate(CAUSES, start=1):
        theirs = AalenJohansenFitter(calculate_variance=False).fit(durations, codes, event_of_interest=number)
        column = theirs.cumulative_density_.iloc[:, 0]
        for time in (1.0, 10.0, 25.0, 50.0):
            assert ours.at(time, cause) == pytest.approx(float(column[column.index <= time].iloc[-1]), abs=1e-9)


def test_by_hand_with_ties() -> None:
    got = incidence(np.array([1.0, 1, 2, 2, 3]), np.array(["work", "", "pension", "work", ""]), CAUSES)
    assert got.at(0.5, "work") == 0
    assert got.at(1, "work") == pytest.approx(1 / 5)
    assert got.at(2, "work") == pytest.approx(1 / 5 + 4 / 5 / 3)
    assert got.at(9, "pension") == pytest.approx(4 / 5 / 3)
    assert list(got.at_risk) == [5, 3, 1]


def test_the_shares_and_those_waiting_make_one() -> None:
    got = incidence(*drawn(2, 300), CAUSES)
    assert got.share.sum(axis=1) + got.waiting == pytest.approx(np.ones(got.times.size))


def test_taking_other_ends_for_censoring_would_promise_too_much() -> None:
    durations, ends = drawn(3, 5000)
    honest = incidence(durations, ends, CAUSES).at(40, "work")
    naive = incidence(durations, np.where(ends == "work", "work", ""), ("work",)).at(40, "work")
    assert naive > honest + 0.1
    total = 1 / 20 + 1 / 40 + 1 / 200
    assert honest == pytest.approx(1 / 20 / total * (1 - np.exp(-40 * total)), abs=0.02)


def test_a_weight_of_two_is_two_people() -> None:
    durations, ends = drawn(4, 50)
    twice = incidence(np.repeat(durations, 2), np.repeat(ends, 2), CAUSES)
    assert incidence(durations, ends, CAUSES, weights=np.full(50, 2.0)).share == pytest.approx(twice.share)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(Invalid, match="moved: not among"):
        incidence(np.array([1.0]), np.array(["moved"]), CAUSES)
    with pytest.raises(Invalid, match="followed for some time"):
        incidence(np.array([0.0]), np.array([""]), CAUSES)
