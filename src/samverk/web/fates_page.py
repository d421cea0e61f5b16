"""The page of the three fates, put together: what each part of it shows for what is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.utils.translation import gettext

from samverk.fates.book import standard
from samverk.web import fates_told as told
from samverk.web.fates_asked import EGONS, Asked, FatesForm, Moved, stands
from samverk.web.fates_drawing import Piece, Strip, board, legend, stories, strips, ticks
from samverk.web.fates_engine import Busy
from samverk.web.fates_reckoned import fates, worth
from samverk.web.fates_words import GROUP_NAMES, label, plain, shown, unit, with_unit
from samverk.web.study_files import zipped
from samverk.web.study_parts import Table, language


@dataclass(frozen=True, slots=True)
class Row:
    """One assumption in the form. `value`: where it stands now; low, high, step: the slider's, as they are typed."""

    bound: BoundField
    guess: bool
    stands: str
    typed: str
    value: str
    low: str
    high: str
    step: str
    range: str
    unit: str
    source: str


def read(request: HttpRequest) -> tuple[FatesForm, Asked | None]:
    """The form as it was typed, and what it asks; None when something in it cannot be."""
    form = FatesForm(request.GET)
    if not form.is_valid():
        return form, None
    asked = form.asked()
    try:
        fates(asked)
    except ValueError:
        form.add_error(
            None, gettext("De här antagandena går inte att räkna med på samma gång. Ändra tillbaka något av dem.")
        )
        return form, None
    return form, asked


def around(form: FatesForm, asked: Asked | None) -> dict[str, Any]:
    """The form, the story and the address to share."""
    rows = [_row(bound, field, asked) for bound, field in form.moved(first=True)]
    others = [_row(bound, field, asked) for bound, field in form.moved(first=False)]
    return {
        "form": form,
        "asked": asked,
        "first": rows,
        "others": others,
        "others_open": any(row.bound.errors or row.bound.value() for row in others),
        "stories": stories() if asked and asked.who == EGONS else (),
        "told_groups": [(group, GROUP_NAMES[group]) for group in ("wait", "treatment", "training", "support", "ill")],
        "query": asked.query() if asked else "",
        "last_year": (asked.months - 1) // 12 if asked else 0,
        "guesses": told.guessed(standard()),
        "assumptions": len(standard().names),
    }


def picture(asked: Asked) -> dict[str, Any]:
    """The lines of life and the parties' costs: what is exact, and known at once. Raises ValueError as `fates`."""
    found = fates(asked)
    drawn = strips(found)
    marker = f"{12000 * asked.year / asked.months:.1f}"
    return {
        "asked": asked,
        "subject": told.subject(asked),
        "moved": told.moved(asked),
        "lives": [_life(strip, asked.year) for strip in drawn],
        "ticks": ticks(asked.months),
        "legend": legend(),
        "marker": marker,
        "last_year": (asked.months - 1) // 12,
        "sentences": told.sentences(drawn, asked.year),
        "year_tables": told.year_tables(drawn),
        "years_table": told.years_table(found, asked.people),
        "cost_tables": told.cost_tables(found),
    }


def whether(asked: Asked) -> dict[str, Any]:
    """Whether it pays. `worth` is None when too many ask at once. Raises ValueError as `fates`."""
    try:
        found = worth(asked)
    except Busy:
        return {"worth": None}
    levers = told.tornado(found, asked.question().book)
    return {
        "worth": found,
        "subject": told.subject(asked),
        "verdicts": told.verdicts(found),
        "guessed": round(100 * min(verdict.guessed for verdict in found.verdicts)),
        "gain_drawing": told.gain_drawing(found, found.windows[1]),
        "gain_tables": told.gain_tables(found),
        "investing": told.investing(found, asked.people),
        "invest_table": told.invest_table(found),
        "tornado": levers,
        "tornado_table": told.tornado_table(levers),
        "egon": asked.who == EGONS,
    }


def sheet(asked: Asked) -> bytes:
    """Every table as CSV in a zip, the doubt first, with what was asked. Raises Busy and ValueError."""
    found, doubted = fates(asked), worth(asked)
    said = Table(
        gettext("Sannolikheten att samverkan inte sparar något, för det offentliga tillsammans"),
        (gettext("Tid"), gettext("Ingen besparing i"), gettext("Vad som kan sägas"), gettext("Belopp")),
        tuple((one.window, one.none, one.says, one.rest) for one in told.verdicts(doubted)),
        gettext("%(n)s dragningar av alla antaganden. Gissningar är gissningar.") % {"n": doubted.draws},
    )
    return zipped(
        {
            "1-sannolikhet": [said, *told.gain_tables(doubted), told.invest_table(doubted)],
            "2-liv": [told.years_table(found, asked.people), *told.year_tables(strips(found))],
            "3-kostnader": list(told.cost_tables(found)),
            "4-viktigast": [told.tornado_table(told.tornado(doubted, asked.question().book))],
            "5-antaganden": [_assumptions(asked)],
        },
        note=gettext("Får inte användas för att bestämma något om en människa."),
    )


def _assumptions(asked: Asked) -> Table:
    question = asked.question()
    own = dict(question.persons[0].values) if len(question.persons) == 1 else {}
    rows = tuple(
        (
            label(a), plain(shown(a, own.get(a.name, a.value))), unit(a), plain(shown(a, a.low)),
            plain(shown(a, a.high)), gettext("ja") if a.guess else gettext("nej"),
            gettext("ja") if a.changed or a.name in own else gettext("nej"), a.source,
        )
        for a in question.book
    )  # fmt: skip
    heads = (
        gettext("Antagande"), gettext("Värde"), gettext("Enhet"), gettext("Lägsta"), gettext("Högsta"),
        gettext("Gissning"), gettext("Ändrat"), gettext("Källa"),
    )  # fmt: skip
    return Table(told.subject(asked), heads, rows)


def _row(bound: BoundField, field: Moved, asked: Asked | None) -> Row:
    a = field.assumption
    low, high = shown(a, a.low), shown(a, a.high)
    now = stands(a, asked)
    typed: Mapping[str, float] = dict(asked.values) if asked else {}
    return Row(
        bound=bound,
        guess=a.guess,
        stands=with_unit(a, now),
        typed=str(bound.value() or "").replace(".", "," if language() == "sv" else "."),
        value=f"{shown(a, typed[a.name]) if a.name in typed else shown(a, now):.6g}",
        low=f"{min(low, shown(a, now)):.6g}",
        high=f"{max(high, shown(a, now)):.6g}",
        step=f"{(high - low) / 100:.2g}",
        range=gettext("%(low)s till %(high)s") % {"low": plain(low), "high": plain(high)},
        unit=unit(a),
        source=a.source,
    )


def _life(strip: Strip, year: int) -> tuple[Strip, Sequence[Piece], Sequence[tuple[str, str]], str, int]:
    """A way with its people in one year: in words, as squares, as data for the script, and how many work."""
    pieces = strip.at(year)
    return strip, pieces, board(pieces), _data(strip), strip.working(year)


def _data(strip: Strip) -> str:
    """A hundred people's places for each year, for the script that moves the year: “12,0,3…;14,…”."""
    return ";".join(",".join(map(str, counts)) for counts in strip.years)
