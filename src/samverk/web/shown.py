"""Showing a form: what was sent in it, the page again when it was rejected, and the texts of two who wrote at once."""

from typing import NamedTuple, cast

from django.forms import BoundField, DateTimeField, Form, MultipleChoiceField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.encoding import force_str


class Both(NamedTuple):
    """One field in two versions."""

    label: str
    mine: str
    theirs: str


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent in a form, also when it is empty; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def show(request: HttpRequest, template: str, form: Form | None, **more: object) -> HttpResponse:
    """The page with its form: as it was typed and status 422 when it was rejected, otherwise 200."""
    rejected = form is not None and bool(form.errors)
    context = {"form": form, "both": both(form) if form is not None else [], **more}
    return render(request, template, context, status=422 if rejected else 200)


def both(form: Form) -> list[Both]:
    """The fields that differ when somebody else saved meanwhile, each with both texts; none otherwise."""
    theirs: dict[str, str] = getattr(form, "theirs", {})
    rows = [_row(form[name], text) for name, text in theirs.items() if name in form.fields]
    return [row for row in rows if row.mine != row.theirs]


def _row(bound: BoundField, text: str) -> Both:
    several = isinstance(bound.field, MultipleChoiceField)
    data = cast(QueryDict, bound.form.data)
    mine = data.getlist(bound.html_name) if several else [str(data.get(bound.html_name, ""))]
    theirs = text.split(", ") if several else [text]
    return Both(str(bound.label), _said(bound, mine), _said(bound, theirs))


def _said(bound: BoundField, values: list[str]) -> str:
    """Chosen values as the list shows them; anything else as it stands."""
    if isinstance(bound.field, DateTimeField):
        values = [value.replace("T", " ") for value in values]
    words = {str(key): force_str(word) for key, word in getattr(bound.field, "choices", ())}
    return ", ".join(words.get(value, value.replace("\r\n", "\n").strip()) for value in values)
