"""Code lists: loading the standard ones, changing them, and demanding that a code exists."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from samverk.access import log
from samverk.access.declare_house import SetUp
from samverk.access.permit import A, Permit
from samverk.domain.code_lists import (
    LISTS,
    LONGEST_WORD,
    checked_attributes,
    checked_code,
    demand_list,
    demand_retirable,
)
from samverk.domain.words import Rejection, gettext_noop, required
from samverk.store.models import Code


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code as it stands in a file: its list, its words, and what belongs to it."""

    list: str
    code: str
    sv: str
    en: str
    attributes: dict[str, str]


def load(permit: Permit[SetUp], *, codes: Iterable[NewCode]) -> int:
    """Add the codes that are not there yet, in the order given; what is there stays. Returns how many came."""
    there = set(Code.objects.values_list("list", "code"))
    new = [
        Code(id=permit.new_id(), list=c.list, code=c.code, sv=c.sv, en=c.en, position=n, attributes=c.attributes)
        for n, c in enumerate(codes)
        if (c.list, c.code) not in there
    ]
    Code.objects.bulk_create(new)
    log.wrote(permit, "codes.loaded", count=len(new))
    return len(new)


def add(permit: Permit[SetUp], *, list: str, code: str, sv: str, en: str, attributes: Mapping[str, str]) -> None:
    """Add a code last in its list. Rejection when it is there, also out of use, or says of itself what no rule knows."""
    code = checked_code(list, code)
    if Code.objects.filter(list=list, code=code).exists():
        raise Rejection(gettext_noop("Koden finns redan. Ändra dess ord, eller ta den i bruk igen."), "code")
    told = checked_attributes(list, attributes, in_use=_in_use())
    last = Code.objects.filter(list=list).order_by("-position").values_list("position", flat=True).first()
    Code(
        id=permit.new_id(),
        list=list,
        code=code,
        sv=_word(sv, "sv"),
        en=_word(en, "en"),
        position=0 if last is None else last + 1,
        attributes=told,
    ).save(force_insert=True)
    log.wrote(permit, "code.added", list=list, code=code)


def change(
    permit: Permit[SetUp],
    *,
    list: str,
    code: str,
    sv: str | None = None,
    en: str | None = None,
    attributes: Mapping[str, str] | None = None,
) -> None:
    """Give a code other words or attributes; None leaves them. Told attributes are added to those it has.

    An attribute with an empty value is taken away. What was written with the code is shown in its new words.
    """
    row = _found(list, code)
    if sv is None and en is None and not attributes:
        raise Rejection(gettext_noop("Skriv vad som ska ändras."), "code")
    if sv is not None:
        row.sv = _word(sv, "sv")
    if en is not None:
        row.en = _word(en, "en")
    if attributes:
        row.attributes = checked_attributes(list, {**row.attributes, **attributes}, in_use=_in_use())
    row.save(update_fields=["sv", "en", "attributes"])
    log.wrote(permit, "code.changed", list=list, code=code)


def retire(permit: Permit[SetUp], *, list: str, code: str) -> None:
    """Take a code out of use: it can no longer be chosen, and stays readable where it was.

    Rejection when it is out of use already, when a rule writes it by itself, when another code points to it, or when
    nothing would be left to choose.
    """
    row = _found(list, code)
    if not row.active:
        raise Rejection(gettext_noop("Koden är redan ur bruk."), "code")
    demand_retirable(list, code, leaned_on_by=_leaning(list, code))
    if not Code.objects.filter(list=list, active=True).exclude(code=code).exists():
        raise Rejection(gettext_noop("Det är den sista koden i listan. Lägg till en annan först."), "code")
    Code.objects.filter(id=row.id).update(active=False)
    log.wrote(permit, "code.retired", list=list, code=code)


def restore(permit: Permit[SetUp], *, list: str, code: str) -> None:
    """Take a code into use again. Rejection when it is in use, or points to a code that is not."""
    row = _found(list, code)
    if row.active:
        raise Rejection(gettext_noop("Koden är redan i bruk."), "code")
    checked_attributes(list, row.attributes, in_use=_in_use())
    Code.objects.filter(id=row.id).update(active=True)
    log.wrote(permit, "code.restored", list=list, code=code)


def require(permit: Permit[A], *, list: str, code: str, field: str, kept: str = "") -> None:
    """Rejection on `field` unless `code` stands in `list` and is in use, or is what stood there before (`kept`)."""
    if kept and code == kept:
        permit.check()
        return
    require_all(permit, list=list, codes={code}, field=field)


def require_all(permit: Permit[A], *, list: str, codes: Set[str], field: str) -> None:
    """Rejection on `field` unless each of `codes` stands in `list` and is in use. One query."""
    permit.check()
    if Code.objects.filter(list=list, code__in=codes, active=True).count() < len(codes):
        raise Rejection(gettext_noop("Välj ett av alternativen i listan."), field)


def _found(list: str, code: str) -> Code:
    demand_list(list)
    row = Code.objects.filter(list=list, code=code).first()
    if row is None:
        raise Rejection(gettext_noop("Det finns ingen kod ”%(code)s” i listan."), "code", code=code)
    return row


def _word(text: str, field: str) -> str:
    word = required(text, field, gettext_noop("Skriv kodens ord på båda språken."))
    if len(word) > LONGEST_WORD:
        raise Rejection(gettext_noop("Korta orden till högst 200 tecken."), field)
    return word


def _in_use() -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for list, code in Code.objects.filter(active=True).values_list("list", "code"):
        found[list].add(code)
    return {list: frozenset(codes) for list, codes in found.items()}


def _leaning(list: str, code: str) -> str:
    """A code in use whose attribute names this one; empty when there is none."""
    pointing = {
        (other, name) for other, known in LISTS.items() for name, attribute in known.items() if attribute.of == list
    }
    for row in Code.objects.filter(active=True, list__in={other for other, _ in pointing}).order_by("list", "position"):
        if any(row.list == other and row.attributes.get(name) == code for other, name in pointing):
            return f"{row.list} {row.code}"
    return ""
