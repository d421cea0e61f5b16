"""Attack 7 (security.md): superuser, shell command, backup: no way round the door.

On PostgreSQL the tables guard themselves (store/security.sql). The role that the server logs in as reaches nothing of
anybody's case; the door's role reaches what its signed identity may see; whoever owns the tables can do anything, and
is therefore not whom the server logs in as (docs/security.md, "What is not promised").
"""

import ast
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.utils import timezone

import samverk
from samverk.access.declare import ReadCase
from samverk.access.door import door
from samverk.store.models import Item
from samverk.store.security import APP_ROLE, WEB_ROLE, signing_key
from tests.attacks.oracle import Oracle
from tests.attacks.world import World

pytestmark = pytest.mark.django_db
SRC = Path(samverk.__file__).parent
on_postgresql = pytest.mark.skipif(
    not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"), reason="SQLite has no roles: one process"
)
BEFORE_THE_DOOR = {"store_account", "store_party", "store_code", "store_calendarfeed"}
"""All that the server's own login may read before the door: who logs in, and open names."""


@pytest.fixture
def told() -> dict[str, Any]:
    """What the door tells of somebody, before it is signed."""
    backend = connection.connection.info.backend_pid if connection.vendor == "postgresql" else 0
    return {"purpose": "support", "pid": backend, "until": (timezone.now() + timedelta(minutes=5)).isoformat()}


def signed(told: dict[str, Any], key: bytes) -> str:
    """As the door does it, with a key of one's own choosing."""
    body = json.dumps({name: str(value) for name, value in told.items() if name != "pid"} | {"pid": told["pid"]})
    return f"{hmac.new(key, body.encode(), hashlib.sha256).hexdigest()}.{body}"


def seen(role: str, said: str) -> int:
    """How many items a query sees that forgets every condition, as `role` that says it is `said`."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('samverk.identity', %s, true), set_config('role', %s, true)", [said, role])
        cursor.execute("SELECT count(*) FROM store_item")
        (count,) = cursor.fetchone()
        cursor.execute("SELECT set_config('samverk.identity', '', true), set_config('role', 'none', true)")
    return int(count)


@on_postgresql
def test_the_servers_own_login_reaches_no_case(world: World) -> None:
    """Every table, enumerated: what is not needed before the door is closed to whoever has the server's password."""
    tables = {model._meta.db_table for model in apps.get_app_config("store").get_models()}
    reached = {table for table in tables if _may_select(WEB_ROLE, table)}
    assert reached == BEFORE_THE_DOOR
    assert len(tables) > 50


@on_postgresql
def test_the_doors_role_without_the_door_sees_nothing(world: World) -> None:
    """No identity, or an empty one: no row, though the table is full."""
    assert Item.objects.count() > 100
    assert seen(APP_ROLE, "") == 0


@on_postgresql
def test_the_real_identity_sees_what_the_rule_says(world: World) -> None:
    """Inside the door, a query that forgets every condition: exactly what the oracle says, and not nothing."""
    oracle = Oracle(world)
    with door(world.people.bo, ReadCase, case=world.case) as permit, connection.cursor() as cursor:
        assert permit is not None
        cursor.execute("SELECT count(*) FROM store_item")
        (count,) = cursor.fetchone()
    assert count == len(oracle.items) - len(oracle.hidden("bo")) > 50


@on_postgresql
@pytest.mark.parametrize("forged", ["key", "body", "pid", "until", "none", "junk"])
def test_a_forged_identity_sees_nothing(forged: str, world: World, told: dict[str, Any]) -> None:
    """Signed with another key, changed afterwards, of another connection, run out, unsigned, or no identity at all."""
    bo, anna = world.people.bo, world.people.anna
    told |= {"account": bo.account, "party": bo.party}
    said = signed(told, signing_key())
    if forged == "key":
        said = signed(told, b"guessed")
    elif forged == "body":
        said = said.replace(str(bo.account), str(anna.account)).replace(str(bo.party), str(anna.party))
    elif forged == "pid":
        said = signed(told | {"pid": told["pid"] + 1}, signing_key())
    elif forged == "until":
        said = signed(told | {"until": (timezone.now() - timedelta(seconds=1)).isoformat()}, signing_key())
    elif forged == "none":
        said = said.partition(".")[2]
    elif forged == "junk":
        said = "0" * 64 + ".{}"
    try:
        count = seen(APP_ROLE, said)
    except DatabaseError:
        # What cannot even be read is refused with an error, which is no row either.
        count = 0
    assert count == 0


@on_postgresql
def test_the_same_hand_signed_identity_unforged_is_taken(world: World, told: dict[str, Any]) -> None:
    """The forgeries above fail for what is forged in them, and not because the test cannot sign."""
    bo = world.people.bo
    assert seen(APP_ROLE, signed(told | {"account": bo.account, "party": bo.party}, signing_key())) > 0


@on_postgresql
def test_neither_role_reads_the_key_or_rewrites_the_log(world: World) -> None:
    """The key that identities are checked with is the owner's; what has happened can only be added to."""
    for role in (APP_ROLE, WEB_ROLE):
        assert not _may_select(role, "samverk_key")
        for what in ("UPDATE", "DELETE", "TRUNCATE"):
            assert not _may(role, "store_event", what)


@on_postgresql
def test_neither_role_is_a_superuser_or_passes_row_security() -> None:
    """Nor owns a table, nor may become the owner."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolbypassrls, EXISTS (SELECT FROM pg_class c WHERE c.relname = 'store_item' AND "
            "pg_has_role(r.oid, c.relowner, 'member')) FROM pg_roles r WHERE rolname IN (%s, %s)",
            [APP_ROLE, WEB_ROLE],
        )
        assert sorted(cursor.fetchall()) == [(APP_ROLE, False, False, False), (WEB_ROLE, False, False, False)]


def test_no_command_reads_a_case_round_the_door() -> None:
    """The command line imports no model and no query: it comes in by the same door (import contract, lint rule)."""
    reaching = [
        str(path.relative_to(SRC))
        for shell in ("cli", "web", "api")
        for path in (SRC / shell).rglob("*.py")
        for name in _imports(path.read_text())
        if name.startswith(("samverk.store", "django.db.models", "django.contrib.admin"))
    ]
    assert reaching == []


def test_there_is_no_superuser(world: World) -> None:
    """An account has no flag that opens everything: an operator sets up the house, and sees no case."""
    names = {field.name for field in apps.get_model("store", "Account")._meta.get_fields()}
    assert not names & {"is_superuser", "is_staff", "user_permissions", "groups"}


def _may_select(role: str, table: str) -> bool:
    return _may(role, table, "SELECT")


def _may(role: str, table: str, what: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [table])
        if cursor.fetchone()[0] is None:
            raise ProgrammingError(table)
        cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [role, table, what])
        return bool(cursor.fetchone()[0])


def _imports(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield f"{node.module}.{node.names[0].name}" if node.module == "django.db" else node.module
