"""The case page, the participant's own page, and one's own lists."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from samverk.access import cases
from samverk.access.declare import ReadCase
from samverk.access.declare_house import SeeMyDay
from samverk.access.log_roles import controls
from samverk.web import act, asked, case_page
from samverk.web.needs import needs


@needs(ReadCase)
def case(request: HttpRequest, case: UUID) -> HttpResponse:
    """The state of the whole on one screen. The participant has her own page of the same truth."""
    page = act.look(request, ReadCase, case_page.compose, case=case)
    template = "cases/my_plan.html" if page["case"].as_herself else "cases/case.html"
    return render(request, template, page)


@needs(SeeMyDay)
def my_plan(request: HttpRequest) -> HttpResponse:
    """The way to the participant's own page: the case to open first."""
    if act.actor(request).person is None:
        return redirect("home")
    current = act.look(request, SeeMyDay, cases.current_case)
    if current is None:
        return render(request, "cases/no_case.html")
    return redirect("case", case=current)


@needs(SeeMyDay)
def my_cases(request: HttpRequest) -> HttpResponse:
    """The cases one works in, under way or ended."""
    closed = request.GET.get("visa") == "avslutade"
    start = asked.number(request, "fran")
    rows, controls_log = act.look(
        request,
        SeeMyDay,
        lambda permit: (
            cases.my_cases(permit, closed=closed, start=start, most=cases.PAGE + 1),
            controls(permit.actor),
        ),
    )
    return render(
        request,
        "cases/my_cases.html",
        {
            "rows": rows[: cases.PAGE],
            "closed": closed,
            "controls_log": controls_log,
            "start": start,
            "before": start - cases.PAGE if start else None,
            "after": start + cases.PAGE if len(rows) > cases.PAGE else None,
        },
    )


urlpatterns = [
    path("min-plan/", my_plan, name="my_plan"),
    path("arenden/", my_cases, name="my_cases"),
    path("arenden/<uuid:case>/", case, name="case"),
]
