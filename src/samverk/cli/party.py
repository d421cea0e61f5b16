"""Parties: the agencies, employers and associations that take part."""

import argparse

from samverk.access.declare import SetUp
from samverk.access.people import PartyView, parties
from samverk.access.permit import A, Permit
from samverk.actions import setup
from samverk.cli.errors import CommandError
from samverk.cli.ready import demand_ready, let_in


def configure(parser: argparse.ArgumentParser) -> None:
    """`add` and `list`."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    add = commands.add_parser("add", help="add a party")
    add.add_argument("--name", required=True)
    add.add_argument("--short", default="", help="what it is called where there is little room")
    add.add_argument("--kind", required=True, help="a code of the list party_kind: af, fk, municipality, region, …")
    commands.add_parser("list", help="every party")


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked."""
    demand_ready()
    with let_in(SetUp) as permit:
        if arguments.command == "list":
            for view in parties(permit).values():
                print(f"{view.name} ({view.kind})")
            return 0
        setup.add_party(permit, name=arguments.name, short=arguments.short, kind=arguments.kind)
    print(f"{arguments.name} is added.")
    return 0


def named(permit: Permit[A], name: str) -> PartyView:
    """The party of that name or short name. CommandError with those that there are."""
    known = list(parties(permit).values())
    for view in known:
        if name in (view.name, view.short):
            return view
    listed = ", ".join(view.name for view in known) or "none yet: add one with `samverk party add`"
    raise CommandError(f"there is no party “{name}”. Parties: {listed}.")
