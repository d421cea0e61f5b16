"""The plan's pages, for each kind of reader, through a browser without script."""

from uuid import UUID

import pytest
from django.urls import reverse

from samverk.access.declare import WriteLivelihood, WritePlan
from samverk.actions import livelihood, plans
from samverk.domain.livelihood import Estimate
from samverk.store.models import Plan, PlanLine, PlanReview, PlanSignature
from tests.build import a_spell, active_case, browser, done
from tests.build_plans import agreed, bos_step, draft, egons_step, goal, in_days, line, proposed, yes
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db

ME = {"decides": "participant", "pays": "nothing"}


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def case(people: Cast) -> UUID:
    return active_case(people)


def at(name: str, case: UUID, **more: object) -> str:
    return reverse(name, kwargs={"case": case, **more})


@pytest.mark.parametrize("who", ["egon", "anna", "bo", "cia", "dag"])
@pytest.mark.parametrize("name", ["plan", "plan_print"])
def test_everyone_in_the_case_opens_it_and_sees_what_she_may(people: Cast, case: UUID, who: str, name: str) -> None:
    """Everyone with consent sees the plan, whole, on screen and on paper; the others one mark (design.md)."""
    agreed(people, case)
    page = browser(getattr(people, who)).get(at(name, case))
    assert page.status_code == 200
    assert ("Plats på kurs i numerisk svarvning" in page.text) == (who in ("egon", "anna", "bo"))
    assert ('class="withheld"' in page.text) == (who in ("cia", "dag"))


def test_without_a_plan_the_page_says_what_to_do(people: Cast, case: UUID) -> None:
    """An empty state says what to do, first the goal, then the plan; nothing to print yet."""
    client = browser(people.egon)
    assert at("goal", case) in client.get(at("plan", case)).text
    goal(people, case)
    assert at("plan_begin", case) in client.get(at("plan", case)).text
    assert at("plan_begin", case) not in browser(people.bo).get(at("plan", case)).text
    assert client.get(at("plan_print", case)).status_code == 404


@pytest.mark.parametrize("who", ["egon", "anna", "bo", "cia"])
def test_the_page_costs_the_same_however_long_the_plan_is(  # type: ignore[no-untyped-def]
    people: Cast, case: UUID, who: str, django_assert_max_num_queries
) -> None:
    """A page does at most 18 queries, however many lines and versions there are (house.md)."""
    agreed(people, case)
    done(people.anna, WritePlan, plans.begin, case=case)
    for n in range(4):
        line(people, case, egons_step(f"Mitt steg {n}"))
        line(people, case, bos_step(people, f"Bos steg {n}"))
    done(people.anna, WritePlan, plans.propose, case=case)
    client = browser(getattr(people, who))
    for url in (at("plan", case), at("plan_print", case)):
        with django_assert_max_num_queries(18):
            assert client.get(url).status_code == 200


def test_the_draft_costs_the_same_however_long_it_is(  # type: ignore[no-untyped-def]
    people: Cast, case: UUID, django_assert_max_num_queries
) -> None:
    """The page where it is written, too (house.md)."""
    draft(people, case)
    for n in range(4):
        line(people, case, bos_step(people, f"Bos steg {n}"))
    client = browser(people.anna)
    with django_assert_max_num_queries(18):
        assert client.get(at("plan_draft", case)).status_code == 200
    with django_assert_max_num_queries(18):
        assert client.get(at("plan_line_new", case, word="steg")).status_code == 200


def test_a_plan_is_written_proposed_and_signed_in_the_browser(people: Cast, case: UUID) -> None:
    """From goal to agreed, with forms only (domain.md §3.5)."""
    anna, egon, bo = (browser(who) for who in (people.anna, people.egon, people.bo))
    egon.post(at("goal", case), {"text": "Svarva igen.", "version": "0"})
    anna.post(at("plan_begin", case))
    step = {
        "text": "Ordna kursplats",
        "who": str(people.bo.account),
        "due": in_days(20).isoformat(),
        **ME,
        "category": "work",
    }
    assert anna.post(at("plan_line_new", case, word="steg"), step | {"pays": str(people.af)}).status_code == 302
    egon.post(at("plan_line_new", case, word="steg"), step | {"who": "participant", "text": "Gå på studiebesök"})
    anna.post(at("plan_line_new", case, word="delmal"), {"text": "Orka en hel förmiddag", "category": "work"})
    anna.post(
        at("plan_line_new", case, word="rattighet"),
        {"text": "Byta kontakt", "who": "participant", "category": "process"},
    )
    anna.post(
        at("plan_line_new", case, word="skyldighet"),
        {"text": "Svara inom en vecka", "who": str(people.af), "category": "process"},
    )
    assert PlanLine.objects.count() == 5
    dates = {"review_on": in_days(60).isoformat(), "limit_on": in_days(200).isoformat(), "version": "1"}
    assert anna.post(at("plan_dates", case), dates).status_code == 302
    anna.post(at("plan_propose", case))
    version = Plan.objects.get().version
    assert "Ja, det här är min plan" in egon.get(at("plan", case)).text
    egon.post(at("plan_sign", case), {"version": version})
    answer = bo.post(at("plan_sign", case), {"version": version}, follow=True)
    assert "Alla har sagt ja. Planen gäller." in answer.text
    assert Plan.objects.get().status == "agreed"


