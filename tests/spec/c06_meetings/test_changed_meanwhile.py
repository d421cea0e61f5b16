"""Somebody else changed the meeting meanwhile: both texts are promised only where both are shown."""

from uuid import UUID

import pytest
from django.urls import reverse

from samverk.domain.words import Conflict
from samverk.store.models import Meeting
from samverk.web.act import NO_TEXTS
from tests.build import browser
from tests.people import Cast
from tests.spec.c06_meetings.scene import call, held

pytestmark = pytest.mark.django_db
BOTH = Conflict({}, version=1).problems[0].text


def changed(meeting: UUID) -> None:
    """A colleague has saved the same meeting since the page was opened."""
    Meeting.objects.filter(item=meeting).update(version=99)


def test_a_form_without_texts_promises_none(people: Cast, case: UUID) -> None:
    """To publish the minutes one writes nothing: there are no two texts. The next save holds (issue 2)."""
    meeting = held(people, case)
    client, address = browser(people.anna), reverse("minutes_publish", args=[case, meeting])
    client.post(
        reverse("minutes_point", args=[case, meeting]), {"part": "point", "text": "Egon vill.", "category": "process"}
    )
    changed(meeting)
    answer = client.post(address, {"version": "2"})
    page = answer.content.decode()
    assert (answer.status_code, NO_TEXTS in page, BOTH in page) == (422, True, False)
    assert 'value="99"' in page
    assert client.post(address, {"version": "99"}).status_code == 302


def test_a_form_with_texts_shows_both(people: Cast, case: UUID) -> None:
    """Where the two have written differently, each reads both before she saves again."""
    meeting = call(people, case)
    changed(meeting)
    told = {"version": "1", "purpose": "Något annat", "how": "room", "place": "Väntorget 2"}
    answer = browser(people.anna).post(reverse("meeting_edit", args=[case, meeting]), told)
    page = answer.content.decode()
    assert (answer.status_code, NO_TEXTS in page, BOTH in page) == (422, False, True)
    assert "Bestämma om svarvkursen" in page
