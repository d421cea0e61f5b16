"""The machine's own Chromium, a live server, and axe. The pages' content security policy stays in force."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from samverk.access.actor import Actor
from tests.browser.reader import Looked, Reader, violations

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ROOT / "docs" / "screens"
KEEP_PICTURES = os.environ.get("SAMVERK_SCREENS") == "1"
CHROMIUM = "/usr/bin/chromium-headless-shell"
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    # Nobody looks at the frames: their own process costs a sixth of a page's time.
    "--disable-gpu-compositing",
    "--in-process-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
]
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}
TALLEST = 2400
"""What is further down than this adds nothing to a guide."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def site(live_server: Any, django_db_serialized_rollback: None) -> str:
    """The address of a running Samverk; what the migrations have filled in is there in each test."""
    return str(live_server.url)


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Makes pages for different people: `visitor()`, `visitor(viewport=PHONE)`, `visitor(locale="en-GB")`.

    Each has cookies of her own. At the end no page may have logged an error: a broken script, a file that is not
    there, something that the content security policy stopped.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def listen(page: Page) -> None:
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        page.on("console", lambda said: errors.append(f"{page.url}: {said.text}") if said.type == "error" else None)

    def make(**options: Any) -> Page:
        defaults = {"locale": "sv-SE", "timezone_id": "Europe/Stockholm", "viewport": DESK}
        context = browser.new_context(**defaults | options)
        context.set_default_timeout(20_000)
        context.on("page", listen)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
    # A form that comes back with its errors (422) and a page that is not there (404) are answers, not faults.
    assert [error for error in errors if "status of 422" not in error and "status of 404" not in error] == []


@pytest.fixture
def page(visitor: Callable[..., Page]) -> Page:
    """A page at a desk, in Swedish."""
    return visitor()


@pytest.fixture
def phone(visitor: Callable[..., Page]) -> Page:
    """A page on a phone, in Swedish."""
    return visitor(viewport=PHONE, is_mobile=True, has_touch=True)


@pytest.fixture
def no_script_page(visitor: Callable[..., Page]) -> Page:
    """A page whose browser runs no script."""
    return visitor(java_script_enabled=False)


@pytest.fixture(scope="session")
def looked(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Looked:
    """What axe has looked at, in this worker and the others."""
    base = tmp_path_factory.getbasetemp()
    return Looked((base if worker_id == "master" else base.parent) / "looked-at")


@pytest.fixture
def readers(visitor: Callable[..., Page], site: str, looked: Looked) -> Iterator[Callable[..., Reader]]:
    """Makes logged-in readers: `readers(people.anna)`, `readers(people.egon, phone=True)`, `…, script=False`.

    Every page that any of them comes to is looked at; what is wrong on them is told together at the end.
    """
    faults: list[str] = []

    def make(who: Actor, *, phone: bool = False, script: bool = True, lang: str = "sv") -> Reader:
        options: dict[str, Any] = {"java_script_enabled": script}
        options |= {"viewport": PHONE, "is_mobile": True, "has_touch": True} if phone else {}
        return Reader(visitor(**options), site, who, looked=looked, faults=faults, lang=lang, script=script)

    yield make
    assert faults == []


class Clock:
    """The server's clock: goes as always, and can be put forward."""

    def __init__(self) -> None:
        self.real, self.ahead = timezone.now, timedelta()

    def now(self) -> Any:
        """What the server takes for now."""
        return self.real() + self.ahead

    def pass_days(self, days: int) -> None:
        """Let days go by. Whoever was logged in has to log in again."""
        self.ahead += timedelta(days=days)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Lets days go by: a meeting is called before it is held, and a follow-up comes half a year after the closing."""
    one = Clock()
    monkeypatch.setattr(timezone, "now", one.now)
    return one


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails with a readable list if the page shuts someone out."""

    def check(page: Page) -> None:
        assert violations(page) == []

    return check


@pytest.fixture
def screenshot() -> Callable[[Page, str], None]:
    """`screenshot(page, "plan-sv")` keeps the page as a picture under docs/screens when SAMVERK_SCREENS=1."""

    def keep(page: Page, name: str) -> None:
        if KEEP_PICTURES:
            SCREENS.mkdir(parents=True, exist_ok=True)
            width, height = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
            area = {"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)}
            page.screenshot(path=SCREENS / f"{name}.png", full_page=True, clip=area)  # type: ignore[arg-type]

    return keep
