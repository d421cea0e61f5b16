"""Who stands in for whom while somebody is away: where neither she nor her coordinator can say it."""

import argparse
from datetime import date
from uuid import UUID

from samverk.access.accounts import by_email
from samverk.access.declare_house import NameSubstitute, SetUp
from samverk.access.substitutes import SubstitutionView, all_ahead
from samverk.actions import substitutes
from samverk.cli.errors import CommandError
from samverk.cli.ready import demand_ready, let_in


def configure(parser: argparse.ArgumentParser) -> None:
    """`add`, `end`, `list`."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    add = commands.add_parser("add", help="let a colleague of the same party stand in")
    add.add_argument("absent", metavar="ABSENT", help="the e-mail address of whoever is away")
    add.add_argument("substitute", metavar="SUBSTITUTE", help="and of whoever stands in")
    add.add_argument("--first", type=_day, required=True, help="the first day, as 2026-06-30")
    add.add_argument("--last", type=_day, required=True, help="the last day")
    end = commands.add_parser("end", help="end it now, or call it off")
    end.add_argument("absent", metavar="ABSENT", help="the e-mail address of whoever is away")
    commands.add_parser("list", help="all that goes on or lies ahead")


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked."""
    demand_ready()
    if arguments.command == "add":
        absent, substitute = _known(arguments.absent), _known(arguments.substitute)
        with let_in(NameSubstitute) as permit:
            substitutes.record(permit, absent=absent, substitute=substitute, first=arguments.first, last=arguments.last)
        print(f"{arguments.substitute} stands in for {arguments.absent}.")
        return 0
    away = _known(arguments.absent) if arguments.command == "end" else None
    with let_in(NameSubstitute) as permit:
        rows = all_ahead(permit)
        mine = [row for row in rows if row.away == away]
        for row in mine:
            substitutes.end(permit, substitution=row.id)
    if away is None:
        print("\n".join(_said(row) for row in rows) or "Nobody stands in for anyone.")
    elif mine:
        print(f"Nobody stands in for {arguments.absent} any longer.")
    else:
        raise CommandError(f"nobody stands in for {arguments.absent}.")
    return 0


def _said(row: SubstitutionView) -> str:
    return f"{row.substitute} for {row.absent}, {row.first_day} to {row.last_day}"


def _known(email: str) -> UUID:
    with let_in(SetUp) as permit:
        account = by_email(permit, email=email)
    if account is None:
        raise CommandError(f"there is no account “{email}”. See `samverk account list`.")
    return account


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no day; write 2026-06-30") from None
