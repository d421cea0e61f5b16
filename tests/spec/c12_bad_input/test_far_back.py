"""Chapter 12: far back in time. A year with two figures turned round is asked about where it is typed (issue 2)."""

from datetime import date
from uuid import UUID

import pytest
from django.utils import timezone

from samverk.access.declare import WriteMeasure
from samverk.actions import measures
from samverk.domain.information import Protection
from samverk.domain.words import Rejection
from samverk.store.models import Event, Person
from tests.build import a_measure, active_case, browser, done
from tests.people import Cast, cast
from tests.spec.c12_bad_input.browsing import Page

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SLIPS = [
    ("insatser/ny/", "planned_start", {"planned_end": None, "limit_on": None, "limit_rule": None, "extent": "50"}),
    ("forsorjning/ny/", "first_day", {"last_day": None, "share": "100", "monthly": "9000"}),
    ("anteckningar/ny/", "happened_on", {}),
    ("beslut/nytt/", "decided_on", {"outcome": "granted", "appeal_until": None}),
    ("nasta-plats/", "accepted_on", {}),
]


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.mark.parametrize(("page", "field", "told"), SLIPS, ids=lambda said: said if isinstance(said, str) else "")
def test_a_day_before_her_time_is_asked_about(people: Cast, page: str, field: str, told: dict[str, str | None]) -> None:
    """1890 is refused at its field, gently, and what was typed is kept; the day before yesterday is taken."""
    case = active_case(people)
    client, address = browser(people.anna), f"/arenden/{case}/{page}"
    form = next(form for form in Page(client.get(address), address).forms if form.action == address)
    assert field in form.controls, sorted(form.controls)
    written = Event.objects.exclude(what="").count()
    answer = client.post(address, form.filled("Text.", **told | {field: "1890-05-01"}))
    assert answer.status_code == 422
    assert [str(text) for text in answer.context["form"].errors.get(field, ())] == [
        "Dagen ligger före födelseåret. Är året rätt?"
    ], answer.context["form"].errors
    assert "1890-05-01" in answer.content.decode()
    assert Event.objects.exclude(what="").count() == written
    answer = client.post(address, form.filled("Text.", **told | {field: TODAY.isoformat()}))
    assert answer.status_code == 302, answer.context["form"].errors


def test_a_measure_began_in_her_time(people: Cast) -> None:
    """The same where it is told that something has begun."""
    case = active_case(people)
    measure = a_measure(people, case)
    with pytest.raises(Rejection, match="Är året rätt") as caught:
        done(people.anna, WriteMeasure, _begun(measure, date(1911, 1, 1)), case=case)
    assert caught.value.problems[0].field == "on"
    done(people.anna, WriteMeasure, _begun(measure, TODAY), case=case)


def test_without_a_year_sixty_years_are_the_limit(people: Cast) -> None:
    """Nobody has to tell when she was born; whoever hides it is not given away by a refusal (security.md, attack 9)."""
    case = active_case(people)
    measure = a_measure(people, case)
    Person.objects.filter(id=people.egon.person).update(
        birth_year=TODAY.year - 10, protection=Protection.SECRECY_MARKING.value
    )
    with pytest.raises(Rejection, match="födelseåret"):
        done(people.anna, WriteMeasure, _begun(measure, date(TODAY.year - 11, 1, 1)), case=case)
    Person.objects.filter(id=people.egon.person).update(birth_year=None)
    with pytest.raises(Rejection, match="år tillbaka"):
        done(people.anna, WriteMeasure, _begun(measure, date(TODAY.year - 61, 12, 31)), case=case)
    done(people.anna, WriteMeasure, _begun(measure, date(TODAY.year - 60, 1, 1)), case=case)


def _begun(measure: UUID, on: date):  # type: ignore[no-untyped-def]
    return lambda permit: measures.start(permit, measure=measure, on=on, uninsured_anyway=True)
