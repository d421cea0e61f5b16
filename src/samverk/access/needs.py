"""What each route needs, written on the route itself. Nothing is open by default."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

from samverk.access.declare_house import Act

V = TypeVar("V", bound=Callable[..., Any])


class UndeclaredRoute(RuntimeError):
    """A route says neither what it needs nor that it is public: a programming error."""


class UndeclaredAct(RuntimeError):
    """A route does an act that it has not declared: a programming error."""


def needs(*acts: type[Act]) -> Callable[[V], V]:
    """Declare that a view does these acts, each through the door."""

    def mark(view: V) -> V:
        view.samverk_needs = acts  # type: ignore[attr-defined]
        return view

    return mark


def public(why: str) -> Callable[[V], V]:
    """Declare that a view is open to anyone, and why."""

    def mark(view: V) -> V:
        view.samverk_public = why  # type: ignore[attr-defined]
        return view

    return mark


def declared_acts(view: object) -> tuple[type[Act], ...] | None:
    """The acts that `view` declares; none for a public one, None when it declares nothing at all."""
    if getattr(view, "samverk_public", ""):
        return ()
    acts: tuple[type[Act], ...] | None = getattr(view, "samverk_needs", None)
    return acts or None


def demand_declared(request: HttpRequest, act: type[Act]) -> None:
    """What a route says that it needs is all that it may do. Raises UndeclaredAct otherwise."""
    declared: tuple[type[Act], ...] = getattr(request, "samverk_needs", ())
    if act not in declared:
        raise UndeclaredAct(f"{request.path} does {act.__name__} and has not said so")
