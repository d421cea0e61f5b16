"""Make the database ready: tables, and the standard code lists. Run it again after every new version."""

import argparse

from samverk.cli.ready import database_file, make_ready


def configure(parser: argparse.ArgumentParser) -> None:
    """No arguments: the settings say which database."""


def run(arguments: argparse.Namespace) -> int:
    """Migrate and load codes; a second run changes nothing."""
    new = make_ready()
    where = database_file() or "the database"
    print(f"{where} is ready. " + (f"{new} codes were added." if new else "All codes were there already."))
    return 0
