"""One programme: its parties, roles and frame. Its words are changed on its page, by whoever runs it."""

import argparse
from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from samverk.access.accounts import by_email
from samverk.access.declare_house import RunProgramme, SetUp
from samverk.access.permit import Permit
from samverk.access.programmes import by_name
from samverk.actions import programme_frame, setup
from samverk.cli import party
from samverk.cli.errors import CommandError
from samverk.cli.ready import demand_ready, let_in
from samverk.domain.parties import Role


def configure(parser: argparse.ArgumentParser) -> None:
    """`add`, `change`, `join`, `leave` and `role`."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    add = commands.add_parser("add", help="add a programme")
    add.add_argument("--name", required=True)
    add.add_argument("--place", default="")
    add.add_argument("--county", default="")
    add.add_argument("--type", default="", choices=("", "A", "B", "C", "D"), help="how far the collaboration goes")
    add.add_argument("--structural", action="store_true", help="for structure only: no participants")
    add.add_argument("--places", type=int, help="how many may take part at the same time")
    add.add_argument("--rhythm", default="", help="when the team meets, in words")
    add.add_argument("--starts", type=_day, metavar="DATE")
    add.add_argument("--stops", type=_day, metavar="DATE")
    add.add_argument(
        "--party", action="append", default=[], metavar="NAME[=SHARE]", help="in the team; repeat for each"
    )
    add.add_argument("--beside", action="append", default=[], metavar="NAME", help="a party outside the team")
    join = commands.add_parser("join", help="let a party join a programme that runs already")
    join.add_argument("programme", help="its name, or the number in its page's address")
    join.add_argument("party", metavar="NAME[=SHARE]")
    join.add_argument("--place", default="", help="tells programmes of the same name apart")
    join.add_argument("--beside", action="store_true", help="outside the team, as an employer is")
    leave = commands.add_parser("leave", help="let a party leave, with the roles of its people")
    leave.add_argument("programme", help="its name, or the number in its page's address")
    leave.add_argument("party", metavar="PARTY")
    leave.add_argument("--place", default="", help="tells programmes of the same name apart")
    role = commands.add_parser("role", help="give someone a role in a programme, or take it away")
    role.add_argument("programme", help="its name, or the number in its page's address")
    role.add_argument("email", help="of an account")
    role.add_argument("role", choices=[role.value for role in Role])
    role.add_argument("--place", default="", help="tells programmes of the same name apart")
    role.add_argument("--end", action="store_true", help="take the role away")
    role.add_argument("--may-decide", action="append", default=[], metavar="CODE", help="a code of decision_kind")
    _configure_change(commands.add_parser("change", help="change its kind, principal, days, place or shares"))


def _configure_change(change: argparse.ArgumentParser) -> None:
    change.add_argument("programme", help="its name, or the number in its page's address")
    change.add_argument("--at", default="", metavar="PLACE", help="its place now: tells programmes of one name apart")
    change.add_argument("--kind", choices=programme_frame.KINDS, help="individual: it takes referrals")
    change.add_argument("--principal", metavar="PARTY", help="who answers for it (huvudman); a party in it")
    change.add_argument("--first-day", type=_day, metavar="DATE")
    change.add_argument("--last-day", type=_day, metavar="DATE", help="from that day on nobody is referred to it")
    change.add_argument("--place", help="its new place")
    change.add_argument("--county")
    change.add_argument("--type", choices=programme_frame.TYPES, help="how far the collaboration goes")
    change.add_argument(
        "--share", action="append", default=[], metavar="PARTY=PERCENT", help="of the joint costs; repeat for each"
    )


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked."""
    demand_ready()
    return COMMANDS[arguments.command](arguments)


