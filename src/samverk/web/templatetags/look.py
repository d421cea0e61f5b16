"""The parts of the look: marks, drawings, forms, and how days, sums and shares are said.

Words take `today` as a parameter (pages have it in the context): nothing here reads a clock.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from zlib import crc32

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext, pgettext

from samverk.web.drawing import TONES, Drawing, Line

register = template.Library()

NBSP = "\u00a0"
_TAGS = ("go", "late", "stop")
_NATIVE = {
    forms.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
    forms.DateInput: ("date", "%Y-%m-%d"),
    forms.TimeInput: ("time", "%H:%M"),
}


# Words -----------------------------------------------------------------------


def _date(value: dt.date) -> dt.date:
    """The day of a date or a moment, as the clock on the wall here says it."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def day(value: dt.date | None, today: dt.date | None = None) -> str:
    """“torsdag 13 juni”, with the year when it is another than today's."""
    if value is None:
        return ""
    date = _date(value)
    this_year = isinstance(today, dt.date) and date.year == today.year
    return format_date(date, "l j F" if this_year else "l j F Y")


@register.filter
def date_only(value: dt.date | None, today: dt.date | None = None) -> str:
    """“13 juni”, with the year when it is another than today's."""
    if value is None:
        return ""
    date = _date(value)
    this_year = isinstance(today, dt.date) and date.year == today.year
    return format_date(date, "j F" if this_year else "j F Y")


@register.filter
def month(value: dt.date) -> str:
    """“jan”: short enough to stand under a drawing."""
    return format_date(value, pgettext("date format, short month", "b"))


@register.filter
def month_year(value: dt.date) -> str:
    """“jan 2026”."""
    return format_date(value, pgettext("date format, short month", "b") + " Y")


@register.filter
def daytime(value: dt.datetime | None, today: dt.date | None = None) -> str:
    """“13 juni kl. 9.00”."""
    return _at(value, date_only(value, today)) if value else ""


@register.filter
def weekdaytime(value: dt.datetime | None, today: dt.date | None = None) -> str:
    """“torsdag 13 juni kl. 9.00”: for what somebody has to come to."""
    return _at(value, day(value, today)) if value else ""


def _at(value: dt.datetime, date: str) -> str:
    moment = timezone.localtime(value) if timezone.is_aware(value) else value
    words = {"day": date, "hour": moment.hour, "minute": f"{moment.minute:02d}"}
    return gettext("%(day)s kl. %(hour)s.%(minute)s") % words


@register.filter
def due(value: dt.date | None, today: dt.date) -> str:
    """How far ahead something is, or how late: “om 11 veckor”, “i morgon”, “i dag”, “4 dagar sen”."""
    if value is None:
        return ""
    days = (_date(value) - today).days
    return _ahead(days) if days >= 0 else _late(-days)


@register.filter
def ago(value: dt.date | None, today: dt.date) -> str:
    """How long since something happened: “för 4 dagar sedan”, “i går”, “i dag”."""
    if value is None:
        return ""
    days = (today - _date(value)).days
    return _ahead(-days) if days <= 0 else _since(days)


def _measure(days: int) -> tuple[str, int]:
    if days < 14:
        return "day", days
    if days < 98:
        return "week", round(days / 7)
    if days < 731:
        return "month", round(days / 30.44)
    return "year", round(days / 365.25)


def _ahead(days: int) -> str:
    if days < 2:
        return gettext("i morgon") if days else gettext("i dag")
    unit, n = _measure(days)
    text = {
        "day": ngettext("om %(n)s dag", "om %(n)s dagar", n),
        "week": ngettext("om %(n)s vecka", "om %(n)s veckor", n),
        "month": ngettext("om %(n)s månad", "om %(n)s månader", n),
        "year": ngettext("om %(n)s år", "om %(n)s år", n),
    }[unit]
    return text % {"n": n}


