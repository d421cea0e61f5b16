"""The door. It owns the transaction, decides, logs the decision, and gives a permit or None.

Nothing is raised through it on a refusal, so that the refusal's own event is kept. A Rejection that an action
raises inside the block rolls everything back: rejected input leaves no trace.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction
from django.db.models import BooleanField, ExpressionWrapper
from django.utils import timezone

from samverk.access import codes, log
from samverk.access.actor import Actor
from samverk.access.permit import A, CaseFacts, Life, Permit
from samverk.access.sight import open_to_roles
from samverk.domain.consent import OPEN_LEVELS
from samverk.domain.information import Protection, Purpose
from samverk.domain.parties import ROLES_THAT_COVER_CASES, Capacity, Part, Role
from samverk.store.models import Case, ProgrammeRole
from samverk.store.sql import Condition

_one_at_a_time = threading.RLock()
"""SQLite: one process, one lock around the door, since every read writes the log."""

_PARTS = {
    Part.CONTACT: Capacity.COORDINATOR,
    Part.OFFICIAL: Capacity.OFFICIAL,
    Part.REFERRER: Capacity.REFERRER,
    Part.WORKPLACE: Capacity.WORKPLACE,
}
_ROLES = {
    Role.COORDINATOR: Capacity.COORDINATOR,
    Role.TEAM: Capacity.TEAM,
    Role.STEERING: Capacity.STEERING,
    Role.EVALUATOR: Capacity.EVALUATOR,
}


_CLEARED = "EXISTS (SELECT 1 FROM store_clearance k WHERE k.person_id = {person} AND k.party_id = :party)"
_PART = """EXISTS (
    SELECT 1 FROM store_assignment a
    WHERE a.case_id = {case} AND a.account_id = :account AND a.part = :part
      AND a.since <= :at AND (a.until IS NULL OR a.until > :at))"""
_ROLE = """EXISTS (
    SELECT 1 FROM store_programmerole r
    WHERE r.programme_id = {programme} AND r.account_id = :account AND r.role = :role)"""


class AlreadyDone(Exception):
    """The same press of the same button has been through the door before: its first id is in the log."""


@contextmanager
def door(
    actor: Actor,
    act: type[A],
    *,
    case: UUID | None = None,
    programme: UUID | None = None,
    at: datetime | None = None,
    ids: Callable[[], UUID] = uuid4,
) -> Iterator[Permit[A] | None]:
    """Decide whether `actor` may do `act` on `case` or `programme` and give a permit, or None.

    `at` and `ids` are told by whoever replays a story or runs a test; otherwise the clock and chance decide.
    None also when the target does not exist: forbidden and absent look the same. AlreadyDone when the first of
    `ids` has been used: whoever makes it of what was sent has each act done once, however often it is sent.
    """
    moment = at or timezone.now()
    with _turn(), codes.read_once(), transaction.atomic():
        facts, capacities = _house(actor), None
        found: CaseFacts | None = None
        if act.target == "case":
            found, capacities = _case(actor, case, moment, act.purpose) if case else (None, frozenset())
        elif act.target == "programme":
            capacities = facts | _programme(actor, programme) if programme else frozenset()
        held = (facts if capacities is None else capacities) & act.who
        if not held:
            log.refused(actor, act, at=moment, case=case, programme=programme, id=ids())
            yield None
            return
        life = Life()
        permit = Permit(act, actor, moment, held, found, programme, ids, life)
        try:
            log.admitted(permit)
        except IntegrityError as error:
            raise AlreadyDone from error
        try:
            yield permit
        finally:
            life.open = False


@contextmanager
def _turn() -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    with _one_at_a_time:
        yield


def _house(actor: Actor) -> frozenset[Capacity]:
    held = {
        Capacity.SYSTEM: actor.system,
        Capacity.OPERATOR: actor.operator,
        Capacity.EMPLOYED: actor.party is not None,
        Capacity.SELF: actor.person is not None,
    }
    return frozenset(c for c, has in held.items() if has)


def _programme(actor: Actor, programme: UUID) -> frozenset[Capacity]:
    roles = ProgrammeRole.objects.filter(programme=programme, account=actor.account).values_list("role", flat=True)
    return frozenset(_ROLES[Role(role)] for role in roles)


def _case(actor: Actor, case: UUID, at: datetime, purpose: Purpose) -> tuple[CaseFacts | None, frozenset[Capacity]]:
    """One query: the case, and everything that the actor is to it."""
    known: dict[str, object] = {"account": actor.account, "party": actor.party, "at": at}
    row = (
        Case.objects.filter(id=case)
        .select_related("person", "programme")
        .annotate(
            is_cleared=Condition(_CLEARED, columns={"person": "person"}, values=known),
            shows=ExpressionWrapper(
                open_to_roles(account=actor.account, party=actor.party, at=at, purpose=purpose), BooleanField()
            ),
            **{
                f"part_{part}": Condition(_PART, columns={"case": "id"}, values={**known, "part": part.value})
                for part in _PARTS
            },
            **{
                f"role_{role}": Condition(
                    _ROLE, columns={"programme": "programme"}, values={**known, "role": role.value}
                )
                for role in _ROLES
            },
        )
        .first()
    )
    if row is None:
        return None, frozenset()
    found = CaseFacts(
        id=row.id,
        person=row.person_id,
        person_name=row.person.name,
        birth_year=row.person.birth_year,
        phone=row.person.phone,
        interpreter=row.person.language,
        protection=Protection(row.person.protection),
        programme=row.programme_id,
        programme_name=row.programme.name,
        status=row.status,
        opened_at=row.opened_at,
        started_on=row.started_on,
        closed_on=row.closed_on,
        version=row.version,
    )
    if actor.person is not None:
        return found, frozenset({Capacity.PARTICIPANT} if actor.person == row.person_id else ())
    if Protection(row.person.protection) not in OPEN_LEVELS and not row.is_cleared:
        return None, frozenset()
    held = {capacity for part, capacity in _PARTS.items() if getattr(row, f"part_{part}")}
    held |= {
        capacity
        for role, capacity in _ROLES.items()
        if getattr(row, f"role_{role}") and (row.shows or role not in ROLES_THAT_COVER_CASES)
    }
    if actor.system:
        held.add(Capacity.SYSTEM)
    return found, frozenset(held)
