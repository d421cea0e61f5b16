"""Row-level security: the tables of PostgreSQL guarded by the rule of the door, whatever a query forgets to ask.

Nothing of it exists on SQLite, where one process alone holds the file. See docs/security.md.
"""

import hashlib
import hmac
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.backends.utils import CursorWrapper
from django.db.models import ForeignKey, Model

from samverk.store.models import HandOver, Item, LegalGround, SteeringMatter
from samverk.store.models.items import Body
from samverk.store.shape import SHAPE
from samverk.store.standing import STANDING
from samverk.store.visible import KEPT

APP_ROLE = "samverk_app"
"""Whom the door becomes for the length of its transaction: owns nothing, and passes no policy."""
WEB_ROLE = "samverk_web"
"""Whom the server logs in as: before the door it reaches accounts and sessions, and nothing about anybody's case."""

_BEFORE_THE_DOOR = {
    "django_session": "SELECT, INSERT, UPDATE, DELETE",
    "account_emailaddress": "SELECT, INSERT, UPDATE, DELETE",
    "account_emailconfirmation": "SELECT, INSERT, UPDATE, DELETE",
    "mfa_authenticator": "SELECT, INSERT, UPDATE, DELETE",
    "usersessions_usersession": "SELECT, INSERT, UPDATE, DELETE",
    "store_account": "SELECT, UPDATE",
    "store_party": "SELECT",
    "store_code": "SELECT",
    "store_calendarfeed": "SELECT",
    "django_content_type": "SELECT",
    "django_migrations": "SELECT",
}

_NOT_FOR_THE_DOOR = {"django_session", "account_emailconfirmation", "mfa_authenticator", "usersessions_usersession"}
_ONLY_ADDED = {"store_event", "store_eventabout"}
_GIVES_SIGHT = (
    "store_assignment",
    "store_clearance",
    "store_legalground",
    "store_programmerole",
    "store_substitution",
    "store_unit",
)
"""What decides who may read: written only by acts that say so (Act.changes_sight). Else one could let oneself in."""
_FOR_THE_DOOR = (
    "samverk_has_written(uuid, uuid)",
    "samverk_her_yes()",
    "samverk_may_open(uuid)",
    "samverk_my_cases()",
    "samverk_my_walls()",
    "samverk_readers(uuid, uuid, timestamptz)",
    "samverk_sent_to(uuid)",
    "samverk_shape(text, uuid)",
    STANDING.signature,
    "samverk_waiting(uuid)",
    "samverk_wrote(uuid)",
)
"""What the owner answers, to the door's role alone."""
SEEN = """
    (
        case_id IN (SELECT samverk_my_cases())
        AND (
            (owner_id, coalesce(unit_id, owner_id)) IN (SELECT * FROM samverk_my_walls())
            OR (person_id, coalesce(owner_id, person_id), category) IN (SELECT * FROM samverk_her_yes())
            OR EXISTS (
                SELECT FROM store_legalground g
                WHERE g.item_id = store_item.id AND g.receiver_id = (SELECT samverk_id('party'))
                  AND g.starts_at <= (SELECT samverk_moment())
                  AND coalesce(g.ended_at > (SELECT samverk_moment()), true)
            )
        )
    )
    OR (person_id = (SELECT samverk_id('person')) AND NOT about_other)
    OR (SELECT samverk_may('system'))
    OR (
        kind = ANY (ARRAY(SELECT jsonb_array_elements_text((SELECT samverk_told()) -> 'whole')))
        AND (
            case_id = (SELECT samverk_id('case'))
            OR case_id IN (SELECT k.id FROM store_case k WHERE k.programme_id = (SELECT samverk_id('programme')))
        )
    )
"""
"""Which items are seen, and may be changed: by an official what the rule of the door gives her; by the person her own;
by planned work all; and in the case or programme at hand what the act has to read whole (access/whole.py)."""
_ONLY_READ = {"store_logentry", "store_logleaf", "store_logtile", "store_checkpoint"}
"""What the sequencer makes of the log, in the owner's role."""


_SEEN_OTHERWISE = {HandOver, LegalGround, SteeringMatter}
"""What hangs on an item and is for others than its readers: whoever has the case (ADR 007), a ground's receiver, the
steering group."""


def signing_key() -> bytes:
    """What the door signs an identity with: made of the installation's secret, so that no second one can be lost."""
    return hmac.new(settings.SECRET_KEY.encode(), b"samverk: who is asking", hashlib.sha256).digest()


def hung_on_items() -> Iterator[tuple[type[Model], str]]:
    """Every model that is part of an item, with the column that leads there: bodies, and rows of items and of bodies."""
    for model in apps.get_app_config("store").get_models():
        if issubclass(model, Body):
            yield model, "item_id"
        elif model not in _SEEN_OTHERWISE:
            for field in model._meta.get_fields():
                if isinstance(field, ForeignKey) and issubclass(_target(field), (Item, Body)):
                    yield model, field.column
                    break


def _target(field: ForeignKey[Any, Any]) -> type[Model]:
    target: type[Model] = field.related_model
    return target


