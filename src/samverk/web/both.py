"""Two people wrote at the same time: what each wrote, field by field, and a form that can be saved again."""

from dataclasses import dataclass
from typing import cast

from django.forms import Form
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.encoding import force_str


@dataclass(frozen=True)
class Both:
    """One field in two versions."""

    label: str
    mine: str
    theirs: str


def both(form: Form) -> list[Both]:
    """The fields that differ after a conflict, none otherwise. The form then saves against what now stands."""
    theirs: dict[str, str] = getattr(form, "theirs", {})
    if "version" in theirs:
        data = cast(QueryDict, form.data).copy()
        data[form.add_prefix("version")] = theirs["version"]
        form.data = data
    rows = []
    for name, text in theirs.items():
        if name in form.fields and name != "version":
            bound = form[name]
            mine = str(form.data.get(bound.html_name, "")).replace("\r\n", "\n")
            if mine.strip() != text:
                rows.append(Both(str(bound.label), _said(bound, mine), _said(bound, text)))
    return rows


def _said(bound: BoundField, value: str) -> str:
    """A chosen value as the list shows it; anything else as it stands."""
    choices = getattr(bound.field, "choices", ())
    return next((force_str(label) for key, label in choices if str(key) == value), value)
