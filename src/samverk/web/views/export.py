"""Everything about me: the participant's own copy, made of the very pages that she sees on the screen."""

import copy
import dataclasses
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, path, resolve, reverse

from samverk.access import logins, looks
from samverk.access.cases import CaseRow
from samverk.access.declare import OpenScan, ReadCase, SeeWhoLooked, SetGoal, TakeOut
from samverk.access.declare_house import Act, SeeMyDay
from samverk.access.export import COPIES_IN_AN_HOUR, copies_in_an_hour, everything, her_cases
from samverk.access.permit import Permit
from samverk.web import act
from samverk.web.errors import too_many
from samverk.web.needs import declared_acts, needs
from samverk.web.saved import main_of

READS: frozenset[type[Act]] = frozenset({ReadCase, SeeWhoLooked, OpenScan, SetGoal})
"""A page of hers that does nothing else is part of the copy. SetGoal: all her wordings of the goal stand there."""
ON_PAPER = ("print", "blank")
"""Pages that say the same as another, for a printer."""
HREF = re.compile(r'<a\b[^>]*?\bhref="(/[^"#]*)')
ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "application/json": "json"}
FOR_THE_SCREEN = re.compile(r"^(may_.*|.*tone|i_shall_sign|my_needs)$")
"""Fields of the views that say how a page looks or what can be done on it, and nothing about her."""


@dataclass(frozen=True, slots=True)
class _Page:
    path: str
    html: str


@needs(SeeMyDay)
def everything_about_me(request: HttpRequest) -> HttpResponse:
    """What the copy holds, and where it is fetched."""
    cases = act.look(request, SeeMyDay, her_cases)
    if cases is None:
        raise Http404
    return render(request, "export/everything.html", {"cases": cases})


@needs(SeeMyDay, TakeOut, ReadCase, SeeWhoLooked)
def everything_file(request: HttpRequest) -> HttpResponse:
    """The copy: pages to read, the same as data, and the papers. Decided anew, and kept by nobody on the way."""
    cases = act.look(request, SeeMyDay, her_cases)
    if cases is None:
        raise Http404
    taken = [act.look(request, TakeOut, copies_in_an_hour, case=case.id) for case in cases]
    if max(taken, default=0) > COPIES_IN_AN_HOUR:
        logins.limited("export", actor=act.actor(request))
        return too_many(request)
    whole = io.BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as file:
        for number, case in enumerate(cases, start=1):
            _add(request, file, case, folder=f"{number}/" if len(cases) > 1 else "")
    return HttpResponse(
        whole.getvalue(),
        content_type="application/zip",
        headers={"Content-Disposition": 'attachment; filename="samverk.zip"', "Cache-Control": "no-store"},
    )


def _add(request: HttpRequest, file: ZipFile, case: CaseRow, *, folder: str) -> None:
    data = {
        "everything": act.look(request, ReadCase, everything, case=case.id),
        "looks": act.look(request, SeeWhoLooked, _all_looks, case=case.id),
    }
    text = json.dumps(plain(data), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    file.writestr(f"{folder}samverk.json", text)
    pages: list[_Page] = []
    papers = 0
    for path_, answer in _walk(request, case.id):
        kind = answer["Content-Type"].partition(";")[0]
        if kind == "text/html":
            pages.append(_Page(path_, main_of(answer.content.decode())))
        elif kind in ENDINGS:
            papers += 1
            file.writestr(f"{folder}papper-{papers}.{ENDINGS[kind]}", answer.content)
    context = {"pages": pages, "case": case}
    file.writestr(f"{folder}samverk.html", render_to_string("export/saved.html", context, request))


def _walk(request: HttpRequest, case: UUID) -> Iterator[tuple[str, HttpResponse]]:
    """Her own pages of one case, found by following her own links, each through the door by itself."""
    waiting, seen = [reverse("case", kwargs={"case": case})], set[str]()
    while waiting:
        path_ = waiting.pop(0)
        if path_ in seen:
            continue
        seen.add(path_)
        answer = _shown(request, path_, case)
        if answer is None or answer.status_code != 200:
            continue
        yield path_, answer
        if answer["Content-Type"].startswith("text/html"):
            waiting += [unescape(href) for href in HREF.findall(answer.content.decode())]


def _shown(request: HttpRequest, path_: str, case: UUID) -> HttpResponse | None:
    """The page as she would get it now; None where the address is no page of hers to read."""
    where, _, asked = path_.partition("?")
    # A filter shows less of what another page shows whole.
    if any(name not in ("fran", "fore", "sida") for name in QueryDict(asked)):
        return None
    try:
        match = resolve(where)
    except Resolver404:
        return None
    acts = declared_acts(match.func)
    if match.kwargs.get("case") != case or not acts or not READS.issuperset(acts):
        return None
    if match.url_name is None or match.url_name.endswith(ON_PAPER):
        return None
    inner = copy.copy(request)
    inner.path = inner.path_info = where
    inner.GET = QueryDict(asked)
    inner.resolver_match = match
    inner.samverk_needs = acts  # type: ignore[attr-defined]
    try:
        answer: HttpResponse = match.func(inner, *match.args, **match.kwargs)
    except Http404:
        return None
    return answer


def _all_looks(permit: Permit[SeeWhoLooked]) -> list[looks.LookView]:
    number, found = 1, list[looks.LookView]()
    while True:
        page = looks.looks_of(permit, page=number)
        found += page.looks
        if not page.has_next:
            return found
        number += 1


def plain(value: Any) -> Any:
    """Frozen views as lists and dicts, without what is for the screen alone."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value) if not FOR_THE_SCREEN.match(field.name)]
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(inner) for inner in value]
    return value


urlpatterns = [
    path("allt-om-mig/", everything_about_me, name="everything"),
    path("allt-om-mig/samverk.zip", everything_file, name="everything_file"),
]
