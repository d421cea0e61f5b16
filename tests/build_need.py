"""Need to know for a time, in the tests: colleagues, units, standing in, and openings in an emergency."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from samverk.access.actor import Actor, actor_of, system_actor
from samverk.access.declare_house import AnswerEmergency, AskForEmergency, NameSubstitute, SetUp
from samverk.actions import emergency, setup, substitutes, units
from tests.build import done

WHY = "Hon har ringt växeln och säger att hon inte orkar leva längre."
HOUSE = system_actor("test")


def a_colleague(name: str, *, party: UUID, title: str = "handläggare") -> Actor:
    """An official of the party, without part or role."""
    email = f"{name.lower()}@example.org"
    account = done(HOUSE, SetUp, lambda p: setup.add_account(p, email=email, name=name, title=title, party=party))
    return renewed(account)


def a_unit(party: UUID, name: str, *, closed: bool = False, members: tuple[Actor, ...] = ()) -> UUID:
    """A unit of the party, with these officials in it (take them `renewed`)."""
    unit = done(HOUSE, SetUp, lambda p: units.add(p, party=party, name=name, closed=closed))
    for one in members:
        place(one, unit)
    return unit


def place(who: Actor, unit: UUID | None) -> Actor:
    """`who`, in that unit from now on."""
    assert who.account is not None
    account = who.account
    done(HOUSE, SetUp, lambda p: units.place(p, account=account, unit=unit))
    return renewed(account)


def renewed(who: Actor | UUID) -> Actor:
    """The actor as her next request makes it."""
    account = who if isinstance(who, UUID) else who.account
    assert account is not None
    found = actor_of(account)
    assert found is not None
    return found


def stand_in(absent: Actor, substitute: Actor, *, first: date | None = None, last: date | None = None) -> UUID:
    """`absent` says that `substitute` stands in: today, unless other days are told."""
    first = first or timezone.localdate()
    return done(
        absent,
        NameSubstitute,
        lambda p: substitutes.record(
            p,
            absent=absent.account,  # type: ignore[arg-type]
            substitute=substitute.account,  # type: ignore[arg-type]
            first=first,
            last=last or first,
        ),
    )


def ask(who: Actor, number: str, *, reason: str = WHY, at: datetime | None = None) -> UUID:
    """`who` asks to open the case of the person with this number."""
    return done(who, AskForEmergency, lambda p: emergency.ask(p, number=number, reason=reason), at=at)


def approve(who: Actor, question: UUID, *, hours: int = 24, at: datetime | None = None) -> None:
    """`who` says yes."""
    done(who, AnswerEmergency, lambda p: emergency.approve(p, emergency=question, hours=hours), at=at)
