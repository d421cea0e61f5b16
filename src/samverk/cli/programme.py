"""One programme: add it with its parties, and give roles in it. Its words are changed on its page, by whoever runs it."""

import argparse
from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from samverk.access.accounts import by_email
from samverk.access.declare_house import RunProgramme, SetUp
from samverk.access.permit import Permit
from samverk.access.programmes import by_name
from samverk.actions import setup
from samverk.cli import party
from samverk.cli.errors import CommandError
from samverk.cli.ready import demand_ready, let_in
from samverk.domain.parties import Role


def configure(parser: argparse.ArgumentParser) -> None:
    """`add`, `join` and `role`."""
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
    join.add_argument("programme", help="its name")
    join.add_argument("party", metavar="NAME[=SHARE]")
    join.add_argument("--place", default="", help="tells programmes of the same name apart")
    join.add_argument("--beside", action="store_true", help="outside the team, as an employer is")
    role = commands.add_parser("role", help="give someone a role in a programme")
    role.add_argument("programme", help="its name")
    role.add_argument("email", help="of an account")
    role.add_argument("role", choices=[role.value for role in Role])
    role.add_argument("--place", default="", help="tells programmes of the same name apart")
    role.add_argument("--may-decide", action="append", default=[], metavar="CODE", help="a code of decision_kind")


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked."""
    demand_ready()
    return {"add": _add, "join": _join, "role": _role}[arguments.command](arguments)


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
        setup.give_role(run, account=account, role=Role(arguments.role), mandates=arguments.may_decide)
    print(f"{arguments.email} is {arguments.role} in {arguments.programme}.")
    return 0


def _programme(permit: Permit[SetUp], arguments: argparse.Namespace) -> UUID:
    there = by_name(permit, name=arguments.programme)
    fits = [id for id, place in there if not arguments.place or place == arguments.place]
    if len(fits) == 1:
        return fits[0]
    if not there:
        raise CommandError(f"there is no programme “{arguments.programme}”.")
    places = ", ".join(place or "(no place)" for _, place in there)
    raise CommandError(f"say which “{arguments.programme}” with --place: {places}.")


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
