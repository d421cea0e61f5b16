"""Livelihood: the line, its spells, and what it costs her to be active."""

from dataclasses import asdict
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext

from samverk.access import codes, people
from samverk.access.declare import ReadCase, WriteLivelihood
from samverk.access.livelihood import EstimateView, LivelihoodView, SpellView, livelihood_of
from samverk.access.permit import CaseFacts, Permit
from samverk.actions import livelihood as acts
from samverk.web import act, timebars
from samverk.web.forms import livelihood as forms
from samverk.web.needs import needs
from samverk.web.shown import sent, show


@needs(ReadCase)
def listing(request: HttpRequest, case: UUID) -> HttpResponse:
    """The line drawn and told, where it breaks, and before and during."""
    facts, view = _look(request, case)
    money = timebars.livelihood_card(view, (), timezone.localdate())
    return render(request, "livelihood/line.html", {"facts": facts, "view": view, "money": money})


@needs(ReadCase, WriteLivelihood)
def new(request: HttpRequest, case: UUID) -> HttpResponse:
    """Tell of one livelihood."""
    facts, form = act.look(request, ReadCase, lambda p: (p.case, _form(request, p, None)), case=case)
    if form.is_valid() and act.done(
        request, WriteLivelihood, lambda p: acts.add(p, terms=form.terms()), form=form, case=case
    ):
        messages.success(request, gettext("Försörjningen är sparad."))
        return redirect("livelihood", case=case)
    return show(request, "livelihood/edit.html", form, facts=facts, view=None)


@needs(ReadCase, WriteLivelihood)
def edit(request: HttpRequest, case: UUID, spell: UUID) -> HttpResponse:
    """Correct one, or say when it ends."""
    facts, view = _spell(request, case, spell)
    form = act.look(request, ReadCase, lambda p: _form(request, p, view), case=case)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0

        def do(permit: Permit[WriteLivelihood]) -> None:
            acts.change(permit, spell=spell, terms=form.terms(), version=version)

        if act.done(request, WriteLivelihood, do, form=form, case=case):
            messages.success(request, gettext("Ändringen är sparad."))
            return redirect("livelihood", case=case)
    return show(request, "livelihood/edit.html", form, facts=facts, view=view)


@needs(ReadCase, WriteLivelihood)
def wrong(request: HttpRequest, case: UUID, spell: UUID) -> HttpResponse:
    """Mark as wrong what was never true."""
    facts, view = _spell(request, case, spell)
    form = forms.WrongForm(sent(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if act.done(
            request, WriteLivelihood, lambda p: acts.mark_wrong(p, spell=spell, reason=reason), form=form, case=case
        ):
            messages.success(request, gettext("Uppgiften är markerad som fel och räknas inte längre."))
            return redirect("livelihood", case=case)
    return show(request, "livelihood/wrong.html", form, facts=facts, view=view)


@needs(ReadCase, WriteLivelihood)
def estimate(request: HttpRequest, case: UUID) -> HttpResponse:
    """What she has each month before and during."""
    facts, view = _look(request, case)
    if not view.may_write:
        raise Http404
    now = view.estimate
    form = forms.EstimateForm(sent(request), initial=_start(now))
    if act.actor(request).person is not None:
        form.for_herself()
    if form.is_valid():
        words, told = form.cleaned_data["words"], form.cleaned_data.get("on_behalf", "")
        version = form.cleaned_data["version"] or 0

        def do(permit: Permit[WriteLivelihood]) -> UUID:
            id = now.id if now else None
            return acts.estimate(
                permit, terms=form.estimate(), words=words, on_behalf=told, estimate=id, version=version
            )

        if act.done(request, WriteLivelihood, do, form=form, case=case):
            messages.success(request, gettext("Beräkningen är sparad."))
            return redirect("livelihood", case=case)
    return show(request, "livelihood/estimate.html", form, facts=facts)


def _look(request: HttpRequest, case: UUID) -> tuple[CaseFacts, LivelihoodView]:
    return act.look(request, ReadCase, lambda p: (p.case, livelihood_of(p)), case=case)


def _spell(request: HttpRequest, case: UUID, spell: UUID) -> tuple[CaseFacts, SpellView]:
    """A spell that one may change; for others there is no such page."""
    facts, line = _look(request, case)
    view = next((view for view in line.spells if view.id == spell and view.may_change), None)
    if view is None:
        raise Http404
    return facts, view


def _form(request: HttpRequest, permit: Permit[ReadCase], view: SpellView | None) -> forms.SpellForm:
    start = {**asdict(view.terms), "certain": str(view.terms.certain), "version": view.version} if view else {}
    form = forms.SpellForm(sent(request), initial=start)
    form.offer(codes.names("livelihood")["livelihood"], people.parties(permit).values(), view.terms if view else None)
    return form


def _start(now: EstimateView | None) -> dict[str, object]:
    if now is None:
        return {}
    return {**asdict(now.terms), "words": now.words, "on_behalf": now.on_behalf, "version": now.version}


urlpatterns = [
    path("arenden/<uuid:case>/forsorjning/", listing, name="livelihood"),
    path("arenden/<uuid:case>/forsorjning/ny/", new, name="livelihood_new"),
    path("arenden/<uuid:case>/forsorjning/berakning/", estimate, name="livelihood_estimate"),
    path("arenden/<uuid:case>/forsorjning/<uuid:spell>/andra/", edit, name="livelihood_edit"),
    path("arenden/<uuid:case>/forsorjning/<uuid:spell>/fel/", wrong, name="livelihood_wrong"),
]
