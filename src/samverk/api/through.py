"""One act through the door, for an operation of the interface."""

from collections.abc import Callable
from typing import Annotated, TypeVar, cast
from uuid import UUID, uuid4, uuid5

from django.http import Http404, HttpRequest
from ninja import Header

from samverk.access.actor import Actor
from samverk.access.door import door
from samverk.access.needs import demand_declared
from samverk.access.permit import A, Permit

T = TypeVar("T")
SENT = UUID("0d6d7a3e-53a1-4f0c-9d0f-1d9f7c1d3b52")
Once = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        max_length=200,
        description="A name of the sender's own for this one request. Sent again with it, nothing is done: 409.",
    ),
]


def actor(request: HttpRequest) -> Actor:
    """Who asks. The interface's `auth` has seen to it that someone does."""
    return cast(Actor, request.auth)  # type: ignore[attr-defined]


def through(
    request: HttpRequest, act: type[A], do: Callable[[Permit[A]], T], *, case: UUID | None = None, once: str = ""
) -> T:
    """What `do` gives for the permit. Raises Http404 when the door says no, outside it, so that the refusal is kept.

    `once`: the request's key. Raises AlreadyDone when the same account has had something done under it before.
    """
    demand_declared(request, act)
    with door(actor(request), act, case=case, ids=_ids(request, once)) as permit:
        done = None if permit is None else (do(permit),)
    if done is None:
        raise Http404
    return done[0]


def _ids(request: HttpRequest, once: str) -> Callable[[], UUID]:
    """Ids by chance, but with a key for the first: a retried request begins with an id that is taken.

    Made of the key and not of what was sent: the same key with another content is a mistake of the sender's, and does
    nothing either.
    """
    if not once:
        return uuid4
    first = iter([uuid5(SENT, repr((actor(request).account, once)))])
    return lambda: next(first, None) or uuid4()
