"""One world for all the attacks, taken away at the end; what a test does in it is undone after the test."""

import logging
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.attacks.world import World, build


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Egon's case with its canaries, built by some 150 acts. Each test's own transaction lies inside this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Thousands of refusals, each of which Django would tell on the screen."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)
