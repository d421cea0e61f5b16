"""Egon's case as the pages meet it: a client for each of the people."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from samverk.access.actor import Actor
from samverk.store.models import Account
from tests.build import active_case
from tests.people import Cast, cast


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


@pytest.fixture
def case(people: Cast) -> UUID:
    return active_case(people)


@pytest.fixture
def client_of(settings: object) -> Callable[[Actor], Client]:
    """A logged-in browser without a second factor: the demonstration asks for none."""
    settings.SAMVERK_DEMO = True  # type: ignore[attr-defined]

    def log_in(actor: Actor) -> Client:
        client = Client()
        client.force_login(
            Account.objects.get(id=actor.account), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        return client

    return log_in
