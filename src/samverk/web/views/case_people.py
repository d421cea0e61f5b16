"""Who is in the case: seen by those who may, changed by the coordinator."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from samverk.access import case_people
from samverk.access.declare import AdmitParty, AnswerProtection, AssignOfficial, ReadCase
from samverk.access.may import may
from samverk.access.permit import A, Permit
from samverk.actions import cases, protection
from samverk.domain.parties import Capacity, Part
from samverk.web import act
from samverk.web.asked import id_of
from samverk.web.forms.case_people import AssignForm, PartyForm
from samverk.web.needs import needs
from samverk.web.shown import sent, show


@dataclass(frozen=True, slots=True)
class _Seen:
    page: dict[str, object]
    candidates: tuple[case_people.CandidateView, ...]
    may_assign: bool


def _see(permit: Permit[A]) -> _Seen:
    coordinates = Capacity.COORDINATOR in permit.capacities
    page: dict[str, object] = {
        "name": permit.case.person_name,
        "as_herself": permit.as_herself,
        "mode": "participant" if permit.as_herself else "official",
        "sets_protection": permit.as_herself or may(permit, AnswerProtection),
        "people": case_people.people_in(permit),
        "former": case_people.people_in(permit, former=True),
        "admitted": (admitted := case_people.admitted(permit)),
        "admit_form": PartyForm(choices=admitted.others) if admitted and admitted.others else None,
        "lacks_login": coordinates and case_people.lacks_login(permit),
    }
    return _Seen(
        page=page,
        candidates=case_people.candidates(permit) if coordinates else (),
        may_assign=coordinates and permit.case.status in AssignOfficial.while_case,
    )


@needs(ReadCase, AssignOfficial)
def people(request: HttpRequest, case: UUID) -> HttpResponse:
    """Who is in the case, since when and in which part; the coordinator brings someone in."""
    posted = request.method == "POST"
    seen = act.look(request, AssignOfficial if posted else ReadCase, _see, case=case)
    form = AssignForm(sent(request), candidates=seen.candidates)
    if form.is_valid() and _assigned(request, form, case, seen.candidates):
        messages.success(request, gettext("Personen är med i ärendet."))
        return redirect("people_in_case", case=case)
    shown = form if posted or seen.may_assign else None
    return show(request, "case_people/people.html", shown, case=case, **seen.page)


def _assigned(
    request: HttpRequest, form: AssignForm, case: UUID, candidates: tuple[case_people.CandidateView, ...]
) -> bool:
    account = UUID(form.cleaned_data["account"])
    workplace = any(one.workplace for one in candidates if one.account == account)
    part = Part.WORKPLACE if workplace else Part.OFFICIAL
    return act.done(
        request, AssignOfficial, lambda permit: cases.assign(permit, account=account, part=part), form=form, case=case
    )


@needs(AssignOfficial)
@require_POST
def let_go(request: HttpRequest, case: UUID) -> HttpResponse:
    """End somebody's part in the case."""
    form = Form(request.POST)
    form.is_valid()
    # An id that nobody has, where none was sent: the action then says that the person is not in the case.
    account = id_of(request.POST.get("account", "")) or UUID(int=0)
    if act.done(request, AssignOfficial, lambda p: cases.let_go(p, account=account), form=form, case=case):
        messages.success(request, gettext("Personen är inte längre med i ärendet."))
    else:
        for error in form.non_field_errors():
            messages.error(request, str(error))
    return redirect("people_in_case", case=case)


@needs(AdmitParty)
@require_POST
def admit(request: HttpRequest, case: UUID) -> HttpResponse:
    """Let one more party meet a person whose identity is protected."""
    return _admitting(request, case, protection.admit, gettext("Parten får nu möta personen."))


@needs(AdmitParty)
@require_POST
def shut_out(request: HttpRequest, case: UUID) -> HttpResponse:
    """Let a party no longer meet her."""
    return _admitting(request, case, protection.shut_out, gettext("Parten får inte längre möta personen."))


def _admitting(request: HttpRequest, case: UUID, do: Callable[..., None], good: str) -> HttpResponse:
    form = Form(request.POST)
    form.is_valid()
    party = id_of(request.POST.get("party", "")) or UUID(int=0)
    if act.done(request, AdmitParty, lambda p: do(p, party=party), form=form, case=case):
        messages.success(request, good)
    else:
        for error in form.non_field_errors():
            messages.error(request, str(error))
    return redirect("people_in_case", case=case)


urlpatterns = [
    path("arenden/<uuid:case>/vem-ar-med/", people, name="people_in_case"),
    path("arenden/<uuid:case>/vem-ar-med/avsluta/", let_go, name="let_go"),
    path("arenden/<uuid:case>/vem-ar-med/slapp-in/", admit, name="admit_party"),
    path("arenden/<uuid:case>/vem-ar-med/stang-ute/", shut_out, name="shut_out_party"),
]
