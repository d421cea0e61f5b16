"""Evaluation's data: the participant's own yes or no, the principal's decision, and the evaluator's extracts."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext

from samverk.access import codes
from samverk.access.declare import ChooseEvaluation, ReadCase
from samverk.access.declare_house import DecideEvaluation, SeeExtracts, TakeExtract
from samverk.access.extracts import choices_of, extracts_of
from samverk.actions import extracts as acts
from samverk.web import act
from samverk.web.extract_file import as_zip
from samverk.web.forms.extracts import ChoiceForm, DecisionForm
from samverk.web.needs import needs
from samverk.web.shown import sent, show


@needs(ReadCase)
def choice(request: HttpRequest, case: UUID) -> HttpResponse:
    """What evaluation means for her, and what she has said."""
    facts, herself, view = act.look(request, ReadCase, lambda p: (p.case, p.as_herself, choices_of(p)), case=case)
    return render(request, "extracts/choice.html", {"facts": facts, "as_herself": herself, "view": view})


@needs(ChooseEvaluation)
def choose(request: HttpRequest, case: UUID) -> HttpResponse:
    """Say yes or no, or write down what she has said."""
    facts, herself = act.look(request, ChooseEvaluation, lambda p: (p.case, p.as_herself), case=case)
    form = ChoiceForm(sent(request), as_herself=herself)
    if form.is_valid():
        says, how = form.cleaned_data["says"] == "yes", form.cleaned_data.get("on_behalf", "")
        if act.done(
            request, ChooseEvaluation, lambda p: acts.choose(p, says=says, on_behalf=how), form=form, case=case
        ):
            messages.success(request, gettext("Svaret är sparat och gäller från nu."))
            return redirect("evaluation_choice", case=case)
    return show(request, "extracts/choose.html", form, facts=facts, as_herself=herself)


@needs(SeeExtracts)
def extracts(request: HttpRequest, programme: UUID) -> HttpResponse:
    """How many could be in an extract, on what basis, and what has been taken."""
    view = act.look(request, SeeExtracts, extracts_of, programme=programme)
    return show(request, "extracts/extracts.html", forms.Form(), view=view)


@needs(SeeExtracts, TakeExtract)
def take(request: HttpRequest, programme: UUID) -> HttpResponse:
    """The file itself. Decided again at that moment, and kept by nobody on the way."""
    form, taken = forms.Form(sent(request)), None
    if form.is_valid():
        taken = act.perform(request, TakeExtract, lambda p: (acts.take(p), p.today), form=form, programme=programme)
    if taken is None:
        view = act.look(request, SeeExtracts, extracts_of, programme=programme)
        return show(request, "extracts/extracts.html", form, view=view)
    extract, today = taken
    return HttpResponse(
        as_zip(extract, day=today),
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="samverk-uttag-{today}.zip"',
            "Cache-Control": "no-store",
        },
    )


@needs(SeeExtracts, DecideEvaluation)
def decide(request: HttpRequest, programme: UUID) -> HttpResponse:
    """Record the principal's decision."""
    view = act.look(request, SeeExtracts, extracts_of, programme=programme)
    if not view.may_decide or view.decision:
        raise Http404
    form = DecisionForm(sent(request))
    form.offer(codes.names("evaluation_ground")["evaluation_ground"].values())
    if form.is_valid():
        typed = form.cleaned_data
        if act.done(request, DecideEvaluation, lambda p: acts.decide(p, **typed), form=form, programme=programme):
            messages.success(request, gettext("Beslutet är sparat. Alla i programmet kan fortfarande säga nej."))
            return redirect("extracts", programme=programme)
    return show(request, "extracts/decide.html", form, view=view)


@needs(SeeExtracts, DecideEvaluation)
def end_decision(request: HttpRequest, programme: UUID) -> HttpResponse:
    """End the decision that holds."""
    view = act.look(request, SeeExtracts, extracts_of, programme=programme)
    if not view.may_decide or view.decision is None:
        raise Http404
    form, decision = forms.Form(sent(request)), view.decision.id
    if form.is_valid() and act.done(
        request, DecideEvaluation, lambda p: acts.end_decision(p, decision=decision), form=form, programme=programme
    ):
        messages.success(request, gettext("Beslutet är avslutat. Nu är bara de med som har sagt ja."))
        return redirect("extracts", programme=programme)
    return show(request, "extracts/end_decision.html", form, view=view)


urlpatterns = [
    path("arenden/<uuid:case>/utvardering/", choice, name="evaluation_choice"),
    path("arenden/<uuid:case>/utvardering/svara/", choose, name="evaluation_choose"),
    path("program/<uuid:programme>/uttag/", extracts, name="extracts"),
    path("program/<uuid:programme>/uttag/hamta/", take, name="extract_take"),
    path("program/<uuid:programme>/uttag/beslut/", decide, name="evaluation_decide"),
    path("program/<uuid:programme>/uttag/beslut/avsluta/", end_decision, name="evaluation_decision_end"),
]
