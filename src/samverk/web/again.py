"""Showing a rejected form again, with all that was typed, and so that the next attempt can succeed."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samverk.access.permit import A, Permit
from samverk.web.act import perform


def did(request: HttpRequest, act: type[A], do: Callable[[Permit[A]], object], *, form: Form, case: UUID) -> bool:
    """Whether the act was done; when not, `form` says why."""
    return perform(request, act, do, form=form, case=case) is not None


def show(request: HttpRequest, template: str, context: Mapping[str, Any], form: Form | None = None) -> HttpResponse:
    """The page: 422 where the form was rejected, otherwise 200."""
    return render(request, template, dict(context), status=422 if form is not None and form.errors else 200)


def take_version(form: Form, version: int) -> None:
    """After a conflict the writer has seen the other's text: let her save on top of it."""
    if hasattr(form, "theirs"):
        data = form.data.copy()  # type: ignore[attr-defined]
        data["version"] = str(version)
        form.data = data
