"""What a register's columns and values are called with us: a mapping in TOML or JSON. Standard library only."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from samverk.evaluation.problems import Invalid, Problem

NEEDED = ("person", "kind", "start", "stop", "extent", "payer", "source", "observed_until")
KNOWN = (*NEEDED, "observed_from")
STUDY = "study"
"""What a study compares: participants and others, livelihood and services, in one file (evaluation.study_register)."""
STUDY_NEEDED = (
    "person", "group", "start_day", "kind", "start", "stop", "extent", "payer", "observed_from", "observed_until",
)  # fmt: skip
STUDY_WELCOME = ("age", "sex", "team", "stream", "source")
"""stream: livelihood (also where nothing stands) or service. source: where the row is from; "generated": invented."""
STUDY_KNOWN = (*STUDY_NEEDED, *STUDY_WELCOME)
STREAMS = ("livelihood", "service", "programme", STUDY)
UNITS = ("share", "percent", "quantity")
ENCODINGS = ("utf-8", "latin-1")
LONGEST = 64 * 1024
VALUES = {"kind": "kinds", "payer": "payers", "group": "groups", "sex": "sexes", "stream": "streams"}
"""The columns whose values can be called something else, and the table of the mapping that says what."""
_SETTINGS = {"stream", "separator", "encoding", "last_day_counts", "extent_unit", "open_stop"}
_STUDY_TABLES = {"groups", "sexes", "streams"}
_TABLES = {"columns", "always", *VALUES.values()}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractMapping:
    """What a register's columns and values are called with us."""

    stream: str
    columns: Mapping[str, str]
    """Ours → the register's own column."""
    always: Mapping[str, str] = field(default_factory=dict)
    """Ours → what stands in each row, where the register has no such column."""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Ours → the register's value → ours, for the columns whose values are called something else with us."""
    separator: str = ""
    encoding: str = "utf-8"
    last_day_counts: bool = False
    """Whether the column of `stop` holds the last day ("till och med") instead of the day after."""
    extent_unit: str = "share"
    open_stop: tuple[str, ...] = ()
    """What stands in the column of `stop` for a spell that goes on: it is told up to observed_until."""

    @property
    def known(self) -> tuple[str, ...]:
        """The columns that this stream can have."""
        return STUDY_KNOWN if self.stream == STUDY else KNOWN

    def theirs(self, column: str) -> str:
        """What one of our columns is called in the register; our own name where it has none there."""
        return self.columns.get(column, column)


def mapping_from(text: str, *, as_json: bool = False) -> ExtractMapping:
    """The mapping that the text holds. Invalid, with everything that is wrong with it, when it is none."""
    told = _parsed(text, as_json=as_json)
    problems = [Problem(0, name, f"“{name}” is no setting") for name in told if name not in _SETTINGS | _TABLES]
    tables = []
    for name in sorted(_TABLES):
        table = told.get(name, {})
        if not isinstance(table, dict) or not all(isinstance(value, str | int | float) for value in table.values()):
            tables.append(Problem(0, name, f"[{name}] is to be a table of texts"))
    if tables:
        raise Invalid([*problems, *tables])
    problems += _wrong_columns(told) + _wrong_settings(told)
    if problems:
        raise Invalid(problems)
    return ExtractMapping(
        stream=told["stream"],
        columns={name: str(value) for name, value in told.get("columns", {}).items()},
        always={name: str(value) for name, value in told.get("always", {}).items()},
        values={
            ours: {theirs: str(value) for theirs, value in told[name].items()}
            for ours, name in VALUES.items()
            if told.get(name)
        },
        separator=told.get("separator", ""),
        encoding=told.get("encoding", "utf-8"),
        last_day_counts=told.get("last_day_counts", False),
        extent_unit=told.get("extent_unit", "share"),
        open_stop=tuple(told.get("open_stop", ())),
    )


def as_it_is(heads: Sequence[str]) -> ExtractMapping:
    """The mapping of a study's file whose columns already have our names."""
    return ExtractMapping(stream=STUDY, columns={name: name for name in STUDY_KNOWN if name in heads})


def begun(heads: Sequence[str], *, encoding: str = "utf-8") -> str:
    """A mapping to go on with, as TOML: our columns beside the register's own, where they have the same name."""
    lines = [
        f'stream = "{STUDY}"',
        f"encoding = {_quoted(encoding)}",
        "last_day_counts = false",
        'extent_unit = "share"',
    ]
    lines += ["", "[columns]"]
    for name in STUDY_NEEDED:
        lines.append(f"{name} = {_quoted(name if name in heads else '')}")
    lines += [f"{name} = {_quoted(name)}" for name in STUDY_WELCOME if name in heads]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _parsed(text: str, *, as_json: bool) -> dict[str, Any]:
    if len(text) > LONGEST:
        raise Invalid([Problem(0, "", f"it is larger than {LONGEST // 1024} kB: this is no mapping")])
    try:
        told = json.loads(text) if as_json else tomllib.loads(text)
    except (json.JSONDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        problem = f"not readable as TOML, or as JSON if it ends in .json ({error})"
        raise Invalid([Problem(0, "", problem)]) from None
    if not isinstance(told, dict):
        raise Invalid([Problem(0, "", "a mapping has names and values")])
    return told


def _wrong_columns(told: Mapping[str, Any]) -> list[Problem]:
    columns, always = told.get("columns", {}), told.get("always", {})
    study = told.get("stream") == STUDY
    needed, known = (STUDY_NEEDED, STUDY_KNOWN) if study else (NEEDED, KNOWN)
    others = sorted(name for name in _STUDY_TABLES if name in told and not study)
    wrong = [Problem(0, name, f"[{name}] is for stream = “{STUDY}”") for name in others]
    wrong += [
        Problem(0, name, f"“{name}” in [columns] or [always] is none of {', '.join(known)}")
        for name in sorted({*columns, *always} - {*known})
    ]
    wrong += [
        Problem(0, name, f"{name} stands both in [columns] and [always]")
        for name in known
        if name in columns and name in always
    ]
    wrong += [
        Problem(0, name, f"{name} is missing: name its column in [columns], or what stands in each row in [always]")
        for name in needed
        if not (columns.get(name) or name in always)
    ]
    return wrong


def _wrong_settings(told: Mapping[str, Any]) -> list[Problem]:
    open_stop = told.get("open_stop", [])
    holds = {
        "stream": (told.get("stream") in STREAMS, f"one of {', '.join(STREAMS)}"),
        "extent_unit": (told.get("extent_unit", "share") in UNITS, f"one of {', '.join(UNITS)}"),
        "last_day_counts": (isinstance(told.get("last_day_counts", False), bool), "true or false"),
        "separator": (len(str(told.get("separator", ";"))) == 1, "one character"),
        "encoding": (told.get("encoding", "utf-8") in ENCODINGS, " or ".join(ENCODINGS)),
        "open_stop": (
            isinstance(open_stop, list) and all(isinstance(one, str) for one in open_stop),
            "a list of texts",
        ),
    }
    return [Problem(0, name, f"{name} is to be {what}") for name, (right, what) in holds.items() if not right]
