"""FRISAM's printed figures come out of a data set constructed to them, with the rest on its own row."""

import pytest

from samverk.evaluation.costs import with_rest
from samverk.evaluation.frisam import (
    CONSTRUCTED,
    PEOPLE,
    PRINTED,
    PRINTED_PAY_OFF,
    PRINTED_TOTAL,
    constructed,
    public_parts,
)
from samverk.evaluation.improvement import Improvement, improvement
from samverk.evaluation.payoff import months_to_pay


@pytest.fixture(scope="module")
def found() -> Improvement:
    made = constructed()
    return improvement([made.livelihood], made.book, made.windows)


def test_the_parts_are_as_printed_and_the_rest_has_its_row(found: Improvement) -> None:
    parts = public_parts(found)
    assert parts == {**PRINTED, "unallocated": 1.1}
    assert round(sum(parts.values()), 1) == PRINTED_TOTAL == 13.6
    assert parts == pytest.approx(with_rest(PRINTED, PRINTED_TOTAL))


def test_to_the_krona(found: Improvement) -> None:
    totals = found.totals()
    assert {party: totals[party] for party in PRINTED} == pytest.approx({p: v * 1e6 for p, v in PRINTED.items()})
    assert sum(totals.values()) == pytest.approx(0, abs=0.01)
    assert found.coverage == 1
    assert found.observed.sum() == PEOPLE


def test_it_is_113_000_a_person_and_year_and_six_months_pay_for_57_000(found: Improvement) -> None:
    per_person = sum(public_parts(found).values()) * 1e6 / PEOPLE
    assert round(per_person, -3) == 113_000
    measures = PRINTED_PAY_OFF / 12 * per_person
    assert round(measures, -3) == 57_000
    assert months_to_pay(57_000, per_person) == pytest.approx(PRINTED_PAY_OFF, abs=0.05)


def test_it_varies_between_people_and_some_lose(found: Improvement) -> None:
    by_person = found.of("FK")
    assert by_person.min() < 0 < by_person.max()


def test_it_says_that_it_is_constructed() -> None:
    made = constructed()
    assert set(made.livelihood.sources) == {CONSTRUCTED}
    assert {row.source for row in made.book.rows} == {CONSTRUCTED}
    assert all(row.assumption for row in made.book.rows)
    assert made.book.note == CONSTRUCTED
