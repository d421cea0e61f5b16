"""A running Samverk with invented people, on this machine only. Each start begins anew, unless it is told to --keep."""

import argparse
import os
import socket
import subprocess
import sys
import time
from datetime import timedelta
from importlib.resources import as_file, files
from importlib.util import find_spec
from typing import NoReturn
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from samverk.access.demo import personas
from samverk.access.ledger.keys import key_file, make_key, own_key
from samverk.access.ledger.sequencer import SEALS, sequence_all
from samverk.cli.demo_prices import approved_by_two
from samverk.cli.demo_study import studies_ready
from samverk.cli.errors import CommandError
from samverk.cli.fresh import fresh_database
from samverk.cli.programme_file import read_programmes
from samverk.cli.programmes import bring_in
from samverk.cli.ready import database_file, make_ready
from samverk.cli.story.command import told
from samverk.cli.story.player import play, weeks_to
from samverk.cli.story.reader import StoryError, read_story
from samverk.cli.story.world import World

STORIES = ("egon-3", "demo-others")
PROGRAMME = "nacka"
"""What the stories call their programme."""
SOURCE = "SOU 1996:85"


def configure(parser: argparse.ArgumentParser) -> None:
    """`--port`, `--file`, `--keep`, and `--prepare` to make the database without starting the server."""
    parser.add_argument("--port", type=int, default=8000, help="the port on this machine (8000)")
    parser.add_argument("--file", help="the database file, made anew at each start (var/demo.sqlite3)")
    parser.add_argument("--keep", action="store_true", help="go on with what was done the last time")
    parser.add_argument("--prepare", action="store_true", help="make the database, but do not start the server")


def run(arguments: argparse.Namespace) -> int:
    """Prepare the database and become the server."""
    if not arguments.prepare:
        _demand_free(arguments.port)
        _compile_beside()
    file = database_file()
    if arguments.keep and file is not None and file.exists():
        make_ready()
        print(f"Going on with what stands in {file}.")
    else:
        prepare()
    _seal()
    if arguments.prepare:
        return 0
    print(_welcome(arguments.port), flush=True)
    _serve(arguments.port)


def prepare() -> None:
    """A fresh database with everyone in it."""
    began = time.monotonic()
    fresh_database()
    programmes: dict[str, UUID] = {}
    for name in STORIES:
        story = read_story(name)
        if story.now is None:
            raise StoryError(f"{story.file}: “now” is missing, the day of the story that becomes today.")
        world = World(shift=weeks_to(story.now, timezone.localtime()))
        print(told(story, play(story, world=world, until=story.now + timedelta(days=1, minutes=-1))), flush=True)
        programmes |= world.programmes
    approved_by_two()
    print(studies_ready(programmes[PROGRAMME]))
    with as_file(files("samverk.cli").joinpath("projects_1996.csv")) as listed:
        report = bring_in(read_programmes(listed), source=SOURCE)
    print(f"{report.added} programmes of {SOURCE} imported. Ready after {time.monotonic() - began:.0f} seconds.")


def _seal() -> None:
    """A key of the demonstration's own, and a place in the sealed log for all that the stories did."""
    file = key_file()
    if file is not None and not file.exists():
        make_key(file)
    sequence_all(key=own_key())


def _compile_beside() -> None:
    """The page of the three fates is compiled once for an installation: meanwhile the stories are played."""
    if find_spec("numba"):
        words = [sys.executable, "-m", "samverk.fates.warm"]
        subprocess.Popen(words, stdin=subprocess.DEVNULL)  # noqa: S603 (fixed words)


def _bind() -> str:
    """The address on this machine, which the demonstration's settings alone have."""
    bind: str = getattr(settings, "SAMVERK_BIND", "127.0.0.1")
    return bind


def _demand_free(port: int) -> None:
    if not 0 < port < 65536:
        raise CommandError(f"--port: {port} is no port. Choose one between 1024 and 65535.")
    with socket.socket(socket.AF_INET6 if ":" in _bind() else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_bind(), port))
        except OSError as error:
            raise CommandError(
                f"port {port} cannot be used ({error.strerror}). Stop what runs there, or choose another: "
                f"make demo PORT={port + 1 if port < 65535 else 8001}"
            ) from None


def _welcome(port: int) -> str:
    lines = ["", "Who may log in, each by one click:"]
    for persona in personas():
        what = "deltagare" if persona.participant else " · ".join(w for w in (persona.title, persona.party_name) if w)
        lines.append(f"  {persona.name}, {what}")
    bind = f"[{_bind()}]" if ":" in _bind() else _bind()
    lines += [
        "",
        f"Samverk answers on http://{bind}:{port}   (stop: Ctrl+C)",
        "The next start begins anew. To go on with what you do now: .venv/bin/samverk demo --keep",
    ]
    return "\n".join(lines)


def _serve(port: int) -> NoReturn:
    """SQLite: one process. Nothing steers the server from outside, so it has no control socket."""
    os.environ[SEALS] = "1"
    words = [sys.executable, "-m", "gunicorn", "samverk.wsgi", "--no-control-socket"]
    words += ["--worker-class", "gthread", "--workers", "1", "--threads", "8", "--log-level", "warning"]
    bind = f"[{_bind()}]" if ":" in _bind() else _bind()
    words += ["--bind", f"{bind}:{port}"]
    os.execv(words[0], words)  # noqa: S606 (fixed words)
