"""What an actor is to a case, with the case itself: one question, asked before every act on a case.

As text, like the rule: put together from query objects it took longer, each time, than all the rest of the door.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from samverk.domain.information import Purpose
from samverk.domain.parties import Part, Role
from samverk.store.models import Case
from samverk.store.sql import filled
from samverk.store.visible import OPEN_TO_ROLES, STANDS_IN, told

_ASSIGNED = """EXISTS (
    SELECT 1 FROM store_assignment a
    WHERE a.case_id = c.id AND a.party_id = :party AND {who} AND a.since <= :at
      AND (a.until IS NULL OR a.until > :at){more})"""
_ROLE = "EXISTS (SELECT 1 FROM store_programmerole r WHERE r.programme_id = c.programme_id AND {who}{more})"
_MINE = "{0}.account_id = :account"
_MINE_OR_STOOD_IN_FOR = f"({{0}}.account_id = :account OR {{0}}.account_id IN {STANDS_IN})"


def _assigned(who: str, more: str = "") -> str:
    return _ASSIGNED.format(who=who.format("a"), more=more)


def _role(who: str, more: str = "") -> str:
    return _ROLE.format(who=who.format("r"), more=more)


_PARTS = {f"part_{part}": _assigned(_MINE_OR_STOOD_IN_FOR, f" AND a.part = '{part}'") for part in Part}
_ROLES = {f"role_{role}": _role(_MINE_OR_STOOD_IN_FOR, f" AND r.role = '{role}'") for role in Role}
_ASKED = {
    **_PARTS,
    **_ROLES,
    "of_her_own": f"({_assigned(_MINE)} OR {_role(_MINE)})",
    "in_emergency": """EXISTS (
    SELECT 1 FROM store_emergencyaccess e
    WHERE e.case_id = c.id AND e.account_id = :account AND e.party_id = :party
      AND e.approved_at <= :at AND e.until > :at AND (e.ended_at IS NULL OR e.ended_at > :at))""",
    "is_cleared": "EXISTS (SELECT 1 FROM store_clearance k WHERE k.person_id = c.person_id AND k.party_id = :party)",
    "shows": OPEN_TO_ROLES.format(case="c.id"),
}
_TEXT = f"""SELECT c.*, p.name AS person_name, p.birth_year, p.phone, p.language, p.protection,
  o.name AS programme_name, {", ".join(f"{sql} AS {name}" for name, sql in _ASKED.items())}
FROM store_case c JOIN store_person p ON p.id = c.person_id JOIN store_programme o ON o.id = c.programme_id
WHERE c.id = :case"""  # noqa: S608 (our own fixed words)


@dataclass(frozen=True, slots=True)
class Standing:
    """The case, some words about its person, and what the actor is to it."""

    case: Case
    about: Mapping[str, Any]
    """person_name, birth_year, phone, language, protection, programme_name."""
    parts: frozenset[Part]
    roles: frozenset[Role]
    of_her_own: bool
    """Whether any part or role is her own, and not that of somebody she stands in for."""
    in_emergency: bool
    is_cleared: bool
    shows: bool
    """Whether something in it is visible to her, and its referral sent: until then a role in the programme is blind."""


def standing(
    case: UUID, *, account: UUID | None, party: UUID | None, unit: UUID | None, at: datetime, purpose: Purpose
) -> Standing | None:
    """`case` and what `account`, a member of `party` in its `unit`, is to it at `at`; None without such a case."""
    values = {**told(account=account, party=party, unit=unit, at=at, purpose=purpose), "case": case}
    row = next(iter(Case.objects.raw(*filled(_TEXT, values, connection))), None)
    if row is None:
        return None
    found = vars(row)
    return Standing(
        case=row,
        about=found,
        parts=frozenset(part for part in Part if found[f"part_{part}"]),
        roles=frozenset(role for role in Role if found[f"role_{role}"]),
        of_her_own=bool(found["of_her_own"]),
        in_emergency=bool(found["in_emergency"]),
        is_cleared=bool(found["is_cleared"]),
        shows=bool(found["shows"]),
    )
