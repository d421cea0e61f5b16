"""Where whoever has found a weakness turns: /.well-known/security.txt (RFC 9116)."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from samverk.web.needs import public

HOLDS = timedelta(days=180)
"""RFC 9116 §2.5.5 advises less than a year. Counted from today, so that it never runs out by being forgotten."""


@public("whom to tell of a weakness; holds the operator's contact and nothing else")
@require_GET
def security_txt(request: HttpRequest) -> HttpResponse:
    """The operator's contact. Not there until the operator has set one: a contact that nobody reads is worse."""
    contact: str = settings.SAMVERK_SECURITY_CONTACT
    if not contact:
        raise Http404
    last = datetime.combine(timezone.localdate() + HOLDS, time(), tzinfo=UTC)
    lines = [
        f"Contact: {contact}",
        f"Expires: {last:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: sv, en",
        f"Canonical: {request.build_absolute_uri(reverse('security_txt'))}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


urlpatterns = [path(".well-known/security.txt", security_txt, name="security_txt")]
