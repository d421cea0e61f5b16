"""Intake: the joint team's queue and its answers, and the offer that the person answers herself."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from samverk.access import codes, intake, referrals
from samverk.access.declare import AnswerOffer, DecideIntake
from samverk.access.declare_house import SeeIntake, SeeMyDay
from samverk.access.permit import Permit
from samverk.access.referral_views import ReferralView
from samverk.actions import intake as acts
from samverk.web import act
from samverk.web.forms import intake as forms
from samverk.web.needs import needs
from samverk.web.shown import sent, show

Data = dict[str, Any]
F = TypeVar("F", bound=Form)


@needs(SeeMyDay, SeeIntake)
def queue(request: HttpRequest) -> HttpResponse:
    """Who waits for the joint team, programme by programme."""
    mine = act.look(request, SeeMyDay, intake.my_programmes)
    asked = request.GET.get("program", "")
    chosen = next((p for p in mine if str(p.id) == asked), mine[0] if mine else None)
    shown: Data = {"programmes": mine, "chosen": chosen}
    if chosen is not None:
        shown["queue"] = act.look(request, SeeIntake, intake.queue, programme=chosen.id)
    return render(request, "intake/queue.html", shown)


@needs(DecideIntake)
def decide(request: HttpRequest, case: UUID) -> HttpResponse:
    """One referral beside the programme's criteria and places. Nothing is decided by itself."""
    shown = act.look(request, DecideIntake, _decide_page, case=case)
    return render(request, "intake/decide.html", shown | {"referral": _reached(shown["referral"])})


@needs(DecideIntake)
def accept(request: HttpRequest, case: UUID) -> HttpResponse:
    """The team says yes, and names the contact person."""

    def form(contacts: tuple[intake.ContactChoice, ...]) -> forms.Accept:
        return forms.Accept(sent(request), contacts=contacts)

    def do(form: forms.Accept) -> Callable[[Permit[DecideIntake]], None]:
        contact, condition = UUID(form.cleaned_data["contact"]), form.known_condition
        return lambda permit: acts.accept(permit, contact=contact, support_condition=condition)

    return _answer(request, case, "accept", form, intake.contacts, do, _("Sparat. Personen får nu säga ja eller nej."))


@needs(DecideIntake)
def ask(request: HttpRequest, case: UUID) -> HttpResponse:
    """The team asks for more."""

    def do(form: forms.AskForMore) -> Callable[[Permit[DecideIntake]], None]:
        wanted = form.cleaned_data["wanted"]
        return lambda permit: acts.ask_for_more(permit, wanted=wanted)

    return _answer(
        request, case, "ask", lambda _: forms.AskForMore(sent(request)), _nothing, do, _("Frågan är skickad.")
    )


@needs(DecideIntake)
def decline(request: HttpRequest, case: UUID) -> HttpResponse:
    """The team says no, with a reason and where to instead."""

    def do(form: forms.Decline) -> Callable[[Permit[DecideIntake]], None]:
        told = form.cleaned_data
        return lambda permit: acts.decline(
            permit, reason=told["reason"], text=told["text"], next_door=told["next_door"]
        )

    return _answer(
        request,
        case,
        "decline",
        lambda reasons: forms.Decline(sent(request), reasons=reasons),
        lambda permit: codes.names("decline_reason")["decline_reason"],
        do,
        _("Sparat. Svaret står nu hos den som skickade remissen."),
    )


@needs(DecideIntake)
def prioritise(request: HttpRequest, case: UUID) -> HttpResponse:
    """Move a referral in the queue, with a reason."""
    view = _reached(act.look(request, DecideIntake, referrals.referral_of, case=case))
    initial = {"priority": view.priority, "reason": view.priority_reason, "version": view.version}
    form = forms.Priority(sent(request), initial=initial)
    if form.is_valid():
        told = form.cleaned_data
        if act.done(request, DecideIntake, lambda permit: acts.prioritise(permit, **told), form=form, case=case):
            messages.success(request, _("Sparat. Skälet står i kön."))
            return redirect("decide_intake", case=case)
    return show(request, "intake/priority.html", form, referral=view)


