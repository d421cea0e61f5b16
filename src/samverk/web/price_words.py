"""The price book in words: its parties, units and marks, and one row told field by field."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from samverk.access.prices import ChangesView, typed
from samverk.domain.price_book import Confidence, Distribution, LevelTerms, Nature, PriceTerms, Unit
from samverk.domain.price_table import Changed
from samverk.web.templatetags.look import date_only, money

PARTIES: dict[str, Promise] = {
    "state": _("Staten"),
    "FK": _("Försäkringskassan"),
    "AF": _("Arbetsförmedlingen"),
    "region": _("Regionen"),
    "municipality": _("Kommunen"),
    "employer": _("Arbetsgivaren"),
    "participant": _("Deltagaren"),
    "unallocated": _("Ofördelat"),
    "resources": _("Verkliga resurser"),
    "*": _("Den som uppgiften anger"),
}
TONES = {"FK": "fk", "AF": "af", "region": "region", "municipality": "kommun", "employer": "employer"}
UNITS: dict[str, Promise] = {
    Unit.DAY: _("per dag"),
    Unit.WEEKDAY: _("per vardag"),
    Unit.MONTH: _("per månad"),
    Unit.YEAR: _("per år"),
    Unit.EACH: _("per gång eller timme"),
}
NATURES: dict[str, Promise] = {
    Nature.TRANSFER: _("Pengar byter ägare"),
    Nature.RESOURCE: _("Något används eller skapas"),
}
DISTRIBUTIONS: dict[str, Promise] = {
    Distribution.FIXED: _("fast"),
    Distribution.UNIFORM: _("lika troligt överallt mellan lägsta och högsta"),
    Distribution.TRIANGULAR: _("troligast vid beloppet, triangel till lägsta och högsta"),
    Distribution.NORMAL: _("normal: lägsta och högsta rymmer 95 procent"),
    Distribution.LOGNORMAL: _("lognormal: lägsta och högsta rymmer 95 procent"),
}
CONFIDENCES: dict[str, Promise] = {
    Confidence.READ: _("läst i källan"),
    Confidence.SECONDARY: _("i andra hand"),
    Confidence.DERIVED: _("uträknad"),
}
GROUPS: dict[str, Promise] = {
    "livelihood": _("Försörjning"),
    "measure": _("Insatser"),
    "care": _("Vård och behandling"),
    "time": _("Arbetstid och möten"),
    "programme": _("Samordning"),
}
STATES: dict[str, tuple[Promise, str]] = {
    "draft": (pgettext_lazy("price book", "utkast"), ""),
    "proposed": (_("väntar på godkännande"), "late"),
    "approved": (_("gäller nu"), "go"),
    "replaced": (pgettext_lazy("price book", "ersatt"), ""),
}
FIELDS: dict[str, Any] = {
    "kind": _("Vad det är ett pris för"),
    "name": _("Namn på raden"),
    "payer": _("Vem betalar?"),
    "receiver": _("Vem får pengarna?"),
    "amount": _("Belopp i kronor"),
    "unit": _("För vad"),
    "nature": _("Slag"),
    "price_year": _("I vilket års priser"),
    "valid_from": _("Gäller från och med"),
    "valid_to": _("Gäller till och med"),
    "low": _("Lägsta"),
    "high": _("Högsta"),
    "distribution": _("Hur säkert är beloppet?"),
    "perspective": _("Bara i perspektivet"),
    "assumption": _("Antagande"),
    "confidence": _("Hur läst är källan?"),
    "source": _("Källa"),
    "note": _("Varför det står så här"),
    "index": _("Vad heter indexet?"),
    "year": _("År"),
    "level": _("Indextal"),
}
_WORDS: dict[str, dict[str, Promise]] = {
    "payer": PARTIES,
    "receiver": PARTIES,
    "unit": UNITS,
    "nature": NATURES,
    "distribution": DISTRIBUTIONS,
    "confidence": CONFIDENCES,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a changed row: what it said, and what it says."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """One row that differs between two versions; `how` is "new", "changed" or "removed"."""

    key: UUID
    how: str
    title: str
    amount: str
    lines: tuple[Line, ...]


def said(terms: PriceTerms | LevelTerms, field: str) -> str:
    """One field in words."""
    value = getattr(terms, field)
    if field == "valid_to":
        return date_only(date.fromisoformat(last)) if (last := typed(terms)[field]) else ""
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nej")
    if field in ("amount", "low", "high"):
        return money(value) if value is not None else gettext("Ingen källa: ingen siffra") if field == "amount" else ""
    if field in _WORDS:
        return str(_WORDS[field].get(value, value))
    if isinstance(value, Decimal):
        return typed(terms)[field].replace(".", ",")
    return date_only(value) if isinstance(value, date) else "" if value is None else str(value)


def told(view: ChangesView) -> tuple[Told, ...]:
    """Every row that differs, prices first, then indices."""
    rows: list[Told] = []
    for change in view.prices:
        terms = change.after or change.before
        if terms is not None:
            year = gettext("%(year)s års priser") % {"year": terms.price_year}
            words = [view.kind_names.get(terms.kind, terms.kind), terms.name, _flow(terms), year]
            amount = said(terms, "amount") if terms.amount is None else f"{said(terms, 'amount')} {said(terms, 'unit')}"
            rows.append(_told(change, ", ".join(word for word in words if word), amount))
    for level in view.levels:
        one = level.after or level.before
        if one is not None:
            rows.append(_told(level, f"{one.index}, {one.year}", said(one, "level")))
    return tuple(rows)


def _told(change: Changed[PriceTerms] | Changed[LevelTerms], title: str, amount: str) -> Told:
    before, after = change.before, change.after
    if before is None or after is None:
        return Told(change.key, "removed" if after is None else "new", title, amount, ())
    lines = tuple(Line(str(FIELDS[name]), said(before, name), said(after, name)) for name in change.fields)
    return Told(change.key, "changed", title, amount, lines)


def _flow(terms: PriceTerms) -> str:
    return f"{said(terms, 'payer')} → {said(terms, 'receiver')}"
