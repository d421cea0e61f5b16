"""Putting an item about a person into its envelope."""

from datetime import date
from uuid import UUID

from samverk.access.permit import A, Permit
from samverk.actions import codes
from samverk.domain.words import Rejection, gettext_noop
from samverk.store.models import Item

_ALWAYS_HERS = gettext_noop("Det du skriver själv kan du alltid läsa. Ta bort markeringen.")
_HER_OWN_WORDS = gettext_noop("Deltagarens egna ord kan deltagaren alltid läsa. Ta bort markeringen.")
NO_LONGER_OPEN = gettext_noop("Det går inte i det här läget. Ärendet är inte öppet för det. Läs in sidan igen.")


def put(
    permit: Permit[A],
    *,
    kind: str,
    owner: UUID | None,
    category: str,
    headline: str,
    happened_on: date | None = None,
    about_other: bool = False,
    unit: UUID | None = None,
) -> UUID:
    """Write an envelope in the permit's case and return its id.

    `owner` None: the participant. `unit`: the owner's, where somebody else writes for it; the writer's own otherwise.
    `happened_on`: the day it belongs to in the timeline, today unless told.
    `about_other`: it is about someone else than the participant, who then does not see it (domain.consent).
    Rejection when the case is not open for the act, the category unknown, or when her own words bear that mark.
    """
    check_open(permit)
    if about_other and owner is None:
        raise Rejection(_ALWAYS_HERS if permit.as_herself else _HER_OWN_WORDS, "about_other")
    codes.require(permit, list="category", code=category, field="category")
    item = Item(
        id=permit.new_id(),
        person_id=permit.case.person,
        case_id=permit.case.id,
        owner_id=owner,
        unit_id=permit.actor.unit if owner is not None and owner == permit.actor.party and unit is None else unit,
        category=category,
        kind=kind,
        headline=headline[:300],
        happened_on=happened_on or permit.today,
        created_at=permit.at,
        created_by_id=permit.actor.account,
        about_other=about_other,
    )
    item.save(force_insert=True)
    return item.id


def check_open(permit: Permit[A]) -> None:
    """Rejection when the case does not stand so that the permit's act can be done."""
    if permit.case.status not in permit.act.while_case:
        raise Rejection(NO_LONGER_OPEN)
