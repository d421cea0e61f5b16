"""What people say about a meeting: the answer to the call, her preparation, her guests, how it was."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext

from samverk.access import codes, commitments
from samverk.access.declare import AnswerCall, PrepareMeeting, ReadCase
from samverk.access.meetings import MeetingView
from samverk.access.permit import CaseFacts, Permit
from samverk.actions import answers as acts
from samverk.actions import meetings as meeting_acts
from samverk.web import act
from samverk.web.forms import meetings as forms
from samverk.web.needs import needs
from samverk.web.shown import sent, show
from samverk.web.views.meetings import find, small


@needs(ReadCase, AnswerCall)
def answer(request: HttpRequest, case: UUID, meeting: UUID, invitation: UUID) -> HttpResponse:
    """Three buttons: comes, other time, does not come."""
    facts, view = find(request, case, meeting)
    call = next((c for c in view.invitations if c.id == invitation and c.may_answer), None)
    if call is None or view.status != "called":
        raise Http404
    form = forms.AnswerCall(sent(request), initial={"text": call.text})
    form.fit(call, codes.names("decision_kind")["decision_kind"])
    if form.is_valid():
        data, pressed = form.cleaned_data, request.POST.get("answer", "")
        if act.done(
            request,
            AnswerCall,
            lambda p: acts.answer(p, invitation=invitation, answer=pressed, **data),
            form=form,
            case=case,
        ):
            messages.success(request, gettext("Svaret är sparat. Du kan ändra det fram till mötet."))
            return redirect("meeting", case=case, meeting=meeting)
    return show(request, "meetings/answer.html", form, facts=facts, view=view, call=call)


@needs(ReadCase, PrepareMeeting)
def guest(request: HttpRequest, case: UUID, meeting: UUID) -> HttpResponse:
    """The participant brings somebody."""
    facts, view = _for_her(request, case, meeting, states=("called",))
    form = forms.Guest(sent(request))
    officials = act.look(request, ReadCase, lambda p: commitments.in_case(p, work_places=True), case=case)
    form.offer(officials, called=[call.account for call in view.invitations])
    if form.is_valid():
        name, account = form.cleaned_data["name"], form.cleaned_data["account"]

        def invite(permit: Permit[PrepareMeeting]) -> None:
            if account:
                meeting_acts.bring(permit, meeting=meeting, account=UUID(account))
            if name or not account:
                meeting_acts.invite_guest(permit, meeting=meeting, name=name)

        if act.done(request, PrepareMeeting, invite, form=form, case=case):
            messages.success(request, gettext("Personen är bjuden."))
            return redirect("meeting", case=case, meeting=meeting)
    return small(
        request,
        facts,
        view,
        form,
        heading=gettext("Ta med någon"),
        intro=gettext(
            "Någon i familjen, en vän, ett personligt ombud eller en handläggare som deltagaren själv vill ha med sig."
        ),
        button=gettext("Bjud in"),
    )


@needs(ReadCase, PrepareMeeting)
def prepare(request: HttpRequest, case: UUID, meeting: UUID) -> HttpResponse:
    """What she wants to bring up."""
    facts, view = _for_her(request, case, meeting, states=("called",))
    return _words(
        request,
        facts,
        view,
        acts.prepare,
        heading=gettext("Det här vill jag ta upp"),
        intro=gettext("Skriv med deltagarens egna ord vad som ska komma fram på mötet."),
        own_intro=gettext("Skriv vad som är viktigt för dig. De som kommer till mötet kan läsa det innan."),
    )


@needs(ReadCase, PrepareMeeting)
def follow_up(request: HttpRequest, case: UUID, meeting: UUID) -> HttpResponse:
    """How it was, afterwards."""
    facts, view = _for_her(request, case, meeting, states=("held", "minuted"))
    return _words(
        request,
        facts,
        view,
        acts.follow_up,
        heading=gettext("Så blev mötet"),
        intro=gettext("Prata igenom mötet med deltagaren. Skriv med hennes eller hans egna ord."),
        own_intro=gettext("Skriv hur det blev. Kom det fram som du ville? Är något oklart?"),
    )


def _for_her(
    request: HttpRequest, case: UUID, meeting: UUID, *, states: tuple[str, ...]
) -> tuple[CaseFacts, MeetingView]:
    facts, view = find(request, case, meeting)
    if not view.may_prepare or view.status not in states:
        raise Http404
    return facts, view


def _words(
    request: HttpRequest, facts: CaseFacts, view: MeetingView, do: Any, *, heading: str, intro: str, own_intro: str
) -> HttpResponse:
    herself = act.actor(request).person is not None
    form = forms.OwnWords(sent(request), initial={"on": timezone.localdate()})
    if herself:
        form.for_herself()
    if form.is_valid():
        data = form.cleaned_data
        if act.done(request, PrepareMeeting, lambda p: do(p, meeting=view.id, **data), form=form, case=facts.id):
            messages.success(request, gettext("Sparat."))
            return redirect("meeting", case=facts.id, meeting=view.id)
    return small(
        request, facts, view, form, heading=heading, intro=own_intro if herself else intro, button=gettext("Spara")
    )


urlpatterns = [
    path("arenden/<uuid:case>/moten/<uuid:meeting>/svar/<uuid:invitation>/", answer, name="meeting_answer"),
    path("arenden/<uuid:case>/moten/<uuid:meeting>/ta-med/", guest, name="meeting_guest"),
    path("arenden/<uuid:case>/moten/<uuid:meeting>/forbered/", prepare, name="meeting_prepare"),
    path("arenden/<uuid:case>/moten/<uuid:meeting>/efterat/", follow_up, name="meeting_follow_up"),
]
