"""Where one comes in: one's own start page, and the demonstration's login."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from samverk.access import demo
from samverk.access.declare_house import SeeMyDay
from samverk.web import act
from samverk.web.needs import needs, public


@needs(SeeMyDay)
def home(request: HttpRequest) -> HttpResponse:
    """Participants come to their plan, officials to their day, evaluators to what they evaluate."""
    actor = act.actor(request)
    if actor.person is not None:
        return redirect("my_plan")
    if actor.party is not None:
        return redirect("my_day")
    return redirect("programmes" if actor.operator else "my_studies")


@public("the demonstration's login by one click; not found outside it")
@require_POST
def enter_demo(request: HttpRequest, account: UUID) -> HttpResponse:
    """Log in as one of the invented people."""
    if not demo.enter(request, account):
        raise Http404
    return redirect("home")


urlpatterns = [
    path("", home, name="home"),
    path("demo/<uuid:account>/", enter_demo, name="enter_demo"),
]
