"""Evaluation as a work: a study is planned, locked, run and read; and what has changed, for the steering group."""

import json
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext

from samverk.access import codes
from samverk.access.declare_house import DefineStudy, RunStudy, SeeGains, SeeOwnProgrammes, SeeResults, SeeStudies
from samverk.access.studies import (
    ResultsView,
    StudyView,
    gains_of,
    own_programmes,
    price_books,
    results_of,
    studies_of,
    study_of,
)
from samverk.actions import studies as acts
from samverk.actions.study_run import Job
from samverk.domain.study import StudyPlan
from samverk.web import act, asked, pdf
from samverk.web.forms.studies import LockForm, PlanForm
from samverk.web.needs import needs
from samverk.web.shown import sent, show
from samverk.web.study_files import again, parquet, sheet
from samverk.web.study_report import Report, changes_only, report
from samverk.web.study_words import COMPARISONS, OUTCOMES, PERSPECTIVES, RUNS, STATUSES, STEPS, VALUE_SETS, named, said

PAPERS = {
    "rapport.pdf": ("studies/print.html", ""),
    "sammanfattning-sv.pdf": ("studies/summary.html", "sv"),
    "sammanfattning-en.pdf": ("studies/summary.html", "en"),
}
"""What is given as PDF: its template, and its language where the reader's own does not decide."""
KINDS = ("livelihood", "measure", "price_kind")
EVERY = "4"
"""Seconds between two looks at a run that goes on: without a script, and it can be stopped (WCAG 2.2.1)."""


@needs(SeeOwnProgrammes)
def mine(request: HttpRequest) -> HttpResponse:
    """Where an evaluator comes in: the programmes that she evaluates."""
    return render(request, "studies/mine.html", {"programmes": act.look(request, SeeOwnProgrammes, own_programmes)})


@needs(SeeStudies)
def studies(request: HttpRequest, programme: UUID) -> HttpResponse:
    """The programme's studies."""
    view = act.look(request, SeeStudies, studies_of, programme=programme)
    rows = [(row, named(STATUSES, row.status), named(RUNS, row.run) if row.run else "") for row in view.studies]
    return render(request, "studies/studies.html", {"view": view, "rows": rows})


@needs(DefineStudy, SeeStudies)
def new(request: HttpRequest, programme: UUID) -> HttpResponse:
    """Plan a study; with ?foljer= one that follows another, and begins as a copy of its plan."""
    follows = asked.id_of(request.GET.get("foljer", ""))
    before = _study(request, programme, follows) if follows else None
    initial: dict[str, object] = PlanForm.showing(before.plan) | {"why": ""} if before else {"kept": 100}
    form = _form(request, programme, initial, follows=before is not None)
    if form.is_valid():
        plan = form.plan(follows=str(before.id) if before else "")
        made = act.perform(request, DefineStudy, lambda p: acts.define(p, plan=plan), form=form, programme=programme)
        if made is not None:
            if plan.comparison == "none":
                messages.success(request, gettext("Utkastet är sparat. Läs igenom planen och lås den."))
            else:
                messages.success(request, gettext("Utkastet är sparat. Ta nu in ett registeruttag att jämföra med."))
            return redirect("study", programme=programme, study=made)
    return show(request, "studies/form.html", form, programme=programme, before=before, study=None)


@needs(DefineStudy, SeeStudies)
def change(request: HttpRequest, programme: UUID, study: UUID) -> HttpResponse:
    """Change a draft."""
    view = _study(request, programme, study)
    if view.status != "draft":
        raise Http404
    initial = PlanForm.showing(view.plan) | {"version": view.version}
    form = _form(request, programme, initial, follows=view.follows is not None)
    if form.is_valid():
        plan = form.plan(follows=view.plan.follows)
        version = form.cleaned_data["version"] or 0
        if act.done(
            request,
            DefineStudy,
            lambda p: acts.change(p, study=study, plan=plan, version=version),
            form=form,
            programme=programme,
        ):
            messages.success(request, gettext("Utkastet är sparat."))
            return redirect("study", programme=programme, study=study)
    return show(request, "studies/form.html", form, programme=programme, before=None, study=view)


