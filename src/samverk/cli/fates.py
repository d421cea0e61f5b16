"""The three fates, a programme's queue, and assumptions from an extract. Needs no database (docs/fates.md)."""

import argparse
import importlib.util
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from samverk.cli.errors import CommandError

NEEDS = ("numba", "numpy")
Figures = Mapping[str, Any]


def configure(parser: argparse.ArgumentParser) -> None:
    """`run FILE`, `plan FILE`, `calibrate EXTRACT`; each with `--json` or `--csv`, and `--threads`."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    run = commands.add_parser(
        "run", help="what three ways of working cost, and for whom (docs/examples/fates-run.toml)"
    )
    plan = commands.add_parser("plan", help="where a programme's queue is (docs/examples/fates-plan.toml)")
    calibrate = commands.add_parser("calibrate", help="assumptions from the cases of an extract, where they are enough")
    run.add_argument("file", type=Path, metavar="FILE", help="TOML")
    plan.add_argument("file", type=Path, metavar="FILE", help="TOML")
    calibrate.add_argument("file", type=Path, metavar="EXTRACT", help="the zip that was taken from a programme's page")
    calibrate.add_argument(
        "--way",
        choices=("independent", "counteracting", "collaborating"),
        default="collaborating",
        help="the way of working that the cases lived in (collaborating)",
    )
    for one in (run, plan, calibrate):
        form = one.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_const", const="json", dest="form", help="all figures as JSON")
        form.add_argument("--csv", action="store_const", const="csv", dest="form", help="all figures as one table")
    for one in (run, plan):
        one.add_argument("--threads", type=int, default=1, metavar="N", help="the figures are the same with any number")


def run(arguments: argparse.Namespace) -> int:
    """Tell what is asked. The same file gives the same bytes."""
    absent = [name for name in NEEDS if importlib.util.find_spec(name) is None]
    if absent:
        raise CommandError(
            f"{' and '.join(absent)} {'are' if len(absent) > 1 else 'is'} not installed. "
            'The fates need the extra “fates”: pip install "samverk[fates]".'
        )
    if getattr(arguments, "threads", 1) not in range(1, 65):
        raise CommandError("--threads is to be from 1 to 64.")
    print(_TOLD[arguments.command](arguments), end="")
    return 0


def _run(arguments: argparse.Namespace) -> str:
    from samverk.cli import fates_told
    from samverk.cli.fates_file import read_run

    told = fates_told.figures(read_run(arguments.file), threads=arguments.threads)
    return _as(arguments.form, told, fates_told)


def _plan(arguments: argparse.Namespace) -> str:
    from samverk.cli import fates_plan

    told = fates_plan.figures(fates_plan.read_plan(arguments.file), threads=arguments.threads)
    return _as(arguments.form, told, fates_plan)


def _calibrate(arguments: argparse.Namespace) -> str:
    from samverk.cli import fates_calibrated

    told = fates_calibrated.figures(arguments.file, way=arguments.way)
    return _as(arguments.form, told, fates_calibrated)


def _as(form: str | None, told: Figures, module: Any) -> str:
    """The figures in the form that is asked for."""
    made: str = getattr(module, f"as_{form or 'text'}")(told)
    return made


_TOLD: Mapping[str, Callable[[argparse.Namespace], str]] = {"run": _run, "plan": _plan, "calibrate": _calibrate}
