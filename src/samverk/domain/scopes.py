"""Which ways information may go between parties: what a form says in a sentence, written out way by way."""

from collections.abc import Iterable
from uuid import UUID

from samverk.domain.words import Rejection, gettext_noop

Way = tuple[UUID | None, UUID]
"""From a party, or from the participant herself (None), to a party."""


def between(parties: Iterable[UUID], *, herself: bool) -> tuple[Way, ...]:
    """ "These parties may talk with each other": both ways between all of them, and from her to each if `herself`.

    Rejection when nothing can go anywhere: one party alone, without her own words.
    """
    chosen = list(dict.fromkeys(parties))
    if not chosen:
        raise Rejection(gettext_noop("Välj vilka parter det gäller."), "parties")
    if len(chosen) == 1 and not herself:
        raise Rejection(
            gettext_noop("Välj minst två parter, eller kryssa i att parten får läsa deltagarens egna ord och plan."),
            "parties",
        )
    givers: list[UUID | None] = [None, *chosen] if herself else [*chosen]
    return tuple((giver, receiver) for receiver in chosen for giver in givers if giver != receiver)


def one_way(givers: Iterable[UUID | None], receivers: Iterable[UUID]) -> tuple[Way, ...]:
    """From each giver to each receiver. Rejection when a side is empty, or the same party stands alone on both."""
    tell, know = list(dict.fromkeys(givers)), list(dict.fromkeys(receivers))
    if not tell:
        raise Rejection(gettext_noop("Välj vem som får berätta."), "givers")
    if not know:
        raise Rejection(gettext_noop("Välj vem som får veta."), "receivers")
    ways = tuple((giver, receiver) for receiver in know for giver in tell if giver != receiver)
    if not ways:
        raise Rejection(gettext_noop("En part kan inte lämna uppgifter till sig själv."), "receivers")
    return ways
