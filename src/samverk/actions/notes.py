"""Dated notes in the timeline."""

from datetime import date
from uuid import UUID

from samverk.access import log
from samverk.access.declare import WriteNote
from samverk.access.permit import Permit
from samverk.actions import items, past
from samverk.domain.words import Rejection, gettext_noop, required
from samverk.store.models import Note


def write(
    permit: Permit[WriteNote],
    *,
    text: str,
    category: str,
    happened_on: date | None = None,
    about_other: bool = False,
) -> UUID:
    """Write a note. `about_other`: it is about someone else than the participant, who then does not see it."""
    words = required(text, "text", gettext_noop("Skriv något innan du sparar."))
    if happened_on is not None and happened_on > permit.today:
        raise Rejection(gettext_noop("Dagen har inte varit än. Välj i dag eller en tidigare dag."), "happened_on")
    if happened_on is not None:
        past.demand(permit, day=happened_on, field="happened_on")
    item = items.put(
        permit,
        kind="note",
        owner=None if permit.as_herself else permit.actor.party,
        category=category,
        headline=words.splitlines()[0],
        happened_on=happened_on,
        about_other=about_other,
    )
    Note(item_id=item, text=words).save(force_insert=True)
    log.wrote(permit, "note.written", item=item)
    return item
