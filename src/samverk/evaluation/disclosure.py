"""No figure that points at someone: small cells are withheld, and so is what would give them away by subtraction.

Cells below `least` (default 5) are withheld, empty ones too. Where sums are shown, more cells are withheld until no
withheld one can be worked out to within fewer than `least` values (checked by linear programming: Fischetti &
Salazar 2001, 10.1287/mnsc.47.7.1008.9804, in its simplest form). Over time, a `Ledger` compares who is in each new
group with who was in those already shown: groups that differ by a few people are not both shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog  # type: ignore[import-untyped]

from samverk.evaluation.calendar import Floats
from samverk.evaluation.problems import Refused, whole

LEAST = 5
Counts = npt.NDArray[np.int64]


def withheld(counts: Counts, *, least: int = LEAST, sums_shown: bool = True) -> npt.NDArray[np.bool_]:
    """Which cells of a table (one or two dimensions) of counts of people are not shown.

    With `sums_shown` the table's sums are taken to be known, those of each row and column and the whole.
    """
    if counts.ndim not in (1, 2):
        raise whole("counts", "a table has one dimension or two: split larger ones")
    if (counts < 0).any():
        raise whole("counts", "counts are not negative")
    table = counts.reshape(1, -1) if counts.ndim == 1 else counts
    hidden = table < least
    if sums_shown:
        while (cell := _given_away(table, hidden, least)) is not None:
            hidden[cell] = True
    return hidden.reshape(counts.shape)


def shown(values: Floats, counts: Counts, *, least: int = LEAST, sums_shown: bool = True) -> Floats:
    """Figures about groups of so many people, NaN where they are withheld; any unit."""
    return np.where(withheld(counts, least=least, sums_shown=sums_shown), np.nan, values)


Cell = tuple[int, int]


def _given_away(table: Counts, hidden: npt.NDArray[np.bool_], least: int) -> Cell | None:
    """The next cell to withhold: the smallest shown in line with one that can be worked out; none: all is safe."""
    cells = [(int(row), int(column)) for row, column in zip(*np.nonzero(hidden), strict=True)]
    candidates = [shown_cells for cell in cells for shown_cells in _lines(hidden, cell, alone=True)]
    if not candidates:
        known = [cell for cell in cells if reach(table, hidden, cell) < least]
        candidates = [shown_cells for cell in known for shown_cells in _lines(hidden, cell, alone=False)]
        if known and not any(candidates):
            candidates = [[(int(r), int(c)) for r, c in zip(*np.nonzero(~hidden), strict=True)]]
    for line in candidates:
        if line:
            return min(line, key=lambda cell: (table[cell], cell))
    return None


def _lines(hidden: npt.NDArray[np.bool_], cell: Cell, *, alone: bool) -> list[list[Cell]]:
    """The shown cells of the cell's row and of its column; `alone`: of those only in which no other is withheld."""
    row, column = cell
    found = []
    if not alone or hidden[row].sum() == 1:
        found.append([(row, c) for c in range(hidden.shape[1]) if not hidden[row, c]])
    if hidden.shape[0] > 1 and (not alone or hidden[:, column].sum() == 1):
        found.append([(r, column) for r in range(hidden.shape[0]) if not hidden[r, column]])
    return [line for line in found if line]


def reach(table: Counts, hidden: npt.NDArray[np.bool_], cell: tuple[int, int]) -> float:
    """Between how many values a reader who knows all sums and all shown cells cannot tell: highest less lowest."""
    cells = list(zip(*np.nonzero(hidden), strict=True))
    place = {(int(r), int(c)): n for n, (r, c) in enumerate(cells)}
    rows, sums = [], []
    for line in [*((r, None) for r in range(table.shape[0])), *((None, c) for c in range(table.shape[1]))]:
        here = [n for (r, c), n in place.items() if line in ((r, None), (None, c))]
        if here and (line[0] is not None or table.shape[0] > 1):
            rows.append([1.0 if n in here else 0.0 for n in range(len(cells))])
            sums.append(float(sum(int(table[cells[n]]) for n in here)))
    goal = np.zeros(len(cells))
    goal[place[cell]] = 1.0
    lowest, highest = (
        linprog(sign * goal, A_eq=rows, b_eq=sums, bounds=(0, None), method="highs") for sign in (1.0, -1.0)
    )
    return float(-highest.fun - lowest.fun)


@dataclass(slots=True)
class Ledger:
    """The groups about which figures have been shown. People are numbers of the caller's choosing."""

    least: int = LEAST
    groups: dict[str, frozenset[int]] = field(default_factory=dict)

    def release(self, name: str, people: Iterable[int]) -> None:
        """Notes that figures about this group are shown; `Refused`, and not noted, when they would give a few away.

        A few: the group itself, or what is left when a group shown is taken from another, or two that do not overlap
        are taken from a third that holds both.
        """
        group = frozenset(people)
        if len(group) < self.least:
            raise Refused(f"{name}: fewer than {self.least} people")
        for other, theirs in self.groups.items():
            if self._few(group, theirs) or self._few(theirs, group):
                raise Refused(f"{name}: subtracting it and {other!r} would tell of fewer than {self.least} people")
        everyone = [*self.groups.items(), (name, group)]
        for (one, first), (two, second) in combinations(everyone, 2):
            if first & second:
                continue
            for three, third in everyone:
                if name in (one, two, three) and self._few(first | second, third):
                    raise Refused(f"{name}: {one!r} and {two!r} taken from {three!r} would tell of too few people")
        self.groups[name] = group

    def _few(self, smaller: frozenset[int], larger: frozenset[int]) -> bool:
        return smaller < larger and len(larger - smaller) < self.least