def test_a_rejected_line_keeps_what_was_typed(people: Cast, case: UUID) -> None:
    """422, the sentence beside its field, everything typed kept (house.md)."""
    draft(people, case)
    url = at("plan_line_new", case, word="steg")
    answer = browser(people.anna).post(url, {"text": "Ordna kursplats", "who": "", "due": "", "category": "work"})
    assert answer.status_code == 422
    assert "Ordna kursplats" in answer.text
    assert "Välj vem det gäller." in answer.text
    assert "Välj en dag då det ska vara klart." in answer.text
    late = {"text": "Ordna", "who": "participant", "due": in_days(-3).isoformat(), "category": "work"} | ME
    answer = browser(people.anna).post(url, late)
    assert "Dagen har redan varit." in answer.text
    assert PlanLine.objects.count() == 2


def test_two_writers_of_a_line_see_both_texts_and_can_go_on(people: Cast, case: UUID) -> None:
    """A conflict shows both texts, and the next save goes through (house.md)."""
    mine, _his = draft(people, case)
    anna, egon = browser(people.anna), browser(people.egon)
    url = at("plan_line", case, key=mine)
    typed = {"who": "participant", "due": in_days(9).isoformat(), "category": "process", **ME, "version": "1"}
    assert egon.post(url, typed | {"text": "Egons ord"}).status_code == 302
    answer = anna.post(url, typed | {"text": "Annas ord"})
    assert answer.status_code == 422
    assert "Egons ord" in answer.text
    assert "Annas ord" in answer.text
    assert anna.post(url, typed | {"text": "Bådas ord", "version": "2"}).status_code == 302
    assert PlanLine.objects.get(key=mine).text == "Bådas ord"


def test_a_line_is_taken_out_with_a_button(people: Cast, case: UUID) -> None:
    """One button, with the version that was read; a stale one changes nothing."""
    mine, _his = draft(people, case)
    client = browser(people.anna)
    assert client.post(at("plan_line_remove", case, key=mine), {"version": "7"}).status_code == 422
    assert PlanLine.objects.get(key=mine).removed_at is None
    client.post(at("plan_line_remove", case, key=mine), {"version": "1"})
    assert client.get(at("plan_line", case, key=mine)).status_code == 404


def test_a_proposal_that_cannot_be_made_says_why(people: Cast, case: UUID) -> None:
    """The draft is shown again with what is missing (house.md)."""
    done(people.anna, WritePlan, plans.begin, case=case)
    answer = browser(people.anna).post(at("plan_propose", case))
    assert answer.status_code == 422
    assert "Skriv målet först." in answer.text
    assert "Lägg till minst ett steg." in answer.text


def test_only_the_writers_find_the_pages_where_it_is_written(people: Cast, case: UUID) -> None:
    """Forbidden and absent look the same (design.md)."""
    mine, _his = draft(people, case)
    for who in (people.bo, people.cia, people.frida):
        client = browser(who)
        for url in (at("plan_draft", case), at("plan_line", case, key=mine), at("plan_dates", case)):
            assert client.get(url).status_code == 404
        for url in (at("plan_begin", case), at("plan_propose", case), at("plan_take_back", case)):
            assert client.post(url).status_code == 404


