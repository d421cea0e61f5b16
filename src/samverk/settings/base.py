"""What every installation has in common. Demo, production and test begin from here."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parent.parent
MEGABYTE = 1024 * 1024

DEBUG = False
SAMVERK_DEMO = False
# Whether the three fates are shown to whoever is not logged in: the page reads no case and no person.
SAMVERK_OPEN_FATES = False
SAMVERK_UPLOAD_LIMIT = 10 * MEGABYTE
SAMVERK_LOG_KEY: Path | None = None
"""The file of the key that the log's checkpoints are signed with: never in the database, nor in its backup."""
SAMVERK_DATA_KEYS: list[str] = []
"""What personal numbers and second factors are sealed with (docs/adr/021): the newest first, older ones to read by."""
SAMVERK_BREACHED_PASSWORDS: Path | None = None
"""A list of passwords that have been lost elsewhere (access/passwords.py): the operator's own copy, asked without a network."""
# Whom to tell of a weakness, in /.well-known/security.txt: the operator sets it in production.
SAMVERK_SECURITY_CONTACT = ""

# samverk.web stands before the others so that its templates win over theirs.
INSTALLED_APPS = [
    "samverk.store",
    "samverk.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "samverk.web.middleware.EncryptedInterface",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "samverk.web.middleware.NoStore",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "samverk.web.session_limit.SessionLimit",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "samverk.web.middleware.SecondFactor",
    "samverk.web.middleware.DefaultDeny",
    "samverk.web.reading_limit.ReadingLimit",
]

ROOT_URLCONF = "samverk.urls"
WSGI_APPLICATION = "samverk.wsgi.application"

# Without the auth processor: a template would get the account, a model, round the door.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "samverk.web.context.frame",
            ],
        },
    },
]
# Lets samverk.web lay its own templates over the form fields.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Svenska")), ("en", _("Engelska"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "sprak"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

# The files lie in the package: found there at the start, so that no collecting step can be forgotten.
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 60

AUTH_USER_MODEL = "store.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "samverk.access.passwords.NotOfTheHouse"},
    {"NAME": "samverk.access.passwords.NotLeaked"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "samverk.web.accounts.ClosedSignup"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
# Wrong passwords and codes are few for each account, and for each address; right logins are many from an agency's
# one address in the morning.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "30/m/ip,5/5m/key"}
# Pages and answers for one account in an hour, in each process: somebody who reads all day stays far below.
SAMVERK_READS_AN_HOUR: int | None = 1200
# What limits are counted in. Django's own room for three hundred keys would forget them in a busy hour.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
MFA_ADAPTER = "samverk.access.sealing.SealedFactors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
# Addresses are entered by an administrator who knows the person: there is no verification to wait for.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Samverk"

SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# Not in a cookie, where Django would rather have them: nothing that is said to somebody lies in her browser.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# data: only for pictures: the stylesheet's icons and the QR code of the second factor.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
    },
}

# A scan of ten megabytes fits with its form around it, and is held in memory: case data is not left in /tmp.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * MEGABYTE
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * MEGABYTE
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Django's own default is silent without DEBUG. Messages go to the standard error stream, never to a mailbox.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "samverk": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
