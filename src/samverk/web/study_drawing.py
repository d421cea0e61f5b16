"""Bars on both sides of nothing, as numbers an SVG template can use: across in per cent, down in pixels.

As in web.drawing: one drawing fits a phone and a wide screen, without a script or an inline style. The same figures
always stand in a table beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

_TOP, _LABEL, _BAR, _SPACE = 4, 18, 14, 16


@dataclass(frozen=True, slots=True)
class Figure:
    """What is to be drawn: a value with its interval (None: none), in whatever unit; `text` says it in words."""

    label: str
    text: str
    value: float
    low: float | None = None
    high: float | None = None
    tone: str = "other"


@dataclass(frozen=True, slots=True)
class Bar:
    """A drawn figure. `whisker`: the interval as a line, from and to; empty where there is none."""

    label: str
    label_y: int
    text: str
    x: str
    width: str
    y: int
    tone: str
    whisker: tuple[str, str] | None
    whisker_y: int


@dataclass(frozen=True, slots=True)
class Bars:
    """All that the template needs."""

    title: str
    desc: str
    height: int
    zero: str
    bars: tuple[Bar, ...]
    bar_height: int = _BAR


def bars(figures: Sequence[Figure], *, title: str, desc: str, whole: float | None = None) -> Bars:
    """Draw the figures below one another. `whole`: the end of the scale, from nothing; None: as wide as they need."""
    ends = [end for one in figures for end in (one.value, one.low, one.high) if end is not None]
    lowest, highest = (0.0, whole) if whole is not None else (min([0.0, *ends]), max([0.0, *ends]))
    span = (highest - lowest) or 1.0

    def at(value: float) -> float:
        return min(max((value - lowest) / span, 0.0), 1.0) * 100

    drawn, y = [], _TOP
    for one in figures:
        first, last = sorted((at(0.0), at(one.value)))
        whisker = None if one.low is None or one.high is None else (_percent(at(one.low)), _percent(at(one.high)))
        top = y + _LABEL
        drawn.append(
            Bar(
                one.label,
                y + 12,
                one.text,
                _percent(first),
                _percent(last - first),
                top,
                one.tone,
                whisker,
                top + _BAR + 4,
            )
        )
        y = top + _BAR + _SPACE
    return Bars(title, desc, y, _percent(at(0.0)), tuple(drawn))


def _percent(value: float) -> str:
    return f"{value:.2f}%"
