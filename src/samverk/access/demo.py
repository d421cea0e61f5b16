"""The demonstration's one-click login. Does nothing outside the demonstration."""

from dataclasses import dataclass
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest

from samverk.store.models import Account

_FIRST = ("Anna", "Bo", "Cia", "Dag", "Eva", "Egon")
"""The people whom a visitor should meet first."""


@dataclass(frozen=True, slots=True)
class Persona:
    """Someone whom a visitor may be."""

    account: UUID
    name: str
    title: str
    party_name: str
    participant: bool


def personas() -> tuple[Persona, ...]:
    """Everyone who may be chosen: participants first, then officials by party. Empty outside the demonstration."""
    if not settings.SAMVERK_DEMO:
        return ()
    rows = Account.objects.filter(is_active=True).order_by("party__name", "name")
    everyone = [Persona(r.id, r.name, r.title, r.party.name if r.party else "", r.person_id is not None) for r in rows]
    return tuple(sorted(everyone, key=lambda p: (not p.participant, p.name.split()[0] not in _FIRST)))


def enter(request: HttpRequest, account: UUID) -> bool:
    """Log `request` in as a persona. False outside the demonstration, or when there is none."""
    row = Account.objects.filter(id=account, is_active=True).first() if settings.SAMVERK_DEMO else None
    if row is None:
        return False
    login(request, row, backend=settings.AUTHENTICATION_BACKENDS[0])
    # allauth lists the sessions that begin on its own page; this one begins here.
    UserSession.objects.create_from_request(request)
    return True
