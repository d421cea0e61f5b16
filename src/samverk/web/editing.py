"""What every page with a form does: read what was sent, answer 422 when it is refused, show two editors' texts."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, QueryDict

from samverk.access.permit import A, Permit
from samverk.web import act


def both(form: Form, version: int) -> list[tuple[str, str, str]]:
    """Label, mine and theirs of each field in which we differ, when somebody else saved meanwhile.

    The form then goes on from the other's version, so that the next save holds.
    """
    theirs: dict[str, str] | None = getattr(form, "theirs", None)
    if theirs is None:
        return []
    data = cast(QueryDict, form.data).copy()
    data["version"] = str(version)
    form.data = data
    return [
        (str(form.fields[name].label), mine, text)
        for name, text in theirs.items()
        if name in form.fields and (mine := str(data.get(name, ""))) != text
    ]


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent in a form, also when it is empty; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def status(form: Form) -> int:
    """The status of a page that shows this form."""
    return 422 if form.errors else 200


def saved(request: HttpRequest, what: type[A], do: Callable[[Permit[A]], object], *, form: Form, case: UUID) -> bool:
    """Do one act from a form, and say whether it was taken; otherwise the form holds the errors."""
    return act.perform(request, what, do, form=form, case=case) is not None
