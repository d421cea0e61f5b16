"""Opening a case in an emergency: asking, answering, ending, and the participant's own sight of it."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from samverk.access.declare import ReadEmergencyNotice, SeeWhoLooked
from samverk.access.declare_house import AnswerEmergency, AskForEmergency, EndEmergency
from samverk.access.emergency import emergencies_of, opened, to_answer
from samverk.actions import emergency as acts
from samverk.web import act
from samverk.web.forms.need import Answer, Ask
from samverk.web.needs import needs
from samverk.web.shown import sent, show


@needs(AskForEmergency)
def emergencies(request: HttpRequest) -> HttpResponse:
    """Ask a colleague to open a case; how it stands with what the reader has asked and answered."""
    view = act.look(request, AskForEmergency, emergencies_of)
    form = Ask(sent(request))
    if form.is_valid():
        data = form.cleaned_data
        if act.done(
            request, AskForEmergency, lambda p: acts.ask(p, number=data["number"], reason=data["reason"]), form=form
        ):
            messages.success(request, gettext("Frågan är ställd. Ring en kollega som kan svara."))
            return redirect("emergencies")
    return show(request, "need/emergencies.html", form, view=view)


@needs(AnswerEmergency)
def answer(request: HttpRequest, emergency: UUID) -> HttpResponse:
    """The second person reads who asks and why, and says yes or no."""
    view = act.look(request, AnswerEmergency, lambda p: to_answer(p, id=emergency))
    if view is None:
        raise Http404
    declines = request.POST.get("answer") == "no"
    form = Answer(None if declines else sent(request))
    if declines:
        no = Form(request.POST)
        no.is_valid()
        if act.done(request, AnswerEmergency, lambda p: acts.decline(p, emergency=emergency), form=no):
            messages.success(request, gettext("Du har sagt nej. Den som frågade ser det."))
        for error in no.non_field_errors():
            messages.error(request, str(error))
        return redirect("emergencies")
    if form.is_valid():
        hours = form.cleaned_data["hours"]
        if act.done(request, AnswerEmergency, lambda p: acts.approve(p, emergency=emergency, hours=hours), form=form):
            messages.success(request, gettext("Du har sagt ja. Den som frågade ser det."))
            return redirect("emergencies")
    return show(request, "need/answer.html", form, view=view)


@needs(EndEmergency)
@require_POST
def end(request: HttpRequest, emergency: UUID) -> HttpResponse:
    """It is no longer needed: closed at once."""
    form = Form(request.POST)
    form.is_valid()
    if act.done(request, EndEmergency, lambda p: acts.end(p, emergency=emergency), form=form):
        messages.success(request, gettext("Avslutat. Det gäller från nu."))
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return redirect("emergencies")


@needs(SeeWhoLooked)
def opened_cases(request: HttpRequest, case: UUID) -> HttpResponse:
    """Each time the participant's case was opened in an emergency: who, why, who said yes, until when."""
    rows = act.look(request, SeeWhoLooked, opened, case=case)
    return render(request, "need/opened.html", {"case_id": case, "rows": rows})


@needs(ReadEmergencyNotice)
@require_POST
def read(request: HttpRequest, case: UUID, emergency: UUID) -> HttpResponse:
    """She has read it: the notice leaves her own page, and stays among who has looked."""
    form = Form(request.POST)
    form.is_valid()
    if not act.done(request, ReadEmergencyNotice, lambda p: acts.read(p, emergency=emergency), form=form, case=case):
        raise Http404
    return redirect("case", case=case)


urlpatterns = [
    path("nodsituation/", emergencies, name="emergencies"),
    path("nodsituation/<uuid:emergency>/", answer, name="emergency_answer"),
    path("nodsituation/<uuid:emergency>/avsluta/", end, name="emergency_end"),
    path("arenden/<uuid:case>/nodoppnat/", opened_cases, name="opened_in_emergency"),
    path("arenden/<uuid:case>/nodoppnat/<uuid:emergency>/last/", read, name="emergency_read"),
]
