"""The statements of the rule, each asked alone, and where one parts ways with the oracle."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db import connection

from samverk.access import identity, whole
from samverk.access.actor import Actor
from samverk.domain import need
from samverk.domain.consent import Reader, decide
from samverk.domain.information import Protection, Purpose, Thing
from samverk.domain.need import needs
from samverk.store import standing, visible
from samverk.store.models import Item
from samverk.store.security import APP_ROLE
from tests.generative import oracle
from tests.generative.worlds import AT, CASES, Asks, World, readers

Statement = Callable[[World, Asks], set[UUID]]
"""What a reader sees of a world's items, by one statement of the rule."""


@dataclass(slots=True)
class Tally:
    """What was compared. A decision is one reader and one item of the same world."""

    decisions: int = 0
    seen: int = 0
    leaks: list[str] = field(default_factory=list)
    wrong_refusals: list[str] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        """Nothing was shown that may not be, and nothing withheld that may be shown."""
        return not self.leaks and not self.wrong_refusals

    def add(self, other: "Tally") -> None:
        """Count what another has counted, too."""
        self.decisions += other.decisions
        self.seen += other.seen
        self.leaks += other.leaks
        self.wrong_refusals += other.wrong_refusals

    def __str__(self) -> str:
        told = f"{self.decisions:,} decisions, {self.seen:,} of them yes"
        told += f", {len(self.leaks)} leaks, {len(self.wrong_refusals)} wrong refusals"
        return told + "".join(f"\n  {name}" for name in (self.leaks + self.wrong_refusals)[:5])


def by_the_oracle(world: World, asks: Asks) -> set[UUID]:
    """What the naive rule lets through."""
    return {thing.id for thing in world.items if oracle.may_see(world, asks, thing, at=AT)}


def by_decide(world: World, asks: Asks) -> set[UUID]:
    """What decide() lets through, item by item, needs() having said whether there is a need."""
    facts = _facts(world)
    found = set()
    for thing in world.items:
        reader = Reader(person=asks.person)
        if asks.account is not None:
            case = world.case_of(thing.id)
            needed = needs(
                facts,
                account=asks.account,
                party=asks.party,  # type: ignore[arg-type]  # one without a party has no actor's need, but may have a role
                case=case,
                programme=world.programme_of(case),
                at=AT,
            )
            cleared = (thing.person, asks.party) in world.cleared
            reader = Reader(party=asks.party, unit=asks.unit, needs=needed, cleared=cleared)
        if _decide(world, thing, reader):
            found.add(thing.id)
    return found


def _facts(world: World) -> tuple[need.Fact, ...]:
    """What the world holds, as the domain says it. An emergency that nobody has approved is not told."""
    return (
        *(need.Assigned(a.account, a.party, a.case, a.since, a.until) for a in world.assigned),
        *(need.Holds(account, programme, role) for account, programme, role in world.roles),
        *(need.StandsIn(s.absent, s.substitute, s.party, s.since, s.until, s.ended_at) for s in world.stands_in),
        *(
            need.Opened(o.account, o.party, o.case, o.approved_at, o.until, o.ended_at)
            for o in world.opened
            if o.case is not None and o.approved_at is not None and o.until is not None
        ),
    )


def _decide(world: World, thing: Thing, reader: Reader) -> bool:
    hers = thing.person == world.id("person")
    return decide(
        # An open unit has no border: the store tells decide() of closed ones only.
        replace(thing, unit=None) if thing.unit is not None and thing.unit not in world.closed else thing,
        reader,
        purpose=world.purpose,
        at=AT,
        protection=world.protection if hers else Protection.NONE,
        says=world.says,
        grounds=world.grounds,
    ).allows


def by_sql(world: World, asks: Asks) -> set[UUID]:
    """What visible_to() finds among the world's own items, as the tables' owner: no row security helps it."""
    return set(_asked(world, asks).filter(case__in=[world.id(case) for case in CASES]).values_list("id", flat=True))


def by_sql_in_a_case(world: World, asks: Asks) -> set[UUID]:
    """What visible_to() finds when it is asked about one case at a time."""
    found: set[UUID] = set()
    for case in CASES:
        found |= set(_asked(world, asks, case=world.id(case)).values_list("id", flat=True))
    return found


