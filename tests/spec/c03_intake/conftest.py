"""Fixtures of the chapter on intake."""

import pytest

from tests.people import Cast, cast


@pytest.fixture
def people(db: None) -> Cast:
    """Everyone, in one programme, with no case yet."""
    return cast()
