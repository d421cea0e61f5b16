"""One act from a form: through the door, with errors beside their fields and nothing that was typed lost."""

from collections.abc import Callable
from typing import TypeVar, cast
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest

from samverk.access.actor import Actor
from samverk.access.door import door
from samverk.access.needs import demand_declared
from samverk.access.permit import A, Permit
from samverk.access.sentences import sentence
from samverk.domain.words import Conflict, Rejection

T = TypeVar("T")


def actor(request: HttpRequest) -> Actor:
    """Who acts. DefaultDeny has seen to it that someone does."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def perform(
    request: HttpRequest,
    act: type[A],
    do: Callable[[Permit[A]], T],
    *,
    form: Form | None = None,
    case: UUID | None = None,
    programme: UUID | None = None,
) -> T | None:
    """Do one act. None when it was rejected: the form then holds the errors, and what others wrote meanwhile.

    Raises Http404 when the door says no: forbidden and absent look the same.
    """
    demand_declared(request, act)
    try:
        with door(actor(request), act, case=case, programme=programme) as permit:
            if permit is None:
                done = None
            else:
                done = do(permit)
                return cast(T, True) if done is None else done
    except Rejection as rejection:
        if form is None:
            raise
        blame(form, rejection)
        return None
    raise Http404


def blame(form: Form, rejection: Rejection) -> None:
    """Put a rejection's sentences beside the fields of `form` that they belong to."""
    for problem in rejection.problems:
        form.add_error(problem.field if problem.field in form.fields else None, sentence(problem))
    if isinstance(rejection, Conflict):
        form.theirs = rejection.theirs  # type: ignore[attr-defined]


def look(
    request: HttpRequest,
    act: type[A],
    see: Callable[[Permit[A]], T],
    *,
    case: UUID | None = None,
    programme: UUID | None = None,
) -> T:
    """One look through the door. Raises Http404 when the door says no."""
    demand_declared(request, act)
    with door(actor(request), act, case=case, programme=programme) as permit:
        seen = None if permit is None else (see(permit),)
    if seen is None:
        raise Http404
    return seen[0]
