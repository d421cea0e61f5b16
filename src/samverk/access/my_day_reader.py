"""Whose things stand on an official's own day: hers, and those of whom she stands in for."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from samverk.access.declare_house import SeeMyDay
from samverk.access.permit import Permit
from samverk.access.substitutes import acts_for, stood_in_for
from samverk.domain.parties import Part
from samverk.store.models import Assignment


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that needs the reader, in one case. `what` says which kind; the page has the words for it."""

    what: str
    case: UUID
    whom: UUID
    """Whose case it is."""
    person: str
    text: str
    due: date
    late: bool
    party: str = ""
    tone: str = ""
    id: UUID | None = None
    at: datetime | None = None
    """The moment, where there is one."""
    instead_of: str = ""
    """Whose it is, where the reader stands in for her."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks: conditions and annotations for what is hers, or of whom she stands in for. No query of its own."""

    permit: Permit[SeeMyDay]

    @property
    def me(self) -> UUID | None:
        """Her own account."""
        return self.permit.actor.account

    def mine(self, account: str) -> Q:
        """The rows whose `account` is hers, or of somebody she stands in for."""
        return acts_for(self.permit, account)

    def instead(self, account: str) -> Subquery:
        """The name of whom she stands in for, where `account` leads to her; NULL where it does not."""
        return stood_in_for(self.permit, account)

    def held(self, case: str) -> Exists:
        """She, or somebody she stands in for, is contact person of the case that `case` leads to."""
        return Exists(self._contact(case))

    def holder(self, case: str) -> Subquery:
        """The name of that contact person, where the reader stands in for her."""
        return Subquery(self._contact(case).exclude(account=self.me).values("account__name")[:1])

    def _contact(self, case: str) -> QuerySet[Assignment]:
        return Assignment.objects.filter(
            self.mine("account"), case=OuterRef(case), part=Part.CONTACT, until__isnull=True
        )
