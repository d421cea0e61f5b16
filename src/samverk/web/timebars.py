"""Livelihood and measures as one drawing over months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from samverk.access.livelihood import LivelihoodView
from samverk.access.measures import MeasureView
from samverk.days import ONE_DAY
from samverk.web.drawing import Drawing, Row, Spell, bars, window_around


@dataclass(frozen=True)
class LivelihoodCard:
    """What the cards about livelihood show. `drawing` None: nothing to draw yet."""

    view: LivelihoodView
    drawing: Drawing | None


def livelihood_card(livelihood: LivelihoodView, measures: Sequence[MeasureView], today: date) -> LivelihoodCard:
    """The livelihood line with the measures under it."""
    dated = any(measure.first for measure in measures)
    drawing = case_bars(livelihood, measures, today) if livelihood.told or dated else None
    return LivelihoodCard(livelihood, drawing)


def case_bars(livelihood: LivelihoodView, measures: Sequence[MeasureView], today: date) -> Drawing:
    """One row of livelihood, and one for each measure with a day.

    Whoever sees no livelihood gets no row of it: that nothing is decided would be a guess.
    """
    rows = [_livelihood(livelihood, today)] if livelihood.told else []
    rows += [row for row in map(_measure, measures) if row.spells]
    spells = [spell for row in rows for spell in row.spells]
    start, end = window_around(spells, today)
    near = [row for row in rows if any(s.start < end and (s.stop is None or s.stop > start) for s in row.spells)]
    title = gettext("Försörjning och insatser") if measures else gettext("Försörjning")
    return bars(near, start, end, today, title=title)


def _livelihood(view: LivelihoodView, today: date) -> Row:
    told = [
        Spell(
            start=spell.terms.first_day,
            stop=spell.terms.last_day + ONE_DAY if spell.terms.last_day else None,
            tone=spell.tone,
            text=spell.kind_name,
            share=spell.terms.share,
        )
        for spell in view.spells
        if spell.covers
    ]
    missing = [
        Spell(
            start=hole.start,
            stop=hole.stop,
            tone="other",
            text=gettext("inget") if hole.stop and hole.stop <= today else gettext("inte bestämt"),
            missing=True,
        )
        for hole in view.holes
    ]
    return Row(gettext("Försörjning"), tuple(sorted([*told, *missing], key=lambda spell: spell.start)))


def _measure(measure: MeasureView) -> Row:
    first, last = measure.first, measure.last
    if first is None:
        return Row(measure.kind_name, ())
    name = measure.provider or measure.workplace or measure.kind_name
    extent = measure.terms.extent
    text = name if extent in (None, 100) else f"{name} {extent}\u00a0%"
    stop = max(last, first) + ONE_DAY if last else None
    return Row(measure.kind_name, (Spell(first, stop, measure.payer_tone, text),))
