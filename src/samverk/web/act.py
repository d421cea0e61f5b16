"""One act from a form: through the door, with errors beside their fields and nothing that was typed lost."""

from collections.abc import Callable
from typing import TypeVar, cast
from uuid import UUID, uuid4, uuid5

from django.forms import Form
from django.http import Http404, HttpRequest, QueryDict

from samverk.access.actor import Actor
from samverk.access.declare_house import Act
from samverk.access.door import door
from samverk.access.needs import demand_declared
from samverk.access.permit import A, Permit
from samverk.access.sentences import sentence
from samverk.domain.information import Protection
from samverk.domain.words import Conflict, Problem, Rejection, gettext_noop
from samverk.web.shown import both

T = TypeVar("T")
NO_TEXTS = gettext_noop(
    "Någon annan har ändrat här medan du skrev. Läs hur det står nu, och spara igen om det stämmer."
)
PRESSED = UUID("5b0c2f5e-7d0b-4a57-9a3f-6a1d1f0a7c11")


def actor(request: HttpRequest) -> Actor:
    """Who acts. DefaultDeny has seen to it that someone does."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def perform(
    request: HttpRequest,
    act: type[A],
    do: Callable[[Permit[A]], T],
    *,
    form: Form,
    case: UUID | None = None,
    programme: UUID | None = None,
) -> T | None:
    """Do one act and give what it gives. None when it was rejected: the form then holds the errors, and what others wrote meanwhile.

    Raises Http404 when the door says no: forbidden and absent look the same. Raises AlreadyDone when the very same
    page was sent before, as by a double click: the middleware answers.
    """
    demand_declared(request, act)
    try:
        with door(actor(request), act, case=case, programme=programme, ids=_ids(request, act)) as permit:
            if permit is not None:
                _mark(request, permit)
                return do(permit)
    except Rejection as rejection:
        _blame(form, rejection)
        return None
    raise Http404


def done(
    request: HttpRequest,
    act: type[A],
    do: Callable[[Permit[A]], object],
    *,
    form: Form,
    case: UUID | None = None,
    programme: UUID | None = None,
) -> bool:
    """Do one act, as `perform` does. Whether it was done; when not, the form says why."""
    return perform(request, act, lambda permit: (do(permit),), form=form, case=case, programme=programme) is not None


def _blame(form: Form, rejection: Rejection) -> None:
    """Put a rejection's sentences beside the fields of `form` that they belong to.

    After a conflict the form goes on from what now stands: its writer is shown both texts, and the next save holds.
    A form that has no text in which the two differ does not promise any.
    """
    problems = rejection.problems
    if isinstance(rejection, Conflict):
        data = cast(QueryDict, form.data).copy()
        data[form.add_prefix("version")] = str(rejection.version)
        form.data = data
        form.theirs = rejection.theirs  # type: ignore[attr-defined]
        if not both(form):
            problems = (Problem(NO_TEXTS, "", {}),)
    for problem in problems:
        form.add_error(problem.field if problem.field in form.fields else None, sentence(problem))


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
        if permit is not None:
            _mark(request, permit)
        seen = None if permit is None else (see(permit),)
    if seen is None:
        raise Http404
    return seen[0]


def _mark(request: HttpRequest, permit: Permit[A]) -> None:
    """Every page about somebody whose identity is protected says so: none has to remember it."""
    if permit.act.target == "case" and permit.case.protection is not Protection.NONE:
        request.samverk_protection = permit.case.protection.value  # type: ignore[attr-defined]


def _ids(request: HttpRequest, act: type[Act]) -> Callable[[], UUID]:
    """Ids by chance, but for the first: that is made of what was sent, with the key that each shown page has alone.

    A double click, or going back and sending again, thus begins with an id that is taken.
    """
    key = request.POST.get("csrfmiddlewaretoken")
    if not key:
        return uuid4
    nth = request.samverk_nth = getattr(request, "samverk_nth", 0) + 1  # type: ignore[attr-defined]
    files = [(name, getattr(file, "name", ""), getattr(file, "size", 0)) for name, file in request.FILES.items()]
    sent = (request.path, act.__name__, nth, sorted(request.POST.lists()), files)
    first = iter([uuid5(PRESSED, repr(sent))])
    return lambda: next(first, None) or uuid4()
