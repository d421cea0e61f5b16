"""The pages of consent: what holds, saying yes or no, taking it back, and the paper."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext

from samverk.access import case_people, codes, consents, control, withdrawal
from samverk.access.case_people import InvolvedView
from samverk.access.consents import ConsentsView
from samverk.access.declare import OpenScan, ReadCase, RecordConsent, WithdrawConsent
from samverk.access.permit import A, Permit
from samverk.actions import consents as say
from samverk.web import act
from samverk.web.forms.consents import ConsentForm, OneWayForm, WithdrawForm
from samverk.web.needs import needs
from samverk.web.shown import sent, show

ENDING = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the pages have in common."""

    name: str
    today: date
    as_herself: bool
    consents: ConsentsView
    parties: tuple[InvolvedView, ...]
    effects: dict[UUID, withdrawal.EffectView]
    categories: dict[str, str]
    bases: dict[str, str]

    @property
    def frame(self) -> dict[str, object]:
        """What their templates have in common."""
        return {
            "name": self.name,
            "as_herself": self.as_herself,
            "mode": "participant" if self.as_herself else "official",
            "categories": self.categories,
        }


def _see(permit: Permit[A], *, effects: bool = False) -> _Seen:
    found = consents.consents_of(permit)
    lists = codes.names("category", "gdpr_basis")
    return _Seen(
        name=permit.case.person_name,
        today=permit.today,
        as_herself=permit.as_herself,
        consents=found,
        parties=case_people.involved(permit),
        effects=withdrawal.effects_of(permit, found.says) if effects else {},
        categories={code: view.name for code, view in lists["category"].items() if view.active},
        bases={code: view.name for code, view in lists["gdpr_basis"].items() if view.active},
    )


@needs(ReadCase)
def overview(request: HttpRequest, case: UUID) -> HttpResponse:
    """What she has said yes and no to: a table a party, and what was said when."""
    seen = act.look(request, ReadCase, _see, case=case)
    receivers = consents.matrix(seen.consents.says, seen.categories)
    known = {receiver.id for receiver in receivers}
    return render(
        request,
        "consents/overview.html",
        {
            **seen.frame,
            "case": case,
            "receivers": receivers,
            "unasked": [party for party in seen.parties if party.id not in known] if seen.as_herself else [],
            "documents": seen.consents.documents,
            "bases": seen.bases,
            "decides": control.decides_on_benefits(act.actor(request)),
        },
    )


@needs(ReadCase, RecordConsent)
def record(request: HttpRequest, case: UUID) -> HttpResponse:
    """Say yes or no: on screen by herself, otherwise on paper or spoken to an official."""
    seen = act.look(request, ReadCase, _see, case=case)
    kind = OneWayForm if request.GET.get("satt") == "enkel" else ConsentForm
    form = kind(
        sent(request),
        request.FILES or None,
        parties=[(str(party.id), party.name) for party in seen.parties],
        closed=[(str(party.id), party.name) for party in seen.parties if party.closed_inside],
        categories=list(seen.categories.items()),
        bases=list(seen.bases.items()),
        today=seen.today,
        as_herself=seen.as_herself,
    )
    if form.is_valid() and _recorded(request, form, case, as_herself=seen.as_herself):
        messages.success(request, gettext("Samtycket är sparat och gäller från nu."))
        return redirect("consents", case=case)
    return show(request, "consents/record.html", form, case=case, **seen.frame)


def _recorded(request: HttpRequest, form: ConsentForm, case: UUID, *, as_herself: bool) -> bool:
    data = form.cleaned_data
    scan = data.get("scan")
    return act.done(
        request,
        RecordConsent,
        lambda permit: say.record(
            permit,
            says=form.says(),
            last_day=data["last_day"],
            how="screen" if as_herself else data["how"],
            condition_of_benefit=data["condition"] == "yes",
            words=data["words"],
            scan=scan.read() if scan else None,
            gdpr_basis=data.get("gdpr_basis", ""),
        ),
        form=form,
        case=case,
    )


