"""Every page there is, for everyone who can come to it: found by following links in the rich case (places.py)."""

from collections.abc import Callable

import pytest

from samverk.store.models import Contribution, Goal, Measure, MinutesPoint, Note, PlanLine
from tests.access.routes import routes
from tests.browser.conftest import PHONE
from tests.browser.places import Walk
from tests.browser.reader import Reader
from tests.browser.rich import Rich, everywhere, rich_world

OF_OTHERS = ("api:", "account", "fates", "mfa", "socialaccount", "usersessions")
"""Routes that are no pages of the case: tested in tests/access, tests/integration and test_fates.py."""
POSTED = {
    "admit_party", "calendar_make", "calendar_stop", "emergency_end", "emergency_read", "end_ground", "enter_demo",
    "let_go", "plan_begin", "plan_line_remove", "plan_propose", "plan_sign", "plan_sign_for_her", "plan_take_back",
    "reopen_referral", "set_language", "shut_out_party", "substitute_end", "tell_referral", "withdraw_referral",
    "evaluation_decision_end", "extract_take", "follow_up_record", "health_wording_stop", "study_drop",
    "study_register_erase", "study_run",
}  # fmt: skip
"""Buttons, not pages: they are pressed in test_whole_way_sv.py and in tests/spec."""
OF_PROGRAMMES = {"calendar_feed", "security_txt"}
"""Fetched by programmes: tests/attacks asks for them."""
IN_OTHER_STATES = {
    "absence_answer", "answer_protection", "consent_scan", "control_reading", "emergency_answer", "hand_over", "hand_over_turn",
    "log_control", "minutes_decide", "minutes_hold", "minutes_publish", "obstacle_pass_on", "obstacle_solve", "plan_dates", "plan_draft", "plan_line",
    "plan_line_new", "plan_version_print", "send_referral", "take_log_home", "take_up_again", "write_referral",
    "price_change", "price_changes", "price_csv", "price_draft", "price_level_change", "price_level_new",
    "price_level_remove", "price_new", "price_propose", "price_remove", "price_review", "price_version",
    "follow_up_miss", "follow_up_paper", "study", "study_change", "study_file",
    "study_register", "study_results", "study_results_print", "study_summary",
}  # fmt: skip
"""Pages that the rich case has gone past, or not come to: test_whole_way_sv.py goes there, or tests/spec does."""
WORKPLACE = {
    "absence_report", "calendar", "case", "emergencies", "home", "intake", "my_cases", "my_day", "my_referrals",
    "new_referral", "price_book", "price_versions", "programme", "programmes", "substitutes",
}  # fmt: skip
"""All that a work place can come to: its own day, and one step to report an absence."""
NO_CASE = {
    "calendar", "emergencies", "home", "intake", "my_cases", "my_day", "my_referrals", "new_referral", "price_book",
    "price_versions", "programme", "programmes", "substitutes",
}  # fmt: skip


STEERING = NO_CASE | {
    "extracts", "follow_up_figures", "gains", "planning", "steering", "steering_new", "steering_decide", "steering_national",
}  # fmt: skip
EVALUATOR = {
    "extracts", "follow_up_figures", "gains", "home", "my_studies", "price_book", "price_versions", "programme",
    "programmes", "studies", "study_new",
}  # fmt: skip
"""She is of no party: her own menu, and the programmes that she evaluates."""


@pytest.fixture
def rich(site: str) -> Rich:
    return rich_world()


@pytest.mark.django_db
def test_no_page_is_forgotten_and_no_link_leads_nowhere() -> None:
    """Each page is linked to from somewhere for someone, and each link answers (design.md: enumerate)."""
    rich = rich_world()
    walks = {who: everywhere(rich, who) for who in ("anna", "bo", "cia", "dag", "frida", "stig", "eva", "egon")}
    assert [broken for found in walks.values() for broken in found.broken] == []
    pages = {route.name for route in routes() if not route.name.startswith(OF_OTHERS)}
    reached = set().union(*(found.names for found in walks.values()))
    assert pages - reached - POSTED - OF_PROGRAMMES - IN_OTHER_STATES == set()
    assert walks["frida"].names == WORKPLACE
    assert walks["eva"].names == EVALUATOR
    assert walks["stig"].names == STEERING
    for who in ("cia", "dag"):
        secret = secrets(rich, who)
        assert len(secret) > 20
        told = {text for text in secret for page in walks[who].texts.values() if text in page}
        assert told == set(), f"{who} has consent for none of this"


def secrets(rich: Rich, who: str) -> set[str]:
    """What others have written about Egon: none of it belongs to her party, and none is covered by a consent."""
    of_others = {"item__case": rich.case}
    rows = [
        *Goal.objects.filter(**of_others).values_list("text", "item__owner"),
        *Contribution.objects.filter(**of_others).values_list("text", "item__owner"),
        *MinutesPoint.objects.filter(**of_others).values_list("text", "item__owner"),
        *Note.objects.filter(**of_others).values_list("text", "item__owner"),
        *PlanLine.objects.filter(**of_others).values_list("text", "item__owner"),
        *Measure.objects.filter(**of_others).values_list("words", "item__owner"),
    ]
    return {text for text, owner in rows if owner != rich.actors[who].party and len(text) > 12}


def test_every_page_of_the_coordinator(rich: Rich, readers: Callable[..., Reader]) -> None:
    """At a desk, and as narrow as a phone: title, language, one heading, no sideways scroll, nobody shut out."""
    visit(readers(rich.actors["anna"]), everywhere(rich, "anna"))


def test_every_page_of_the_participant_on_her_phone(rich: Rich, readers: Callable[..., Reader]) -> None:
    """The same truth, on a screen 320 px wide."""
    visit(readers(rich.actors["egon"], phone=True), everywhere(rich, "egon"))


def test_the_pages_of_the_others(rich: Rich, readers: Callable[..., Reader]) -> None:
    """Those that look different: with marks for what is withheld, for the work place, for the steering group."""
    visit(
        readers(rich.actors["cia"]), everywhere(rich, "cia"), only={"case", "plan", "mapping", "consents", "timeline"}
    )
    visit(readers(rich.actors["frida"]), everywhere(rich, "frida"), only={"case", "absence_report", "my_day"})
    visit(readers(rich.actors["stig"]), everywhere(rich, "stig"), only=STEERING - NO_CASE)


def visit(reader: Reader, found: Walk, *, only: set[str] | None = None) -> None:
    """Look at one page of each kind, as the walk was answered; then at all of them on a narrow screen."""
    kinds = {kind: paths for kind, paths in found.pages.items() if paths and (only is None or kind in only)}
    assert only is None or set(kinds) == only
    pages = {paths[0]: found.texts[paths[0]] for paths in kinds.values() if paths[0] in found.texts}
    reader.go(next(iter(pages)))
    for path, text in pages.items():
        reader.turn_to(path, text)
    reader.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    for path, text in pages.items():
        reader.fits(path, text)
