"""Columns that are encrypted in the database: personal numbers and what a referrer told (docs/adr/021).

AES-SIV (RFC 5297), which notices any change, with what the column is for as associated data: a value moved to another
column opens nothing. A column that is searched is sealed without chance, so that equal values are equal: its
synthetic nonce is a keyed MAC of the value, and without the key tells only that two rows say the same.
"""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import Exact, In
from django.db.models.sql.compiler import SQLCompiler

if TYPE_CHECKING:
    _Line = models.CharField[str, str]
    _Text = models.TextField[dict[str, str], dict[str, str]]
else:
    _Line, _Text = models.CharField, models.TextField

MARK = "sealed1:"
"""How a sealed value begins: format, the name of its key, and what was sealed. What does not is told as it stands."""
CHANCE = 16
"""Bytes of chance in a value that nobody searches for."""


class Unreadable(Exception):
    """A value that none of SAMVERK_DATA_KEYS opens, or that somebody has changed."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What a column's values are sealed for. `findable`: equal values become equal, so that they can be searched."""

    about: str
    findable: bool = False

    def close(self, text: str) -> str:
        """`text` sealed with the newest key; nothing stays nothing. ImproperlyConfigured without a key."""
        return self._close(text, _keys()[0]) if text else text

    def forms(self, text: str) -> list[str]:
        """Each form that `text` may have in a findable column: one for each key."""
        return [self._close(text, key) for key in _keys()] if text else [text]

    def open(self, sealed: str) -> str:
        """What was sealed. Unreadable when no key opens it."""
        if not sealed.startswith(MARK):
            return sealed
        name, _, body = sealed.removeprefix(MARK).partition(":")
        for key in _keys():
            if _cipher(key)[0] == name:
                try:
                    whole = base64.urlsafe_b64decode(body)
                    chance, rest = (b"", whole) if self.findable else (whole[:CHANCE], whole[CHANCE:])
                    return _cipher(key)[1].decrypt(rest, [self.about.encode(), chance]).decode()
                except (InvalidTag, binascii.Error, ValueError):
                    raise Unreadable(f"A value of {self.about} has been changed in the database.") from None
        raise Unreadable(f"SAMVERK_DATA_KEYS does not hold the key {name}, which {self.about} was sealed with.")

    def _close(self, text: str, key: str) -> str:
        name, cipher = _cipher(key)
        chance = b"" if self.findable else secrets.token_bytes(CHANCE)
        body = chance + cipher.encrypt(text.encode(), [self.about.encode(), chance])
        return f"{MARK}{name}:{base64.urlsafe_b64encode(body).decode()}"


NUMBER = Seal("person.personal_number", findable=True)
TOLD = Seal("referral.told")
FACTOR = Seal("second factor")


def _keys() -> list[str]:
    keys: list[str] = list(settings.SAMVERK_DATA_KEYS)
    if not keys:
        raise ImproperlyConfigured("SAMVERK_DATA_KEYS is missing: nothing can be sealed or opened.")
    return keys


@lru_cache(maxsize=8)
def _cipher(key: str) -> tuple[str, AESSIV]:
    """The key's public name (eight hexadecimals), and the cipher: 512 bits made of the key by HMAC-SHA-512."""
    made = hmac.new(key.encode(), b"samverk: sealed columns", hashlib.sha512).digest()
    return hmac.new(key.encode(), b"samverk: name of key", hashlib.sha256).hexdigest()[:8], AESSIV(made)


class SealedNumber(_Line):
    """A personal number: sealed in the database, found by the whole number alone, in clear in Python."""

    def get_lookup(self, lookup_name: str) -> Any:
        """How it can be asked for; None, a FieldError, for all that would look inside it and find nothing."""
        return super().get_lookup(lookup_name) if lookup_name in ("exact", "in", "isnull") else None

    def get_prep_value(self, value: Any) -> Any:
        """As it is stored and searched."""
        return NUMBER.close(value) if isinstance(value, str) and not value.startswith(MARK) else value

    def from_db_value(self, value: str | None, expression: Any, connection: BaseDatabaseWrapper) -> str | None:
        """As it is read."""
        return value if value is None else NUMBER.open(value)


@SealedNumber.register_lookup
class _Same(Exact):
    """Equal, under whichever key it was sealed: also while keys are being changed."""

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        forms = NUMBER.forms(NUMBER.open(self.rhs)) if isinstance(self.rhs, str) else []
        if len(forms) < 2:
            return super().as_sql(compiler, connection)
        left, values = self.process_lhs(compiler, connection)
        return f"{left} IN ({', '.join(['%s'] * len(forms))})", [*values, *forms]


@SealedNumber.register_lookup
class _Among(In):
    """One of several, likewise."""

    def get_prep_lookup(self) -> Any:
        """Each of them in each of its forms."""
        if not self.rhs_is_direct_value():
            return super().get_prep_lookup()
        return [form for number in self.rhs for form in NUMBER.forms(number)]


class SealedWords(_Text):
    """Words by name, sealed whole as JSON. Nobody searches in them."""

    def get_prep_value(self, value: Any) -> Any:
        """As they are stored."""
        return value if value is None else TOLD.close(json.dumps(value, ensure_ascii=False))

    def from_db_value(self, value: str | None, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        """As they are read."""
        return value if value is None else json.loads(TOLD.open(value))

    def to_python(self, value: Any) -> Any:
        """As they stand in Python."""
        return json.loads(TOLD.open(value)) if isinstance(value, str) else value
