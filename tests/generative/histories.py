"""Histories: people say yes and no, come and go, stand in, open in an emergency, write and read, while the clock moves.

Everything is done through the door by the real actions. A book beside it writes down what was done, in the naive
oracle's own words, and never asks the database; after each step what readers see must be what the book says.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from samverk.access.actor import Actor, actor_of, system_actor
from samverk.access.declare import ReadCase, WriteNote
from samverk.access.declare_house import SetUp
from samverk.access.door import door
from samverk.access.permit import A, Permit
from samverk.access.sight import visible
from samverk.actions import notes, setup, units
from samverk.domain.consent import Ground, Say
from samverk.domain.information import Protection, Purpose, Thing
from samverk.domain.parties import Role
from samverk.domain.words import Rejection
from samverk.store.models import Assignment, Consent, Event, Item, Person
from tests.build import EGONS_NUMBER, active_case, done
from tests.generative import oracle
from tests.generative.worlds import Asks, Assigned, Opened, StandsIn
from tests.people import Cast

CATEGORIES = ("work", "health")


@dataclass
class Book:
    """What has been done, as far as it decides who sees what. Stands in for a world before the oracle."""

    person: UUID
    case: UUID
    programme: UUID
    items: list[Thing] = field(default_factory=list)
    says: list[Say] = field(default_factory=list)
    grounds: list[Ground] = field(default_factory=list)
    assigned: list[Assigned] = field(default_factory=list)
    roles: list[tuple[UUID, UUID, Role]] = field(default_factory=list)
    stands_in: list[StandsIn] = field(default_factory=list)
    opened: list[Opened] = field(default_factory=list)
    closed: set[UUID] = field(default_factory=set)
    unit_of: dict[UUID, UUID] = field(default_factory=dict)
    protection: Protection = Protection.NONE
    cleared: set[tuple[UUID, UUID]] = field(default_factory=set)
    purpose: Purpose = Purpose.SUPPORT

    def id(self, name: str) -> UUID:
        """The only one whom the oracle asks for by name."""
        assert name == "person"
        return self.person

    def case_of(self, item: UUID) -> UUID:
        """Everything happens in one case."""
        return self.case

    def kind_of(self, item: UUID) -> str:
        """No act of a history reads a kind whole."""
        return ""

    def programme_of(self, case: UUID) -> UUID:
        """In one programme."""
        return self.programme

    def moments(self) -> set[datetime]:
        """Every moment at which something begins or ends by itself."""
        found = {s.stops_at for s in self.says} | {s.until for s in self.stands_in} | {s.since for s in self.stands_in}
        return found | {o.until for o in self.opened if o.until} | {g.ended_at for g in self.grounds if g.ended_at}


@dataclass
class House:
    """The cast with a few more, Egon's case, and what stood in it when the history began."""

    people: Cast
    case: UUID
    officials: dict[str, UUID]
    unit: UUID
    start: datetime
    said: tuple[Say, ...]
    assigned: tuple[Assigned, ...]
    items: tuple[Thing, ...]


def house(people: Cast) -> House:
    """Set up: Berit is a colleague of Bo, Mona of Anna; Bo's party has a closed unit, in which nobody works yet."""
    case = active_case(people)
    Person.objects.filter(id=people.egon.person).update(personal_number=EGONS_NUMBER)

    def more(permit: Permit[SetUp]) -> tuple[UUID, UUID, UUID]:
        berit = setup.add_account(permit, email="berit@example.org", name="Berit", party=people.af)
        mona = setup.add_account(permit, email="mona@example.org", name="Mona", party=people.municipality)
        return berit, mona, units.add(permit, party=people.af, name="Slutna enheten", closed=True)

    berit, mona, unit = done(system_actor("test"), SetUp, more)
    for who in (people.anna, people.bo, people.cia, people.dag):
        done(who, WriteNote, lambda p: notes.write(p, text="Från början.", category="work"), case=case)
    named = {name: getattr(people, name).account for name in ("anna", "bo", "cia", "dag")}
    return House(
        people=people,
        case=case,
        officials=named | {"berit": berit, "mona": mona},
        unit=unit,
        start=timezone.now(),
        said=tuple(
            Say(
                c.person_id,
                c.giver_id,
                c.receiver_id,
                c.category,
                Purpose(c.purpose),
                c.refused,
                c.starts_at,
                c.stops_at,
                c.ended_at,
            )
            for c in Consent.objects.all()
        ),
        assigned=tuple(
            Assigned(a.account_id, a.party_id, a.case_id, a.since, a.until)
            for a in Assignment.objects.filter(case=case)
        ),
        items=tuple(
            Thing(i.id, i.person_id, i.owner_id, i.category, i.about_other, i.unit_id)
            for i in Item.objects.filter(case=case)
        ),
    )


