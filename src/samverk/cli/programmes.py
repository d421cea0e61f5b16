"""Import a list of programmes. Everything legible comes in at once, or nothing does; a second run changes nothing."""

import argparse
from pathlib import Path

from samverk.access.declare_house import ImportProgrammes
from samverk.actions.programmes import ImportReport, import_programmes
from samverk.cli.programme_file import ProgrammeFile, read_programmes
from samverk.cli.ready import demand_ready, let_in


def configure(parser: argparse.ArgumentParser) -> None:
    """`import FILE [--source TEXT]`."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    one = commands.add_parser("import", help="read a CSV file with the columns number, name, place, county")
    one.add_argument("file", type=Path)
    one.add_argument(
        "--source", default="", help="where the list comes from, shown with each programme (the file's name)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Read the file, import it, and name each doubtful row."""
    read = read_programmes(arguments.file)
    demand_ready()
    report = bring_in(read, source=arguments.source or arguments.file.name)
    for line in told(read, report):
        print(line)
    return 0


def bring_in(read: ProgrammeFile, *, source: str) -> ImportReport:
    """Import what was read, in one transaction through the door."""
    with let_in(ImportProgrammes) as permit:
        return import_programmes(permit, rows=read.rows, source=source)


def told(read: ProgrammeFile, report: ImportReport) -> list[str]:
    """What was done, and every row to look at with one's own eyes."""
    lines = []
    for doubt in read.doubts:
        name = f"“{doubt.name}”" if doubt.name else "no name"
        end = "imported all the same" if doubt.kept else "not imported"
        lines.append(f"line {doubt.line}: {name}: {'; '.join(doubt.reasons)}: {end}")
    left = sum(1 for doubt in read.doubts if not doubt.kept)
    total = f"{report.added} programmes imported, {report.there_already} there already, {left} rows not imported"
    doubtful = f"{len(read.doubts)} doubtful rows are named above." if read.doubts else "No row is doubtful."
    lines.append(f"{total}. {doubtful}")
    if not report.added:
        lines.append("Nothing was changed.")
    return lines
