"""Follow-ups: what is planned, her answers, and what was missed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext

from samverk.access import codes, follow_ups
from samverk.access.declare import ReadCase, WriteFollowUp
from samverk.access.permit import Permit
from samverk.actions import follow_ups as acts
from samverk.domain.follow_up import RATINGS, Point
from samverk.web import act, words
from samverk.web.forms import follow_ups as forms
from samverk.web.needs import needs
from samverk.web.shown import sent, show

POINTS = {"start": Point.START, "slut": Point.END}
SLUGS = {point.value: slug for slug, point in POINTS.items()}
LISTS = ("livelihood", "occupation", "follow_up_how", "follow_up_missed")
Line = tuple[str, str]


@needs(ReadCase)
def listing(request: HttpRequest, case: UUID) -> HttpResponse:
    """The points in the order of time, with what was answered."""
    facts, views, record, names = act.look(request, ReadCase, _list, case=case)
    page = {
        "facts": facts,
        "rows": [(view, _lines(view, names)) for view in views],
        "record": [(SLUGS[point], words.point_word(point, 0)) for point in record],
        "first": next((view for view in views if view.may_answer and view.status != "done"), None),
    }
    return render(request, "follow_ups/list.html", page)


@needs(ReadCase, WriteFollowUp)
def answer(request: HttpRequest, case: UUID, follow_up: UUID) -> HttpResponse:
    """The questions, on her phone or asked by an official."""
    facts, view, names = act.look(
        request,
        ReadCase,
        lambda p: (p.case, follow_ups.follow_up(p, id=follow_up), codes.names(*LISTS)),
        case=case,
    )
    if view is None or (request.method != "POST" and not view.may_answer):
        raise Http404
    form = _form(request, names, view)
    if form.is_valid():
        data = form.cleaned_data
        if act.done(
            request,
            WriteFollowUp,
            lambda p: acts.answer(
                p,
                follow_up=follow_up,
                version=data["version"] or 0,
                status=form.status(),
                answered_on=data.get("answered_on") or p.today,
                how=data.get("how", ""),
            ),
            form=form,
            case=case,
        ):
            messages.success(request, gettext("Svaren är sparade."))
            return redirect("follow_ups", case=case)
    heading = words.point_word(view.point, view.months)
    return show(request, "follow_ups/answer.html", form, facts=facts, heading=heading)


@needs(ReadCase, WriteFollowUp)
def record(request: HttpRequest, case: UUID, point: str) -> HttpResponse:
    """How things are at the start or at the end, to compare with later."""
    if point not in POINTS:
        raise Http404
    facts, _views, may, names = act.look(request, ReadCase, _list, case=case)
    if request.method != "POST" and POINTS[point].value not in may:
        raise Http404
    form = _form(request, names, None)
    if form.is_valid():
        data = form.cleaned_data
        if act.done(
            request,
            WriteFollowUp,
            lambda p: acts.record_now(
                p,
                point=POINTS[point],
                status=form.status(),
                answered_on=data.get("answered_on") or p.today,
                how=data.get("how", ""),
            ),
            form=form,
            case=case,
        ):
            messages.success(request, gettext("Svaren är sparade."))
            return redirect("follow_ups", case=case)
    heading = words.point_word(POINTS[point].value, 0)
    return show(request, "follow_ups/answer.html", form, facts=facts, heading=heading)


@needs(ReadCase, WriteFollowUp)
def miss(request: HttpRequest, case: UUID, follow_up: UUID) -> HttpResponse:
    """No answer this time: why, and when again."""
    facts, view, names = act.look(
        request,
        ReadCase,
        lambda p: (p.case, follow_ups.follow_up(p, id=follow_up), codes.names(*LISTS)),
        case=case,
    )
    if view is None or not (view.may_miss or (request.method == "POST" and act.actor(request).person is None)):
        raise Http404
    form = forms.Miss(sent(request), initial={"version": view.version})
    form.offer(names["follow_up_missed"].values())
    if form.is_valid():
        data = form.cleaned_data
        if act.done(request, WriteFollowUp, lambda p: acts.miss(p, follow_up=follow_up, **data), form=form, case=case):
            messages.success(request, gettext("Sparat."))
            return redirect("follow_ups", case=case)
    return show(request, "follow_ups/miss.html", form, facts=facts, view=view)


def _list(permit: Permit[ReadCase]) -> tuple[Any, tuple[follow_ups.FollowUpView, ...], tuple[str, ...], codes.Names]:
    views = follow_ups.follow_ups_of(permit)
    return permit.case, views, follow_ups.may_record(permit, views), codes.names(*LISTS)


def _form(request: HttpRequest, names: codes.Names, view: follow_ups.FollowUpView | None) -> forms.Answers:
    start: dict[str, object] = {"answered_on": timezone.localdate(), "version": view.version if view else 0}
    if view is not None and view.status == "done":
        told = view.answers
        start |= {"words": told.words, "livelihoods": list(told.livelihoods), "occupation": told.occupation}
        start |= {"health": told.health, "how": view.how, "answered_on": view.answered_on}
        start |= {name: getattr(told, name) for name in RATINGS}
    form = forms.Answers(sent(request), initial=start)
    form.offer(
        names["livelihood"].values(),
        names["occupation"].values(),
        names["follow_up_how"].values(),
        herself=act.actor(request).person is not None,
    )
    return form


def _lines(view: follow_ups.FollowUpView, names: codes.Names) -> list[Line]:
    """What was answered, beside what was asked; her words are shown by themselves."""
    told = view.answers
    asked = forms.Answers.base_fields
    values: dict[str, str] = {
        "livelihoods": ", ".join(codes.word(names, "livelihood", code) for code in told.livelihoods),
        "occupation": codes.word(names, "occupation", told.occupation) if told.occupation else "",
        "health": "" if told.health is None else gettext("%(n)s av 100") % {"n": told.health},
    }
    for name in RATINGS:
        value = getattr(told, name)
        values[name] = "" if value is None else gettext("%(n)s av 5") % {"n": value}
    return [(str(asked[name].label), text) for name, text in values.items() if text]


urlpatterns = [
    path("arenden/<uuid:case>/uppfoljning/", listing, name="follow_ups"),
    path("arenden/<uuid:case>/uppfoljning/laget/<slug:point>/", record, name="follow_up_record"),
    path("arenden/<uuid:case>/uppfoljning/<uuid:follow_up>/svar/", answer, name="follow_up_answer"),
    path("arenden/<uuid:case>/uppfoljning/<uuid:follow_up>/missad/", miss, name="follow_up_miss"),
]
