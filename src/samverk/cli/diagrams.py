"""Draw the states of each thing from the table of transitions into docs/states.md, or compare with what stands there."""

import argparse
from pathlib import Path

from samverk.cli.errors import CommandError
from samverk.domain.diagrams import page


def configure(parser: argparse.ArgumentParser) -> None:
    """`--check` compares, without writing."""
    parser.add_argument("--check", action="store_true", help="compare only: exit code 1 when they differ")
    parser.add_argument("--file", type=Path, default=Path("docs/states.md"), help="docs/states.md")


def run(arguments: argparse.Namespace) -> int:
    """Write or compare."""
    file, text = arguments.file, page()
    there = file.read_text(encoding="utf-8") if file.is_file() else None
    if arguments.check:
        if there != text:
            raise CommandError(f"{file} differs from the table in samverk.domain.process. Run `samverk diagrams`.")
        print(f"{file} shows the table as it is.")
        return 0
    if not file.parent.is_dir():
        raise CommandError(f"there is no folder {file.parent}: run this where the repository is, or choose --file.")
    file.write_text(text, encoding="utf-8")
    print(f"{file} is {'unchanged' if there == text else 'written'}.")
    return 0
