"""Fixtures of the chapter on referral."""

import pytest

from tests.people import Cast, cast


@pytest.fixture
def people(db: None) -> Cast:
    """Everyone, in one programme, with no case yet."""
    return cast()
