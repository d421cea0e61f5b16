"""The official's start page: what needs her now, in all her cases."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from samverk.access.declare_house import SeeMyDay
from samverk.access.my_day import my_day as see
from samverk.web import act
from samverk.web.needs import needs


@needs(SeeMyDay)
def my_day(request: HttpRequest) -> HttpResponse:
    """What needs the reader now, her meetings, and how many referrals wait."""
    if act.actor(request).party is None:
        return redirect("home")
    return render(request, "cases/my_day.html", {"day": act.look(request, SeeMyDay, see)})


urlpatterns = [path("min-dag/", my_day, name="my_day")]
