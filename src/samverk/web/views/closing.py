"""The end of a case, and of a programme: with somewhere to go on. And taking up again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext

from samverk.access import closing, codes, hand_overs, people
from samverk.access.declare import CloseCase, ReadCase, RunProgramme
from samverk.access.permit import Permit
from samverk.actions import closing as acts
from samverk.actions import programme_end as programme_acts
from samverk.domain.parties import Part
from samverk.web import act
from samverk.web.forms import closing as forms
from samverk.web.needs import needs

LISTS = ("closing_reason", "destination", "measure")
Page = dict[str, Any]


@needs(ReadCase, CloseCase)
def close_case(request: HttpRequest, case: UUID) -> HttpResponse:
    """Close the case; for other readers, and afterwards, how it ended."""
    page = act.look(request, ReadCase, _page, case=case)
    if request.method != "POST" and not page["may_close"]:
        return render(request, "closing/ended.html", page)
    form = forms.Close(request.POST or None, initial={"closed_on": timezone.localdate()})
    names = page["names"]
    form.offer(names["closing_reason"].values(), names["destination"].values(), left=len(page["left"]))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if act.perform(request, CloseCase, lambda p: acts.close(p, **data), form=form, case=case):
            messages.success(request, gettext("Ärendet är avslutat."))
            return redirect("follow_ups", case=case)
    return render(request, "closing/close.html", {**page, "form": form}, status=_status(form))


@needs(ReadCase, CloseCase)
def take_up_again(request: HttpRequest, case: UUID) -> HttpResponse:
    """Go on from where it was."""
    page, officials, held = act.look(
        request,
        ReadCase,
        lambda p: (
            _page(p),
            people.officials_in(p),
            any(part.part == Part.CONTACT for part in hand_overs.parts_held(p)),
        ),
        case=case,
    )
    if request.method != "POST" and not page["may_take_up_again"]:
        raise Http404
    form = forms.TakeUpAgain(request.POST or None)
    form.offer(officials, held=held)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        contact = UUID(data["contact"]) if data.get("contact") else None
        saved: object = act.perform(
            request,
            CloseCase,
            lambda p: acts.take_up_again(p, words=data["words"], contact=contact),
            form=form,
            case=case,
        )
        if saved:
            messages.success(request, gettext("Ärendet är upptaget igen. Det fortsätter där det var."))
            return redirect("case", case=case)
    return render(request, "closing/take_up_again.html", {**page, "form": form}, status=_status(form))


@needs(ReadCase, CloseCase)
def next_place(request: HttpRequest, case: UUID) -> HttpResponse:
    """Where she goes on when the programme is not there any more."""
    page = act.look(request, ReadCase, _page, case=case)
    if not page["coordinates"]:
        raise Http404
    form = forms.NextPlace(request.POST or None, initial={"accepted_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if act.perform(request, CloseCase, lambda p: acts.accept_next_place(p, **data), form=form, case=case):
            messages.success(request, gettext("Nästa plats är sparad."))
            return redirect("close_case", case=case)
    return render(request, "closing/next_place.html", {**page, "form": form}, status=_status(form))


@needs(RunProgramme)
def end_programme(request: HttpRequest, programme: UUID) -> HttpResponse:
    """End a programme, when everyone in it has somewhere to go on."""
    act.look(request, RunProgramme, lambda p: p.programme, programme=programme)
    form = forms.EndProgramme(request.POST or None)
    if request.method == "POST" and form.is_valid():
        stops_on = form.cleaned_data["stops_on"]
        saved: object = act.perform(
            request,
            RunProgramme,
            lambda p: programme_acts.end(p, stops_on=stops_on),
            form=form,
            programme=programme,
        )
        if saved:
            messages.success(request, gettext("Slutdagen är sparad."))
            return redirect("programmes")
    return render(request, "closing/end_programme.html", {"form": form}, status=_status(form))


def _page(permit: Permit[ReadCase]) -> Page:
    coordinates = bool(permit.capacities & CloseCase.who)
    names = codes.names(*LISTS)
    return {
        "facts": permit.case,
        "coordinates": coordinates and permit.case.status in CloseCase.while_case,
        "may_close": coordinates and closing.may_close(permit),
        "may_take_up_again": coordinates and closing.may_take_up_again(permit),
        "closings": [
            (view, _name(names, "closing_reason", view.reason), _name(names, "destination", view.destination))
            for view in closing.closings_of(permit)
        ],
        "places": closing.next_places_of(permit),
        "left": [
            (thing.kind, thing.text if thing.kind == "commitment" else _name(names, "measure", thing.text), thing.due)
            for thing in closing.still_open(permit)
        ],
        "names": names,
    }


def _name(names: dict[str, dict[str, codes.CodeView]], of: str, code: str) -> str:
    view = names[of].get(code)
    return view.name if view else code


def _status(form: Form) -> int:
    return 422 if form.errors else 200


urlpatterns = [
    path("arenden/<uuid:case>/avsluta/", close_case, name="close_case"),
    path("arenden/<uuid:case>/ta-upp-igen/", take_up_again, name="take_up_again"),
    path("arenden/<uuid:case>/nasta-plats/", next_place, name="next_place"),
    path("program/<uuid:programme>/avsluta/", end_programme, name="end_programme"),
]
