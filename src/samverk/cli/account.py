"""Who may log in: officials of a party, participants, and the operator who sets up parties and programmes."""

import argparse
import getpass
from uuid import UUID

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from samverk.access.accounts import accounts, by_email, participant_of, password_path
from samverk.access.declare_house import SetUp
from samverk.access.permit import Permit
from samverk.actions import accounts as accounts_changed
from samverk.actions import leaving, setup
from samverk.cli import party
from samverk.cli.errors import CommandError
from samverk.cli.ready import demand_ready, let_in


def configure(parser: argparse.ArgumentParser) -> None:
    """`add`, `change`, `list`, `password`, `close`, `reopen`."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    add = commands.add_parser("add", help="add an account, and print a link at which its password is chosen once")
    add.add_argument("--email", required=True)
    add.add_argument("--name", required=True)
    add.add_argument("--title", default="")
    who = add.add_mutually_exclusive_group(required=True)
    who.add_argument("--party", help="an official of this party")
    who.add_argument("--participant", action="store_true", help="someone who will have a case of her own")
    who.add_argument("--operator", action="store_true", help="sets up parties and programmes; sees no case")
    add.add_argument("--case", type=UUID, metavar="ID", help="of a participant who has a case already: its number")
    add.add_argument("--birth-year", type=int, help="of a participant")
    add.add_argument("--ask-password", action="store_true", help="ask for a password here instead of printing a link")
    link = commands.add_parser("password", help="print a new link at which a password is chosen")
    link.add_argument("email")
    close = commands.add_parser("close", help="close an account; its cases must be handed over first")
    close.add_argument("email")
    reopen = commands.add_parser("reopen", help="take a closed account into use again")
    reopen.add_argument("email")
    change = commands.add_parser("change", help="another name, title, address or party")
    change.add_argument("email", help="the address that it has now")
    change.add_argument("--email", dest="new_email", metavar="EMAIL", help="the new one; open sessions end")
    change.add_argument("--name")
    change.add_argument("--title")
    change.add_argument("--party", help="when no part in a case under way and no role is left")
    commands.add_parser("list", help="every account")


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked."""
    demand_ready()
    password = _asked() if getattr(arguments, "ask_password", False) else None
    with let_in(SetUp) as permit:
        lines = COMMANDS[arguments.command](permit, arguments, password)
    print("\n".join(lines))
    return 0


def _add(permit: Permit[SetUp], arguments: argparse.Namespace, password: str | None) -> list[str]:
    _demand_address(arguments.email)
    if arguments.birth_year is not None and not arguments.participant:
        raise CommandError("--birth-year belongs to a participant.")
    if arguments.case is not None and not arguments.participant:
        raise CommandError("--case belongs to a participant.")
    person = None
    if arguments.case is not None:
        person = participant_of(permit, case=arguments.case, name=arguments.name)
        if person is None:
            raise CommandError("there is no case with that number and a participant of that name.")
    elif arguments.participant:
        person = setup.add_person(permit, name=arguments.name, birth_year=arguments.birth_year)
    account = setup.add_account(
        permit,
        email=arguments.email,
        name=arguments.name,
        title=arguments.title,
        party=party.named(permit, arguments.party).id if arguments.party else None,
        person=person,
        operator=arguments.operator,
        password=password,
    )
    return [f"{arguments.name} is added.", *([] if password else _link(permit, account))]


def _list(permit: Permit[SetUp], arguments: argparse.Namespace, password: str | None) -> list[str]:
    lines = []
    for row in accounts(permit):
        what = "participant" if row.participant else "operator" if row.operator else row.party_name or "no party"
        lines.append(f"{row.name} <{row.email}>, {what}{'' if row.active else ', closed'}")
    return lines or ["There are no accounts. Add one with `samverk account add`."]


def _password(permit: Permit[SetUp], arguments: argparse.Namespace, password: str | None) -> list[str]:
    return _link(permit, _known(permit, arguments.email))


def _close(permit: Permit[SetUp], arguments: argparse.Namespace, password: str | None) -> list[str]:
    leaving.deactivate(permit, account=_known(permit, arguments.email))
    return [f"{arguments.email} is closed."]


def _reopen(permit: Permit[SetUp], arguments: argparse.Namespace, password: str | None) -> list[str]:
    accounts_changed.reopen(permit, account=_known(permit, arguments.email))
    return [f"{arguments.email} is open again."]


def _change(permit: Permit[SetUp], arguments: argparse.Namespace, password: str | None) -> list[str]:
    if arguments.new_email is not None:
        _demand_address(arguments.new_email)
    accounts_changed.change(
        permit,
        account=_known(permit, arguments.email),
        email=arguments.new_email,
        name=arguments.name,
        title=arguments.title,
        party=party.named(permit, arguments.party).id if arguments.party else None,
    )
    return [f"{arguments.new_email or arguments.email} is changed."]


COMMANDS = {
    "add": _add,
    "change": _change,
    "close": _close,
    "list": _list,
    "password": _password,
    "reopen": _reopen,
}


def _demand_address(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise CommandError(f"“{email}” is no e-mail address.") from None


def _known(permit: Permit[SetUp], email: str) -> UUID:
    account = by_email(permit, email=email)
    if account is None:
        raise CommandError(f"there is no account “{email}”. See `samverk account list`.")
    return account


def _link(permit: Permit[SetUp], account: UUID) -> list[str]:
    path = password_path(permit, account=account)
    if path is None:
        raise CommandError("the account is closed.")
    scheme = "https" if settings.SESSION_COOKIE_SECURE else "http"
    host = settings.ALLOWED_HOSTS[0].lstrip(".") + ("" if scheme == "https" else ":8000")
    return ["The password is chosen here, once, within three days:", f"  {scheme}://{host}{path}"]


def _asked() -> str:
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("The same again: "):
        raise CommandError("the two passwords differ. Nothing was added.")
    try:
        validate_password(password)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from None
    return password
