"""A register extract for a study: tried, taken in, replaced, erased. Nothing is kept of a file that was only tried."""

from collections.abc import Iterable
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext

from samverk.access.declare_house import SeeStudies, TakeInRegister
from samverk.access.registers import Register, Trial, Unmapped, tried
from samverk.access.sentences import sentence
from samverk.access.studies import StudyView, study_of
from samverk.actions import registers as acts
from samverk.domain.words import Rejection
from samverk.web import act
from samverk.web.forms.registers import RegisterForm
from samverk.web.needs import needs
from samverk.web.register_words import COLUMNS, EXAMPLE
from samverk.web.shown import sent, show

MOST_SHOWN = 50
MOST_LINES = 20


@needs(SeeStudies, TakeInRegister)
def register(request: HttpRequest, programme: UUID, study: UUID) -> HttpResponse:
    """Try a file, and take it in; or what was taken in."""
    view = _study(request, programme, study)
    if view.plan.comparison == "none" or view.status == "dropped":
        raise Http404
    form, trial = None, None
    if view.status == "draft":
        initial = {"version": view.version, "mapping": view.register.mapping if view.register else ""}
        form = RegisterForm(sent(request), request.FILES or None, initial=initial)
        if view.can_run and form.is_valid():
            trial = _tried(form)
            found = trial.register if trial else None
            if request.POST.get("do") == "take" and found and _taken(request, view, form, found):
                messages.success(request, gettext("Filen är intagen. Läs igenom planen och lås den."))
                return redirect("study", programme=programme, study=study)
    answer = show(request, "studies/register.html", form, view=view, trial=trial, **_about(trial))
    if trial is not None and trial.register is None:
        answer.status_code = 422
    return answer


@needs(SeeStudies, TakeInRegister)
def erase(request: HttpRequest, programme: UUID, study: UUID) -> HttpResponse:
    """Erase the file."""
    if request.method != "POST":
        raise Http404
    form = Form(request.POST)
    form.is_valid()
    if act.done(request, TakeInRegister, lambda p: acts.erase(p, study=study), form=form, programme=programme):
        messages.success(request, gettext("Filen är raderad."))
        return redirect("study", programme=programme, study=study)
    for text in form.non_field_errors():
        messages.error(request, str(text))
    return redirect("study_register", programme=programme, study=study)


def _tried(form: RegisterForm) -> Trial | None:
    """What came of the trial; None where the form says why there is none. A mapping that was sent stands in its box."""
    data = cast(QueryDict, form.data).copy()
    data["mapping"] = form.said.strip()
    form.data = data
    file = form.cleaned_data["file"]
    try:
        return tried(file.read(), name=file.name, mapping=form.said)
    except Rejection as rejection:
        if isinstance(rejection, Unmapped):
            data["mapping"] = rejection.begun
        for problem in rejection.problems:
            form.add_error(problem.field, sentence(problem))
        return None


def _taken(request: HttpRequest, view: StudyView, form: RegisterForm, found: Register) -> bool:
    version = form.cleaned_data["version"]
    return act.done(
        request,
        TakeInRegister,
        lambda p: acts.take(p, study=view.id, register=found, version=version),
        form=form,
        programme=view.programme,
    )


def _about(trial: Trial | None) -> dict[str, object]:
    lines: dict[tuple[str, str], list[int]] = {}
    for one in trial.doubts if trial else ():
        lines.setdefault((one.column, sentence(one.problem)), []).append(one.line)
    told = [(column, text, in_short(found)) for (column, text), found in lines.items()]
    return {
        "doubts": told[:MOST_SHOWN],
        "more": max(0, len(told) - MOST_SHOWN),
        "columns": list(COLUMNS.items()),
        "example": EXAMPLE,
    }


def in_short(lines: Iterable[int]) -> str:
    """Lines as one says them: 4, 7–62. The whole file (0) is no line. No more than twenty are named."""
    runs: list[list[int]] = []
    for line in sorted({line for line in lines if line}):
        if runs and line == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], line]
        else:
            runs.append([line])
    told = ["–".join(str(one) for one in run) for run in runs[:MOST_LINES]]
    return ", ".join(told) + (" …" if len(runs) > MOST_LINES else "")


def _study(request: HttpRequest, programme: UUID, study: UUID) -> StudyView:
    view = act.look(request, SeeStudies, lambda p: study_of(p, study=study), programme=programme)
    if view is None:
        raise Http404
    return view


_AT = "program/<uuid:programme>/utvardering/<uuid:study>/register/"
urlpatterns = [
    path(_AT, register, name="study_register"),
    path(f"{_AT}radera/", erase, name="study_register_erase"),
]
