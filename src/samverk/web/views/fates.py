"""The three fates: what does not working together cost? Shows no case and no person; parameters stand in the address."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from samverk.web import pdf
from samverk.web.fates_engine import ENGINE, READY, STARTING, Busy
from samverk.web.needs import public

WHY = "the three fates: a calculator that reads no case and no person; closed where the operator has not opened it"
AGAIN = "2"
"""Seconds until a page that waits for the engine asks again."""


@public(WHY)
@require_safe
def fates(request: HttpRequest) -> HttpResponse:
    """The whole page, which needs no script."""
    if (answer := _not_yet(request)) is not None:
        return answer
    from samverk.web import fates_page

    form, asked = fates_page.read(request)
    around = fates_page.around(form, asked)
    if asked is None:
        return render(request, "fates/page.html", around, status=422)
    if "" in request.GET.values():
        return redirect(f"{request.path}?{asked.query()}" if asked.query() else request.path)
    address = request.build_absolute_uri(f"{request.path}?{asked.query()}" if asked.query() else request.path)
    context = around | {"address": address, "pdf": pdf.available()}
    return render(request, "fates/page.html", context | fates_page.picture(asked) | fates_page.whether(asked))


@public(WHY)
@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    """What is exact, for the script: the picture and the costs."""
    return _part(request, "picture")


@public(WHY)
@require_safe
def whether(request: HttpRequest) -> HttpResponse:
    """What is drawn, for the script: whether it pays."""
    return _part(request, "whether")


@public(WHY)
@require_safe
def file(request: HttpRequest, what: str) -> HttpResponse:
    """Everything as tables, or as PDF where the server can make one."""
    if what not in ("tabeller.zip", "oden.pdf") or (what == "oden.pdf" and not pdf.available()):
        raise Http404
    if (answer := _not_yet(request)) is not None:
        return answer
    from samverk.web import fates_page

    form, asked = fates_page.read(request)
    if asked is None:
        raise Http404
    if what == "oden.pdf":
        doubted = fates_page.whether(asked)
        if doubted["worth"] is None:
            return _waits(request)
        address = request.build_absolute_uri(f"{reverse('fates')}?{asked.query()}")
        context = fates_page.around(form, asked) | fates_page.picture(asked) | doubted | {"address": address}
        return pdf.attached(render_to_string("fates/paper.html", context, request), "tre-oden")
    try:
        content = fates_page.sheet(asked)
    except Busy:
        return _waits(request)
    named = 'attachment; filename="samverk-tre-oden.zip"'
    return HttpResponse(content, content_type="application/zip", headers={"Content-Disposition": named})


def _part(request: HttpRequest, name: str) -> HttpResponse:
    if (answer := _not_yet(request)) is not None:
        return answer
    from samverk.web import fates_page

    form, asked = fates_page.read(request)
    if asked is None:
        return render(request, "fates/wrong.html", {"form": form}, status=422)
    found = fates_page.picture(asked) if name == "picture" else fates_page.whether(asked)
    answer = render(request, f"fates/{name}.html", found)
    answer["X-Fates-Query"] = asked.query()
    return answer


def _not_yet(request: HttpRequest) -> HttpResponse | None:
    """The answer to whoever may not see the page, or must wait for the engine; None when there is nothing to wait for."""
    if getattr(request, "actor", None) is None and not settings.SAMVERK_OPEN_FATES:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
    state = ENGINE.state()
    if state == READY:
        return None
    if state == STARTING:
        return _waits(request)
    return render(request, "fates/missing.html", status=404)


def _waits(request: HttpRequest) -> HttpResponse:
    answer = render(request, "fates/starting.html", status=202)
    answer["Refresh"] = AGAIN
    return answer


urlpatterns = [
    path("tre-oden/", fates, name="fates"),
    path("tre-oden/bild/", picture, name="fates_picture"),
    path("tre-oden/sannolikhet/", whether, name="fates_whether"),
    path("tre-oden/<str:what>", file, name="fates_file"),
]
