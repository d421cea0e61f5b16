"""Another legal ground than consent: an official lets one party read one thing, or ends it."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from samverk.access import codes, grounds, people, units
from samverk.access.declare import ReadCase, RecordGround
from samverk.actions import grounds as acts
from samverk.web import act
from samverk.web.forms import grounds as forms
from samverk.web.needs import needs
from samverk.web.shown import sent, show


@needs(ReadCase, RecordGround)
def listing(request: HttpRequest, case: UUID) -> HttpResponse:
    """What is let out without consent: to herself all of it, to an official her own party's, and the form for more."""
    if act.actor(request).person is not None:
        hers = act.look(request, ReadCase, grounds.grounds_of, case=case)
        return show(request, "consents/grounds.html", None, case_id=case, view=hers)
    name, view, parties, closed = act.look(
        request,
        RecordGround,
        lambda p: (p.case.person_name, grounds.grounds_of(p), people.parties_in(p), units.my_closed_unit(p)),
        case=case,
    )
    own = act.actor(request).party
    form = forms.Ground(
        sent(request),
        items=view.items,
        receivers=[party for party in parties if party.id != own or closed is not None],
        grounds=codes.names("secrecy_ground")["secrecy_ground"].values(),
    )
    if form.is_valid():
        told = form.cleaned_data
        item, receiver = UUID(told.pop("item")), UUID(told.pop("receiver"))
        if act.done(
            request,
            RecordGround,
            lambda p: acts.record(p, item=item, receiver=receiver, **told),
            form=form,
            case=case,
        ):
            messages.success(request, gettext("Sparat. Parten kan läsa just den uppgiften. Deltagaren ser det."))
            return redirect("grounds", case=case)
    return show(request, "consents/grounds.html", form, case_id=case, name=name, view=view)


@needs(RecordGround)
@require_POST
def end(request: HttpRequest, case: UUID, ground: UUID) -> HttpResponse:
    """The party may not read it any longer."""
    live = act.look(request, RecordGround, grounds.grounds_of, case=case).live
    if ground not in {row.id for row in live}:
        raise Http404
    form = Form(request.POST)
    form.is_valid()
    if act.done(request, RecordGround, lambda p: acts.end(p, ground=ground), form=form, case=case):
        messages.success(request, gettext("Parten kan inte läsa uppgiften längre."))
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return redirect("grounds", case=case)


urlpatterns = [
    path("arenden/<uuid:case>/samtycken/annan-grund/", listing, name="grounds"),
    path("arenden/<uuid:case>/samtycken/annan-grund/<uuid:ground>/avsluta/", end, name="end_ground"),
]
