"""A register extract for a study, on its way in: tried by its mapping, with everything that is doubtful in it told by row.

Reads no row of the house and keeps nothing: a large file is read before the door is opened, so that nobody waits for it.
Needs the optional libraries of `samverk[evaluation]` (studies.installed), which are imported where something is read.
"""

import io
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from samverk.access.register_words import in_words
from samverk.domain.register import by_personal_number
from samverk.domain.words import Problem, Rejection, gettext_noop
from samverk.evaluation.problems import Invalid
from samverk.evaluation.problems import Problem as EngineProblem
from samverk.evaluation.register_mapping import STUDY, STUDY_NEEDED, ExtractMapping, as_it_is, begun, mapping_from
from samverk.evaluation.register_table import (
    Became,
    encoding_of,
    is_parquet,
    read_table,
    rows_in,
    spell_table,
    study_in,
    unread,
    what_became,
)

MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 300_000
"""So many rows are read in some seconds, in some hundred megabytes."""


class Unmapped(Rejection):
    """The file's columns have other names than ours. `begun` is a mapping to go on with."""

    def __init__(self, heads: list[str], encoding: str) -> None:
        super().__init__(
            gettext_noop(
                "Filens kolumner heter inte som våra. Skriv efter likhetstecknen vad de heter i filen: %(has)s."
            ),
            "mapping",
            has=", ".join(heads),
        )
        self.begun = begun(heads, encoding=encoding)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row that cannot be counted on. `line` as a spreadsheet counts, with the header as 1; 0: the whole file.

    `column`: what it is called in the file. `problem` says what to do.
    """

    line: int
    column: str
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A file that can be taken in: `content` is what is kept of it, our columns alone, as Parquet.

    `given`: SHA-256 of the file as it was sent. Counts are of rows and people; `kinds` are codes.
    """

    content: bytes
    name: str
    given: str
    mapping: str
    rows: int
    people: int
    took_part: int
    kinds: tuple[str, ...]
    invented: bool

    @property
    def compared(self) -> int:
        """How many are there to be compared with."""
        return self.people - self.took_part

    @property
    def hash(self) -> str:
        """SHA-256 of what is kept, in hexadecimal: it stands in the plan."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What came of a trial. `unread`: columns of the file that are left out. `register` None: something is doubtful."""

    rows: int
    became: tuple[Became, ...]
    unread: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    register: Register | None

    @property
    def lines(self) -> int:
        """How many rows are doubtful."""
        return len({doubt.line for doubt in self.doubts if doubt.line})


def tried(content: bytes, *, name: str, mapping: str = "") -> Trial:
    """A trial of a file (CSV or Parquet) with a mapping in TOML, or JSON; "" where its columns have our names.

    Rejection for what concerns the whole, on "file" or "mapping": unreadable, too large, personal numbers; Unmapped where
    a mapping is wanted. What is wrong in a row is a Doubt.
    """
    if len(content) > MOST_BYTES:
        text = gettext_noop("Filen är för stor. Den får vara högst %(most)s MB.")
        raise Rejection(text, "file", most=MOST_BYTES >> 20)
    told = _mapping(mapping) if mapping.strip() else None
    table = _table(content, told)
    how = told or as_it_is(table.columns)
    if told is None and not set(STUDY_NEEDED) <= set(table.columns):
        raise Unmapped(table.columns, "utf-8" if is_parquet(content) else encoding_of(content))
    try:
        frame, bad = spell_table(table, how)
    except Invalid as invalid:
        raise _rejection(invalid, "mapping") from None
    if by_personal_number(frame["person"].drop_nulls().to_list()):
        raise Rejection(
            gettext_noop("Filen har personnummer. Be den som för registret att sätta löpnummer i stället."), "file"
        )
    study, problems = study_in(frame, bad)
    return Trial(
        rows=frame.height,
        became=tuple(what_became(table, frame, how)),
        unread=tuple(unread(table, how)),
        doubts=tuple(_doubt(one, how) for one in problems),
        register=None if study is None else _register(study, frame, content=content, name=name, mapping=mapping),
    )


def kept_files(content: bytes) -> dict[str, str]:
    """What was kept of a register, as the engine's files. Invalid where it cannot be read: it was read when it came."""
    study, problems = study_in(read_table(content))
    if study is None:
        raise Invalid(problems)
    files: dict[str, str] = study.files()
    return files


def _mapping(text: str) -> ExtractMapping:
    try:
        mapping = mapping_from(text, as_json=text.lstrip().startswith("{"))
    except Invalid as invalid:
        raise _rejection(invalid, "mapping") from None
    if mapping.stream != STUDY:
        raise _rejection(Invalid([EngineProblem(0, "stream", "stream is to be study")]), "mapping")
    return mapping


def _table(content: bytes, told: ExtractMapping | None) -> Any:
    try:
        if rows_in(content) > MOST_ROWS:
            text = gettext_noop("Filen har för många rader. Ta in högst %(most)s åt gången.")
            raise Rejection(text, "file", most=MOST_ROWS)
        separator, encoding = (told.separator, told.encoding) if told else ("", encoding_of(content))
        table = read_table(content, separator=separator, encoding=encoding)
    except Invalid as invalid:
        raise _rejection(invalid, "file") from None
    if not table.height:
        raise Rejection(gettext_noop("Filen har inga rader under rubriken. Välj en annan fil."), "file")
    return table


def _rejection(invalid: Invalid, field: str) -> Rejection:
    return Rejection.of([in_words(one, field) for one in invalid.problems])


def _doubt(problem: EngineProblem, mapping: ExtractMapping) -> Doubt:
    line = problem.row + 1 if problem.row else 0
    return Doubt(line, mapping.theirs(problem.column), in_words(problem, "file"))


def _register(study: Any, frame: Any, *, content: bytes, name: str, mapping: str) -> Register:
    from samverk.evaluation.study_sample import GENERATED

    whole = io.BytesIO()
    frame.write_parquet(whole)
    groups = list(study.people["group"])
    return Register(
        content=whole.getvalue(),
        name=name[:200],
        given=sha256(content).hexdigest(),
        mapping=mapping.strip(),
        rows=frame.height,
        people=len(groups),
        took_part=sum(groups),
        kinds=tuple(sorted({*study.livelihood["kind"], *study.services["kind"]})),
        invented=study.source == GENERATED,
    )
