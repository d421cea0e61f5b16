"""The pages of measures, for each kind of reader, without script."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samverk.access.declare import WriteMeasure
from samverk.actions import measures as acts
from samverk.domain.measures import Terms
from samverk.store.models import Measure
from tests.build import a_measure, browser, done
from tests.people import Cast

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def test_each_reader_sees_her_own_list(people: Cast, case: UUID) -> None:
    """What the list shows is decided item by item; outsiders find no page."""
    a_measure(people, case, hours="måndag–torsdag")
    url = reverse("measures", kwargs={"case": case})
    for who, sees in (
        (people.anna, True),
        (people.bo, True),
        (people.egon, True),
        (people.cia, False),
        (people.dag, False),
    ):
        page = browser(who).get(url)
        assert (page.status_code, "måndag–torsdag" in page.content.decode()) == (200, sees)
    assert browser(people.stig).get(url).status_code == 404


def test_ten_measures_cost_no_more_queries_than_one(people: Cast, case: UUID) -> None:
    """A page does at most 18 queries, however many items there are (docs/house.md)."""
    client, url = browser(people.anna), reverse("measures", kwargs={"case": case})
    id = a_measure(people, case, until="ongoing", planned_end=TODAY + timedelta(days=90))
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(url)
    for _n in range(9):
        a_measure(people, case, until="ongoing")
    with CaptureQueriesContext(connection) as ten:
        client.get(url)
    with CaptureQueriesContext(connection) as detail:
        client.get(reverse("measure", kwargs={"case": case, "measure": id}))
    assert len(ten) == len(one) <= 18
    assert len(detail) <= 18


def test_proposed_in_the_browser(people: Cast, case: UUID) -> None:
    """The form keeps what was typed when something is wrong, and says where."""
    client, url = browser(people.anna), reverse("measure_new", kwargs={"case": case})
    typed = {"kind": "practice", "extent": "50", "hours": "8–14", "limit_on": "2026-12-31", "insurance": "none"}
    page = client.post(url, typed)
    assert (page.status_code, "8–14" in page.content.decode()) == (422, True)
    assert "Skriv vilken regel" in page.content.decode()
    page = client.post(url, typed | {"limit_rule": "sex månader"}, follow=True)
    assert "Ingen försäkrar deltagaren på platsen" in page.content.decode()
    assert Measure.objects.get().extent == 50


def test_two_texts_side_by_side(people: Cast, case: UUID) -> None:
    """Who saves second sees both texts, and can save what she has put together (docs/house.md)."""
    id = a_measure(people, case)
    theirs = Terms(kind="practice", hours="9–12", provider=people.af)
    done(people.anna, WriteMeasure, lambda p: acts.change(p, measure=id, terms=theirs, version=1), case=case)
    client, url = browser(people.anna), reverse("measure_edit", kwargs={"case": case, "measure": id})
    page = client.post(url, {"kind": "work_training", "hours": "8–14", "version": "1"})
    text = page.content.decode()
    assert page.status_code == 422
    assert all(words in text for words in ("9–12", "8–14", "Så skrev du", "Arbetsförmedlingen", "Praktik"))
    assert 'name="version" value="2"' in text
    client.post(url, {"kind": "work_training", "hours": "8–12", "version": "2"})
    assert Measure.objects.get().hours == "8–12"


def test_moved_on_in_the_browser(people: Cast, case: UUID) -> None:
    """Start without insurance asks for a confirmation; a free reason asks for words; the end tells how it went."""
    id = a_measure(people, case, insurance="")
    client = browser(people.anna)

    def url(do: str) -> str:
        return reverse("measure_move", kwargs={"case": case, "measure": id, "do": do})

    page = client.post(url("borja"), {"on": TODAY.isoformat(), "version": "1"})
    assert (page.status_code, "kryssa i att ni börjar ändå" in page.content.decode()) == (422, True)
    page = client.post(url("borja"), {"on": TODAY.isoformat(), "version": "1", "uninsured_anyway": "on"}, follow=True)
    assert "Insatsen pågår" in page.content.decode()
    page = client.post(url("avbryt"), {"on": TODAY.isoformat(), "reason": "other", "words": "", "version": "2"})
    assert (page.status_code, "Skriv skälet med egna ord" in page.content.decode()) == (422, True)
    page = client.post(
        url("klar"), {"on": TODAY.isoformat(), "outcome": "better", "words": "Trivs", "version": "2"}, follow=True
    )
    assert all(words in page.content.decode() for words in ("Gick bättre än planerat", "Trivs"))
    assert client.get(url("borja")).status_code == 404
    assert client.get(url("flyga")).status_code == 404


def test_every_move_has_its_page(people: Cast, case: UUID) -> None:
    """What can be done in a state is offered, with a page for each; others than the owner's party find none."""
    proposed = a_measure(people, case)
    ongoing = a_measure(people, case, until="ongoing")
    client = browser(people.anna)
    for id, slugs in (
        (proposed, ("planera", "borja", "inte-av", "misstag")),
        (ongoing, ("forlang", "klar", "avbryt", "misstag")),
    ):
        page = client.get(reverse("measure", kwargs={"case": case, "measure": id})).content.decode()
        for do in slugs:
            url = reverse("measure_move", kwargs={"case": case, "measure": id, "do": do})
            assert url in page
            assert client.get(url).status_code == 200
            assert browser(people.bo).get(url).status_code == 404


def test_the_subsidy_page(people: Cast, case: UUID) -> None:
    """Steps are typed row by row; half a row is refused where it stands."""
    id = a_measure(people, case, kind="subsidised_job")
    client, url = browser(people.anna), reverse("measure_subsidy", kwargs={"case": case, "measure": id})
    page = client.post(url, {"version": "1", "day_0": TODAY.isoformat(), "percent_1": "70"})
    text = page.content.decode()
    assert page.status_code == 422
    assert all(words in text for words in ("hur många procent", "från vilken dag"))
    page = client.post(url, {"version": "1", "day_0": TODAY.isoformat(), "percent_0": "90"}, follow=True)
    assert "90\u00a0%" in page.content.decode()
