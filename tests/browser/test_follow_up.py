"""A follow-up by each of its ways: on a narrow phone without script, on paper, and typed in by the contact person."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from samverk.store.models import FollowUp, Programme
from tests.browser.reader import Reader
from tests.build import active_case, close
from tests.people import Cast, cast

Keep = Callable[[Page, str], None]


@pytest.fixture
def people(site: str) -> Cast:
    return cast()


@pytest.fixture
def case(people: Cast) -> UUID:
    """Closed today, and asked about in a month."""
    Programme.objects.filter(id=people.programme).update(follow_up_months=[1, 6])
    found = active_case(people)
    close(people, found)
    return found


def point_of(case: UUID) -> UUID:
    return FollowUp.objects.get(item__case=case, months=1).item_id


def write_in(anna: Reader, people: Cast) -> None:
    """Anna writes in a wording of the test's own."""
    anna.open("health_questions", programme=people.programme)
    anna.follow("Skriv in frågorna")
    anna.fill({"Vilket formulär gäller licensen?": "Med 5 svar", "Er licens": "Prov 1", "Inledning": "Läs och välj."})
    for n in range(1, 6):
        levels = "\n".join(f"Svar {level} på fråga {n}" for level in range(1, 6))
        anna.fill({f"Fråga {n}: rubrik": f"Rubrik {n}", f"Fråga {n}: svaren": levels})
    anna.press("Spara")
    anna.sees("Frågorna är sparade.")


@pytest.mark.parametrize("script", [True, False])
def test_on_a_narrow_phone(
    people: Cast, case: UUID, readers: Callable[..., Reader], screenshot: Keep, script: bool
) -> None:
    """Ten short pages, stopped and taken up again, with a no among the answers; the same without script."""
    anna = readers(people.anna)
    write_in(anna, people)
    screenshot(anna.page, "questions")
    egon = readers(people.egon, phone=True, script=script)
    egon.go("/")
    screenshot(egon.page, f"my-plan-{script}")
    egon.open("follow_up_answer", case=case, follow_up=point_of(case))
    told = {
        1: {"Hur har du det nu?": "Jag orkar mer.", "Hur är din situation som helhet?": "Ganska bra"},
        2: {"Hur är din tilltro till dig själv?": "Vill inte svara"},
        3: {"Vad lever du på nu?": ["Lön"]},
        4: {"Vad gör du om dagarna?": "Arbete", "Hur är din hälsa i dag?": "70"},
        5: {"Rubrik 1": "Svar 2 på fråga 1"},
        6: {"Rubrik 4": "Vill inte svara"},
        7: {"Rubrik 5": "Svar 1 på fråga 5"},
        8: {"Jag var med och bestämde.": "Stämmer helt"},
        9: {"Det fanns tillräckligt med tid för mig.": "Varken eller"},
        10: {"Jag fick ha samma människor hela vägen.": "Stämmer inte alls"},
    }
    for number, typed in told.items():
        egon.sees(f"Del {number} av 10")
        screenshot(egon.page, f"phone-{number}-{script}")
        egon.fill(typed)  # type: ignore[arg-type]
        if number == 4:
            egon.press("Spara och fortsätt en annan gång")
            screenshot(egon.page, f"list-half-{script}")
            egon.follow("Fortsätt svara")
            egon.follow("← Frågorna före")
            egon.press("Spara och gå vidare")
        else:
            egon.press("Spara, jag är klar" if number == 10 else "Spara och gå vidare")
    egon.sees("Tack. Svaren är sparade.", "Jag orkar mer.")
    if script:
        egon.unfold("Visa alla svar")
    screenshot(egon.page, f"list-done-{script}")
    assert FollowUp.objects.get(item=point_of(case)).status == "done"


def test_on_paper_and_typed_in(people: Cast, case: UUID, readers: Callable[..., Reader], screenshot: Keep) -> None:
    """The sheet holds every question; the contact person types it in, or says that there was no answer."""
    anna, egon = readers(people.anna), readers(people.egon, phone=True)
    write_in(anna, people)
    egon.open("follow_up_paper", case=case, follow_up=point_of(case))
    egon.sees("Jag var med och bestämde.", "Rubrik 5")
    screenshot(egon.page, "paper-narrow")
    anna.open("follow_up_paper", case=case, follow_up=point_of(case))
    screenshot(anna.page, "paper-wide")
    anna.open("follow_up_miss", case=case, follow_up=point_of(case))
    screenshot(anna.page, "miss")
    anna.look_narrow()
    anna.open("follow_up_answer", case=case, follow_up=point_of(case))
    screenshot(anna.page, "typed")
    anna.look_narrow()
    anna.fill({"Hur har du det nu?": "Jag orkar mer.", "Hur fick du svaren?": "På papper"})
    anna.fill({"Vilken dag gavs svaren?": timezone.localdate().isoformat()})
    anna.press("Spara svaren")
    anna.sees("Tack. Svaren är sparade.")
    screenshot(anna.page, "list-official")
    anna.look_narrow()


def test_the_figures_fit_a_narrow_screen(
    people: Cast, case: UUID, readers: Callable[..., Reader], screenshot: Keep
) -> None:
    """The steering group's table scrolls in its own frame, and says what a stroke means."""
    stig = readers(people.stig)
    stig.open("follow_up_figures", programme=people.programme)
    stig.sees("Svar och bortfall", "6 månader efter avslutet")
    screenshot(stig.page, "figures")
    stig.look_narrow()
