"""Who is in a case. That a party takes part is itself something about the person: it follows her consents."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from samverk.access.codes import tones
from samverk.access.declare import AdmitParty
from samverk.access.may import may
from samverk.access.people import PartyView, parties
from samverk.access.permit import A, Permit
from samverk.access.substitutes import last_day, standing_in
from samverk.domain.consent import OPEN_LEVELS
from samverk.domain.information import Purpose
from samverk.domain.parties import Capacity, Part
from samverk.store.models import Account, Assignment, Clearance, Code, Consent, Party, ProgrammeParty, Unit

CONTACTS = "process"
"""The category "planning and contacts": who works with her belongs to it."""


@dataclass(frozen=True, slots=True)
class AssignedView:
    """Someone who is, or was, in the case."""

    account: UUID
    name: str
    title: str
    party: UUID
    party_name: str
    tone: str
    part: str
    since: date
    until: date | None
    may_let_go: bool
    stand_in: str
    """Who stands in for her now; empty when nobody does."""
    stand_in_until: date | None


@dataclass(frozen=True, slots=True)
class CandidateView:
    """Someone who could be brought into the case. `workplace`: she leads a work place, and comes in as that."""

    account: UUID
    name: str
    title: str
    party_name: str
    workplace: bool


@dataclass(frozen=True, slots=True)
class InvolvedView:
    """A party that she can be asked about: one of the programme's, or one that has somebody in the case.

    `closed_inside`: a unit of it writes for itself, so that she can be asked about the rest of it too.
    """

    id: UUID
    name: str
    short: str
    tone: str
    closed_inside: bool


def people_in(permit: Permit[A], *, former: bool = False) -> tuple[AssignedView, ...]:
    """Who is in the case now (or, with `former`, who was), the contact person first.

    She herself and the coordinator see everyone. Others see the contact person, their own party's people (not those of
    another, closed unit), and the rest under a consent about planning and contacts: from her, or from that party.
    """
    tone = tones()
    gone = Q(until__isnull=False, until__lte=permit.at)
    rows = (
        Assignment.objects.filter(_known(permit), gone if former else ~gone, case=permit.case.id, since__lte=permit.at)
        .select_related("account", "party")
        .annotate(stand_in=standing_in(permit, "substitute__name"), stand_in_until=standing_in(permit, "until"))
        .order_by("since", "account__name", "id")
    )
    letting_go = Capacity.COORDINATOR in permit.capacities and permit.case.status in ("offered", "active")
    found = [
        AssignedView(
            account=row.account_id,
            name=row.account.name,
            title=row.account.title,
            party=row.party_id,
            party_name=row.party.name,
            tone=tone.get(row.party.kind, "other"),
            part=row.part,
            since=timezone.localdate(row.since),
            until=None if row.until is None else timezone.localdate(row.until),
            may_let_go=letting_go and not former and row.part != Part.CONTACT,
            stand_in="" if former else row.stand_in or "",
            stand_in_until=None if former or row.stand_in_until is None else last_day(row.stand_in_until),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda who: who.part != Part.CONTACT))


def candidates(permit: Permit[A]) -> tuple[CandidateView, ...]:
    """Who works at the programme's parties and is not in the case yet."""
    workplaces = set(Code.objects.filter(list="party_kind", attributes__workplace="yes").values_list("code", flat=True))
    there = Assignment.objects.filter(case=permit.case.id, account=OuterRef("pk"), until__isnull=True)
    rows = (
        Account.objects.filter(~Exists(there), party__in=_in_programme(permit), is_active=True)
        .exclude(party__isnull=True)
        .order_by("party__name", "name")
    )
    return tuple(
        CandidateView(row.id, row.name, row.title, row.party.name, row.party.kind in workplaces)
        for row in rows
        if row.party is not None
    )


@dataclass(frozen=True, slots=True)
class AdmittedView:
    """Which parties may meet a person whose identity is protected, and which more could be let in."""

    admitted: tuple[PartyView, ...]
    others: tuple[PartyView, ...]
    own: UUID | None


def admitted(permit: Permit[A]) -> AdmittedView | None:
    """Who may meet her; None when every party may, or when the reader cannot change it as the case now stands."""
    if permit.case.protection in OPEN_LEVELS or not may(permit, AdmitParty):
        return None
    in_programme = set(_in_programme(permit).values_list("party", flat=True))
    cleared = set(Clearance.objects.filter(person=permit.case.person).values_list("party", flat=True))
    everyone = parties(permit).values()
    return AdmittedView(
        admitted=tuple(party for party in everyone if party.id in cleared),
        others=tuple(party for party in everyone if party.id in in_programme - cleared),
        own=permit.actor.party,
    )


def lacks_login(permit: Permit[A]) -> bool:
    """Whether the participant has no login of her own, so that others write down what she says."""
    return not Account.objects.filter(person=permit.case.person, is_active=True).exists()


def involved(permit: Permit[A]) -> tuple[InvolvedView, ...]:
    """The parties that a consent can name: the programme's, and those that somebody in the case works for."""
    tone = tones()
    there = Assignment.objects.filter(_known(permit), case=permit.case.id, until__isnull=True).values("party")
    rows = (
        Party.objects.filter(Q(id__in=_in_programme(permit)) | Q(id__in=there))
        .annotate(closed_inside=Exists(Unit.objects.filter(party=OuterRef("pk"), closed=True)))
        .order_by("name")
    )
    return tuple(
        InvolvedView(row.id, row.name, row.short, tone.get(row.kind, "other"), row.closed_inside) for row in rows
    )


def _in_programme(permit: Permit[A]) -> QuerySet[ProgrammeParty, Any]:
    return ProgrammeParty.objects.filter(programme=permit.programme).values("party")


def _known(permit: Permit[A]) -> Q:
    if permit.as_herself or Capacity.COORDINATOR in permit.capacities:
        return Q()
    party = permit.actor.party
    says = Consent.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=permit.at),
        person=permit.case.person,
        receiver=party,
        category=CONTACTS,
        purpose=Purpose.SUPPORT.value,
        starts_at__lte=permit.at,
        stops_at__gt=permit.at,
    )
    covered = Q(pk__in=[])
    for giver in (Q(giver__isnull=True), Q(giver=OuterRef("party"))):
        covered |= Q(Exists(says.filter(giver, refused=False)), ~Exists(says.filter(giver, refused=True)))
    # That a closed unit of her own party works with the person is the unit's own: as what it writes.
    ours = Q(party=party) & (Q(account__unit__isnull=True) | Q(account__unit__closed=False))
    return Q(part=Part.CONTACT.value) | ours | Q(party=party, account__unit=permit.actor.unit) | covered
