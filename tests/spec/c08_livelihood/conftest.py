"""Egon's case under way."""

from uuid import UUID

import pytest

from tests.build import active_case
from tests.people import Cast, cast


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


@pytest.fixture
def case(people: Cast) -> UUID:
    return active_case(people)
