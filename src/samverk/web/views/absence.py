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
from samverk.web.forms import measures as forms
from samverk.web.needs import needs
from samverk.web.shown import sent, show


@needs(ReadCase)
def listing(request: HttpRequest, case: UUID) -> HttpResponse:
    """The absences that the reader's party was told of, or the participant's own."""
    facts, absences = act.look(request, ReadCase, lambda p: (p.case, absences_of(p)), case=case)
    return render(request, "measures/absences.html", {"facts": facts, "absences": absences})


@needs(ReportAbsence)
def report(request: HttpRequest, case: UUID) -> HttpResponse:
    """One page, one step: her name, the day, send."""
    facts, only_workplace = act.look(request, ReportAbsence, lambda p: (p.case, _only_workplace(p)), case=case)
    form = forms.AbsenceForm(sent(request), initial={"day": timezone.localdate()})
    if form.is_valid():
        name = act.perform(request, ReportAbsence, lambda p: acts.report(p, **form.cleaned_data), form=form, case=case)
        if name is not None:
            words = gettext("Tack. %(name)s vet om det nu och hör av sig till deltagaren.")
            if act.actor(request).person is not None:
                words = gettext("Tack. %(name)s vet om det nu och hör av sig till dig.")
            messages.success(request, words % {"name": name})
            if only_workplace:
                return redirect(f"{reverse('absence_report', kwargs={'case': case})}?skickat")
            return redirect("absences", case=case)
    told = only_workplace and not form.is_bound and "skickat" in request.GET
    page = {"facts": facts, "only_workplace": only_workplace, "sent": told}
    return show(request, "measures/absence_report.html", form, **page)


@needs(ReadCase, AnswerAbsence)
def answer(request: HttpRequest, case: UUID, absence: UUID) -> HttpResponse:
    """Somebody has reached out."""
    facts, absences = act.look(request, ReadCase, lambda p: (p.case, absences_of(p)), case=case)
    view = next((view for view in absences.absences if view.id == absence), None)
    if view is None or not absences.may_answer or (view.answered and request.method != "POST"):
        raise Http404
    first = {"who": act.actor(request).name, "on": timezone.localdate()}
    form = forms.AnswerForm(sent(request), initial=first)
    if form.is_valid():
        typed = form.cleaned_data
        if act.done(request, AnswerAbsence, lambda p: acts.answer(p, absence=absence, **typed), form=form, case=case):
            messages.success(request, gettext("Sparat: någon har hört av sig."))
            return redirect("absences", case=case)
    return show(request, "measures/absence_answer.html", form, facts=facts, view=view)


def _only_workplace(permit: Permit[ReportAbsence]) -> bool:
    """Whether the reporter has no other part in the case: she then gets a receipt, and no list."""
    return permit.capacities == {Capacity.WORKPLACE}


urlpatterns = [
    path("arenden/<uuid:case>/franvaro/", listing, name="absences"),
    path("arenden/<uuid:case>/franvaro/anmal/", report, name="absence_report"),
    path("arenden/<uuid:case>/franvaro/<uuid:absence>/svar/", answer, name="absence_answer"),
]
