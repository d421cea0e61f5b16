"""Chapter 11, closing: no programme closes while a case in it lacks an accepted next place (domain.md §4)."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from samverk.access import closing as seen
from samverk.access.declare import CloseCase, ReadCase
from samverk.access.declare_house import RunProgramme
from samverk.actions import closing, programme_end
from samverk.domain.words import Rejection
from samverk.store.models import Programme
from tests.build import browser, close, done, is_refused
from tests.people import Cast

pytestmark = pytest.mark.django_db


def end(people: Cast) -> None:
    day = timezone.localdate() + timedelta(days=30)
    done(people.anna, RunProgramme, lambda p: programme_end.end(p, stops_on=day), programme=people.programme)


def stops(people: Cast) -> object:
    return Programme.objects.get(id=people.programme).stops_on


def next_place(people: Cast, case: UUID, **changed: object) -> None:
    told = {"place": "Arbetskooperativet", "accepted_by": "Lena där", "accepted_on": timezone.localdate()} | changed
    done(people.anna, CloseCase, lambda p: closing.accept_next_place(p, **told), case=case)  # type: ignore[arg-type]


def test_a_case_without_a_next_place_stops_it(people: Cast, case: UUID) -> None:
    """People fared very badly when a programme was shut down: the count of those without a place is said."""
    with pytest.raises(Rejection) as refused:
        end(people)
    assert (refused.value.problems[0].field, refused.value.problems[0].params) == ("stops_on", {"count": 1})
    assert stops(people) is None


def test_with_an_accepted_next_place_it_can_end(people: Cast, case: UUID) -> None:
    """Somebody there has said yes, and it stands in the case."""
    next_place(people, case)
    (view,) = done(people.egon, ReadCase, seen.next_places_of, case=case)
    assert (view.place, view.accepted_by) == ("Arbetskooperativet", "Lena där")
    end(people)
    assert stops(people) is not None


def test_a_closed_case_has_its_destination(people: Cast, case: UUID) -> None:
    """A case that is closed has somewhere to go already."""
    close(people, case)
    end(people)
    assert stops(people) is not None


@pytest.mark.parametrize(
    ("field", "value"),
    [("place", ""), ("accepted_by", " "), ("accepted_on", timezone.localdate() + timedelta(days=1))],
)
def test_a_next_place_says_where_and_who_and_when(people: Cast, case: UUID, field: str, value: object) -> None:
    """A place where nobody has said yes is no place."""
    with pytest.raises(Rejection) as refused:
        next_place(people, case, **{field: value})
    assert refused.value.problems[0].field == field


def test_it_is_the_coordinators_to_do(people: Cast) -> None:
    """Bo is in the team, Cia is not in the programme's office at all."""
    for who in (people.bo, people.cia, people.egon):
        assert is_refused(who, RunProgramme, programme=people.programme)


def test_through_the_pages(people: Cast, case: UUID) -> None:
    """The refusal stands beside the day; a next place written in the case lets it pass."""
    anna = browser(people.anna)
    at = f"/program/{people.programme}/avsluta/"
    day = {"stops_on": (timezone.localdate() + timedelta(days=30)).isoformat()}
    refused = anna.post(at, day)
    assert refused.status_code == 422
    assert "nästa plats" in refused.content.decode()
    place = {"place": "Kooperativet", "accepted_by": "Lena", "accepted_on": timezone.localdate().isoformat()}
    assert anna.post(f"/arenden/{case}/nasta-plats/", place).status_code == 302
    assert anna.post(at, day).status_code == 302
    assert browser(people.egon).get(f"/arenden/{case}/nasta-plats/").status_code == 404
