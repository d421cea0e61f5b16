"""A real installation. Everything comes from the environment, and what is insecure does not start."""

from django.core.exceptions import ImproperlyConfigured

from samverk.settings import environment
from samverk.settings.base import *  # noqa: F403

if environment.flag("SAMVERK_DEBUG") or environment.flag("DEBUG"):
    raise ImproperlyConfigured("Debugging shows case data to anyone who meets an error: unset SAMVERK_DEBUG and DEBUG.")
if environment.flag("SAMVERK_DEMO"):
    raise ImproperlyConfigured("The demonstration has settings of its own: start it with `samverk demo`.")
if not environment.text("SAMVERK_DATABASE"):
    raise ImproperlyConfigured("SAMVERK_DATABASE is missing: sqlite:///path or postgresql://user:password@host/name.")

SECRET_KEY = environment.refuse_weak_key(environment.secret("SAMVERK_SECRET_KEY"))
SAMVERK_DATA_KEYS = environment.refuse_weak_data_keys(
    environment.several(environment.secret("SAMVERK_DATA_KEYS")), SECRET_KEY
)
ALLOWED_HOSTS = environment.refuse_open_hosts(environment.several(environment.text("SAMVERK_HOSTS")))
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS]

# Only the sequencer needs it: `samverk serve` says so when it is missing.
SAMVERK_LOG_KEY = environment.key_file("SAMVERK_LOG_KEY")
SAMVERK_BREACHED_PASSWORDS = environment.breached("SAMVERK_BREACHED_PASSWORDS")

DATABASES = {
    "default": environment.database(
        environment.text("SAMVERK_DATABASE"), environment.secret("SAMVERK_DATABASE_PASSWORD")
    )
    | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False},
}

# The __Host- prefix makes the browser refuse the cookie without encryption or for a neighbouring host.
SESSION_COOKIE_NAME = "__Host-samverk"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-samverk-csrf"
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_NAME = "__Host-samverk-sprak"
LANGUAGE_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"

# Only behind a proxy that sets the header itself: else anyone could claim to come encrypted, or from anywhere.
if environment.flag("SAMVERK_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

SAMVERK_OPEN_FATES = environment.flag("SAMVERK_OPEN_FATES")
SAMVERK_SECURITY_CONTACT = environment.contact(environment.text("SAMVERK_SECURITY_CONTACT"))

EMAIL_HOST = environment.text("SAMVERK_SMTP_HOST", "localhost")
DEFAULT_FROM_EMAIL = environment.text("SAMVERK_MAIL_FROM", f"samverk@{ALLOWED_HOSTS[0].lstrip('.')}")
