"""The party's own check of its log: for its log controller."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samverk.access.declare_house import SeeOwnPartysLooks
from samverk.access.log_control import UnusualView, unusual_looks
from samverk.domain.log_control import Sign
from samverk.web import act
from samverk.web.asked import day_of, id_of, number
from samverk.web.needs import needs

SIGNS: dict[Sign, Promise] = {
    Sign.EMERGENCY: _("Öppnade ärendet i en nödsituation."),
    Sign.REFUSED: _("Försökte, men fick inte."),
    Sign.ENDED: _("Har haft tillgång till ärendet. Den har upphört."),
    Sign.PROTECTED: _("Personen har skyddade personuppgifter."),
    Sign.OFF_HOURS: _("Före kl. 6, efter kl. 20 eller på en helg."),
    Sign.MANY: _("Öppnade många fler ärenden den dagen än hen brukar."),
    Sign.NOTHING_WRITTEN: _("Ingen hos er skrev något i ärendet en vecka före eller efter."),
    Sign.SUBSTITUTE: _("Vikarierade då för en kollega."),
}


@dataclass(frozen=True, slots=True)
class _Row:
    view: UnusualView
    reasons: list[Promise]


@needs(SeeOwnPartysLooks)
def log_control(request: HttpRequest) -> HttpResponse:
    """Unusual looks in one's own party, by official and period."""
    told = {name: request.GET.get(name, "") for name in ("vem", "fran", "till")}
    shown = max(1, number(request, "sida"))
    page = act.look(
        request,
        SeeOwnPartysLooks,
        lambda permit: unusual_looks(
            permit, official=id_of(told["vem"]), first=day_of(told["fran"]), last=day_of(told["till"]), page=shown
        ),
    )
    context = {
        "page": page,
        "rows": [_Row(row, [SIGNS[sign] for sign in row.signs]) for row in page.rows],
        "official": id_of(told["vem"]),
        "more": urlencode({name: value for name, value in told.items() if value}),
        "previous": shown - 1,
        "next": shown + 1,
    }
    return render(request, "looks/log_control.html", context)


urlpatterns = [path("kontroll-av-loggen/", log_control, name="log_control")]
