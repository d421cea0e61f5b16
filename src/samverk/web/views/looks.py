"""Who has looked: the participant's own page, and the log that she can take home."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samverk.access.declare import SeeWhoLooked
from samverk.access.looks import Asked, LookView, looks_of, my_log
from samverk.web import act
from samverk.web.acts_in_words import reasons, said
from samverk.web.asked import day_of, id_of, number
from samverk.web.needs import needs

EVERYONE = "alla"
"""Shown on request: what she has done herself too."""
KINDS = {"laste": "read", "skrev": "write", "nekades": "refused"}
KIND_NAMES = {"laste": _("har läst"), "skrev": _("har skrivit"), "nekades": _("har försökt men inte fått")}


@dataclass(frozen=True, slots=True)
class _Row:
    view: LookView
    said: list[Promise]
    reasons: list[Promise]


@needs(SeeWhoLooked)
def who_looked(request: HttpRequest, case: UUID) -> HttpResponse:
    """When, who, of which party, what, whether it was allowed, why, and under which consent or ground."""
    told = {name: request.GET.get(name, "") for name in ("part", "slag", "fran", "till")}
    party = id_of(told["part"])
    asked = Asked(
        party=party,
        herself=told["part"] == EVERYONE,
        kind=KINDS.get(told["slag"], ""),
        first=day_of(told["fran"]),
        last=day_of(told["till"]),
    )
    shown = max(1, number(request, "sida"))
    page = act.look(request, SeeWhoLooked, lambda permit: looks_of(permit, page=shown, asked=asked), case=case)
    context = {
        "case": case,
        "page": page,
        "looks": [_row(view) for view in page.looks],
        "asked": asked,
        "kind": told["slag"] if asked.kind else "",
        "kinds": KIND_NAMES,
        "everyone": asked.herself,
        "narrowed": bool(party or asked.kind or asked.first or asked.last),
        "more": urlencode({name: value for name, value in told.items() if value}),
        "previous": shown - 1,
        "next": shown + 1,
        "root": _groups(page.seal.root),
        "key": _groups(page.seal.key),
    }
    return render(request, "looks/who_looked.html", context)


@needs(SeeWhoLooked)
def take_log_home(request: HttpRequest, case: UUID) -> HttpResponse:
    """Her own part of the sealed log as a file, with what it takes to check it without Samverk."""
    text = act.look(request, SeeWhoLooked, my_log, case=case)
    return HttpResponse(
        text,
        content_type="application/x-ndjson",
        headers={"Content-Disposition": 'attachment; filename="min-logg.jsonl"'},
    )


def _row(view: LookView) -> _Row:
    words = list(dict.fromkeys(said(doing, what) for doing, what in view.acts))
    return _Row(view, words, reasons(view.capacities))


def _groups(text: str) -> list[str]:
    """Four characters at a time: so that it can be read aloud, and breaks on a narrow screen."""
    return [text[start : start + 4] for start in range(0, len(text), 4)]


urlpatterns = [
    path("arenden/<uuid:case>/vem-har-tittat/", who_looked, name="who_looked"),
    path("arenden/<uuid:case>/vem-har-tittat/min-logg.jsonl", take_log_home, name="take_log_home"),
]
