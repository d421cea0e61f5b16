"""A new person, Maja Lind, goes through all eleven steps of domain.md §3, in Swedish, each at her own screen.

She has a phone. The coordinator (Anna), two officials (Bo with consent, Cia without) and a work place (Frida) sit at
theirs. Every page that any of them comes to is looked at (reader.py).
"""

from collections.abc import Callable

from tests.browser import steps_after_the_plan, steps_to_the_plan
from tests.browser.conftest import Clock
from tests.browser.reader import Reader
from tests.browser.way import Way
from tests.people import cast


def test_all_eleven_steps(site: str, readers: Callable[..., Reader], clock: Clock) -> None:
    people = cast()
    seats = {name: readers(getattr(people, name)) for name in ("anna", "bo", "cia", "frida")}
    way = Way(people=people, make=readers, pass_days=clock.pass_days, **seats)
    steps_to_the_plan.referral_is_saved_half_done_and_taken_up_again(way)
    steps_to_the_plan.consent_on_paper_lets_the_team_read(way)
    steps_to_the_plan.intake_asks_for_more_and_accepts(way)
    steps_to_the_plan.the_first_talk_and_her_yes(way)
    steps_to_the_plan.she_consents_on_screen_and_others_come_in(way)
    steps_to_the_plan.mapping_begins_with_her_words(way)
    steps_to_the_plan.the_plan_is_written_together(way)
    steps_to_the_plan.the_plan_is_signed_by_all(way)
    steps_after_the_plan.a_meeting_is_called_and_answered(way)
    steps_after_the_plan.the_meeting_is_held_and_its_decision_becomes_a_commitment(way)
    steps_after_the_plan.measures_run_in_parallel(way)
    steps_after_the_plan.absence_reaches_the_contact_person_only(way)
    steps_after_the_plan.a_gap_in_her_livelihood_is_seen_ahead(way)
    steps_after_the_plan.the_contact_person_hands_over_warmly(way)
    steps_after_the_plan.the_case_is_closed_with_a_next_door(way)
    steps_after_the_plan.she_is_asked_how_it_went_and_taken_up_again(way)
