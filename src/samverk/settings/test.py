"""What the tests run on: SQLite, or the PostgreSQL that tests/postgres.py has started."""

import os
import tempfile
from pathlib import Path
from typing import Any

from samverk.settings import environment
from samverk.settings.base import *  # noqa: F403

SECRET_KEY = "samverk-tests-need-a-key-but-no-secret"  # noqa: S105
SAMVERK_DATA_KEYS = ["samverk-tests-need-a-key-to-seal-with-but-no-secret"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

# A file, not memory: the live server's threads then have connections of their own, as in reality.
FILE = f"{tempfile.gettempdir()}/samverk-test-{os.getpid()}.sqlite3"
_database: dict[str, Any] = environment.database(environment.text("SAMVERK_DATABASE") or f"sqlite:///{FILE}")
if _database["ENGINE"].endswith("sqlite3"):
    _database["TEST"] = {"NAME": FILE}
    _database["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
DATABASES = {"default": _database}
SAMVERK_LOG_KEY = Path(f"{tempfile.gettempdir()}/samverk-test-{os.getpid()}-log.key")

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment]
SAMVERK_READS_AN_HOUR = None
# The finders would read every static file at each start of a client.
WHITENOISE_AUTOREFRESH = True
