"""Telling PostgreSQL who is asking: signed by the door, for one transaction, on this connection."""

import hashlib
import hmac
import json
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from samverk.access.actor import Actor
from samverk.access.declare_house import Act
from samverk.access.whole import WHOLE
from samverk.store.security import APP_ROLE, WEB_ROLE, signing_key

__all__ = ["WEB_ROLE", "enter", "leave", "why_unguarded"]

_LASTS = timedelta(minutes=10)
"""Longer than any transaction of the door; a signature that leaked is worth nothing afterwards."""


def enter(
    actor: Actor, act: type[Act], *, case: UUID | None, programme: UUID | None = None, at: datetime | None = None
) -> None:
    """Take the lock of the person at hand, say who asks and for what, and become the role that owns nothing."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT samverk_hold(%s, %s), set_config('samverk.identity', %s, true), set_config('role', %s, true)",
            [case, act.changes_sight, _signed(actor, act, case, programme, at), APP_ROLE],
        )


def leave() -> None:
    """Be nobody again, where a transaction around the door's goes on: in tests."""
    if connection.vendor != "postgresql" or not connection.in_atomic_block or connection.needs_rollback:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('samverk.identity', '', true), set_config('role', 'none', true)")


def why_unguarded() -> str:
    """Why the role that the server has logged in as could pass the second lock; empty when it cannot, or on SQLite."""
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.rolsuper, r.rolbypassrls, EXISTS (SELECT FROM pg_class c WHERE c.relname = 'store_item' AND "
            "pg_has_role(r.oid, c.relowner, 'member')) FROM pg_roles r WHERE r.rolname = current_user"
        )
        superuser, bypasses, owns = cursor.fetchone()
    if superuser or bypasses:
        return "it passes row security"
    return "it owns the tables" if owns else ""


def _signed(actor: Actor, act: type[Act], case: UUID | None, programme: UUID | None, at: datetime | None) -> str:
    told: dict[str, object] = {
        "account": actor.account,
        "party": actor.party,
        "unit": actor.unit,
        "person": actor.person,
        "system": actor.system,
        "sight": act.changes_sight,
        "whole": sorted(WHOLE.get(act, ())),
        "beyond": act.looks_beyond or None,
        "case": case,
        "programme": programme,
        "purpose": act.purpose.value,
        "at": at.isoformat() if at else None,
        "pid": connection.connection.info.backend_pid,
        "until": (timezone.now() + _LASTS).isoformat(),
    }
    body = json.dumps({key: str(v) if isinstance(v, UUID) else v for key, v in told.items() if v is not None})
    return f"{hmac.new(signing_key(), body.encode(), hashlib.sha256).hexdigest()}.{body}"