@needs(SeeStudies, DefineStudy)
def study(request: HttpRequest, programme: UUID, study: UUID) -> HttpResponse:
    """One study: its plan, its lock, its runs. While one goes on the page fetches itself again."""
    view = _study(request, programme, study)
    form = LockForm(sent(request), initial={"version": view.version})
    if form.is_valid():
        version = form.cleaned_data["version"]
        if act.done(
            request, DefineStudy, lambda p: acts.lock(p, study=study, version=version), form=form, programme=programme
        ):
            messages.success(request, gettext("Planen är låst. Nu kan studien köras."))
            return redirect("study", programme=programme, study=study)
    rests = "vila" in request.GET
    answer = show(request, "studies/study.html", form, **_about(view), rests=rests)
    if view.newest is not None and not view.newest.over and not rests:
        answer["Refresh"] = EVERY
    return answer


@needs(SeeStudies, DefineStudy)
def drop(request: HttpRequest, programme: UUID, study: UUID) -> HttpResponse:
    """Put a draft away."""
    form = _pressed(request)
    if act.done(request, DefineStudy, lambda p: acts.drop(p, study=study), form=form, programme=programme):
        messages.success(request, gettext("Utkastet är bortlagt."))
        return redirect("studies", programme=programme)
    return _refused(request, form, programme, study)


@needs(SeeStudies, RunStudy)
def run(request: HttpRequest, programme: UUID, study: UUID) -> HttpResponse:
    """Ask for a run, which then goes on beside; or give up one that never came back."""
    form = _pressed(request)
    if "stop" in request.POST:
        if act.done(request, RunStudy, lambda p: acts.stop(p, study=study), form=form, programme=programme):
            return redirect("study", programme=programme, study=study)
        return _refused(request, form, programme, study)
    started = act.perform(request, RunStudy, lambda p: acts.ask_for_run(p, study=study), form=form, programme=programme)
    if started is None:
        return _refused(request, form, programme, study)
    Job(started).beside()
    return redirect("study", programme=programme, study=study)


@needs(SeeResults)
def results(request: HttpRequest, programme: UUID, study: UUID, form: str = "page") -> HttpResponse:
    """The report on the screen or for paper. Before the lock whoever asks is refused, and sent to the plan."""
    found = _results(request, programme, study)
    if isinstance(found, HttpResponse):
        return found
    template = "studies/print.html" if form == "print" else "studies/report.html"
    return render(request, template, _told(found))


@needs(SeeResults)
def summary(request: HttpRequest, programme: UUID, study: UUID, language: str) -> HttpResponse:
    """One page for whoever decides, in Swedish or English whatever the reader's own language."""
    if language not in ("sv", "en"):
        raise Http404
    found = _results(request, programme, study)
    if isinstance(found, HttpResponse):
        return found
    with translation.override(language):
        return render(request, "studies/summary.html", _told(found))


@needs(SeeResults)
def file(request: HttpRequest, programme: UUID, study: UUID, what: str) -> HttpResponse:
    """The report or the summary as PDF, the tables as a sheet, the figures as Parquet, or all that makes them again.

    Where the server cannot make PDF or Parquet there is none, and no link to any.
    """
    found = _results(request, programme, study)
    if isinstance(found, HttpResponse):
        return found
    if what in PAPERS and pdf.available():
        template, language = PAPERS[what]
        with translation.override(language or translation.get_language()):
            page = render_to_string(template, _told(found), request)
        return pdf.attached(page, what.removesuffix(".pdf"))
    if what == "tabeller.zip":
        return _attached(sheet(_report(found)), what, "application/zip")
    if what == "siffror.parquet" and found.study.can_run:
        return _attached(parquet(found.figures), what, "application/vnd.apache.parquet")
    if what == "kor-igen.zip" and found.data:
        parameters = json.loads(found.figures)["provenance"]["parameters"]
        whole = again(
            plan=json.loads(parameters),
            text=found.study.text,
            figures=found.figures,
            prices=found.prices,
            data=found.data,
        )
        return _attached(whole, what, "application/zip")
    raise Http404


@needs(SeeGains)
def gains(request: HttpRequest, programme: UUID) -> HttpResponse:
    """What has changed for the programme's people, from the newest run: figures without names."""
    view = act.look(request, SeeGains, gains_of, programme=programme)
    told = None
    if view.plan is not None and view.figures is not None:
        told = changes_only(view.plan, view.figures, _kinds())
    return render(request, "studies/gains.html", {"view": view, "report": told})


