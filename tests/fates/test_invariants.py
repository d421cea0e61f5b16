"""What has to hold whatever the assumptions are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverk.fates.answer import COLUMNS, Question, answer, fate
from samverk.fates.book import COLLABORATING, INDEPENDENT, WAYS, columns, standard
from samverk.fates.costs import Costs
from samverk.fates.doubt import doubt
from samverk.fates.jit import split
from samverk.fates.person import Person
from samverk.fates.process import LIMIT, READS, TRAINING, process_of
from samverk.fates.rows import START, compiled, costs_at, standard_rows
from samverk.fates.states import PARTIES, PARTY_NAMES, WORK, Party, State
from tests.fates.worlds import a_fate, dotted

BOOK = standard()
LIKE_INDEPENDENT = {
    name: BOOK[name.replace(COLLABORATING, INDEPENDENT)].value for name in BOOK.names if name.startswith(COLLABORATING)
}
SOME = st.sampled_from([a.name for a in BOOK if a.low < a.high and not a.name.startswith(("price", "mix", "growth"))])


def values(draws: list[tuple[str, float]]) -> dict[str, float]:
    return {name: BOOK[name].low + share * (BOOK[name].high - BOOK[name].low) for name, share in draws}


DRAWS = st.lists(st.tuples(SOME, st.floats(0, 1)), max_size=12).map(values)


@settings(max_examples=30)
@given(DRAWS, st.sampled_from(["wait_treatment", "wait_training", "wait_work"]), st.floats(1, 3))
def test_more_waiting_never_helps(drawn: dict[str, float], wait: str, longer: float) -> None:
    months = BOOK[wait].value
    short = fate(Question(), Person(values={**drawn, wait: months}), INDEPENDENT).expected()
    long = fate(Question(), Person(values={**drawn, wait: months * longer}), INDEPENDENT).expected()
    work = [int(state) for state in WORK]
    assert long.months()[work].sum() <= short.months()[work].sum() + 1e-9


@settings(max_examples=20)
@given(DRAWS)
def test_equal_parameters_give_equal_fates(drawn: dict[str, float]) -> None:
    drawn = {name: value for name, value in drawn.items() if not name.startswith(WAYS)}
    person = Person(values={**drawn, **LIKE_INDEPENDENT})
    ours, theirs = (fate(Question(), person, way) for way in (COLLABORATING, INDEPENDENT))
    np.testing.assert_array_equal(ours.expected().costs, theirs.expected().costs)
    lived, other = ours.lives(200, seed=1), theirs.lives(200, seed=1)
    np.testing.assert_array_equal(lived.costs, other.costs)
    np.testing.assert_array_equal(lived.months, other.months)


@settings(max_examples=30)
@given(DRAWS, st.sampled_from(WAYS))
def test_parties_sum_to_what_is_used_and_transfers_to_nothing(drawn: dict[str, float], way: str) -> None:
    book = BOOK.with_values(drawn)
    at = book.values()[columns(book.names, way)]
    for real in (True, False):
        rows = tuple(row for row in standard_rows() if (Party.OUTSIDE in (row.payer, row.receiver)) == real)
        costs = costs_at(at, compiled(book.names, rows))
        each = [costs_at(at, compiled(book.names, (row,))) for row in rows if row.charged == START and real]
        used = sum((one.start.sum() for one in each), 0.0)
        assert costs.start.sum() == pytest.approx(used)
        if not real:
            assert abs(costs.monthly.sum(axis=-1)).max() < 1e-6
            assert abs(costs.one_off.sum(axis=-1)).max() < 1e-6


def test_public_and_society_are_sums_of_parties() -> None:
    found = answer(Question()).lines[COLLABORATING].costs
    assert COLUMNS[: len(PARTY_NAMES)] == PARTY_NAMES
    np.testing.assert_allclose(found[:, 7], found[:, :5].sum(axis=1))
    np.testing.assert_allclose(found[:, 8], found[:, :PARTIES].sum(axis=1))


@pytest.mark.parametrize("limit", [2, 6, 9])
def test_time_limits_are_respected(limit: int) -> None:
    one = a_fate(months=120, limit_training=limit, renew_training=0.0, sick_back=0.0, collaborating__back=0.0)
    assert one.process.route[LIMIT, TRAINING, TRAINING] == 0
    lived = one.lives(2_000, seed=1, with_paths=True)
    assert lived.paths is not None
    longest = max(
        len(run) for path in lived.paths for run in "".join("x" if s == State.TRAINING else " " for s in path).split()
    )
    assert longest == limit


def test_a_limit_met_is_a_new_decision_and_not_a_longer_stay() -> None:
    one = a_fate(months=60, renew_training=0.6)
    found = one.expected()
    assert found.flow[:, State.TRAINING, LIMIT].sum() > 0
    assert one.process.cells[State.TRAINING] == 6
    assert one.process.limited[State.TRAINING]


@pytest.mark.parametrize("threads", [2, 3, 7])
def test_the_bits_are_the_same_at_any_number_of_threads(threads: int) -> None:
    one = a_fate(COLLABORATING)
    alone, many = one.lives(5_000, seed=9), one.lives(5_000, seed=9, threads=threads)
    assert alone.costs.tobytes() == many.costs.tobytes()
    assert alone.months.tobytes() == many.months.tobytes()
    question = Question(years=(2,))
    drawn, again = (doubt(question, draws=60, threads=n, ways=(INDEPENDENT,)) for n in (1, threads))
    assert drawn.costs.tobytes() == again.costs.tobytes()


def test_a_life_is_the_same_whoever_else_lives() -> None:
    one = a_fate()
    assert one.lives(10, seed=4).costs.tobytes() == one.lives(400, seed=4).costs[:10].tobytes()
    assert one.lives(10, seed=4).costs.tobytes() != one.lives(10, seed=5).costs.tobytes()


def test_lives_in_two_ways_share_their_luck() -> None:
    near = a_fate(COLLABORATING, **dotted(dict(LIKE_INDEPENDENT)) | {"collaborating.coordination": 3000})
    far = a_fate(INDEPENDENT)
    gap = (near.lives(3_000, seed=1).costs - far.lives(3_000, seed=1).costs)[:, -1].sum(axis=1)
    alone = (near.lives(3_000, seed=1).costs - far.lives(3_000, seed=2).costs)[:, -1].sum(axis=1)
    assert gap.std() < alone.std() / 5


def test_what_a_thread_raises_is_raised() -> None:
    def work(first: int, beyond: int) -> None:
        raise RuntimeError(f"{first}")

    with pytest.raises(RuntimeError):
        split(work, 100, 2)
    with pytest.raises(ValueError, match="at least 1"):
        split(work, 100, 0)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda p: p.end.__setitem__((0, 0), 1.5), "round: the chances"),
        (lambda p: p.end.__setitem__((6, 1), float("nan")), "job: the chances"),
        (lambda p: p.route.__setitem__((0, 3), 0.2), "training: the routes"),
        (lambda p: p.cells.__setitem__(2, 99), "gap_training: a stay has"),
        (lambda p: p.limited.__setitem__(5, 0) or p.cells.__setitem__(5, 6), "subsidised: without a limit"),
    ],
)
def test_what_is_no_process_is_refused(spoil: object, says: str) -> None:
    made = process_of(BOOK.values()[columns(BOOK.names, INDEPENDENT)][: len(READS)])
    assert callable(spoil)
    spoil(made)
    with pytest.raises(ValueError, match=says):
        made.check()


def test_costs_of_its_own_replace_the_rows() -> None:
    mine = dict.fromkeys(WAYS, Costs())
    assert not answer(Question(costs=mine)).lines[COLLABORATING].costs.any()
