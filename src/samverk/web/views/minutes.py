"""The meeting is held, and its minutes: written, decided, published, amended, printed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext

from samverk.access import codes, commitments, meetings
from samverk.access import minutes as access
from samverk.access.declare import ReadCase, WriteMinutes
from samverk.access.permit import CaseFacts, Permit
from samverk.actions import minutes as acts
from samverk.web import act
from samverk.web.forms import commitments as commitment_forms
from samverk.web.forms import meetings as forms
from samverk.web.needs import needs
from samverk.web.shown import sent
from samverk.web.views.meetings import changeable, find, small

Seen = tuple[CaseFacts, meetings.MeetingView, access.MinutesView]


@needs(ReadCase)
def minutes(request: HttpRequest, case: UUID, meeting: UUID) -> HttpResponse:
    """The minutes: the situation, what was said, the conclusion, and who does what by when."""
    facts, view, notes = _see(request, case, meeting)
    return render(request, "meetings/minutes.html", {"facts": facts, "view": view, "minutes": notes})


@needs(ReadCase)
def minutes_print(request: HttpRequest, case: UUID, meeting: UUID) -> HttpResponse:
    """The minutes on paper."""
    facts, view, notes = _see(request, case, meeting)
    return render(request, "meetings/minutes_print.html", {"facts": facts, "view": view, "minutes": notes})


@needs(ReadCase, WriteMinutes)
def hold(request: HttpRequest, case: UUID, meeting: UUID) -> HttpResponse:
    """It has been: who was there?"""
    facts, view = changeable(request, case, meeting)
    coming = [str(call.id) for call in view.invitations if call.status == "comes"]
    form = forms.Hold(
        sent(request),
        initial={"version": view.version, "on": min(view.day, timezone.localdate()), "present": coming},
    )
    form.offer(view.invitations)
    if form.is_valid():
        data = form.cleaned_data
        if act.done(
            request,
            WriteMinutes,
            lambda p: acts.hold(
                p,
                meeting=meeting,
                version=data["version"],
                on=data["on"],
                present=[UUID(id) for id in data["present"]],
                also=data["also"].splitlines(),
            ),
            form=form,
            case=case,
        ):
            messages.success(request, gettext("Sparat. Nu kan du skriva vad som sades och beslutades."))
            return redirect("minutes", case=case, meeting=meeting)
    return small(
        request,
        facts,
        view,
        form,
        heading=gettext("Mötet har varit"),
        intro=gettext("Kryssa i dem som verkligen var med."),
        button=gettext("Spara"),
    )


@needs(ReadCase, WriteMinutes)
def point(request: HttpRequest, case: UUID, meeting: UUID) -> HttpResponse:
    """Write a point."""
    facts, view = _writable(request, case, meeting)
    form = forms.Point(sent(request), initial={"category": "process"})
    form.fit(codes.names("category")["category"], published=view.status == "minuted")
    if form.is_valid():
        data = form.cleaned_data
        if act.done(request, WriteMinutes, lambda p: acts.add_point(p, meeting=meeting, **data), form=form, case=case):
            messages.success(request, gettext("Texten är sparad."))
            return redirect("minutes", case=case, meeting=meeting)
    return small(
        request,
        facts,
        view,
        form,
        heading=gettext("Skriv i minnesanteckningen"),
        intro=gettext("Vanliga ord, korta meningar. Det som ska göras skriver du som beslut."),
        button=gettext("Spara texten"),
    )


@needs(ReadCase, WriteMinutes)
def amend(request: HttpRequest, case: UUID, meeting: UUID, point: UUID) -> HttpResponse:
    """Another text of a point; the old one stays readable once the minutes are published."""
    facts, view, notes = _see(request, case, meeting)
    found = next((p for p in notes.written if p.id == point and p.mine), None)
    if found is None or not view.may_write:
        raise Http404
    form = forms.Amend(sent(request), initial={"version": found.version, "text": found.text})
    form.fit(published=view.status == "minuted")
    if form.is_valid():
        data = form.cleaned_data
        if act.done(request, WriteMinutes, lambda p: acts.rewrite_point(p, point=point, **data), form=form, case=case):
            messages.success(request, gettext("Ändringen är sparad."))
            return redirect("minutes", case=case, meeting=meeting)
    return small(
        request,
        facts,
        view,
        form,
        heading=gettext("Ändra i minnesanteckningen"),
        intro="",
        button=gettext("Spara ändringen"),
    )


@needs(ReadCase, WriteMinutes)
def decide(request: HttpRequest, case: UUID, meeting: UUID) -> HttpResponse:
    """A decision: who does what by when."""
    facts, view = _writable(request, case, meeting)
    if view.status != "held":
        raise Http404
    form = commitment_forms.NewCommitment(sent(request), initial={"category": "process"})
    act.look(request, ReadCase, lambda p: _offer(p, form), case=case)
    if form.is_valid():
        promise = form.promise()
        if act.done(
            request, WriteMinutes, lambda p: acts.decide(p, meeting=meeting, promise=promise), form=form, case=case
        ):
            messages.success(request, gettext("Beslutet är sparat som ett åtagande."))
            return redirect("minutes", case=case, meeting=meeting)
    return small(
        request,
        facts,
        view,
        form,
        heading=gettext("Skriv in ett beslut"),
        intro=gettext("Ett beslut är att någon gör något till en viss dag. Annars skriver du det som text."),
        button=gettext("Spara beslutet"),
    )


@needs(ReadCase, WriteMinutes)
def publish(request: HttpRequest, case: UUID, meeting: UUID) -> HttpResponse:
    """The minutes are done."""
    facts, view = changeable(request, case, meeting)
    form = forms.Publish(sent(request), initial={"version": view.version})
    if form.is_valid():
        version = form.cleaned_data["version"]
        if act.done(
            request, WriteMinutes, lambda p: acts.publish(p, meeting=meeting, version=version), form=form, case=case
        ):
            messages.success(request, gettext("Minnesanteckningen är klar. Deltagaren kan läsa den nu."))
            return redirect("minutes", case=case, meeting=meeting)
    return small(
        request,
        facts,
        view,
        form,
        heading=gettext("Är minnesanteckningen klar?"),
        intro=gettext("Deltagaren kan läsa den direkt. Sedan går den bara att ändra med ett skäl."),
        button=gettext("Ja, den är klar"),
    )


def _see(request: HttpRequest, case: UUID, meeting: UUID) -> Seen:
    today = timezone.localdate()

    def see(permit: Permit[ReadCase]) -> Any:
        view = meetings.meeting(permit, meeting, today, whole=False)
        notes = None if view is None else access.minutes_of(permit, view, today)
        return permit.case, view, notes

    facts, view, notes = act.look(request, ReadCase, see, case=case)
    if view is None or view.status not in ("held", "minuted"):
        raise Http404
    return facts, view, notes


def _writable(request: HttpRequest, case: UUID, meeting: UUID) -> tuple[CaseFacts, meetings.MeetingView]:
    facts, view = find(request, case, meeting)
    if not view.may_write:
        raise Http404
    return facts, view


def _offer(permit: Permit[ReadCase], form: commitment_forms.NewCommitment) -> None:
    words = codes.names("category", "decision_kind")
    form.offer(commitments.in_case(permit), words["category"], words["decision_kind"], person=permit.case.person_name)
    del form.fields["on_behalf"]


urlpatterns = [
    path("arenden/<uuid:case>/moten/<uuid:meeting>/har-varit/", hold, name="minutes_hold"),
    path("arenden/<uuid:case>/moten/<uuid:meeting>/minnesanteckning/", minutes, name="minutes"),
    path("arenden/<uuid:case>/moten/<uuid:meeting>/minnesanteckning/text/", point, name="minutes_point"),
    path("arenden/<uuid:case>/moten/<uuid:meeting>/minnesanteckning/beslut/", decide, name="minutes_decide"),
    path("arenden/<uuid:case>/moten/<uuid:meeting>/minnesanteckning/klar/", publish, name="minutes_publish"),
    path("arenden/<uuid:case>/moten/<uuid:meeting>/minnesanteckning/utskrift/", minutes_print, name="minutes_print"),
    path("arenden/<uuid:case>/moten/<uuid:meeting>/minnesanteckning/<uuid:point>/", amend, name="minutes_amend"),
]
