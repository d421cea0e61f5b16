"""The demonstration: invented people, login by one click, and therefore this machine only."""

from pathlib import Path

from samverk.settings import environment
from samverk.settings.base import *  # noqa: F403

SAMVERK_DEMO = True
SAMVERK_OPEN_FATES = True
SAMVERK_BIND = environment.refuse_foreign_bind(environment.text("SAMVERK_BIND", "127.0.0.1"))
SAMVERK_DATA = Path(environment.text("SAMVERK_DATA") or "var").resolve()

SECRET_KEY = environment.kept_key(SAMVERK_DATA / "demo.key")
# Invented people: one key file is enough, and lost with it is nothing but the demonstration.
SAMVERK_DATA_KEYS = [SECRET_KEY]
SAMVERK_LOG_KEY = SAMVERK_DATA / "demo-log.key"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", SAMVERK_BIND]

DATABASES = {
    "default": environment.database(environment.text("SAMVERK_DATABASE") or f"sqlite:///{SAMVERK_DATA}/demo.sqlite3")
}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

SESSION_COOKIE_NAME = "samverk-demo"
