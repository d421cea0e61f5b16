"""The pages of the joint picture, through a browser without script."""

from uuid import UUID

import pytest
from django.urls import reverse

from samverk.store.models import Contribution, NeedMark
from tests.build import active_case, browser
from tests.people import Cast, cast
from tests.spec.c04_mapping.test_contributions import writes

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def case(people: Cast) -> UUID:
    return active_case(people)


@pytest.mark.parametrize("who", ["egon", "anna", "bo", "cia", "dag"])
def test_the_page_opens_for_everyone_in_the_case(people: Cast, case: UUID, who: str) -> None:
    """Everyone in the case opens the picture; each sees what she may (design.md)."""
    writes(people.egon, case, "Jag kan svarva.", area="strengths")
    page = browser(getattr(people, who)).get(reverse("mapping", kwargs={"case": case}))
    assert page.status_code == 200
    assert ("Jag kan svarva." in page.text) == (who in ("egon", "anna", "bo"))
    assert ("En del visas inte för dig." in page.text) == (who in ("cia", "dag"))


def test_whoever_is_not_in_the_case_finds_nothing(people: Cast, case: UUID) -> None:
    """Forbidden and absent look the same (design.md)."""
    assert browser(people.frida).get(reverse("mapping", kwargs={"case": case})).status_code == 404


@pytest.mark.parametrize("who", ["egon", "anna", "cia"])
def test_the_page_costs_the_same_however_much_is_written(  # type: ignore[no-untyped-def]
    people: Cast, case: UUID, who: str, django_assert_max_num_queries
) -> None:
    """A page does at most 18 queries, however many items there are (house.md)."""
    for area in ("strengths", "health", "work", "housing"):
        writes(people.egon, case, "Mina ord.", area=area)
        writes(people.bo, case, "Vad vi ser.", area=area)
    client = browser(getattr(people, who))
    with django_assert_max_num_queries(18):
        client.get(reverse("mapping", kwargs={"case": case}))
    with django_assert_max_num_queries(18):
        client.get(reverse("mapping_history", kwargs={"case": case, "area": "health"}))


def test_she_writes_and_changes_her_words(people: Cast, case: UUID) -> None:
    """A form, a save, back to the picture with a message (domain.md §3.4)."""
    client, url = browser(people.egon), reverse("mapping_write", kwargs={"case": case, "area": "strengths"})
    assert 'name="version" value="0"' in client.get(url).text
    answer = client.post(url, {"text": "Jag kan svarva.", "version": "0"}, follow=True)
    assert "Sparat." in answer.text
    assert "Jag kan svarva." in answer.text
    client.post(url, {"text": "Jag kan svarva och fräsa.", "version": "1"})
    assert Contribution.objects.get(replaced_at__isnull=True).text == "Jag kan svarva och fräsa."


def test_what_was_told_already_stands_beside_the_form(people: Cast, case: UUID) -> None:
    """Nobody asks again what the referral has answered, and the party sees her words first (domain.md §3.4)."""
    writes(people.egon, case, "Ont i ryggen.")
    page = browser(people.bo).get(reverse("mapping_write", kwargs={"case": case, "area": "health"}))
    assert "Ont i ryggen." in page.text


def test_a_rejected_form_keeps_what_was_typed(people: Cast, case: UUID) -> None:
    """The answer stands beside the field, 422, nothing typed is lost (house.md)."""
    url = reverse("mapping_write", kwargs={"case": case, "area": "work"})
    answer = browser(people.bo).post(url, {"text": "Klarar halvtid.", "source": "Arbetsprövning", "version": "0"})
    assert answer.status_code == 422
    assert "Skriv vem som gjorde utredningen." in answer.text
    assert "Klarar halvtid." in answer.text
    assert not Contribution.objects.exists()


def test_two_writers_see_both_texts_and_can_go_on(people: Cast, case: UUID) -> None:
    """A conflict shows both texts; the next save, with both in mind, goes through (house.md)."""
    writes(people.egon, case, "Hennes nya ord.")
    client, url = browser(people.anna), reverse("mapping_write_hers", kwargs={"case": case, "area": "health"})
    typed = {"text": "Det jag skrev samtidigt.", "on_behalf": "spoken", "version": "0"}
    answer = client.post(url, typed)
    assert answer.status_code == 422
    assert "Hennes nya ord." in answer.text
    assert "Det jag skrev samtidigt." in answer.text
    assert 'name="version" value="1"' in answer.text
    assert client.post(url, typed | {"version": "1"}).status_code == 302


def test_need_groups_are_marked_with_a_form(people: Cast, case: UUID) -> None:
    """Several at once, none required (domain.md §3.4)."""
    client, url = browser(people.bo), reverse("mapping_needs", kwargs={"case": case})
    assert client.post(url, {"groups": ["work", "mental"], "version": "0"}).status_code == 302
    assert "checked" in client.get(url).text
    assert client.post(url, {"groups": ["påhittad"], "version": "1"}).status_code == 422
    assert NeedMark.objects.get().groups == ["mental", "work"]


def test_an_unknown_area_is_not_found(people: Cast, case: UUID) -> None:
    """What does not exist is answered as such."""
    client = browser(people.egon)
    assert client.get(reverse("mapping_history", kwargs={"case": case, "area": "finns-inte"})).status_code == 404
    assert client.get(reverse("mapping_write", kwargs={"case": case, "area": "finns-inte"})).status_code == 404
