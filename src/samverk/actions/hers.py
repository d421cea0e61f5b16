"""What is the participant's own, whoever writes it down: her words, her goal, her plan."""

from uuid import UUID

from samverk.access.permit import A, Permit
from samverk.access.sight import visible
from samverk.domain.parties import Capacity
from samverk.domain.words import Rejection, gettext_noop
from samverk.store.models import Case, Item


def on_behalf(permit: Permit[A], *, how: str, field: str = "on_behalf") -> str:
    """How her words came here: "" when she writes herself, otherwise "paper" or "spoken" through the coordinator."""
    if permit.as_herself:
        return ""
    if Capacity.COORDINATOR not in permit.capacities:
        raise Rejection(gettext_noop("Bara deltagaren själv eller samordnaren skriver det här."), field)
    return how_told(permit, how=how, field=field)


def how_told(permit: Permit[A], *, how: str, field: str = "on_behalf") -> str:
    """How somebody else's words came to the one who writes them down: "paper" or "spoken"."""
    permit.check()
    if how not in ("paper", "spoken"):
        raise Rejection(gettext_noop("Välj om deltagaren sa det eller skrev det på papper."), field)
    return how


def must_read(permit: Permit[A], *, item: UUID, field: str = "") -> None:
    """Rejection, and nothing written, when the writer may not read what she has just written."""
    if not Item.objects.filter(visible(permit), id=item).exists():
        raise Rejection(
            gettext_noop("Samtycket låter inte din part läsa det här. Be deltagaren om samtycke först."), field
        )


def one_at_a_time(permit: Permit[A]) -> None:
    """Let no other change of this case's plan or mapping come in between until the door closes."""
    Case.objects.select_for_update().get(id=permit.case.id)
