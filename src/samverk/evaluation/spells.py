"""Spells: who was in what, from when to when, how much, and who paid. Columns, sorted by person, with offsets.

Days are half-open: `start` counts, `stop` does not. `extent` is a share (0.5 is half time) in livelihood and programme;
in service it may be a quantity (visits, hours) of a spell of one day. `observed_until` is the first day about which
nothing is known of the person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from samverk.evaluation.calendar import DayNumbers, Floats
from samverk.evaluation.columns import Columns, first_of, labels, numbers, read_days
from samverk.evaluation.problems import Invalid, Problem

COLUMNS = ("person", "kind", "start", "stop", "extent", "payer", "source", "observed_until")
_ROUNDING = 1e-9
Codes = npt.NDArray[np.int16]


class Stream(StrEnum):
    """What the spells tell of: never mixed, for a person is in one of each at the same time."""

    LIVELIHOOD = "livelihood"
    SERVICE = "service"
    PROGRAMME = "programme"


@dataclass(frozen=True, slots=True, eq=False)
class Spells:
    """One stream of spells. `people[i]` has the rows from `offsets[i]` up to `offsets[i + 1]`.

    `kind`, `payer` and `source` are places in `kinds`, `payers` and `sources`. An empty payer is one not known.
    Two sets of spells that hold the same rows, in whatever order they came, hold the same arrays.
    """

    stream: Stream
    people: npt.NDArray[Any]
    offsets: npt.NDArray[np.int64]
    observed_from: DayNumbers
    observed_until: DayNumbers
    kinds: tuple[str, ...]
    payers: tuple[str, ...]
    sources: tuple[str, ...]
    kind: Codes
    start: DayNumbers
    stop: DayNumbers
    extent: Floats
    payer: Codes
    source: Codes

    def __len__(self) -> int:
        return int(self.start.size)

    @property
    def owner(self) -> npt.NDArray[np.int64]:
        """For each row the place of its person in `people`."""
        return np.repeat(np.arange(self.people.size), np.diff(self.offsets))


def read_spells(table: Any, *, stream: Stream, mapping: Mapping[str, str] | None = None, people: Any = None) -> Spells:
    """Spells from a Polars or pandas frame, an Arrow table, or lists by column name.

    `mapping` gives the table's own name for each of `COLUMNS` that is called something else. A table may also have
    `observed_from` (default: the first day of the whole table). `people` (a table with `person`, `observed_until` and,
    if need be, `observed_from`) names those who have no spell but were observed. Raises `Invalid` with every bad row.
    """
    columns = Columns(table, mapping or {})
    problems = columns.missing(COLUMNS)
    if problems:
        raise Invalid(problems)
    days = {name: read_days(columns.of(name), name, problems) for name in ("start", "stop", "observed_until")}
    extent = numbers(columns.of("extent"), "extent", problems)
    person = np.asarray(columns.of("person"))
    _check_rows(stream, person, days, extent, problems)
    kind, kinds = labels(columns.of("kind"), "kind", problems, empty=False)
    if problems:
        raise Invalid(problems)
    person = person.astype(np.str_) if person.dtype.kind == "O" else person
    payer, payers = labels(columns.of("payer"), "payer", problems)
    source, sources = labels(columns.of("source"), "source", problems)
    start, stop = days["start"], days["stop"]
    order = _canonical((person, kind, payer, start, stop, extent, source))
    known = _people(columns, person, days["observed_until"], start, people, problems)
    spells = Spells(
        stream=stream,
        people=known[0],
        offsets=np.searchsorted(person[order], known[0]).astype(np.int64),
        observed_from=known[1],
        observed_until=known[2],
        kinds=kinds,
        payers=payers,
        sources=sources,
        kind=kind[order],
        start=start[order],
        stop=stop[order],
        extent=extent[order],
        payer=payer[order],
        source=source[order],
    )
    spells = replace(spells, offsets=np.append(spells.offsets, len(spells)))
    _check_whole(spells, order, problems)
    if problems:
        raise Invalid(problems)
    return spells


def _check_rows(
    stream: Stream, person: npt.NDArray[Any], days: dict[str, DayNumbers], extent: Floats, problems: list[Problem]
) -> None:
    """Each row by itself."""
    bad = {int(problem.row) - 1 for problem in problems}

    def note(wrong: npt.NDArray[np.bool_], column: str, text: str) -> None:
        problems.extend(Problem(int(row) + 1, column, text) for row in np.flatnonzero(wrong) if int(row) not in bad)

    if person.dtype.kind == "O":
        note(np.array([one is None or one == "" for one in person]), "person", "say whose spell it is")
    elif person.dtype.kind == "f":
        note(np.isnan(person), "person", "say whose spell it is")
    note(days["stop"] <= days["start"], "stop", "the stop day comes after the start day; the stop day does not count")
    note(days["stop"] > days["observed_until"], "observed_until", "a spell cannot go on after the last day observed")
    note(~(extent > 0), "extent", "the extent is above 0")
    if stream is not Stream.SERVICE:
        note(
            extent > 1 + _ROUNDING,
            "extent",
            "the extent is a share of full time: at most 1 (write 0.5 for 50 per cent)",
        )


def _check_whole(spells: Spells, order: npt.NDArray[np.intp], problems: list[Problem]) -> None:
    """The same livelihood from the same payer cannot add up to more than the whole on any day."""
    if spells.stream is not Stream.LIVELIHOOD or len(spells) < 2:
        return
    same = first_of(spells.owner, spells.kind, spells.payer)
    group = np.cumsum(same, dtype=np.int64)
    if not _overlapping(spells, group):
        return
    day = np.concatenate([spells.stop, spells.start])
    change = np.concatenate([-spells.extent, spells.extent])
    groups = np.concatenate([group, group])
    rows = np.tile(np.arange(len(spells)), 2)
    at = np.lexsort((change, day, groups))  # ends before starts on the same day
    level = np.cumsum(change[at])
    over = np.unique(rows[at][level > 1 + 1e-6])
    problems.extend(
        Problem(int(order[row]) + 1, "extent", "with her other spells of this kind it is more than full time")
        for row in over
    )


def _overlapping(spells: Spells, group: npt.NDArray[np.int64]) -> bool:
    """Whether any spell starts before an earlier one of its group has stopped."""
    reach = np.maximum.accumulate(spells.stop.astype(np.int64) + group * (1 << 33))
    return bool((spells.start[1:].astype(np.int64) + group[1:] * (1 << 33) < reach[:-1]).any())


def _canonical(keys: Sequence[npt.NDArray[Any]]) -> npt.NDArray[np.intp]:
    """The order of the rows by all keys, the first being the major one; what is in order is left alone."""
    equal = np.ones(keys[0].size - 1 if keys[0].size else 0, dtype=bool)
    for key in keys:
        if (equal & (key[1:] < key[:-1])).any():
            return np.lexsort(tuple(reversed(keys)))
        equal &= key[1:] == key[:-1]
    return np.arange(keys[0].size)


def _people(
    columns: Columns,
    person: npt.NDArray[Any],
    until: DayNumbers,
    start: DayNumbers,
    more: Any,
    problems: list[Problem],
) -> tuple[npt.NDArray[Any], DayNumbers, DayNumbers]:
    """Everyone, sorted, with the days between which she was observed."""
    earliest = int(start.min()) if start.size else 0
    since = (
        read_days(columns.of("observed_from"), "observed_from", problems)
        if columns.has("observed_from")
        else np.full(start.size, earliest, dtype=np.int32)
    )
    problems += [
        Problem(int(row) + 1, "observed_from", "a spell cannot start before the first day observed")
        for row in np.flatnonzero(start < since)
    ]
    if more is not None:
        extra = Columns(more, {})
        problems += extra.missing(("person", "observed_until"))
        if problems:
            raise Invalid(problems)
        others = np.asarray(extra.of("person"))
        person = np.concatenate([person, others]) if person.size else others
        until = np.concatenate([until, read_days(extra.of("observed_until"), "observed_until", problems)])
        added = (
            read_days(extra.of("observed_from"), "observed_from", problems)
            if extra.has("observed_from")
            else np.full(others.size, earliest, dtype=np.int32)
        )
        since = np.concatenate([since, added])
    return _one_observation(person, since, until, problems)


def _one_observation(
    person: npt.NDArray[Any], since: DayNumbers, until: DayNumbers, problems: list[Problem]
) -> tuple[npt.NDArray[Any], DayNumbers, DayNumbers]:
    """What the rows say of each person's observation; they have to agree."""
    people, first, inverse = np.unique(person, return_index=True, return_inverse=True)
    for column, days in (("observed_from", since), ("observed_until", until)):
        problems += [
            Problem(int(row) + 1, column, "her rows do not agree on when she was observed")
            for row in np.flatnonzero(days != days[first][inverse])
        ]
    return people, since[first], until[first]


