"""The portfolio of programmes: found, read, and changed by whoever runs them."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from samverk.access import programmes as access
from samverk.access.declare_house import RunProgramme, SeeProgrammes
from samverk.actions import programmes as actions
from samverk.web import act, asked
from samverk.web.forms.programmes import STEPS, ProgrammeForm
from samverk.web.needs import needs
from samverk.web.shown import show


@needs(SeeProgrammes)
def programmes(request: HttpRequest) -> HttpResponse:
    """Every programme, searched by name and place, filtered by county."""
    search, county = request.GET.get("sok", "")[:100].strip(), request.GET.get("lan", "")[:100]
    start = asked.number(request, "fran")
    page = act.look(
        request, SeeProgrammes, lambda permit: access.portfolio(permit, search=search, county=county, start=start)
    )
    chosen = {key: value for key, value in (("sok", search), ("lan", county)) if value}
    after = start + access.PAGE
    return render(
        request,
        "programmes/programmes.html",
        {
            "page": page,
            "search": search,
            "county": county,
            "first": start + 1,
            "last": start + len(page.rows),
            "before": _to(chosen, start - access.PAGE) if start else "",
            "after": _to(chosen, after) if after < page.found else "",
            "body_mode": _mode(request),
        },
    )


@needs(SeeProgrammes)
def programme(request: HttpRequest, programme: UUID) -> HttpResponse:
    """What one programme is, and who is behind it."""
    found = act.look(request, SeeProgrammes, lambda permit: access.programme(permit, id=programme))
    if found is None:
        raise Http404
    phases = [(phase.name, STEPS[phase.step]) for phase in found.phases]  # type: ignore[index]
    context = {"programme": found, "phases": phases, "body_mode": _mode(request)}
    return render(request, "programmes/programme.html", context)


@needs(RunProgramme)
def change_programme(request: HttpRequest, programme: UUID) -> HttpResponse:
    """Change what the programme is. Two who write at once see both texts."""
    stands = act.look(request, RunProgramme, access.to_change, programme=programme)
    form = ProgrammeForm.sent(request.POST) if request.method == "POST" else ProgrammeForm.showing(stands)
    if form.is_valid():
        change, version = form.change(), form.cleaned_data["version"]
        if act.done(
            request,
            RunProgramme,
            lambda permit: actions.change(permit, change=change, version=version),
            form=form,
            programme=programme,
        ):
            messages.success(request, _("Programmet är ändrat."))
            return redirect("programme", programme=programme)
    return show(request, "programmes/change_programme.html", form, name=stands.name, programme=programme)


def _mode(request: HttpRequest) -> str:
    return "participant" if act.actor(request).person is not None else "official"


def _to(chosen: dict[str, str], start: int) -> str:
    return "?" + urlencode({**chosen, "fran": max(start, 0)})


urlpatterns = [
    path("program/", programmes, name="programmes"),
    path("program/<uuid:programme>/", programme, name="programme"),
    path("program/<uuid:programme>/andra/", change_programme, name="change_programme"),
]
