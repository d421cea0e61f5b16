"""Units: as whoever sets up the house sees them, and which side of a border the reader writes on."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from samverk.access.declare_house import SetUp
from samverk.access.permit import A, Permit
from samverk.store.models import Unit


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit. `closed`: what it writes is read by the unit alone, within its party."""

    id: UUID
    name: str
    party: UUID
    party_name: str
    closed: bool


def units(permit: Permit[SetUp]) -> list[UnitView]:
    """Every unit, by party and name."""
    permit.check()
    rows = Unit.objects.select_related("party").order_by("party__name", "name")
    return [UnitView(row.id, row.name, row.party_id, row.party.name, row.closed) for row in rows]


def own_side(permit: Permit[A], prefix: str = "") -> Q:
    """The items that speak for the reader as writer: her closed unit's, or else what her party's open side wrote.

    A party says one thing in each place (a contribution, a need mark); a closed unit says its own beside it, so that
    nobody overwrites or meets what she may not read. `prefix` "item__" when asking for a body.
    """
    party, unit = permit.actor.party, my_closed_unit(permit)
    if unit is not None:
        return Q(**{f"{prefix}owner": party, f"{prefix}unit": unit})
    open_side = Q(**{f"{prefix}unit__isnull": True}) | Q(**{f"{prefix}unit__closed": False})
    return Q(**{f"{prefix}owner": party}) & open_side


def own(permit: Permit[A], prefix: str = "") -> Q:
    """The items that the reader reads as her own party's: not what another closed unit of it wrote."""
    free = Q(**{f"{prefix}unit__isnull": True}) | Q(**{f"{prefix}unit__closed": False})
    mine = Q(**{f"{prefix}unit": permit.actor.unit}) if permit.actor.unit is not None else Q(pk__in=())
    return Q(**{f"{prefix}owner": permit.actor.party}) & (free | mine)


def my_closed_unit(permit: Permit[A]) -> UUID | None:
    """The reader's unit where it is closed, otherwise None. At most one query."""
    unit = permit.actor.unit
    return unit if unit is not None and Unit.objects.filter(id=unit, closed=True).exists() else None
