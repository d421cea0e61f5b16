"""Chapter 12: back in time. Days that cannot be are refused at their field, and nothing is written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from samverk.store.models import Event
from tests.build import active_case, browser
from tests.build_plans import draft
from tests.people import Cast, cast
from tests.spec.c12_bad_input.browsing import Page

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def day(days: int) -> str:
    """So many days from today, as a form has it."""
    return (TODAY + timedelta(days=days)).isoformat()


@dataclass(frozen=True)
class Slip:
    """A form filled in rightly but for a day; and the field that is to be mended."""

    page: str
    field: str
    told: dict[str, str | None]
    who: str = "anna"
    first: Callable[[Cast, UUID], object] = lambda people, case: None


SLIPS = [
    Slip("insatser/ny/", "planned_end", {"planned_start": day(10), "planned_end": day(9), "limit_on": day(90)}),
    Slip("forsorjning/ny/", "last_day", {"first_day": day(10), "last_day": day(8), "share": "100", "monthly": "9000"}),
    Slip("moten/nytt/", "starts_at", {"starts_at": f"{day(-1)}T10:00"}),
    Slip("ataganden/nytt/", "due", {"due": day(-1)}),
    Slip("avsluta/", "closed_on", {"closed_on": day(1), "confirmed": "on"}),
    Slip("avsluta/", "closed_on", {"closed_on": day(-400), "confirmed": "on"}),
    Slip("overlamning/ny/", "by_when", {"by_when": day(-1)}),
    Slip("samtycken/nytt/", "last_day", {"last_day": day(-1), "refusals": None}),
    Slip("samtycken/nytt/", "last_day", {"last_day": day(-1), "refusals": None}, who="egon"),
    Slip("anteckningar/ny/", "happened_on", {"happened_on": day(1)}),
    Slip("franvaro/anmal/", "day", {"day": day(-4000)}),
    Slip("plan/utkast/tid/", "review_on", {"review_on": day(-1), "limit_on": day(90)}, first=draft),
    Slip("plan/utkast/tid/", "limit_on", {"review_on": day(91), "limit_on": day(90)}, first=draft),
]


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.page}{slip.told[slip.field]}")
def test_a_day_that_cannot_be_is_refused_at_its_field(people: Cast, slip: Slip) -> None:
    """An end before its start, a promise for yesterday, a closing tomorrow: 422, the field named, nothing written."""
    case = active_case(people)
    slip.first(people, case)
    client, address = browser(getattr(people, slip.who)), f"/arenden/{case}/{slip.page}"
    form = next(form for form in Page(client.get(address), address).forms if form.action == address)
    assert slip.field in form.controls, sorted(form.controls)
    written = Event.objects.exclude(what="").count()
    answer = client.post(address, form.filled("Text.", **slip.told))
    assert answer.status_code == 422
    assert slip.field in answer.context["form"].errors, answer.context["form"].errors
    assert slip.told[slip.field] in answer.content.decode()
    assert Event.objects.exclude(what="").count() == written


def test_the_same_forms_take_days_that_can_be(people: Cast) -> None:
    """The refusals above are for the day alone: with another day the same fillings are taken."""
    right = {"planned_end": day(30), "due": day(7), "by_when": day(7), "starts_at": f"{day(3)}T10:00"}
    case = active_case(people)
    client = browser(people.anna)
    for slip in SLIPS:
        if slip.field in right:
            address = f"/arenden/{case}/{slip.page}"
            form = next(form for form in Page(client.get(address), address).forms if form.action == address)
            answer = client.post(address, form.filled("Text.", **slip.told | {slip.field: right[slip.field]}))
            assert answer.status_code == 302, (slip.page, answer.context["form"].errors)
