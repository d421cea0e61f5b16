"""The tools of the browser tests notice what they are there for."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.reader import LAY, Reader, violations
from tests.people import cast

GOOD = '<html lang="sv"><title>Plan</title><main><h1>Min plan</h1><img src="data:," alt="Karta"></main>'


def test_axe_passes_a_page_that_shuts_nobody_out(page: Page, axe: Callable[[Page], None]) -> None:
    page.set_content(GOOD)
    axe(page)


def test_axe_fails_a_page_with_a_picture_without_words(page: Page, axe: Callable[[Page], None]) -> None:
    page.set_content(GOOD.replace(' alt="Karta"', ""))
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def test_a_page_without_script_runs_none(no_script_page: Page) -> None:
    no_script_page.set_content(
        "<title>Plan</title><noscript>Utan skript</noscript><script>document.title = 'Skript'</script>"
    )
    assert no_script_page.title() == "Plan"
    assert no_script_page.get_by_text("Utan skript").is_visible()


def test_the_login_page_can_be_used_by_everyone(page: Page, site: str, axe: Callable[[Page], None]) -> None:
    answer = page.goto(f"{site}/konto/login/")
    assert answer is not None
    assert answer.status == 200
    assert page.locator("html").get_attribute("lang") == "sv"
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert "no-store" in answer.headers["cache-control"]
    axe(page)


def test_a_page_laid_into_another_is_judged_as_it_is(site: str, readers: Callable[..., Reader]) -> None:
    """Axe sees what is laid in; a page with a script is never laid in, since it would not run."""
    anna = readers(cast().anna)
    anna.go("/")
    text = anna.page.content().replace("</main>", "<img></main>")
    assert anna.page.evaluate(LAY, ["/arenden/", text])
    assert anna.page.url == f"{site}/arenden/"
    assert "image-alt" in " ".join(violations(anna.page))
    assert not anna.page.evaluate(LAY, ["/", text.replace("</main>", "<script></script></main>")])
