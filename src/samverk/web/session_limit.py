"""How long a login lasts: a working day at most, an hour without a click, and in the browser where it was made.

OWASP ASVS 5.0.0, 7.3.1, 7.3.2 and 8.2.4.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from samverk.access import logins

LONGEST = timedelta(hours=12)
IDLE = timedelta(hours=1)
"""Without a request for so long, the login ends. The page has said so before (`.idle` in samverk.css)."""
_NOTED = timedelta(minutes=5)
"""So often it is written down that somebody is there: not at each click, which would be a write for each look."""
BEGAN = "samverk_began"
"""In the session: when its login was."""
SEEN = "samverk_seen"
"""In the session: when its holder last asked for something, to within five minutes."""
BROWSER = "samverk_browser"
"""In the session: a mark of the browser that logged in. Absent when it did not say which it was."""
MOVED = "samverk_moved"
"""What a request bears whose login was ended because it came from another browser."""


@receiver(user_logged_in)
def _began(request: HttpRequest, **_: Any) -> None:
    request.session[BEGAN] = request.session[SEEN] = timezone.now().isoformat()
    request.session.pop(BROWSER, None)
    if mark := _browser(request):
        request.session[BROWSER] = mark


def _browser(request: HttpRequest) -> str:
    """A mark of what the browser says of itself; blank when it says nothing."""
    told = request.META.get("HTTP_USER_AGENT", "")
    return hashlib.sha256(told.encode()).hexdigest() if told else ""


class SessionLimit:
    """Forgets a session whose login is too long ago, or was made in another browser: a copied cookie.

    A changed network address ends nothing, since telephones change theirs all day. Asks the database for nothing more
    than the session, and stands before the middleware that asks who is logged in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began: str | None = request.session.get(BEGAN)
        if began is not None:
            now, start = timezone.now(), datetime.fromisoformat(began)
            seen = datetime.fromisoformat(request.session.get(SEEN, began))
            if now - start > LONGEST or now - seen > IDLE:
                request.session.flush()
            elif request.session.get(BROWSER, _browser(request)) != _browser(request):
                account = request.session.get(SESSION_KEY)
                request.session.flush()
                logins.moved(account)
                setattr(request, MOVED, True)
            elif now - seen > _NOTED:
                request.session[SEEN] = now.isoformat()
        return self.get_response(request)
