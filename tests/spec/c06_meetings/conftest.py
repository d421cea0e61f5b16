"""What every section of this chapter starts from: the people, and Egon's active case."""

from uuid import UUID

import pytest

from tests.build import active_case
from tests.people import Cast, cast


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def case(people: Cast) -> UUID:
    return active_case(people)
