"""The code lists, for choosing from and for showing."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.utils.translation import get_language

from samverk.store.models import Code


@dataclass(frozen=True, slots=True)
class CodeView:
    """One code with its word in the reader's language."""

    code: str
    name: str
    active: bool
    attributes: dict[str, str]

    @property
    def covers(self) -> bool:
        """Whether a livelihood of this code is one, rather than the lack of it."""
        return self.attributes.get("covers") != "no"


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code as whoever keeps the lists sees it, in both languages."""

    list: str
    code: str
    sv: str
    en: str
    active: bool
    attributes: dict[str, str]


Names = dict[str, dict[str, CodeView]]
_read: ContextVar[list[CodeRow] | None] = ContextVar("codes_read", default=None)


def names(*lists: str) -> Names:
    """The codes of `lists`: list → code → view, in the list's own order.

    Needs no permit: code lists are open information about no one.
    """
    word = reader_language()
    found: Names = {name: {} for name in lists}
    for row in _rows():
        if row.list in found:
            found[row.list][row.code] = CodeView(row.code, getattr(row, word), row.active, row.attributes)
    return found


def listed() -> tuple[CodeRow, ...]:
    """Every code of every list, in the lists' own order. Needs no permit, as `names`."""
    return tuple(_rows())


def word(names: Names, list: str, code: str) -> str:
    """The word of one code; the code itself where its list does not hold it."""
    view = names[list].get(code)
    return view.name if view else code


def reader_language() -> str:
    """ "en" when the reader reads English, otherwise "sv"."""
    return "en" if (get_language() or "sv").startswith("en") else "sv"


def tones() -> dict[str, str]:
    """Kind of party → its tone (colour)."""
    return {row.code: row.attributes.get("tone", "other") for row in _rows() if row.list == "party_kind"}


@contextmanager
def read_once() -> Iterator[None]:
    """Within this, the lists are read at most once: a page asks for them in every one of its areas."""
    token = _read.set([])
    try:
        yield
    finally:
        _read.reset(token)


def _rows() -> list[CodeRow]:
    kept = _read.get()
    if kept:
        return kept
    found = Code.objects.order_by("list", "position", "code")
    rows = [CodeRow(*row) for row in found.values_list("list", "code", "sv", "en", "active", "attributes")]
    if kept is not None:
        kept.extend(rows)
    return rows
