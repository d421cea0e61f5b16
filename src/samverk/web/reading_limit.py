"""How much one account may ask for in an hour: far more than anyone reads, far less than a copy of the house; and much
less of what costs the server much (OWASP ASVS 5.0.0, 2.4.1, 15.1.3 and 15.2.2). The table stands in docs/security.md.
"""

import time
from collections.abc import Callable, Iterator
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from samverk.access import logins
from samverk.access.actor import Actor
from samverk.web.errors import too_many
from samverk.web.needs import declared_acts

HOUR = 60 * 60
UPLOAD = "upload"
COSTLY = {
    UPLOAD: 60,
    "extract_take": 30,
    "fates_file": 120,
    "planning": 200,
    "study_file": 120,
    "study_run": 30,
    "take_log_home": 30,
}
"""What costs much, by the name of its route, and how often it may be asked for in an hour. UPLOAD: any form with a file.
Where nobody needs to log in, the network address is counted instead of the account."""


class ReadingLimit:
    """Answers 429 to an account that has asked for more than SAMVERK_READS_AN_HOUR pages in this hour, or for more of
    something costly than COSTLY says.

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
        """Count what is asked for of what needs an act, and what is costly; one's own login is not counted."""
        actor: Actor | None = getattr(request, "actor", None)
        if settings.SAMVERK_READS_AN_HOUR is None:
            return None
        who = str(actor.account) if actor is not None else get_adapter(request).get_client_ip(request)
        for what, most in _limits(request, view, actor):
            if _asked(what, who) > most:
                logins.limited(what, actor=actor)
                return too_many(request)
        return None


def _limits(request: HttpRequest, view: Callable[..., Any], actor: Actor | None) -> Iterator[tuple[str, int]]:
    """What is counted of this request, and how often it may be."""
    reads = settings.SAMVERK_READS_AN_HOUR
    if actor is not None and reads is not None and declared_acts(view):
        yield "reading", reads
    name = request.resolver_match.view_name if request.resolver_match else ""
    if name in COSTLY:
        yield name, COSTLY[name]
    # Before anybody has logged in no form of the house takes a file.
    if actor is not None and request.method == "POST" and request.FILES:
        yield UPLOAD, COSTLY[UPLOAD]


def _asked(what: str, who: str) -> int:
    """How often it has been asked for in this hour, with this time."""
    key = f"samverk:asked:{what}:{who}:{int(time.time()) // HOUR}"
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key)
    except ValueError:  # It ran out in between.
        return 1