def _late(days: int) -> str:
    unit, n = _measure(days)
    text = {
        "day": ngettext("%(n)s dag sen", "%(n)s dagar sen", n),
        "week": ngettext("%(n)s vecka sen", "%(n)s veckor sen", n),
        "month": ngettext("%(n)s månad sen", "%(n)s månader sen", n),
        "year": ngettext("%(n)s år sen", "%(n)s år sen", n),
    }[unit]
    return text % {"n": n}


def _since(days: int) -> str:
    if days == 1:
        return gettext("i går")
    unit, n = _measure(days)
    text = {
        "day": ngettext("för %(n)s dag sedan", "för %(n)s dagar sedan", n),
        "week": ngettext("för %(n)s vecka sedan", "för %(n)s veckor sedan", n),
        "month": ngettext("för %(n)s månad sedan", "för %(n)s månader sedan", n),
        "year": ngettext("för %(n)s år sedan", "för %(n)s år sedan", n),
    }[unit]
    return text % {"n": n}


@register.filter
def money(value: Decimal | int | None) -> str:
    """“12 300 kr”, öre only when there is some."""
    return "" if value is None else gettext("%(sum)s kr").replace(" ", NBSP) % {"sum": _number(value)}


@register.filter
def share(value: Decimal | int | None) -> str:
    """“50 %”, of a value that already is per cent."""
    if value is None:
        return ""
    return gettext("%(share)s %%").replace(" ", NBSP) % {"share": _number(value, trim=True)}


def _number(value: Decimal | int, *, trim: bool = False) -> str:
    """With the language's own marks: “12 300,50” and “12,300.50”."""
    size = round(abs(Decimal(value)), 2)
    places = 0 if size == int(size) else 1 if trim and size * 10 == int(size * 10) else 2
    sign = "−" if value < 0 and size else ""
    return sign + number_format(size, places, use_l10n=True, force_grouping=True)


# Marks -----------------------------------------------------------------------


@register.inclusion_tag("parts/when.html", takes_context=True)
def when(context: template.Context, value: dt.date | None) -> dict[str, Any]:
    """How far off a date is, then the date itself, in a <time>."""
    today: dt.date = context["today"]
    if value is None:
        return {"value": None}
    exact = daytime(value, today) if isinstance(value, dt.datetime) else date_only(value, today)
    near = due(value, today) if _date(value) >= today else ago(value, today)
    return {"value": value, "near": near, "exact": exact, "iso": value.isoformat()}


@register.inclusion_tag("parts/party_chip.html")
def party_chip(name: str, tone: str = "other") -> dict[str, str]:
    """A party's dot and name, in its colour."""
    return {"name": name, "tone": tone_class(tone)}


@register.filter
def tone_class(tone: str) -> str:
    """The CSS class of a party's colour; what is unknown gets the neutral one."""
    if tone == "me":
        return "me-tone"
    return tone if tone in TONES else "other"


@register.filter
def tone_name(tone: str) -> str:
    """What a colour stands for, in words, for the legend of a drawing."""
    return {
        "af": gettext("Arbetsförmedlingen"),
        "fk": gettext("Försäkringskassan"),
        "kommun": gettext("Kommunen"),
        "region": gettext("Regionen"),
        "employer": gettext("Arbetsgivare"),
        "me": gettext("Deltagaren själv"),
    }.get(tone, pgettext("party", "Annan"))


@register.inclusion_tag("parts/tag.html")
def tag(text: str, kind: str = "") -> dict[str, str]:
    """A small label: "go" goes well, "late" needs someone, "stop" is broken, "" is neutral."""
    return {"text": text, "kind": kind if kind in _TAGS else ""}


@register.inclusion_tag("parts/phase_line.html")
def phase_line(phases: object) -> dict[str, object]:
    """The phases of a case as a line. Each phase has name, note and state: done, now or ahead."""
    return {"phases": phases}


@register.inclusion_tag("parts/withheld_mark.html")
def withheld_mark(text: str = "") -> dict[str, str]:
    """One hatched line where something is not shown, naming neither author nor category."""
    return {"text": text or gettext("En del visas inte för dig.")}


