"""An extract, as it was taken from a programme's page, made into what is known of each person in it."""

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from samverk.cli.errors import CommandError
from samverk.domain.extract_columns import TABLES
from samverk.fates.states import State
from samverk.fates.stays import Known, Step

LARGEST = 64 * 1024 * 1024
READ = ("people", "livelihood", "measures")
# What the standard codes mean in the model; other measures are no step of its own there.
MEASURES: Mapping[str, State] = {
    "treatment": State.TREATMENT,
    "addiction_treatment": State.TREATMENT,
    "work_training": State.TRAINING,
    "work_cooperative": State.TRAINING,
    "practice": State.TRAINING,
    "subsidised_job": State.SUBSIDISED,
    "job": State.JOB,
    "self_employment": State.JOB,
}
LIVELIHOOD: Mapping[str, State] = {"wage": State.JOB, "wage_subsidy": State.SUBSIDISED}
PENSION = "disability_pension"
# A smaller share of a wage beside something else is no work of its own; a pension below this share is a part of one.
LEAST_WAGE, WHOLE_PENSION = 50, 76
DESTINATIONS: Mapping[str, State] = {
    "work": State.JOB,
    "self_employed": State.JOB,
    "subsidised_work": State.SUBSIDISED,
    "disability_pension": State.PENSION,
}
# Of these it is not known where she would have gone.
LOST = frozenset({"", "moved", "deceased"})
Row = Mapping[str, str]


def read_extract(file: Path) -> tuple[tuple[Known, ...], str]:
    """Everyone in the extract, and the hash of its tables. CommandError when it is none, or was changed since."""
    texts = _tables(file)
    whole = hashlib.sha256()
    for name in TABLES:
        whole.update(f"{name}\n{texts[name]}".encode())
    if whole.hexdigest() != texts["SHA256"].strip():
        raise CommandError(f"{file}: its tables are not those that were taken (SHA256.txt). Take a new extract.")
    rows = {name: _rows(file, name, texts[name]) for name in READ}
    steps: dict[str, list[Step]] = defaultdict(list)
    for person, step in (*_measures(file, rows["measures"]), *_livelihood(file, rows["livelihood"])):
        steps[person].append(step)
    return tuple(_known(file, row, steps[row["person"]]) for row in rows["people"]), whole.hexdigest()


def _tables(file: Path) -> dict[str, str]:
    wanted = {name: f"{name}.csv" for name in TABLES} | {"SHA256": "SHA256.txt"}
    try:
        with ZipFile(file) as opened:
            sizes = {one.filename: one.file_size for one in opened.infolist()}
            missing = [name for name in wanted.values() if name not in sizes]
            if missing:
                raise CommandError(
                    f"{file}: {', '.join(missing)} is not in it. Give the zip as it was taken from the page."
                )
            if sum(sizes[name] for name in wanted.values()) > LARGEST:
                raise CommandError(f"{file} is larger than {LARGEST // 1024 // 1024} MB: it is no extract.")
            return {name: opened.read(inner).decode("utf-8") for name, inner in wanted.items()}
    except OSError as error:
        raise CommandError(f"{file}: cannot be read ({error.strerror}). Check the name.") from None
    except (BadZipFile, UnicodeDecodeError, RuntimeError):
        raise CommandError(f"{file}: is no extract. Give the zip as it was taken from the programme's page.") from None


def _rows(file: Path, name: str, text: str) -> Sequence[Row]:
    reader = csv.DictReader(io.StringIO(text))
    columns = [column.name for column in TABLES[name]]
    if reader.fieldnames is None or list(reader.fieldnames) != columns:
        raise CommandError(f"{file}, {name}.csv: the columns are not those of this version. Take a new extract.")
    return [dict(row) for row in reader]


def _number(file: Path, row: Row, name: str) -> int:
    try:
        return int(row[name])
    except ValueError:
        raise CommandError(f"{file}, person {row['person']}: {name} is {row[name]!r}, and no whole number.") from None


def _measures(file: Path, rows: Iterable[Row]) -> Iterable[tuple[str, Step]]:
    for row in rows:
        state = MEASURES.get(row["kind"])
        if state is not None:
            stop = _number(file, row, "to_day") if row["to_day"] else 10**6
            yield row["person"], Step(state, _number(file, row, "from_day"), stop, row["status"] == "broken_off")


def _livelihood(file: Path, rows: Iterable[Row]) -> Iterable[tuple[str, Step]]:
    """Work and pensions that were decided; what is only expected has not happened."""
    for row in rows:
        state, share = LIVELIHOOD.get(row["kind"]), _number(file, row, "share")
        if row["kind"] == PENSION:
            state = State.PENSION if share >= WHOLE_PENSION else State.PART_PENSION
        elif share < LEAST_WAGE:
            state = None
        if state is not None and row["decided"] == "1":
            stop = 10**6 if row["goes_on"] == "1" else _number(file, row, "to_day")
            yield row["person"], Step(state, _number(file, row, "from_day"), stop)


def _known(file: Path, row: Row, steps: Sequence[Step]) -> Known:
    ended = row["ended_day"] != "" and row["destination"] not in LOST
    until = _number(file, row, "observed_until")
    return Known(
        steps=[Step(one.state, one.start, min(one.stop, until), one.broken) for one in steps if one.start < until],
        referred=_number(file, row, "referred_day"),
        until=until,
        ended=ended,
        to=DESTINATIONS.get(row["destination"]) if ended else None,
    )
