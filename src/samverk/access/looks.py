"""Who has looked: the log as the participant reads it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from samverk.access.codes import tones
from samverk.access.declare import SeeWhoLooked
from samverk.access.permit import Permit
from samverk.store.models import Case, Event, Party

PAGE = 50


@dataclass(frozen=True, slots=True)
class LookView:
    """One look or write, or an attempt. `by`: "herself", "official", "system", or "other" (nobody to be named)."""

    at: datetime
    by: str
    name: str
    party_name: str
    tone: str
    act: str
    what: str
    allowed: bool
    capacities: tuple[str, ...]
    purpose: str


@dataclass(frozen=True, slots=True)
class LookerView:
    """A party that stands in the log."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class LooksView:
    """One page of the log, newest first."""

    looks: tuple[LookView, ...]
    parties: tuple[LookerView, ...]
    page: int
    has_next: bool


def looks_of(
    permit: Permit[SeeWhoLooked], *, page: int = 1, party: UUID | None = None, herself: bool = True
) -> LooksView:
    """Who has read or written about her, and who was refused, in all her cases.

    `party`: only that party's people. `herself` False: leave out what she has done herself.

    An admission that led to a write at the same moment is told once, as the write.
    """
    about = _about(permit)
    parties = {row.id: row for row in Party.objects.filter(id__in=about.exclude(party__isnull=True).values("party"))}
    tone = tones()
    events = about.filter(party=party) if party else about
    if not herself:
        events = events.filter(Q(actor__isnull=True) | ~Q(actor=permit.actor.account))
    written = Event.objects.filter(at=OuterRef("at"), act=OuterRef("act"), actor=OuterRef("actor")).exclude(what="")
    events = events.exclude(Q(Exists(written), what="", allowed=True)).order_by("-at", "-id")
    start = (page - 1) * PAGE
    rows = list(events[start : start + PAGE + 1])
    return LooksView(
        looks=tuple(_look(permit, row, parties, tone) for row in rows[:PAGE]),
        parties=tuple(sorted((LookerView(p.id, p.name) for p in parties.values()), key=lambda p: p.name)),
        page=page,
        has_next=len(rows) > PAGE,
    )


def _about(permit: Permit[SeeWhoLooked]) -> QuerySet[Event]:
    """A refusal knows only the case that was asked for, a referral's beginning only the person that it is about."""
    her = permit.case.person
    cases = [str(id) for id in Case.objects.filter(person=her).values_list("id", flat=True)]
    return Event.objects.filter(
        Q(person=her) | Q(case__in=cases) | Q(person__isnull=True, act="StartReferral", detail__person=str(her))
    )


def _look(permit: Permit[SeeWhoLooked], row: Event, parties: dict[UUID, Party], tone: dict[str, str]) -> LookView:
    party = parties.get(row.party) if row.party else None
    by = "official" if row.party else "other"
    if row.actor is None:
        by = "system"
    elif row.actor == permit.actor.account:
        by = "herself"
    return LookView(
        at=row.at,
        by=by,
        # Another participant who tried an address is a person of her own: she is not named here.
        name=row.actor_name if by == "official" else "",
        party_name=party.name if party else "",
        tone="me" if by == "herself" else tone.get(party.kind, "other") if party else "other",
        act=row.act,
        what=row.what,
        allowed=row.allowed,
        capacities=tuple(word for word in row.capacity.split(",") if word),
        purpose=row.purpose,
    )