def _add(arguments: argparse.Namespace) -> int:
    with let_in(SetUp) as permit:
        if any(place == arguments.place for _, place in by_name(permit, name=arguments.name)):
            raise CommandError(f"there is already a programme “{arguments.name}” there. Choose another name.")
        setup.create_programme(
            permit,
            programme=setup.NewProgramme(
                name=arguments.name,
                place=arguments.place,
                county=arguments.county,
                kind="structural" if arguments.structural else "individual",
                integration_type=arguments.type,
                places=arguments.places,
                meeting_rhythm=arguments.rhythm,
                starts_on=arguments.starts,
                stops_on=arguments.stops,
                parties=[
                    *(_party_in(permit, text, in_team=True) for text in arguments.party),
                    *(_party_in(permit, text, in_team=False) for text in arguments.beside),
                ],
            ),
        )
    print(f"{arguments.name} is added. Give someone the role coordinator next: `samverk programme role`.")
    return 0


def _join(arguments: argparse.Namespace) -> int:
    with let_in(SetUp) as permit:
        programme = _programme(permit, arguments)
        new = _party_in(permit, arguments.party, in_team=not arguments.beside)
    with let_in(RunProgramme, programme=programme) as run:
        setup.join(run, party=new)
    print(f"{arguments.party} is in {arguments.programme}.")
    return 0


def _role(arguments: argparse.Namespace) -> int:
    with let_in(SetUp) as permit:
        programme = _programme(permit, arguments)
        account = by_email(permit, email=arguments.email)
    if account is None:
        raise CommandError(f"there is no account “{arguments.email}”. See `samverk account list`.")
    with let_in(RunProgramme, programme=programme) as run:
        if arguments.end:
            setup.end_role(run, account=account, role=Role(arguments.role))
        else:
            setup.give_role(run, account=account, role=Role(arguments.role), mandates=arguments.may_decide)
    verb = "no longer" if arguments.end else "now"
    print(f"{arguments.email} is {verb} {arguments.role} in {arguments.programme}.")
    return 0


def _leave(arguments: argparse.Namespace) -> int:
    with let_in(SetUp) as permit:
        programme = _programme(permit, arguments)
        one = party.named(permit, arguments.party)
    with let_in(RunProgramme, programme=programme) as run:
        roles = programme_frame.leave(run, party=one.id)
    print(f"{one.name} has left {arguments.programme}. Roles that ended with it: {roles}.")
    return 0


def _change(arguments: argparse.Namespace) -> int:
    new_place, arguments.place = arguments.place, arguments.at
    with let_in(SetUp) as permit:
        programme = _programme(permit, arguments)
        shares = [_party_in(permit, text, in_team=True) for text in arguments.share]
        if any(one.share is None for one in shares):
            raise CommandError("write each share as --share PARTY=PERCENT.")
        frame = programme_frame.Frame(
            kind=arguments.kind,
            integration_type=arguments.type,
            place=new_place,
            county=arguments.county,
            principal=party.named(permit, arguments.principal).id if arguments.principal else None,
            starts_on=arguments.first_day,
            stops_on=arguments.last_day,
            shares={one.party: one.share for one in shares if one.share is not None},
        )
    with let_in(RunProgramme, programme=programme) as run:
        programme_frame.change(run, frame=frame)
    print(f"{arguments.programme} is changed.")
    return 0


COMMANDS = {"add": _add, "change": _change, "join": _join, "leave": _leave, "role": _role}


def _programme(permit: Permit[SetUp], arguments: argparse.Namespace) -> UUID:
    there = by_name(permit, name=arguments.programme)
    fits = [id for id, place in there if not arguments.place or place == arguments.place]
    if len(fits) == 1:
        return fits[0]
    if not there:
        raise CommandError(f"there is no programme “{arguments.programme}”.")
    flag = "--at" if arguments.command == "change" else "--place"
    places = ", ".join(place or "(no place)" for _, place in there)
    raise CommandError(f"say which “{arguments.programme}” with {flag}: {places}.")


def _party_in(permit: Permit[SetUp], text: str, *, in_team: bool) -> setup.NewPartyIn:
    name, _, share = text.partition("=")
    try:
        per_cent = Decimal(share) if share else None
    except InvalidOperation:
        raise CommandError(f"“{share}” is no share in per cent.") from None
    return setup.NewPartyIn(party=party.named(permit, name).id, share=per_cent, in_team=in_team)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no day: write it as 2026-01-31") from None
