"""The first thing to say is how probable it is that there is no saving; and "we do not know" is an answer."""

from dataclasses import replace

import numpy as np
import pytest

from samverk.fates.answer import COLUMNS, Question, answer
from samverk.fates.book import COLLABORATING, INDEPENDENT, WAYS, Book, standard
from samverk.fates.costs import Costs
from samverk.fates.doubt import COSTS, SAVES, UNKNOWN, doubt, influence, over, tornado

PUBLIC = COLUMNS.index("public")


def certain(**values: float) -> Question:
    """A question whose collaborating way is the independent one, but for these values, which are certain."""
    book = standard()
    same = {n: book[n.replace(COLLABORATING, INDEPENDENT)].value for n in book.names if n.startswith(COLLABORATING)}
    book = book.with_values(same | {f"{COLLABORATING}.{name}": value for name, value in values.items()})
    fixed = {a.name: replace(a, low=a.value, high=a.value) if a.name.startswith(WAYS) else a for a in book}
    return Question(book=Book(fixed))


def test_with_the_shipped_assumptions_we_do_not_know() -> None:
    found = doubt(Question(), draws=1_000)
    for window in ("10 years", "pension"):
        verdict = found.verdict(window)
        assert verdict.says == UNKNOWN
        assert 0.1 < verdict.no_saving < 0.9
        assert verdict.low < 0 < verdict.high


def test_the_result_itself_names_its_guesses() -> None:
    verdict = doubt(Question(), draws=300).verdict("pension")
    assert "collaborating.success" in verdict.guesses
    assert "price_wage" not in verdict.guesses
    assert verdict.guessed > 0.9


def test_without_any_effect_there_is_no_saving_for_certain() -> None:
    found = doubt(certain(), draws=50)
    assert found.no_saving().min() == 1
    assert found.verdict("pension").says == COSTS


def test_a_certain_gain_saves_and_a_certain_harm_costs() -> None:
    gain = doubt(certain(success=4, wait=0.3, relapse=0.3, conflict=0), draws=200).verdict("pension")
    assert gain.says == SAVES
    assert gain.no_saving <= 0.1
    harm = doubt(certain(success=0.3, wait=1.3, coordination=3_000), draws=200).verdict("pension")
    assert harm.says == COSTS


def test_a_draw_at_the_books_values_is_the_answer() -> None:
    question = Question()
    costs, months = over(question, question.book.values()[None], WAYS)
    lines = answer(question).lines
    for n, way in enumerate(WAYS):
        np.testing.assert_allclose(costs[n, 0], lines[way].costs, rtol=1e-9, atol=1e-4)
        np.testing.assert_allclose(months[n, 0], lines[way].months, rtol=1e-9)


def test_the_same_seed_gives_the_same_draws_and_another_others() -> None:
    one, again, other = (doubt(Question(), draws=40, seed=seed, ways=(INDEPENDENT,)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.costs, again.costs)
    assert (one.costs != other.costs).any()


def test_what_matters_most_stands_first_and_is_what_it_says() -> None:
    question = Question()
    bars = tornado(question)
    widths = [bar.width for bar in bars]
    assert widths == sorted(widths, reverse=True)
    first = bars[0]
    moved = answer(Question(book=question.book.with_values({first.name: first.high})))
    assert moved.saving()[-1, PUBLIC] == pytest.approx(first.saving_high, rel=1e-9)
    assert len(bars) == sum(a.low < a.high for a in question.book)


def test_influence_finds_what_moves_the_outcome_and_nothing_in_noise() -> None:
    rng = np.random.default_rng(1)
    inputs = rng.normal(size=(2_000, 5))
    shares = influence(inputs, inputs[:, 2] * 3 + inputs[:, 4])
    assert shares.argmax() == 2
    assert shares[[0, 1, 3]].sum() < 0.05
    assert influence(np.ones((50, 3)), rng.normal(size=50)).tolist() == [0, 0, 0]


def test_plain_arrays_of_costs_have_no_range_to_draw_from() -> None:
    with pytest.raises(ValueError, match="no range to draw from"):
        doubt(Question(costs=dict.fromkeys(WAYS, Costs())), draws=10)
