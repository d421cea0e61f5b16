"""Code lists: what can be chosen on the pages, in both languages. A code is never deleted: it is taken out of use."""

import argparse

from samverk.access.codes import listed
from samverk.access.declare_house import SetUp
from samverk.actions import codes as acts
from samverk.cli.errors import CommandError
from samverk.cli.ready import demand_ready, let_in


def configure(parser: argparse.ArgumentParser) -> None:
    """`list`, `add`, `word`, `retire`, `restore`."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    show = commands.add_parser("list", help="every list, or the codes of one")
    show.add_argument("list", nargs="?", metavar="LIST")
    add = commands.add_parser("add", help="add a code")
    word = commands.add_parser("word", help="give a code other words; what was written with it is shown in them")
    retire = commands.add_parser("retire", help="take a code out of use; it stays readable where it was used")
    restore = commands.add_parser("restore", help="take it into use again")
    for one in (add, word, retire, restore):
        one.add_argument("list", metavar="LIST")
        one.add_argument("code", metavar="CODE")
    for one in (add, word):
        one.add_argument("--sv", required=one is add, help="in Swedish")
        one.add_argument("--en", required=one is add, help="in English")
        one.add_argument(
            "--set", action="append", default=[], metavar="NAME=VALUE", help="what rules know it by; repeat for each"
        )


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked."""
    demand_ready()
    if arguments.command == "list":
        return _list(arguments.list)
    which = {"list": arguments.list, "code": arguments.code}
    with let_in(SetUp) as permit:
        if arguments.command == "add":
            acts.add(permit, **which, sv=arguments.sv, en=arguments.en, attributes=_pairs(arguments.set))
        elif arguments.command == "word":
            acts.change(permit, **which, sv=arguments.sv, en=arguments.en, attributes=_pairs(arguments.set))
        elif arguments.command == "retire":
            acts.retire(permit, **which)
        else:
            acts.restore(permit, **which)
    print(f"{arguments.list} {arguments.code}: {DONE[arguments.command]}")
    return 0


DONE = {
    "add": "added. It can be chosen from now on.",
    "word": "changed.",
    "retire": "out of use. It stays readable where it was chosen.",
    "restore": "in use again.",
}


def _list(name: str | None) -> int:
    rows = [row for row in listed() if name in (None, row.list)]
    if name is None:
        for one in dict.fromkeys(row.list for row in rows):
            print(f"{one}: {sum(1 for row in rows if row.list == one and row.active)} codes in use")
        return 0
    if not rows:
        raise CommandError(f"there is no list “{name}”. See `samverk code list`.")
    for row in rows:
        attributes = "".join(f", {key}={value}" for key, value in row.attributes.items())
        print(f"{row.code}: {row.sv} / {row.en}{attributes}{'' if row.active else ', out of use'}")
    return 0


def _pairs(texts: list[str]) -> dict[str, str]:
    pairs = dict(text.partition("=")[::2] for text in texts)
    if any("=" not in text or not text.partition("=")[0] for text in texts):
        raise CommandError("write attributes as --set NAME=VALUE; with nothing after the sign it is taken away.")
    return pairs
