"""A figure says what it was made of, and the same makes it again."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverk.evaluation.comparison import Comparison
from samverk.evaluation.oracle import Row
from samverk.evaluation.prices import PriceBook
from samverk.evaluation.provenance import Figure, code_version, data_hash, provenance
from samverk.evaluation.spells import Stream
from tests.evaluation.test_costs import price
from tests.evaluation.worlds import rows, spells_of

ROW = Row(person="Egon", kind="wage", start=date(2020, 1, 1), stop=date(2020, 2, 1), extent=0.5)


@given(rows(), st.randoms(use_true_random=False))
def test_the_order_of_the_data_does_not_change_their_hash(found: list[Row], chance: object) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert data_hash([spells_of(found)]) == data_hash([spells_of(shuffled)])


@pytest.mark.parametrize(
    "other",
    [
        replace(ROW, person="Anna"),
        replace(ROW, kind="care"),
        replace(ROW, start=date(2020, 1, 2)),
        replace(ROW, stop=date(2020, 2, 2)),
        replace(ROW, extent=0.25),
        replace(ROW, payer="FK"),
    ],
)
def test_any_change_in_the_data_changes_their_hash(other: Row) -> None:
    assert data_hash([spells_of([ROW])]) != data_hash([spells_of([other])])


def test_the_stream_is_part_of_the_data() -> None:
    assert data_hash([spells_of([ROW])]) != data_hash([spells_of([ROW], Stream.PROGRAMME)])


def test_the_key_changes_with_data_prices_method_and_parameters() -> None:
    spells, book = spells_of([ROW]), PriceBook((price(),))
    first = provenance([spells], book, "improvement", {"seed": 1})
    assert first == provenance([spells], book, "improvement", {"seed": 1})
    others = [
        provenance([spells_of([replace(ROW, extent=1.0)])], book, "improvement", {"seed": 1}),
        provenance([spells], PriceBook((price(amount=1.0),)), "improvement", {"seed": 1}),
        provenance([spells], book, "costs", {"seed": 1}),
        provenance([spells], book, "improvement", {"seed": 2}),
        replace(first, code="0.0.0"),
    ]
    assert len({first.key, *(other.key for other in others)}) == 6


def test_the_code_has_a_version_of_its_own() -> None:
    package, _, digest = code_version().partition("+")
    assert package[0].isdigit()
    assert len(digest) == 16


def test_a_figure_cannot_leave_out_its_comparison() -> None:
    made = provenance([spells_of([ROW])], PriceBook((price(),)), "improvement")
    assert Figure(value=1.0, unit="SEK", comparison=Comparison.NONE, provenance=made).comparison is Comparison.NONE
    with pytest.raises(TypeError, match="comparison"):
        Figure(value=1.0, unit="SEK", provenance=made)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="provenance"):
        Figure(value=1.0, unit="SEK", comparison=Comparison.NONE)  # type: ignore[call-arg]


def test_numbers_of_different_shape_do_not_share_a_hash() -> None:
    one = spells_of([ROW])
    assert data_hash([one]) != data_hash([replace(one, observed_until=np.array([0], dtype=np.int32))])