def by_sql_anywhere(world: World, asks: Asks) -> set[UUID]:
    """What visible_to() finds among all items that lie in the database."""
    return set(_asked(world, asks).values_list("id", flat=True))


def _asked(world: World, asks: Asks, case: UUID | None = None):  # type: ignore[no-untyped-def]
    if asks.person is not None:
        hers = Item.objects.filter(visible.visible_to_herself(person=asks.person))
        return hers if case is None else hers.filter(case=case)
    assert asks.account is not None
    return Item.objects.filter(
        visible.visible_to(
            account=asks.account,
            party=asks.party,  # type: ignore[arg-type]  # access.sight does not even ask for one without a party
            unit=asks.unit,
            at=AT,
            purpose=world.purpose,
            case=case,
        )
    )


def by_standing(world: World, asks: Asks) -> tuple[oracle.Stands | None, ...]:
    """What the door is told that an official is to each case; of a participant and of planned work nothing is asked."""
    return tuple(_standing(world, asks, world.id(case)) for case in CASES)


def _standing(world: World, asks: Asks, case: UUID) -> oracle.Stands | None:
    if asks.account is None or asks.person is not None:
        return None
    who = {"account": asks.account, "party": asks.party, "unit": asks.unit}
    try:
        identity.enter(Actor(name="", **who), _Look(world.purpose), case=None, at=AT)  # type: ignore[arg-type]
        found = standing.standing(case, at=AT, purpose=world.purpose, **who)
    finally:
        identity.leave()
    assert found is not None
    return oracle.Stands(
        parts=frozenset(part.value for part in found.parts),
        roles=frozenset(role.value for role in found.roles),
        of_her_own=found.of_her_own,
        in_emergency=found.in_emergency,
        is_cleared=found.is_cleared,
        shows=found.shows,
    )


@dataclass(frozen=True)
class _Look:
    """As much of an act as the door tells the database."""

    purpose: Purpose
    changes_sight: bool = False
    looks_beyond: bool = False
    whole: frozenset[str] = frozenset()


def by_row_security(world: World, asks: Asks) -> set[UUID]:
    """What PostgreSQL alone lets the door's role see, unasked for: every row that an unfiltered query gives."""
    return rows_seen(world, asks, "SELECT id FROM store_item")


def by_row_security_here(world: World, asks: Asks) -> set[UUID]:
    """The same, of the rows of this world only: faster where many worlds lie in the database."""
    here = ", ".join(f"'{world.id(case)}'" for case in CASES)
    return rows_seen(world, asks, f"SELECT id FROM store_item WHERE case_id IN ({here})")  # noqa: S608 (our own ids)


def rows_seen(world: World, asks: Asks, query: str) -> set[UUID]:
    """The ids that a query gives the door's role, after the database has been told who asks, when and for what.

    Nobody: the role is there, and nothing has been told.
    """
    actor = Actor(
        account=asks.account, name="", party=asks.party, unit=asks.unit, person=asks.person, system=asks.system
    )
    try:
        with connection.cursor() as cursor:
            if asks == Asks():
                cursor.execute("SELECT set_config('role', %s, true)", [APP_ROLE])
            else:
                act: Any = _Look(world.purpose, looks_beyond=asks.beyond, whole=asks.whole)
                whole.WHOLE[act] = asks.whole
                identity.enter(actor, act, case=asks.case, programme=asks.programme, at=AT)
            cursor.execute(query)
            return {row[0] for row in cursor.fetchall()}
    finally:
        whole.WHOLE.pop(_Look(world.purpose, looks_beyond=asks.beyond, whole=asks.whole), None)  # type: ignore[call-overload]
        identity.leave()


def compare(
    statement: Statement,
    worlds: Iterable[World],
    *,
    stop: bool = False,
    who: Callable[[World], Sequence[Asks]] = readers,
) -> Tally:
    """Ask the statement and the oracle about every reader and item of every world. `stop`: at the first difference."""
    tally = Tally()
    for world in worlds:
        for asks in who(world):
            found, right = statement(world, asks), by_the_oracle(world, asks)
            tally.decisions += len(world.items)
            tally.seen += len(right)
            if found != right:
                told = f"[{world.n}] {world.name}: {asks}"
                if found - right:
                    tally.leaks.append(told)
                if right - found:
                    tally.wrong_refusals.append(told)
                if stop:
                    return tally
    return tally
