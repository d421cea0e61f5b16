"""A programme's follow-ups: how many were asked and answered, and the wording of its five health questions."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext

from samverk.access import codes, health_wording
from samverk.access.declare_house import RunProgramme, SeeFollowUps
from samverk.access.follow_up_figures import figures_of
from samverk.actions import health_wording as acts
from samverk.domain.follow_up import DIMENSIONS
from samverk.domain.health_wording import LANGUAGES, wording
from samverk.web import act, words
from samverk.web.forms.health_wording import LANGUAGE_WORDS, StopForm, WordingForm
from samverk.web.needs import needs
from samverk.web.shown import sent, show


@needs(SeeFollowUps)
def figures(request: HttpRequest, programme: UUID) -> HttpResponse:
    """Who was asked and who answered, a point at a time, without names."""
    view, names = act.look(
        request, SeeFollowUps, lambda p: (figures_of(p), codes.names("follow_up_missed")), programme=programme
    )
    rows = [(words.point_word(point.point, point.months), point) for point in view.points]
    why = [
        (name, [(codes.word(names, "follow_up_missed", code), n) for code, n in point.reasons.items() if n is not None])
        for name, point in rows
    ]
    page = {"view": view, "rows": rows, "why": [row for row in why if row[1]]}
    return render(request, "follow_ups/figures.html", page)


@needs(RunProgramme)
def questions(request: HttpRequest, programme: UUID) -> HttpResponse:
    """In which languages the five health questions are asked, and with which licence."""
    view = act.look(request, RunProgramme, health_wording.to_change, programme=programme)
    rows = [(language, LANGUAGE_WORDS[language], row) for language, row in view.wordings]
    return render(request, "follow_ups/questions.html", {"programme": programme, "view": view, "rows": rows})


@needs(RunProgramme)
def write(request: HttpRequest, programme: UUID, language: str) -> HttpResponse:
    """Write in the wording that the licence lets the programme ask."""
    if language not in LANGUAGES:
        raise Http404
    view = act.look(request, RunProgramme, health_wording.to_change, programme=programme)
    now = dict(view.wordings)[language]
    form = WordingForm(sent(request), initial=WordingForm.showing(now))
    if form.is_valid():
        data = form.cleaned_data
        if act.done(
            request,
            RunProgramme,
            lambda p: acts.write(
                p,
                wording=wording(
                    instrument=data["instrument"],
                    language=language,
                    licence=data["licence"],
                    lead=data["lead"],
                    headings=[data[f"heading_{n}"] for n in range(len(DIMENSIONS))],
                    levels=[data[f"levels_{n}"] for n in range(len(DIMENSIONS))],
                ),
                version=data["version"] or 0,
            ),
            form=form,
            programme=programme,
        ):
            messages.success(request, gettext("Frågorna är sparade. De ställs från och med nu."))
            return redirect("health_questions", programme=programme)
    return show(
        request,
        "follow_ups/wording.html",
        form,
        programme=programme,
        view=view,
        language=LANGUAGE_WORDS[language],
        asked=now,
        code=language,
    )


@needs(RunProgramme)
def stop(request: HttpRequest, programme: UUID, language: str) -> HttpResponse:
    """Ask the five questions no more in one language."""
    if language not in LANGUAGES:
        raise Http404
    view = act.look(request, RunProgramme, health_wording.to_change, programme=programme)
    now = dict(view.wordings)[language]
    if now is None and request.method != "POST":
        raise Http404
    form = StopForm(sent(request), initial={"version": now.version if now else 0})
    if form.is_valid():
        version = form.cleaned_data["version"]
        if act.done(
            request,
            RunProgramme,
            lambda p: acts.stop(p, language=language, version=version),
            form=form,
            programme=programme,
        ):
            messages.success(request, gettext("Frågorna ställs inte längre."))
            return redirect("health_questions", programme=programme)
    return show(
        request, "follow_ups/stop.html", form, programme=programme, view=view, language=LANGUAGE_WORDS[language]
    )


urlpatterns = [
    path("program/<uuid:programme>/uppfoljning/", figures, name="follow_up_figures"),
    path("program/<uuid:programme>/halsofragor/", questions, name="health_questions"),
    path("program/<uuid:programme>/halsofragor/<slug:language>/", write, name="health_wording"),
    path("program/<uuid:programme>/halsofragor/<slug:language>/sluta/", stop, name="health_wording_stop"),
]
