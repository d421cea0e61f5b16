"""Start the server of a real installation. What it is, is told by the environment (see the README)."""

import argparse
import os
import sys
from typing import NoReturn

from django.conf import settings

from samverk.access.identity import WEB_ROLE, why_unguarded
from samverk.access.ledger.keys import NoKey, own_key
from samverk.access.ledger.sequencer import SEALS
from samverk.cli.errors import CommandError
from samverk.cli.ready import database_file, demand_ready


def configure(parser: argparse.ArgumentParser) -> None:
    """Where to answer, and with how many."""
    parser.add_argument("--bind", default="127.0.0.1:8000", help="address and port (127.0.0.1:8000), behind a proxy")
    parser.add_argument("--workers", type=int, default=2, help="processes (2; SQLite: always 1)")
    parser.add_argument("--threads", type=int, default=8, help="threads in each (8)")


def run(arguments: argparse.Namespace) -> NoReturn:
    """Check that the database is ready, and become the server."""
    if settings.SAMVERK_DEMO:
        raise CommandError("these are the demonstration's settings: start it with `samverk demo`.")
    if arguments.workers < 1 or arguments.threads < 1:
        raise CommandError("--workers and --threads are to be at least 1.")
    demand_ready()
    if why := why_unguarded():
        raise CommandError(
            f"the server may not use this role of PostgreSQL: {why}. Let SAMVERK_DATABASE name {WEB_ROLE} (docs/security.md)."
        )
    if database_file():
        # On SQLite the one process seals the log beside its work (wsgi.py). On PostgreSQL the server may not: the owner
        # of the tables does it, in a process of its own (`samverk log sequence --follow`).
        try:
            own_key()
        except NoKey as missing:
            raise CommandError(str(missing)) from None
        os.environ[SEALS] = "1"
    workers = 1 if database_file() else arguments.workers
    words = [sys.executable, "-m", "gunicorn", "samverk.wsgi", "--no-control-socket", "--worker-class", "gthread"]
    words += ["--workers", str(workers), "--threads", str(arguments.threads), "--bind", arguments.bind]
    os.execv(words[0], words)  # noqa: S606 (fixed words, and the operator's own address)
