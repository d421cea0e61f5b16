"""Who has looked: the participant's own page."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.functional import Promise

from samverk.access.declare import SeeWhoLooked
from samverk.access.looks import LookView, looks_of
from samverk.web import act
from samverk.web.acts_in_words import reasons, said
from samverk.web.needs import needs

EVERYONE = "alla"
"""Shown on request: what she has done herself too."""


@dataclass(frozen=True, slots=True)
class _Row:
    view: LookView
    said: Promise
    reasons: list[Promise]


@needs(SeeWhoLooked)
def who_looked(request: HttpRequest, case: UUID) -> HttpResponse:
    """When, who, of which party, what, and whether it was allowed and why."""
    asked = request.GET.get("part", "")
    party = _party(asked)
    number = _number(request.GET.get("sida", ""))
    page = act.look(
        request,
        SeeWhoLooked,
        lambda permit: looks_of(permit, page=number, party=party, herself=asked == EVERYONE),
        case=case,
    )
    rows = [_Row(view, said(view.act, view.what), reasons(view.capacities)) for view in page.looks]
    chosen = EVERYONE if asked == EVERYONE else party
    context = {"case": case, "page": page, "looks": rows, "chosen": chosen, "previous": number - 1, "next": number + 1}
    return render(request, "looks/who_looked.html", context)


def _party(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


urlpatterns = [path("arenden/<uuid:case>/vem-har-tittat/", who_looked, name="who_looked")]
