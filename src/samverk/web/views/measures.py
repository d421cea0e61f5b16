"""Measures: the list, one with its history, and what can be done with it."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverk.access import codes, people
from samverk.access import measures as reads
from samverk.access.declare import ReadCase, WriteMeasure
from samverk.access.livelihood import livelihood_of
from samverk.access.measures import MeasureDetail, MeasureView
from samverk.access.permit import CaseFacts, Permit
from samverk.actions import measures as acts
from samverk.domain.measures import Terms
from samverk.web import act, timebars
from samverk.web.forms import measures as forms
from samverk.web.needs import needs
from samverk.web.shown import sent, show


class Do(NamedTuple):
    """A change of state: its verb, form and words, and the act."""

    verb: str
    form: type[forms.Move]
    heading: Promise
    intro: Promise
    button: Promise
    done: Promise
    act: Callable[..., None]


DOINGS = {
    "planera": Do(
        "plan", forms.Plan, _("Planera insatsen"), _("Insatsen är beställd eller beslutad. Skriv när den är tänkt."),
        _("Spara som planerad"), _("Insatsen är planerad."), acts.plan,
    ),
    "ko": Do(
        "wait", forms.Wait, _("Ställ i kö"), _("Planen finns, men det saknas en plats. Väntan syns tills insatsen börjar."),
        _("Spara i kö"), _("Insatsen står i kö."), acts.wait,
    ),
    "borja": Do(
        "start", forms.Start, _("Insatsen har börjat"), _("Skriv den första dagen som deltagaren var där."),
        _("Spara starten"), _("Insatsen pågår."), acts.start,
    ),
    "forlang": Do(
        "extend", forms.Extend, _("Förläng insatsen"), _("En förlängning behöver ett nytt beslut. Skriv vilket."),
        _("Spara förlängningen"), _("Insatsen är förlängd."), acts.extend,
    ),
    "klar": Do(
        "complete", forms.Complete, _("Insatsen är klar"), _("Berätta hur det gick. Det hjälper nästa steg."),
        _("Spara som avslutad"), _("Insatsen är avslutad."), acts.complete,
    ),
    "avbryt": Do(
        "break_off", forms.BreakOff, _("Avbryt i förtid"), _("Insatsen slutade före sin tid. Välj varför."),
        _("Spara avbrottet"), _("Insatsen är avbruten."), acts.break_off,
    ),
    "inte-av": Do(
        "drop", forms.Drop, _("Insatsen blir inte av"), _("Den har inte börjat, och ska inte göra det. Välj varför."),
        _("Spara"), _("Sparat: insatsen blir inte av."), acts.drop,
    ),
    "misstag": Do(
        "mistake", forms.Drop, _("Insatsen skrevs in av misstag"), _("Den står kvar, markerad, så att alla ser vad som hände."),
        _("Markera som misstag"), _("Insatsen är markerad som ett misstag."), acts.mistake,
    ),
}  # fmt: skip
FIRST_CHOICE = ("plan", "start", "complete", "wait")
"""Which act gets the filled button, where several are open."""


@needs(ReadCase)
def listing(request: HttpRequest, case: UUID) -> HttpResponse:
    """All measures that the reader may see, with livelihood under them as one drawing."""
    facts, measures, livelihood = act.look(
        request, ReadCase, lambda p: (p.case, reads.measures_of(p), livelihood_of(p)), case=case
    )
    money = timebars.livelihood_card(livelihood, measures.all, timezone.localdate())
    return render(request, "measures/list.html", {"facts": facts, "measures": measures, "money": money})


@needs(ReadCase)
def one(request: HttpRequest, case: UUID, measure: UUID) -> HttpResponse:
    """One measure, its history, and what can be done with it."""
    facts, detail = _find(request, case, measure)
    open_ = [(slug, do) for slug, do in DOINGS.items() if do.verb in detail.measure.verbs]
    first = next((verb for verb in FIRST_CHOICE if verb in detail.measure.verbs), "")
    if detail.measure.limit is not None and "extend" in detail.measure.verbs:
        first = "extend"
    return render(
        request,
        "measures/one.html",
        {"facts": facts, "detail": detail, "view": detail.measure, "doings": open_, "first": first},
    )


@needs(ReadCase, WriteMeasure)
def new(request: HttpRequest, case: UUID) -> HttpResponse:
    """Propose a measure."""
    facts, form = act.look(request, ReadCase, lambda p: (p.case, _form(request, p, None)), case=case)
    if form.is_valid():
        id = act.perform(request, WriteMeasure, lambda p: acts.propose(p, terms=form.terms()), form=form, case=case)
        if id:
            messages.success(request, gettext("Insatsen är föreslagen."))
            return redirect("measure", case=case, measure=id)
    return show(request, "measures/edit.html", form, facts=facts, view=None)


@needs(ReadCase, WriteMeasure)
def edit(request: HttpRequest, case: UUID, measure: UUID) -> HttpResponse:
    """Change what is agreed about a measure."""
    facts, detail = _find(request, case, measure)
    view = _mine(detail)
    form = act.look(request, ReadCase, lambda p: _form(request, p, view), case=case)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0

        def do(permit: Permit[WriteMeasure]) -> None:
            acts.change(permit, measure=measure, terms=form.terms(), version=version)

        if act.done(request, WriteMeasure, do, form=form, case=case):
            messages.success(request, gettext("Ändringen är sparad."))
            return redirect("measure", case=case, measure=measure)
    return show(request, "measures/edit.html", form, facts=facts, view=view)


@needs(ReadCase, WriteMeasure)
def move(request: HttpRequest, case: UUID, measure: UUID, do: str) -> HttpResponse:
    """Plan, start, extend, end: one change of state."""
    doing = DOINGS.get(do)
    if doing is None:
        raise Http404
    facts, detail = _find(request, case, measure)
    view = _mine(detail)
    if request.method != "POST" and doing.verb not in view.verbs:
        raise Http404
    form = doing.form(sent(request), initial=_start(view, timezone.localdate()))
    words = codes.names("measure_reason", "measure_outcome")
    form.offer(
        words["measure_reason"],
        words["measure_outcome"],
        mistake=doing.verb == "mistake",
        uninsured=view.uninsured,
    )
    if form.is_valid():
        typed = form.cleaned_data
        if act.done(request, WriteMeasure, lambda p: doing.act(p, measure=measure, **typed), form=form, case=case):
            messages.success(request, str(doing.done))
            return redirect("measure", case=case, measure=measure)
    return show(request, "measures/move.html", form, facts=facts, view=view, doing=doing)


@needs(ReadCase, WriteMeasure)
def subsidy(request: HttpRequest, case: UUID, measure: UUID) -> HttpResponse:
    """How the wage subsidy falls, step by step."""
    facts, detail = _find(request, case, measure)
    view = _mine(detail)
    if not view.subsidised:
        raise Http404
    form = forms.SubsidyForm(sent(request), steps=detail.subsidy, version=view.version)
    if form.is_valid():
        steps, version = form.steps(), form.cleaned_data["version"]

        def do(permit: Permit[WriteMeasure]) -> None:
            acts.set_subsidy(permit, measure=measure, steps=steps, version=version)

        if act.done(request, WriteMeasure, do, form=form, case=case):
            messages.success(request, gettext("Stegen är sparade."))
            return redirect("measure", case=case, measure=measure)
    pairs = [(form[f"day_{n}"], form[f"percent_{n}"]) for n in range(forms.SUBSIDY_ROWS)]
    return show(request, "measures/subsidy.html", form, facts=facts, view=view, pairs=pairs)


def _find(request: HttpRequest, case: UUID, measure: UUID) -> tuple[CaseFacts, MeasureDetail]:
    facts, detail = act.look(request, ReadCase, lambda p: (p.case, reads.measure(p, measure)), case=case)
    if detail is None:
        raise Http404
    return facts, detail


def _mine(detail: MeasureDetail) -> MeasureView:
    """The measure, for whoever may change it; for others there is no such page."""
    if not detail.measure.may_change:
        raise Http404
    return detail.measure


def _form(request: HttpRequest, permit: Permit[ReadCase], view: MeasureView | None) -> forms.MeasureForm:
    now: Terms | None = view.terms if view else None
    words = codes.names("measure", "insurance")
    start: Mapping[str, Any] = {**asdict(now), "version": view.version} if now and view else {}
    form = forms.MeasureForm(sent(request), initial=dict(start))
    form.offer(words["measure"], words["insurance"], people.parties(permit).values(), now)
    return form


def _start(view: MeasureView, today: date) -> dict[str, object]:
    return {
        "version": view.version,
        "on": today,
        "start": view.terms.planned_start,
        "end": view.terms.planned_end,
        "decided_on": today,
    }


urlpatterns = [
    path("arenden/<uuid:case>/insatser/", listing, name="measures"),
    path("arenden/<uuid:case>/insatser/ny/", new, name="measure_new"),
    path("arenden/<uuid:case>/insatser/<uuid:measure>/", one, name="measure"),
    path("arenden/<uuid:case>/insatser/<uuid:measure>/andra/", edit, name="measure_edit"),
    path("arenden/<uuid:case>/insatser/<uuid:measure>/lonebidrag/", subsidy, name="measure_subsidy"),
    path("arenden/<uuid:case>/insatser/<uuid:measure>/<slug:do>/", move, name="measure_move"),
]
