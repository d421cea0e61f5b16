"""Every assumption is a named value with a source or a mark, a range and a distribution, and can be changed."""

import numpy as np
import pytest

from samverk.fates.answer import Question, answer
from samverk.fates.book import COLLABORATING, INDEPENDENT, READS, WAYS, standard, uprating
from samverk.fates.rows import standard_rows

BOOK = standard()


@pytest.mark.parametrize("assumption", tuple(BOOK), ids=lambda assumption: assumption.name)
def test_each_has_a_source_or_is_marked(assumption: object) -> None:
    one = BOOK[getattr(assumption, "name", "")]
    assert one.source
    assert one.sv
    assert one.en
    if "no source" in one.source:
        assert one.guessed_range
    if not one.guess:
        assert one.source.startswith(("figures.csv", "domain.md", "egon.md", "by definition"))


def test_nothing_is_left_over_and_nothing_lacks() -> None:
    used = set(READS) | {"together", "growth_wages"}
    used |= {factor.removeprefix("~") for row in standard_rows() for factor in row.factors}
    named = {name.replace(f"{way}.", "way.") for name in BOOK.names for way in WAYS}
    assert {name for name in BOOK.names if "." not in name} <= used
    assert {name for name in used if name.startswith("way.")} <= named


@pytest.mark.parametrize(
    "name", ["wait", "relapse", "conflict", "pension", "direct", "success", "back", "handover_hours"]
)
def test_the_range_of_collaborating_holds_no_effect_and_harm(name: str) -> None:
    ours, yardstick = BOOK[f"{COLLABORATING}.{name}"], BOOK[f"{INDEPENDENT}.{name}"].value
    harm = ours.high if ours.better == "low" else ours.low
    assert ours.low <= yardstick <= ours.high
    assert harm == yardstick or (harm > yardstick) == (ours.better == "low")
    if name not in ("back", "direct"):
        assert harm != yardstick


def test_published_harm_and_gain_are_the_ends_of_success() -> None:
    success = BOOK["collaborating.success"]
    assert (success.low, success.value, success.high) == (0.55, 1.0, 1.63)


@pytest.mark.parametrize("assumption", tuple(BOOK), ids=lambda assumption: assumption.name)
def test_draws_stay_in_the_range(assumption: object) -> None:
    one = BOOK[getattr(assumption, "name", "")]
    drawn = BOOK.draws(4_000, seed=1)[:, BOOK.names.index(one.name)]
    if one.distribution == "lognormal":
        outside = ((drawn < one.low) | (drawn > one.high)).mean()
        assert 0.03 < outside < 0.07
        assert np.median(drawn) == pytest.approx(one.value, rel=0.05)
    else:
        assert one.low - 1e-9 <= drawn.min()
        assert drawn.max() <= one.high + 1e-9
    if one.distribution == "triangular":
        mean = (one.low + one.value + one.high) / 3
        assert abs(drawn.mean() - mean) < 5 * max(drawn.std(), 1e-12) / np.sqrt(len(drawn))


def test_effects_of_collaborating_are_good_or_bad_together() -> None:
    drawn = BOOK.draws(4_000, seed=1)
    wait, success = (drawn[:, BOOK.names.index(f"collaborating.{name}")] for name in ("wait", "success"))
    hours = drawn[:, BOOK.names.index("months_training")]
    assert np.corrcoef(wait, success)[0, 1] < -0.5
    assert abs(np.corrcoef(wait, hours)[0, 1]) < 0.1


def test_a_draw_does_not_depend_on_how_many_there_are() -> None:
    np.testing.assert_array_equal(BOOK.draws(10, seed=3), BOOK.draws(50, seed=3)[:10])


def test_a_change_is_seen_in_the_answer_and_is_no_source() -> None:
    changed = BOOK.with_values({"wait_work": 20})
    assert changed["wait_work"].high == 20
    assert changed["wait_work"].guess
    found = answer(Question(book=changed))
    assert "wait_work" in found.changed
    assert "wait_work" in found.guesses
    assert found.lines[INDEPENDENT].years["work"] < answer(Question()).lines[INDEPENDENT].years["work"]


def test_what_a_value_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="a share lies between 0 and 1"):
        BOOK.with_values({"needs_treatment": 1.2})
    with pytest.raises(ValueError, match="is no number"):
        BOOK.with_values({"needs_treatment": float("nan")})
    with pytest.raises(KeyError, match="no assumption is called"):
        BOOK.with_values({"luck": 1})


def test_a_source_takes_away_the_mark_of_a_guess() -> None:
    counted = BOOK.known("wait_work", 2.5, 2.0, 3.1, "our own cases 2025, n = 80")
    assert "wait_work" not in counted.guesses
    assert "wait_work" in BOOK.guesses


def test_amounts_are_moved_by_a_named_index_and_never_beyond_it() -> None:
    factor, how = uprating(2010, 2023)
    assert factor == pytest.approx(403.70 / 303.46)
    assert how == "moved from 2010 to 2023 by consumer prices"
    factor, how = uprating(1995, 2023)
    assert factor == pytest.approx(52500 / 35700)
    assert "price base amount" in how
    assert "read between" in uprating(2018, 2023)[1]
    with pytest.raises(ValueError, match="no index reaches"):
        uprating(1980, 2023)
