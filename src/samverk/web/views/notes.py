"""Notes, and the timeline of everything that has happened."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext

from samverk.access import codes, notes
from samverk.access import timeline as seen
from samverk.access.declare import ReadCase, WriteNote
from samverk.access.may import may
from samverk.actions import notes as acts
from samverk.web import act, asked, words
from samverk.web.forms import notes as forms
from samverk.web.needs import needs
from samverk.web.shown import sent, show


@needs(ReadCase)
def listing(request: HttpRequest, case: UUID) -> HttpResponse:
    """The notes, newest first."""
    start = asked.number(request, "fran")
    facts, page, may_write, names = act.look(
        request,
        ReadCase,
        lambda p: (p.case, notes.notes_of(p, start=start), may(p, WriteNote), codes.names("category")),
        case=case,
    )
    context = {
        "facts": facts,
        "page": page,
        "rows": [(note, codes.word(names, "category", note.category)) for note in page.rows],
        "may_write": may_write,
        "older": start + notes.PAGE if page.more else None,
        "newer": max(start - notes.PAGE, 0) if start else None,
    }
    return render(request, "notes/list.html", context)


@needs(ReadCase, WriteNote)
def new(request: HttpRequest, case: UUID) -> HttpResponse:
    """Write."""
    facts, categories, may_write = act.look(
        request, ReadCase, lambda p: (p.case, codes.names("category")["category"], may(p, WriteNote)), case=case
    )
    if request.method != "POST" and not may_write:
        raise Http404
    form = forms.Write(sent(request), initial={"category": "process", "happened_on": timezone.localdate()})
    form.offer(categories.values(), herself=act.actor(request).person is not None)
    if form.is_valid():
        data = form.cleaned_data
        if act.done(request, WriteNote, lambda p: acts.write(p, **data), form=form, case=case):
            messages.success(request, gettext("Anteckningen är sparad."))
            return redirect("notes", case=case)
    return show(request, "notes/new.html", form, facts=facts)


@needs(ReadCase)
def timeline(request: HttpRequest, case: UUID) -> HttpResponse:
    """Everything that has happened, newest first, a page at a time."""
    before = request.GET.get("fore", "")
    chosen = request.GET.getlist("slag")
    facts, kinds, page = act.look(
        request,
        ReadCase,
        lambda p: (p.case, seen.kinds_in(p), seen.timeline(p, before=before, kinds=chosen)),
        case=case,
    )
    form = forms.Filter(initial={"slag": chosen})
    form.offer([(kind, words.kind_word(kind)) for kind in kinds])
    context = {
        "facts": facts,
        "page": page,
        "form": form,
        "chosen": chosen,
        "older": urlencode([*(("slag", kind) for kind in chosen), ("fore", page.older)]) if page.older else "",
        "first": not before,
    }
    return render(request, "notes/timeline.html", context)


urlpatterns = [
    path("arenden/<uuid:case>/anteckningar/", listing, name="notes"),
    path("arenden/<uuid:case>/anteckningar/ny/", new, name="note_new"),
    path("arenden/<uuid:case>/tidslinje/", timeline, name="timeline"),
]
