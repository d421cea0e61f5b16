"""Someone at a screen: she follows links, fills in fields by their labels and presses buttons.

Whatever page she comes to is looked at on the way: language, title, one heading, width, ids, and axe where the page
is built of something that axe has not seen.
"""

import fcntl
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page

from samverk.access.actor import Actor
from tests.browser.places import kind_of
from tests.build import browser

AXE = (Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN_AXE = """tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then(found => found.violations.map(
    problem => [problem.id, problem.help, problem.nodes.map(node => node.target)]))"""
PARTS = """() => {
    const said = new Set(['value', 'checked', 'selected', 'min', 'max', 'step', 'maxlength', 'rows', 'datetime', 'action']);
    const named = e => e.localName + '.' + [...e.classList].join('.');
    const held = e => [...e.attributes].map(a => a.name).filter(name => !said.has(name)).sort();
    return [...new Set([...document.querySelectorAll('body *')].map(
        e => [named(e.parentElement), named(e), ...held(e), e.type].join(' ')))];
}"""
"""What a page is built of: each sort of element once, with its parent, its classes and which attributes it has.

Not those that say what a field holds: they shut nobody out.
"""
LAY = """([path, text]) => {
    const next = new DOMParser().parseFromString(text, 'text/html');
    const frame = page => [...page.querySelectorAll('head link[rel=stylesheet], style')].map(e => e.outerHTML).join();
    if (next.scripts.length || document.scripts.length || frame(next) !== frame(document)) return false;
    history.replaceState(null, '', path);
    for (const {name, value} of next.documentElement.attributes) document.documentElement.setAttribute(name, value);
    document.title = next.title;
    document.body.replaceWith(document.adoptNode(next.body));
    return true;
}"""
"""Lays what the server has answered into the page that stands, where only the body and the title differ."""
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
Typed: TypeAlias = str | bool | list[str] | dict[str, object]
"""Text, a tick, the choices of a group, or a file as Playwright takes it."""


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA on the page as it stands."""
    # Through the debugger's door, so that the policy of the page need not be opened for it.
    if page.evaluate("window.axe === undefined"):
        page.evaluate(AXE)
    return [f"{page.url} {id}: {text} {json.dumps(nodes)}" for id, text, nodes in page.evaluate(RUN_AXE, WCAG)]


class Looked:
    """What axe has looked at in this run, in whichever worker: a file that they share."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def is_new(self, found: set[str]) -> bool:
        """Whether any of `found` has not been looked at before. From now on it has."""
        with self.file.open("a+") as lines:
            fcntl.flock(lines, fcntl.LOCK_EX)
            lines.seek(0)
            new = found - set(lines.read().splitlines())
            lines.writelines(f"{one}\n" for one in sorted(new))
        return bool(new)


class Reader:
    """One person in a browser of her own, logged in. `faults` gathers what is wrong on the pages she comes to."""

    def __init__(
        self,
        page: Page,
        site: str,
        who: Actor,
        *,
        looked: Looked,
        faults: list[str],
        lang: str = "sv",
        script: bool = True,
    ) -> None:
        self.page, self.site, self.who, self.faults, self.lang = page, site, who, faults, lang
        self.looked, self.script = looked, script
        self.log_in()

    def log_in(self) -> None:
        """A new session, with its second factor. Again after each day that passes."""
        cookies = [{"name": settings.SESSION_COOKIE_NAME, "value": browser(self.who).cookies["sessionid"].value}]
        cookies.append({"name": settings.LANGUAGE_COOKIE_NAME, "value": self.lang})
        self.page.context.add_cookies([{**cookie, "url": self.site} for cookie in cookies])  # type: ignore[typeddict-item]

    def open(self, name: str, *, status: int = 200, **where: object) -> None:
        """Go to a page by the name of its route."""
        self.go(reverse(name, kwargs=where), status=status)

    def go(self, path: str, *, status: int = 200) -> None:
        """Go to an address within the site."""
        answer = self.page.goto(self.site + path)
        assert answer is not None
        assert answer.status == status, f"{self.who.name}: {path} answered {answer.status}"
        self.look()

    def turn_to(self, path: str, text: str) -> None:
        """Look at the page that the server has answered with `text` for her: opened anew only where it must be.

        A real visit costs the machine ten times as much. The page that stands must be one that she has gone to.
        """
        if self.page.evaluate(LAY, [path, text]):
            self.look()
        else:
            self.go(path)

    def fits(self, path: str, text: str) -> None:
        """The same page does not scroll sideways on the screen as it is now."""
        if not self.page.evaluate(LAY, [path, text]):
            self.page.goto(self.site + path)
        if (over := self.page.evaluate(OVER)) > 0:
            self.faults.append(f"{path} ({self.who.name}): scrolls sideways by {over} at {self._width()} px")

    def follow(self, text: str, *, within: str = "") -> None:
        """Follow the link that begins with `text`, in the part that holds `within` if there are several."""
        self._click(self._place(within).get_by_role("link", name=_begins(text)), text)

    def press(self, text: str, *, within: str = "") -> None:
        """Press the button that begins with `text`."""
        self._click(self._place(within).get_by_role("button", name=_begins(text)), text)

    def unfold(self, text: str) -> None:
        """Open what is folded under `text`."""
        self.page.locator("summary").filter(has_text=text).first.click()

    def fill(self, fields: dict[str, Typed]) -> None:
        """Type, choose and tick, each field by its label or its legend."""
        for label, typed in fields.items():
            with self._telling(label):
                self._fill(label, typed)

    def sees(self, *texts: str) -> None:
        """Each of these stands on the page, where she can see it."""
        for text in texts:
            found = self._main().get_by_text(text).filter(visible=True)
            with self._telling(text):
                found.first.wait_for()

    def sees_not(self, *texts: str) -> None:
        """None of these stands anywhere in the page, seen or not."""
        whole = self.page.content()
        for text in texts:
            assert text not in whole, f"{self.who.name} reads “{text}” at {self.page.url}"

    def is_told(self, field: str) -> None:
        """The form came back, and names the field."""
        with self._telling(field):
            self.page.locator("#fel").get_by_text(field).first.wait_for()

    def look(self) -> None:
        """Look at the page as everyone might meet it."""
        facts = self.page.evaluate(
            """() => ({
                path: location.pathname,
                lang: document.documentElement.lang, title: document.title,
                headings: document.querySelectorAll('h1').length,
                over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
                twice: [...document.querySelectorAll('[id]')].map(e => e.id).filter((id, n, all) => all.indexOf(id) < n),
            })"""
        )
        where = f"{facts['path']} ({self.who.name})"
        if facts["lang"] != self.lang:
            self.faults.append(f"{where}: the language is {facts['lang']}")
        if not facts["title"].removesuffix("· Samverk").strip():
            self.faults.append(f"{where}: no title")
        if facts["headings"] != 1:
            self.faults.append(f"{where}: {facts['headings']} first headings")
        if facts["over"] > 0:
            self.faults.append(f"{where}: scrolls sideways by {facts['over']}")
        if facts["twice"]:
            self.faults.append(f"{where}: ids that stand twice: {facts['twice']}")
        # With script off axe would wait for ever: the timers that it needs do not run.
        if self.script and self._is_new(facts["path"]):
            self.faults.extend(violations(self.page))

    def _is_new(self, path: str) -> bool:
        """Whether the page is of a kind, or holds something, that axe has not looked at before on such a screen."""
        parts = {f"{self._width()} {part}" for part in self.page.evaluate(PARTS)}
        return self.looked.is_new({f"{self._width()} {self.lang} {kind_of(path)}"} | parts)

    def _width(self) -> int:
        assert self.page.viewport_size is not None
        return self.page.viewport_size["width"]

    def text_of(self, path: str) -> str:
        """All that a page says to the eye."""
        self.go(path)
        return self.page.locator("body").inner_text()

    def look_narrow(self) -> None:
        """Look whether the page also fits a screen 320 px wide."""
        size = self.page.viewport_size
        assert size is not None
        self.page.set_viewport_size({"width": 320, "height": size["height"]})
        if (over := self.page.evaluate(OVER)) > 0:
            self.faults.append(f"{self.page.url} ({self.who.name}): scrolls sideways by {over} at 320 px")
        self.page.set_viewport_size(size)

    def _click(self, found: Locator, text: str) -> None:
        with self._telling(text), self.page.expect_navigation():
            found.first.click()
        self.look()

    @contextmanager
    def _telling(self, what: str) -> Iterator[None]:
        """When it cannot be done: who wanted what, and what stood on the page."""
        try:
            yield
        except (PlaywrightError, StopIteration) as error:
            stands = self.page.locator("main").inner_text()
            raise AssertionError(f"{self.who.name}: “{what}” at {self.page.url}: {error}\n\n{stands}") from None

    def _main(self) -> Locator:
        return self.page.locator("body")

    def _place(self, within: str) -> Locator:
        if not within:
            return self._main()
        return self.page.locator("section, li, tr, form, nav").filter(has_text=re.compile(re.escape(within))).last

    def _fill(self, label: str, typed: Typed) -> None:
        field = self.page.get_by_label(_whole(label)).and_(self.page.locator("input, select, textarea"))
        if not field.count():
            group = self.page.get_by_role("group", name=_whole(label))
            for choice in [typed] if isinstance(typed, str) else _listed(typed):
                group.get_by_label(_begins(choice)).first.check()
            return
        field = field.first
        if isinstance(typed, dict):
            field.set_input_files(typed)  # type: ignore[arg-type]
        elif isinstance(typed, bool):
            field.set_checked(typed)
        elif isinstance(typed, str):
            options = field.locator("option").all_inner_texts()
            if options:
                field.select_option(label=next(o for o in options if o.startswith(typed)))
            else:
                field.fill(typed)


def _listed(typed: Typed) -> Iterable[str]:
    assert isinstance(typed, list)
    return typed


def _begins(text: str) -> re.Pattern[str]:
    # Words for ears only stand after a colon, and the browser puts a space before them.
    words = re.escape(text).replace(":", r"\s*:")
    return re.compile(rf"^\s*(← )?{words}")


def _whole(text: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(text)}\s*(\((frivilligt|optional)\))?\s*$")
