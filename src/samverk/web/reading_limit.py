"""How much one account may ask for in an hour: far more than anyone reads, far less than a copy of the house
(OWASP ASVS 5.0.0, 2.4.1).
"""

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from samverk.access import logins
from samverk.web.errors import too_many
from samverk.web.needs import declared_acts

HOUR = 60 * 60


class ReadingLimit:
    """Answers 429 to an account that has asked for more than SAMVERK_READS_AN_HOUR pages in this hour.

    Counted in each of the server's processes by itself, in memory, so that no page costs a query more for it.
    Stands after the middleware that knows who asks.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: object, kwargs: object
    ) -> HttpResponse | None:
        """Count what is asked for of what needs an act; one's own login is not counted."""
        actor, most = getattr(request, "actor", None), settings.SAMVERK_READS_AN_HOUR
        if actor is None or most is None or not declared_acts(view) or _asked(actor.account) <= most:
            return None
        logins.limited("reading", actor=actor)
        return too_many(request)


def _asked(account: UUID | None) -> int:
    """How often the account has asked in this hour, with this time."""
    key = f"samverk:reads:{account}:{int(time.time()) // HOUR}"
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key)
    except ValueError:  # It ran out in between.
        return 1