@register.inclusion_tag("parts/time_bars.html", takes_context=True)
def time_bars(context: template.Context, drawing: Drawing) -> dict[str, object]:
    """Bars over months, with the same in words for those who do not see them, and as a table."""
    today: dt.date = context["today"]
    ident = f"tid-{crc32(repr((drawing.title, drawing.lines)).encode()):08x}"
    desc = drawing.desc or " ".join(_sentence(line, today) for line in drawing.lines)
    return {"drawing": drawing, "ident": ident, "desc": desc, "today": today}


def _sentence(line: Line, today: dt.date) -> str:
    words = {
        "label": line.label,
        "text": line.text if line.share == 100 or line.missing else f"{line.text} {share(line.share)}",
        "first": date_only(line.first, today),
    }
    if line.last is None:
        return gettext("%(label)s: %(text)s från %(first)s.") % words
    return gettext("%(label)s: %(text)s från %(first)s till %(last)s.") % {**words, "last": date_only(line.last, today)}


# Forms -----------------------------------------------------------------------


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField, label: str = "") -> dict[str, object]:
    """A form field with label, hint and error, whatever its widget. `label` replaces the form's own."""
    widget = bound.field.widget
    _dress(widget)
    single = isinstance(widget, forms.CheckboxInput)
    return {
        "field": bound,
        "label": label or bound.label,
        "kind": _kind(bound),
        "hint_id": f"{bound.auto_id}_helptext",
        "error_id": f"{bound.auto_id}_error",
        "optional": not (bound.field.required or single or getattr(bound.form, "all_optional", False)),
    }


@register.inclusion_tag("parts/form_fields.html")
def form_fields(form: forms.BaseForm) -> dict[str, object]:
    """All fields of a form, in order."""
    return {"form": form}


@register.inclusion_tag("parts/error_summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, object]:
    """What to change before the form can be saved, with a way to each field. Nothing when all is well."""
    rows = [
        {"href": f"#{first_id(bound)}" if not bound.is_hidden else "", "label": bound.label, "text": text}
        for bound in form
        for text in bound.errors
    ]
    rows += [{"href": "", "label": "", "text": text} for text in form.non_field_errors()]
    heading = ngettext("En sak behöver ändras", "%(n)s saker behöver ändras", len(rows)) % {"n": len(rows)}
    return {"rows": rows, "heading": heading}


@register.inclusion_tag("parts/both_texts.html")
def both_texts(label: str, mine: str, theirs: str) -> dict[str, object]:
    """Two versions of one text, when somebody else saved while you wrote."""
    return {"label": label, "mine": mine, "theirs": theirs}


def first_id(bound: BoundField) -> str:
    """The id of the first thing in a field that can take the focus."""
    widget = bound.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.MultiWidget):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "parts" if bound.use_fieldset else "plain"


def _dress(widget: forms.Widget) -> None:
    """Give a widget our class and the browser's own picker. Each form has its own copy of its widgets."""
    if isinstance(widget, forms.MultiWidget):
        for part in widget.widgets:
            _dress(part)
        _name_parts(widget)
        return
    classes = str(widget.attrs.get("class", "")).split()
    if "ds-input" not in classes:
        widget.attrs["class"] = " ".join(["ds-input", *classes])
    # A placeholder vanishes when one writes: the label says what the field is for.
    widget.attrs.pop("placeholder", None)
    if isinstance(widget, forms.Textarea):
        widget.attrs.pop("cols", None)
        if str(widget.attrs.get("rows")) == "10":
            widget.attrs["rows"] = "4"
    for kind, (native, form) in _NATIVE.items():
        if isinstance(widget, kind) and widget.input_type == "text":
            widget.input_type, widget.format = native, form


def _name_parts(widget: forms.MultiWidget) -> None:
    names: Mapping[type, str] = {forms.DateInput: gettext("Datum"), forms.TimeInput: gettext("Klockslag")}
    for number, part in enumerate(widget.widgets, 1):
        part.attrs.setdefault("aria-label", names.get(type(part), gettext("Del %(n)s") % {"n": number}))
