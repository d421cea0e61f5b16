"""What can be taken home of a study: tables as a sheet, figures as Parquet, and a script that makes them again."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from samverk.web.study_parts import Table
from samverk.web.study_report import Report

SCRIPT = '''"""Make the figures of this study again, from the files beside this script, and compare them bit by bit.

pip install "samverk[evaluation]", then: python run_again.py
"""

import sys
from pathlib import Path

from samverk.evaluation.study import again, hash_of

here = Path(__file__).resolve().parent
names = ("plan.json", "prices.json", "figures.json", "people.csv", "livelihood.csv", "services.csv", "answers.csv", "flow.json")
now, then = again({name: (here / name).read_text(encoding="utf-8") for name in names})
print("then", hash_of(then))
print("now ", hash_of(now))
if now != then:
    sys.exit("The figures are not the same: is it the same version of Samverk and of its libraries?")
print("The same figures, to the bit.")
'''
_STABLE = (1980, 1, 1, 0, 0, 0)
_FORMULA = "=+-@\t\r "


def sheet(report: Report) -> bytes:
    """Every table of the report as CSV (semicolons, UTF-8 with a mark, as spreadsheets here want it), in a zip."""
    files = {}
    for number, part in enumerate(report.parts, start=1):
        for letter, table in zip("abcdefghijklmnopqrst", part.tables, strict=False):
            rows = [[part.title, table.title], list(table.heads), *map(list, table.rows)]
            if table.note:
                rows.append([table.note])
            rows += [[said] for said in (report.caveat, report.generated) if said]
            files[f"{number:02}{letter}-{part.ident}.csv"] = "\ufeff" + _csv(rows, separator=";")
    return _zip(files)


def parquet(figures: str) -> bytes:
    """Every figure as a row: where it stands, its value, or its text. For whoever counts on."""
    import polars as pl

    rows = list(_leaves(json.loads(figures), ()))
    frame = pl.DataFrame(
        {
            "place": [place for place, _value in rows],
            "value": [float(v) if isinstance(v, int | float) and not isinstance(v, bool) else None for _p, v in rows],
            "text": [v if isinstance(v, str) else None for _p, v in rows],
        },
        schema={"place": pl.String, "value": pl.Float64, "text": pl.String},
    )
    whole = io.BytesIO()
    frame.write_parquet(whole)
    return whole.getvalue()


def again(*, plan: Mapping[str, Any], text: str, figures: str, prices: str, data: str) -> bytes:
    """All that makes the figures, and the script that makes them again. `plan`: what the engine was told of it."""
    files: dict[str, str] = json.loads(data)
    files |= {
        "plan.json": json.dumps(plan, sort_keys=True),
        "locked-plan.json": text,
        "prices.json": prices,
        "figures.json": figures,
        "run_again.py": SCRIPT,
    }
    return _zip(files)


def zipped(tables: Mapping[str, Sequence[Table]], *, note: str) -> bytes:
    """Files of tables as CSV, by name, in a zip; `note` stands under each table."""
    files = {}
    for name, parts in tables.items():
        rows = [row for one in parts for row in ([one.title], one.heads, *one.rows, [one.note], [note], [])]
        files[f"{name}.csv"] = "\ufeff" + _csv(rows, separator=";")
    return _zip(files)


def _leaves(value: Any, place: tuple[str, ...]) -> Iterable[tuple[str, Any]]:
    if isinstance(value, dict):
        for name in sorted(value):
            yield from _leaves(value[name], (*place, name))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _leaves(one, (*place, str(number)))
    else:
        yield ".".join(place), value


def _csv(rows: Iterable[Iterable[str]], *, separator: str) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def _harmless(cell: str) -> str:
    """No spreadsheet takes it for a formula: a gain stands without its plus."""
    return cell.lstrip(_FORMULA)


def _zip(files: Mapping[str, str]) -> bytes:
    """The same files give the same bytes."""
    whole = io.BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as file:
        for name in sorted(files):
            file.writestr(ZipInfo(name, _STABLE), files[name].encode(), ZIP_DEFLATED)
    return whole.getvalue()
