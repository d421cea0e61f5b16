"""An interface that is closed until each of its operations says what it needs, and who asks is known."""

import inspect
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.operation import Operation, PathView
from ninja.security.apikey import APIKeyCookie

from samverk.access.actor import Actor
from samverk.access.needs import UndeclaredRoute, declared_acts
from samverk.api import problems


class Session(APIKeyCookie):
    """Whoever has logged in with the browser. A write needs the token against forged requests as well."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """The actor that the request's session stands for."""
        return getattr(request, "actor", None)


class ClosedAPI(NinjaAPI):
    """Every operation demands a login, and carries what it needs out to the route that leads to it."""

    def __init__(self, **about: Any) -> None:
        super().__init__(auth=Session(), **about)
        problems.answer(self)

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        """The addresses, each marked for the middleware. UndeclaredRoute when an operation has said nothing."""
        patterns, app, namespace = super().urls
        for pattern in patterns:
            view: Any = pattern.callback
            view.samverk_api = True
            found = operations(view)
            if found:
                view.samverk_needs = tuple(act for operation in found for act in _acts(operation))
        return patterns, app, namespace


def operations(view: object) -> list[Operation]:
    """The operations behind an address of the interface; none behind those that are no part of it."""
    path = inspect.getclosurevars(view).nonlocals.get("self") if inspect.isfunction(view) else None
    return list(path.operations) if isinstance(path, PathView) else []


def _acts(operation: Operation) -> tuple[type, ...]:
    acts = declared_acts(operation.view_func)
    if not acts or not operation.auth_callbacks:
        raise UndeclaredRoute(f"{operation.methods} {operation.path}: {operation.view_func!r}")
    return acts
