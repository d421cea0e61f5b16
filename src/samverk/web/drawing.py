"""Drawn time: where each bar, tick and word stands, as numbers an SVG template can use.

Across, everything is per cent of the drawing's width; down, it is pixels. So one drawing fits a phone and a wide
screen with letters of the same size, and needs neither a script nor an inline style.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

TONES = ("af", "fk", "kommun", "region", "employer", "me", "other")

WHOLE = 100
_TOP, _LABEL, _NOTE, _SPACE, _FOOT = 20, 16, 15, 12, 20
_SINGLE, _STACKED = 18, 34
_LETTER, _WIDE, _NARROW = 6.7, 600, 270
_READABLE_HEIGHT = 14
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
_MOST_TICKS = 8
_ROOM, _ROOM_WITH_YEAR = 14, 26
"""How much of a phone's width a month's word takes, in per cent."""


@dataclass(frozen=True)
class Spell:
    """One stretch of time in a row, half-open: `stop` is the first day after it, None while it goes on."""

    start: dt.date
    stop: dt.date | None
    tone: str
    text: str
    share: int = WHOLE
    missing: bool = False


@dataclass(frozen=True)
class Row:
    """One line of the drawing: what it is about, and its spells."""

    label: str
    spells: tuple[Spell, ...]


@dataclass(frozen=True)
class Bar:
    """A drawn spell. `fit` says where its words have room: "all", "roomy" (not on a phone) or ""."""

    x: str
    y: str
    width: str
    height: str
    text_y: str
    tone: str
    text: str
    fit: str
    missing: bool


@dataclass(frozen=True)
class Note:
    """Words that stand under their bar, since what is missing is always said in words."""

    x: str
    y: str
    anchor: str
    text: str


@dataclass(frozen=True)
class DrawnRow:
    """A row with its place: label, the pale track under the bars, bars and notes."""

    label: str
    label_y: str
    base_y: str
    base_height: str
    bars: tuple[Bar, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Tick:
    """A month line. `minor` ticks lose their word on a phone; `year` says that the year belongs to the word."""

    x: str
    day: dt.date
    anchor: str
    year: bool
    minor: bool


@dataclass(frozen=True)
class Line:
    """A line of the table that tells the same as the drawing. `last` is the last day, None while it goes on."""

    label: str
    text: str
    first: dt.date
    last: dt.date | None
    share: int
    missing: bool


@dataclass(frozen=True)
class Drawing:
    """Everything that the template needs to draw bars over months."""

    title: str
    desc: str
    height: int
    axis_y: int
    rows: tuple[DrawnRow, ...]
    ticks: tuple[Tick, ...]
    today_x: str
    today_anchor: str
    lines: tuple[Line, ...]
    tones: tuple[str, ...]
    missing: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class _Window:
    start: dt.date
    end: dt.date

    def part(self, day: dt.date) -> float:
        """How far into the window a day is, 0 to 100, held inside it."""
        whole = (self.end - self.start).days
        return min(max((day - self.start).days / whole, 0.0), 1.0) * 100

    def holds(self, spell: Spell) -> bool:
        return spell.start < self.end and (spell.stop is None or spell.stop > self.start)

    def edges(self, spell: Spell) -> tuple[float, float]:
        return self.part(spell.start), self.part(spell.stop or self.end)


def bars(
    rows: Iterable[Row], start: dt.date, end: dt.date, today: dt.date, *, title: str = "", desc: str = ""
) -> Drawing:
    """Draw the rows between two days. Spells outside the window stay in the table."""
    if end <= start:
        raise ValueError("a drawing needs an end after its start")
    rows = tuple(rows)
    window = _Window(start, end)
    drawn: list[DrawnRow] = []
    y = _TOP
    for row in rows:
        placed, y = _row(row, window, y)
        drawn.append(placed)
    spells = [spell for row in rows for spell in row.spells]
    seen = [spell for spell in spells if window.holds(spell)]
    return Drawing(
        title=title,
        desc=desc,
        height=y + _FOOT,
        axis_y=y,
        rows=tuple(drawn),
        ticks=_ticks(window),
        today_x=_percent(window.part(today)) if start <= today < end else "",
        today_anchor=_anchor(window.part(today)),
        lines=tuple(_line(row.label, spell) for row in rows for spell in row.spells),
        tones=tuple(tone for tone in TONES if any(_tone(s) == tone and not s.missing for s in seen)),
        missing=tuple(dict.fromkeys(spell.text for spell in seen if spell.missing)),
    )


def window_around(
    spells: Iterable[Spell], today: dt.date, *, before: int = 12, after: int = 6
) -> tuple[dt.date, dt.date]:
    """A window of whole months around today that holds what is near: at most `before` months back."""
    first = month_from(today, -before)
    starts = [spell.start for spell in spells]
    if starts:
        first = max(first, month_from(min(*starts, today), 0))
    return first, month_from(today, after + 1)


def month_from(day: dt.date, months: int) -> dt.date:
    """The first of the month that lies so many months from the month of a day."""
    count = day.year * 12 + day.month - 1 + months
    return dt.date(count // 12, count % 12 + 1, 1)


def stack(spells: Sequence[Spell]) -> tuple[tuple[int, ...], int]:
    """The floor of each spell, in per cent, so that none covers another in time, and the height of it all."""
    order = sorted(range(len(spells)), key=lambda i: (spells[i].start, i))
    floors = [0] * len(spells)
    placed: list[int] = []
    for i in order:
        beside = [j for j in placed if _overlap(spells[i], spells[j])]
        free = [0, *sorted(floors[j] + spells[j].share for j in beside)]
        floors[i] = next(floor for floor in free if _room(floor, spells[i], [(floors[j], spells[j]) for j in beside]))
        placed.append(i)
    top = max((floors[i] + spells[i].share for i in order), default=WHOLE)
    return tuple(floors), max(top, WHOLE)


def _room(floor: int, spell: Spell, beside: list[tuple[int, Spell]]) -> bool:
    return all(floor >= low + other.share or floor + spell.share <= low for low, other in beside)


def _overlap(one: Spell, other: Spell) -> bool:
    return (other.stop is None or one.start < other.stop) and (one.stop is None or other.start < one.stop)


def _row(row: Row, window: _Window, y: int) -> tuple[DrawnRow, int]:
    spells = tuple(spell for spell in row.spells if window.holds(spell))
    floors, top = stack(spells)
    height = _STACKED if any(floors) else _SINGLE
    base_y = y + _LABEL
    placed: list[Bar] = []
    notes: list[Note] = []
    below = base_y + height
    for spell, floor in zip(spells, floors, strict=True):
        bar = _bar(spell, window, base_y + floor * height / top, spell.share * height / top)
        placed.append(bar)
        if spell.missing and bar.fit != "all":
            below += _NOTE
            notes.append(_note(spell, window, below - 3))
    drawn = DrawnRow(row.label, _px(y + 11), _px(base_y), _px(height), tuple(placed), tuple(notes))
    return drawn, below + _SPACE


def _bar(spell: Spell, window: _Window, y: float, height: float) -> Bar:
    left, right = window.edges(spell)
    text = spell.text if spell.share == WHOLE or spell.missing else f"{spell.text} {spell.share}\u00a0%"
    return Bar(
        x=_percent(left),
        y=_px(y),
        width=_percent(right - left),
        height=_px(height),
        text_y=_px(y + height / 2 + 4),
        tone=_tone(spell),
        text=text,
        fit=_fit(text, right - left, height),
        missing=spell.missing,
    )


def _note(spell: Spell, window: _Window, y: int) -> Note:
    left, right = window.edges(spell)
    if left < WHOLE / 2:
        return Note(_percent(left), _px(y), "start", spell.text)
    return Note(_percent(right), _px(y), "end", spell.text)


def _fit(text: str, width: float, height: float) -> str:
    if height < _READABLE_HEIGHT:
        return ""
    needed = len(text) * _LETTER + 14
    if needed <= width / 100 * _NARROW:
        return "all"
    return "roomy" if needed <= width / 100 * _WIDE else ""


def _ticks(window: _Window) -> tuple[Tick, ...]:
    days: list[dt.date] = []
    for step in _MONTH_STEPS:
        days = _months(window, step)
        if len(days) <= _MOST_TICKS:
            break
    years = [True, *(after.year != before.year for before, after in pairwise(days))]
    ticks, free = [], 0.0
    for day, year in zip(days, years, strict=False):
        part = window.part(day)
        minor = part < free
        if not minor:
            free = part + (_ROOM_WITH_YEAR if year else _ROOM)
        ticks.append(Tick(_percent(part), day, _anchor(part), year, minor))
    return tuple(ticks)


def _months(window: _Window, step: int) -> list[dt.date]:
    first = month_from(window.start, 0 if window.start.day == 1 else 1)
    days: list[dt.date] = []
    while first < window.end:
        if (first.year * 12 + first.month - 1) % step == 0:
            days.append(first)
        first = month_from(first, 1)
    return days


def _line(label: str, spell: Spell) -> Line:
    last = spell.stop - dt.timedelta(days=1) if spell.stop else None
    return Line(label, spell.text, spell.start, last, spell.share, spell.missing)


def _tone(spell: Spell) -> str:
    return spell.tone if spell.tone in TONES else "other"


def _anchor(part: float) -> str:
    return "end" if part > 90 else "start"


def _percent(value: float) -> str:
    return f"{value:.2f}%"


def _px(value: float) -> str:
    return f"{value:g}"
