"""The pages that each reader can come to, found by following every link from her start page: nothing is remembered."""

import re
from dataclasses import dataclass, field
from html import unescape

from django.test import Client
from django.urls import Resolver404, resolve

from samverk.access.actor import Actor
from tests.build import browser

HREF = re.compile(r'<a\b[^>]*?\bhref="(/[^"#]*)')
CHOSEN_BY_WORD = ("area", "do", "word", "point")
ENOUGH = 3
"""So many addresses of each kind of page are tried: the thirtieth meeting is a page like the first."""


@dataclass
class Walk:
    """What one reader comes to: kind of page → addresses, the texts of them all, and links that lead nowhere."""

    pages: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        """The names of the routes she comes to."""
        return {kind.partition(" ")[0] for kind in self.pages}


def walk(who: Actor, *starts: str) -> Walk:
    """Follow every link from `starts`, each kind of page a few times."""
    client, found = browser(who), Walk()
    waiting = [(start, "the start") for start in starts]
    seen: set[str] = set()
    while waiting:
        path, come_from = waiting.pop(0)
        kind = kind_of(path)
        if path in seen or kind.startswith(("account", "mfa", "socialaccount", "api", "fates")):
            continue
        seen.add(path)
        if len(found.pages.setdefault(kind, [])) >= ENOUGH:
            continue
        waiting += _step(client, found, path, kind, come_from)
    return found


def _step(client: Client, found: Walk, path: str, kind: str, come_from: str) -> list[tuple[str, str]]:
    answer = client.get(path)
    if answer.status_code == 302:
        return [(answer["Location"], path)] if answer["Location"].startswith("/") else []
    if answer.status_code != 200:
        found.broken.append(f"{path} answers {answer.status_code}; the link stands on {come_from}")
        return []
    found.pages[kind].append(path)
    if not answer["Content-Type"].startswith("text/html"):
        return []
    found.texts[path] = answer.text
    return [(unescape(href), path) for href in HREF.findall(answer.text)]


def kind_of(path: str) -> str:
    """The route's name, with the words that choose between its forms."""
    try:
        match = resolve(path.partition("?")[0])
    except Resolver404:
        return f"nowhere {path}"
    words = [str(value) for name, value in match.kwargs.items() if name in CHOSEN_BY_WORD and isinstance(value, str)]
    words = [] if "area" in match.kwargs else words
    return " ".join([match.view_name, *words])
