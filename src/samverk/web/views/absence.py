"""Absence: told in one step, answered by somebody who reaches out."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext

from samverk.access.declare import AnswerAbsence, ReadCase, ReportAbsence
from samverk.access.measures import absences_of
from samverk.access.permit import Permit
from samverk.actions import absence as acts
from samverk.domain.parties import Capacity
from samverk.web import act
from samverk.web.doing import done
from samverk.web.forms import measures as forms
from samverk.web.needs import needs


@needs(ReadCase)
def listing(request: HttpRequest, case: UUID) -> HttpResponse:
    """The absences that the reader's party was told of, or the participant's own."""
    facts, absences = act.look(request, ReadCase, lambda p: (p.case, absences_of(p)), case=case)
    return render(request, "measures/absences.html", {"facts": facts, "absences": absences})


@needs(ReportAbsence)
def report(request: HttpRequest, case: UUID) -> HttpResponse:
    """One page, one step: her name, the day, send."""
    facts, only_workplace = act.look(request, ReportAbsence, lambda p: (p.case, _only_workplace(p)), case=case)
    data = request.POST if request.method == "POST" else None
    form = forms.AbsenceForm(data, initial={"day": timezone.localdate()})
    if form.is_valid():
        told = act.perform(request, ReportAbsence, lambda p: acts.report(p, **form.cleaned_data), form=form, case=case)
        if told:
            words = gettext("Tack. %(name)s vet om det nu och hör av sig till deltagaren.")
            if act.actor(request).person is not None:
                words = gettext("Tack. %(name)s vet om det nu och hör av sig till dig.")
            messages.success(request, words % {"name": told})
            if only_workplace:
                return redirect(f"{reverse('absence_report', kwargs={'case': case})}?skickat")
            return redirect("absences", case=case)
    sent = only_workplace and not form.is_bound and "skickat" in request.GET
    context = {"facts": facts, "form": form, "only_workplace": only_workplace, "sent": sent}
    return render(request, "measures/absence_report.html", context, status=422 if form.errors else 200)


@needs(ReadCase, AnswerAbsence)
def answer(request: HttpRequest, case: UUID, absence: UUID) -> HttpResponse:
    """Somebody has reached out."""
    facts, absences = act.look(request, ReadCase, lambda p: (p.case, absences_of(p)), case=case)
    view = next((view for view in absences.absences if view.id == absence), None)
    if view is None or not absences.may_answer or (view.answered and request.method != "POST"):
        raise Http404
    first = {"who": act.actor(request).name, "on": timezone.localdate()}
    form = forms.AnswerForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        typed = form.cleaned_data
        if done(request, AnswerAbsence, lambda p: acts.answer(p, absence=absence, **typed), form=form, case=case):
            messages.success(request, gettext("Sparat: någon har hört av sig."))
            return redirect("absences", case=case)
    context = {"facts": facts, "form": form, "view": view}
    return render(request, "measures/absence_answer.html", context, status=422 if form.errors else 200)


def _only_workplace(permit: Permit[ReportAbsence]) -> bool:
    """Whether the reporter has no other part in the case: she then gets a receipt, and no list."""
    return permit.capacities == {Capacity.WORKPLACE}


urlpatterns = [
    path("arenden/<uuid:case>/franvaro/", listing, name="absences"),
    path("arenden/<uuid:case>/franvaro/anmal/", report, name="absence_report"),
    path("arenden/<uuid:case>/franvaro/<uuid:absence>/svar/", answer, name="absence_answer"),
]
