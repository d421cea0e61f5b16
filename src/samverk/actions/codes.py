"""Code lists: loading the standard ones, changing them, and demanding that a code exists."""

from collections.abc import Iterable, Set
from dataclasses import dataclass

from samverk.access import log
from samverk.access.declare_house import SetUp
from samverk.access.permit import A, Permit
from samverk.domain.words import Rejection, gettext_noop
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


def require(permit: Permit[A], *, list: str, code: str, field: str) -> None:
    """Rejection on `field` unless `code` stands in `list` and is in use."""
    require_all(permit, list=list, codes={code}, field=field)


def require_all(permit: Permit[A], *, list: str, codes: Set[str], field: str) -> None:
    """Rejection on `field` unless each of `codes` stands in `list` and is in use. One query."""
    permit.check()
    if Code.objects.filter(list=list, code__in=codes, active=True).count() < len(codes):
        raise Rejection(gettext_noop("Välj ett av alternativen i listan."), field)
