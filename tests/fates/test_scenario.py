"""A question can be shared as parameters, and asks the same again; data that are wrong say what is wrong."""

import json
from typing import Any

import numpy as np
import pytest

from samverk.fates.answer import Question, answer
from samverk.fates.book import COLLABORATING, WAYS, standard
from samverk.fates.costs import Costs, Rates
from samverk.fates.egon import EGON
from samverk.fates.person import Person
from samverk.fates.scenario import data_of, fingerprint, question_of
from samverk.fates.states import State

ASKED = Question(
    persons=(EGON, Person(age=55 * 12, start=State.SICK, count=12)),
    book=standard().with_values({"wait_work": 6, "collaborating.success": 0.8}),
    rates=Rates(((0, 0.05), (10, 0.02))),
    years=(1, 5),
)


def test_what_is_shared_asks_the_same_again() -> None:
    again = question_of(json.loads(json.dumps(data_of(ASKED))))
    assert fingerprint(again) == fingerprint(ASKED)
    np.testing.assert_array_equal(answer(again).lines[COLLABORATING].costs, answer(ASKED).lines[COLLABORATING].costs)


def test_only_what_differs_is_shared() -> None:
    assert data_of(Question())["values"] == {}
    assert fingerprint(question_of({"version": 1})) == fingerprint(Question())
    assert fingerprint(ASKED) != fingerprint(Question())


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"version": 2}, "this is version 1"),
        ({"version": 1, "name": "Egon"}, "name: unknown"),
        ({"version": 1, "persons": []}, "a list of 1 to 50"),
        ({"version": 1, "persons": [{"age": 100}]}, "age is at least 16 years"),
        ({"version": 1, "persons": [{"start": "happy"}]}, "no state is called 'happy'"),
        ({"version": 1, "persons": [{"values": {"luck": 1}}]}, "no assumption is called 'luck'"),
        ({"version": 1, "values": {"needs_treatment": 3}}, "lies between 0 and 1"),
        ({"version": 1, "values": [1]}, "no attribute"),
        ({"version": 1, "rates": [[3, 0.02]]}, "begin with year 0"),
        ({"version": 1, "years": [0]}, "at least one"),
    ],
)
def test_wrong_data_say_what_is_wrong(data: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        question_of(data)


def test_what_is_more_than_parameters_is_not_shared() -> None:
    with pytest.raises(ValueError, match="price book of its own"):
        data_of(Question(costs=dict.fromkeys(WAYS, Costs())))
    with pytest.raises(ValueError, match="sources and ranges of their own"):
        data_of(Question(book=standard().known("wait_work", 2, 1, 3, "counted")))
