"""One act through the door, for an operation of the interface."""

from collections.abc import Callable
from typing import TypeVar, cast
from uuid import UUID

from django.http import Http404, HttpRequest

from samverk.access.actor import Actor
from samverk.access.door import door
from samverk.access.needs import demand_declared
from samverk.access.permit import A, Permit

T = TypeVar("T")


def actor(request: HttpRequest) -> Actor:
    """Who asks. The interface's `auth` has seen to it that someone does."""
    return cast(Actor, request.auth)  # type: ignore[attr-defined]


def through(request: HttpRequest, act: type[A], do: Callable[[Permit[A]], T], *, case: UUID | None = None) -> T:
    """What `do` gives for the permit. Raises Http404 when the door says no, outside it, so that the refusal is kept."""
    demand_declared(request, act)
    with door(actor(request), act, case=case) as permit:
        done = None if permit is None else (do(permit),)
    if done is None:
        raise Http404
    return done[0]
