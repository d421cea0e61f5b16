"""What every page with a form does the same way."""

from collections.abc import Callable
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from samverk.access.permit import A, Permit
from samverk.web.act import perform


def posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, even when it was nothing; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def done(
    request: HttpRequest,
    act: type[A],
    do: Callable[[Permit[A]], None],
    *,
    form: Form,
    case: UUID,
) -> bool:
    """Do one act that gives nothing back. False when it was rejected: the form then holds the errors."""

    def whole(permit: Permit[A]) -> bool:
        do(permit)
        return True

    return perform(request, act, whole, form=form, case=case) or False


def page(request: HttpRequest, template: str, form: Form, **more: object) -> HttpResponse:
    """The page with its form; status 422 when something has to be changed."""
    return render(request, template, {"form": form, **more}, status=422 if form.errors else 200)
