"""The keys that personal numbers and second factors are sealed with: everything is sealed anew with the first."""

import argparse

from samverk.access import log
from samverk.access.declare_house import SetUp
from samverk.access.identity import why_unguarded
from samverk.access.sealing import Unreadable, reseal
from samverk.cli.errors import CommandError
from samverk.cli.ready import database_file, demand_ready, let_in


def configure(parser: argparse.ArgumentParser) -> None:
    """`rotate`."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    commands.add_parser(
        "rotate", help="after a new key was put first in SAMVERK_DATA_KEYS: then the old can be dropped"
    )


def run(arguments: argparse.Namespace) -> int:
    """Seal everything anew."""
    demand_ready()
    if not database_file() and not why_unguarded():
        raise CommandError("this is for the owner of the tables, like `samverk setup`.")
    try:
        done = reseal()
    except Unreadable as error:
        raise CommandError(f"{error} Nothing was changed.") from None
    with let_in(SetUp) as permit:
        log.wrote(permit, "keys.rotated", people=done.people, referrals=done.referrals, factors=done.factors)
    print(f"Sealed anew: {done.people} personal numbers, {done.referrals} referrals, {done.factors} second factors.")
    print("The other keys can be taken out of SAMVERK_DATA_KEYS. Backups made before still need them.")
    return 0
