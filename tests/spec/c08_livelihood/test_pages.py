"""The pages of livelihood, and the drawing: the same line in bars, in words and as a table."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samverk.access.actor import Actor
from samverk.access.declare import ReadCase
from samverk.access.livelihood import livelihood_of
from samverk.access.measures import measures_of
from samverk.store.models import LivelihoodEstimate, LivelihoodSpell
from samverk.web.timebars import LivelihoodCard, livelihood_card
from tests.build import a_measure, a_spell, browser, done
from tests.people import Cast

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
ENDS = TODAY + timedelta(days=40)


def card(who: Actor, case: UUID) -> LivelihoodCard:
    return done(
        who,
        ReadCase,
        lambda p: livelihood_card(livelihood_of(p), measures_of(p).all, p.today),
        case=case,
    )


def test_the_drawing_tells_what_is_missing_in_words(people: Cast, case: UUID) -> None:
    """Livelihood and measures as bars over months; what is missing is a dashed outline with words (look)."""
    a_spell(people, case, share=50)
    a_spell(people, case, kind="sickness_benefit", share=50, last_day=ENDS)
    a_measure(people, case, extent=75, payer=people.municipality, planned_start=TODAY, planned_end=ENDS)
    a_measure(people, case, kind="course")
    drawing = card(people.egon, case).drawing
    assert drawing is not None
    assert [row.label for row in drawing.rows] == ["Försörjning", "Arbetsträning"]
    assert [(bar.text, bar.tone, bar.missing) for row in drawing.rows for bar in row.bars] == [
        ("Försörjningsstöd 50\u00a0%", "kommun", False),
        ("Sjukpenning 50\u00a0%", "fk", False),
        ("Metallåtervinningen 75\u00a0%", "kommun", False),
    ]
    a_spell(people, case, kind="wage", first_day=TODAY - timedelta(days=200), last_day=TODAY - timedelta(days=150))
    missing = [line for line in card(people.egon, case).drawing.lines if line.missing]  # type: ignore[union-attr]
    assert [line.text for line in missing] == ["inget"]


def test_who_sees_no_livelihood_gets_no_row_of_it(people: Cast, case: UUID) -> None:
    """A guess that nothing is decided would be false, and would tell."""
    a_spell(people, case, last_day=ENDS)
    a_measure(people, case, by=people.cia, planned_start=TODAY)
    assert [row.label for row in card(people.cia, case).drawing.rows] == ["Arbetsträning"]  # type: ignore[union-attr]
    assert card(people.dag, case).drawing is None


def test_my_money_in_a_sentence(people: Cast, case: UUID) -> None:
    """ "Du har försörjning till och med …. Efter det är det inte klart än." (the look's sketch)"""

    def said() -> str:
        context = {"money": card(people.egon, case), "case": {"id": case}, "today": TODAY, "actor": people.egon}
        return " ".join(render_to_string("livelihood/my_card.html", context).split())

    assert "Här står inte än vad du lever av" in said()
    id = a_spell(people, case, last_day=ENDS)
    assert f"Du har försörjning till och med <b>{ENDS.day} " in said()
    LivelihoodSpell.objects.filter(item=id).update(last_day=TODAY - timedelta(days=1))
    assert "Just nu är din försörjning inte ordnad" in said()
    LivelihoodSpell.objects.filter(item=id).update(last_day=None)
    assert "ordnad tills vidare" in said()


def test_each_reader_sees_her_own_line(people: Cast, case: UUID) -> None:
    """What the page shows is decided item by item; outsiders find no page."""
    a_spell(people, case, payer_name="Socialkontoret i Sickla", last_day=ENDS)
    url = reverse("livelihood", kwargs={"case": case})
    for who, sees in (
        (people.anna, True),
        (people.egon, True),
        (people.bo, True),
        (people.cia, False),
        (people.dag, False),
    ):
        text = browser(who).get(url).content.decode()
        assert ("Socialkontoret i Sickla" in text, "Försörjningen slutar" in text) == (sees, sees)
    assert browser(people.stig).get(url).status_code == 404


def test_ten_spells_cost_no_more_queries_than_one(people: Cast, case: UUID) -> None:
    """A page does at most 18 queries, however many items there are (docs/house.md)."""
    client, url = browser(people.anna), reverse("livelihood", kwargs={"case": case})
    a_spell(people, case)
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _n in range(9):
        a_spell(people, case, share=5)
    with CaptureQueriesContext(connection) as ten:
        client.get(url)
    assert len(ten) == len(one) <= 18


def test_told_by_herself_in_the_browser(people: Cast, case: UUID) -> None:
    """She tells it on her own page; what she typed stays when something is wrong."""
    client, url = browser(people.egon), reverse("livelihood_new", kwargs={"case": case})
    typed = {"kind": "wage", "share": "100", "first_day": TODAY.isoformat(), "certain": "True", "monthly": "11000"}
    page = client.post(url, typed | {"last_day": (TODAY - timedelta(days=1)).isoformat()})
    text = page.content.decode()
    assert (page.status_code, "11000" in text, "ligger före den första" in text) == (422, True, True)
    page = client.post(url, typed, follow=True)
    assert "inskrivet av dig" in page.content.decode()


def test_corrected_in_the_browser(people: Cast, case: UUID) -> None:
    """Who saves second sees both texts; what was never true is marked with a reason."""
    id = a_spell(people, case)
    LivelihoodSpell.objects.filter(item=id).update(kind="wage", share=40, version=2)
    client, url = browser(people.anna), reverse("livelihood_edit", kwargs={"case": case, "spell": id})
    assert client.get(url).status_code == 200
    typed = {"kind": "social_assistance", "share": "80", "first_day": TODAY.isoformat(), "certain": "True"}
    page = client.post(url, typed | {"version": "1"})
    text = page.content.decode()
    assert page.status_code == 422
    assert all(words in text for words in ("Så skrev du", "Lön", "Försörjningsstöd", 'name="version" value="2"'))
    assert browser(people.bo).get(url).status_code == 404
    wrong = reverse("livelihood_wrong", kwargs={"case": case, "spell": id})
    assert client.post(wrong, {"reason": ""}).status_code == 422
    page = client.post(wrong, {"reason": "Fel person."}, follow=True)
    assert "Fel person." in page.content.decode()


def test_before_and_during_in_the_browser(people: Cast, case: UUID) -> None:
    """Egon fills in the figures, and is told of a loss in plain words; Anna must say how she knows."""
    url = reverse("livelihood_estimate", kwargs={"case": case})
    sums = {"monthly_before": "9000", "monthly_during": "8900", "travel": "400", "meals": "0", "child_care": "0"}
    page = browser(people.egon).post(url, sums, follow=True)
    assert "Du får 500\u00a0kr mindre i månaden" in page.content.decode()
    anna = browser(people.anna)
    assert anna.post(url, sums | {"version": "1"}).status_code == 422
    page = anna.post(url, sums | {"version": "1", "monthly_during": "9900", "on_behalf": "paper"}, follow=True)
    assert "Deltagaren förlorar inte" in page.content.decode()
    page = browser(people.egon).post(url, sums | {"version": "1"})
    assert (page.status_code, "9900" in page.content.decode()) == (422, True)
    assert LivelihoodEstimate.objects.get().monthly_during == 9900


def test_the_cards_on_the_case_page(people: Cast, case: UUID) -> None:
    """The official's card draws the line with the measures, and says where it breaks."""
    a_spell(people, case, last_day=ENDS)
    context = {"money": card(people.anna, case), "case": {"id": case}, "today": TODAY, "actor": people.anna}
    text = render_to_string("livelihood/case_card.html", context)
    assert "Försörjningen slutar" in text
    assert "<svg" in text