def _study(request: HttpRequest, programme: UUID, study: UUID) -> StudyView:
    view = act.look(request, SeeStudies, lambda p: study_of(p, study=study), programme=programme)
    if view is None:
        raise Http404
    return view


def _results(request: HttpRequest, programme: UUID, study: UUID) -> ResultsView | HttpResponse:
    found = act.look(request, SeeResults, lambda p: results_of(p, study=study), programme=programme)
    if found is None:
        raise Http404
    if isinstance(found, ResultsView):
        return found
    if found.status != "locked":
        messages.error(request, gettext("Resultat visas inte förrän planen är låst. Att du frågade står i loggen."))
    else:
        messages.info(request, gettext("Det finns inget resultat än. Kör studien först."))
    return redirect("study", programme=programme, study=study)


def _told(found: ResultsView) -> dict[str, object]:
    """All that the pages of a report need."""
    return {**_about(found.study), "report": _report(found), "run": found.run, "pdf": pdf.available()}


def _report(found: ResultsView) -> Report:
    return report(found.study.plan, found.figures, _kinds())


def _kinds() -> dict[str, str]:
    return {code: view.name for views in codes.names(*KINDS).values() for code, view in views.items()}


def _about(view: StudyView) -> dict[str, object]:
    """A study with its codes in words."""
    plan: StudyPlan = view.plan
    livelihoods = codes.names("livelihood")
    newest = view.newest
    return {
        "view": view,
        "plan": plan,
        "status": named(STATUSES, view.status),
        "comparison": named(COMPARISONS, plan.comparison),
        "outcomes": [named(OUTCOMES, one) for one in plan.outcomes],
        "value_set": named(VALUE_SETS, plan.value_set),
        "perspectives": [named(PERSPECTIVES, one) for one in plan.perspectives],
        "self_supporting": [codes.word(livelihoods, "livelihood", one) for one in plan.self_supporting],
        "kept": round(100 * plan.kept),
        "most_unpriced": round(100 * plan.most_unpriced),
        "meeting_hours": f"{plan.meeting_hours:g}".replace(".", ","),
        "runs": [(run, named(RUNS, run.status), [said(*reason) for reason in run.reasons]) for run in view.runs],
        "waits": newest is not None and not newest.over,
        "step": named(STEPS, newest.step) if newest else "",
    }


def _form(request: HttpRequest, programme: UUID, initial: dict[str, object], *, follows: bool) -> PlanForm:
    form = PlanForm(sent(request), initial=initial)
    books = act.look(request, DefineStudy, price_books, programme=programme)
    kinds = [(code.code, code.name) for code in codes.names("livelihood")["livelihood"].values() if code.active]
    form.offer(books, kinds, follows=follows)
    return form


def _pressed(request: HttpRequest) -> Form:
    """A button's form. Http404 where nothing was pressed: a foreign programme looks like none, however it is asked for."""
    if request.method != "POST":
        raise Http404
    form = Form(request.POST)
    form.is_valid()
    return form


def _refused(request: HttpRequest, form: Form, programme: UUID, study: UUID) -> HttpResponse:
    for text in form.non_field_errors():
        messages.error(request, str(text))
    return redirect("study", programme=programme, study=study)


def _attached(content: bytes, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="samverk-{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)


_AT = "program/<uuid:programme>/utvardering/"
urlpatterns = [
    path("utvardering/", mine, name="my_studies"),
    path(_AT, studies, name="studies"),
    path(f"{_AT}ny/", new, name="study_new"),
    path(f"{_AT}<uuid:study>/", study, name="study"),
    path(f"{_AT}<uuid:study>/andra/", change, name="study_change"),
    path(f"{_AT}<uuid:study>/lagg-bort/", drop, name="study_drop"),
    path(f"{_AT}<uuid:study>/kor/", run, name="study_run"),
    path(f"{_AT}<uuid:study>/resultat/", results, name="study_results"),
    path(f"{_AT}<uuid:study>/utskrift/", results, {"form": "print"}, name="study_results_print"),
    path(f"{_AT}<uuid:study>/sammanfattning/<str:language>/", summary, name="study_summary"),
    path(f"{_AT}<uuid:study>/filer/<str:what>", file, name="study_file"),
    path("program/<uuid:programme>/vad-det-ger/", gains, name="gains"),
]
