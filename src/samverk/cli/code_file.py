"""The standard code lists, read from their file."""

import csv
from importlib.resources import files

from samverk.actions.codes import NewCode


def standard_codes() -> list[NewCode]:
    """Every code of standard_codes.csv, in its order."""
    text = files("samverk.cli").joinpath("standard_codes.csv").read_text(encoding="utf-8")
    return [
        NewCode(
            list=row["list"],
            code=row["code"],
            sv=row["sv"],
            en=row["en"],
            attributes=dict(pair.split("=", 1) for pair in row["attributes"].split(";") if pair),
        )
        for row in csv.DictReader(text.splitlines())
    ]
