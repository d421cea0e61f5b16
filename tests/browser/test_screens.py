"""The pictures in the guides, of the rich case as it stands: taken when SAMVERK_SCREENS=1.

Otherwise only what no other test shows is shown: English, and a printed consent at a desk.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import KEEP_PICTURES
from tests.browser.places import Walk
from tests.browser.reader import Reader
from tests.browser.rich import Rich, everywhere, rich_world

WIDE = {"width": 1200, "height": 800}
NARROW = {"width": 400, "height": 800}
OF_THE_COORDINATOR = {
    "case": "case",
    "my-day": "my_day",
    "intake": "intake",
    "mapping": "mapping",
    "plan": "plan",
    "meeting": "meeting",
    "minutes": "minutes",
    "measures": "measures",
    "livelihood": "livelihood",
    "absence": "absences",
    "hand-over": "hand_overs",
    "follow-up": "follow_ups",
    "programmes": "programmes",
}
OF_THE_PARTICIPANT = {"my-plan": "case", "consents": "consents"}
IN_ENGLISH_TOO = {"my-plan", "case", "plan", "consents"}

MANY_SAYS = "Anna får veta allt."
"""Words of the document to show: a yes to everything, from several."""


@pytest.fixture
def rich(site: str) -> Rich:
    return rich_world()


def test_the_pictures(
    rich: Rich, page: Page, site: str, readers: Callable[..., Reader], screenshot: Callable[[Page, str], None]
) -> None:
    """Each page of the guides is there, and can be shown."""
    page.set_viewport_size(WIDE)
    page.goto(f"{site}/konto/login/")
    screenshot(page, "login-sv")
    first = readers(rich.actors["egon"], phone=True)
    first.page.set_viewport_size(NARROW)
    first.open("who_looked", case=rich.case)
    screenshot(first.page, "who-looked-sv")  # before the walk below, which looks at everything
    found = {who: everywhere(rich, who) for who in ("anna", "egon")}
    for lang in ("sv", "en"):
        anna = readers(rich.actors["anna"], lang=lang)
        anna.page.set_viewport_size(WIDE)
        take(anna, found["anna"], OF_THE_COORDINATOR, lang, screenshot)
        egon = readers(rich.actors["egon"], phone=True, lang=lang)
        egon.page.set_viewport_size(NARROW)
        take(egon, found["egon"], OF_THE_PARTICIPANT, lang, screenshot)
        if lang == "sv":
            egon.page.set_viewport_size(WIDE)
            egon.open("consents", case=rich.case)
            egon.follow("Skriv ut", within=MANY_SAYS)
            screenshot(egon.page, "consent-print-sv")


def take(
    reader: Reader, found: Walk, pictures: dict[str, str], lang: str, screenshot: Callable[[Page, str], None]
) -> None:
    """The first page of each kind that the reader comes to. In Swedish test_every_page.py has looked at it."""
    for picture, name in pictures.items():
        path = found.pages[name][0]
        if picture in IN_ENGLISH_TOO if lang == "en" else KEEP_PICTURES:
            reader.go(path)
            screenshot(reader.page, f"{picture}-{lang}")
