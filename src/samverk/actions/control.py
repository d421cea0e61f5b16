"""Reading for control or a decision on a benefit: the matter is stated first, and what was shown is kept."""

from uuid import UUID

from samverk.access import log
from samverk.access.control import things_for_control
from samverk.access.declare import ReadForControl
from samverk.access.permit import Permit
from samverk.actions import items
from samverk.domain.words import Rejection, fitting, gettext_noop, required
from samverk.store.models import ControlReading

LONGEST_MATTER = 200


def open_reading(permit: Permit[ReadForControl], *, matter: str) -> UUID | None:
    """State which matter it concerns, and keep what is thereby shown. Returns the reading's id.

    None where the official may not read for control at all. The participant sees the reading and its matter.
    """
    shown = things_for_control(permit)
    if shown is None:
        return None
    matter = required(fitting(matter, "matter"), "matter", gettext_noop("Skriv vilket ärende hos er det gäller."))
    if len(matter) > LONGEST_MATTER:
        raise Rejection(gettext_noop("Korta till högst 200 tecken: det räcker att säga vad det gäller."), "matter")
    item = items.put(permit, kind="control_reading", owner=permit.actor.party, category="livelihood", headline="")
    ControlReading(item_id=item, matter=matter, shown=[str(id) for id in shown]).save(force_insert=True)
    log.wrote(permit, "control.opened", item=item, count=len(shown))
    return item
