"""`samverk`: the command line. Each command is a module of its own, loaded when it is called."""

import argparse
import os
import sys
from importlib import import_module
from importlib.metadata import version
from typing import NoReturn

COMMANDS = {
    "demo": ("samverk.cli.demo", "a running Samverk with invented people, on this machine only"),
    "setup": ("samverk.cli.set_up", "make the database ready: tables and standard code lists; can be run again"),
    "serve": ("samverk.cli.serve", "start the server of a real installation"),
    "party": ("samverk.cli.party", "parties: add, list"),
    "unit": ("samverk.cli.unit", "units of a party: add, close, open, place officials in them, list"),
    "substitute": ("samverk.cli.substitute", "who stands in for whom: add, end, list"),
    "account": ("samverk.cli.account", "who may log in: add, change, list, password, close, reopen"),
    "code": ("samverk.cli.code", "code lists, what can be chosen on the pages: list, add, word, retire, restore"),
    "protection": ("samverk.cli.protection", "protected identity: set the level in a case, or agree to less"),
    "programme": ("samverk.cli.programme", "one programme: add, change, let a party join or leave, give or end a role"),
    "programmes": ("samverk.cli.programmes", "many programmes: import a list from a CSV file"),
    "story": ("samverk.cli.story.command", "play or check a story: dated events through the real actions"),
    "study": ("samverk.cli.study", "studies that wait to be run: run one, list them"),
    "keys": ("samverk.cli.keys", "the keys that personal numbers and second factors are sealed with: rotate"),
    "log": ("samverk.cli.log", "the sealed log: its key, its check, taking it out"),
    "extract": ("samverk.cli.extracts", "register extracts for evaluation: try one out, read it"),
    "fates": ("samverk.cli.fates", "the three fates: run a question, plan a programme, calibrate from an extract"),
    "diagrams": ("samverk.cli.diagrams", "draw the states of each thing into docs/states.md, or compare"),
}
DEMONSTRATION = "samverk.settings.demo"
PRODUCTION = "samverk.settings.production"
WITHOUT_SETTINGS = frozenset({"diagrams", "extract", "fates"})
OWN_FILE = {"demo": "demo.sqlite3", "story": "story.sqlite3"}
"""Commands with invented people, each with a file of its own: they never come near a real installation's database."""


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 not done, 2 wrongly asked."""
    words = sys.argv[1:] if argv is None else argv
    if not words or words[0] in {"-h", "--help", "help"}:
        print(_overview())
        return 0 if words else 2
    name = words[0]
    if name == "--version":
        print(f"samverk {version('samverk')}")
        return 0
    if name not in COMMANDS:
        print(f"samverk: there is no command “{name}”.\n\n{_overview()}", file=sys.stderr)
        return 2
    try:
        if name not in WITHOUT_SETTINGS:
            _configure(name, words[1:])
        return _run(name, words[1:])
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 1


def _run(name: str, words: list[str]) -> int:
    from samverk.cli.errors import CommandError, said
    from samverk.domain.words import Rejection

    command = import_module(COMMANDS[name][0])
    parser = argparse.ArgumentParser(prog=f"samverk {name}", description=command.__doc__, allow_abbrev=False)
    command.configure(parser)
    arguments = parser.parse_args(words)
    try:
        code: int = command.run(arguments)
    except CommandError as error:
        print(f"samverk {name}: {error}", file=sys.stderr)
        return 1
    except Rejection as rejection:
        print(f"samverk {name}: {said(rejection)}", file=sys.stderr)
        return 1
    return code


def _configure(name: str, words: list[str]) -> None:
    """Choose the settings, and start Django with them. Leaves with a sentence when they refuse to start."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    if name in OWN_FILE:
        file = _file_among(words) or os.path.join(os.environ.get("SAMVERK_DATA") or "var", OWN_FILE[name])
        os.environ["DJANGO_SETTINGS_MODULE"] = DEMONSTRATION
        os.environ["SAMVERK_DATABASE"] = f"sqlite:///{os.path.abspath(file)}"
    elif "DJANGO_SETTINGS_MODULE" not in os.environ:
        installed = any(os.environ.get(key, "").strip() for key in ("SAMVERK_DATABASE", "SAMVERK_SECRET_KEY"))
        os.environ["DJANGO_SETTINGS_MODULE"] = PRODUCTION if installed or name == "serve" else DEMONSTRATION
        if not installed and name != "serve":
            print("No installation is configured (SAMVERK_DATABASE): this is the demonstration's.", file=sys.stderr)
    try:
        django.setup()
    except ImproperlyConfigured as error:
        _leave(f"samverk {name}: {error}")


def _file_among(words: list[str]) -> str:
    """The database file that is named, read before the settings are: they name the database."""
    for n, word in enumerate(words):
        if word == "--file" and n + 1 < len(words):
            return words[n + 1]
        if word.startswith("--file="):
            return word.removeprefix("--file=")
    return ""


def _overview() -> str:
    width = max(len(name) for name in COMMANDS)
    lines = [f"  {name:<{width}}  {help}" for name, (_, help) in COMMANDS.items()]
    return "\n".join(["Usage: samverk COMMAND [...]", "", *lines, "", "samverk COMMAND --help tells more about each."])


def _leave(text: str) -> NoReturn:
    print(text, file=sys.stderr)
    raise SystemExit(2)


if __name__ == "__main__":
    raise SystemExit(main())
