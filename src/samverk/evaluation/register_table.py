"""A register's own table, read by a mapping, row for row: what it becomes, and everything that is wrong in it.

Needs Polars (`samverk[evaluation]`), which is imported where it is used.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from samverk.evaluation.problems import Invalid, Problem
from samverk.evaluation.register_mapping import VALUES, ExtractMapping

DAYS = ("start", "stop", "observed_until", "observed_from", "start_day")
_PARQUET = b"PAR1"
_EIGHT_DIGITS = r"^\s*(\d{4})(\d{2})(\d{2})\s*$"


@dataclass(frozen=True, slots=True)
class Became:
    """What one of our columns is made of.

    `theirs`: the register's column, "" where `always` stands in each row. `values`: the register's value, ours, and in
    how many rows it stands.
    """

    ours: str
    theirs: str
    always: str
    values: tuple[tuple[str, str, int], ...] = ()


def is_parquet(content: bytes) -> bool:
    """Whether it is a Parquet file, by how it begins: names of files say what they like."""
    return content.startswith(_PARQUET)


def encoding_of(content: bytes) -> str:
    """utf-8 where it is that, else latin-1: what older registers write."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def rows_in(content: bytes) -> int:
    """About how many rows there are, before any is read: a small Parquet file can hold very many."""
    import polars as pl

    if not is_parquet(content):
        return content.count(b"\n")
    try:
        return int(pl.scan_parquet(io.BytesIO(content)).select(pl.len()).collect().item())
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        raise _unreadable("Parquet", error) from None


def read_table(content: bytes, *, separator: str = "", encoding: str = "utf-8") -> Any:
    """The register's own table, every cell as text, as a Polars frame. Invalid when it cannot be read.

    `separator`: "" for the one of comma, semicolon and tab that stands most often in the header.
    """
    import polars as pl

    kind = "Parquet" if is_parquet(content) else "CSV"
    try:
        if is_parquet(content):
            return pl.read_parquet(io.BytesIO(content)).with_columns(pl.all().cast(pl.String, strict=False))
        return pl.read_csv(
            io.BytesIO(content),
            infer_schema=False,
            separator=separator or _separator(content),
            encoding="utf8" if encoding == "utf-8" else "latin-1",
        )
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, UnicodeDecodeError) as error:
        raise _unreadable(kind, error) from None


def _unreadable(kind: str, error: BaseException) -> Invalid:
    return Invalid([Problem(0, "", f"not readable as {kind} ({(str(error).splitlines() or [''])[0]})")])


def _separator(content: bytes) -> str:
    header = content.split(b"\n", 1)[0]
    return max(",;\t", key=lambda one: header.count(one.encode()))


def spell_table(table: Any, mapping: ExtractMapping) -> tuple[Any, list[Problem]]:
    """The columns that read_spells wants, row for row, and what no mapping could make of a row.

    Invalid when a column is missing. Whose numbers stand in `person` is the caller's to look at.
    """
    import polars as pl

    missing = [theirs for theirs in mapping.columns.values() if theirs not in table.columns]
    if missing:
        has = ", ".join(table.columns)
        problem = f"the file has no column {', '.join(missing)}. It has {has}. Mend [columns]"
        raise Invalid([Problem(0, "", problem)])
    ours = {name: pl.col(theirs).str.strip_chars() for name, theirs in mapping.columns.items()}
    ours |= {name: pl.lit(value) for name, value in mapping.always.items()}
    frame = table.select(**{name: ours[name] for name in mapping.known if name in ours})
    bad = []
    for name, values in mapping.values.items():
        if name in frame.columns:
            known = {*values, ""}
            bad += [
                Problem(row, name, f"“{value}” is not in [{VALUES[name]}]")
                for row, value in enumerate(frame[name].fill_null("").to_list(), start=1)
                if value not in known
            ]
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


def what_became(table: Any, frame: Any, mapping: ExtractMapping) -> list[Became]:
    """Our columns in order: where each comes from, and how often each value that is translated stands there."""
    found = []
    for name in frame.columns:
        if name in mapping.always:
            found.append(Became(name, "", mapping.always[name]))
            continue
        values = mapping.values.get(name, {})
        theirs = mapping.columns[name]
        counts = dict(table[theirs].str.strip_chars().value_counts().iter_rows()) if values else {}
        found.append(Became(name, theirs, "", tuple((one, values[one], counts.get(one, 0)) for one in values)))
    return found


def unread(table: Any, mapping: ExtractMapping) -> list[str]:
    """The register's columns that no column of ours is made of."""
    return [name for name in table.columns if name not in mapping.columns.values()]


def study_in(frame: Any, bad: Sequence[Problem] = ()) -> tuple[Any, list[Problem]]:
    """The study's data (None where anything is wrong), and all that is wrong: `bad` and what the engine says beside."""
    from samverk.evaluation.study_register import study_data

    try:
        found = study_data({name: frame[name].fill_null("").to_list() for name in frame.columns})
    except Invalid as invalid:
        return None, together(bad, invalid.problems)
    return (None, list(bad)) if bad else (found, [])


def together(bad: Sequence[Problem], more: Sequence[Problem]) -> list[Problem]:
    """Both, by row: of a cell that is told of already nothing more is said."""
    told = {(one.row, one.column) for one in bad}
    return sorted(
        [*bad, *(one for one in more if (one.row, one.column) not in told)], key=lambda one: (one.row, one.column)
    )
