"""An act that gives nothing back: was it done, or rejected with the form showing why?"""

from collections.abc import Callable
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest

from samverk.access.permit import A, Permit
from samverk.web import act


def done(
    request: HttpRequest,
    what: type[A],
    do: Callable[[Permit[A]], object],
    *,
    form: Form,
    case: UUID | None = None,
    programme: UUID | None = None,
) -> bool:
    """Do one act through the door. False when it was rejected. Raises Http404 when the door says no."""
    return act.perform(request, what, do, form=form, case=case, programme=programme) is not None
