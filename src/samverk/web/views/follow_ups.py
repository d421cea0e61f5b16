"""Follow-ups: what is planned, her answers, and what was missed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext

from samverk.access import codes, follow_ups, health_wording
from samverk.access.declare import ReadCase, WriteFollowUp
from samverk.access.follow_ups import FollowUpView
from samverk.access.health_wording import WordingView
from samverk.access.permit import CaseFacts, Permit
from samverk.actions import follow_ups as acts
from samverk.domain.follow_up import COLLABORATION, DIMENSIONS, QUESTIONS, RATINGS, Point, pages
from samverk.web import act, asked, words
from samverk.web.forms import follow_ups as forms
from samverk.web.needs import needs
from samverk.web.shown import sent, show

POINTS = {"start": Point.START, "slut": Point.END}
SLUGS = {point.value: slug for slug, point in POINTS.items()}
LISTS = ("livelihood", "occupation", "follow_up_how", "follow_up_missed")
Line = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the pages of one point have in common."""

    facts: CaseFacts
    view: FollowUpView
    names: codes.Names
    wording: WordingView | None

    @property
    def heading(self) -> str:
        return words.point_word(self.view.point, self.view.months)

    @property
    def pages(self) -> tuple[tuple[str, ...], ...]:
        return pages(self.view.point, dimensions=self.wording is not None)


@needs(ReadCase)
def listing(request: HttpRequest, case: UUID) -> HttpResponse:
    """The points in the order of time, with what was answered."""
    facts, views, record, names = act.look(request, ReadCase, _list, case=case)
    page = {
        "facts": facts,
        "rows": [(view, _lines(view, names), _how(view, names)) for view in views],
        "record": [(SLUGS[point], words.point_word(point, 0)) for point in record],
        "first": follow_ups.now(views),
    }
    return render(request, "follow_ups/list.html", page)


@needs(ReadCase, WriteFollowUp)
def answer(request: HttpRequest, case: UUID, follow_up: UUID) -> HttpResponse:
    """The questions: a short page at a time for her, all on one page for whoever types them in for her."""
    seen = _see(request, case, follow_up)
    if request.method != "POST" and not seen.view.may_answer:
        raise Http404
    herself = act.actor(request).person is not None
    number = _page(request, seen) if herself else 0
    names = seen.pages[number] if herself else tuple(name for page in seen.pages for name in page)
    form = _form(request, seen, names, herself=herself)
    last = not herself or number + 1 == len(seen.pages)
    later = request.POST.get("sedan") == "ja"
    if form.is_valid():
        status, data = form.status(), form.cleaned_data
        finished = last and not later
        if (status.empty and not finished) or act.done(
            request,
            WriteFollowUp,
            lambda p: acts.answer(
                p,
                follow_up=follow_up,
                version=data["version"] or 0,
                status=status,
                answered_on=data.get("answered_on") or p.today,
                how=data.get("how", ""),
                wording=data.get("wording"),
                finished=finished,
            ),
            form=form,
            case=case,
        ):
            return _go_on(request, case, follow_up, after=None if last or later else number + 1, finished=finished)
    return show(
        request,
        "follow_ups/answer.html",
        form,
        facts=seen.facts,
        view=seen.view,
        heading=seen.heading,
        fields=[_put(bound) for bound in form if bound.name in (*QUESTIONS, "words_declined", "health_declined")],
        number=number + 1,
        count=len(seen.pages),
        before=number if herself else 0,
        last=last,
        wording=seen.wording,
    )


@needs(ReadCase)
def paper(request: HttpRequest, case: UUID, follow_up: UUID) -> HttpResponse:
    """The questions to fill in by pen, in large text."""
    seen = _see(request, case, follow_up)
    if not seen.view.may_answer:
        raise Http404
    names = tuple(name for page in seen.pages for name in page)
    form = _form(request, seen, names, herself=True)
    return render(
        request,
        "follow_ups/paper.html",
        {
            "facts": seen.facts,
            "view": seen.view,
            "heading": seen.heading,
            "questions": [_put(form[name]) for name in names],
            "wording": seen.wording,
        },
    )


@needs(ReadCase, WriteFollowUp)
def record(request: HttpRequest, case: UUID, point: str) -> HttpResponse:
    """Begin to ask how things are at the start or at the end, to compare with later."""
    if point not in POINTS:
        raise Http404
    form = django_forms.Form(sent(request))
    planned = None
    if request.method == "POST":
        planned = act.perform(
            request, WriteFollowUp, lambda p: acts.plan_now(p, point=POINTS[point]), form=form, case=case
        )
        for text in form.non_field_errors():
            messages.error(request, str(text))
    else:
        act.look(request, ReadCase, lambda p: None, case=case)
    if planned is None:
        return redirect("follow_ups", case=case)
    return redirect("follow_up_answer", case=case, follow_up=planned)


