"""Who stands in for whom: an official's own page."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from samverk.access.declare_house import NameSubstitute
from samverk.access.substitutes import substitutes_of
from samverk.actions import substitutes as acts
from samverk.web import act
from samverk.web.forms.need import Substitute
from samverk.web.needs import needs
from samverk.web.shown import sent, show


@needs(NameSubstitute)
def substitutes(request: HttpRequest) -> HttpResponse:
    """Who stands in for the reader and for whom she stands in; and the form for saying so."""
    if act.actor(request).party is None:
        raise Http404
    view = act.look(request, NameSubstitute, substitutes_of)
    form = Substitute(sent(request), absents=view.absents, substitutes=view.substitutes)
    if form.is_valid():
        data = form.cleaned_data
        if act.done(
            request,
            NameSubstitute,
            lambda p: acts.record(
                p,
                absent=form.who_is_away(),
                substitute=UUID(data["substitute"]),
                first=data["first"],
                last=data["last"],
            ),
            form=form,
        ):
            messages.success(request, gettext("Sparat. Ersättaren ser ärendena de dagarna. Deltagarna ser vem det är."))
            return redirect("substitutes")
    return show(request, "need/substitutes.html", form, view=view)


@needs(NameSubstitute)
@require_POST
def end(request: HttpRequest, substitution: UUID) -> HttpResponse:
    """It is over, or does not come about."""
    form = Form(request.POST)
    form.is_valid()
    if act.done(request, NameSubstitute, lambda p: acts.end(p, substitution=substitution), form=form):
        messages.success(request, gettext("Avslutat. Det gäller från nu."))
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return redirect("substitutes")


urlpatterns = [
    path("ersattare/", substitutes, name="substitutes"),
    path("ersattare/<uuid:substitution>/avsluta/", end, name="substitute_end"),
]
