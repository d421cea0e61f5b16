"""Which ways information may go between parties: what a form says in a sentence, written out way by way."""

from collections.abc import Iterable
from uuid import UUID

from samverk.domain.words import Rejection, gettext_noop

Way = tuple[UUID | None, UUID]
"""From a party, or from the participant herself (None), to a party."""


def between(parties: Iterable[UUID], *, herself: bool, inside: Iterable[UUID] = ()) -> tuple[Way, ...]:
    """ "These parties may talk with each other": both ways between all of them, and from her to each if `herself`.

    `inside`: what a closed unit of these parties writes may be read by the rest of its party. Rejection when nothing
    can go anywhere: one party alone, without her own words.
    """
    chosen, closed = list(dict.fromkeys(parties)), within(inside)
    if not chosen and closed:
        return closed
    if not chosen:
        raise Rejection(gettext_noop("Välj vilka parter det gäller."), "parties")
    if len(chosen) == 1 and not herself and closed:
        return closed
    if len(chosen) == 1 and not herself:
        raise Rejection(
            gettext_noop("Välj minst två parter, eller kryssa i att parten får läsa deltagarens egna ord och plan."),
            "parties",
        )
    givers: list[UUID | None] = [None, *chosen] if herself else [*chosen]
    return (*((giver, receiver) for receiver in chosen for giver in givers if giver != receiver), *closed)


def within(parties: Iterable[UUID]) -> tuple[Way, ...]:
    """From each party to itself: from its closed units to the rest of it."""
    return tuple((party, party) for party in dict.fromkeys(parties))


def one_way(
    givers: Iterable[UUID | None], receivers: Iterable[UUID], *, inside: Iterable[UUID] = ()
) -> tuple[Way, ...]:
    """From each giver to each receiver, and `inside` these parties from a closed unit to the rest of its party.

    Rejection when a side is empty, or the same party stands alone on both.
    """
    tell, know, closed = list(dict.fromkeys(givers)), list(dict.fromkeys(receivers)), within(inside)
    if closed and not tell and not know:
        return closed
    if not tell:
        raise Rejection(gettext_noop("Välj vem som får berätta."), "givers")
    if not know:
        raise Rejection(gettext_noop("Välj vem som får veta."), "receivers")
    ways = tuple((giver, receiver) for receiver in know for giver in tell if giver != receiver)
    if not ways:
        raise Rejection(gettext_noop("En part kan inte lämna uppgifter till sig själv."), "receivers")
    return (*ways, *closed)
