"""What an actor is to a case, with the case itself: one question, asked before every act on a case.

As text, like the rule: put together from query objects it took longer, each time, than all the rest of the door.
PostgreSQL keeps it as a function, with its plan.
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
from samverk.store.sql import Kept, Text, filled
from samverk.store.visible import HERSELF_AND_WHOM_SHE_STANDS_IN_FOR, OPEN_TO_ROLES_HERE, told


def asked(each: str, rule: str) -> str:
    """One row about :case. `each`: how the database strings words together; one with a star is the actor's own."""
    own = "CASE WHEN {0}.account_id = :account THEN '*' ELSE '' END"
    return f"""
    SELECT
      (SELECT {each.format(f"a.part || {own.format('a')}")} FROM store_assignment a
        WHERE a.case_id = c.id AND a.party_id = :party AND a.account_id IN {HERSELF_AND_WHOM_SHE_STANDS_IN_FOR}
          AND a.since <= :at AND (a.until IS NULL OR a.until > :at)) AS her_parts,
      (SELECT {each.format(f"r.role || {own.format('r')}")} FROM store_programmerole r
        WHERE r.programme_id = c.programme_id AND r.account_id IN {HERSELF_AND_WHOM_SHE_STANDS_IN_FOR}) AS her_roles,
      (EXISTS (SELECT 1 FROM store_emergencyaccess e
        WHERE e.case_id = c.id AND e.account_id = :account AND e.party_id = :party
          AND e.approved_at <= :at AND e.until > :at AND (e.ended_at IS NULL OR e.ended_at > :at))) AS in_emergency,
      (EXISTS (SELECT 1 FROM store_clearance k WHERE k.person_id = c.person_id AND k.party_id = :party)) AS is_cleared,
      {rule.format(case="c.id")} AS shows
    FROM store_case c WHERE c.id = :case"""  # noqa: S608 (our own fixed words)


STANDING = Kept(
    "samverk_standing",
    {"case": "uuid", "account": "uuid", "party": "uuid", "unit": "uuid", "at": "timestamptz", "purpose": "text"},
    "her_parts text, her_roles text, in_emergency boolean, is_cleared boolean, shows boolean",
    asked("string_agg({}, ',')", OPEN_TO_ROLES_HERE.plain),
    of_the_asker=("account", "party", "unit", "purpose"),
)
"""On PostgreSQL (SQLite strings words together with another function). With the owner's rights: whoever may not read a
referral cannot tell whether it has been sent, and cases and parts lie under no policy anyway."""


def text(asked: str) -> str:
    """The whole query, with the case and what stands about its person, around that one row."""
    return f"""SELECT c.*, p.name AS person_name, p.birth_year, p.phone, p.language, p.protection,
  o.name AS programme_name, s.*
FROM store_case c JOIN store_person p ON p.id = c.person_id JOIN store_programme o ON o.id = c.programme_id
JOIN ({asked}) s ON 1 = 1
WHERE c.id = :case"""  # noqa: S608 (our own fixed words)


TEXT = Text(text(asked("group_concat({}, ',')", OPEN_TO_ROLES_HERE.plain)), text(STANDING.call))


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
    row = next(iter(Case.objects.raw(*filled(TEXT.on(connection.vendor), values, connection))), None)
    if row is None:
        return None
    found = vars(row)
    parts, roles = (_words(found[words]) for words in ("her_parts", "her_roles"))
    return Standing(
        case=row,
        about=found,
        parts=frozenset(Part(part) for part in parts),
        roles=frozenset(Role(role) for role in roles),
        of_her_own=any(own for words in (parts, roles) for own in words.values()),
        in_emergency=bool(found["in_emergency"]),
        is_cleared=bool(found["is_cleared"]),
        shows=bool(found["shows"]),
    )


def _words(listed: str | None) -> dict[str, bool]:
    """Each word, and whether it is the actor's own."""
    words = (listed or "").split(",") if listed else []
    own = {word.removesuffix("*") for word in words if word.endswith("*")}
    return {word.removesuffix("*"): word.removesuffix("*") in own for word in words}
