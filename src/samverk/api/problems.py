"""How the interface says no: the reader's language, the field that it is about, and never a trace."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError

from samverk.access.door import AlreadyDone
from samverk.access.sentences import sentence
from samverk.actions.referral_answers import FIELD
from samverk.domain.words import Conflict, Rejection

logger = logging.getLogger(__name__)


class Detail(Schema):
    """One sentence that says what is wrong."""

    detail: str


class ProblemOut(Schema):
    """One thing to mend, and the field that it belongs to; empty when it belongs to none."""

    field: str
    text: str


class Problems(Schema):
    """Input that could not be taken. Nothing was written."""

    problems: list[ProblemOut]


class Meanwhile(Problems):
    """Someone else has changed the same thing: what now stands, by field."""

    theirs: dict[str, str]


REFUSALS: dict[int, type[Schema]] = {
    400: Detail,
    401: Detail,
    403: Detail,
    404: Detail,
    413: Detail,
    422: Problems,
    429: Detail,
}
"""What any operation may answer instead of what it is for."""


def answer(api: NinjaAPI) -> None:
    """Let `api` say no in this way."""
    handlers: dict[type[Exception], Callable[[NinjaAPI, HttpRequest, Any], HttpResponse]] = {
        Rejection: _rejected,
        ValidationError: _misshapen,
        HttpError: _refused,
        Http404: lambda api, request, _error: _say(api, request, 404, absent()),
        AlreadyDone: lambda api, request, _error: _say(api, request, 409, done_before()),
        RequestDataTooBig: lambda api, request, error: _say(api, request, *unreadable(error)),
        Exception: _failed,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, partial(handler, api))


def absent() -> str:
    """Forbidden and absent are told in the same words."""
    return _("Det finns inget här, eller så får du inte se det.")


def done_before() -> str:
    """Nothing more was done."""
    return _("Det här hade du redan skickat. Det är sparat en gång.")


def unreadable(error: BaseException | None) -> tuple[int, str]:
    """The status and the words for what could not be read."""
    if isinstance(error, RequestDataTooBig):
        return 413, _("Det du skickade är för stort. Ingenting har sparats.")
    return 400, _("Det går inte att läsa. Skicka JSON i UTF-8.")


def named(field: str) -> str:
    """A form's field by its name in the interface."""
    return f"answers.{field.removeprefix(FIELD)}" if field.startswith(FIELD) else field


def _rejected(api: NinjaAPI, request: HttpRequest, rejection: Rejection) -> HttpResponse:
    told: dict[str, object] = {"problems": [{"field": named(p.field), "text": sentence(p)} for p in rejection.problems]}
    if isinstance(rejection, Conflict):
        theirs = {named(field): text for field, text in rejection.theirs.items()}
        return api.create_response(request, told | {"theirs": theirs}, status=409)
    return api.create_response(request, told, status=422)


def _misshapen(api: NinjaAPI, request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Where and what, but never the value: it may be about a person."""
    problems = [{"field": _place(wrong["loc"]), "text": _shape(wrong["type"])} for wrong in error.errors]
    return api.create_response(request, {"problems": problems}, status=422)


def _place(loc: tuple[str | int, ...]) -> str:
    """The field as the sender wrote it, without the names of our own parameters."""
    return ".".join(str(part) for part in loc[2 if loc[0] == "body" else 1 :])


def _shape(kind: str) -> str:
    if kind == "missing":
        return _("Uppgiften saknas. Skicka med den.")
    if kind in ("string_too_long", "too_long", "less_than_equal"):
        return _("Det är för långt eller för stort. Korta det.")
    if kind == "extra_forbidden":
        return _("Fältet finns inte. Ta bort det, eller rätta namnet.")
    return _("Uppgiften har inte den form som beskrivningen säger. Rätta den.")


def _refused(api: NinjaAPI, request: HttpRequest, error: HttpError) -> HttpResponse:
    words = {
        401: _("Logga in först."),
        403: _("Skicka med sidans CSRF-nyckel i rubriken X-CSRFToken."),
        429: _("Det kom för många frågor på kort tid. Vänta en stund och försök igen."),
    }
    if error.status_code in words:
        return _say(api, request, error.status_code, words[error.status_code])
    return _say(api, request, *unreadable(error.__cause__))


def _failed(api: NinjaAPI, request: HttpRequest, error: Exception) -> HttpResponse:
    logger.error("%s %s failed", request.method, request.path, exc_info=error)
    return _say(api, request, 500, _("Något gick fel hos oss. Ingenting har sparats. Försök igen om en stund."))


def _say(api: NinjaAPI, request: HttpRequest, status: int, text: str) -> HttpResponse:
    return api.create_response(request, {"detail": text}, status=status)
