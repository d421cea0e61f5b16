"""Play a story: dated events, done by the people in it through the real actions, on a fresh database of its own."""

import argparse
from datetime import datetime

from django.utils import timezone

from samverk.cli.errors import CommandError
from samverk.cli.fresh import fresh_database
from samverk.cli.ready import database_file
from samverk.cli.story.player import Played, check, play, weeks_to
from samverk.cli.story.reader import Story, read_story, story_names
from samverk.cli.story.world import World


def configure(parser: argparse.ArgumentParser) -> None:
    """`play`, `check` and `list`."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    one = commands.add_parser("play", help="play a story by name or file")
    one.add_argument("story", help="a name (see `samverk story list`) or a file")
    one.add_argument("--until", metavar="DATE", help="the last day of the story to play")
    one.add_argument("--now-at", metavar="DATE", help="the day of the story that becomes today; all days move with it")
    one.add_argument("--file", help="the database file to play into, made anew (var/story.sqlite3)")
    checks = commands.add_parser("check", help="check a story without playing it")
    checks.add_argument("story", help="a name or a file")
    commands.add_parser("list", help="the stories that belong to Samverk")


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked."""
    if arguments.command == "list":
        print("\n".join(story_names()))
        return 0
    story = read_story(arguments.story.removesuffix("…").removesuffix("."))
    if arguments.command == "check":
        return _check(story)
    until, now_at = _day(arguments.until, "--until", end=True), _day(arguments.now_at, "--now-at")
    fresh_database()
    played = play(story, world=_world(now_at), until=until)
    print(told(story, played))
    print(f"It stands in {database_file()}. Look at it with: samverk demo --keep --file {database_file()}")
    return 0


def told(story: Story, played: Played) -> str:
    """How far the story was played."""
    last = f" up to {played.last:%Y-%m-%d}" if played.last else ""
    left = f"; {played.left} events lie further on" if played.left else ""
    return f"{story.name}: {played.events} events played{last}{left}."


def _world(now_at: datetime | None) -> World:
    return World(shift=weeks_to(now_at, timezone.localtime())) if now_at else World()


def _check(story: Story) -> int:
    wrong = check(story)
    print("\n".join(wrong) if wrong else f"{story.name}: {len(story.events)} events, nothing wrong to be seen.")
    return 1 if wrong else 0


def _day(text: str | None, name: str, *, end: bool = False) -> datetime | None:
    if text is None:
        return None
    try:
        day = datetime.strptime(text, "%Y-%m-%d")  # noqa: DTZ007 (a day of the story)
    except ValueError:
        raise CommandError(f"{name}: “{text}” is no day. Write it as 1996-06-10.") from None
    return day.replace(hour=23, minute=59) if end else day
