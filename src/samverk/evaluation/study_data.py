"""What a study is made of: people, what they lived on, what they were given, how they answered. Plain columns.

Days are numbers (`calendar`). The same columns go out as CSV and come back to the same bits, so that a study can be run
again from what was taken out.
"""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from samverk.evaluation.calendar import DayNumbers
from samverk.evaluation.prices import Distribution, Nature, Price, PriceBook, Unit
from samverk.evaluation.problems import Invalid, Problem
from samverk.evaluation.spells import Spells, Stream, read_spells

Cell = int | float | str
Columns = Mapping[str, Sequence[Cell]]

PEOPLE: dict[str, Callable[[str], Any]] = {
    "person": int,
    "start": int,  # her day 0
    "observed_from": int,
    "observed_until": int,
    "quarter": str,  # in which she started, as 2024-Q1
    "age": int,  # years at the start; -1: not known
    "sex": str,  # woman, man, other; empty: not known
    "group": int,  # 1: took part, 0: comparison
    "team": int,  # 0: none told
}
SPELLS: dict[str, Callable[[str], Any]] = {
    "person": int, "kind": str, "start": int, "stop": int, "extent": float, "payer": str, "source": str,
}  # fmt: skip
STATE = "state_"
"""A measure that begins so, then 3L or 5L, is an EQ-5D state: five digits as one number."""
ANSWERS: dict[str, Callable[[str], Any]] = {
    "person": int,
    "months": int,  # after her start, or her end: as the source says
    "measure": str,
    "value": float,  # NaN: asked, and not answered
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyData:
    """`livelihood`, `services` (measures and meetings) and `answers` by person; `flow`: how many, by why they are not here.

    `source` says what it was taken from ("extract", "register", "generated"), in one word.
    """

    people: Columns
    livelihood: Columns
    services: Columns
    answers: Columns = field(default_factory=lambda: {name: [] for name in ANSWERS})
    flow: Mapping[str, int] = field(default_factory=dict)
    source: str = "extract"

    def __post_init__(self) -> None:
        problems = []
        for name, table, wanted in self._tables():
            problems += [
                Problem(0, f"{name}.{column}", "the column is missing") for column in wanted.keys() - table.keys()
            ]
            if len({len(table[column]) for column in wanted.keys() & table.keys()}) > 1:
                problems.append(Problem(0, name, "the columns are not equally long"))
        if problems:
            raise Invalid(problems)

    def _tables(self) -> tuple[tuple[str, Columns, dict[str, Callable[[str], Any]]], ...]:
        return (
            ("people", self.people, PEOPLE),
            ("livelihood", self.livelihood, SPELLS),
            ("services", self.services, SPELLS),
            ("answers", self.answers, ANSWERS),
        )

    def files(self) -> dict[str, str]:
        """Each table as CSV, and the counts, by file name."""
        written = {}
        for name, table, columns in self._tables():
            out = io.StringIO()
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(zip(*(_texts(table[column]) for column in columns), strict=True))
            written[f"{name}.csv"] = out.getvalue()
        written["flow.json"] = json.dumps({"flow": dict(self.flow), "source": self.source}, sort_keys=True)
        return written

    @property
    def hash(self) -> str:
        """SHA-256 of all of it, in hexadecimal."""
        files = self.files()
        return hashlib.sha256("\0".join(f"{name}\0{files[name]}" for name in sorted(files)).encode()).hexdigest()

    def numbers(self, column: str) -> npt.NDArray[np.int64]:
        """A column of `people` as numbers, in the order of the people."""
        return np.asarray(self.people[column], dtype=np.int64)

    def spells(self, stream: Stream) -> Spells:
        """The livelihood, or the services; everyone in it, also who has none. Raises `Invalid`, by row."""
        table = self.livelihood if stream is Stream.LIVELIHOOD else self.services
        of = {int(p): n for n, p in enumerate(self.people["person"])}
        rows = [of[int(person)] for person in table["person"]]
        days = {name: _days(self.people[name]) for name in ("observed_from", "observed_until")}
        whole: dict[str, Any] = {
            name: np.asarray(table[name], dtype=kind)
            for name, kind in (("person", np.int64), ("kind", np.str_), ("payer", np.str_), ("source", np.str_))
        }
        whole |= {name: _days(table[name]) for name in ("start", "stop")}
        whole["extent"] = np.asarray(table["extent"], dtype=np.float64)
        whole |= {name: column[rows] if rows else column[:0] for name, column in days.items()}
        everyone = {"person": self.numbers("person"), **days}
        return read_spells(whole, stream=stream, people=everyone)


def data_from(files: Mapping[str, str]) -> StudyData:
    """The data as `StudyData.files` wrote them."""

    def table(name: str, columns: dict[str, Callable[[str], Any]]) -> Columns:
        rows = list(csv.DictReader(io.StringIO(files[f"{name}.csv"])))
        return {column: [read(row[column]) for row in rows] for column, read in columns.items()}

    counts = json.loads(files["flow.json"])
    return StudyData(
        people=table("people", PEOPLE),
        livelihood=table("livelihood", SPELLS),
        services=table("services", SPELLS),
        answers=table("answers", ANSWERS),
        flow=counts["flow"],
        source=counts["source"],
    )


def book_text(book: PriceBook) -> str:
    """A price book as JSON, to be read by `book_from`."""
    return json.dumps(
        {"rows": [asdict(row) for row in book.rows], "parties": book.parties, "note": book.note},
        default=str, sort_keys=True, ensure_ascii=False,
    )  # fmt: skip


def book_from(text: str) -> PriceBook:
    """The book that `book_text` wrote: of the same version."""
    whole = json.loads(text)
    return PriceBook(tuple(_price(row) for row in whole["rows"]), tuple(whole["parties"]), whole["note"])


def _price(row: dict[str, Any]) -> Price:
    kinds = {"unit": Unit, "nature": Nature, "distribution": Distribution}
    read: dict[str, Any] = {name: kinds[name](value) if name in kinds else value for name, value in row.items()}
    for name in ("valid_from", "valid_to"):
        read[name] = date.fromisoformat(read[name]) if read[name] else None
    return Price(**read)


def _texts(values: Sequence[Any]) -> list[str]:
    """Numbers so that they come back to the same bits."""
    return [repr(float(value)) if isinstance(value, float | np.floating) else str(value) for value in values]


def _days(values: Sequence[Any]) -> DayNumbers:
    return np.asarray(values, dtype=np.int32)
