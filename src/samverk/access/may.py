"""Which acts the holder of a permit to read could do next, so that a page offers no button in vain."""

from samverk.access.declare_house import Act
from samverk.access.permit import A, Permit


def may(permit: Permit[A], act: type[Act]) -> bool:
    """Whether `act` on the case at hand is open to whoever reads it, as the case now stands."""
    return bool(permit.capacities & act.who) and permit.case.status in act.while_case
