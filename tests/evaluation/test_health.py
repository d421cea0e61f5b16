"""EQ-5D scores come out as published, and sets are never mixed."""

import itertools

import numpy as np
import pytest

from samverk.evaluation.health import SETS, quality_adjusted_years, same_set, score
from samverk.evaluation.problems import Invalid, Refused

OLD, OWN, SOCIAL = "SE-3L-experience-TTO", "SE-5L-experience-TTO", "SE-5L-social-cTTO"


@pytest.mark.parametrize(
    ("state", "value_set", "value"),
    [
        ("55555", OWN, 0.2433),
        ("55555", SOCIAL, -0.314),
        ("11111", OLD, 0.9694),
        ("11111", OWN, 0.9755),
        ("11111", SOCIAL, 1.0),
        ("33333", OLD, 0.9694 - 0.1247 - 0.0276 - 0.1355 - 0.0904 - 0.2077 - 0.0433),
        ("21111", OLD, 0.9694 - 0.0666),
        ("12111", OLD, 0.9694 - 0.0276),
        ("11311", OLD, 0.9694 - 0.1355 - 0.0433),
        ("23421", OWN, 0.9755 - 0.0287 - 0.0817 - 0.1639 - 0.0108),
        ("11115", OWN, 0.9755 - 0.2339 - 0.0023),
        ("12345", SOCIAL, 1 - 0.019 - 0.048 - 0.319 - 0.394),
    ],
)
def test_a_state_has_its_published_score(state: str, value_set: str, value: float) -> None:
    assert score(state, value_set).value == pytest.approx(value, abs=1e-12)


def test_the_worst_state_as_the_authors_round_it() -> None:
    assert round(score("55555", OWN).value, 3) == 0.243
    assert round(score("55555", SOCIAL).value, 2) == -0.31


@pytest.mark.parametrize("value_set", SETS)
def test_worse_is_never_worth_more(value_set: str) -> None:
    levels = SETS[value_set].levels
    for state in itertools.product(range(1, levels + 1), repeat=5):
        mine = score("".join(map(str, state)), value_set).value
        for place in (n for n in range(5) if state[n] < levels):
            worse = [*state[:place], state[place] + 1, *state[place + 1 :]]
            assert score("".join(map(str, worse)), value_set).value <= mine


def test_sets_are_never_mixed() -> None:
    with pytest.raises(Refused, match="never mixed"):
        same_set([score("11111", OWN), score("11111", SOCIAL)])
    with pytest.raises(Refused, match="never mixed"):
        score("11111", OWN) - score("21111", SOCIAL)
    with pytest.raises(Refused, match="no scores"):
        same_set([])
    assert score("11111", OWN) - score("21111", OWN) == pytest.approx(0.0287)
    assert same_set([score("11111", OWN)]) == "SE-5L-experience-TTO (2020, model 5)"


@pytest.mark.parametrize(
    ("state", "value_set"),
    [("11114", OLD), ("11116", OWN), ("1111", OWN), ("1111a", OWN), ("01111", OWN), ("11111", "UK")],
)
def test_a_state_or_set_that_does_not_exist_is_refused(state: str, value_set: str) -> None:
    with pytest.raises(Invalid, match=r"five digits|is none of"):
        score(state, value_set)


def test_quality_adjusted_years_are_the_area_under_the_scores() -> None:
    scores = [score("11111", SOCIAL), score("55555", SOCIAL)]
    days = np.array([0.0, 731.0])
    assert quality_adjusted_years(days, scores, rate=0.0) == pytest.approx(731 / 365.25 * (1 - 0.314) / 2, abs=1e-9)
    assert quality_adjusted_years(days, scores, rate=0.03) < quality_adjusted_years(days, scores, rate=0.0)
    with pytest.raises(Invalid, match="days rise"):
        quality_adjusted_years(days[::-1], scores, rate=0.0)
    with pytest.raises(Refused, match="never mixed"):
        quality_adjusted_years(days, [scores[0], score("11111", OWN)], rate=0.0)
