"""The price book that comes with the programme, read from its file."""

from importlib.resources import files

from samverk.domain.price_table import Table, read


def first_book() -> Table:
    """The rows of price_book.csv, in their order."""
    return read(files("samverk.cli").joinpath("price_book.csv").read_text(encoding="utf-8"))
