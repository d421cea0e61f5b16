"""How long a login lasts: a working day at most, and an hour without a click (OWASP ASVS 5.0.0, 7.3.1 and 7.3.2)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

LONGEST = timedelta(hours=12)
IDLE = timedelta(hours=1)
"""Without a request for so long, the login ends. The page has said so before (`.idle` in samverk.css)."""
_NOTED = timedelta(minutes=5)
"""So often it is written down that somebody is there: not at each click, which would be a write for each look."""
BEGAN = "samverk_began"
"""In the session: when its login was."""
SEEN = "samverk_seen"
"""In the session: when its holder last asked for something, to within five minutes."""


@receiver(user_logged_in)
def _began(request: HttpRequest, **_: Any) -> None:
    request.session[BEGAN] = request.session[SEEN] = timezone.now().isoformat()


class SessionLimit:
    """Forgets a session whose login is too long ago. Stands before the middleware that asks who is logged in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began: str | None = request.session.get(BEGAN)
        if began is not None:
            now, start = timezone.now(), datetime.fromisoformat(began)
            seen = datetime.fromisoformat(request.session.get(SEEN, began))
            if now - start > LONGEST or now - seen > IDLE:
                request.session.flush()
            elif now - seen > _NOTED:
                request.session[SEEN] = now.isoformat()
        return self.get_response(request)
