"""A world: parties, people, officials, and everything that decides who may see what. All plain data.

The covering world is one in which a consent lets one official read one item, with some twelve other items around it
that differ from it in one thing each. tests/generative/moves.py moves it.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from samverk.domain.consent import Ground, Say
from samverk.domain.information import Protection, Purpose, Thing
from samverk.domain.parties import Role

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TICK = timedelta(microseconds=1)
"""The least that both databases can tell apart."""
DAY = timedelta(days=1)

NAMES = (
    "owner", "reader", "bystander",
    "official", "colleague", "between", "neighbour",
    "person", "stranger",
    "case", "second case", "stranger's case",
    "programme", "other programme",
    "closed unit", "other closed unit", "open unit", "owner's unit",
    "main", "other category", "another's", "reader's own", "behind the border", "behind it, other category",
    "from the open unit", "her words", "her words, other category", "about someone else",
    "from the owner's unit", "in her second case", "a stranger's",
)  # fmt: skip
"""Parties, accounts, people, cases, programmes, units, items: what has an id in a world."""
_PLACE = {name: place for place, name in enumerate(NAMES)}

PARTIES = ("owner", "reader", "bystander")
ACCOUNTS = {"official": "reader", "colleague": "reader", "between": "reader", "neighbour": "bystander"}
"""Whose party each is. Only the neighbour is always in the case; `between` is there to be a substitute's substitute."""
CASES = {
    "case": ("person", "programme"),
    "second case": ("person", "other programme"),
    "stranger's case": ("stranger", "programme"),
}
UNITS = {"closed unit": "reader", "other closed unit": "reader", "open unit": "reader", "owner's unit": "owner"}
ITEMS: dict[str, tuple[str, str | None, str, str | None, bool]] = {
    "main": ("case", "owner", "work", None, False),
    "other category": ("case", "owner", "health", None, False),
    "another's": ("case", "bystander", "work", None, False),
    "reader's own": ("case", "reader", "work", None, False),
    "behind the border": ("case", "reader", "work", "closed unit", False),
    "behind it, other category": ("case", "reader", "health", "closed unit", False),
    "from the open unit": ("case", "reader", "work", "open unit", False),
    "her words": ("case", None, "work", None, False),
    "her words, other category": ("case", None, "health", None, False),
    "about someone else": ("case", "owner", "work", None, True),
    "from the owner's unit": ("case", "owner", "work", "owner's unit", False),
    "in her second case": ("second case", "owner", "work", None, False),
    "a stranger's": ("stranger's case", "owner", "work", None, False),
}
"""Item → case, owner (None: the person herself), category, the unit that wrote it, about someone else."""
GOALS = ("another's", "in her second case", "a stranger's")
"""The items that are goals; the others are notes."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """Somebody's part in a case, for a party."""

    account: UUID
    party: UUID
    case: UUID
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class StandsIn:
    """For a time one does what another does, in one party."""

    party: UUID
    absent: UUID
    substitute: UUID
    since: datetime
    until: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A case opened, or asked to be opened, in an emergency."""

    party: UUID
    account: UUID
    case: UUID | None
    approved_at: datetime | None
    until: datetime | None
    ended_at: datetime | None = None
    declined_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class World:
    """What there is. Every id is made of `n` and a name, so that worlds lie side by side in one database."""

    n: int
    name: str
    items: tuple[Thing, ...] = ()
    says: tuple[Say, ...] = ()
    grounds: tuple[Ground, ...] = ()
    assigned: tuple[Assigned, ...] = ()
    roles: tuple[tuple[UUID, UUID, Role], ...] = ()
    stands_in: tuple[StandsIn, ...] = ()
    opened: tuple[Opened, ...] = ()
    unit: UUID | None = None
    """The unit of the official."""
    closed: frozenset[UUID] = frozenset()
    protection: Protection = Protection.NONE
    cleared: frozenset[tuple[UUID, UUID]] = frozenset()
    """Whose protected identity admits which party."""
    purpose: Purpose = Purpose.SUPPORT
    """What is read for."""

    def id(self, name: str) -> UUID:
        """The id of what is called `name` here."""
        return UUID(int=(self.n << 64) + (1 << 32) + _PLACE[name])

    @property
    def say(self) -> Say:
        """The consent that covers the first item, unless moved."""
        return self.says[0]

    def case_of(self, item: UUID) -> UUID:
        """In which case an item lies."""
        return self.id(ITEMS[NAMES[item.int & 0xFF]][0])

    def kind_of(self, item: UUID) -> str:
        """What kind of thing an item is."""
        return "goal" if NAMES[item.int & 0xFF] in GOALS else "note"

    def programme_of(self, case: UUID) -> UUID:
        """In which programme a case is."""
        return self.id(CASES[NAMES[case.int & 0xFF]][1])


@dataclass(frozen=True, slots=True)
class Asks:
    """Someone who wants to see: an official of a party in a unit, a participant, planned work, or nobody at all."""

    account: UUID | None = None
    party: UUID | None = None
    unit: UUID | None = None
    person: UUID | None = None
    system: bool = False
    case: UUID | None = None
    """What is at hand, and which kinds of item the act has to read whole there: only the database is told."""
    programme: UUID | None = None
    whole: frozenset[str] = frozenset()
    beyond: bool = False
    """Whether the act on a case looks for the same person in others."""


def readers(world: World) -> tuple[Asks, ...]:
    """Everyone who asks: the official first, two around her, the person, another person, and one of no party."""
    return (
        Asks(account=world.id("official"), party=world.id("reader"), unit=world.unit),
        Asks(account=world.id("colleague"), party=world.id("reader")),
        Asks(account=world.id("neighbour"), party=world.id("bystander")),
        Asks(person=world.id("person")),
        Asks(person=world.id("stranger")),
        Asks(account=world.id("official")),
    )


def with_something_at_hand(world: World) -> tuple[Asks, ...]:
    """The official in an act on each case, and in acts that read a kind whole in a case or in a programme."""
    official = readers(world)[0]
    goals = frozenset({"goal"})
    return (
        *(replace(official, case=world.id(case)) for case in CASES),
        *(replace(official, case=world.id(case), beyond=True) for case in CASES),
        replace(official, case=world.id("case"), whole=goals),
        replace(official, case=world.id("second case"), whole=goals),
        replace(official, programme=world.id("programme"), whole=goals),
        replace(official, whole=goals),
        replace(official, person=world.id("person")),
    )


def covering(n: int, name: str) -> World:
    """The world that is moved: one consent, from the owner to the reader, about work, for support."""
    w = World(n=n, name=name)
    case = w.id("case")

    def item(name: str) -> Thing:
        where, owner, category, unit, about_other = ITEMS[name]
        return Thing(
            id=w.id(name),
            person=w.id(CASES[where][0]),
            owner=None if owner is None else w.id(owner),
            category=category,
            about_other=about_other,
            unit=None if unit is None else w.id(unit),
        )

    return World(
        n=n,
        name=name,
        items=tuple(item(name) for name in ITEMS),
        says=(Say(w.id("person"), w.id("owner"), w.id("reader"), "work", Purpose.SUPPORT, False, AT - DAY, AT + DAY),),
        assigned=(
            Assigned(w.id("official"), w.id("reader"), case, AT - DAY),
            Assigned(w.id("neighbour"), w.id("bystander"), case, AT - DAY),
        ),
        closed=frozenset(w.id(unit) for unit in ("closed unit", "other closed unit", "owner's unit")),
    )
