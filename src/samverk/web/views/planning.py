"""A programme's planning: where is the queue, and what would one thing more change? Numbers only, kept nowhere."""

from importlib.util import find_spec
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from samverk.access.declare_house import SeeSteering
from samverk.access.planning import PlanningView, planning_of
from samverk.web import act
from samverk.web.fates_engine import MISSING, READY, Busy, Engine
from samverk.web.needs import needs
from samverk.web.shown import show

AGAIN = "5"
"""Seconds until a page that waits asks again."""


def _load() -> None:
    """Compiles what the page asks for, or reads it from disk."""
    from samverk.fates.queueing import EXAMPLE, wait

    wait(EXAMPLE, years=1, warm_years=0, runs=2)


ENGINE = Engine(_load)
"""The server's own, started by the first who asks: the kernels of a queue are others than those of the fates."""


@needs(SeeSteering)
def planning(request: HttpRequest, programme: UUID) -> HttpResponse:
    """The numbers that the address holds, or those to begin with, and what comes of them."""
    view = act.look(request, SeeSteering, planning_of, programme=programme)
    if find_spec("numba") is None:
        return _not_yet(request, view, missing=True)
    from samverk.web import planning as words
    from samverk.web.forms.planning import LABELS, PlanningForm

    asked = any(name in request.GET for name in LABELS)
    ENGINE.start()
    # What begins with half of the numbers invented is not simulated before somebody has looked at them.
    form = PlanningForm(request.GET if asked else words.beginning(view))
    if not form.is_valid() or not asked:
        return show(request, "planning/planning.html", form, view=view, asked=asked)
    if (state := ENGINE.state()) != READY:
        return _not_yet(request, view, missing=state == MISSING)
    try:
        with ENGINE.turn():
            queue = words.queue_of(form.programme())
    except Busy:
        return _not_yet(request, view, missing=False)
    address = f"{request.path}?{urlencode(words.address(form.cleaned_data))}"
    return show(
        request,
        "planning/planning.html",
        form,
        view=view,
        asked=asked,
        queue=queue,
        address=request.build_absolute_uri(address),
    )


def _not_yet(request: HttpRequest, view: PlanningView, *, missing: bool) -> HttpResponse:
    """Nothing can be simulated now, or never here: it is said, and the page asks again by itself where it may help."""
    status = 200 if missing else 202
    answer = render(request, "planning/not_yet.html", {"view": view, "missing": missing}, status=status)
    if not missing:
        answer["Refresh"] = AGAIN
    return answer


urlpatterns = [path("program/<uuid:programme>/planera/", planning, name="planning")]
