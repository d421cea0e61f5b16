"""The machine's own Chromium, a live server, and axe. The pages' content security policy stays in force."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ROOT / "docs" / "screens"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
]
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


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
        context.set_default_timeout(10_000)
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


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA on the page as it stands."""
    # Through the debugger's door, so that the policy of the page need not be opened for it.
    page.evaluate(AXE.read_text())
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", WCAG)
    return [
        f"{page.url} {problem['id']}: {problem['help']} {json.dumps([node['target'] for node in problem['nodes']])}"
        for problem in found["violations"]
    ]


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails with a readable list if the page shuts someone out."""

    def check(page: Page) -> None:
        assert violations(page) == []

    return check


@pytest.fixture
def screenshot() -> Callable[[Page, str], None]:
    """`screenshot(page, "plan")` keeps the whole page as a picture under docs/screens."""

    def keep(page: Page, name: str) -> None:
        SCREENS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENS / f"{name}.png", full_page=True)

    return keep
