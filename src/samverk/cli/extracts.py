"""Register extracts for evaluation: try out what a file becomes, then read it. Needs no database (docs/adr/017)."""

import argparse
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from samverk.cli.errors import CommandError
from samverk.domain.register import by_personal_number
from samverk.evaluation.problems import Invalid, Problem
from samverk.evaluation.register_mapping import LONGEST, STUDY, ExtractMapping, mapping_from
from samverk.evaluation.register_table import read_table, spell_table, study_in, together, unread, what_became

MOST_SHOWN = 50
NEEDS = ("numpy", "polars")


def configure(parser: argparse.ArgumentParser) -> None:
    """`check FILE --mapping MAP`, `read FILE --mapping MAP --out FILE`, `generate --out FILE`.

    A mapping's stream says what the file becomes.
    """
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    check = commands.add_parser("check", help="a trial run: what each column becomes, and every error; keeps nothing")
    read = commands.add_parser("read", help="the same, and write the spells as Parquet for the engine")
    generate = commands.add_parser(
        "generate", help="a file of invented people, to try a study on; no mapping is needed"
    )
    generate.add_argument("--out", required=True, type=Path, metavar="FILE", help="a new file, ending in .parquet")
    generate.add_argument("--people", type=int, default=600, help="how many; half of them take part (600)")
    generate.add_argument("--seed", type=int, default=1, help="the same number gives the same people (1)")
    for one in (check, read):
        one.add_argument("file", type=Path, help="CSV, or Parquet if its name ends in .parquet")
        one.add_argument("--mapping", required=True, type=Path, metavar="MAP", help="TOML, or JSON")
    read.add_argument("--out", required=True, type=Path, metavar="FILE", help="a new file, ending in .parquet")


def run(arguments: argparse.Namespace) -> int:
    """Tell what the file becomes. 1, and nothing written, when any row is wrong."""
    absent = [name for name in NEEDS if importlib.util.find_spec(name) is None]
    if absent:
        raise CommandError(
            f"{' and '.join(absent)} is not installed. Reading register extracts needs the extra “evaluation”: "
            'pip install "samverk[evaluation]".'
        )
    out: Path | None = None if arguments.command == "check" else arguments.out
    if out is not None and (out.exists() or out.suffix.lower() != ".parquet"):
        raise CommandError(f"{out}: say a new file that ends in .parquet. An old one is not written over.")
    if arguments.command == "generate" and out is not None:
        _generate(arguments.people, arguments.seed, out)
        return 0
    mapping = _mapping(arguments.mapping)
    table, frame, bad = _table(arguments.file, mapping)
    print("\n".join(_what_becomes_of_it(table, frame, mapping)))
    found, bad = study_in(frame, bad) if mapping.stream == STUDY else _spells(frame, mapping, bad)
    if found is None:
        print("\n".join(_told(bad)))
        return 1
    print(_summary_of_study(found) if mapping.stream == STUDY else _summary(found))
    if out is None:
        print("Nothing is kept: this was a trial run.")
        return 0
    if mapping.stream == STUDY:
        _save(frame, out)
        print(f"Written to {out}. Choose it on the page of the study.")
        return 0
    _write(found, out)
    print(f"Written to {out}. Read it with samverk.evaluation.spells.read_spells.")
    return 0


def _generate(people: int, seed: int, out: Path) -> None:
    import numpy as np
    import polars as pl

    from samverk.evaluation.study_register import table_of
    from samverk.evaluation.study_sample import Sample, generated

    data = generated(Sample(people=people), np.random.default_rng(seed))
    _save(pl.DataFrame(table_of(data)), out)
    print(_summary_of_study(data))
    print(f"Written to {out}. Everyone in it is invented, and every page made of it says so.")


