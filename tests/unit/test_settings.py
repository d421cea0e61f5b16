"""The settings refuse to start insecurely, and say what to do."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

GOOD = {
    "SAMVERK_SECRET_KEY": "k3Yq9-ZpX0wRt7uVbN2mLc8sDf4gHj6aQe1iOoPz5xCvBnMkWl",
    "SAMVERK_DATA_KEYS": "Qm7tR2xWq9LzYb4NcVd8KsPfGhJ3aEiUoT6wMnBvCxZ1rDyHk5",
    "SAMVERK_HOSTS": "samverk.kommunen.test",
    "SAMVERK_DATABASE": "postgresql://samverk:hemligt@db.test:5433/samverk",
}


def start(which: str, environment: dict[str, str], show: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Load the settings in a Python of their own, with nothing of ours in its environment."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SAMVERK_", "DJANGO_"))}
    code = (
        "import importlib, json, sys; from pathlib import Path;"
        "s = importlib.import_module('samverk.settings.' + sys.argv[1]);"
        "print(json.dumps({n: getattr(s, n) for n in sys.argv[2:]}, default=str))"
    )
    return subprocess.run(
        [sys.executable, "-c", code, which, *show], env=clean | environment, capture_output=True, text=True, check=False
    )


def test_a_well_described_installation_starts_securely() -> None:
    names = ("DEBUG", "SAMVERK_DEMO", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "DATABASES")
    answer = start("production", GOOD, names)
    assert answer.returncode == 0, answer.stderr
    values = json.loads(answer.stdout)
    database = values.pop("DATABASES")["default"]
    assert values == {
        "DEBUG": False,
        "SAMVERK_DEMO": False,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
    }
    assert (database["HOST"], database["PORT"], database["USER"], database["NAME"]) == (
        "db.test",
        "5433",
        "samverk",
        "samverk",
    )
    assert database["ATOMIC_REQUESTS"] is False


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"SAMVERK_SECRET_KEY": ""}, "SAMVERK_SECRET_KEY is missing"),
        ({"SAMVERK_SECRET_KEY": "kort"}, "SAMVERK_SECRET_KEY is weak"),
        ({"SAMVERK_SECRET_KEY": "a" * 80}, "SAMVERK_SECRET_KEY is weak"),
        ({"SAMVERK_SECRET_KEY": "django-insecure-" + GOOD["SAMVERK_SECRET_KEY"]}, "is a default or an example"),
        ({"SAMVERK_SECRET_KEY": "samverk-tests-need-a-key-but-no-secret"}, "is a default or an example"),
        ({"SAMVERK_DATA_KEYS": ""}, "SAMVERK_DATA_KEYS is missing"),
        ({"SAMVERK_DATA_KEYS": f"{GOOD['SAMVERK_DATA_KEYS']},kort"}, "SAMVERK_DATA_KEYS holds a weak key"),
        ({"SAMVERK_DATA_KEYS": GOOD["SAMVERK_SECRET_KEY"]}, "SAMVERK_DATA_KEYS holds SAMVERK_SECRET_KEY"),
        ({"SAMVERK_DEBUG": "1"}, "Debugging shows case data"),
        ({"DEBUG": "True"}, "Debugging shows case data"),
        ({"SAMVERK_HOSTS": ""}, "SAMVERK_HOSTS is missing"),
        ({"SAMVERK_HOSTS": " , "}, "SAMVERK_HOSTS is missing"),
        ({"SAMVERK_HOSTS": "samverk.test,*"}, "name the hosts"),
        ({"SAMVERK_DATABASE": ""}, "SAMVERK_DATABASE is missing"),
        ({"SAMVERK_DATABASE": "mysql://x/y"}, "SAMVERK_DATABASE is to be"),
        ({"SAMVERK_DEMO": "1"}, "The demonstration has settings of its own"),
    ],
)
def test_production_refuses(change: dict[str, str], message: str) -> None:
    answer = start("production", GOOD | change)
    assert answer.returncode != 0
    assert "ImproperlyConfigured" in answer.stderr
    assert message in answer.stderr


def laid(folder: Path, name: str, text: str, mode: int = 0o400) -> str:
    """A file as a vault lays it, and its path."""
    file = folder / name
    file.write_text(f"{text}\n")
    file.chmod(mode)
    return str(file)


SHOWN = ("SECRET_KEY", "SAMVERK_DATA_KEYS", "DATABASES")


@pytest.mark.parametrize("by", ["file", "systemd"])
def test_secrets_come_from_files_that_a_vault_delivers(by: str, tmp_path: Path) -> None:
    """By a path that ends in _FILE, or as systemd hands them over; none of them stands in the environment (13.3.1)."""
    secrets = {name: GOOD[name] for name in ("SAMVERK_SECRET_KEY", "SAMVERK_DATA_KEYS")}
    secrets["SAMVERK_DATABASE_PASSWORD"] = "ur valvet"
    paths = {f"{name}_FILE": laid(tmp_path, name, text, 0o440) for name, text in secrets.items()}
    told = paths if by == "file" else {"CREDENTIALS_DIRECTORY": str(tmp_path)}
    told |= {"SAMVERK_HOSTS": GOOD["SAMVERK_HOSTS"], "SAMVERK_DATABASE": "postgresql://samverk_web@db.test/samverk"}
    answer = start("production", told, SHOWN)
    assert answer.returncode == 0, answer.stderr
    values = json.loads(answer.stdout)
    assert (values["SECRET_KEY"], values["SAMVERK_DATA_KEYS"]) == (
        GOOD["SAMVERK_SECRET_KEY"],
        [GOOD["SAMVERK_DATA_KEYS"]],
    )
    assert values["DATABASES"]["default"]["PASSWORD"] == "ur valvet"


@pytest.mark.parametrize(
    ("mode", "text", "change", "message"),
    [
        (0o404, GOOD["SAMVERK_SECRET_KEY"], {"SAMVERK_SECRET_KEY": ""}, "others may use"),
        (0o400, "", {"SAMVERK_SECRET_KEY": ""}, "is empty"),
        (0o400, "kort", {"SAMVERK_SECRET_KEY": ""}, "SAMVERK_SECRET_KEY is weak"),
        (0o400, GOOD["SAMVERK_SECRET_KEY"], {}, "told in more than one way"),
        (None, "", {"SAMVERK_SECRET_KEY": ""}, "cannot be read"),
    ],
)
def test_a_file_that_keeps_no_secret_is_refused(
    mode: int | None, text: str, change: dict[str, str], message: str, tmp_path: Path
) -> None:
    """Readable by others, empty, weak, told twice, or not there: nothing starts, and the secret is not repeated."""
    path = str(tmp_path / "none") if mode is None else laid(tmp_path, "key", text, mode)
    answer = start("production", GOOD | change | {"SAMVERK_SECRET_KEY_FILE": path})
    assert answer.returncode != 0
    assert message in answer.stderr
    assert not text or text == "kort" or text not in answer.stderr


def test_a_password_of_the_database_is_told_once() -> None:
    """In the address or beside it."""
    answer = start("production", GOOD | {"SAMVERK_DATABASE_PASSWORD": "ett annat"})
    assert "keep one" in answer.stderr


def test_a_list_of_lost_passwords_is_one(tmp_path: Path) -> None:
    """A file that is none is told at the start, not when somebody chooses a password (6.2.12)."""
    wrong = GOOD | {"SAMVERK_BREACHED_PASSWORDS": laid(tmp_path, "list.txt", "password123")}
    assert "is no list of SHA-1" in start("production", wrong).stderr
    assert "cannot be read" in start("production", GOOD | {"SAMVERK_BREACHED_PASSWORDS": str(tmp_path / "none")}).stderr


def test_the_key_of_the_log_is_kept_from_others_and_may_lie_elsewhere(tmp_path: Path) -> None:
    """Refused when others may use it; a server that does not seal need not reach it."""
    log = GOOD | {"SAMVERK_LOG_KEY": laid(tmp_path, "log.key", "a key", 0o604)}
    assert "SAMVERK_LOG_KEY: others may use" in start("production", log).stderr
    assert start("production", GOOD | {"SAMVERK_LOG_KEY": str(tmp_path / "none")}).returncode == 0


def test_the_installed_server_is_production_unless_told_otherwise() -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SAMVERK_", "DJANGO_"))}
    answer = subprocess.run(
        [sys.executable, "-c", "import samverk.wsgi"], env=clean, capture_output=True, text=True, check=False
    )
    assert "SAMVERK_DATABASE is missing" in answer.stderr


@pytest.mark.parametrize(
    "address", ["", "0.0.0.0", "::", "192.168.1.10", "samverk.kommunen.test", "localhost.evil.test"]
)
def test_the_demonstration_refuses_an_address_that_others_reach(address: str, tmp_path: Path) -> None:
    answer = start("demo", {"SAMVERK_BIND": address, "SAMVERK_DATA": str(tmp_path)})
    assert answer.returncode != 0
    assert "The demonstration answers on this machine only" in answer.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2", "::1", "[::1]", "localhost"])
def test_the_demonstration_starts_on_a_local_address(address: str, tmp_path: Path) -> None:
    answer = start("demo", {"SAMVERK_BIND": address, "SAMVERK_DATA": str(tmp_path)}, ("SAMVERK_DEMO", "ALLOWED_HOSTS"))
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout) == {
        "SAMVERK_DEMO": True,
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]", address],
    }


def test_the_demonstration_is_local_unless_told_otherwise(tmp_path: Path) -> None:
    answer = start("demo", {"SAMVERK_DATA": str(tmp_path)}, ("SAMVERK_BIND",))
    assert json.loads(answer.stdout) == {"SAMVERK_BIND": "127.0.0.1"}


def test_the_demonstrations_key_is_random_kept_and_private(tmp_path: Path) -> None:
    first, second = (
        start("demo", {"SAMVERK_DATA": str(tmp_path / folder)}, ("SECRET_KEY",)).stdout for folder in ("a", "b")
    )
    assert first != second
    assert start("demo", {"SAMVERK_DATA": str(tmp_path / "a")}, ("SECRET_KEY",)).stdout == first
    assert (tmp_path / "a" / "demo.key").stat().st_mode & 0o077 == 0


def test_the_demonstrations_database_writes_one_at_a_time_and_waits(tmp_path: Path) -> None:
    answer = start("demo", {"SAMVERK_DATA": str(tmp_path)}, ("DATABASES",))
    database = json.loads(answer.stdout)["DATABASES"]["default"]
    assert database["NAME"] == f"{tmp_path}/demo.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert database["OPTIONS"]["timeout"] == 20
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


def test_nothing_from_elsewhere_and_nothing_inline_may_run() -> None:
    answer = start("base", {}, ("CONTENT_SECURITY_POLICY",))
    rules = json.loads(answer.stdout)["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == ["'self'"]
    assert {source for sources in rules.values() for source in sources} == {"'none'", "'self'", "data:"}