def merged(spells: Spells) -> Spells:
    """The same spells with those joined that touch and are alike in person, kind, payer, extent and source.

    Services of one day are left apart: two visits on two days are two visits.
    """
    owner = spells.owner
    order = np.lexsort((spells.start, spells.source, spells.extent, spells.payer, spells.kind, owner))
    owner, start, stop = owner[order], spells.start[order], spells.stop[order]
    kind, payer, extent, source = (
        spells.kind[order], spells.payer[order], spells.extent[order], spells.source[order],
    )  # fmt: skip
    begins = first_of(owner, kind, payer, extent, source)
    begins[1:] |= start[1:] != stop[:-1]
    if spells.stream is Stream.SERVICE:
        begins |= stop - start == 1
        begins[1:] |= (stop - start == 1)[:-1]
    first = np.flatnonzero(begins)
    last = np.append(first[1:], begins.size) - 1 if begins.size else first
    owner, kind, payer, extent, source = owner[first], kind[first], payer[first], extent[first], source[first]
    start, stop = start[first], stop[last]
    again = np.lexsort((source, extent, stop, start, payer, kind, owner))
    offsets = np.searchsorted(owner[again], np.arange(spells.people.size + 1)).astype(np.int64)
    return replace(
        spells,
        offsets=offsets,
        kind=kind[again],
        start=start[again],
        stop=stop[again],
        extent=extent[again],
        payer=payer[again],
        source=source[again],
    )
