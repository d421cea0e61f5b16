"""The shortest way, in English: she refers herself, one plan with one step, one meeting, and the case is closed."""

from collections.abc import Callable
from uuid import UUID

from samverk.store.models import Case
from tests.browser.conftest import Clock
from tests.browser.reader import Reader
from tests.browser.way import day
from tests.people import cast

STEP = "Write three lines about what I can do"


def test_from_own_referral_to_follow_up(site: str, readers: Callable[..., Reader], clock: Clock) -> None:
    people = cast()
    egon, anna = readers(people.egon, phone=True, lang="en"), readers(people.anna, lang="en")

    egon.go("/")
    egon.open("new_referral")
    egon.fill({"Programmes": "Samverkan Nacka"})
    egon.press("Go on to the questions")
    egon.fill(
        {
            "Why are you asking for help now?": "Three years without work.",
            "What have you already tried?": "A course, and a treatment home.",
            "What do you want?": "I want to turn metal again.",
        }
    )
    egon.press("Save and go on")
    egon.press("Send the referral")
    egon.is_told("Yes, the parties above may read my referral")
    egon.fill(
        {
            "Yes, the parties above may read my referral": True,
            "Do you have to take part in order to receive a benefit?": "No",
        }
    )
    egon.press("Send the referral")
    egon.sees("Waiting for the team’s answer")
    case = Case.objects.get(person=people.egon.person).id

    anna.open("intake")
    anna.follow("Egon Jönsson")
    anna.follow("Say yes")
    anna.fill({"Contact person": "Anna", "Is taking part a condition for a benefit?": "No"})
    anna.press("Save the team’s yes")
    egon.open("offer", case=case)
    egon.fill({"Do you want to take part?": "Yes, I want to take part"})
    egon.press("Send my answer")

    egon.open("consent_record", case=case)
    egon.fill(
        {
            "These parties may talk to each other": ["Nacka kommun", "Arbetsförmedlingen"],
            "Yes to sharing information about": ["Planning and contacts"],
            "Do you have to take part in order to receive a benefit?": "No",
        }
    )
    egon.press("Save")
    egon.open("goal", case=case)
    egon.fill({"My goal, in my words": "To turn metal again."})
    egon.press("Save the goal")
    egon.press("Begin the plan")
    egon.follow("Add: Steps for me")
    egon.fill({"What?": STEP, "Who?": "Egon Jönsson", "Done by": day(7)})
    egon.press("Save")
    egon.press("Put the proposal forward")
    egon.press("Yes, this is my plan")
    egon.open("plan", case=case)
    egon.sees("Everyone had said yes", STEP)
    the_rest_of_the_way(egon, anna, case, clock)


def the_rest_of_the_way(egon: Reader, anna: Reader, case: UUID, clock: Clock) -> None:
    """A meeting, the end, and what comes after it."""
    anna.open("meeting_new", case=case)
    anna.fill(
        {
            "What is the meeting to lead to?": "That Egon has a place.",
            "When?": f"{day(1)}T09:00",
            "Place, telephone number or link": "The library",
        }
    )
    anna.press("Send the call")
    egon.go("/")
    egon.follow("Answer the call")
    egon.press("I am coming")

    clock.pass_days(2)
    for reader in (egon, anna):
        reader.log_in()
    anna.open("close_case", case=case)
    anna.fill(
        {
            "Why is the case being closed?": "The goal is reached",
            "Where is the person going next?": "Work",
            "How did it go?": "Egon turns metal in Sickla.",
            "Who can the person turn to now?": "Call Anna.",
            "Which day?": day(),
            "Close anyway. What is not finished may stay as it is.": True,
        }
    )
    anna.press("Close the case")
    egon.open("follow_ups", case=case)
    egon.sees("6 months after closing")
    egon.go("/")
    egon.sees("Egon turns metal in Sickla.", "Call Anna.")
