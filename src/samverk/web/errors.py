"""What a browser is shown when a request cannot be taken at all."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Too big, or not to be read."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def too_many(request: HttpRequest) -> HttpResponse:
    """Asked too often: 429, with words, and how many seconds there are to wait at most."""
    match = request.resolver_match
    if match is not None and getattr(match.func, "samverk_api", False):
        detail = _("Du har hämtat mycket på kort tid. Vänta en stund och försök igen.")
        answer: HttpResponse = JsonResponse({"detail": detail}, status=429)
    else:
        answer = render(request, "429.html", status=429)
    answer["Retry-After"] = str(60 * 60)
    return answer


def busy(request: HttpRequest) -> HttpResponse:
    """The server has its hands full with something that goes one at a time: 503, with words, and when to come back."""
    answer = render(request, "503.html", status=503)
    answer["Retry-After"] = "30"
    return answer
