"""Closed by default: no route answers unless it says what it needs."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samverk.access import second_factor
from samverk.access.actor import frozen
from samverk.access.door import AlreadyDone
from samverk.access.sentences import sentence
from samverk.domain.words import Rejection
from samverk.web.errors import busy
from samverk.web.needs import PROVING, THIRD_PARTY, UndeclaredRoute, declared_acts
from samverk.web.pdf import Busy
from samverk.web.session_limit import MOVED

LEFT = "samverk_left"
"""What a request bears whose login was ended by it."""
HIDDEN = ("csrf", "password", "code")
"""Fields that are not given back on a page."""
Respond = Callable[[HttpRequest], HttpResponse]
View = Callable[..., Any]


class EncryptedInterface:
    """The interface without encryption is refused, not redirected: a program that sends case data so must be told.

    A redirect would let it go on, with everything in the first request readable on the way (OWASP ASVS 5.0.0, 4.1.2).
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECURE_SSL_REDIRECT and not request.is_secure() and request.path.startswith("/api/"):
            return JsonResponse({"detail": _("Använd https. Det du skickade togs inte emot.")}, status=403)
        return self.get_response(request)


@receiver(user_logged_out)
def _left(request: HttpRequest | None, **_: Any) -> None:
    if request is not None:
        setattr(request, LEFT, True)


class NoStore:
    """No page about a person stays in a browser or a proxy; at logout the browser forgets what it still holds."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        if getattr(request, LEFT, False):
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response


class SecondFactor:
    """Outside the demonstration, nobody comes further than her own account without a second factor."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: object, kwargs: object) -> HttpResponse | None:
        """Lead a session without a second factor to where one is shown, or set up."""
        if settings.SAMVERK_DEMO or not request.user.is_authenticated or second_factor.shown(request, request.user):
            return None
        name = _name(request)
        word = declaration(view, name)
        if word.startswith("public") or name in PROVING:
            return None
        there = second_factor.exists(request.user)
        if word == "own account" and not there:
            return None
        if _is_api(view):
            return JsonResponse({"detail": _("Logga in i webbläsaren med din andra faktor först.")}, status=403)
        if not there:
            return redirect("mfa_index")
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")


class DefaultDeny:
    """Every route declares what it needs; whoever is not logged in comes to the login page."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: object, kwargs: object) -> HttpResponse | None:
        """Let a declared route pass, and give it the actor; answer the others."""
        word = declaration(view, _name(request))
        actor = frozen(request.user) if request.user.is_authenticated else None
        request.actor = actor  # type: ignore[attr-defined]
        request.samverk_needs = declared_acts(view) or ()  # type: ignore[attr-defined]
        if word.startswith("closed"):
            raise Http404
        if actor is not None or word.startswith("public"):
            return None
        if _is_api(view):
            return JsonResponse({"detail": _("Logga in först.")}, status=401)
        if getattr(request, MOVED, False):
            told = _(
                "Du är utloggad. Webbläsaren är en annan än när du loggade in, eller har uppdaterats. Logga in igen."
            )
            messages.warning(request, told)
        typed = _typed(request)
        if typed:
            return render(request, "account/ended.html", {"typed": typed}, status=403)
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page that was sent twice, or refused without a form to say so on: back to the case, with a sentence.

        A paper that could not be made in time: a page that says so.
        """
        if isinstance(exception, AlreadyDone):
            messages.info(request, _("Det här hade du redan skickat. Det är sparat en gång."))
        elif isinstance(exception, Busy):
            return busy(request)
        elif isinstance(exception, Rejection):
            for problem in exception.problems:
                messages.error(request, sentence(problem))
        else:
            return None
        match = request.resolver_match
        case = match.kwargs.get("case") if match else None
        return redirect("case", case=case) if case else redirect("home")


def declaration(view: View, name: str) -> str:
    """What the route says of itself: "public: why", "own account", "logged in: why", "closed: why" or "needs".

    Raises UndeclaredRoute when it says nothing.
    """
    why = getattr(view, "samverk_public", "")
    if why:
        return f"public: {why}"
    if declared_acts(view):
        return "needs"
    if name in THIRD_PARTY:
        return THIRD_PARTY[name]
    raise UndeclaredRoute(f"{name or 'a route without a name'}: {view!r}")


def _name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def _typed(request: HttpRequest) -> list[str]:
    """The sentences in a form that was sent after its login had ended: given back, so that nothing has to be rewritten.

    Only what came from a page of ours that was open in a session: the form key has been checked by now.
    """
    if request.method != "POST" or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return []
    sent = [text for name, texts in request.POST.lists() if not name.startswith(HIDDEN) for text in texts]
    return [text for text in sent if len(text.split()) > 1]


def _is_api(view: View) -> bool:
    return bool(getattr(view, "samverk_api", False))
