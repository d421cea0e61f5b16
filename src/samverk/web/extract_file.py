"""An extract as a file: tables as CSV, and as Parquet where that can be written, with a codebook and the hash."""

import importlib.util
import io
from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile

from samverk.domain.extract import Extract, as_csv, codebook
from samverk.web.extract_words import ABOUT


def as_zip(extract: Extract, *, day: date) -> bytes:
    """The file that is handed out. The same extract gives the same tables; their hash stands in SHA256.txt."""
    whole = io.BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as file:
        for table in extract.tables:
            file.writestr(f"{table.name}.csv", as_csv(table))
        for name, content in _parquet(extract).items():
            file.writestr(f"{name}.parquet", content)
        file.writestr("codebook.csv", codebook())
        file.writestr("SHA256.txt", f"{extract.hash}\n")
        about = ABOUT.format(day=day, people=extract.people, basis=extract.basis.value)
        file.writestr("README.txt", about + f"SHA-256: {extract.hash}\n")
    return whole.getvalue()


def _parquet(extract: Extract) -> dict[str, bytes]:
    """Each table as Parquet; none without the extra "evaluation"."""
    if importlib.util.find_spec("polars") is None:
        return {}
    import polars as pl

    found = {}
    for table in extract.tables:
        columns = [
            pl.Series(column.name, table.column(column.name), dtype=pl.Int64 if column.is_number else pl.String)
            for column in table.columns
        ]
        content = io.BytesIO()
        pl.DataFrame(columns).write_parquet(content)
        found[table.name] = content.getvalue()
    return found