@needs(AnswerOffer)
def offer(request: HttpRequest, case: UUID) -> HttpResponse:
    """She says yes or no herself, or the contact person records what she said at the first talk."""
    view = act.look(request, AnswerOffer, intake.offer_of, case=case)
    if view is None:
        return redirect("referral", case=case)
    own = act.actor(request).person is not None
    initial = {"condition": forms.SAID[view.condition] if view.condition is not None else None}
    form: forms.HerAnswer | forms.RecordedAnswer
    if own:
        form = forms.HerAnswer(sent(request), known=view.condition)
    else:
        form = forms.RecordedAnswer(sent(request), initial=initial | {"talked_on": view.talked_on, "how": "spoken"})
    if form.is_valid() and act.done(request, AnswerOffer, _say(form), form=form, case=case):
        return _answered(request, form.cleaned_data["answer"], case, own=own)
    return show(request, "intake/offer.html", form, offer=view, case_id=case, own=own)


def _say(form: forms.HerAnswer | forms.RecordedAnswer) -> Callable[[Permit[AnswerOffer]], None]:
    told = form.cleaned_data
    how, day = told.get("how", "screen"), told.get("talked_on")
    if told["answer"] == "later":
        return lambda permit: acts.talk(permit, on=told["talked_on"])
    if told["answer"] == "yes":
        condition = form.known_condition
        return lambda permit: acts.say_yes(permit, support_condition=condition, how=how, talked_on=day)
    return lambda permit: acts.say_no(permit, next_door=told["next_door"], how=how, talked_on=day)


def _answered(request: HttpRequest, answer: str, case: UUID, *, own: bool) -> HttpResponse:
    if answer == "later":
        messages.success(request, _("Samtalet är sparat. Kom tillbaka hit när personen har svarat."))
        return redirect("offer", case=case)
    if answer == "yes":
        messages.success(request, _("Välkommen! Nu är du med.") if own else _("Sparat. Personen är med i programmet."))
        return redirect("case", case=case)
    messages.success(
        request,
        _("Ditt nej är sparat. Du kan ändra dig när du vill.")
        if own
        else _("Sparat. Den som skickade remissen har kvar ansvaret och ser svaret."),
    )
    return redirect("referral", case=case) if own else redirect("intake")


X = TypeVar("X")


def _answer(
    request: HttpRequest,
    case: UUID,
    which: str,
    make: Callable[[X], F],
    choices: Callable[[Permit[DecideIntake]], X],
    do: Callable[[F], Callable[[Permit[DecideIntake]], None]],
    good: str,
) -> HttpResponse:
    """One of the team's three answers: the form, and the act behind it."""
    found, facts, choice = act.look(
        request,
        DecideIntake,
        lambda permit: (referrals.referral_of(permit), intake.facts(permit), choices(permit)),
        case=case,
    )
    view = _reached(found)
    if request.method == "GET" and not view.may_decide:
        return redirect("decide_intake", case=case)
    form = make(choice)
    if form.is_valid() and act.done(request, DecideIntake, do(form), form=form, case=case):
        messages.success(request, good)
        return redirect("intake")
    return show(request, f"intake/{which}.html", form, referral=view, programme=facts)


def _decide_page(permit: Permit[DecideIntake]) -> Data:
    return {
        "referral": referrals.referral_of(permit),
        "programme": intake.facts(permit),
        "duplicates": referrals.duplicates(permit),
    }


def _nothing(permit: Permit[DecideIntake]) -> None:
    """No choices are needed."""


def _reached(view: ReferralView | None) -> ReferralView:
    """The referral, which must have reached the reader: something else in the case may be all that she sees."""
    if view is None:
        raise Http404
    return view


urlpatterns = [
    path("sluss/", queue, name="intake"),
    path("arenden/<uuid:case>/sluss/", decide, name="decide_intake"),
    path("arenden/<uuid:case>/sluss/ta-emot/", accept, name="accept_referral"),
    path("arenden/<uuid:case>/sluss/fraga/", ask, name="ask_for_more"),
    path("arenden/<uuid:case>/sluss/avboj/", decline, name="decline_referral"),
    path("arenden/<uuid:case>/sluss/turordning/", prioritise, name="prioritise_referral"),
    path("arenden/<uuid:case>/erbjudande/", offer, name="offer"),
]
