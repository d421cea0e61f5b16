"""Columns out of whatever table comes in, as arrays; what cannot be read is noted by row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from samverk.evaluation.calendar import DayNumbers, Floats
from samverk.evaluation.problems import Problem


@dataclass(frozen=True)
class Columns:
    """A Polars or pandas frame, an Arrow table or a mapping of lists, with our names for its columns."""

    table: Any
    mapping: Mapping[str, str]

    def _name(self, column: str) -> str:
        return self.mapping.get(column, column)

    def has(self, column: str) -> bool:
        """Whether the table has it."""
        names = getattr(self.table, "column_names", None) or getattr(self.table, "columns", None)
        return self._name(column) in list(self.table if names is None else names)

    def missing(self, columns: Iterable[str]) -> list[Problem]:
        """The columns that the table does not have."""
        text = "the table has no column of this name; say with a mapping what it is called there"
        return [Problem(0, self._name(column), text) for column in columns if not self.has(column)]

    def of(self, column: str) -> npt.NDArray[Any]:
        """The column as an array."""
        found = self.table[self._name(column)]
        if hasattr(found, "to_numpy"):
            return np.asarray(found.to_numpy())
        return np.asarray(found, dtype=None if _plain(found) else object)


def _plain(values: Any) -> bool:
    """Whether numpy may choose the type by itself: it would make text of numbers in a list that has both."""
    return isinstance(values, np.ndarray) or len({type(value) for value in values}) == 1


def read_days(values: npt.NDArray[Any], column: str, problems: list[Problem]) -> DayNumbers:
    """Days as numbers, from dates, `datetime64`, texts like 2026-11-22, or numbers of days since 1970."""
    text = "write a day as 2026-11-22"
    if values.dtype.kind in "iu":
        return values.astype(np.int32)
    try:
        days = values.astype("datetime64[D]")
    except (ValueError, TypeError):
        days = np.array([_day(value) for value in values], dtype="datetime64[D]")
    unknown = np.isnat(days)
    problems += [Problem(int(row) + 1, column, text) for row in np.flatnonzero(unknown)]
    return np.where(unknown, np.datetime64(0, "D"), days).astype(np.int64).astype(np.int32)


def _day(value: object) -> np.datetime64:
    try:
        return np.datetime64(value, "D")  # type: ignore[call-overload, no-any-return]
    except (ValueError, TypeError):
        return np.datetime64("NaT")


def numbers(values: npt.NDArray[Any], column: str, problems: list[Problem]) -> Floats:
    """Numbers; a text is read with a point or a comma before its decimals."""
    if values.dtype.kind in "iufb":
        read = values.astype(np.float64)
    else:
        read = np.array([_number(value) for value in values], dtype=np.float64)
    unknown = ~np.isfinite(read)
    problems += [Problem(int(row) + 1, column, "write a number") for row in np.flatnonzero(unknown)]
    return np.where(unknown, 1.0, read)


def _number(value: object) -> float:
    try:
        return float(str(value).replace(",", "."))
    except ValueError:
        return float("nan")


def labels(
    values: npt.NDArray[Any], column: str, problems: list[Problem], *, empty: bool = True
) -> tuple[npt.NDArray[np.int16], tuple[str, ...]]:
    """Codes and the sorted labels that they stand for. None is the empty label."""
    if values.dtype.kind == "U":
        plain = values
    else:
        plain = np.array(["" if value is None or value != value else str(value) for value in values], dtype=np.str_)
    found, codes = np.unique(plain, return_inverse=True)
    if not empty:
        problems += [Problem(int(row) + 1, column, "say which") for row in np.flatnonzero(plain == "")]
    if found.size > np.iinfo(np.int16).max:
        problems.append(Problem(0, column, f"{found.size} different values: is this the right column?"))
    return codes.reshape(-1).astype(np.int16), tuple(str(label) for label in found)


def first_of(*keys: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """For sorted rows: whether the row is the first with its keys."""
    first = np.ones(keys[0].size, dtype=bool)
    if first.size:
        first[1:] = False
        for key in keys:
            first[1:] |= key[1:] != key[:-1]
    return first
