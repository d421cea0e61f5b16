"""Parties: the agencies, employers and associations that take part."""

import argparse

from samverk.access.accounts import by_email
from samverk.access.declare_house import SetUp
from samverk.access.log_roles import trusted
from samverk.access.people import PartyView, parties
from samverk.access.permit import A, Permit
from samverk.actions import log_keeping, setup
from samverk.cli.errors import CommandError
from samverk.cli.ready import demand_ready, let_in
from samverk.domain.parties import PartyTrust

TRUSTS = {"controller": PartyTrust.LOG_CONTROLLER, "price-keeper": PartyTrust.PRICE_KEEPER}
MAY = {"controller": "the log of her own party", "price-keeper": "the price book"}


def configure(parser: argparse.ArgumentParser) -> None:
    """`add`, `list`, `controller`, `price-keeper`, `hide-staff`."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    add = commands.add_parser("add", help="add a party")
    add.add_argument("--name", required=True)
    add.add_argument("--short", default="", help="what it is called where there is little room")
    add.add_argument("--kind", required=True, help="a code of the list party_kind: af, fk, municipality, region, …")
    commands.add_parser("list", help="every party")
    for command, told in (
        ("controller", "who checks the log for her own party (loggkontrollant)"),
        ("price-keeper", "who keeps the price book of the whole house (prisboksansvarig): two at least"),
    ):
        trust = commands.add_parser(command, help=told)
        trust.add_argument("email", nargs="?", help="whom to entrust with it; without: list those that there are")
        trust.add_argument("--end", action="store_true", help="she is it no more")
    hide = commands.add_parser("hide-staff", help="participants read what its staff work as, not their names")
    hide.add_argument("party")
    hide.add_argument("--show", action="store_true", help="participants read their names again")


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked."""
    demand_ready()
    with let_in(SetUp) as permit:
        if arguments.command == "list":
            for view in parties(permit).values():
                print(f"{view.name} ({view.kind})")
            return 0
        if arguments.command in TRUSTS:
            return _entrust(permit, arguments)
        if arguments.command == "hide-staff":
            one = named(permit, arguments.party)
            log_keeping.hide_names(permit, party=one.id, hidden=not arguments.show)
            print(f"Participants read {'the names' if arguments.show else 'the titles'} of who works at {one.name}.")
            return 0
        setup.add_party(permit, name=arguments.name, short=arguments.short, kind=arguments.kind)
    print(f"{arguments.name} is added.")
    return 0


def _entrust(permit: Permit[SetUp], arguments: argparse.Namespace) -> int:
    trust = TRUSTS[arguments.command]
    if arguments.email is None:
        for one in trusted(permit, trust):
            print(f"{one.name} <{one.email}>, {one.party_name}, since {one.since:%Y-%m-%d}")
        return 0
    account = by_email(permit, email=arguments.email)
    if account is None:
        raise CommandError(f"there is no account “{arguments.email}”. See `samverk account list`.")
    (log_keeping.relieve if arguments.end else log_keeping.entrust)(permit, account=account, trust=trust)
    print(
        f"{arguments.email} {'is no longer trusted' if arguments.end else 'is trusted'} with {MAY[arguments.command]}."
    )
    return 0


def named(permit: Permit[A], name: str) -> PartyView:
    """The party of that name or short name. CommandError with those that there are."""
    known = list(parties(permit).values())
    for view in known:
        if name in (view.name, view.short):
            return view
    listed = ", ".join(view.name for view in known) or "none yet: add one with `samverk party add`"
    raise CommandError(f"there is no party “{name}”. Parties: {listed}.")
