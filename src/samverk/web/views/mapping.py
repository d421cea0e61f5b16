"""The joint picture: read it, write in an area, see how it has grown."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext

from samverk.access import mapping as pictures
from samverk.access.codes import names
from samverk.access.declare import ReadCase, WriteMapping
from samverk.access.permit import Permit
from samverk.actions import mapping as actions
from samverk.web import act
from samverk.web.forms.common import in_use
from samverk.web.forms.mapping import HerWords, NeedGroups, OwnWords, PartysView
from samverk.web.needs import needs
from samverk.web.shown import sent, show


@needs(ReadCase)
def mapping(request: HttpRequest, case: UUID) -> HttpResponse:
    """The whole picture, area by area."""
    name, picture = act.look(
        request, ReadCase, lambda permit: (permit.case.person_name, pictures.mapping_of(permit)), case=case
    )
    return render(request, "mapping/mapping.html", {"case_id": case, "name": name, "picture": picture})


@needs(ReadCase)
def history(request: HttpRequest, case: UUID, area: str) -> HttpResponse:
    """What was written when by whom, newest first."""
    name, view, wordings = act.look(
        request,
        ReadCase,
        lambda permit: (
            permit.case.person_name,
            pictures.area_of(permit, area=area),
            pictures.history_of(permit, area=area),
        ),
        case=case,
    )
    if view is None:
        raise Http404
    context = {"case_id": case, "name": name, "area": view, "wordings": wordings}
    return render(request, "mapping/history.html", context)


@needs(WriteMapping)
def write(request: HttpRequest, case: UUID, area: str, hers: bool = False) -> HttpResponse:
    """One's own contribution to an area. `hers`: the coordinator writes down the person's own words."""
    herself = act.actor(request).person is not None
    kind: type[Form] = OwnWords if herself else HerWords if hers else PartysView
    own_words = herself or hers
    form = kind(sent(request))
    if form.is_valid() and act.done(request, WriteMapping, _written(form, area, own_words), form=form, case=case):
        messages.success(request, gettext("Sparat."))
        return redirect("mapping", case=case)
    name, view = act.look(
        request, WriteMapping, lambda p: (p.case.person_name, pictures.area_of(p, area=area)), case=case
    )
    if view is None:
        raise Http404
    now = view.own if own_words else view.mine
    if not form.is_bound:
        form = kind(initial=_initial(now))
    page = {"case_id": case, "name": name, "area": view, "own_words": own_words, "herself": herself}
    return show(request, "mapping/write.html", form, **page)


@needs(WriteMapping, ReadCase)
def need_groups(request: HttpRequest, case: UUID) -> HttpResponse:
    """Which sorts of need one's party, or she herself, sees."""
    choices = in_use(names("need_group")["need_group"].values())
    form = NeedGroups(sent(request), choices=choices)
    if form.is_valid():
        data = form.cleaned_data
        if act.done(
            request,
            WriteMapping,
            lambda permit: actions.mark_needs(permit, groups=data["groups"], version=data["version"]),
            form=form,
            case=case,
        ):
            messages.success(request, gettext("Sparat."))
            return redirect("mapping", case=case)
    name, picture = act.look(
        request, ReadCase, lambda permit: (permit.case.person_name, pictures.mapping_of(permit)), case=case
    )
    if not picture.may_write:
        raise Http404
    mine = picture.my_needs
    if not form.is_bound:
        form = NeedGroups(
            initial={"groups": list(mine.codes) if mine else [], "version": mine.number if mine else 0},
            choices=choices,
        )
    return show(request, "mapping/needs.html", form, case_id=case, name=name)


def _written(form: Form, area: str, own_words: bool) -> Any:
    data = form.cleaned_data

    def do(permit: Permit[WriteMapping]) -> UUID:
        return actions.write(
            permit,
            area=area,
            text=data["text"],
            version=data["version"],
            own_words=own_words,
            on_behalf=data.get("on_behalf", ""),
            source=actions.Source(
                what=data.get("source", ""), by=data.get("source_from", ""), on=data.get("source_on")
            ),
            about_other=data.get("about_other", False),
        )

    return do


def _initial(now: pictures.ContributionView | None) -> dict[str, Any]:
    if now is None:
        return {"version": 0}
    return {
        "text": now.text,
        "version": now.number,
        "on_behalf": now.on_behalf,
        "source": now.source,
        "source_from": now.source_from,
        "source_on": now.source_on,
        "about_other": now.about_other,
    }


urlpatterns = [
    path("arenden/<uuid:case>/kartlaggning/", mapping, name="mapping"),
    path("arenden/<uuid:case>/kartlaggning/behov/", need_groups, name="mapping_needs"),
    path("arenden/<uuid:case>/kartlaggning/<slug:area>/", history, name="mapping_history"),
    path("arenden/<uuid:case>/kartlaggning/<slug:area>/skriv/", write, name="mapping_write"),
    path(
        "arenden/<uuid:case>/kartlaggning/<slug:area>/deltagarens-ord/",
        write,
        {"hers": True},
        name="mapping_write_hers",
    ),
]
