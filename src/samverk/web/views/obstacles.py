"""Obstacles: in the case, and before the steering group, which learns no names."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext

from samverk.access import codes
from samverk.access.declare import ReadCase, ReportObstacle
from samverk.access.declare_house import DecideObstacle, RaiseObstacle, SeeSteering
from samverk.access.obstacles import MatterView, ObstacleView, SteeringView, obstacles_of, steering_of
from samverk.access.permit import CaseFacts, Permit
from samverk.actions import obstacles as acts
from samverk.web import act
from samverk.web.forms import obstacles as forms
from samverk.web.needs import needs
from samverk.web.shown import sent, show

FOUR_WEEKS = timedelta(weeks=4)


@needs(ReadCase)
def listing(request: HttpRequest, case: UUID) -> HttpResponse:
    """The obstacles that stand, and those that are over."""
    facts, obstacles = act.look(request, ReadCase, lambda p: (p.case, obstacles_of(p)), case=case)
    return render(request, "obstacles/list.html", {"facts": facts, "obstacles": obstacles})


@needs(ReportObstacle)
def report(request: HttpRequest, case: UUID) -> HttpResponse:
    """Tell of an obstacle."""
    facts = act.look(request, ReportObstacle, lambda p: p.case, case=case)
    form = forms.ReportForm(sent(request))
    form.offer(codes.names("obstacle")["obstacle"])
    if form.is_valid():
        typed = form.cleaned_data
        if act.done(request, ReportObstacle, lambda p: acts.report(p, **typed), form=form, case=case):
            messages.success(request, gettext("Hindret är sparat. Nu ser de andra det."))
            return redirect("obstacles", case=case)
    return show(request, "obstacles/report.html", form, facts=facts)


@needs(ReadCase, ReportObstacle)
def solve(request: HttpRequest, case: UUID, obstacle: UUID) -> HttpResponse:
    """Say how it was solved."""
    facts, view = _find(request, case, obstacle)
    form = forms.SolveForm(sent(request))
    if form.is_valid():
        text = form.cleaned_data["solution"]
        if act.done(
            request, ReportObstacle, lambda p: acts.solve(p, obstacle=obstacle, solution=text), form=form, case=case
        ):
            messages.success(request, gettext("Hindret är löst."))
            return redirect("obstacles", case=case)
    return show(request, "obstacles/solve.html", form, facts=facts, view=view)


@needs(ReadCase, ReportObstacle)
def pass_on(request: HttpRequest, case: UUID, obstacle: UUID) -> HttpResponse:
    """Pass it on to the steering group, without names and with a date."""
    facts, view = _find(request, case, obstacle)
    form = forms.PassOnForm(sent(request), initial={"decide_by": timezone.localdate() + FOUR_WEEKS})
    if form.is_valid():
        typed = form.cleaned_data
        if act.done(
            request, ReportObstacle, lambda p: acts.pass_on(p, obstacle=obstacle, **typed), form=form, case=case
        ):
            messages.success(request, gettext("Hindret ligger hos styrgruppen."))
            return redirect("obstacles", case=case)
    return show(request, "obstacles/pass_on.html", form, facts=facts, view=view)


@needs(SeeSteering)
def steering(request: HttpRequest, programme: UUID) -> HttpResponse:
    """What waits for the steering group, how old it is, and what became of the rest."""
    view = act.look(request, SeeSteering, steering_of, programme=programme)
    return render(request, "obstacles/steering.html", {"view": view})


@needs(SeeSteering, RaiseObstacle)
def steering_new(request: HttpRequest, programme: UUID) -> HttpResponse:
    """Tell of an obstacle that belongs to no single case."""
    view = act.look(request, SeeSteering, steering_of, programme=programme)
    form = forms.RaiseForm(sent(request), initial={"decide_by": timezone.localdate() + FOUR_WEEKS})
    form.offer(codes.names("obstacle")["obstacle"])
    if form.is_valid():
        typed = form.cleaned_data
        if act.done(request, RaiseObstacle, lambda p: acts.raise_matter(p, **typed), form=form, programme=programme):
            messages.success(request, gettext("Hindret ligger hos styrgruppen."))
            return redirect("steering", programme=programme)
    return show(request, "obstacles/steering_new.html", form, view=view)


@needs(SeeSteering, DecideObstacle)
def decide(request: HttpRequest, programme: UUID, matter: UUID) -> HttpResponse:
    """The steering group decides."""
    return _answer(
        request, programme, matter, forms.DecideForm, acts.decide, "obstacles/decide.html",
        told=gettext("Beslutet är sparat. Teamet ser det i ärendet."),
    )  # fmt: skip


@needs(SeeSteering, DecideObstacle)
def national(request: HttpRequest, programme: UUID, matter: UUID) -> HttpResponse:
    """The steering group cannot solve it: a message to national level."""
    return _answer(
        request, programme, matter, forms.NationalForm, acts.pass_to_national, "obstacles/national.html",
        told=gettext("Hindret är skickat till nationell nivå och räknas där."),
    )  # fmt: skip


def _answer(
    request: HttpRequest,
    programme: UUID,
    matter: UUID,
    form_class: type[Form],
    do: Callable[..., None],
    template: str,
    *,
    told: str,
) -> HttpResponse:
    view, asked = _matter(request, programme, matter)
    form = form_class(sent(request), initial={"on": timezone.localdate()})
    if form.is_valid():
        typed = form.cleaned_data

        def answer(permit: Permit[DecideObstacle]) -> None:
            do(permit, matter=matter, **typed)

        if act.done(request, DecideObstacle, answer, form=form, programme=programme):
            messages.success(request, told)
            return redirect("steering", programme=programme)
    return show(request, template, form, view=view, matter=asked)


def _find(request: HttpRequest, case: UUID, obstacle: UUID) -> tuple[CaseFacts, ObstacleView]:
    facts, obstacles = act.look(request, ReadCase, lambda p: (p.case, obstacles_of(p)), case=case)
    view = next((view for view in obstacles.open if view.id == obstacle), None)
    if view is None or not obstacles.may_solve:
        raise Http404
    return facts, view


def _matter(request: HttpRequest, programme: UUID, matter: UUID) -> tuple[SteeringView, MatterView]:
    view = act.look(request, SeeSteering, steering_of, programme=programme)
    asked = next((asked for asked in view.waiting if asked.id == matter), None)
    if asked is None or not view.may_decide:
        raise Http404
    return view, asked


urlpatterns = [
    path("arenden/<uuid:case>/hinder/", listing, name="obstacles"),
    path("arenden/<uuid:case>/hinder/nytt/", report, name="obstacle_report"),
    path("arenden/<uuid:case>/hinder/<uuid:obstacle>/lost/", solve, name="obstacle_solve"),
    path("arenden/<uuid:case>/hinder/<uuid:obstacle>/lyft/", pass_on, name="obstacle_pass_on"),
    path("program/<uuid:programme>/styrgrupp/", steering, name="steering"),
    path("program/<uuid:programme>/styrgrupp/nytt/", steering_new, name="steering_new"),
    path("program/<uuid:programme>/styrgrupp/<uuid:matter>/beslut/", decide, name="steering_decide"),
    path("program/<uuid:programme>/styrgrupp/<uuid:matter>/nationellt/", national, name="steering_national"),
]
