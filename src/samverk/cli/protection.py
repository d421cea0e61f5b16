"""Protected identity: the operator raises the level at once, and may be the second person who agrees to less."""

import argparse
from uuid import UUID

from samverk.access.declare_house import ProtectPerson
from samverk.actions import protection
from samverk.cli.errors import CommandError
from samverk.cli.ready import demand_ready, let_in
from samverk.domain.information import Protection


def configure(parser: argparse.ArgumentParser) -> None:
    """`set` and `agree`."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    change = commands.add_parser("set", help="more protection holds at once; less waits for a second person")
    change.add_argument("level", choices=[level.value for level in Protection])
    change.add_argument("--reason", required=True, help="who has decided it; not where the person lives")
    agree = commands.add_parser("agree", help="say yes to the less protection that an official has asked for")
    for command in (change, agree):
        command.add_argument("--case", required=True, help="the case's number, as it stands in its address")


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked."""
    demand_ready()
    try:
        case = UUID(arguments.case)
    except ValueError:
        raise CommandError(f"“{arguments.case}” is no number of a case.") from None
    with let_in(ProtectPerson) as permit:
        if arguments.command == "agree":
            protection.lower_by_operator(permit, case=case)
            print("The protection is lowered.")
            return 0
        level = Protection(arguments.level)
        at_once = protection.set_level_by_operator(permit, case=case, level=level, reason=arguments.reason)
    print("The protection holds now." if at_once else "It waits for a second person: an official of the case.")
    return 0
