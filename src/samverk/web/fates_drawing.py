"""The lines of life as numbers that an SVG template can use: months across, people of a hundred down.

Colour never carries a state alone: each has a pattern and a name too, and the same figures stand in a table.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from samverk.fates.answer import Answer, Line
from samverk.fates.book import WAYS
from samverk.fates.egon import TOLD as SPELLS
from samverk.fates.jit import Floats
from samverk.web.fates_words import ENDS, GROUP_NAMES, GROUP_OF, GROUPS, TOLD, WAY_NAMES, WAY_NOTES

WIDTH, HEIGHT = 1000, 100
# A long life is drawn by the quarter: the eye sees no month of 23 years.
MOST_COLUMNS = 110
ACROSS = 20
"""How many of the hundred squares stand beside one another."""


@dataclass(frozen=True, slots=True)
class Piece:
    """So many of a hundred in a group of states, with the places they take on the board of a hundred."""

    group: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Strip:
    """One way: its bands as paths, and where its hundred people are, by year and group."""

    way: str
    name: str
    note: str
    bands: tuple[tuple[str, str], ...]
    years: tuple[tuple[int, ...], ...]

    def at(self, year: int) -> tuple[Piece, ...]:
        """Where they are after so many years."""
        counts = self.years[min(year, len(self.years) - 1)]
        return tuple(Piece(group, str(GROUP_NAMES[group]), n) for group, n in zip(GROUPS, counts, strict=True))

    def working(self, year: int) -> int:
        """How many of the hundred work, with support or without."""
        return sum(piece.count for piece in self.at(year) if piece.group in ("job", "support"))


@dataclass(frozen=True, slots=True)
class Tick:
    """A year below the picture, and how far across."""

    text: str
    x: str


@dataclass(frozen=True, slots=True)
class Swatch:
    """A group's pattern in the legend on paper: four beside one another, below the picture of a thousand across."""

    group: str
    name: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Spell:
    """Some months of Egon's told life. `told`: the story itself gives their number."""

    group: str
    name: str
    months: int
    told: bool
    words: str
    x: int

    @property
    def squares(self) -> tuple[int, ...]:
        """How far across each of its months begins."""
        return tuple(30 * (self.x + month) for month in range(self.months))


@dataclass(frozen=True, slots=True)
class Story:
    """One of Egon's three fates as it is told, month by month."""

    way: str
    name: str
    spells: tuple[Spell, ...]
    end: str


def strips(found: Answer) -> tuple[Strip, ...]:
    """A strip for each way, in their usual order."""
    return tuple(_strip(found.lines[way]) for way in WAYS)


def _strip(line: Line) -> Strip:
    grouped = np.stack([line.share[:, list(states)].sum(axis=1) for states in GROUPS.values()])
    months = grouped.shape[1]
    every = max(1, -(-months // MOST_COLUMNS))
    columns = np.append(np.arange(0, months, every), months - 1)
    tops = 1 - np.cumsum(grouped[:, columns], axis=0)
    floor, bands = np.ones(len(columns)), []
    across = np.rint(np.append(columns[:-1], months) / months * WIDTH).astype(int).tolist()
    for group, top in zip(GROUPS, tops, strict=True):
        if (floor - top).max() > 0.002:
            bands.append((group, _path(across, floor, top)))
        floor = top
    ends = [min(12 * year, months - 1) for year in range(months // 12 + 1)]
    return Strip(
        way=line.way,
        name=str(WAY_NAMES[line.way]),
        note=str(WAY_NOTES[line.way]),
        bands=tuple(bands),
        years=tuple(_hundred(grouped[:, month]) for month in ends),
    )


def _path(across: Sequence[int], floor: Floats, top: Floats) -> str:
    there = [f"{x} {y:.1f}" for x, y in zip(across, (top * HEIGHT).tolist(), strict=True)]
    back = [f"{x} {y:.1f}" for x, y in zip(across[::-1], (floor[::-1] * HEIGHT).tolist(), strict=True)]
    return f"M{'L'.join([*there, *back])}Z"


def _hundred(shares: Floats) -> tuple[int, ...]:
    """A hundred people, shared out by the largest remainder, so that they are a hundred."""
    exact = shares / shares.sum() * 100
    counts = np.floor(exact).astype(int)
    for place in np.argsort(-(exact - counts), kind="stable")[: 100 - int(counts.sum())]:
        counts[place] += 1
    return tuple(int(count) for count in counts)


def board(pieces: Sequence[Piece]) -> tuple[tuple[str, str], ...]:
    """The hundred people as squares, filled row by row: a path for each group, empty where there is nobody."""
    drawn, first = [], 0
    for piece in pieces:
        places = range(first, first + piece.count)
        drawn.append((piece.group, "".join(f"M{n % ACROSS * 10} {n // ACROSS * 10}h8.4v8.4h-8.4z" for n in places)))
        first += piece.count
    return tuple(drawn)


def ticks(months: int) -> tuple[Tick, ...]:
    """Years below the picture, some five of them."""
    years = months // 12
    step = next((step for step in (1, 2, 5, 10) if years / step <= 6), 10)
    return tuple(Tick(str(year), f"{1200 * year / months:.2f}%") for year in range(0, years + 1, step))


def legend() -> tuple[Swatch, ...]:
    """What each pattern means, for paper, where no list stands beside the picture."""
    return tuple(
        Swatch(group, str(GROUP_NAMES[group]), n % 4 * WIDTH // 4, 448 + n // 4 * 32) for n, group in enumerate(GROUPS)
    )


def stories() -> tuple[Story, ...]:
    """Egon's three fates as they are told, with the months that each part of them takes."""
    return tuple(_story(way) for way in WAYS)


def _story(way: str) -> Story:
    spells, x = [], 0
    for spell, words in zip(SPELLS[way], TOLD[way], strict=True):
        group = GROUP_OF[spell.state]
        spells.append(Spell(group, str(GROUP_NAMES[group]), spell.months, spell.told, str(words), x))
        x += spell.months
    return Story(way, str(WAY_NAMES[way]), tuple(spells), str(ENDS[way]))
