"""A register extract for a study: one row a spell, with whose it is and in which group; every error by row."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from samverk.evaluation.calendar import day_number, day_of
from samverk.evaluation.problems import Invalid, Problem
from samverk.evaluation.register_mapping import STUDY_KNOWN, STUDY_NEEDED
from samverk.evaluation.spells import Stream
from samverk.evaluation.study_data import PEOPLE, SPELLS, StudyData
from samverk.evaluation.study_sample import GENERATED

PARTICIPANT = frozenset({"1", "1.0", "true", "participant", "deltagare"})
COMPARED = frozenset({"0", "0.0", "false", "comparison", "jämförelse"})
GROUP, DAY, EXTENT, DIFFER = (
    "1 took part, 0 is to be compared with",
    "a day is written as 2026-11-22",
    "a number, as 0.5",
    "what is told of the person differs between rows",
)


def study_data(table: Mapping[str, Sequence[str]]) -> StudyData:
    """The study's data of a register's table, every cell as text. Ages are years at the start, shares 0 to 1.

    Raises `Invalid` with every problem: rows from 1, below the header; 0 for a column that is missing.
    """
    missing = [name for name in STUDY_NEEDED if name not in table]
    if missing:
        raise Invalid(Problem(0, name, "the column is missing") for name in missing)
    reader = _Reader(table)
    data = reader.read()
    for stream in (Stream.LIVELIHOOD, Stream.SERVICE):
        try:
            data.spells(stream)
        except Invalid as invalid:
            rows = reader.rows[stream]
            raise Invalid(
                Problem(rows[one.row - 1] if one.row else 0, one.column, one.text) for one in invalid.problems
            ) from None
    return data


def table_of(data: StudyData) -> dict[str, list[str]]:
    """The same data as a register's table, one row a spell: what `study_data` reads. Who has no spell is not in it."""
    of = {person: n for n, person in enumerate(data.people["person"])}
    table: dict[str, list[str]] = {name: [] for name in STUDY_KNOWN}
    for stream, spells in (("livelihood", data.livelihood), ("service", data.services)):
        for n, person in enumerate(spells["person"]):
            who = {name: column[of[person]] for name, column in data.people.items()}
            days = {
                "start_day": who["start"], "start": spells["start"][n], "stop": spells["stop"][n],
                "observed_from": who["observed_from"], "observed_until": who["observed_until"],
            }  # fmt: skip
            row = {name: str(who[name]) for name in ("group", "age", "sex", "team")} | {"person": f"{person:08}"}
            row |= {name: str(spells[name][n]) for name in ("kind", "extent", "payer", "source")}
            row |= {name: day_of(int(day)).isoformat() for name, day in days.items()} | {"stream": stream}
            for name, column in table.items():
                column.append(row[name])
    return table


class _Reader:
    """Reads row by row, and gathers what is wrong."""

    def __init__(self, table: Mapping[str, Sequence[str]]) -> None:
        self.table = table
        self.problems: list[Problem] = []
        self.rows: dict[Stream, list[int]] = {Stream.LIVELIHOOD: [], Stream.SERVICE: []}

    def read(self) -> StudyData:
        numbers = {own: n for n, own in enumerate(sorted(set(self.table["person"])), start=1)}
        people: dict[int, tuple[Any, ...]] = {}
        into: dict[Stream, dict[str, list[Any]]] = {stream: {name: [] for name in SPELLS} for stream in self.rows}
        for n, values in enumerate(zip(*self.table.values(), strict=True), start=1):
            row = dict(zip(self.table, values, strict=True))
            person = numbers[row["person"]]
            told = self._person(n, row)
            if people.setdefault(person, told) != told:
                self._wrong(n, "person", DIFFER)
            stream = Stream.SERVICE if row.get("stream") == "service" else Stream.LIVELIHOOD
            spell = (
                person, row["kind"], self._day(n, "start", row), self._day(n, "stop", row), self._extent(n, row),
                row["payer"], row.get("source") or "register",
            )  # fmt: skip
            self.rows[stream].append(n)
            for name, value in zip(SPELLS, spell, strict=True):
                into[stream][name].append(value)
        if self.problems:
            raise Invalid(self.problems)
        rows = [(person, *told) for person, told in sorted(people.items())]
        return StudyData(
            people={name: [row[n] for row in rows] for n, name in enumerate(PEOPLE)},
            livelihood=into[Stream.LIVELIHOOD],
            services=into[Stream.SERVICE],
            source=GENERATED if GENERATED in self.table.get("source", ()) else "register",
        )

    def _person(self, n: int, row: Mapping[str, str]) -> tuple[Any, ...]:
        start = self._day(n, "start_day", row)
        group = row["group"].strip().lower()
        if group not in PARTICIPANT | COMPARED:
            self._wrong(n, "group", GROUP)
        day, age, team = day_of(start), row.get("age", ""), row.get("team", "")
        return (
            start, self._day(n, "observed_from", row), self._day(n, "observed_until", row),
            f"{day.year}-Q{(day.month + 2) // 3}", int(float(age)) if age.replace(".", "", 1).isdigit() else -1,
            row.get("sex", ""), int(group in PARTICIPANT), int(team) if team.isdigit() else 0,
        )  # fmt: skip

    def _day(self, n: int, column: str, row: Mapping[str, str]) -> int:
        try:
            return day_number(date.fromisoformat(row[column][:10]))
        except ValueError:
            self._wrong(n, column, DAY)
            return 0

    def _extent(self, n: int, row: Mapping[str, str]) -> float:
        try:
            return float(row["extent"].replace(",", "."))
        except ValueError:
            self._wrong(n, "extent", EXTENT)
            return 1.0

    def _wrong(self, n: int, column: str, text: str) -> None:
        self.problems.append(Problem(n, column, text))
