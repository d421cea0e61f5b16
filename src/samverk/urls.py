"""Where each address leads: the pages, the API, and the accounts."""

from allauth.account.decorators import reauthentication_required
from allauth.usersessions.views import list_usersessions
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path
from django.views import defaults

from samverk.api import api
from samverk.api.problems import absent, unreadable
from samverk.web import errors

API = "api/"

urlpatterns = [
    # Before allauth's own, which would let whoever sits down at an open desk end the owner's other sessions (ASVS 7.5.2).
    path(
        "konto/sessions/",
        reauthentication_required(list_usersessions, allow_get=True),
        name="usersessions_list",
    ),
    path("konto/", include("allauth.urls")),
    path(API, api.urls),
    path("", include("samverk.web.urls")),
]


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What cannot be read, in the form that the sender can read."""
    if request.path.startswith(f"/{API}"):
        status, text = unreadable(exception)
        return JsonResponse({"detail": text}, status=status)
    return errors.bad_request(request, exception)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What is not there, or not for the reader."""
    if request.path.startswith(f"/{API}"):
        return JsonResponse({"detail": absent()}, status=404)
    return defaults.page_not_found(request, exception)
