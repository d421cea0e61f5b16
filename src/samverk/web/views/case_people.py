"""Who is in the case: seen by those who may, changed by the coordinator."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from samverk.access import case_people
from samverk.access.declare import AssignOfficial, ReadCase
from samverk.access.permit import A, Permit
from samverk.actions import cases
from samverk.domain.parties import Capacity, Part
from samverk.web import act
from samverk.web.forms.case_people import AssignForm
from samverk.web.needs import needs


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
        "people": case_people.people_in(permit),
        "former": case_people.people_in(permit, former=True),
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
    form = AssignForm(request.POST if posted else None, candidates=seen.candidates)
    if posted and form.is_valid() and _assigned(request, form, case, seen.candidates):
        messages.success(request, gettext("Personen är med i ärendet."))
        return redirect("people_in_case", case=case)
    context = {**seen.page, "case": case, "form": form if posted or seen.may_assign else None}
    return render(request, "case_people/people.html", context, status=422 if posted else 200)


def _assigned(
    request: HttpRequest, form: AssignForm, case: UUID, candidates: tuple[case_people.CandidateView, ...]
) -> UUID | None:
    account = UUID(form.cleaned_data["account"])
    workplace = any(one.workplace for one in candidates if one.account == account)
    part = Part.WORKPLACE if workplace else Part.OFFICIAL
    return act.perform(
        request, AssignOfficial, lambda permit: cases.assign(permit, account=account, part=part), form=form, case=case
    )


@needs(AssignOfficial)
@require_POST
def let_go(request: HttpRequest, case: UUID) -> HttpResponse:
    """End somebody's part in the case."""
    form = Form(request.POST)
    form.is_valid()
    account = _uuid(request.POST.get("account", ""))

    def end(permit: Permit[AssignOfficial]) -> bool:
        cases.let_go(permit, account=account)
        return True

    if act.perform(request, AssignOfficial, end, form=form, case=case):
        messages.success(request, gettext("Personen är inte längre med i ärendet."))
    else:
        for error in form.non_field_errors():
            messages.error(request, str(error))
    return redirect("people_in_case", case=case)


def _uuid(text: str) -> UUID:
    """An id that nobody has, where `text` is none: the action then says that the person is not in the case."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


urlpatterns = [
    path("arenden/<uuid:case>/vem-ar-med/", people, name="people_in_case"),
    path("arenden/<uuid:case>/vem-ar-med/avsluta/", let_go, name="let_go"),
]
