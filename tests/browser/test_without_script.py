"""Everything works with script off: nothing is lost but convenience (design.md: script is enhancement only)."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest

from tests.browser.reader import Reader
from tests.browser.rich import everywhere, rich_world
from tests.browser.way import PAPER, day
from tests.build import active_case, assign_workplace
from tests.build_plans import proposed
from tests.people import Cast, cast

SCRIPT = re.compile(r"<script|\s(on[a-z]+|hx-[a-z-]+|data-hx-[a-z-]+)=", re.IGNORECASE)
"""What would run, or be run, on a page: none of hers holds any of it today."""


@pytest.fixture
def people(site: str) -> Cast:
    return cast()


@pytest.fixture
def case(people: Cast) -> UUID:
    return active_case(people)


def test_the_plan_is_read_and_signed(people: Cast, case: UUID, readers: Callable[..., Reader]) -> None:
    proposed(people, case)
    egon, bo = readers(people.egon, phone=True, script=False), readers(people.bo, script=False)
    egon.open("plan", case=case)
    egon.press("Ja, det här är min plan")
    bo.open("plan", case=case)
    bo.press("Skriv under")
    bo.sees("Alla hade sagt ja")
    egon.open("goal", case=case)
    egon.fill({"Mitt mål, med mina ord": ""})
    egon.press("Spara målet")
    egon.is_told("Skriv målet med dina egna ord.")


def test_a_consent_is_recorded_with_its_paper_and_taken_back(
    people: Cast, case: UUID, readers: Callable[..., Reader]
) -> None:
    anna, egon = readers(people.anna, script=False), readers(people.egon, phone=True, script=False)
    anna.open("consent_record", case=case)
    anna.fill(
        {
            "De här parterna får prata med varandra": ["Försäkringskassan", "Nacka kommun"],
            "Ja till att dela uppgifter om": ["Arbete och utbildning"],
            "Krävs det att deltagaren är med för att få någon ersättning?": "Nej",
            "Hur har deltagaren sagt det?": "På papper",
            "Det underskrivna pappret, inskannat": PAPER,
        }
    )
    anna.press("Spara")
    anna.sees("Samtycket är sparat")
    egon.open("consent_withdraw", case=case)
    egon.press("Ta tillbaka det jag har kryssat i")
    egon.sees("En sak behöver ändras")
    egon.fill({"Försäkringskassan": True})
    egon.press("Ta tillbaka det jag har kryssat i")
    egon.sees("Försäkringskassan", "Du har inte sagt ja till de här parterna.")


def test_a_meeting_is_called_and_answered(people: Cast, case: UUID, readers: Callable[..., Reader]) -> None:
    anna, egon = readers(people.anna, script=False), readers(people.egon, phone=True, script=False)
    anna.open("meeting_new", case=case)
    anna.fill({"Vad ska mötet leda till?": "En plats för Egon.", "Plats, telefonnummer eller länk": "Biblioteket"})
    anna.press("Skicka kallelsen")
    anna.is_told("När?")
    anna.fill({"När?": f"{day(2)}T10:00"})
    anna.press("Skicka kallelsen")
    egon.go("/")
    egon.follow("Svara på kallelsen")
    egon.press("Jag kommer")
    egon.sees("Du har svarat att du kommer.")


def test_an_absence_is_reported_in_one_step(people: Cast, case: UUID, readers: Callable[..., Reader]) -> None:
    assign_workplace(people, case)
    frida = readers(people.frida, phone=True, script=False)
    frida.open("case", case=case)
    frida.follow("Anmäl frånvaro")
    frida.fill({"Vilken dag?": day()})
    frida.press("Skicka")
    frida.sees("Tack")


def test_every_page_is_whole(site: str, readers: Callable[..., Reader]) -> None:
    """A page says the same with script off. One that holds no script is the same page; each of the others is read."""
    rich = rich_world()
    for who in ("egon", "anna"):
        found = everywhere(rich, who)
        hers = [found.pages[name][0] for name in ("case", "plan", "meetings")]
        hers += [path for path, text in found.texts.items() if SCRIPT.search(text)]
        with_script = readers(rich.actors[who], phone=True)
        without = readers(rich.actors[who], phone=True, script=False)
        for path in hers:
            assert without.text_of(path) == with_script.text_of(path)
