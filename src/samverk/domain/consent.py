"""The rule of the door for one item, in words that can be read aloud.

An item about a person is visible to a member of party X at moment t, for purpose P, if and only if

- the person's protected-identity level admits X, and
- she is assigned to the case for X or holds a role in the programme that covers it, or stands in at t for a
  colleague of X who is or does, or a second person of X has opened the case to her in an emergency, and
- the item's owner is X and no closed unit of X other than her own wrote it, or
  a consent covering person, owner → X, category and P is in force at t and no refusal of that scope is, or
  another legal ground is recorded for exactly that item and X.

The person herself sees everything about her except what is marked as being about someone else. What a closed unit has
written goes to the rest of its party as to any other party: under a consent from X to X, or on a ground.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from samverk.domain.information import Protection, Purpose, Thing


class Verdict(StrEnum):
    """Why something may be seen, or why not."""

    OWN = "own"
    CONSENT = "consent"
    GROUND = "ground"
    HERSELF = "herself"
    ABOUT_OTHER = "about_other"
    PROTECTED = "protected"
    NO_NEED = "no_need"
    REFUSED = "refused"
    NO_COVER = "no_cover"

    @property
    def allows(self) -> bool:
        """Whether the item may be shown."""
        return self in (Verdict.OWN, Verdict.CONSENT, Verdict.GROUND, Verdict.HERSELF)


@dataclass(frozen=True, slots=True)
class Say:
    """What the person has said about one scope: a consent, or a refusal. `giver` None: she herself."""

    person: UUID
    giver: UUID | None
    receiver: UUID
    category: str
    purpose: Purpose
    refused: bool
    starts_at: datetime
    stops_at: datetime
    ended_at: datetime | None = None

    def in_force(self, at: datetime) -> bool:
        """From its start up to, not including, its stop or the moment it was ended."""
        return self.starts_at <= at < self.stops_at and (self.ended_at is None or at < self.ended_at)

    def covers(self, thing: Thing, receiver: UUID, purpose: Purpose) -> bool:
        """Whether this is about exactly that person, way, category and purpose."""
        return (self.person, self.giver, self.receiver, self.category, self.purpose) == (
            thing.person,
            thing.owner,
            receiver,
            thing.category,
            purpose,
        )


@dataclass(frozen=True, slots=True)
class Ground:
    """Another legal ground than consent, for exactly one item and one receiving party."""

    item: UUID
    receiver: UUID
    starts_at: datetime
    ended_at: datetime | None = None

    def in_force(self, at: datetime) -> bool:
        """From its start until it was ended."""
        return self.starts_at <= at and (self.ended_at is None or at < self.ended_at)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks: a member of `party`, or the participant `person`. `needs`: see the module's text."""

    party: UUID | None = None
    person: UUID | None = None
    unit: UUID | None = None
    needs: bool = False
    cleared: bool = False
    """Whether the party is cleared for this person's protected identity."""


OPEN_LEVELS = frozenset({Protection.NONE, Protection.SECRECY_MARKING})
"""Levels that admit every party with need to know; the others admit cleared parties only."""


def decide(
    thing: Thing,
    reader: Reader,
    *,
    purpose: Purpose,
    at: datetime,
    protection: Protection,
    says: Iterable[Say],
    grounds: Iterable[Ground],
) -> Verdict:
    """The verdict on one item for one reader at one moment. See the module's text for the rule."""
    if reader.person is not None:
        if reader.person != thing.person:
            return Verdict.NO_NEED
        return Verdict.ABOUT_OTHER if thing.about_other else Verdict.HERSELF
    if protection not in OPEN_LEVELS and not reader.cleared:
        return Verdict.PROTECTED
    if reader.party is None or not reader.needs:
        return Verdict.NO_NEED
    if thing.owner == reader.party and thing.unit in (None, reader.unit):
        return Verdict.OWN
    if any(g.item == thing.id and g.receiver == reader.party and g.in_force(at) for g in grounds):
        return Verdict.GROUND
    live = [s for s in says if s.covers(thing, reader.party, purpose) and s.in_force(at)]
    if any(s.refused for s in live):
        return Verdict.REFUSED
    return Verdict.CONSENT if live else Verdict.NO_COVER
