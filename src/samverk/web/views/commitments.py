"""Commitments: the list, a new one, and what becomes of each."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverk.access import codes, commitments
from samverk.access.declare import Promise, ReadCase, WriteNote
from samverk.access.may import may
from samverk.access.permit import Permit
from samverk.actions import commitments as acts
from samverk.domain.parties import Capacity
from samverk.domain.process import can
from samverk.web import act
from samverk.web.forms import commitments as forms
from samverk.web.needs import needs
from samverk.web.shown import sent, show

Data = dict[str, Any]


class Do(NamedTuple):
    """A change of a commitment: its verb, form and words, and the act."""

    verb: str
    form: type[forms.Turn]
    heading: Any
    button: Any
    done: Any
    act: Callable[..., None]


DOINGS = {
    "klart": Do("keep", forms.Keep, _("Det är gjort"), _("Spara som gjort"), _("Sparat: det är gjort."), acts.keep),
    "senare": Do(
        "postpone", forms.Postpone, _("Skjut upp"), _("Spara ny dag"), _("Sparat: en ny dag gäller."), acts.postpone
    ),
    "inte-av": Do("break", forms.Break, _("Det blir inte av"), _("Spara"), _("Sparat: det blir inte av."), acts.break_),
    "stryk": Do(
        "release", forms.Release, _("Stryk åtagandet"), _("Stryk"), _("Åtagandet är struket."), acts.release
    ),
    "igen": Do(
        "take_up_again", forms.TakeUpAgain, _("Lova på nytt"), _("Spara ny dag"), _("Åtagandet gäller igen."),
        acts.take_up_again,
    ),
}  # fmt: skip


@needs(ReadCase)
def listing(request: HttpRequest, case: UUID) -> HttpResponse:
    """Everything that has been promised: late first, then what comes, then what is settled."""
    today = timezone.localdate()
    facts, views, may_make = act.look(
        request,
        ReadCase,
        lambda p: (p.case, commitments.commitments_of(p, today, history=False), may(p, Promise)),
        case=case,
    )
    return render(
        request,
        "commitments/list.html",
        {
            "facts": facts,
            "may_make": may_make,
            "open": [v for v in views if v.open],
            "settled": [v for v in views if not v.open],
        },
    )


@needs(ReadCase)
def one(request: HttpRequest, case: UUID, commitment: UUID) -> HttpResponse:
    """One commitment, its history, and what can be done with it."""
    facts, view = _find(request, case, commitment)
    return render(
        request,
        "commitments/one.html",
        {"facts": facts, "view": view, "doings": [(slug, do.heading) for slug, do in DOINGS.items() if _may(view, do)]},
    )


@needs(ReadCase, Promise)
def new(request: HttpRequest, case: UUID) -> HttpResponse:
    """Promise something."""
    facts, form = act.look(request, ReadCase, lambda p: (p.case, _new_form(request, p)), case=case)
    if form.is_valid() and act.done(
        request, Promise, lambda p: acts.make(p, promise=form.promise()), form=form, case=case
    ):
        messages.success(request, gettext("Åtagandet är sparat."))
        return redirect("commitments", case=case)
    return show(request, "commitments/new.html", form, facts=facts)


@needs(ReadCase, Promise)
def turn(request: HttpRequest, case: UUID, commitment: UUID, do: str) -> HttpResponse:
    """Keep, postpone, break, release or take up again."""
    doing = DOINGS.get(do)
    if doing is None:
        raise Http404
    facts, view = _find(request, case, commitment)
    start: Data = {"version": view.version, "on": timezone.localdate()}
    form = doing.form(sent(request), initial=start)
    form.for_promiser(view.mine)
    if form.is_valid():
        data = form.cleaned_data
        if act.done(request, Promise, lambda p: doing.act(p, commitment=commitment, **data), form=form, case=case):
            messages.success(request, str(doing.done))
            return redirect("commitments", case=case)
    elif request.method != "POST" and not _may(view, doing):
        raise Http404
    return show(request, "commitments/turn.html", form, facts=facts, view=view, doing=doing)


@needs(ReadCase, WriteNote)
def call_me(request: HttpRequest, case: UUID) -> HttpResponse:
    """“I want someone to call me”: in one press from her own page."""
    facts = act.look(request, ReadCase, lambda p: p.case, case=case)
    if act.actor(request).person is None:
        raise Http404
    form = forms.CallMe(sent(request))
    if form.is_valid():
        words = form.cleaned_data["words"]
        if act.done(request, WriteNote, lambda p: acts.call_me(p, words=words), form=form, case=case):
            messages.success(request, gettext("Det är sagt. Din kontaktperson ringer senast nästa vardag."))
            return redirect("commitments", case=case)
    return show(request, "commitments/call_me.html", form, facts=facts)


def _may(view: commitments.CommitmentView, do: Do) -> bool:
    allowed = view.may_release if do.verb == "release" else view.may_settle
    return allowed and can("commitment", view.status, do.verb)


def _find(request: HttpRequest, case: UUID, commitment: UUID) -> tuple[Any, commitments.CommitmentView]:
    today: date = timezone.localdate()
    facts, view = act.look(
        request, ReadCase, lambda p: (p.case, commitments.commitment(p, commitment, today)), case=case
    )
    if view is None:
        raise Http404
    return facts, view


def _new_form(request: HttpRequest, permit: Permit[ReadCase]) -> forms.OwnPromise:
    if permit.as_herself:
        return forms.OwnPromise(sent(request))
    form = forms.NewCommitment(sent(request), initial={"category": "process", "owner": permit.actor.account})
    words = codes.names("category", "decision_kind")
    coordinates = Capacity.COORDINATOR in permit.capacities
    form.offer(
        commitments.in_case(permit),
        words["category"],
        words["decision_kind"],
        person=permit.case.person_name if coordinates else "",
        only=None if coordinates else permit.actor.account,
    )
    return form


urlpatterns = [
    path("arenden/<uuid:case>/ataganden/", listing, name="commitments"),
    path("arenden/<uuid:case>/ataganden/nytt/", new, name="commitment_new"),
    path("arenden/<uuid:case>/ataganden/<uuid:commitment>/", one, name="commitment"),
    path("arenden/<uuid:case>/ataganden/<uuid:commitment>/<slug:do>/", turn, name="commitment_turn"),
    path("arenden/<uuid:case>/ring-mig/", call_me, name="call_me"),
]
