"""The parts of a study's report: a table each, and a drawing where one helps."""

from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from samverk.evaluation.comparison import Comparison
from samverk.web.study_drawing import Bars
from samverk.web.study_words import kronor


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its heading row; the first cell of each row is its name. `note` stands under it."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    @property
    def paired(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """Each row with its heading beside each cell: what a phone shows, where there is no room for columns."""
        return tuple(tuple(zip(self.heads, row, strict=True)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the report: tables, each with a drawing where one helps, and what could not be told."""

    ident: str
    title: str
    lead: tuple[str, ...] = ()
    drawing: Bars | None = None
    tables: tuple[Table, ...] = ()
    refused: tuple[str, ...] = ()


def language() -> str:
    """The reader's, "sv" or "en"."""
    return "en" if (get_language() or "sv").startswith("en") else "sv"


def word(used: Comparison) -> str:
    """What a difference may be called, for this comparison."""
    return gettext("Effekt") if used.may_say_effect else gettext("Förändring")


def own_change(used: Comparison) -> tuple[str, ...]:
    """What a part has to say that shows the participants' change beside an effect: it is not the same thing."""
    if not used.may_say_effect:
        return ()
    return (gettext("Här visas bara hur det har gått för deltagarna. Gruppen som de jämförs med är inte frånräknad."),)


def rate(value: float) -> str:
    """A rate a year, as 3,5 %."""
    return f"{100 * value:.1f}".rstrip("0").rstrip(".").replace(".", "," if language() == "sv" else ".") + "\u00a0%"


def between(low: float, high: float) -> str:
    """An interval of kronor."""
    return from_to(kronor(low, sign=True), kronor(high, sign=True))


def from_to(low: str, high: str) -> str:
    """An interval in words; one word where its ends are called the same."""
    return low if low == high else gettext("%(low)s till %(high)s") % {"low": low, "high": high}