def install(using: str) -> None:
    """Put the functions, policies and grants in place; whoever calls owns the tables. Does nothing on SQLite."""
    connection = connections[using]
    if connection.vendor != "postgresql" or not connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        owner, name = cursor.fetchone()
        text = files("samverk.store").joinpath("security.sql").read_text(encoding="utf-8")
        cursor.execute(text.replace("{owner}", _quoted(owner)).replace("{seen}", SEEN))
        cursor.execute("DELETE FROM samverk_key")
        cursor.execute("INSERT INTO samverk_key VALUES (%s)", [signing_key()])
        cursor.execute(_shape())
        for kept in (*KEPT, STANDING):
            cursor.execute(kept.function)
        for model, column in hung_on_items():
            cursor.execute(_policies(model, column, _quoted(owner)))
        for table in _GIVES_SIGHT:
            cursor.execute(_written_by_few(table, _quoted(owner)))
        _grants(cursor, _quoted(name))


def _shape() -> str:
    body = SHAPE.format(sort="$1", parent="$2")
    return (
        "CREATE OR REPLACE FUNCTION samverk_shape(sort text, parent uuid) RETURNS TABLE (part uuid, section text) "
        f"LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $${body}$$"
    )


def _policies(model: type[Model], column: str, owner: str) -> str:
    """A part of an item is seen with its item. Its writer may add to what she has written for somebody else."""
    table = model._meta.db_table
    parent = next(_target(f) for f in model._meta.fields if f.column == column)  # type: ignore[arg-type]
    key = "id" if parent is Item else "item_id"
    seen = f"EXISTS (SELECT FROM {parent._meta.db_table} b WHERE b.{key} = {table}.{column})"
    wrote = f"samverk_wrote({column})"
    return f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        DROP POLICY IF EXISTS owner ON {table};
        DROP POLICY IF EXISTS seen ON {table};
        DROP POLICY IF EXISTS written ON {table};
        CREATE POLICY owner ON {table} TO {owner} USING (true) WITH CHECK (true);
        CREATE POLICY seen ON {table} TO {APP_ROLE} USING ({seen}) WITH CHECK ({seen} OR {wrote});
    """


def _written_by_few(table: str, owner: str) -> str:
    allowed = "(SELECT samverk_may('system')) OR (SELECT samverk_may('sight'))"
    if table == LegalGround._meta.db_table:
        # A promise is let out to whoever gave it: by somebody who sees it, or has just written it down.
        allowed += " OR EXISTS (SELECT FROM store_item i WHERE i.id = item_id) OR samverk_wrote(item_id)"
    # Not "for all": reading would ask it too, and what reads items asks for grounds.
    return f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        DROP POLICY IF EXISTS owner ON {table};
        DROP POLICY IF EXISTS read ON {table};
        DROP POLICY IF EXISTS written ON {table};
        DROP POLICY IF EXISTS changed ON {table};
        DROP POLICY IF EXISTS removed ON {table};
        CREATE POLICY owner ON {table} TO {owner} USING (true) WITH CHECK (true);
        CREATE POLICY read ON {table} FOR SELECT TO {APP_ROLE} USING (true);
        CREATE POLICY written ON {table} FOR INSERT TO {APP_ROLE} WITH CHECK ({allowed});
        CREATE POLICY changed ON {table} FOR UPDATE TO {APP_ROLE} USING ({allowed}) WITH CHECK ({allowed});
        CREATE POLICY removed ON {table} FOR DELETE TO {APP_ROLE} USING ({allowed});
    """


def _grants(cursor: CursorWrapper, database: str) -> None:
    """The door's role may use the tables; the log it may only add to and read; logins and secrets are not its.

    Nobody but the owner makes anything: the owner's functions would find a type of one's own before PostgreSQL's.
    """
    cursor.execute(f"""
        REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC;
        REVOKE CREATE ON SCHEMA public FROM PUBLIC;
        GRANT CONNECT ON DATABASE {database} TO {APP_ROLE};
        GRANT USAGE ON SCHEMA public TO {APP_ROLE};
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE};
        GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE};
        REVOKE ALL ON samverk_key FROM {APP_ROLE}, PUBLIC;
        REVOKE UPDATE, DELETE ON store_item FROM {APP_ROLE};
        GRANT UPDATE (headline, category, happened_on) ON store_item TO {APP_ROLE};
    """)
    cursor.execute("SELECT pg_has_role(current_user, %s, 'member')", [APP_ROLE])
    if not cursor.fetchone()[0]:
        cursor.execute(f"GRANT {APP_ROLE} TO CURRENT_USER")
    there = set(connections[cursor.db.alias].introspection.table_names(cursor))
    for what, tables in (
        ("ALL", _NOT_FOR_THE_DOOR),
        ("UPDATE, DELETE, TRUNCATE", _ONLY_ADDED),
        ("INSERT, UPDATE, DELETE, TRUNCATE", _ONLY_READ),
    ):
        for table in sorted(tables & there):
            cursor.execute(f"REVOKE {what} ON {table} FROM {APP_ROLE}")
    for function in _FOR_THE_DOOR:
        cursor.execute(
            f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC; GRANT EXECUTE ON FUNCTION {function} TO {APP_ROLE}"
        )
    cursor.execute(f"GRANT CONNECT ON DATABASE {database} TO {WEB_ROLE}; GRANT USAGE ON SCHEMA public TO {WEB_ROLE}")
    cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {WEB_ROLE}")
    for table, what in _BEFORE_THE_DOOR.items():
        if table in there:
            cursor.execute(f"GRANT {what} ON {table} TO {WEB_ROLE}")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
