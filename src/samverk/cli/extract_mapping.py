"""How a register's table becomes spells: a mapping in TOML or JSON, and what it makes of each row."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samverk.cli.errors import CommandError
from samverk.domain.register import by_personal_number

NEEDED = ("person", "kind", "start", "stop", "extent", "payer", "source", "observed_until")
KNOWN = (*NEEDED, "observed_from")
STUDY = "study"
"""What a study compares: participants and others, livelihood and services, in one file (evaluation.study_register)."""
STUDY_NEEDED = (
    "person", "group", "start_day", "kind", "start", "stop", "extent", "payer", "observed_from", "observed_until",
)  # fmt: skip
STUDY_KNOWN = (*STUDY_NEEDED, "age", "sex", "team", "stream", "source")
DAYS = ("start", "stop", "observed_until", "observed_from", "start_day")
STREAMS = ("livelihood", "service", "programme", STUDY)
UNITS = ("share", "percent", "quantity")
LONGEST = 64 * 1024
SAMPLE = 200
_EIGHT_DIGITS = r"^\s*(\d{4})(\d{2})(\d{2})\s*$"
_SETTINGS = {"stream", "separator", "encoding", "last_day_counts", "extent_unit", "open_stop"}
_VALUES = {"kind": "kinds", "payer": "payers", "group": "groups", "sex": "sexes", "stream": "streams"}
"""The columns whose values can be called something else, and the table of the mapping that says what."""
_STUDY_TABLES = {"groups", "sexes", "streams"}
_TABLES = {"columns", "always", *_VALUES.values()}


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


@dataclass(frozen=True, slots=True)
class BadRow:
    """One thing that is wrong in the file. Rows are counted from 1, below the header; 0: the whole."""

    row: int
    column: str
    text: str


def read_mapping(file: Path) -> ExtractMapping:
    """The mapping in `file`. CommandError, with everything that is wrong with it, when it is none."""
    told = _parsed(file)
    wrong = [f"“{name}” is no setting" for name in told if name not in _SETTINGS | _TABLES]
    for name in _TABLES:
        table = told.get(name, {})
        if not isinstance(table, dict) or not all(isinstance(value, str | int | float) for value in table.values()):
            raise CommandError(f"{file}: [{name}] is to be a table of texts.")
    columns, always = told.get("columns", {}), told.get("always", {})
    study = told.get("stream") == STUDY
    needed, known = (STUDY_NEEDED, STUDY_KNOWN) if study else (NEEDED, KNOWN)
    wrong += [f"[{name}] is for stream = “{STUDY}”" for name in _STUDY_TABLES if name in told and not study]
    wrong += [
        f"“{name}” in [columns] or [always] is none of {', '.join(known)}" for name in {*columns, *always} - {*known}
    ]
    wrong += [f"{name} stands both in [columns] and [always]" for name in known if name in columns and name in always]
    wrong += [
        f"{name} is missing: name its column in [columns], or what stands in each row in [always]"
        for name in needed
        if name not in columns and name not in always
    ]
    wrong += _wrong_settings(told)
    if wrong:
        raise CommandError(f"{file}: " + "; ".join(sorted(wrong)) + ".")
    return ExtractMapping(
        stream=told["stream"],
        columns={name: str(value) for name, value in columns.items()},
        always={name: str(value) for name, value in always.items()},
        values={
            ours: {theirs: str(value) for theirs, value in told[name].items()}
            for ours, name in _VALUES.items()
            if told.get(name)
        },
        separator=told.get("separator", ""),
        encoding=told.get("encoding", "utf-8"),
        last_day_counts=told.get("last_day_counts", False),
        extent_unit=told.get("extent_unit", "share"),
        open_stop=tuple(told.get("open_stop", ())),
    )


def _parsed(file: Path) -> dict[str, Any]:
    try:
        if file.stat().st_size > LONGEST:
            raise CommandError(f"{file} is larger than {LONGEST // 1024} kB: this is no mapping.")
        text = file.read_text(encoding="utf-8-sig")
        told = json.loads(text) if file.suffix.lower() == ".json" else tomllib.loads(text)
    except OSError as error:
        raise CommandError(f"{file}: cannot be read ({error.strerror}).") from None
    except (json.JSONDecodeError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CommandError(f"{file}: not readable as TOML, or as JSON if it ends in .json ({error}).") from None
    if not isinstance(told, dict):
        raise CommandError(f"{file}: a mapping has names and values.")
    return told


def _wrong_settings(told: Mapping[str, Any]) -> list[str]:
    wrong = []
    if told.get("stream") not in STREAMS:
        wrong.append(f"stream is to be one of {', '.join(STREAMS)}")
    if told.get("extent_unit", "share") not in UNITS:
        wrong.append(f"extent_unit is to be one of {', '.join(UNITS)}")
    if not isinstance(told.get("last_day_counts", False), bool):
        wrong.append("last_day_counts is to be true or false")
    if len(str(told.get("separator", ";"))) != 1:
        wrong.append("separator is to be one character")
    if told.get("encoding", "utf-8") not in ("utf-8", "latin-1"):
        wrong.append("encoding is to be utf-8 or latin-1")
    open_stop = told.get("open_stop", [])
    if not isinstance(open_stop, list) or not all(isinstance(one, str) for one in open_stop):
        wrong.append("open_stop is to be a list of texts")
    return wrong


def read_table(file: Path, mapping: ExtractMapping) -> Any:
    """The register's own table, every cell as text, as a Polars frame. CommandError when it cannot be read."""
    import polars as pl

    try:
        if file.suffix.lower() == ".parquet":
            return pl.read_parquet(file).with_columns(pl.all().cast(pl.String, strict=False))
        separator = mapping.separator or _separator(file, mapping.encoding)
        return pl.read_csv(
            file,
            infer_schema=False,
            separator=separator,
            encoding="utf8" if mapping.encoding == "utf-8" else "latin-1",
        )
    except OSError as error:
        raise CommandError(f"{file}: cannot be read ({error.strerror or error}).") from None
    except pl.exceptions.PolarsError as error:
        raise CommandError(f"{file}: not readable as {_kind(file)} ({str(error).splitlines()[0]}).") from None