@dataclass
class History:
    """One history as it goes on: the house, the book, and the clock."""

    house: House
    book: Book
    now: datetime
    done: Counter[str] = field(default_factory=Counter)
    """Acts by name, "looks", and "refused"."""

    @classmethod
    def begin(cls, house: House) -> "History":
        """The book as it stands at the start: the only thing that is ever read from the tables."""
        people = house.people
        assert people.egon.person is not None
        assert people.anna.account is not None
        assert people.bo.account is not None
        book = Book(people.egon.person, house.case, people.programme, closed={house.unit})
        book.says, book.assigned, book.items = list(house.said), list(house.assigned), list(house.items)
        book.roles = [
            (people.anna.account, people.programme, Role.COORDINATOR),
            (people.bo.account, people.programme, Role.TEAM),
        ]
        return cls(house, book, house.start + timedelta(minutes=1))

    def actor(self, name: str) -> Actor:
        """Who asks, as the next request would find her: her unit may have changed."""
        if name in ("egon", "eva"):
            return getattr(self.house.people, name)  # type: ignore[no-any-return]
        actor = actor_of(self.house.officials[name])
        assert actor is not None
        return actor

    def asks(self, name: str) -> Asks:
        """The same for the oracle, by the book."""
        if name == "egon":
            return Asks(person=self.book.person)
        account = self.house.officials[name]
        party = {
            "anna": self.house.people.municipality,
            "mona": self.house.people.municipality,
            "bo": self.house.people.af,
            "berit": self.house.people.af,
            "cia": self.house.people.fk,
            "dag": self.house.people.region,
        }[name]
        return Asks(account=account, party=party, unit=self.book.unit_of.get(account))

    def act(self, actor: Actor, act: type[A], do: Callable[[Permit[A]], object], **target: UUID) -> tuple[bool, object]:
        """Do one act now. Whether it was done, and what it gave. Done: at least two events; refused: one; rejected: none."""
        self.now += timedelta(seconds=1)
        before = Event.objects.count()
        try:
            with door(actor, act, at=self.now, **target) as permit:
                given = do(permit) if permit is not None else None
        except Rejection:
            assert Event.objects.count() == before, f"{act.__name__}: rejected, and yet in the log"
            return False, None
        events = Event.objects.count() - before
        if permit is None:
            self.done["refused"] += 1
            assert events == 1, f"{act.__name__}: refused, {events} events"
            return False, None
        self.done[act.__name__] += 1
        assert events >= 2, f"{act.__name__}: done, {events} events"
        return True, given

    def check(self, name: str) -> None:
        """Read as `name`: the case opens when the oracle says so, and shows what it says. One event, whatever happens."""
        asks = self.asks(name)
        before = Event.objects.count()
        with door(self.actor(name), ReadCase, case=self.house.case, at=self.now) as permit:
            opened = permit is not None
            found = set(Item.objects.filter(visible(permit)).values_list("id", flat=True)) if permit else set()
        self.done["looks"] += 1
        assert Event.objects.count() == before + 1, f"{name}: {Event.objects.count() - before} events for one look"
        expected = oracle.door_opens(self.book, asks, self.house.case, at=self.now)  # type: ignore[arg-type]
        assert opened == expected, f"{name}: {'let in' if opened else 'refused'} at {self.now}"
        if opened:
            right = {t.id for t in self.book.items if oracle.may_see(self.book, asks, t, at=self.now)}  # type: ignore[arg-type]
            assert found == right, f"{name}: leaks {found - right}, wrongly refused {right - found} at {self.now}"


def midnight_after(moment: datetime, days: int) -> datetime:
    """The end of the day that lies `days` ahead, where people live."""
    day = timezone.localdate(moment) + timedelta(days=days + 1)
    return timezone.make_aware(datetime.combine(day, time()))
