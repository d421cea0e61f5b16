"""The rule of the door in SQL: domain.consent.decide() says the same for one item. Generated worlds compare them."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from samverk.domain.consent import OPEN_LEVELS
from samverk.domain.information import Purpose
from samverk.domain.parties import ROLES_THAT_COVER_CASES
from samverk.store.sql import Condition

_SAID = """EXISTS (
    SELECT 1 FROM store_consent c
    WHERE c.receiver_id = :party AND c.person_id = {person} AND c.category = {category} AND c.purpose = :purpose
      AND (c.giver_id = {owner} OR (c.giver_id IS NULL AND {owner} IS NULL))
      AND c.starts_at <= :at AND c.stops_at > :at AND (c.ended_at IS NULL OR c.ended_at > :at)
      AND c.refused = :refused)"""

RULE = f"""(
EXISTS (
    SELECT 1 FROM store_person p
    WHERE p.id = {{person}} AND (p.protection IN ({", ".join(f"'{level}'" for level in sorted(OPEN_LEVELS))})
       OR EXISTS (SELECT 1 FROM store_clearance k WHERE k.person_id = p.id AND k.party_id = :party)))
AND (EXISTS (
    SELECT 1 FROM store_assignment a
    WHERE a.case_id = {{case}} AND a.account_id = :account
      AND a.since <= :at AND (a.until IS NULL OR a.until > :at))
  OR EXISTS (
    SELECT 1 FROM store_case s JOIN store_programmerole r ON r.programme_id = s.programme_id
    WHERE s.id = {{case}} AND r.account_id = :account
      AND r.role IN ({", ".join(f"'{role}'" for role in sorted(ROLES_THAT_COVER_CASES))})))
AND ({{owner}} = :party
  OR ({_SAID.replace(":refused", ":false")} AND NOT {_SAID.replace(":refused", ":true")})
  OR EXISTS (
    SELECT 1 FROM store_legalground g
    WHERE g.item_id = {{id}} AND g.receiver_id = :party
      AND g.starts_at <= :at AND (g.ended_at IS NULL OR g.ended_at > :at))))"""  # noqa: S608 (our own fixed words)


def visible_to(*, account: UUID, party: UUID, at: datetime, purpose: Purpose, prefix: str = "") -> Q:
    """What `account`, a member of `party`, may see at `at` for `purpose`.

    A condition on Item, or with `prefix` ("item__") on a body. See domain.consent for the rule in words.
    """
    columns = {name: f"{prefix}{name}" for name in ("id", "person", "owner", "category", "case")}
    values = {"account": account, "party": party, "at": at, "purpose": purpose.value, "true": True, "false": False}
    return Q(Condition(RULE, columns=columns, values=values))


def visible_to_herself(*, person: UUID, prefix: str = "") -> Q:
    """What the participant `person` sees: everything about her except what is about someone else."""
    return Q(**{f"{prefix}person": person, f"{prefix}about_other": False})