def _mapping(file: Path) -> ExtractMapping:
    """The mapping in `file`. CommandError, with everything that is wrong with it, when it is none."""
    try:
        if file.stat().st_size > LONGEST:
            raise CommandError(f"{file} is larger than {LONGEST // 1024} kB: this is no mapping.")
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CommandError(f"{file}: cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError as error:
        raise CommandError(f"{file}: not readable as TOML, or as JSON if it ends in .json ({error}).") from None
    try:
        return mapping_from(text, as_json=file.suffix.lower() == ".json")
    except Invalid as invalid:
        raise CommandError(f"{file}: " + "; ".join(sorted(one.text for one in invalid.problems)) + ".") from None


def _table(file: Path, mapping: ExtractMapping) -> tuple[Any, Any, list[Problem]]:
    """The register's table, ours made of it, and what no mapping could make of a row. CommandError for the whole."""
    try:
        table = read_table(file.read_bytes(), separator=mapping.separator, encoding=mapping.encoding)
        frame, bad = spell_table(table, mapping)
    except OSError as error:
        raise CommandError(f"{file}: cannot be read ({error.strerror or error}).") from None
    except Invalid as invalid:
        raise CommandError(f"{file}: " + "; ".join(one.text for one in invalid.problems) + ".") from None
    if by_personal_number(frame["person"].drop_nulls().to_list()):
        raise CommandError(
            "the people stand there by their personal numbers. Let whoever keeps the register put running numbers "
            "in their place before the file leaves it."
        )
    return table, frame, bad


def _what_becomes_of_it(table: Any, frame: Any, mapping: ExtractMapping) -> list[str]:
    """One line for each of our columns: where it comes from, and how often each value stands there."""
    into = "a study" if mapping.stream == STUDY else f"spells of {mapping.stream}"
    lines = [f"{frame.height} rows, {len(table.columns)} columns, to {into}:"]
    width = max(len(name) for name in mapping.known)
    for one in what_became(table, frame, mapping):
        if not one.theirs:
            lines.append(f"  {one.ours:<{width}} = “{one.always}” in each row")
            continue
        more = ""
        if one.ours == "stop" and mapping.last_day_counts:
            more = " (the last day counts: a day is added)"
        if one.ours == "extent" and mapping.extent_unit == "percent":
            more = " (per cent, divided by 100)"
        lines.append(f"  {one.ours:<{width}} ← {one.theirs}{more}")
        lines += [f"  {'':<{width}}   {theirs} → {ours}: {rows} rows" for theirs, ours, rows in one.values]
    unused = unread(table, mapping)
    return [*lines, f"  not read: {', '.join(unused)}"] if unused else lines


def _spells(frame: Any, mapping: ExtractMapping, bad: Sequence[Problem]) -> tuple[Any, list[Problem]]:
    """The spells (None where anything is wrong), and all that is wrong."""
    from samverk.evaluation.spells import Stream, read_spells

    try:
        found = read_spells(frame, stream=Stream(mapping.stream))
    except Invalid as invalid:
        return None, together(bad, invalid.problems)
    return (None, list(bad)) if bad else (found, [])


def _told(bad: Sequence[Problem]) -> list[str]:
    shown = [f"{f'row {one.row}, ' if one.row else ''}{one.column}: {one.text}" for one in bad[:MOST_SHOWN]]
    if len(bad) > MOST_SHOWN:
        shown.append(f"… and {len(bad) - MOST_SHOWN} more.")
    rows = len({one.row for one in bad if one.row})
    count = "1 row is" if rows == 1 else f"{rows} rows are"
    return [*shown, f"{count} wrong (counted from 1, below the header). Nothing is kept."]


def _summary(spells: Any) -> str:
    import numpy as np

    first, last = (np.datetime64(int(day), "D") for day in (spells.start.min(), spells.stop.max() - 1))
    return (
        f"{len(spells)} spells of {spells.people.size} people, {first} to {last}. Kinds: {', '.join(spells.kinds)}. "
        f"Payers: {', '.join(payer or 'not known' for payer in spells.payers)}."
    )


def _summary_of_study(data: Any) -> str:
    groups = list(data.people["group"])
    rows = len(data.livelihood["person"]), len(data.services["person"])
    kinds = sorted({*data.livelihood["kind"], *data.services["kind"]})
    return (
        f"{len(groups)} people: {sum(groups)} took part, {len(groups) - sum(groups)} to compare with. "
        f"{rows[0]} spells of livelihood and {rows[1]} of services. Kinds: {', '.join(kinds)}."
    )


def _write(spells: Any, out: Path) -> None:
    """The spells in the engine's own order, days as days."""
    import numpy as np
    import polars as pl

    def days(numbers: Any) -> Any:
        return numbers.astype("datetime64[D]")

    owner = spells.owner
    columns = {
        "person": spells.people[owner],
        "kind": np.asarray(spells.kinds)[spells.kind],
        "start": days(spells.start),
        "stop": days(spells.stop),
        "extent": spells.extent,
        "payer": np.asarray(spells.payers)[spells.payer],
        "source": np.asarray(spells.sources)[spells.source],
        "observed_from": days(spells.observed_from[owner]),
        "observed_until": days(spells.observed_until[owner]),
    }
    _save(pl.DataFrame({name: pl.Series(name, values) for name, values in columns.items()}), out)


def _save(frame: Any, out: Path) -> None:
    try:
        frame.write_parquet(out)
    except OSError as error:
        raise CommandError(f"{out}: cannot be written ({error.strerror or error}).") from None
