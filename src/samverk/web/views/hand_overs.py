"""Hand-overs: who takes over, the answer, the meeting, and the moment of release."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverk.access import hand_overs, people
from samverk.access.declare import NameNext, ReadCase, TakeOver
from samverk.access.declare_house import Act
from samverk.access.may import may
from samverk.actions import hand_overs as acts
from samverk.domain.parties import Part
from samverk.web import act
from samverk.web.forms import hand_overs as forms
from samverk.web.needs import needs
from samverk.web.shown import sent, show


class Do(NamedTuple):
    """A step of a hand-over: its act, form, and words."""

    act: type[Act]
    form: type[Form]
    heading: Any
    button: Any
    done: Any
    do: Callable[..., None]
    may: str
    """The flag of the view that says whether it can be done now."""


DOINGS = {
    "ja": Do(
        TakeOver, forms.Confirm, _("Ta över uppdraget"), _("Ja, jag tar över"),
        _("Du har sagt ja. Träffa deltagaren och skriv in det här."), acts.accept, "may_answer",
    ),
    "nej": Do(
        TakeOver, forms.Decline, _("Säg nej"), _("Säg nej"), _("Ditt svar är sparat."), acts.decline, "may_answer"
    ),
    "traffats": Do(
        TakeOver, forms.Met, _("Ni har träffats"), _("Spara"), _("Sparat. Nu kan uppdraget lämnas över."), acts.met,
        "may_meet",
    ),
    "slapp": Do(
        NameNext, forms.Confirm, _("Lämna över"), _("Lämna över nu"), _("Uppdraget är överlämnat."), acts.release,
        "may_release",
    ),
    "avbryt": Do(
        NameNext, forms.Reason, _("Avbryt överlämningen"), _("Avbryt överlämningen"),
        _("Överlämningen är avbruten. Allt är som förut."), acts.cancel, "may_cancel",
    ),
}  # fmt: skip


@needs(ReadCase)
def listing(request: HttpRequest, case: UUID) -> HttpResponse:
    """What is being handed over, what has been, and the days that nobody held the case."""
    facts, views, days, may_name = act.look(
        request,
        ReadCase,
        lambda p: (p.case, hand_overs.hand_overs_of(p), hand_overs.days_without_of(p), may(p, NameNext)),
        case=case,
    )
    page = {
        "facts": facts,
        "live": [view for view in views if view.live],
        "earlier": [view for view in views if not view.live],
        "days": days,
        "may_name": may_name,
    }
    return render(request, "hand_overs/list.html", page)


@needs(ReadCase, NameNext)
def new(request: HttpRequest, case: UUID) -> HttpResponse:
    """Name who takes over."""
    facts, parts, officials, may_name = act.look(
        request,
        ReadCase,
        lambda p: (p.case, hand_overs.parts_held(p), people.officials_in(p), may(p, NameNext)),
        case=case,
    )
    if not may_name:
        raise Http404
    form = forms.Name(sent(request))
    form.offer(parts, officials)
    if form.is_valid():
        data = form.cleaned_data
        part, _colon, former = data["former"].partition(":")
        named = act.perform(
            request,
            NameNext,
            lambda p: acts.name(
                p,
                part=Part(part),
                former=UUID(former),
                next=UUID(data["next"]),
                what=data["what"],
                by_when=data["by_when"],
            ),
            form=form,
            case=case,
        )
        if named:
            messages.success(request, gettext("Sparat. Den som ska ta över kan nu svara."))
            return redirect("hand_over", case=case, hand_over=named)
    return show(request, "hand_overs/new.html", form, facts=facts)


@needs(ReadCase)
def one(request: HttpRequest, case: UUID, hand_over: UUID) -> HttpResponse:
    """One hand-over, how far it has come, and what comes next."""
    facts, view = _find(request, case, hand_over)
    return render(request, "hand_overs/one.html", {"facts": facts, "view": view})


@needs(ReadCase, TakeOver, NameNext)
def turn(request: HttpRequest, case: UUID, hand_over: UUID, do: str) -> HttpResponse:
    """Accept, decline, tell that they have met, release or cancel."""
    doing = DOINGS.get(do)
    if doing is None:
        raise Http404
    facts, view = _find(request, case, hand_over)
    if request.method != "POST" and not getattr(view, doing.may):
        raise Http404
    form = doing.form(sent(request), initial={"met_on": timezone.localdate()})
    if form.is_valid():
        data = form.cleaned_data
        if act.done(request, doing.act, lambda p: doing.do(p, hand_over=hand_over, **data), form=form, case=case):
            messages.success(request, str(doing.done))
            return redirect("hand_overs", case=case)
    return show(request, "hand_overs/turn.html", form, facts=facts, view=view, doing=doing)


def _find(request: HttpRequest, case: UUID, hand_over: UUID) -> tuple[Any, hand_overs.HandOverView]:
    facts, view = act.look(request, ReadCase, lambda p: (p.case, hand_overs.hand_over(p, id=hand_over)), case=case)
    if view is None:
        raise Http404
    return facts, view


urlpatterns = [
    path("arenden/<uuid:case>/overlamning/", listing, name="hand_overs"),
    path("arenden/<uuid:case>/overlamning/ny/", new, name="hand_over_new"),
    path("arenden/<uuid:case>/overlamning/<uuid:hand_over>/", one, name="hand_over"),
    path("arenden/<uuid:case>/overlamning/<uuid:hand_over>/<slug:do>/", turn, name="hand_over_turn"),
]
