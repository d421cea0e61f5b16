"""Writing a plan: lines added, changed and taken out of the draft; put before everyone; taken back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from samverk.access import commitments, people, plans
from samverk.access.codes import names
from samverk.access.declare import WritePlan
from samverk.access.permit import Permit
from samverk.access.plan_lines import LineView
from samverk.actions import plans as actions
from samverk.domain.plan import LineKind
from samverk.web import act
from samverk.web.forms import plans as forms
from samverk.web.forms.common import in_use
from samverk.web.needs import needs
from samverk.web.shown import sent, show

KINDS = {"delmal": "sub_goal", "steg": "step", "rattighet": "right", "skyldighet": "duty"}
"""Words in addresses, and what they are."""


@needs(WritePlan)
@require_POST
def begin(request: HttpRequest, case: UUID) -> HttpResponse:
    """Begin the first plan, or a new version of it."""
    form = forms.Nothing(request.POST)
    form.is_valid()
    if not act.done(request, WritePlan, actions.begin, form=form, case=case):
        for text in form.non_field_errors():
            messages.warning(request, str(text))
        return redirect("plan", case=case)
    return redirect("plan_draft", case=case)


@needs(WritePlan)
def draft(request: HttpRequest, case: UUID) -> HttpResponse:
    """The draft with everything that can be changed in it."""
    return _page(request, case)


@needs(WritePlan)
@require_POST
def propose(request: HttpRequest, case: UUID) -> HttpResponse:
    """Put the draft before everyone whom it names."""
    form = forms.Nothing(request.POST)
    form.is_valid()
    if act.done(request, WritePlan, actions.propose, form=form, case=case):
        messages.success(request, gettext("Förslaget ligger nu framme för underskrift."))
        return redirect("plan", case=case)
    return _page(request, case, rejected=form)


@needs(WritePlan)
@require_POST
def take_back(request: HttpRequest, case: UUID) -> HttpResponse:
    """Take the proposal back to a draft."""
    form = forms.Nothing(request.POST)
    form.is_valid()
    if act.done(request, WritePlan, actions.take_back, form=form, case=case):
        messages.success(request, gettext("Förslaget är ett utkast igen. De som hade sagt ja får göra det på nytt."))
        return redirect("plan_draft", case=case)
    for text in form.non_field_errors():
        messages.warning(request, str(text))
    return redirect("plan", case=case)


@needs(WritePlan)
def new_line(request: HttpRequest, case: UUID, word: str) -> HttpResponse:
    """Add a line."""
    if word not in KINDS:
        raise Http404
    kind = KINDS[word]
    initial = {"category": "process", "who": "participant" if request.GET.get("vem") == "deltagaren" else ""}
    form, name = _line_form(request, case, kind, initial=initial)
    if form.is_valid() and act.done(
        request, WritePlan, lambda p: actions.add_line(p, line=_typed(form, kind)), form=form, case=case
    ):
        messages.success(request, gettext("Raden är tillagd i utkastet."))
        return redirect("plan_draft", case=case)
    return show(request, "plans/line.html", form, case_id=case, name=name, kind=kind, line=None)


@needs(WritePlan)
def line(request: HttpRequest, case: UUID, key: UUID) -> HttpResponse:
    """Change a line."""
    view = act.look(request, WritePlan, _find(key), case=case)
    if view is None:
        raise Http404
    kind = view.line.kind.value
    initial = {
        "text": view.line.text,
        "who": _who(view, kind),
        "due": view.line.due,
        "decides": str(view.line.decides or "participant"),
        "pays": str(view.line.pays or "nothing"),
        "category": view.line.category,
        "version": view.version,
    }
    form, name = _line_form(request, case, kind, initial=initial)
    if form.is_valid() and act.done(
        request,
        WritePlan,
        lambda p: actions.change_line(p, key=key, version=form.cleaned_data["version"] or 0, line=_typed(form, kind)),
        form=form,
        case=case,
    ):
        messages.success(request, gettext("Raden är ändrad i utkastet."))
        return redirect("plan_draft", case=case)
    return show(request, "plans/line.html", form, case_id=case, name=name, kind=kind, line=view)


@needs(WritePlan)
@require_POST
def remove_line(request: HttpRequest, case: UUID, key: UUID) -> HttpResponse:
    """Take a line out of the draft."""
    form = forms.Yes(request.POST)
    if form.is_valid() and act.done(
        request,
        WritePlan,
        lambda p: actions.remove_line(p, key=key, version=form.cleaned_data["version"]),
        form=form,
        case=case,
    ):
        messages.success(request, gettext("Raden är borttagen ur utkastet."))
        return redirect("plan_draft", case=case)
    return _page(request, case, rejected=form)


@needs(WritePlan)
def dates(request: HttpRequest, case: UUID) -> HttpResponse:
    """When to review, and until when it holds."""
    form = forms.Dates(sent(request))
    if form.is_valid():
        data = form.cleaned_data
        if act.done(request, WritePlan, lambda p: actions.set_dates(p, **data), form=form, case=case):
            messages.success(request, gettext("Dagarna är sparade i utkastet."))
            return redirect("plan_draft", case=case)
    name, page = act.look(request, WritePlan, lambda p: (p.case.person_name, plans.draft_of(p)), case=case)
    if page is None or page.plan is None:
        raise Http404
    if not form.is_bound:
        plan = page.plan
        form = forms.Dates(initial={"review_on": plan.review_on, "limit_on": plan.limit_on, "version": plan.version})
    return show(request, "plans/dates.html", form, case_id=case, name=name)


def _page(request: HttpRequest, case: UUID, *, rejected: Form | None = None) -> HttpResponse:
    name, page = act.look(request, WritePlan, lambda p: (p.case.person_name, plans.draft_of(p)), case=case)
    if page is None:
        return redirect("plan", case=case)
    return show(request, "plans/draft.html", rejected, case_id=case, name=name, page=page, plan=page.plan)


def _find(key: UUID) -> Callable[[Permit[WritePlan]], LineView | None]:
    def find(permit: Permit[WritePlan]) -> LineView | None:
        page = plans.draft_of(permit)
        plan = page.plan if page else None
        sections = (plan.sub_goals, plan.mine, plan.theirs, plan.rights, plan.duties) if plan else ()
        for section in sections:
            for view in section.lines:
                if view.line.key == key:
                    return view
        return None

    return find


def _who(view: LineView, kind: str) -> str:
    if view.line.by_participant:
        return "participant"
    return str((view.line.account if kind == "step" else view.line.party) or "")


def _line_form(request: HttpRequest, case: UUID, kind: str, *, initial: dict[str, Any]) -> tuple[forms.Line, str]:
    """The form with whom one can choose among: for a step people, for rights and duties parties."""

    def options(permit: Permit[WritePlan]) -> tuple[str, forms.Choices, forms.Choices]:
        parties = [(str(party.id), party.name) for party in people.parties_in(permit)]
        own = ("participant", permit.case.person_name)
        if kind != "step":
            return permit.case.person_name, [own, *parties], parties
        officials = [
            (str(o.account), f"{o.name}, {o.party_name}") for o in commitments.in_case(permit, work_places=True)
        ]
        return permit.case.person_name, [own, *officials], parties

    name, who, parties = act.look(request, WritePlan, options, case=case)
    form = forms.Line(
        sent(request),
        initial=initial,
        kind=kind,
        who=who,
        parties=parties,
        categories=in_use(names("category")["category"].values()),
        name=name,
    )
    return form, name


def _party(chosen: str | None) -> UUID | None:
    return None if chosen in (None, "participant", "nothing") else UUID(chosen)


def _typed(form: forms.Line, kind: str) -> actions.NewLine:
    data = form.cleaned_data
    who = data.get("who", "")
    chosen = UUID(who) if who and who != "participant" else None
    return actions.NewLine(
        kind=LineKind(kind),
        text=data["text"],
        category=data["category"],
        by_participant=who == "participant",
        party=chosen if kind != "step" else None,
        account=chosen if kind == "step" else None,
        due=data.get("due"),
        decides=_party(data.get("decides")),
        pays=_party(data.get("pays")),
    )


urlpatterns = [
    path("arenden/<uuid:case>/plan/borja/", begin, name="plan_begin"),
    path("arenden/<uuid:case>/plan/utkast/", draft, name="plan_draft"),
    path("arenden/<uuid:case>/plan/utkast/tid/", dates, name="plan_dates"),
    path("arenden/<uuid:case>/plan/utkast/lagg-fram/", propose, name="plan_propose"),
    path("arenden/<uuid:case>/plan/ta-tillbaka/", take_back, name="plan_take_back"),
    path("arenden/<uuid:case>/plan/utkast/rad/<uuid:key>/", line, name="plan_line"),
    path("arenden/<uuid:case>/plan/utkast/rad/<uuid:key>/ta-bort/", remove_line, name="plan_line_remove"),
    path("arenden/<uuid:case>/plan/utkast/ny/<slug:word>/", new_line, name="plan_line_new"),
]
