"""How the library says no: what is wrong with the data, by row, or why a claim cannot be made."""

from collections.abc import Iterable
from dataclasses import dataclass

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: the row as people count (the first is 1; 0: the whole), the column, and what to do."""

    row: int
    column: str
    text: str

    def __str__(self) -> str:
        where = f"row {self.row}, {self.column}" if self.row else self.column
        return f"{where}: {self.text}"


class Invalid(ValueError):
    """The data cannot be used; `problems` holds every reason, ordered by row."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.row, problem.column)))
        shown = [str(problem) for problem in self.problems[:_SHOWN]]
        more = len(self.problems) - len(shown)
        super().__init__("\n".join(shown + ([f"and {more} more"] if more else [])))


class Refused(ValueError):
    """The data are sound but the claim is not: `reasons` says what stands in its way."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__("; ".join(reasons))


def whole(column: str, text: str) -> Invalid:
    """A problem of the whole rather than of a row."""
    return Invalid([Problem(0, column, text)])
