"""Egon's case with its log, a key to seal it with, and the verifier that knows nothing of Samverk."""

import importlib.util
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from samverk.access.actor import Actor
from samverk.access.ledger.export import whole_log
from samverk.access.ledger.keys import SigningKey
from samverk.access.ledger.sequencer import sequence_all
from samverk.store.models import Account
from tests.build import active_case
from tests.people import Cast, cast

VERIFIER = Path(__file__).resolve().parents[3] / "tools" / "verify_log.py"


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


@pytest.fixture
def case(people: Cast) -> UUID:
    return active_case(people)


@pytest.fixture(scope="session")
def key() -> SigningKey:
    return SigningKey(Ed25519PrivateKey.generate())


@pytest.fixture(scope="session")
def verifier() -> ModuleType:
    """tools/verify_log.py as a module: it imports nothing of Samverk (a test of its own sees to that)."""
    spec = importlib.util.spec_from_file_location("verify_log", VERIFIER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["verify_log"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def sealed(case: UUID, key: SigningKey) -> UUID:
    """Egon's case, sealed in several checkpoints as it is when time passes."""
    sequence_all(key=key, most=25)
    return case


@pytest.fixture
def lines(sealed: UUID) -> list[dict[str, Any]]:
    """The whole log as it is taken out."""
    return [json.loads(line) for line in whole_log()]


@pytest.fixture
def wrong(verifier: ModuleType) -> Callable[..., list[str]]:
    """What the stand-alone verifier finds wrong in lines."""

    def check(rows: Iterable[dict[str, Any]], **told: Any) -> list[str]:
        found = verifier.Verifier(**told)
        found.run(verifier.read((json.dumps(row) + "\n").encode() for row in rows))
        return list(found.wrong)

    return check


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
