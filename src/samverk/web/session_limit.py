"""A login lasts a working day at most, however busy the session is (OWASP ASVS 5.0.0, 7.3.2)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

LONGEST = timedelta(hours=12)
BEGAN = "samverk_began"
"""In the session: when its login was."""


@receiver(user_logged_in)
def _began(request: HttpRequest, **_: Any) -> None:
    request.session[BEGAN] = timezone.now().isoformat()


class SessionLimit:
    """Forgets a session whose login is too long ago. Stands before the middleware that asks who is logged in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began: str | None = request.session.get(BEGAN)
        if began is not None and timezone.now() - datetime.fromisoformat(began) > LONGEST:
            request.session.flush()
        return self.get_response(request)
