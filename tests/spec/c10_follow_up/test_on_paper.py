"""Answered by pen or by telephone: the questions on paper, and the page where the contact person types them in."""

from uuid import UUID

import pytest
from django.utils import timezone

from samverk.access.follow_ups import FollowUpView
from samverk.domain.follow_up import COLLABORATION, QUESTIONS, Status
from samverk.store.models import FollowUpAnswer
from samverk.web.forms.follow_ups import Answers
from tests.build import browser
from tests.people import Cast
from tests.spec.c10_follow_up.scene import first, own_words, tell, view, write_in

pytestmark = pytest.mark.django_db


def at(case: UUID, what: str) -> str:
    return f"/arenden/{case}/uppfoljning/{first(case).item_id}/{what}/"


def typed(**told: object) -> dict[str, object]:
    return {"version": 1, "how": "paper", "answered_on": timezone.localdate().isoformat(), **told}


@pytest.mark.parametrize("who", ["anna", "egon"])
def test_every_question_is_on_the_paper(people: Cast, closed: UUID, who: str) -> None:
    """The same questions as on the phone, in large text, with a box for each answer and who to give it to."""
    write_in(people, own_words())
    page = browser(getattr(people, who)).get(at(closed, "papper")).content.decode()
    labels = {name: str(field.label) for name, field in Answers.base_fields.items() if name in QUESTIONS}
    assert [name for name, label in labels.items() if label not in page] == []
    assert [n for n in range(1, 6) if f"Nivå rubrik {n}" not in page] == []
    assert 'class="large"' in page
    assert page.count(">Vill inte svara<") == len(QUESTIONS)
    assert "Lämna pappret till Anna, som skriver in dina svar." in page


def test_the_paper_says_nothing_that_was_said_before(people: Cast, closed: UUID) -> None:
    """A sheet that lies on a table holds the questions, not the answers."""
    tell(people.egon, closed, Status(words="Jag dricker igen.", health=12), finished=False)
    page = browser(people.anna).get(at(closed, "papper")).content.decode()
    assert "dricker" not in page


def test_the_paper_at_the_start_leaves_out_the_collaboration(people: Cast, case: UUID) -> None:
    """There has been none yet."""
    browser(people.egon).post(f"/arenden/{case}/uppfoljning/laget/start/")
    page = browser(people.egon).get(at(case, "papper")).content.decode()
    assert [name for name in COLLABORATION if str(Answers.base_fields[name].label) in page] == []


def test_the_contact_person_types_it_all_in_on_one_page(people: Cast, closed: UUID) -> None:
    """All questions, how they were answered, and on which day; the answers are hers."""
    anna = browser(people.anna)
    page = anna.get(f"{at(closed, 'svar')}?satt=paper").content.decode()
    assert '<option value="paper" selected>' in page
    told = typed(words="Bra.", situation="4", livelihoods=["wage"], health="70", taking_part="declined")
    assert anna.post(at(closed, "svar"), told).status_code == 302
    seen: FollowUpView = view(people.egon, closed)
    assert (seen.status, seen.how, seen.answers.health, set(seen.answers.declined)) == (
        "done",
        "paper",
        70,
        {"taking_part"},
    )
    assert set(FollowUpAnswer.objects.values_list("on_behalf", "item__owner")) == {("paper", None)}


def test_how_it_was_answered_has_to_be_said(people: Cast, closed: UUID) -> None:
    """Whoever types for her says how she answered, and on a day that has been."""
    anna = browser(people.anna)
    assert anna.post(at(closed, "svar"), typed(words="Bra.", how="")).status_code == 422
    late = anna.post(at(closed, "svar"), typed(words="Bra.", answered_on="2999-01-01"))
    assert late.status_code == 422
    assert "Dagen har inte varit än." in late.content.decode()


def test_half_a_telephone_call_is_kept(people: Cast, closed: UUID) -> None:
    """She had to go: what was said stands, and either of them goes on another day."""
    anna = browser(people.anna)
    told = typed(words="Bra.", how="phone", sedan="ja")
    assert anna.post(at(closed, "svar"), told).status_code == 302
    assert view(people.anna, closed).status == "planned"
    egon = browser(people.egon)
    assert ">\nBra.</textarea>" in egon.get(f"{at(closed, 'svar')}?del=1").content.decode()
    assert egon.post(f"{at(closed, 'svar')}?del=7", {"version": 2, "continuity": "5"}).status_code == 302
    seen = view(people.anna, closed)
    assert (seen.status, seen.answers.words, seen.answers.continuity) == ("done", "Bra.", 5)


@pytest.mark.parametrize("who", ["cia", "dag", "frida", "eva", "stig"])
@pytest.mark.parametrize("what", ["papper", "svar", "missad"])
def test_whoever_may_not_see_it_finds_nothing(people: Cast, closed: UUID, who: str, what: str) -> None:
    """Forbidden and absent look the same (design.md)."""
    assert browser(getattr(people, who)).get(at(closed, what)).status_code == 404
