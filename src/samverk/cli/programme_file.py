"""Reading a list of programmes: everything legible, and each doubtful row by line and reason."""

import csv
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from samverk.actions.programmes import ImportRow
from samverk.cli.errors import CommandError

COLUMNS = ("number", "name", "place", "county")
LARGEST_FILE = 2 * 1024 * 1024
LONGEST = {"name": 200, "place": 200, "county": 100}
_CUT = re.compile(r"(\.\.\.|…|[-/,;&(]|\b(?:och|samt|för|i|av|med))$")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row to look at with one's own eyes. `kept`: whether it comes in all the same."""

    line: int
    name: str
    reasons: tuple[str, ...]
    kept: bool


@dataclass(frozen=True, slots=True)
class ProgrammeFile:
    """What a file holds: rows to import, and doubts about some of them and about those left out."""

    rows: tuple[ImportRow, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    line: int
    number: str
    name: str
    place: str
    county: str
    extra: bool

    @property
    def key(self) -> str:
        """The same for the same programme, however its letters and spaces are printed."""
        parts = (self.number, self.name, self.place, self.county)
        return hashlib.sha256("\x1f".join(part.casefold() for part in parts).encode()).hexdigest()


def read_programmes(file: Path) -> ProgrammeFile:
    """Read `file`. CommandError, in one sentence that says what to do, when it cannot be read as a whole."""
    reader = csv.reader(_text(file).splitlines(keepends=True), strict=True)
    try:
        header = [word.strip().lower() for word in next(reader, [])]
        _check(header, file)
        lines = [_line(reader.line_num, header, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise CommandError(f"{file}, line {reader.line_num}: not readable as CSV ({error}). Mend the line.") from None
    if not lines:
        raise CommandError(f"{file} has a header but no rows: nothing to import.")
    return _judge(lines)


def _text(file: Path) -> str:
    if not file.is_file():
        raise CommandError(f"{file}: there is no such file.")
    if file.stat().st_size > LARGEST_FILE:
        raise CommandError(f"{file} is larger than {LARGEST_FILE // 1024 // 1024} MB: this is no list of programmes.")
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file}: cannot be read ({error.strerror}).") from None
    if b"\0" in raw:
        raise CommandError(f"{file} is not a text file. Save the list as CSV in UTF-8.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CommandError(f"{file}, line {line}: not in UTF-8. Save the list as CSV in UTF-8.") from None
    if not text.strip():
        raise CommandError(f"{file} is empty: nothing to import.")
    return text


def _check(header: list[str], file: Path) -> None:
    missing = [column for column in COLUMNS if column not in header]
    doubled = [column for column in COLUMNS if header.count(column) > 1]
    if missing:
        raise CommandError(
            f"{file}, line 1: the column{'s' if len(missing) > 1 else ''} {', '.join(missing)} "
            f"{'are' if len(missing) > 1 else 'is'} missing. The first line is to be: {','.join(COLUMNS)}"
        )
    if doubled:
        raise CommandError(f"{file}, line 1: the column {doubled[0]} stands there twice. Remove one of them.")


def _line(number: int, header: list[str], row: list[str]) -> _Line:
    cells = dict(zip(header, (" ".join(cell.split()) for cell in row), strict=False))
    return _Line(
        line=number,
        number=cells.get("number", ""),
        name=cells.get("name", ""),
        place=cells.get("place", ""),
        county=cells.get("county", ""),
        extra=len(row) != len(header),
    )


def _judge(lines: list[_Line]) -> ProgrammeFile:
    rows: dict[str, ImportRow] = {}
    doubts: list[Doubt] = []
    for n, line in enumerate(lines):
        reasons = [*_plain_doubts(line), *_doubles(line, lines[:n])]
        kept = bool(line.name) and line.key not in rows and _fits(line)
        if kept:
            rows[line.key] = ImportRow(line.name, line.place, line.county, line.key)
        if reasons:
            doubts.append(Doubt(line.line, line.name, tuple(reasons), kept))
    return ProgrammeFile(tuple(rows.values()), tuple(doubts))


def _plain_doubts(line: _Line) -> list[str]:
    found = {
        "the number is blank": not line.number,
        "the number is not a number": bool(line.number) and not (line.number.isascii() and line.number.isdigit()),
        "the name is not legible": not line.name,
        "the place is blank": not line.place,
        "the county is blank": not line.county,
        "more or fewer columns than the header": line.extra,
        "the name looks cut": bool(_CUT.search(line.name)) or line.name.count("(") != line.name.count(")"),
        "letters that could not be read": "\ufffd" in f"{line.name}{line.place}{line.county}",
        "longer than a name can be": not _fits(line),
    }
    return [reason for reason, holds in found.items() if holds]


def _fits(line: _Line) -> bool:
    return all(len(getattr(line, column)) <= most for column, most in LONGEST.items())


def _doubles(line: _Line, earlier: list[_Line]) -> list[str]:
    """A double is the same row again, the same number, or the same name where the places do not tell them apart."""
    same = [other for other in earlier if other.key == line.key]
    if same:
        return [f"the same as line {same[0].line}"]
    reasons = [f"the same number as line {o.line}" for o in earlier if line.number and o.number == line.number]
    reasons += [f"the same name as line {o.line}" for o in earlier if line.name and _same_name(line, o)]
    return reasons


def _same_name(line: _Line, other: _Line) -> bool:
    if line.name.casefold() != other.name.casefold() or line.county.casefold() != other.county.casefold():
        return False
    return not (line.place and other.place) or line.place.casefold() == other.place.casefold()
