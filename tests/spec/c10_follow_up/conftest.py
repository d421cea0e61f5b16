"""Egon's case under way, and closed."""

from uuid import UUID

import pytest

from samverk.store.models import Programme
from tests.build import active_case, close
from tests.people import Cast, cast


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


@pytest.fixture
def case(people: Cast) -> UUID:
    return active_case(people)


@pytest.fixture
def closed(people: Cast, case: UUID) -> UUID:
    """Closed today, with the first follow-up in a month: near enough to be answered at once."""
    Programme.objects.filter(id=people.programme).update(follow_up_months=[1, 12])
    close(people, case)
    return case
