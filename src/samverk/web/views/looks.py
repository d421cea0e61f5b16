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
from samverk.web.asked import id_of, number
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
    chosen = request.GET.get("part", "")
    party = id_of(chosen)
    shown = max(1, number(request, "sida"))
    page = act.look(
        request,
        SeeWhoLooked,
        lambda permit: looks_of(permit, page=shown, party=party, herself=chosen == EVERYONE),
        case=case,
    )
    rows = [_Row(view, said(view.act, view.what), reasons(view.capacities)) for view in page.looks]
    context = {
        "case": case,
        "page": page,
        "looks": rows,
        "chosen": EVERYONE if chosen == EVERYONE else party,
        "previous": shown - 1,
        "next": shown + 1,
    }
    return render(request, "looks/who_looked.html", context)


urlpatterns = [path("arenden/<uuid:case>/vem-har-tittat/", who_looked, name="who_looked")]
