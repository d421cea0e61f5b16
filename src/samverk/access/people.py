"""Accounts and parties as the shells need them: names to choose from, never rows."""

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from samverk.access.codes import tones
from samverk.access.permit import A, Permit
from samverk.store.models import Account, Party, ProgrammeParty


@dataclass(frozen=True, slots=True)
class PartyView:
    """A party with the tone (colour) of its kind."""

    id: UUID
    name: str
    short: str
    kind: str
    tone: str


@dataclass(frozen=True, slots=True)
class OfficialView:
    """Someone who works for a party."""

    account: UUID
    name: str
    title: str
    party: UUID
    party_name: str


def parties(permit: Permit[A]) -> dict[UUID, PartyView]:
    """Every party there is, by id: which parties exist is open information."""
    permit.check()
    tone = tones()
    rows = Party.objects.order_by("name")
    return {p.id: PartyView(p.id, p.name, p.short, p.kind, tone.get(p.kind, "other")) for p in rows}


def parties_in(permit: Permit[A]) -> list[PartyView]:
    """The parties of the permit's programme."""
    tone = tones()
    rows = ProgrammeParty.objects.filter(programme=permit.programme).select_related("party").order_by("party__name")
    return [
        PartyView(r.party_id, r.party.name, r.party.short, r.party.kind, tone.get(r.party.kind, "other")) for r in rows
    ]


def officials_in(permit: Permit[A]) -> list[OfficialView]:
    """Who works at the programme's parties: to call, assign or hand over to."""
    rows = Account.objects.filter(
        party__in=ProgrammeParty.objects.filter(programme=permit.programme).values("party"), is_active=True
    ).order_by("party__name", "name")
    return [_official(row) for row in rows]


def _official(row: Account) -> OfficialView:
    party = cast(Party, row.party)
    return OfficialView(row.id, row.name, row.title, party.id, party.name)
