"""The plan: read it, say yes to it, follow it up, print it. And the goal that it comes from."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from samverk.access import plans
from samverk.access.declare import ReadCase, SetGoal, SignPlan, WritePlan
from samverk.access.livelihood import LivelihoodView, livelihood_of
from samverk.access.permit import Permit
from samverk.actions import plans as actions
from samverk.actions import signing
from samverk.web import act
from samverk.web.forms import plans as forms
from samverk.web.needs import needs
from samverk.web.shown import sent, show

HER_ID = "hennes_%s"
"""The coordinator may see two forms with the same fields on one page: her own yes, and the participant's."""


@needs(ReadCase)
def plan(request: HttpRequest, case: UUID) -> HttpResponse:
    """The plan that matters now: a proposal, else the agreed plan, else the draft."""
    return _page(request, case)


@needs(ReadCase)
def version(request: HttpRequest, case: UUID, number: int) -> HttpResponse:
    """One version, as it was."""
    return _page(request, case, number=number)


@needs(ReadCase)
def printed(request: HttpRequest, case: UUID, number: int | None = None) -> HttpResponse:
    """The plan as one document to hold in the hand."""
    name, page, money = act.look(request, ReadCase, lambda permit: _see(permit, number), case=case)
    if page is None or (page.plan is None and not page.withheld):
        raise Http404
    shown = {"name": name, "page": page, "plan": page.plan, "money": money if number is None else None}
    return render(request, "plans/print.html", {"case_id": case, **shown})


@needs(SignPlan, ReadCase)
@require_POST
def sign(request: HttpRequest, case: UUID) -> HttpResponse:
    """Say yes, for oneself or one's party."""
    form = forms.Yes(request.POST)
    return _signed(request, case, form, for_participant=False)


@needs(SignPlan, ReadCase)
@require_POST
def sign_for_her(request: HttpRequest, case: UUID) -> HttpResponse:
    """Record the participant's yes, spoken or on paper."""
    return _signed(request, case, forms.HerYes(request.POST, auto_id=HER_ID), for_participant=True)


@needs(SetGoal)
def goal(request: HttpRequest, case: UUID) -> HttpResponse:
    """The goal in her own words, and how it has grown."""
    herself = act.actor(request).person is not None
    kind = forms.Goal if herself else forms.HerGoal
    form = kind(sent(request))
    if form.is_valid():
        data = form.cleaned_data
        if act.done(
            request,
            SetGoal,
            lambda permit: actions.set_goal(
                permit, text=data["text"], version=data["version"], on_behalf=data.get("on_behalf", "")
            ),
            form=form,
            case=case,
        ):
            messages.success(request, gettext("Målet är sparat."))
            return redirect("plan", case=case)
    name, goals = act.look(request, SetGoal, lambda p: (p.case.person_name, plans.goals_of(p)), case=case)
    now = goals[0] if goals else None
    if not form.is_bound:
        form = kind(initial={"text": now.text, "version": now.number} if now else {"version": 0})
    return show(request, "plans/goal.html", form, case_id=case, name=name, goals=goals)


@needs(WritePlan, ReadCase)
def review(request: HttpRequest, case: UUID) -> HttpResponse:
    """Follow up the agreed plan, and extend its time where that is needed."""
    form = forms.Review(sent(request))
    if form.is_valid():
        data = form.cleaned_data
        if act.done(
            request,
            WritePlan,
            lambda permit: signing.review(
                permit,
                version=data["version"],
                text=data["text"],
                review_on=data["review_on"],
                limit_on=data["limit_on"],
            ),
            form=form,
            case=case,
        ):
            messages.success(request, gettext("Översynen är sparad."))
            return redirect("plan", case=case)
    name, page, _money = act.look(request, ReadCase, _see, case=case)
    in_force = page.in_force if page else None
    if in_force is not None:
        name, page, _money = act.look(request, ReadCase, lambda p: _see(p, in_force.number), case=case)
    if page is None or page.plan is None or page.plan.status != "agreed" or not page.may_write:
        raise Http404
    if not form.is_bound:
        form = forms.Review(initial={"limit_on": page.plan.limit_on, "version": page.plan.version})
    return show(request, "plans/review.html", form, case_id=case, name=name, page=page, plan=page.plan)


def _signed(request: HttpRequest, case: UUID, form: Form, *, for_participant: bool) -> HttpResponse:
    if form.is_valid():
        data = form.cleaned_data
        agreed = act.perform(
            request,
            SignPlan,
            lambda permit: signing.sign(
                permit,
                version=data["version"],
                for_participant=for_participant,
                how=data.get("how", "screen"),
            ),
            form=form,
            case=case,
        )
        if agreed is not None:
            thanks = gettext("Alla har sagt ja. Planen gäller.") if agreed else gettext("Underskriften är sparad.")
            messages.success(request, thanks)
            return redirect("plan", case=case)
    return _page(request, case, rejected=form)


def _page(request: HttpRequest, case: UUID, *, number: int | None = None, rejected: Form | None = None) -> HttpResponse:
    name, page, money = act.look(request, ReadCase, lambda permit: _see(permit, number), case=case)
    if page is None:
        raise Http404
    yes: Form | None = None
    her_yes: Form | None = None
    if page.plan is not None and page.may_sign:
        yes = forms.Yes(initial={"version": page.plan.version})
    if page.plan is not None and page.may_sign_for_her:
        her_yes = rejected if isinstance(rejected, forms.HerYes) else None
        her_yes = her_yes or forms.HerYes(initial={"version": page.plan.version}, auto_id=HER_ID)
    context = {
        "case_id": case,
        "name": name,
        "page": page,
        "plan": page.plan,
        "loss": money.estimate.loss if money.estimate else 0,
        "money": money,
        "yes": yes,
        "her_yes": her_yes,
        "as_version": number is not None,
    }
    return show(request, "plans/plan.html", rejected, **context)


def _see(permit: Permit[ReadCase], number: int | None = None) -> tuple[str, plans.PlanPage | None, LivelihoodView]:
    return permit.case.person_name, plans.plan_of(permit, number=number), livelihood_of(permit)


urlpatterns = [
    path("arenden/<uuid:case>/mal/", goal, name="goal"),
    path("arenden/<uuid:case>/plan/", plan, name="plan"),
    path("arenden/<uuid:case>/plan/ja/", sign, name="plan_sign"),
    path("arenden/<uuid:case>/plan/deltagarens-ja/", sign_for_her, name="plan_sign_for_her"),
    path("arenden/<uuid:case>/plan/uppfoljning/", review, name="plan_review"),
    path("arenden/<uuid:case>/plan/utskrift/", printed, name="plan_print"),
    path("arenden/<uuid:case>/plan/version/<int:number>/", version, name="plan_version"),
    path("arenden/<uuid:case>/plan/version/<int:number>/utskrift/", printed, name="plan_version_print"),
]
