"""Multi-party meetings: the list, one meeting, and its call."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext

from samverk.access import codes, commitments, meetings
from samverk.access.declare import CallMeeting, ReadCase
from samverk.access.may import may
from samverk.access.permit import CaseFacts, Permit
from samverk.actions import meetings as acts
from samverk.web import act
from samverk.web.forms import meetings as forms
from samverk.web.needs import needs
from samverk.web.shown import sent, show


@needs(ReadCase)
def listing(request: HttpRequest, case: UUID) -> HttpResponse:
    """The meetings that come, and those that have been."""
    today = timezone.localdate()
    facts, views, may_call = act.look(
        request, ReadCase, lambda p: (p.case, meetings.meetings_of(p, today), may(p, CallMeeting)), case=case
    )
    page = {
        "facts": facts,
        "may_call": may_call,
        "ahead": sorted((v for v in views if v.ahead), key=lambda v: v.starts_at),
        "unwritten": [v for v in views if v.unwritten],
        "been": [v for v in views if not v.ahead and not v.unwritten],
    }
    return render(request, "meetings/list.html", page)


@needs(ReadCase)
def one(request: HttpRequest, case: UUID, meeting: UUID) -> HttpResponse:
    """One meeting: who comes, what shall be decided, what she wants to bring up, what was decided."""
    today = timezone.localdate()

    def see(permit: Permit[ReadCase]) -> tuple[CaseFacts, Any, Any]:
        view = meetings.meeting(permit, meeting, today)
        decided = (
            () if view is None or view.status == "called" else commitments.commitments_of(permit, today, history=False)
        )
        return permit.case, view, [c for c in decided if c.source_item == meeting]

    facts, view, decided = act.look(request, ReadCase, see, case=case)
    if view is None:
        raise Http404
    return render(request, "meetings/one.html", {"facts": facts, "view": view, "decided": decided})


@needs(ReadCase, CallMeeting)
def new(request: HttpRequest, case: UUID) -> HttpResponse:
    """Call a meeting."""
    form = forms.CallMeeting(sent(request))
    facts = act.look(request, ReadCase, lambda p: _offer(p, form), case=case)
    if form.is_valid():
        called = act.perform(request, CallMeeting, lambda p: acts.call(p, meeting=_meeting(form)), form=form, case=case)
        if called is not None:
            messages.success(request, gettext("Kallelsen är skickad. Alla som är bjudna ser den och kan svara."))
            return redirect("meeting", case=case, meeting=called)
    return show(request, "meetings/new.html", form, facts=facts)


@needs(ReadCase, CallMeeting)
def edit(request: HttpRequest, case: UUID, meeting: UUID) -> HttpResponse:
    """Change purpose, place, questions, and call more people."""
    facts, view = changeable(request, case, meeting)
    form = forms.ChangeMeeting(sent(request), initial=_initial(view))
    act.look(request, ReadCase, lambda p: _offer(p, form), case=case)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        to = _meeting(form)
        if act.done(
            request,
            CallMeeting,
            lambda p: acts.change(p, meeting=meeting, version=version, to=to),
            form=form,
            case=case,
        ):
            messages.success(request, gettext("Ändringen är sparad."))
            return redirect("meeting", case=case, meeting=meeting)
    return show(request, "meetings/new.html", form, facts=facts, view=view)


@needs(ReadCase, CallMeeting)
def move(request: HttpRequest, case: UUID, meeting: UUID) -> HttpResponse:
    """Another time."""
    facts, view = changeable(request, case, meeting)
    form = forms.MoveMeeting(sent(request), initial={"version": view.version, "starts_at": view.starts_at})
    if form.is_valid():
        data = form.cleaned_data
        if act.done(request, CallMeeting, lambda p: acts.move(p, meeting=meeting, **data), form=form, case=case):
            messages.success(request, gettext("Mötet är flyttat. Alla är frågade på nytt."))
            return redirect("meeting", case=case, meeting=meeting)
    return small(
        request,
        facts,
        view,
        form,
        heading=gettext("Flytta mötet"),
        intro=gettext("Alla blir frågade på nytt. Den gamla tiden går fortfarande att läsa."),
        button=gettext("Flytta mötet"),
    )


@needs(ReadCase, CallMeeting)
def cancel(request: HttpRequest, case: UUID, meeting: UUID) -> HttpResponse:
    """Call the meeting off."""
    facts, view = changeable(request, case, meeting)
    form = forms.CancelMeeting(sent(request), initial={"version": view.version})
    if form.is_valid():
        data = form.cleaned_data
        if act.done(request, CallMeeting, lambda p: acts.cancel(p, meeting=meeting, **data), form=form, case=case):
            messages.success(request, gettext("Mötet är inställt."))
            return redirect("meeting", case=case, meeting=meeting)
    return small(
        request,
        facts,
        view,
        form,
        heading=gettext("Ställ in mötet"),
        intro=gettext("Alla som är bjudna ser att mötet är inställt, och varför."),
        button=gettext("Ställ in mötet"),
        stop=True,
    )


def find(
    request: HttpRequest, case: UUID, meeting: UUID, *, whole: bool = False
) -> tuple[CaseFacts, meetings.MeetingView]:
    """The case and the meeting, or 404: forbidden and absent look the same."""
    today = timezone.localdate()
    facts, view = act.look(
        request, ReadCase, lambda p: (p.case, meetings.meeting(p, meeting, today, whole=whole)), case=case
    )
    if view is None:
        raise Http404
    return facts, view


def changeable(request: HttpRequest, case: UUID, meeting: UUID) -> tuple[CaseFacts, meetings.MeetingView]:
    """The meeting, for whoever may change it, or 404."""
    facts, view = find(request, case, meeting, whole=True)
    if not view.may_change:
        raise Http404
    return facts, view


def small(request: HttpRequest, facts: CaseFacts, view: meetings.MeetingView, form: Any, **words: Any) -> HttpResponse:
    """A page with one form about a meeting."""
    return show(request, "meetings/form.html", form, facts=facts, view=view, **words)


def _offer(permit: Permit[ReadCase], form: forms.ChangeMeeting) -> CaseFacts:
    if not may(permit, CallMeeting):
        raise Http404
    form.offer(
        commitments.in_case(permit, work_places=True),
        codes.names("decision_kind")["decision_kind"],
        me=permit.actor.account,
    )
    return permit.case


def _meeting(form: forms.ChangeMeeting) -> acts.NewMeeting:
    data = form.cleaned_data
    return acts.NewMeeting(
        purpose=data["purpose"],
        starts_at=data.get("starts_at"),
        place=data["place"],
        how=data["how"],
        interpreter=data["interpreter"],
        officials=form.accounts(),
        questions=form.questions(),
    )


def _initial(view: meetings.MeetingView) -> dict[str, Any]:
    start: dict[str, Any] = {
        "version": view.version,
        "purpose": view.purpose,
        "how": view.how,
        "place": view.place,
        "interpreter": view.interpreter,
        "officials": [str(call.account) for call in view.invitations if call.account],
    }
    for n, question in enumerate(view.questions, 1):
        start |= {f"question_{n}": question.text, f"kind_{n}": question.decision_kind}
    return start


urlpatterns = [
    path("arenden/<uuid:case>/moten/", listing, name="meetings"),
    path("arenden/<uuid:case>/moten/nytt/", new, name="meeting_new"),
    path("arenden/<uuid:case>/moten/<uuid:meeting>/", one, name="meeting"),
    path("arenden/<uuid:case>/moten/<uuid:meeting>/andra/", edit, name="meeting_edit"),
    path("arenden/<uuid:case>/moten/<uuid:meeting>/flytta/", move, name="meeting_move"),
    path("arenden/<uuid:case>/moten/<uuid:meeting>/stall-in/", cancel, name="meeting_cancel"),
]
