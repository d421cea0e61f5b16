"""The rule of the door is stated for one item, in SQL, and here: in every near miss they say the same.

design.md, "The rule of the door". Each statement is then spoiled in turn, to show that the worlds would notice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import pytest

from samverk.domain import consent
from samverk.domain.consent import Ground, Reader, Say, decide
from samverk.domain.information import Protection, Purpose, Thing
from samverk.store import visible
from samverk.store.models import Item
from tests.generative import oracle
from tests.generative.worlds import AT, World, near_misses, put

WORLDS = list(near_misses())
ALONE = [world for world in WORLDS if ";" not in world.name]
PAIRS = [world for world in WORLDS if ";" in world.name]
MANY = ALONE + PAIRS[::3]
"""For the database: every world of one move, and every third of two."""
FEW = ALONE + PAIRS[::8]
"""Enough for a mutant."""


@dataclass(frozen=True)
class Asks:
    """Someone who wants to see: an official of a party, or a participant."""

    account: UUID | None = None
    party: UUID | None = None
    person: UUID | None = None


def readers(world: World) -> list[Asks]:
    return [
        Asks(account=world.official, party=world.reader),
        Asks(account=world.neighbour, party=world.bystander),
        Asks(person=world.person),
        Asks(person=world.stranger),
    ]


def naive(world: World, asks: Asks, thing: Thing) -> bool:
    if asks.person is not None:
        return oracle.herself_may_see(thing, who=asks.person)
    assert asks.account is not None
    assert asks.party is not None
    return oracle.official_may_see(world, thing, account=asks.account, party=asks.party, at=AT)


def decided(world: World, asks: Asks, thing: Thing) -> bool:
    reader = Reader(person=asks.person)
    if asks.account is not None:
        reader = Reader(
            party=asks.party,
            needs=oracle.has_need(world, account=asks.account, at=AT),
            cleared=asks.party in world.cleared,
        )
    verdict = decide(
        thing,
        reader,
        purpose=world.purpose,
        at=AT,
        protection=world.protection,
        says=world.says,
        grounds=world.grounds,
    )
    return verdict.allows


def found(world: World, asks: Asks, *, anywhere: bool = False) -> set[UUID]:
    """What SQL finds among the world's own items, or among all that lie in the table."""
    if asks.person is not None:
        condition = visible.visible_to_herself(person=asks.person)
    else:
        assert asks.account is not None
        assert asks.party is not None
        condition = visible.visible_to(account=asks.account, party=asks.party, at=AT, purpose=world.purpose)
    items = Item.objects.all() if anywhere else Item.objects.filter(person=world.person)
    return set(items.filter(condition).values_list("id", flat=True))


def differ_one_by_one(worlds: Iterable[World]) -> list[str]:
    """Where decide() and the oracle part ways."""
    return [
        world.name
        for world in worlds
        for asks in readers(world)
        for thing in world.items
        if decided(world, asks, thing) != naive(world, asks, thing)
    ]


def differ_in_sql(worlds: Iterable[World], *, anywhere: bool = False) -> list[str]:
    """Where SQL and the oracle part ways. With `anywhere`, nothing of another world may be found either."""
    return [
        world.name
        for world in worlds
        for asks in readers(world)
        if found(world, asks, anywhere=anywhere) != {thing.id for thing in world.items if naive(world, asks, thing)}
    ]


def test_the_worlds_are_many_and_on_the_edge() -> None:
    """At least 150, and the reader sees the item in a good part of them but not in all."""
    seen = [naive(world, readers(world)[0], world.main) for world in WORLDS]
    assert len(MANY) > 150
    assert 0.1 < sum(seen) / len(seen) < 0.9
    assert seen[0]


def test_one_item_agrees() -> None:
    """decide() says what the oracle says, of every item and reader in every world."""
    assert differ_one_by_one(WORLDS) == []


@pytest.mark.django_db
def test_sql_agrees() -> None:
    """visible_to() and visible_to_herself() find just what the oracle lets through."""
    put(MANY)
    assert differ_in_sql(MANY) == []
    assert differ_in_sql(ALONE[::3], anywhere=True) == []


def _inclusive(say: Say, at: object) -> bool:
    return say.starts_at <= at <= say.stops_at and (say.ended_at is None or at < say.ended_at)  # type: ignore[operator]


def _any_giver(say: Say, thing: Thing, receiver: UUID, purpose: Purpose) -> bool:
    return (say.person, say.receiver, say.category, say.purpose) == (thing.person, receiver, thing.category, purpose)


def _forever(ground: Ground, at: object) -> bool:
    return ground.starts_at <= at  # type: ignore[operator]


@pytest.mark.parametrize(
    ("where", "name", "spoiled"),
    [
        (Say, "in_force", _inclusive),
        (Say, "covers", _any_giver),
        (Ground, "in_force", _forever),
        (consent, "OPEN_LEVELS", frozenset(Protection)),
    ],
    ids=["the last moment counts", "any giver will do", "a ground never ends", "protection forgotten"],
)
def test_a_spoiled_decision_is_noticed(
    monkeypatch: pytest.MonkeyPatch, where: object, name: str, spoiled: object
) -> None:
    """The worlds kill a mutant of decide()."""
    monkeypatch.setattr(where, name, spoiled)
    assert differ_one_by_one(FEW) != []


MUTANTS = {
    "any role covers": ("AND r.role IN ('coordinator', 'team')", ""),
    "protection forgotten": ("p.protection IN ('none', 'secrecy_marking')", "p.protection <> ''"),
    "any purpose": ("AND c.purpose = :purpose", "AND :purpose = :purpose"),
    "refusals forgotten": ("c.refused = :true", "c.refused = :true AND 1 = 0"),
    "any giver": ("AND (c.giver_id = {owner} OR (c.giver_id IS NULL AND {owner} IS NULL))", ""),
    "any category": ("AND c.category = {category}", ""),
    "any receiver": ("c.receiver_id = :party AND", ""),
    "the last moment counts": ("c.stops_at > :at", "c.stops_at >= :at"),
    "the first moment does not": ("c.starts_at <= :at", "c.starts_at < :at"),
    "withdrawal forgotten": ("AND (c.ended_at IS NULL OR c.ended_at > :at)", ""),
    "a ground never ends": ("AND (g.ended_at IS NULL OR g.ended_at > :at)", ""),
    "a ground for anyone": ("AND g.receiver_id = :party", ""),
    "an assignment never ends": ("AND (a.until IS NULL OR a.until > :at)", ""),
    "assigned to any case": ("a.case_id = {case} AND", ""),
}


@pytest.mark.django_db
@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_spoiled_query_is_noticed(monkeypatch: pytest.MonkeyPatch, mutant: str) -> None:
    """The worlds kill each mutant of the rule in SQL."""
    before, after = MUTANTS[mutant]
    assert before in visible.RULE
    monkeypatch.setattr(visible, "RULE", visible.RULE.replace(before, after))
    put(MANY)
    assert any(differ_in_sql([world]) for world in MANY)
