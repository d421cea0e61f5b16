"""Making a database ready, and knowing whether it is."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.core.management import call_command

from samverk.access.actor import Actor, system_actor
from samverk.access.declare_house import SetUp
from samverk.access.door import door
from samverk.access.permit import A, Permit
from samverk.actions import codes, prices
from samverk.cli.code_file import standard_codes
from samverk.cli.errors import CommandError
from samverk.cli.price_file import first_book

OPERATOR = system_actor("command line")


def make_ready() -> int:
    """Make the tables, load the standard code lists and a first draft of the price book; what is there stays.

    Returns how many codes came.
    """
    if file := database_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        if settings.SAMVERK_DEMO and not file.exists():
            mark_of(file).write_text(
                "Invented people. `samverk demo` and `samverk story play` make this database anew.\n"
            )
    call_command("migrate", verbosity=0, interactive=False)
    with let_in(SetUp) as permit:
        new = codes.load(permit, codes=standard_codes())
        prices.load(permit, table=first_book())
    return new


@contextmanager
def let_in(
    act: type[A],
    *,
    programme: UUID | None = None,
    actor: Actor = OPERATOR,
    at: datetime | None = None,
    ids: Callable[[], UUID] = uuid4,
) -> Iterator[Permit[A]]:
    """Through the door as the operator at the command line, or another system actor."""
    with door(actor, act, programme=programme, at=at, ids=ids) as permit:
        if permit is None:
            raise CommandError(f"{act.__name__} is not for the command line.")
        yield permit


def demand_ready() -> None:
    """CommandError unless the tables are as this version of Samverk needs them. The demonstration's are made."""
    if settings.SAMVERK_DEMO:
        make_ready()
        return
    try:
        call_command("migrate", check_unapplied=True, verbosity=0, stdout=io.StringIO())
    except SystemExit:
        raise CommandError("the database is not ready for this version. Run `samverk setup` first.") from None


def mark_of(file: Path) -> Path:
    """What stands beside a database file that a demonstration made, and may make anew."""
    return file.with_name(f"{file.name}.demonstration")


def database_file() -> Path | None:
    """The file of an SQLite database, or None."""
    database = settings.DATABASES["default"]
    return Path(database["NAME"]) if database["ENGINE"].endswith("sqlite3") else None
