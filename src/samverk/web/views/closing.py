"""The end of a case, and of a programme: with somewhere to go on. And taking up again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext

from samverk.access import closing, codes, hand_overs, people
from samverk.access.declare import CloseCase, ReadCase
from samverk.access.declare_house import RunProgramme
from samverk.access.permit import Permit
from samverk.actions import closing as acts
from samverk.actions import programme_end as programme_acts
from samverk.domain.parties import Part
from samverk.web import act
from samverk.web.forms import closing as forms
from samverk.web.needs import needs
from samverk.web.shown import sent, show

LISTS = ("closing_reason", "destination", "measure")
Page = dict[str, Any]


@needs(ReadCase, CloseCase)
def close_case(request: HttpRequest, case: UUID) -> HttpResponse:
    """Close the case; for other readers, and afterwards, how it ended."""
    page = act.look(request, ReadCase, _page, case=case)
    if request.method != "POST" and not page["may_close"]:
        return render(request, "closing/ended.html", page)
    form = forms.Close(sent(request), initial={"closed_on": timezone.localdate()})
    names = page["names"]
    form.offer(names["closing_reason"].values(), names["destination"].values(), left=len(page["left"]))
    if form.is_valid():
        data = form.cleaned_data
        if act.done(request, CloseCase, lambda p: acts.close(p, **data), form=form, case=case):
            messages.success(request, gettext("Ärendet är avslutat."))
            return redirect("follow_ups", case=case)
    return show(request, "closing/close.html", form, **page)


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
    form = forms.TakeUpAgain(sent(request))
    form.offer(officials, held=held)
    if form.is_valid():
        data = form.cleaned_data
        contact = UUID(data["contact"]) if data.get("contact") else None
        if act.done(
            request,
            CloseCase,
            lambda p: acts.take_up_again(p, words=data["words"], contact=contact),
            form=form,
            case=case,
        ):
            messages.success(request, gettext("Ärendet är upptaget igen. Det fortsätter där det var."))
            return redirect("case", case=case)
    return show(request, "closing/take_up_again.html", form, **page)


@needs(ReadCase, CloseCase)
def next_place(request: HttpRequest, case: UUID) -> HttpResponse:
    """Where she goes on when the programme is not there any more."""
    page = act.look(request, ReadCase, _page, case=case)
    if not page["coordinates"]:
        raise Http404
    form = forms.NextPlace(sent(request), initial={"accepted_on": timezone.localdate()})
    if form.is_valid():
        data = form.cleaned_data
        if act.done(request, CloseCase, lambda p: acts.accept_next_place(p, **data), form=form, case=case):
            messages.success(request, gettext("Nästa plats är sparad."))
            return redirect("close_case", case=case)
    return show(request, "closing/next_place.html", form, **page)


@needs(RunProgramme)
def end_programme(request: HttpRequest, programme: UUID) -> HttpResponse:
    """End a programme, when everyone in it has somewhere to go on."""
    act.look(request, RunProgramme, lambda p: p.programme, programme=programme)
    form = forms.EndProgramme(sent(request))
    if form.is_valid():
        stops_on = form.cleaned_data["stops_on"]
        if act.done(
            request,
            RunProgramme,
            lambda p: programme_acts.end(p, stops_on=stops_on),
            form=form,
            programme=programme,
        ):
            messages.success(request, gettext("Slutdagen är sparad."))
            return redirect("programmes")
    return show(request, "closing/end_programme.html", form)


def _page(permit: Permit[ReadCase]) -> Page:
    coordinates = bool(permit.capacities & CloseCase.who)
    names = codes.names(*LISTS)
    return {
        "facts": permit.case,
        "coordinates": coordinates and permit.case.status in CloseCase.while_case,
        "may_close": coordinates and closing.may_close(permit),
        "may_take_up_again": coordinates and closing.may_take_up_again(permit),
        "closings": [
            (view, codes.word(names, "closing_reason", view.reason), codes.word(names, "destination", view.destination))
            for view in closing.closings_of(permit)
        ],
        "places": closing.next_places_of(permit),
        "left": [
            (
                thing.kind,
                thing.text if thing.kind == "commitment" else codes.word(names, "measure", thing.text),
                thing.due,
            )
            for thing in closing.still_open(permit)
        ],
        "names": names,
    }


urlpatterns = [
    path("arenden/<uuid:case>/avsluta/", close_case, name="close_case"),
    path("arenden/<uuid:case>/ta-upp-igen/", take_up_again, name="take_up_again"),
    path("arenden/<uuid:case>/nasta-plats/", next_place, name="next_place"),
    path("program/<uuid:programme>/avsluta/", end_programme, name="end_programme"),
]
