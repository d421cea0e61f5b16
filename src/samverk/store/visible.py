"""The rule of the door in SQL: domain.consent.decide() says the same for one item. Generated worlds compare them."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from samverk.domain.consent import OPEN_LEVELS
from samverk.domain.information import Purpose
from samverk.domain.parties import ROLES_THAT_COVER_CASES
from samverk.store.sql import Condition, Kept, Text

STANDS_IN = """(
    SELECT u.absent_id FROM store_substitution u
    WHERE u.substitute_id = :account AND u.party_id = :party
      AND u.since <= :at AND u.until > :at AND (u.ended_at IS NULL OR u.ended_at > :at))"""
"""Whom :account of :party stands in for."""
HERSELF_AND_WHOM_SHE_STANDS_IN_FOR = f"(SELECT :account UNION ALL SELECT v.absent_id FROM {STANDS_IN} v)"  # noqa: S608
COVERING = ", ".join(f"'{role}'" for role in sorted(ROLES_THAT_COVER_CASES))


def cases(here: str = "") -> str:
    """The cases that :account has a need to know of, of people whose protection admits :party. `here`: of these."""
    return f"""
    SELECT n.id FROM store_case n JOIN store_person p ON p.id = n.person_id
    WHERE n.id IN (
        SELECT a.case_id FROM store_assignment a
        WHERE a.party_id = :party AND a.account_id IN {HERSELF_AND_WHOM_SHE_STANDS_IN_FOR}
          AND a.since <= :at AND (a.until IS NULL OR a.until > :at){here.format("a.case_id")}
        UNION ALL
        SELECT s.id FROM store_programmerole r JOIN store_case s ON s.programme_id = r.programme_id
        WHERE r.account_id IN {HERSELF_AND_WHOM_SHE_STANDS_IN_FOR} AND r.role IN ({COVERING}){here.format("s.id")}
        UNION ALL
        SELECT e.case_id FROM store_emergencyaccess e
        WHERE e.account_id = :account AND e.party_id = :party
          AND e.approved_at <= :at AND e.until > :at
          AND (e.ended_at IS NULL OR e.ended_at > :at){here.format("e.case_id")})
      AND (p.protection IN ({", ".join(f"'{level}'" for level in sorted(OPEN_LEVELS))})
        OR EXISTS (SELECT 1 FROM store_clearance k WHERE k.person_id = p.id AND k.party_id = :party))"""  # noqa: S608


def said(cases: str) -> str:
    """Of whom in `cases`, whose (the person's own: herself) and what :party may read: she has said yes and not no."""
    return f"""
    SELECT c.person_id, coalesce(c.giver_id, c.person_id), c.category FROM store_consent c
    WHERE c.receiver_id = :party AND c.purpose = :purpose
      AND c.starts_at <= :at AND c.stops_at > :at AND (c.ended_at IS NULL OR c.ended_at > :at)
      AND c.person_id IN (SELECT m.person_id FROM store_case m WHERE m.id IN ({cases}))
    GROUP BY c.person_id, c.giver_id, c.category
    HAVING count(CASE WHEN c.refused THEN 1 END) = 0"""  # noqa: S608 (our own fixed words)


def rule(cases: str, said: str) -> str:
    """The rule over the columns of an item. What it asks of the reader is asked once, whatever the items are."""
    return f"""(
{{case}} IN ({cases})
AND (({{owner}} = :party AND ({{unit}} IS NULL OR {{unit}} = :unit
      OR NOT EXISTS (SELECT 1 FROM store_unit w WHERE w.id = {{unit}} AND w.closed)))
  OR ({{person}}, coalesce({{owner}}, {{person}}), {{category}}) IN ({said})
  OR EXISTS (
    SELECT 1 FROM store_legalground g
    WHERE g.item_id = {{id}} AND g.receiver_id = :party
      AND g.starts_at <= :at AND (g.ended_at IS NULL OR g.ended_at > :at))))"""  # noqa: S608 (our own fixed words)


def _kept(suffix: str, here: str, **also: str) -> tuple[Kept, Kept]:
    """What the rule asks of the reader: which cases, and what has been said in them."""
    takes = {"account": "uuid", "party": "uuid", "at": "timestamptz"} | also
    in_which = Kept(f"samverk_rule_cases{suffix}", takes, "its_case uuid", cases(here))
    gives = "about uuid, its_owner uuid, its_category varchar"
    return in_which, Kept(f"samverk_rule_said{suffix}", takes | {"purpose": "text"}, gives, said(cases(here)))


HERE = " AND {} = :case"
_ANYWHERE = _kept("", "")
_HERE = _kept("_here", HERE, case="uuid")
KEPT = (*_ANYWHERE, *_HERE)
"""What PostgreSQL is to keep (store/security.py)."""

RULE = Text(*(rule(*asked) for asked in ([k.text for k in _ANYWHERE], [k.call for k in _ANYWHERE])))
"""For the items of any case."""
RULE_HERE = Text(*(rule(*asked) for asked in ([k.text for k in _HERE], [k.call for k in _HERE])))
"""For the items of :case. The same, but that whoever holds the threads of thousands has one of them looked up."""

NEEDED = Text(*(f"{{case}} IN ({asked})" for asked in (_ANYWHERE[0].text, _ANYWHERE[0].call)))
"""Whether :account has a need to know of {case}, and its person's protection admits :party."""

_IN_ITEM = {"id": "i.id", "case": "i.case_id"} | {name: f"i.{name}_id" for name in ("person", "owner", "unit")}


def _open_to_roles(rule: str) -> str:
    return f"""(
EXISTS (SELECT 1 FROM store_item i WHERE i.case_id = {{case}} AND {rule.format(**_IN_ITEM, category="i.category")})
AND NOT EXISTS (
    SELECT 1 FROM store_referral f JOIN store_item j ON j.id = f.item_id
    WHERE j.case_id = {{case}} AND f.status IN ('draft', 'withdrawn')))"""  # noqa: S608 (our own fixed words)


OPEN_TO_ROLES = Text(_open_to_roles(RULE.plain), _open_to_roles(RULE.on_postgresql))
"""Whether a role in the programme opens {case} to :account: only when something in it is visible to her, and not
before a referral is sent. Until then nobody in the team can tell the case from one that does not exist."""
OPEN_TO_ROLES_HERE = Text(_open_to_roles(RULE_HERE.plain), _open_to_roles(RULE_HERE.on_postgresql))
"""The same of :case."""


def visible_to(
    *,
    account: UUID,
    party: UUID,
    unit: UUID | None,
    at: datetime,
    purpose: Purpose,
    case: UUID | None = None,
    prefix: str = "",
) -> Q:
    """What `account`, a member of `party` in its `unit`, may see at `at` for `purpose`; in one `case`, or in any.

    A condition on Item, or with `prefix` ("item__") on a body. See domain.consent for the rule in words.
    """
    columns = {name: f"{prefix}{name}" for name in ("id", "person", "owner", "unit", "category", "case")}
    values = told(account=account, party=party, unit=unit, at=at, purpose=purpose)
    if case is None:
        return Q(Condition(RULE, columns=columns, values=values))
    here = Q(Condition(RULE_HERE, columns=columns, values=values | {"case": case}))
    return Q(**{f"{prefix}case": case}) & here


def told(
    *, account: UUID | None, party: UUID | None, unit: UUID | None, at: datetime, purpose: Purpose
) -> dict[str, object]:
    """The values that the texts of the rule ask for."""
    return {"account": account, "party": party, "unit": unit, "at": at, "purpose": purpose.value}


def visible_to_herself(*, person: UUID, prefix: str = "") -> Q:
    """What the participant `person` sees: everything about her except what is about someone else."""
    return Q(**{f"{prefix}person": person, f"{prefix}about_other": False})