@needs(ReadCase, WithdrawConsent)
def withdraw(request: HttpRequest, case: UUID) -> HttpResponse:
    """First what each party will no longer see, and what it keeps; then take back all to a party, or parts."""
    seen = act.look(request, ReadCase, lambda permit: _see(permit, effects=True), case=case)
    live = {row.id: row for row in seen.consents.in_force}
    giving = {row.receiver for row in live.values() if not row.refused}
    # An official may pass on what she is told about any party, without learning what there was to end.
    parties = [party for party in seen.parties if not seen.as_herself or party.id in giving]
    form = WithdrawForm(
        sent(request),
        parties=[(str(party.id), party.name) for party in parties],
        rows=live,
    )
    if form.is_valid() and act.done(request, WithdrawConsent, _end(form), form=form, case=case):
        messages.success(request, gettext("Klart. Det du tog tillbaka gäller inte längre."))
        return redirect("consents", case=case)
    return show(
        request,
        "consents/withdraw.html",
        form,
        case=case,
        parties=[(party, seen.effects.get(party.id)) for party in parties],
        rows=_rows(seen),
        chosen={*form.data.getlist("parties"), *form.data.getlist("rows")} if form.is_bound else set(),  # type: ignore[attr-defined]
        **seen.frame,
    )


def _rows(seen: _Seen) -> list[tuple[str, list[consents.SayView]]]:
    """What holds now, party by party."""
    found: dict[str, list[consents.SayView]] = {}
    for row in seen.consents.in_force:
        found.setdefault(row.receiver_name, []).append(row)
    return sorted(found.items())


def _end(form: WithdrawForm) -> Callable[[Permit[WithdrawConsent]], None]:
    def do(permit: Permit[WithdrawConsent]) -> None:
        if form.cleaned_data["parties"]:
            say.withdraw_all(permit, receivers=[UUID(party) for party in form.cleaned_data["parties"]])
        if form.cleaned_data["rows"]:
            say.withdraw(permit, consents=[UUID(row) for row in form.cleaned_data["rows"]])

    return do


@needs(ReadCase)
def paper(request: HttpRequest, case: UUID, document: UUID) -> HttpResponse:
    """One document, to print and sign."""
    seen = act.look(request, ReadCase, _see, case=case)
    found = next((d for d in seen.consents.documents if d.id == document), None)
    if found is None:
        raise Http404
    context = {**seen.frame, "case": case, "document": found, "basis": seen.bases.get(found.gdpr_basis, "")}
    return render(request, "consents/paper.html", context)


@needs(ReadCase)
def blank(request: HttpRequest, case: UUID) -> HttpResponse:
    """The form on paper, to fill in by hand."""
    seen = act.look(request, ReadCase, _see, case=case)
    return render(request, "consents/blank.html", {**seen.frame, "case": case, "parties": seen.parties})


@needs(OpenScan)
def scan(request: HttpRequest, case: UUID, document: UUID) -> HttpResponse:
    """The signed paper as a file: decided anew, kept by nobody on the way."""
    found = act.look(request, OpenScan, lambda permit: consents.scan_of(permit, document), case=case)
    if found is None:
        raise Http404
    return HttpResponse(
        found.content,
        content_type=found.content_type,
        headers={
            "Content-Disposition": f'attachment; filename="samtycke.{ENDING[found.content_type]}"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


urlpatterns = [
    path("arenden/<uuid:case>/samtycken/", overview, name="consents"),
    path("arenden/<uuid:case>/samtycken/nytt/", record, name="consent_record"),
    path("arenden/<uuid:case>/samtycken/ta-tillbaka/", withdraw, name="consent_withdraw"),
    path("arenden/<uuid:case>/samtycken/blankett/", blank, name="consent_blank"),
    path("arenden/<uuid:case>/samtycken/<uuid:document>/utskrift/", paper, name="consent_print"),
    path("arenden/<uuid:case>/samtycken/<uuid:document>/papper/", scan, name="consent_scan"),
]
