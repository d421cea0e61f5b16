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

STANDS_IN = """(
    SELECT u.absent_id FROM store_substitution u
    WHERE u.substitute_id = :account AND u.party_id = :party
      AND u.since <= :at AND u.until > :at AND (u.ended_at IS NULL OR u.ended_at > :at))"""
"""Whom :account of :party stands in for."""

RULE = f"""(
EXISTS (
    SELECT 1 FROM store_person p
    WHERE p.id = {{person}} AND (p.protection IN ({", ".join(f"'{level}'" for level in sorted(OPEN_LEVELS))})
       OR EXISTS (SELECT 1 FROM store_clearance k WHERE k.person_id = p.id AND k.party_id = :party)))
AND (EXISTS (
    SELECT 1 FROM store_assignment a
    WHERE a.case_id = {{case}} AND a.party_id = :party AND (a.account_id = :account OR a.account_id IN {STANDS_IN})
      AND a.since <= :at AND (a.until IS NULL OR a.until > :at))
  OR EXISTS (
    SELECT 1 FROM store_case s JOIN store_programmerole r ON r.programme_id = s.programme_id
    WHERE s.id = {{case}} AND (r.account_id = :account OR r.account_id IN {STANDS_IN})
      AND r.role IN ({", ".join(f"'{role}'" for role in sorted(ROLES_THAT_COVER_CASES))}))
  OR EXISTS (
    SELECT 1 FROM store_emergencyaccess e
    WHERE e.case_id = {{case}} AND e.account_id = :account AND e.party_id = :party
      AND e.approved_at <= :at AND e.until > :at AND (e.ended_at IS NULL OR e.ended_at > :at)))
AND (({{owner}} = :party AND ({{unit}} IS NULL OR {{unit}} = :unit
      OR NOT EXISTS (SELECT 1 FROM store_unit w WHERE w.id = {{unit}} AND w.closed = :true)))
  OR ({_SAID.replace(":refused", ":false")} AND NOT {_SAID.replace(":refused", ":true")})
  OR EXISTS (
    SELECT 1 FROM store_legalground g
    WHERE g.item_id = {{id}} AND g.receiver_id = :party
      AND g.starts_at <= :at AND (g.ended_at IS NULL OR g.ended_at > :at))))"""  # noqa: S608 (our own fixed words)

_IN_ITEM = {"id": "i.id", "case": "i.case_id"} | {name: f"i.{name}_id" for name in ("person", "owner", "unit")}
OPEN_TO_ROLES = f"""(
EXISTS (SELECT 1 FROM store_item i WHERE i.case_id = {{case}} AND {RULE.format(**_IN_ITEM, category="i.category")})
AND NOT EXISTS (
    SELECT 1 FROM store_referral f JOIN store_item j ON j.id = f.item_id
    WHERE j.case_id = {{case}} AND f.status IN ('draft', 'withdrawn')))"""  # noqa: S608 (our own fixed words)
"""Whether a role in the programme opens {{case}} to :account: only when something in it is visible to her, and not
before a referral is sent. Until then nobody in the team can tell the case from one that does not exist."""


def visible_to(*, account: UUID, party: UUID, unit: UUID | None, at: datetime, purpose: Purpose, prefix: str = "") -> Q:
    """What `account`, a member of `party` in its `unit`, may see at `at` for `purpose`.

    A condition on Item, or with `prefix` ("item__") on a body. See domain.consent for the rule in words.
    """
    columns = {name: f"{prefix}{name}" for name in ("id", "person", "owner", "unit", "category", "case")}
    values = told(account=account, party=party, unit=unit, at=at, purpose=purpose)
    return Q(Condition(RULE, columns=columns, values=values))


def told(
    *, account: UUID | None, party: UUID | None, unit: UUID | None, at: datetime, purpose: Purpose
) -> dict[str, object]:
    """The values that the texts of the rule ask for."""
    return {
        "account": account,
        "party": party,
        "unit": unit,
        "at": at,
        "purpose": purpose.value,
        "true": True,
        "false": False,
    }


def visible_to_herself(*, person: UUID, prefix: str = "") -> Q:
    """What the participant `person` sees: everything about her except what is about someone else."""
    return Q(**{f"{prefix}person": person, f"{prefix}about_other": False})
