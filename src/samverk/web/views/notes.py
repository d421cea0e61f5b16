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
from samverk.access.permit import Permit
from samverk.actions import notes as acts
from samverk.web import act, words
from samverk.web.forms import notes as forms
from samverk.web.needs import needs


@needs(ReadCase)
def listing(request: HttpRequest, case: UUID) -> HttpResponse:
    """The notes, newest first."""
    start = _start(request)
    facts, page, may_write, names = act.look(
        request,
        ReadCase,
        lambda p: (p.case, notes.notes_of(p, start=start), _may_write(p), codes.names("category")["category"]),
        case=case,
    )
    context = {
        "facts": facts,
        "page": page,
        "rows": [(note, names[note.category].name if note.category in names else "") for note in page.rows],
        "may_write": may_write,
        "older": start + notes.PAGE if page.more else None,
        "newer": max(start - notes.PAGE, 0) if start else None,
    }
    return render(request, "notes/list.html", context)


@needs(ReadCase, WriteNote)
def new(request: HttpRequest, case: UUID) -> HttpResponse:
    """Write."""
    facts, categories, may_write = act.look(
        request, ReadCase, lambda p: (p.case, codes.names("category")["category"], _may_write(p)), case=case
    )
    if request.method != "POST" and not may_write:
        raise Http404
    form = forms.Write(request.POST or None, initial={"category": "process", "happened_on": timezone.localdate()})
    form.offer(categories.values(), herself=act.actor(request).person is not None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if act.perform(request, WriteNote, lambda p: acts.write(p, **data), form=form, case=case):
            messages.success(request, gettext("Anteckningen är sparad."))
            return redirect("notes", case=case)
    page = {"facts": facts, "form": form}
    return render(request, "notes/new.html", page, status=422 if form.errors else 200)


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


def _may_write(permit: Permit[ReadCase]) -> bool:
    return bool(permit.capacities & WriteNote.who) and permit.case.status in WriteNote.while_case


def _start(request: HttpRequest) -> int:
    start = request.GET.get("fran", "0")
    return int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 0


urlpatterns = [
    path("arenden/<uuid:case>/anteckningar/", listing, name="notes"),
    path("arenden/<uuid:case>/anteckningar/ny/", new, name="note_new"),
    path("arenden/<uuid:case>/tidslinje/", timeline, name="timeline"),
]
