"""Formal decisions beside the promises they answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext

from samverk.access import codes
from samverk.access import decisions as access
from samverk.access.declare import ReadCase, RecordDecision
from samverk.access.may import may
from samverk.access.permit import Permit
from samverk.actions import decisions as acts
from samverk.domain.decisions import NewDecision
from samverk.web import act
from samverk.web.asked import id_of
from samverk.web.forms import decisions as forms
from samverk.web.needs import needs
from samverk.web.shown import sent, show


@needs(ReadCase)
def listing(request: HttpRequest, case: UUID) -> HttpResponse:
    """What was promised at the table, what was decided at home, and what lies between."""
    today = timezone.localdate()
    facts, view, may_record = act.look(
        request, ReadCase, lambda p: (p.case, access.decisions_of(p, today), may(p, RecordDecision)), case=case
    )
    return render(request, "decisions/list.html", {"facts": facts, "view": view, "may_record": may_record})


@needs(ReadCase, RecordDecision)
def new(request: HttpRequest, case: UUID, promise: UUID | None = None) -> HttpResponse:
    """Record what one's own party has decided, on a promise of its own or without one."""
    today = timezone.localdate()

    def see(permit: Permit[ReadCase]) -> Any:
        rows = access.decisions_of(permit, today).promises if promise else ()
        found = next((row.promise for row in rows if row.promise.id == promise and row.may_decide), None)
        return permit.case, found, may(permit, RecordDecision), access.bases_of(permit)

    facts, promised, may_record, bases = act.look(request, ReadCase, see, case=case)
    if not may_record or (promise is not None and promised is None):
        raise Http404
    actor = act.actor(request)
    start = {"decider": actor.name, "decider_title": actor.title, "decided_on": today, "category": "process"}
    if promised is not None:
        start |= {"kind": promised.decision_kind, "category": promised.category}
    form = forms.Decision(sent(request), initial=start | {"basis": request.GET.get("underlag", "")})
    words = codes.names("decision_kind", "category")
    form.offer(words["decision_kind"], words["category"], bases, promised=promised is not None)
    if form.is_valid():
        data = form.cleaned_data
        category, settles = data.pop("category"), data.pop("settles", False)
        basis = id_of(data.pop("basis", ""))
        decision = NewDecision(**data)
        if act.done(
            request,
            RecordDecision,
            lambda p: acts.record(
                p, decision=decision, category=category, promise=promise, settles=settles, basis=basis
            ),
            form=form,
            case=case,
        ):
            messages.success(request, gettext("Beslutet är sparat. Deltagaren ser det nu."))
            return redirect("decisions", case=case)
    return show(request, "decisions/new.html", form, facts=facts, promised=promised)


urlpatterns = [
    path("arenden/<uuid:case>/beslut/", listing, name="decisions"),
    path("arenden/<uuid:case>/beslut/nytt/", new, name="decision_new"),
    path("arenden/<uuid:case>/beslut/nytt/<uuid:promise>/", new, name="decision_on"),
]
