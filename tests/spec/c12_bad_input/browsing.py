"""A browser without script, in miniature: the links and forms of a page, and a form filled in as somebody would."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NUMBER = re.compile(r"\d+")
ENOUGH = 2
"""So many pages of each kind are asked for: the thirtieth meeting is a page like the first."""
ELSEWHERE = ("//", "/konto/", "/static/", "/tre-oden/")
"""What leads out of the house, out of the login, or to the three fates, which have bad input of their own (c16)."""
WRITTEN = ("text", "textarea", "search", "tel")


@dataclass
class Control:
    """One thing to fill in: its kind, what stands there, and what can be chosen."""

    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)


@dataclass
class Filling:
    """A form as the page lays it out."""

    action: str
    method: str
    controls: dict[str, Control] = field(default_factory=dict)

    @property
    def written(self) -> list[str]:
        """The names of what is written freely."""
        return [name for name, control in self.controls.items() if control.kind in WRITTEN]

    def filled(self, text: str, /, **told: str | None) -> dict[str, str]:
        """Every field filled: `text` wherever one writes, the first or standing choice wherever one chooses.

        What is `told` stands instead; None leaves the field out, as a box that is not ticked.
        """
        whole = {name: self._said(control, text) for name, control in self.controls.items()} | told
        return {name: value for name, value in whole.items() if value is not None}

    @staticmethod
    def _said(control: Control, text: str) -> str:
        if control.kind in WRITTEN:
            return text
        return control.value or next((choice for choice in control.choices if choice), "")


class Page(HTMLParser):
    """What a page offers."""

    def __init__(self, answer: HttpResponse, address: str) -> None:
        super().__init__()
        self.address = address
        self.links: set[str] = set()
        self.forms: list[Filling] = []
        self._form: Filling | None = None
        self._open = ""
        self.feed(answer.content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in links, forms and their fields."""
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in told:
            self.links.add(urljoin(self.address, told["href"]).partition("#")[0])
        elif tag == "form":
            action = urljoin(self.address, told.get("action", ""))
            self._form = Filling(action, told.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None and "name" in told:
            self._field(self._form, tag, told)
        elif tag == "option" and self._form is not None and self._open in self._form.controls:
            control = self._form.controls[self._open]
            control.choices.append(told.get("value", ""))
            if "selected" in told:
                control.value = told.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        """A field outside a form belongs to none."""
        if tag == "form":
            self._form = None

    def _field(self, form: Filling, tag: str, told: dict[str, str]) -> None:
        name, kind = told["name"], told.get("type", "text") if tag == "input" else tag
        control = form.controls.setdefault(
            name, Control(kind, "" if kind in ("radio", "select") else told.get("value", ""))
        )
        if kind in ("radio", "checkbox"):
            control.choices.append(told.get("value", "on"))
            if "checked" in told or (kind == "checkbox" and len(control.choices) == 1):
                control.value = told.get("value", "on")
        self._open = name if tag == "select" else ""


def kind_of(address: str) -> str:
    """The route that an address leads to, with its query, without ids and numbers: what is of one kind looks alike."""
    path, question, query = address.partition("?")
    try:
        path = resolve(path).route
    except Resolver404:
        path = ID.sub("*", path)
    return path + question + NUMBER.sub("*", ID.sub("*", query))


def walk(client: Client, *starts: str, most: int = 200) -> Iterator[tuple[HttpResponse, Page]]:
    """Every kind of page that can be reached by links from `starts`, in the house, without logging out."""
    found, waiting, asked = set(starts), list(starts), Counter[str]()
    while waiting and most:
        address = waiting.pop(0)
        asked[kind_of(address)] += 1
        if asked[kind_of(address)] > ENOUGH:
            continue
        answer = client.get(address)
        most -= 1
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            if answer.status_code in (301, 302):
                _more(found, waiting, {urljoin(address, answer["Location"])})
            elif answer.status_code >= 500:
                raise AssertionError(f"{address}: {answer.status_code}")
            continue
        page = Page(answer, address)
        yield answer, page
        _more(found, waiting, page.links)


def _more(found: set[str], waiting: list[str], links: set[str]) -> None:
    new = {link for link in links if link.startswith("/") and not link.startswith(ELSEWHERE)}
    waiting.extend(sorted(new - found))
    found |= new
