"""The key that checkpoints are signed with. It lies in a file that the database does not know of."""

import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings


class NoKey(Exception):
    """There is no key to sign with, or the file holds none; its text says what to do."""


class SigningKey:
    """An Ed25519 key. `public` is its public half in hexadecimal (64 characters)."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def sign(self, text: bytes) -> bytes:
        """The signature, 64 bytes."""
        return self._private.sign(text)


def key_file() -> Path | None:
    """Where the settings say that the house's own key lies (SAMVERK_LOG_KEY)."""
    told = getattr(settings, "SAMVERK_LOG_KEY", None)
    return Path(told) if told else None


def own_key() -> SigningKey:
    """The house's own key. NoKey when there is none."""
    file = key_file()
    if file is None:
        raise NoKey("SAMVERK_LOG_KEY is not set: the file of the key that the log is signed with.")
    return read_key(file)


def read_key(file: Path) -> SigningKey:
    """The key in `file`. NoKey when there is none."""
    try:
        private = load_pem_private_key(file.read_bytes(), password=None)
    except OSError:
        raise NoKey(f"there is no key in {file}. Make one with `samverk log key`.") from None
    except (TypeError, ValueError):
        raise NoKey(f"{file} holds no key that can be read.") from None
    if not isinstance(private, Ed25519PrivateKey):
        raise NoKey(f"{file} holds another kind of key than Ed25519.")
    return SigningKey(private)


def make_key(file: Path) -> SigningKey:
    """A new key in `file`, which only its owner can read. NoKey when the file is there already: it is never replaced."""
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise NoKey(f"{file} is there already. A key is never replaced: move it away first.") from None
    with os.fdopen(handle, "wb") as opened:
        opened.write(pem)
    return SigningKey(key)


def is_signed(text: bytes, *, public: str, signature: bytes) -> bool:
    """Whether the holder of the key `public` (hexadecimal) signed `text`."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True