def test_what_has_changed_is_told_on_the_page(people: Cast, case: UUID) -> None:
    """“Vad har ändrats sedan du senast sa ja”, old and new beside each other (issue 2)."""
    mine, _his = agreed(people, case)
    egon, anna = browser(people.egon), browser(people.anna)
    anna.post(at("plan_begin", case))
    typed = {
        "text": "Skriva fem rader",
        "who": "participant",
        "due": in_days(9).isoformat(),
        "category": "process",
        **ME,
    }
    anna.post(at("plan_line", case, key=mine), typed | {"version": "1"})
    anna.post(at("plan_propose", case))
    page = egon.get(at("plan", case)).text
    assert "Vad har ändrats sedan du senast sa ja?" in page
    assert "Skriva tre rader om vad jag kan" in page
    assert "Skriva fem rader" in page
    assert "Skriva fem rader" not in egon.get(at("plan_version", case, number=1)).text
    assert egon.get(at("plan_version", case, number=9)).status_code == 404


def test_a_loss_is_flagged_before_she_signs(people: Cast, case: UUID) -> None:
    """Nobody should lose money by being active: a flag at a loss before she signs (domain.md §3.8)."""
    terms = Estimate(monthly_before=9000, monthly_during=8000, travel=300)
    done(people.egon, WriteLivelihood, lambda p: livelihood.estimate(p, terms=terms), case=case)
    proposed(people, case)
    assert "förlora" in browser(people.egon).get(at("plan", case)).text


def test_the_coordinator_says_how_the_yes_came(people: Cast, case: UUID) -> None:
    """Paper or spoken, on a form of its own; without it the page comes back with the error (domain.md §3.2)."""
    proposed(people, case)
    client, version = browser(people.anna), Plan.objects.get().version
    answer = client.post(at("plan_sign_for_her", case), {"version": version})
    assert answer.status_code == 422
    assert "Välj om det var muntligt eller på papper." in answer.text
    client.post(at("plan_sign_for_her", case), {"version": version, "how": "paper"})
    assert PlanSignature.objects.get().how == "paper"


def test_a_stale_yes_comes_back_with_the_plan_as_it_is(people: Cast, case: UUID) -> None:
    """Nobody says yes to something else than she read (domain.md §3.5)."""
    proposed(people, case)
    answer = browser(people.egon).post(at("plan_sign", case), {"version": "99"})
    assert answer.status_code == 422
    assert "Planen har ändrats sedan du läste den." in answer.text


def test_the_plan_is_followed_up_on_a_page(people: Cast, case: UUID) -> None:
    """Reviewed, extended with a reason, errors kept (domain.md §3.5)."""
    agreed(people, case)
    client, url = browser(people.anna), at("plan_review", case)
    version = Plan.objects.get().version
    typed = {"review_on": in_days(120).isoformat(), "limit_on": in_days(500).isoformat(), "version": version}
    answer = client.post(url, typed | {"text": ""})
    assert answer.status_code == 422
    assert in_days(500).isoformat() in answer.text
    assert client.post(url, typed | {"text": "Kursen börjar till hösten."}).status_code == 302
    assert PlanReview.objects.get().text == "Kursen börjar till hösten."
    assert browser(people.bo).get(url).status_code == 404
    assert "Kursen börjar till hösten." in browser(people.bo).get(at("plan", case)).text


def test_the_printed_proposal_has_lines_to_sign_on(people: Cast, case: UUID) -> None:
    """The person carries the plan with her (domain.md §3.5)."""
    proposed(people, case)
    yes(people.bo, case)
    page = browser(people.egon).get(at("plan_print", case)).text
    assert "Underskrift: Egon Jönsson" in page
    assert "Underskrift: Arbetsförmedlingen" not in page


def test_the_plan_tells_how_long_she_has_something_to_live_on(people: Cast, case: UUID) -> None:
    """How livelihood is secured during the whole period stands in the plan (domain.md §3.5), for those who may know."""
    agreed(people, case)
    assert "Försörjningen är ordnad" not in browser(people.egon).get(at("plan", case)).text
    a_spell(people, case, last_day=in_days(30))
    for url in (at("plan", case), at("plan_print", case)):
        assert "Planen gäller längre än så." in browser(people.egon).get(url).text
        assert "Försörjningen" not in browser(people.cia).get(url).text
    a_spell(people, case, kind="sickness_benefit", first_day=in_days(31))
    assert "Försörjningen är ordnad under hela planen." in browser(people.egon).get(at("plan", case)).text


def test_a_loss_is_flagged_to_whoever_records_her_yes(people: Cast, case: UUID) -> None:
    """Also when the coordinator writes down a yes on paper (domain.md §3.8), and her own party has nothing to sign."""
    proposed(people, case)
    terms = Estimate(monthly_before=9000, monthly_during=8000)
    done(people.egon, WriteLivelihood, lambda p: livelihood.estimate(p, terms=terms), case=case)
    assert "förlora" in browser(people.anna).get(at("plan", case)).text
