"""Units of a party: offices, health centres. A closed unit keeps what it writes from the rest of its party."""

import argparse

from samverk.access.accounts import by_email
from samverk.access.declare_house import SetUp
from samverk.access.permit import Permit
from samverk.access.units import UnitView, units
from samverk.actions import units as acts
from samverk.cli import party
from samverk.cli.errors import CommandError
from samverk.cli.ready import demand_ready, let_in


def configure(parser: argparse.ArgumentParser) -> None:
    """`add`, `close`, `open`, `place`, `list`."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    add = commands.add_parser("add", help="add a unit to a party")
    add.add_argument("--closed", action="store_true", help="what it writes is read by the unit alone")
    close = commands.add_parser("close", help="keep what it writes from the rest of its party, from now on")
    opened = commands.add_parser("open", help="let the whole party read what it has written")
    place = commands.add_parser("place", help="say in which unit an official works")
    place.add_argument("email")
    place.add_argument("--none", action="store_true", help="in no unit")
    for one in (add, close, opened, place):
        one.add_argument("--party", required=one is not place)
        one.add_argument("--name", required=one is not place, help="the unit's")
    commands.add_parser("list", help="every unit")


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked."""
    demand_ready()
    with let_in(SetUp) as permit:
        lines = COMMANDS[arguments.command](permit, arguments)
    print("\n".join(lines))
    return 0


def _add(permit: Permit[SetUp], arguments: argparse.Namespace) -> list[str]:
    acts.add(permit, party=party.named(permit, arguments.party).id, name=arguments.name, closed=arguments.closed)
    return [f"{arguments.name} is added."]


def _close(permit: Permit[SetUp], arguments: argparse.Namespace) -> list[str]:
    acts.close(permit, unit=_named(permit, arguments).id)
    return [f"{arguments.name} is closed: the rest of the party no longer reads what it has written."]


def _open(permit: Permit[SetUp], arguments: argparse.Namespace) -> list[str]:
    acts.open_up(permit, unit=_named(permit, arguments).id)
    return [f"{arguments.name} is open: the whole party may read what it has written."]


def _place(permit: Permit[SetUp], arguments: argparse.Namespace) -> list[str]:
    account = by_email(permit, email=arguments.email)
    if account is None:
        raise CommandError(f"there is no account “{arguments.email}”. See `samverk account list`.")
    if arguments.none:
        acts.place(permit, account=account, unit=None)
        return [f"{arguments.email} works in no unit."]
    if not (arguments.party and arguments.name):
        raise CommandError("say which unit with --party and --name, or --none.")
    acts.place(permit, account=account, unit=_named(permit, arguments).id)
    return [f"{arguments.email} works in {arguments.name}."]


def _list(permit: Permit[SetUp], arguments: argparse.Namespace) -> list[str]:
    lines = [f"{view.name}, {view.party_name}{', closed' if view.closed else ''}" for view in units(permit)]
    return lines or ["There are no units. Add one with `samverk unit add`."]


COMMANDS = {"add": _add, "close": _close, "open": _open, "place": _place, "list": _list}


def _named(permit: Permit[SetUp], arguments: argparse.Namespace) -> UnitView:
    """The unit of that name in that party. CommandError when there is none."""
    of = party.named(permit, arguments.party)
    for view in units(permit):
        if (view.party, view.name) == (of.id, arguments.name):
            return view
    raise CommandError(f"{of.name} has no unit “{arguments.name}”. See `samverk unit list`.")
