"""What every page shows around its own matter."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from samverk.access.actor import Actor
from samverk.access.demo import personas


def frame(request: HttpRequest) -> dict[str, Any]:
    """The navigation, who one is, today, and whether this is the demonstration."""
    actor: Actor | None = getattr(request, "actor", None)
    return {
        "today": timezone.localdate(),
        "demo": settings.SAMVERK_DEMO,
        "actor": actor,
        "fates_open": settings.SAMVERK_OPEN_FATES or actor is not None,
        "protection": getattr(request, "samverk_protection", ""),
        "me": _me(actor),
        "personas": personas() if settings.SAMVERK_DEMO and actor is None else (),
        "nav": [(url, label, request.path == url) for url, label in _navigation(actor)],
    }


def _me(actor: Actor | None) -> dict[str, str] | None:
    if actor is None:
        return None
    return {"name": actor.name, "role": " · ".join(word for word in (actor.title, actor.party_name) if word)}


def _navigation(actor: Actor | None) -> list[tuple[str, str]]:
    if actor is None:
        return []
    if actor.person is not None:
        return [
            (reverse("my_plan"), gettext("Min plan")),
            (reverse("programmes"), gettext("Program")),
        ]
    if actor.operator:
        return [(reverse("programmes"), gettext("Program"))]
    if actor.party is None:
        return [(reverse("my_studies"), gettext("Utvärdering")), (reverse("price_book"), gettext("Prisbok"))]
    return [
        (reverse("my_day"), gettext("Min dag")),
        (reverse("my_cases"), gettext("Mina ärenden")),
        (reverse("my_referrals"), gettext("Mina remisser")),
        (reverse("intake"), gettext("Sluss")),
        (reverse("programmes"), gettext("Program")),
    ]
