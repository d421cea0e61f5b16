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
from django.db.models import Q
from django.utils import timezone

from samverk.access import codes, identity, log
from samverk.access.actor import Actor
from samverk.access.declare_house import Act
from samverk.access.log_roles import is_trusted
from samverk.access.permit import A, CaseFacts, Life, Permit
from samverk.domain.consent import OPEN_LEVELS
from samverk.domain.information import Protection, Purpose
from samverk.domain.parties import ROLES_THAT_COVER_CASES, Capacity, Part, PartyTrust, Role
from samverk.store.models import ProgrammeRole
from samverk.store.sql import Condition
from samverk.store.standing import standing
from samverk.store.visible import STANDS_IN

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
_TRUSTS = {
    Capacity.LOG_CONTROLLER: PartyTrust.LOG_CONTROLLER,
    Capacity.PRICE_KEEPER: PartyTrust.PRICE_KEEPER,
}


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
    with _turn(), codes.read_once(), _transaction(actor, act, case=case, programme=programme, at=at):
        # Not before the turn has come: what ends while one waits has ended.
        moment = at or timezone.now()
        facts, capacities = _house(actor, act), None
        found: CaseFacts | None = None
        if act.target == "case":
            found, capacities = _case(actor, case, moment, act.purpose) if case else (None, frozenset())
        elif act.target == "programme":
            capacities = facts | _programme(actor, programme, moment) if programme else frozenset()
        has = facts if capacities is None else capacities
        held = has & act.who
        if not held or not _party_may(actor, act):
            _refuse(actor, act, at=moment, case=case, programme=programme, ids=ids)
            yield None
            return
        held |= has & {Capacity.SUBSTITUTE}
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


def _refuse(
    actor: Actor,
    act: type[Act],
    *,
    at: datetime,
    case: UUID | None,
    programme: UUID | None,
    ids: Callable[[], UUID],
) -> None:
    """Log the refusal; a form that is refused twice is logged twice, though its first id is the same."""
    try:
        with transaction.atomic():
            log.refused(actor, act, at=at, case=case, programme=programme, id=ids())
    except IntegrityError:
        log.refused(actor, act, at=at, case=case, programme=programme, id=uuid4())


@contextmanager
def _transaction(
    actor: Actor, act: type[Act], *, case: UUID | None, programme: UUID | None, at: datetime | None
) -> Iterator[None]:
    try:
        with transaction.atomic():
            at_hand = {
                "case": case if act.target == "case" else None,
                "programme": programme if act.target == "programme" else None,
            }
            identity.enter(actor, act, **at_hand, at=at)
            yield
    finally:
        identity.leave()


@contextmanager
def _turn() -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    with _one_at_a_time:
        yield


def _party_may(actor: Actor, act: type[Act]) -> bool:
    """Whether the actor's party is of a kind that the act is for: an attribute of the code list."""
    if not act.party_must:
        return True
    kind = codes.names("party_kind")["party_kind"].get(actor.party_kind)
    return kind is not None and kind.attributes.get(act.party_must) == "yes"


def _house(actor: Actor, act: type[Act]) -> frozenset[Capacity]:
    held = {
        **{capacity: capacity in act.who and is_trusted(actor, trust) for capacity, trust in _TRUSTS.items()},
        **dict.fromkeys(_roles_anywhere(actor, act), True),
        Capacity.SYSTEM: actor.system,
        Capacity.OPERATOR: actor.operator,
        Capacity.EMPLOYED: actor.party is not None,
        Capacity.SELF: actor.person is not None,
    }
    return frozenset(c for c, has in held.items() if has)


def _roles_anywhere(actor: Actor, act: type[Act]) -> set[Capacity]:
    """Which of the roles that an act on the house asks for she has in some programme: an evaluator may have no party.

    Never for an act on a programme or a case: a role in one opens nothing in another.
    """
    wanted = {role.value for role, capacity in _ROLES.items() if capacity in act.who}
    if act.target != "house" or actor.account is None or not wanted:
        return set()
    roles = ProgrammeRole.objects.filter(account=actor.account, role__in=wanted).values_list("role", flat=True)
    return {_ROLES[Role(role)] for role in roles}


def _programme(actor: Actor, programme: UUID, at: datetime) -> frozenset[Capacity]:
    mine = Condition(
        f"({{account}} = :account OR {{account}} IN {STANDS_IN})",
        columns={"account": "account"},
        values={"account": actor.account, "party": actor.party, "at": at},
    )
    roles = ProgrammeRole.objects.filter(Q(mine), programme=programme).values_list("role", flat=True)
    return frozenset(_ROLES[Role(role)] for role in roles)


def _case(actor: Actor, case: UUID, at: datetime, purpose: Purpose) -> tuple[CaseFacts | None, frozenset[Capacity]]:
    """One query: the case, and everything that the actor is to it."""
    found = standing(case, account=actor.account, party=actor.party, unit=actor.unit, at=at, purpose=purpose)
    if found is None:
        return None, frozenset()
    row, about = found.case, found.about
    facts = CaseFacts(
        id=row.id,
        person=row.person_id,
        person_name=about["person_name"],
        birth_year=about["birth_year"],
        phone=about["phone"],
        interpreter=about["language"],
        protection=Protection(about["protection"]),
        programme=row.programme_id,
        programme_name=about["programme_name"],
        status=row.status,
        opened_at=row.opened_at,
        started_on=row.started_on,
        closed_on=row.closed_on,
        version=row.version,
    )
    if actor.person is not None:
        return facts, frozenset({Capacity.PARTICIPANT} if actor.person == row.person_id else ())
    if facts.protection not in OPEN_LEVELS and not found.is_cleared:
        return None, frozenset()
    held = {_PARTS[part] for part in found.parts}
    held |= {_ROLES[role] for role in found.roles if found.shows or role not in ROLES_THAT_COVER_CASES}
    if held and not found.of_her_own:
        held.add(Capacity.SUBSTITUTE)
    if found.in_emergency:
        held.add(Capacity.EMERGENCY)
    if actor.system:
        held.add(Capacity.SYSTEM)
    return facts, frozenset(held)
