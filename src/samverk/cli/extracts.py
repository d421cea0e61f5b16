"""Register extracts for evaluation: try out what a file becomes, then read it. Needs no database (docs/adr/017)."""

import argparse
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from samverk.cli.errors import CommandError
from samverk.cli.extract_mapping import STUDY, BadRow, ExtractMapping, read_mapping, read_table, spell_table

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
    mapping = read_mapping(arguments.mapping)
    table = read_table(arguments.file, mapping)
    frame, bad = spell_table(table, mapping)
    print("\n".join(_what_becomes_of_it(table, frame, mapping)))
    read = _study if mapping.stream == STUDY else _spells
    found, more = read(frame, mapping, skip={(one.row, one.column) for one in bad})
    bad = sorted(bad + more, key=lambda one: (one.row, one.column))
    if bad or found is None:
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


def _what_becomes_of_it(table: Any, frame: Any, mapping: ExtractMapping) -> list[str]:
    """One line for each of our columns: where it comes from, and how often each value stands there."""
    lines = [
        f"{frame.height} rows, {len(table.columns)} columns, to {'a study' if mapping.stream == STUDY else f'spells of {mapping.stream}'}:"
    ]
    width = max(len(name) for name in mapping.known)
    for name in frame.columns:
        if name in mapping.always:
            lines.append(f"  {name:<{width}} = “{mapping.always[name]}” in each row")
            continue
        more = ""
        if name == "stop" and mapping.last_day_counts:
            more = " (the last day counts: a day is added)"
        if name == "extent" and mapping.extent_unit == "percent":
            more = " (per cent, divided by 100)"
        lines.append(f"  {name:<{width}} ← {mapping.columns[name]}{more}")
        values = mapping.values.get(name, {})
        counts = dict(table[mapping.columns[name]].str.strip_chars().value_counts().iter_rows()) if values else {}
        lines += [f"  {'':<{width}}   {one} → {values[one]}: {counts.get(one, 0)} rows" for one in values]
    unused = [name for name in table.columns if name not in mapping.columns.values()]
    if unused:
        lines.append(f"  not read: {', '.join(unused)}")
    return lines


def _spells(frame: Any, mapping: ExtractMapping, *, skip: set[tuple[int, str]]) -> tuple[Any, list[BadRow]]:
    """The spells; or what the engine says of each row that has not been told of already."""
    from samverk.evaluation.problems import Invalid
    from samverk.evaluation.spells import Stream, read_spells

    try:
        return read_spells(frame, stream=Stream(mapping.stream)), []
    except Invalid as invalid:
        found = [BadRow(one.row, one.column, one.text) for one in invalid.problems]
        return None, [one for one in found if (one.row, one.column) not in skip]


def _study(frame: Any, mapping: ExtractMapping, *, skip: set[tuple[int, str]]) -> tuple[Any, list[BadRow]]:
    """The study's data; or what the engine says of each row that has not been told of already."""
    from samverk.evaluation.problems import Invalid
    from samverk.evaluation.study_register import study_data

    table = {name: frame[name].fill_null("").to_list() for name in frame.columns}
    try:
        return study_data(table), []
    except Invalid as invalid:
        found = [BadRow(one.row, one.column, one.text) for one in invalid.problems]
        return None, [one for one in found if (one.row, one.column) not in skip]


def _told(bad: Sequence[BadRow]) -> list[str]:
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
