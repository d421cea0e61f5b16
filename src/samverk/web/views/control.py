"""Reading for control or a decision on a benefit: stated first, shown apart from support, and told to her."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from samverk.access import codes
from samverk.access import control as access
from samverk.access.declare import ReadCase, ReadForControl, RecordDecision
from samverk.access.may import may
from samverk.actions import control as acts
from samverk.web import act
from samverk.web.forms.control import Matter
from samverk.web.needs import needs
from samverk.web.shown import sent, show


@needs(ReadCase, ReadForControl)
def listing(request: HttpRequest, case: UUID) -> HttpResponse:
    """What has been read for control, and for an official who decides on benefits the way to a new reading."""
    facts, view = act.look(request, ReadCase, lambda p: (p.case, access.control_of(p)), case=case)
    if view is None or (request.method == "POST" and not view.may_read):
        raise Http404
    form = Matter(sent(request)) if view.may_read else None
    if form is not None and form.is_valid():
        matter = form.cleaned_data["matter"]
        reading = act.perform(
            request, ReadForControl, lambda p: acts.open_reading(p, matter=matter), form=form, case=case
        )
        if reading is not None:
            return redirect("control_reading", case=case, reading=reading)
        if not form.errors:
            raise Http404
    return show(request, "control/list.html", form, facts=facts, view=view)


@needs(ReadCase, ReadForControl)
def reading(request: HttpRequest, case: UUID, reading: UUID) -> HttpResponse:
    """One reading: decided anew at each look. She herself sees what the party was shown."""
    doing = ReadCase if act.actor(request).person is not None else ReadForControl
    facts, view, may_decide = act.look(
        request, doing, lambda p: (p.case, access.reading_of(p, reading), may(p, RecordDecision)), case=case
    )
    if view is None:
        raise Http404
    names = codes.names("category")
    things = [(thing, codes.word(names, "category", thing.category)) for thing in view.things]
    context = {"facts": facts, "view": view, "things": things, "may_decide": may_decide}
    return render(request, "control/reading.html", context)


urlpatterns = [
    path("arenden/<uuid:case>/underlag/", listing, name="control"),
    path("arenden/<uuid:case>/underlag/<uuid:reading>/", reading, name="control_reading"),
]
