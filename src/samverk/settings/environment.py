"""What the settings read from the environment, and the refusals that keep an insecure start from happening."""

import ipaddress
import os
import re
import secrets
import stat
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SHORTEST_KEY = 50
FEWEST_CHARACTERS = 10
HOW_TO_MAKE_ONE = (
    f"it needs at least {SHORTEST_KEY} random characters. Make them with: "
    "python3 -c 'import secrets; print(secrets.token_urlsafe(60))'"
)


def text(name: str, default: str = "") -> str:
    """An environment variable without surrounding blanks."""
    return os.environ.get(name, default).strip()


def secret(name: str) -> str:
    """A secret: from the file that `{name}_FILE` names, from the file `name` in $CREDENTIALS_DIRECTORY where systemd
    lays what a unit is given, or from the environment itself; blank when it is nowhere.

    ImproperlyConfigured when it is told in more than one way, or the file cannot be read or can be by others. The
    group may read it: systemd and the agents of vaults let the server in by its group.
    """
    told, folder = text(f"{name}_FILE"), text("CREDENTIALS_DIRECTORY")
    given = Path(folder) / name if folder else None
    files = [Path(told)] if told else []
    if given is not None and given.exists():
        files.append(given)
    if len(files) + bool(text(name)) > 1:
        raise ImproperlyConfigured(f"{name} is told in more than one way: keep one.")
    return _kept_from_others(name, files[0]) if files else text(name)


def _kept_from_others(name: str, file: Path) -> str:
    try:
        _refuse_open(name, file)
        words = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name}: {file} cannot be read ({type(error).__name__}).") from None
    if not words:
        raise ImproperlyConfigured(f"{name}: {file} is empty.")
    return words


def _refuse_open(name: str, file: Path) -> None:
    if file.stat().st_mode & stat.S_IRWXO:
        raise ImproperlyConfigured(f"{name}: others may use {file}. Keep it from them: chmod o= {file}")


def breached(name: str) -> Path | None:
    """The list of lost passwords that the variable names, or None. ImproperlyConfigured when it is none, or not there."""
    if not text(name):
        return None
    file = Path(text(name)).expanduser().resolve()
    try:
        with file.open("rb") as lines:
            first = lines.readline(80)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}: {file} cannot be read ({type(error).__name__}).") from None
    if not re.match(rb"[0-9A-F]{40}(:\d+)?\r?\n", first):
        raise ImproperlyConfigured(f"{name}: {file} is no list of SHA-1 in capitals, a line each, ordered by hash.")
    return file


def flag(name: str) -> bool:
    """True if the variable says yes."""
    return text(name).lower() in {"1", "true", "yes", "on", "ja"}


def key_file(name: str) -> Path | None:
    """The file that the variable names, or None. ImproperlyConfigured when others than its owner and group may use it.

    It need not be there, or in reach: only the sequencer has to read it.
    """
    file = Path(text(name)).expanduser().resolve() if text(name) else None
    if file is not None and os.access(file, os.F_OK):
        _refuse_open(name, file)
    return file


def several(words: str) -> list[str]:
    """The parts between commas."""
    return [part.strip() for part in words.split(",") if part.strip()]


def database(url: str, password: str = "") -> dict[str, Any]:
    """Django's description of `sqlite:///path` or `postgresql://user:password@host:port/name?host=/socket/folder`.

    `password` is one that came by another way than in the address. ImproperlyConfigured for other addresses, and when
    both have one.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": unquote(parts.path[1:]), "OPTIONS": options}
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("SAMVERK_DATABASE is to be sqlite:///path or postgresql://user:password@host/name.")
    if password and parts.password:
        raise ImproperlyConfigured("SAMVERK_DATABASE holds a password, and SAMVERK_DATABASE_PASSWORD too: keep one.")
    extra = dict(parse_qsl(parts.query))
    # The door's conditions look dear to the planner, and compiling one took seconds where running it takes milliseconds.
    extra["options"] = f"{extra.get('options', '')} -c jit=off".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": password or unquote(parts.password or ""),
        "HOST": extra.pop("host", parts.hostname or ""),
        "PORT": str(extra.pop("port", parts.port or "")),
        "OPTIONS": extra,
    }


def refuse_weak_key(key: str) -> str:
    """The key, unless it is missing, short, monotonous or an example's."""
    if not key:
        raise ImproperlyConfigured(f"SAMVERK_SECRET_KEY is missing: {HOW_TO_MAKE_ONE}")
    if key.startswith(("django-insecure", "samverk-")) or "example" in key or "change" in key:
        raise ImproperlyConfigured(f"SAMVERK_SECRET_KEY is a default or an example: {HOW_TO_MAKE_ONE}")
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_CHARACTERS:
        raise ImproperlyConfigured(f"SAMVERK_SECRET_KEY is weak: {HOW_TO_MAKE_ONE}")
    return key


def refuse_weak_data_keys(keys: list[str], secret_key: str) -> list[str]:
    """The keys that the database is sealed with, unless there are none, or one is weak, doubled or the secret key."""
    if not keys:
        raise ImproperlyConfigured(f"SAMVERK_DATA_KEYS is missing: {HOW_TO_MAKE_ONE}")
    if len(set(keys)) < len(keys):
        raise ImproperlyConfigured("SAMVERK_DATA_KEYS holds the same key twice.")
    if any(len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_CHARACTERS for key in keys):
        raise ImproperlyConfigured(f"SAMVERK_DATA_KEYS holds a weak key: {HOW_TO_MAKE_ONE}")
    if secret_key in keys:
        raise ImproperlyConfigured("SAMVERK_DATA_KEYS holds SAMVERK_SECRET_KEY: make a key of its own.")
    return keys


def refuse_open_hosts(hosts: list[str]) -> list[str]:
    """The host names, unless there are none or one of them means "any"."""
    if not hosts:
        raise ImproperlyConfigured(
            "SAMVERK_HOSTS is missing: the host names that people reach Samverk by, with commas."
        )
    if any(host == "*" for host in hosts):
        raise ImproperlyConfigured('SAMVERK_HOSTS may not be "*": name the hosts.')
    return hosts


def contact(address: str) -> str:
    """The address as RFC 9116 wants it, a URI; blank when there is none. Anything else does not start."""
    if not address:
        return ""
    if "\n" in address or "\r" in address:
        raise ImproperlyConfigured("SAMVERK_SECURITY_CONTACT is to be on one line.")
    if address.startswith(("https://", "mailto:", "tel:")):
        return address
    if "@" in address:
        return f"mailto:{address}"
    raise ImproperlyConfigured("SAMVERK_SECURITY_CONTACT is to be an e-mail address or begin with https://.")


def is_local(address: str) -> bool:
    """True if nobody on another machine can reach the address."""
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return address == "localhost"


def refuse_foreign_bind(address: str) -> str:
    """The address, unless another machine could reach it: in the demonstration anyone logs in by one click."""
    if not is_local(address):
        raise ImproperlyConfigured(
            f"The demonstration answers on this machine only, not on {address!r}: use 127.0.0.1, ::1 or localhost."
        )
    return address


def kept_key(file: Path) -> str:
    """A random key, made the first time and kept in `file`, which only its owner can read."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(SHORTEST_KEY))
    return file.read_text()