def _kind(file: Path) -> str:
    return "Parquet" if file.suffix.lower() == ".parquet" else "CSV"


def _separator(file: Path, encoding: str) -> str:
    """The one of comma, semicolon and tab that stands most often in the header."""
    with file.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, errors="replace") as opened:
        header = opened.readline()
    return max(",;\t", key=header.count)


def spell_table(table: Any, mapping: ExtractMapping) -> tuple[Any, list[BadRow]]:
    """The columns that read_spells wants, row for row, and what no mapping could make of a row.

    CommandError when a column is missing, or when people stand there by their personal numbers.
    """
    import polars as pl

    missing = [theirs for theirs in mapping.columns.values() if theirs not in table.columns]
    if missing:
        raise CommandError(
            f"the file has no column {', '.join(missing)}. It has {', '.join(table.columns)}. Mend [columns]."
        )
    ours = {name: pl.col(theirs).str.strip_chars() for name, theirs in mapping.columns.items()}
    ours |= {name: pl.lit(value) for name, value in mapping.always.items()}
    frame = table.select(**{name: ours[name] for name in mapping.known if name in ours})
    _refuse_numbers(frame["person"].drop_nulls().unique(maintain_order=True).head(SAMPLE).to_list())
    bad = []
    for name, values in mapping.values.items():
        if name in frame.columns:
            bad += _unknown(frame, name, values)
            frame = frame.with_columns(pl.col(name).replace(values))
    frame = frame.with_columns(
        pl.col(name).str.replace(_EIGHT_DIGITS, "${1}-${2}-${3}") for name in DAYS if name in frame.columns
    )
    goes_on = pl.col("stop").fill_null("").is_in([*mapping.open_stop])
    last = pl.col("stop").str.to_date(strict=False)
    stop = last.dt.offset_by("1d").dt.to_string() if mapping.last_day_counts else pl.col("stop")
    frame = frame.with_columns(stop=pl.when(goes_on).then(pl.col("observed_until")).otherwise(stop))
    if mapping.extent_unit == "percent":
        percent = pl.col("extent").str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
        frame = frame.with_columns(extent=(percent / 100).fill_nan(None))
    return frame, bad


def _unknown(frame: Any, name: str, values: Mapping[str, str]) -> list[BadRow]:
    known = {*values, ""}
    return [
        BadRow(row, name, f"“{value}” is not in [{_VALUES[name]}]")
        for row, value in enumerate(frame[name].fill_null("").to_list(), start=1)
        if value not in known
    ]


def _refuse_numbers(people: list[str]) -> None:
    """Registers are evaluated under running numbers: a file with personal numbers is sent back unread."""
    if by_personal_number(people):
        raise CommandError(
            "the people stand there by their personal numbers. Let whoever keeps the register put running numbers "
            "in their place before the file leaves it."
        )
