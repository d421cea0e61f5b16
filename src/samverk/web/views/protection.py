"""How a person's identity is protected: more at once, less when a second person has said yes."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from samverk.access import protection as access
from samverk.access.declare import AnswerProtection, ReadCase, SetProtection
from samverk.actions import protection as acts
from samverk.domain.information import Protection
from samverk.web import act
from samverk.web.asked import id_of
from samverk.web.forms.protection import LEVELS, Level
from samverk.web.needs import needs
from samverk.web.shown import sent, show


@needs(ReadCase, SetProtection)
def protection(request: HttpRequest, case: UUID) -> HttpResponse:
    """The level now and how it came to be; for whoever may, the form to change it."""
    facts, view = act.look(request, ReadCase, lambda p: (p.case, access.protection_of(p)), case=case)
    if view is None or (request.method == "POST" and not view.may_set):
        raise Http404
    form = Level(sent(request)) if view.may_set else None
    if form is not None and form.is_valid():
        level, reason = Protection(form.cleaned_data["level"]), form.cleaned_data["reason"]
        at_once = act.perform(
            request, SetProtection, lambda p: acts.set_level(p, level=level, reason=reason), form=form, case=case
        )
        if at_once is not None:
            messages.success(request, gettext("Skyddet gäller nu.") if at_once else gettext("Väntar på en andra."))
            return redirect("protection", case=case)
    return show(request, "protection/protection.html", form, facts=facts, view=view, levels=dict(LEVELS))


@needs(AnswerProtection)
@require_POST
def answer(request: HttpRequest, case: UUID) -> HttpResponse:
    """Say yes or no to less protection."""
    form = Form(request.POST)
    form.is_valid()
    change, yes = id_of(request.POST.get("change", "")) or UUID(int=0), "yes" in request.POST
    do = acts.lower if yes else acts.keep
    if act.done(request, AnswerProtection, lambda p: do(p, change=change), form=form, case=case):
        messages.success(request, gettext("Skyddet är sänkt.") if yes else gettext("Skyddet är kvar som det var."))
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return redirect("protection", case=case)


urlpatterns = [
    path("arenden/<uuid:case>/skydd/", protection, name="protection"),
    path("arenden/<uuid:case>/skydd/svar/", answer, name="answer_protection"),
]
