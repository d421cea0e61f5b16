"""A house of its own for a measurement: an empty database that is thrown away afterwards, on SQLite or PostgreSQL.

Django is set up here, before anything of Samverk is imported: a bench begins with `with house(): …`.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

T = TypeVar("T")


def there(found: T | None) -> T:
    """What was found: a bench in which the door stays shut measures nothing."""
    if found is None:
        raise LookupError("nobody there, or the door did not open")
    return found


@contextmanager
def house(*, folder: Path | None = None) -> Iterator[str]:
    """Tables without a row, and the vendor's name. PostgreSQL when SAMVERK_DATABASE names one, else a file.

    `folder`: where the SQLite file is to lie; else among the temporary ones.
    """
    with tempfile.TemporaryDirectory(dir=folder, prefix="samverk-bench-") as place:
        url = os.environ.get("SAMVERK_DATABASE", "")
        on_postgres = url.startswith("postgres")
        os.environ["DJANGO_SETTINGS_MODULE"] = "samverk.settings.test"
        import django
        from django.conf import settings

        settings.DATABASES["default"].pop("TEST", None)
        if not on_postgres:
            # As in a real installation: the tests' own settings do without safety on disc.
            settings.DATABASES["default"]["OPTIONS"]["init_command"] = (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            )
        django.setup()
        with _postgres_database() if on_postgres else _file(f"{place}/bench.sqlite3"):
            from django.core.management import call_command
            from django.db import connection

            # The models as they stand: a bench runs also between two migrations.
            settings.MIGRATION_MODULES = {"store": None}
            call_command("migrate", run_syncdb=True, verbosity=0)
            yield connection.vendor


@contextmanager
def _file(path: str) -> Iterator[None]:
    from django.db import connections

    _use(path)
    try:
        yield
    finally:
        connections.close_all()


@contextmanager
def _postgres_database() -> Iterator[None]:
    """A database of our own beside the one that the tests use."""
    from django.conf import settings
    from django.db import connection, connections

    first, own = settings.DATABASES["default"]["NAME"], f"bench_{uuid4().hex[:12]}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {own}")
    _use(own)
    try:
        yield
    finally:
        connections.close_all()
        _use(first)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {own} WITH (FORCE)")


def _use(name: str) -> None:
    from django.conf import settings
    from django.db import connection

    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name