@needs(ReadCase, WriteFollowUp)
def miss(request: HttpRequest, case: UUID, follow_up: UUID) -> HttpResponse:
    """No answer this time: why, and when again."""
    seen = _see(request, case, follow_up)
    view = seen.view
    if not (view.may_miss or (request.method == "POST" and act.actor(request).person is None)):
        raise Http404
    form = forms.Miss(sent(request), initial={"version": view.version})
    form.offer(seen.names["follow_up_missed"].values(), last=view.last_try)
    if form.is_valid():
        data = form.cleaned_data
        if act.done(request, WriteFollowUp, lambda p: acts.miss(p, follow_up=follow_up, **data), form=form, case=case):
            messages.success(request, gettext("Sparat. Det går att svara senare ändå."))
            return redirect("follow_ups", case=case)
    return show(request, "follow_ups/miss.html", form, facts=seen.facts, view=view)


def _list(permit: Permit[ReadCase]) -> tuple[CaseFacts, tuple[FollowUpView, ...], tuple[str, ...], codes.Names]:
    views = follow_ups.follow_ups_of(permit)
    return permit.case, views, follow_ups.may_record(permit, views), codes.names(*LISTS)


def _see(request: HttpRequest, case: UUID, follow_up: UUID) -> _Seen:
    def look(permit: Permit[ReadCase]) -> _Seen | None:
        view = follow_ups.follow_up(permit, id=follow_up)
        return None if view is None else _Seen(permit.case, view, codes.names(*LISTS), health_wording.asked(permit))

    seen = act.look(request, ReadCase, look, case=case)
    if seen is None:
        raise Http404
    return seen


def _page(request: HttpRequest, seen: _Seen) -> int:
    """Which page of the questions is asked for; unless told, where she stopped: what she left out before stays out."""
    if "del" in request.GET:
        return min(max(asked.number(request, "del"), 1), len(seen.pages)) - 1
    if seen.view.status == "done":
        return 0
    told = seen.view.answers
    begun = [n for n, names in enumerate(seen.pages) if told.begun(*names)]
    stopped = begun[-1] if begun else 0
    return min(stopped + told.settled(*seen.pages[stopped]), len(seen.pages) - 1)


def _form(request: HttpRequest, seen: _Seen, names: tuple[str, ...], *, herself: bool) -> forms.Answers:
    view = seen.view
    start: dict[str, object] = {"answered_on": timezone.localdate(), "how": request.GET.get("satt", "")}
    start |= forms.Answers.showing(view.answers)
    if view.status == "done":
        start |= {"how": view.how, "answered_on": view.answered_on}
    form = forms.Answers(sent(request), initial=start | {"version": view.version})
    lists = (seen.names[name].values() for name in LISTS[:3])
    form.offer(*lists, wording=seen.wording)
    form.ask_only(names, herself=herself)
    return form


def _go_on(request: HttpRequest, case: UUID, follow_up: UUID, *, after: int | None, finished: bool) -> HttpResponse:
    """To the next page of questions, or back to the list with a word about what was saved."""
    if after is not None:
        return redirect(f"{reverse('follow_up_answer', args=[case, follow_up])}?del={after + 1}")
    if finished:
        messages.success(request, gettext("Tack. Svaren är sparade."))
    else:
        messages.success(request, gettext("Det som är svarat är sparat. Resten kan vänta."))
    return redirect("follow_ups", case=case)


def _put(bound: BoundField) -> tuple[BoundField, str]:
    """A question, and which sort it is: those of one sort have one line above them."""
    name = bound.name
    return bound, "agree" if name in COLLABORATION else "levels" if name in DIMENSIONS else ""


def _lines(view: FollowUpView, names: codes.Names) -> list[Line]:
    """What was answered, beside what was asked; her words are shown by themselves."""
    form = forms.Answers()
    form.offer(*(names[name].values() for name in LISTS[:3]), wording=view.wording)
    told = view.answers
    lines = []
    for name in QUESTIONS:
        if name in told.declined:
            lines.append((form.label_of(name), gettext("Vill inte svara")))
        elif name != "words" and told.of(name):
            lines.append((form.label_of(name), _said(form, names, name, getattr(told, name))))
    return lines


def _how(view: FollowUpView, names: codes.Names) -> str:
    """How she answered, when somebody else wrote it down."""
    return codes.word(names, "follow_up_how", view.how) if view.how else ""


def _said(form: forms.Answers, names: codes.Names, name: str, value: Any) -> str:
    if name == "livelihoods":
        return ", ".join(codes.word(names, "livelihood", code) for code in value)
    if name == "occupation":
        return codes.word(names, "occupation", value)
    if name == "health":
        return gettext("%(n)s av 100") % {"n": value}
    return form.answer_of(name, value) if name in (*RATINGS, *DIMENSIONS) else str(value)


urlpatterns = [
    path("arenden/<uuid:case>/uppfoljning/", listing, name="follow_ups"),
    path("arenden/<uuid:case>/uppfoljning/laget/<slug:point>/", record, name="follow_up_record"),
    path("arenden/<uuid:case>/uppfoljning/<uuid:follow_up>/svar/", answer, name="follow_up_answer"),
    path("arenden/<uuid:case>/uppfoljning/<uuid:follow_up>/papper/", paper, name="follow_up_paper"),
    path("arenden/<uuid:case>/uppfoljning/<uuid:follow_up>/missad/", miss, name="follow_up_miss"),
]
