"""What is printed: the consent on one page, the plan and the minutes without the screen's own furniture."""

import re
from collections.abc import Callable

import pytest

from tests.browser.places import Walk
from tests.browser.reader import Reader
from tests.browser.rich import Rich, everywhere, rich_world

PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


@pytest.fixture
def rich(site: str) -> Rich:
    return rich_world()


def pages_on_paper(reader: Reader) -> int:
    """How many pages of A4 the browser makes of the page it shows."""
    return len(PAGE.findall(reader.page.pdf(format="A4")))


def test_what_is_printed(rich: Rich, readers: Callable[..., Reader]) -> None:
    """A consent and its form are one page of A4; nothing of the screen is printed (issue 2)."""
    egon, anna = readers(rich.actors["egon"]), readers(rich.actors["anna"])
    hers = everywhere(rich, "egon")
    egon.open("consents", case=rich.case)
    documents = egon.page.get_by_role("link", name="Skriv ut").all()
    addresses = [str(document.get_attribute("href")) for document in documents]
    assert len(addresses) > 4
    for path in addresses:
        egon.go(path)
        assert pages_on_paper(egon) == 1, path
    anna.open("consent_blank", case=rich.case)
    assert pages_on_paper(anna) == 1
    for name in ("plan_print", "minutes_print", "plan", "minutes", "case"):
        prints_without_furniture(egon, hers, name)


def prints_without_furniture(reader: Reader, found: Walk, name: str) -> None:
    """The text is there on paper; the menu, the footer and what only a screen needs are not."""
    reader.go(found.pages[name][0])
    reader.page.emulate_media(media="print")
    assert reader.page.locator("h1").is_visible()
    for furniture in ("nav", "footer", ".top", ".screen-only", ".ds-skip-link"):
        for part in reader.page.locator(furniture).all():
            assert not part.is_visible(), f"{furniture} is printed on {reader.page.url}"
    assert pages_on_paper(reader) >= 1
    reader.page.emulate_media(media="screen")
