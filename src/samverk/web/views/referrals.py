"""Referrals: a new one, one's own list, the form, sending, and what became of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samverk.access import codes, people, referrals
from samverk.access.declare import ReadCase, WriteReferral
from samverk.access.declare_house import SeeMyDay, StartReferral
from samverk.access.permit import Permit
from samverk.access.referral_views import DuplicateView, FormView
from samverk.actions import referrals as acts
from samverk.web import act
from samverk.web.forms import referrals as forms
from samverk.web.needs import needs
from samverk.web.shown import sent, show

Data = dict[str, Any]


@needs(SeeMyDay)
def listing(request: HttpRequest) -> HttpResponse:
    """The referrals that one answers for, or that are about oneself, and what became of each."""
    return render(request, "referrals/list.html", {"referrals": act.look(request, SeeMyDay, referrals.mine)})


@needs(StartReferral)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a referral of someone else, or one's own."""
    own = act.actor(request).person is not None
    programmes, sexes = act.look(
        request, StartReferral, lambda permit: (referrals.choosable(permit), codes.names("sex")["sex"])
    )
    given: Data = {"data": sent(request), "programmes": programmes}
    if "program" in request.GET:
        given["initial"] = {"programme": request.GET["program"]}
    form = forms.Start(**given) if own else forms.StartOther(**given, sexes=sexes)
    if form.is_valid():
        person = form.person() if isinstance(form, forms.StartOther) else None
        case = act.perform(
            request,
            StartReferral,
            lambda permit: acts.start(permit, programme=form.chosen, person=person),
            form=form,
        )
        if case is not None:
            return redirect("write_referral", case=case)
    return show(request, "referrals/new.html", form, own=own, programmes=programmes)


@needs(ReadCase)
def referral(request: HttpRequest, case: UUID) -> HttpResponse:
    """One referral: what was asked for, what was answered, and what can be done now."""
    return _one(request, case, forms.Tell())


@needs(WriteReferral)
def write(request: HttpRequest, case: UUID) -> HttpResponse:
    """The jointly agreed form: saved half-done, or gone on with to sending."""
    view, parties, others = act.look(request, WriteReferral, _form_page, case=case)
    if view is None:
        return redirect("referral", case=case)
    form = forms.Questions(sent(request), view=view, parties=parties)
    if form.is_valid():
        answers, version = form.answers(), form.cleaned_data["version"]
        if act.done(
            request,
            WriteReferral,
            lambda permit: acts.save(permit, answers=answers, version=version),
            form=form,
            case=case,
        ):
            if "go_on" in request.POST:
                return redirect("send_referral", case=case)
            messages.success(request, _("Sparat. Du kan fortsätta när du vill."))
            return redirect("referral", case=case)
    return show(request, "referrals/write.html", form, view=view, case_id=case, duplicates=others)


@needs(WriteReferral)
def send(request: HttpRequest, case: UUID) -> HttpResponse:
    """Before it is sent: who will read it, and what they will read."""
    view, receivers = act.look(
        request, WriteReferral, lambda permit: (referrals.form_of(permit), referrals.receivers(permit)), case=case
    )
    if view is None:
        return redirect("referral", case=case)
    form = (forms.SendOwn if view.own else forms.SendOther)(sent(request))
    if form.is_valid() and act.done(
        request, WriteReferral, lambda permit: acts.send(permit, **form.cleaned_data), form=form, case=case
    ):
        messages.success(request, _thanks(view))
        return redirect("referral", case=case)
    return show(request, "referrals/send.html", form, view=view, case_id=case, receivers=receivers)


@require_POST
@needs(WriteReferral)
def withdraw(request: HttpRequest, case: UUID) -> HttpResponse:
    """Take the referral back."""
    form = Form(request.POST)
    back = form.is_valid() and act.done(request, WriteReferral, acts.withdraw, form=form, case=case)
    return _told(request, case, form, _("Tillbakataget. Du kan ta upp det igen när du vill.") if back else "")


@require_POST
@needs(WriteReferral)
def reopen(request: HttpRequest, case: UUID) -> HttpResponse:
    """Take the referral up again, with everything that was written in it."""
    form = Form(request.POST)
    if form.is_valid() and act.done(request, WriteReferral, acts.reopen, form=form, case=case):
        messages.success(request, _("Upptaget igen. Allt du skrev är kvar. Ändra det du vill och skicka."))
        return redirect("write_referral", case=case)
    return _told(request, case, form, "")


@require_POST
@needs(WriteReferral, ReadCase)
def tell(request: HttpRequest, case: UUID) -> HttpResponse:
    """The referrer has told the person what was decided."""
    form = forms.Tell(request.POST)
    if form.is_valid():
        how = form.cleaned_data["how"]
        if act.done(request, WriteReferral, lambda permit: acts.tell(permit, how=how), form=form, case=case):
            return _told(request, case, form, _("Sparat: personen har fått veta."))
    return _one(request, case, form, status=422)


def _one(request: HttpRequest, case: UUID, tell: Form, status: int = 200) -> HttpResponse:
    view = act.look(request, ReadCase, referrals.referral_of, case=case)
    if view is None:
        raise Http404
    return render(request, "referrals/referral.html", {"referral": view, "tell": tell}, status=status)


def _form_page(
    permit: Permit[WriteReferral],
) -> tuple[FormView | None, list[people.PartyView], tuple[DuplicateView, ...]]:
    view = referrals.form_of(permit)
    return view, list(people.parties(permit).values()), referrals.duplicates(permit)


def _thanks(view: FormView) -> str:
    if view.status == "asked":
        return _("Svaret är skickat. Platsen i kön är kvar.")
    if view.own:
        return _("Din anmälan är skickad. Du får svar här.")
    return _("Remissen är skickad. Du har kvar ansvaret tills någon annan har sagt ja.")


def _told(request: HttpRequest, case: UUID, form: Form, good: str) -> HttpResponse:
    if good:
        messages.success(request, good)
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return redirect("referral", case=case)


urlpatterns = [
    path("remisser/", listing, name="my_referrals"),
    path("remisser/ny/", new, name="new_referral"),
    path("arenden/<uuid:case>/remiss/", referral, name="referral"),
    path("arenden/<uuid:case>/remiss/skriv/", write, name="write_referral"),
    path("arenden/<uuid:case>/remiss/skicka/", send, name="send_referral"),
    path("arenden/<uuid:case>/remiss/ta-tillbaka/", withdraw, name="withdraw_referral"),
    path("arenden/<uuid:case>/remiss/ta-upp/", reopen, name="reopen_referral"),
    path("arenden/<uuid:case>/remiss/berattat/", tell, name="tell_referral"),
]
