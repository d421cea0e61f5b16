"""Proof that the door has decided. Made by the door alone, and dead when its transaction ends."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar
from uuid import UUID

from django.utils import timezone

from samverk.access.actor import Actor
from samverk.access.declare_house import Act
from samverk.domain.information import Protection
from samverk.domain.parties import Capacity

A = TypeVar("A", bound=Act)


class DeadPermit(RuntimeError):
    """A permit was used outside the door's transaction: a programming error."""


@dataclass(slots=True)
class Life:
    """Whether the door's transaction is still open, and the event that it began with."""

    open: bool = True
    event: UUID | None = None
    """The look in the log, for what else is to be told of it."""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the door found out about the case at hand."""

    id: UUID
    person: UUID
    person_name: str
    birth_year: int | None
    phone: str
    interpreter: str
    """The language she wants to speak, where an interpreter is needed."""
    protection: Protection
    programme: UUID
    programme_name: str
    status: str
    opened_at: datetime
    started_on: date | None
    closed_on: date | None
    version: int


@dataclass(frozen=True, slots=True, eq=False)
class Permit(Generic[A]):
    """That `actor` may do `act` now, on `case` or `programme` where one is at hand."""

    act: type[A]
    actor: Actor
    at: datetime
    capacities: frozenset[Capacity]
    _case: CaseFacts | None
    _programme: UUID | None
    _ids: Callable[[], UUID]
    _life: Life = field(default_factory=Life)

    def new_id(self) -> UUID:
        """A new id from the source that the shell chose."""
        self.check()
        return self._ids()

    def check(self) -> None:
        """Raise DeadPermit when the door's transaction has ended."""
        if not self._life.open:
            raise DeadPermit(self.act.__name__)

    @property
    def case(self) -> CaseFacts:
        """The case at hand; only acts on a case have one."""
        self.check()
        if self._case is None:
            raise TypeError(f"{self.act.__name__} is not done to a case")
        return self._case

    @property
    def programme(self) -> UUID:
        """The programme at hand: the act's own target, or the case's."""
        self.check()
        if self._case is not None:
            return self._case.programme
        if self._programme is None:
            raise TypeError(f"{self.act.__name__} is not done to a programme")
        return self._programme

    @property
    def today(self) -> date:
        """The day of the act, in the house's time zone."""
        return timezone.localdate(self.at)

    @property
    def as_herself(self) -> bool:
        """Whether the participant herself acts."""
        return Capacity.PARTICIPANT in self.capacities or self.actor.person is not None
