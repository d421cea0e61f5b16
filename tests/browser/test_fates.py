"""The page of the three fates in a real browser: sliders answer, a button does the same, and nobody is shut out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from samverk.web.fates_engine import ENGINE, READY

PATH = "/tre-oden/"
PATIENCE = 30_000
"""Milliseconds: a busy machine draws slowly."""
SOMEONE = f"{PATH}?vem=person&alder=42&pension=65&start=round"


@pytest.fixture
def site(live_server, settings) -> str:
    """Open to anyone, and ready before the first look."""
    settings.SAMVERK_OPEN_FATES = True
    assert ENGINE.state(patience=180) == READY
    return str(live_server.url)


@pytest.mark.parametrize("size", [(1280, 900), (320, 640)], ids=["desk", "phone"])
def test_nobody_is_shut_out(visitor: Callable[..., Page], site: str, axe: Callable[[Page], None], size) -> None:
    """Axe finds nothing with everything unfolded, nothing stands outside the screen, also with letters twice as large."""
    page = visitor(viewport={"width": size[0], "height": size[1]})
    for path in (PATH, f"{PATH}?vem=grupp&alder=200"):
        page.goto(f"{site}{path}")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        axe(page)
        for letters in ("100%", "200%"):
            page.evaluate("size => { document.documentElement.style.fontSize = size }", letters)
            assert page.evaluate("document.documentElement.scrollWidth") <= size[0], (path, letters)


def test_a_slider_moves_the_answer_with_the_keys_alone(page: Page, site: str) -> None:
    """The picture at once, then the probability; meanwhile no saving is shown. The address is the question."""
    page.goto(f"{site}{SOMEONE}")
    before = page.locator(".f-life .figure").nth(2).inner_text()
    saving = page.locator("#f-whether .f-verdict").first
    slider = page.get_by_role("slider", name="Tillsammans: oddskvot för att ett steg lyckas")
    slider.focus()
    for _press in range(20):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".f-life .figure").nth(2)).not_to_have_text(before, timeout=PATIENCE)
    expect(page.locator("#f-whether:not(.f-waits)")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#f-status")).to_have_text("Omräknat.", timeout=PATIENCE)
    assert "a.collaborating.success=" in page.url
    shared = page.locator("#f-link").get_attribute("href")
    told = saving.inner_text()
    page.goto(str(shared))
    assert page.locator("#f-whether .f-verdict").first.inner_text() == told


def test_while_the_probability_is_reckoned_no_saving_is_shown(page: Page, site: str) -> None:
    """The old verdict does not stand beside the new picture (docs/fates.md: first the probability)."""
    page.route("**/sannolikhet/**", lambda route: None)
    page.goto(f"{site}{SOMEONE}")
    page.get_by_label("Tillsammans: väntan mot oberoende", exact=True).last.fill("0,5")
    expect(page.get_by_text("Räknar om sannolikheten …")).to_be_visible()
    expect(page.locator("#f-whether .f-verdict").first).not_to_be_visible()


def test_a_mistake_is_said_while_one_types(page: Page, site: str) -> None:
    """Beside a field that cannot be: what to write, and the picture stays as it was."""
    page.goto(f"{site}{SOMEONE}")
    page.locator('[name="a.success_training"]').fill("140")
    expect(page.locator("#fel")).to_contain_text("Skriv ett tal mellan 0 och 100", timeout=PATIENCE)
    page.locator('[name="a.success_training"]').fill("14")
    expect(page.locator("#fel")).to_have_count(0, timeout=PATIENCE)


def test_the_year_moves_and_a_button_does_the_same(page: Page, no_script_page: Page, site: str) -> None:
    """With a script at once, without one by the button: the same hundred people."""
    page.goto(f"{site}{SOMEONE}")
    page.get_by_role("slider", name="Flytta året").fill("12")
    expect(page.locator("#f-ar-said")).to_have_text("12 år från i dag")
    told = page.locator(".f-life").all_inner_texts()
    squares = page.locator(".f-board path").evaluate_all("all => all.map(one => one.getAttribute('d'))")
    no_script_page.goto(f"{site}{SOMEONE}")
    no_script_page.get_by_role("slider", name="Flytta året").fill("12")
    no_script_page.get_by_role("button", name="Visa året").click()
    assert no_script_page.locator(".f-life").all_inner_texts() == told
    assert (
        no_script_page.locator(".f-board path").evaluate_all("all => all.map(one => one.getAttribute('d'))") == squares
    )


def test_without_a_script_the_button_gives_the_same_answer(page: Page, no_script_page: Page, site: str) -> None:
    """Another person and a moved assumption, by the form alone, and by its short address in a browser with a script."""
    no_script_page.goto(f"{site}{PATH}")
    no_script_page.get_by_role("radio", name="En person").check(force=True)
    no_script_page.get_by_label("Ålder i dag, år").fill("30")
    no_script_page.locator('[name="a.relapse_gap"]').fill("1,5")
    no_script_page.get_by_role("button", name="Räkna", exact=True).click()
    assert no_script_page.url.endswith("?vem=person&alder=30&pension=65&start=round&a.relapse_gap=1.5")
    page.goto(no_script_page.url)
    for part in ("#f-picture", "#f-whether", "#f-costs"):
        assert page.locator(part).inner_text() == no_script_page.locator(part).inner_text()
