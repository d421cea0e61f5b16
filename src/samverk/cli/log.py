"""The sealed log: its key, its check, and taking it out to be checked elsewhere (docs/log.md)."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO
from uuid import UUID

from samverk.access.declare_house import EraseLogPayload, KeepLog
from samverk.access.ledger.check import check
from samverk.access.ledger.export import goes_on_from, log_of, newest_text, whole_log
from samverk.access.ledger.keys import NoKey, key_file, make_key, own_key, read_key
from samverk.access.ledger.sequencer import run_beside, sequence_all
from samverk.access.log import wrote
from samverk.actions import log_keeping
from samverk.cli import party
from samverk.cli.errors import CommandError
from samverk.cli.ready import demand_ready, let_in

MOST_SHOWN = 50
STANDARD_OUTPUT = "-"


def configure(parser: argparse.ArgumentParser) -> None:
    """`key`, `sequence`, `verify`, `export`, `countersign`, `erase`."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    commands.add_parser("key", help="make the key that checkpoints are signed with, and print its public half")
    places = commands.add_parser("sequence", help="give all events that wait their places, and sign a checkpoint")
    places.add_argument("--follow", action="store_true", help="go on, every second: a process of its own on PostgreSQL")
    verify = commands.add_parser("verify", help="compare every event with the sealed log; exit code 1 if one differs")
    verify.add_argument("--key", action="append", default=[], metavar="HEX", help="an earlier public key of the house")
    export = commands.add_parser("export", help="write the log to a file, for tools/verify_log.py")
    export.add_argument("file", type=Path, help="- for the standard output")
    part = export.add_mutually_exclusive_group()
    part.add_argument("--person", type=UUID, metavar="ID", help="only what is about this person, with proofs")
    part.add_argument(
        "--since", type=int, default=0, metavar="SIZE", help="only what came after this checkpoint, to lay at the end"
    )
    sign = commands.add_parser("countersign", help="a party's own signature under the newest checkpoint")
    sign.add_argument("--party", required=True)
    sign.add_argument("--key", required=True, type=Path, metavar="FILE", help="the party's own key, made if it is new")
    erase = commands.add_parser("erase", help="erase what an entry says, where a law demands it; its hash stays")
    erase.add_argument("entry", type=int, help="its number in the log")
    erase.add_argument("--ground", required=True, help="the law or decision, in a few words")


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked. 1 when the log is not whole."""
    try:
        if arguments.command == "key":
            return _key()
        demand_ready()
        return _COMMANDS[arguments.command](arguments)
    except NoKey as missing:
        raise CommandError(str(missing)) from None


def _key() -> int:
    file = key_file()
    if file is None:
        raise CommandError("SAMVERK_LOG_KEY is not set: say in which file the key is to lie.")
    public = make_key(file).public
    print(f"The key lies in {file}. Keep a copy where the database's backups are not.")
    print(f"Publish its public half, so that anyone can check the log: {public}")
    return 0


def _sequence(arguments: argparse.Namespace) -> int:
    if arguments.follow:
        run_beside().join()
    print(f"{sequence_all(key=own_key())} entries were added.")
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    key = own_key()
    with let_in(KeepLog) as permit:
        wrote(permit, "log.verified")
    sequence_all(key=key)
    report = check(keys=frozenset({key.public, *arguments.key}))
    for text in report.wrong[:MOST_SHOWN]:
        print(f"WRONG: {text}")
    if len(report.wrong) > MOST_SHOWN:
        print(f"… and {len(report.wrong) - MOST_SHOWN} more.")
    print(
        f"{report.entries} entries, {report.people} chains, {report.checkpoints} checkpoints, {report.erased} erased by "
        f"law, {report.waiting} events wait. " + ("THE LOG IS NOT WHOLE." if report.wrong else "The log is whole.")
    )
    return 1 if report.wrong else 0


def _export(arguments: argparse.Namespace) -> int:
    with let_in(KeepLog) as permit:
        wrote(permit, "log.exported", person=arguments.person)
    sequence_all(key=own_key())
    if not goes_on_from(arguments.since):
        raise CommandError(f"no checkpoint has the size {arguments.since}: the log does not go on from there.")
    lines: Iterable[str] = log_of(arguments.person) if arguments.person else whole_log(arguments.since)
    count = 0
    try:
        with _opened(arguments.file) as file:
            for line in lines:
                count += 1
                file.write(line)
    except OSError as error:
        raise CommandError(f"{arguments.file} cannot be written ({error.strerror}).") from None
    if str(arguments.file) != STANDARD_OUTPUT:
        print(f"{count} lines in {arguments.file}. Check them with tools/verify_log.py.")
    return 0


@contextmanager
def _opened(file: Path) -> Iterator[TextIO]:
    if str(file) == STANDARD_OUTPUT:
        yield sys.stdout
        sys.stdout.flush()
    else:
        with file.open("w", encoding="ascii", newline="\n") as opened:
            yield opened


def _countersign(arguments: argparse.Namespace) -> int:
    key = read_key(arguments.key) if arguments.key.exists() else make_key(arguments.key)
    sequence_all(key=own_key())
    with let_in(KeepLog) as permit:
        text = newest_text(permit)
        whose = party.named(permit, arguments.party)
        size = log_keeping.countersign(permit, party=whose.id, key=key.public, signature=key.sign(text))
    print(f"{whose.name} has signed the first {size} entries with the key {key.public}.")
    return 0


def _erase(arguments: argparse.Namespace) -> int:
    key = own_key()
    with let_in(EraseLogPayload) as permit:
        log_keeping.erase_payload(permit, entry=arguments.entry, ground=arguments.ground)
    sequence_all(key=key)
    print(f"What entry {arguments.entry} said is erased. Its hash and its numbers stay.")
    return 0


_COMMANDS = {
    "sequence": _sequence,
    "verify": _verify,
    "export": _export,
    "countersign": _countersign,
    "erase": _erase,
}
