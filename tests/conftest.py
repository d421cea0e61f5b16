"""What every test shares: which database it runs on is said, and generated examples are the same each time."""

import gc
import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.middleware import csrf
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

hypothesis_settings.register_profile(
    "samverk",
    deadline=None,
    derandomize=True,
    # A fixture that is not reset between examples is a database transaction, which each example rolls back itself.
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis_settings.load_profile("samverk")

# A test that says which words or years are not on a page must not find them in a form's random token.
csrf.CSRF_ALLOWED_CHARS = "qxz"

# Playwright keeps an event loop in the thread of the tests, in which Django would refuse every query.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_finish() -> None:
    """What has been imported stays, and is not looked through for rubbish every few hundred objects (8 % of the time)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for report in terminalreporter.getreports("passed"):
        for name, said in report.user_properties:
            if name == "proof":
                terminalreporter.write_line(str(said))
    terminalreporter.write_line(f"database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}")


@pytest.fixture(autouse=True)
def _swedish() -> None:
    """A test that switches the language leaves no trace in the next."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _written_down() -> Iterator[None]:
    """What a test builds is built upon what it has written before: see tests/kept.py."""
    from tests.kept import written_down

    with written_down():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The people of the tests are there from the start: each test has them for the price of one query.

    That they came is long ago for the log, which waits for every older transaction of the whole server (docs/log.md): another
    worker's test may be one.
    """
    from samverk.store.models import Event
    from tests.people import cast

    with django_db_blocker.unblock():
        cast()
        Event.objects.update(turn=0)
