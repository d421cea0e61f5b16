"""Chapter 15, evaluation: she herself says whether figures about her, without a name, may be in it."""

from uuid import UUID

import pytest
from django.urls import reverse

from samverk.access.declare import ChooseEvaluation, ReadCase, SeeWhoLooked
from samverk.access.extracts import choices_of
from samverk.access.looks import looks_of
from samverk.actions import extracts
from samverk.domain.words import Rejection
from samverk.store.models import Consent, EvaluationChoice, Event
from tests.build import active_case, browser, done, is_refused
from tests.people import Cast, cast
from tests.spec.c15_evaluation.extract_scene import Came, decide, make_principal, protect, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


@pytest.fixture
def egon(people: Cast) -> Came:
    """Egon, who started today."""
    return Came(people.egon, active_case(people))


def seen(who: Came):  # type: ignore[no-untyped-def]
    return done(who.actor, ReadCase, choices_of, case=who.case)


def page(who: Came) -> str:
    return reverse("evaluation_choose", kwargs={"case": who.case})


def test_until_she_answers_she_is_not_in_it(egon: Came) -> None:
    """On consent only a yes is a yes: silence is not one (issue 4, data from case work)."""
    assert (seen(egon).now, seen(egon).is_in) == (None, False)


def test_she_says_yes_and_changes_her_mind(egon: Came) -> None:
    """Changed at any time; what she said before stands in the history."""
    say(egon, True)
    assert seen(egon).is_in
    say(egon, False)
    view = seen(egon)
    assert not view.is_in
    assert [one.says for one in view.said] == [False, True]
    rows = EvaluationChoice.objects.filter(item__case=egon.case).order_by("item__created_at")
    assert [row.replaced_at is None for row in rows] == [False, True]


@pytest.mark.parametrize("how", ["paper", "spoken"])
def test_the_coordinator_writes_down_what_she_says(people: Cast, egon: Came, how: str) -> None:
    """On paper or by telephone; it is said who wrote it down, and how."""
    say(egon, False, by=people.anna, how=how)
    now = seen(egon).now
    assert now is not None
    assert (now.says, now.on_behalf, now.by) == (False, how, "Anna")


def test_the_coordinator_says_how_she_was_told(people: Cast, egon: Came) -> None:
    """Somebody else's answer does not stand as one's own."""
    with pytest.raises(Rejection) as rejected:
        say(egon, True, by=people.anna)
    assert rejected.value.problems[0].field == "on_behalf"
    assert not EvaluationChoice.objects.exists()


def test_a_no_is_taken_by_somebody_who_may_not_read_it(people: Cast, egon: Came) -> None:
    """A no has to find somebody who takes it, whatever that party may read about her."""
    Consent.objects.filter(receiver=people.municipality).delete()
    say(egon, False, by=people.anna, how="spoken")
    assert seen(egon).now.says is False
    assert done(people.anna, ReadCase, choices_of, case=egon.case).now is None


def test_only_she_and_her_coordinator_answer(people: Cast, egon: Came) -> None:
    """Others who work with her, and the one who wants the figures, do not answer for her."""
    for who in (people.bo, people.cia, people.dag, people.stig, people.eva):
        assert is_refused(who, ChooseEvaluation, case=egon.case)


def test_it_stands_in_her_log(egon: Came, people: Cast) -> None:
    """Her own answer, and the one that was written down for her."""
    say(egon, False, by=people.anna, how="paper")
    event = Event.objects.get(what="evaluation.chosen")
    assert (event.person, event.detail["says"], event.detail["how"]) == (egon.person, False, "paper")
    looks = done(egon.actor, SeeWhoLooked, looks_of, case=egon.case).looks
    assert ("ChooseEvaluation", "evaluation.chosen") in {(look.act, look.what) for look in looks}


def test_a_decision_makes_her_part_of_it_until_she_says_no(people: Cast, egon: Came) -> None:
    """A decision of the principal includes everyone but those who say no; she is told so."""
    make_principal(people)
    decide(people)
    assert seen(egon).is_in
    text = browser(people.egon).get(reverse("evaluation_choice", kwargs={"case": egon.case})).text
    assert "Därför är du med tills du säger nej" in text
    assert "Karin Lind" in text
    say(egon, False)
    assert not seen(egon).is_in


def test_whoever_has_a_protected_identity_is_told_that_she_is_never_in_it(people: Cast, egon: Came) -> None:
    """Protected identity: never, whatever anybody has said or decided."""
    protect(egon.person, "secrecy_marking")
    text = browser(people.egon).get(reverse("evaluation_choice", kwargs={"case": egon.case})).text
    assert "Då är du aldrig med" in text


def test_the_page_says_what_it_means_and_takes_an_answer(people: Cast, egon: Came) -> None:
    """What leaves, that it has no names, who sees it, and that what is counted stays counted."""
    client = browser(people.egon)
    text = client.get(reverse("evaluation_choice", kwargs={"case": egon.case})).text
    for words in ("Det här lämnas ut", "Namn, personnummer", "Vem ser det", "redan är räknat står kvar"):
        assert words in text
    assert "Hur sa deltagaren det" not in client.get(page(egon)).text
    answer = client.post(page(egon), {"says": "yes"})
    assert answer.status_code == 302
    assert "Ja, uppgifter utan namn får vara med" in client.get(answer["Location"]).text
    assert client.post(page(egon), {}).status_code == 422


def test_the_coordinators_page_asks_how_it_was_said(people: Cast, egon: Came) -> None:
    """The form of whoever writes for her."""
    client = browser(people.anna)
    assert client.post(page(egon), {"says": "no"}).status_code == 422
    assert client.post(page(egon), {"says": "no", "on_behalf": "spoken"}).status_code == 302
    assert EvaluationChoice.objects.get().on_behalf == "spoken"


def test_it_is_found_from_her_plan_and_her_consents(people: Cast, egon: Came) -> None:
    """A link from "Min plan" and from the page of consents."""
    client, to = browser(people.egon), reverse("evaluation_choice", kwargs={"case": egon.case})
    for start in (reverse("my_plan"), reverse("consents", kwargs={"case": egon.case})):
        assert f'href="{to}"' in client.get(start, follow=True).text


def test_the_same_press_answers_once(people: Cast, egon: Came) -> None:
    """A double click is one answer (ADR 009)."""
    client = browser(people.egon)
    key = client.get(page(egon)).context["csrf_token"]
    sent = {"says": "yes", "csrfmiddlewaretoken": str(key)}
    client.post(page(egon), sent)
    client.post(page(egon), sent)
    assert EvaluationChoice.objects.count() == 1


def test_a_stranger_finds_nothing(people: Cast, egon: Came) -> None:
    """Forbidden and absent look the same."""
    for name in ("evaluation_choice", "evaluation_choose"):
        assert browser(people.frida).get(reverse(name, kwargs={"case": egon.case})).status_code == 404
    assert done(people.egon, ChooseEvaluation, lambda p: extracts.choose(p, says=True), case=egon.case)
    assert isinstance(EvaluationChoice.objects.get().item_id, UUID)
