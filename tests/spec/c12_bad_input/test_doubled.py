"""Chapter 12: doubled. What is sent twice has one effect, and whoever comes second is told so."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from samverk.access.actor import Actor
from samverk.access.declare import AnswerOffer, DecideIntake, WriteReferral
from samverk.access.declare_house import StartReferral
from samverk.access.door import AlreadyDone, door
from samverk.actions import intake, referrals
from samverk.store.models import Event, Item
from tests.build import WHOLE, active_case, browser, done, own_referral
from tests.build_plans import draft, proposed
from tests.people import Cast, cast
from tests.spec.c12_bad_input.browsing import Filling, Page, walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@dataclass(frozen=True)
class Press:
    """A button that changes a state: who presses it, where, what it says, and the one event that it may leave."""

    event: str
    who: str
    make: Callable[[Cast], UUID]
    page: str
    action: str = ""
    told: Callable[[Cast], dict[str, str]] = lambda people: {}


def whole_draft(people: Cast) -> UUID:
    case = done(people.egon, StartReferral, lambda p: referrals.start(p, programme=people.programme, person=None))
    done(people.egon, WriteReferral, lambda p: referrals.save(p, answers=WHOLE, version=1), case=case)
    return case


def offered(people: Cast) -> UUID:
    case, contact = own_referral(people), people.anna.account
    assert contact is not None
    done(people.anna, DecideIntake, lambda p: intake.accept(p, contact=contact), case=case)
    return case


def with_plan(make: Callable[[Cast, UUID], object]) -> Callable[[Cast], UUID]:
    def build(people: Cast) -> UUID:
        case = active_case(people)
        make(people, case)
        return case

    return build


PRESSES = [
    Press(
        "referral.sent",
        "egon",
        whole_draft,
        "remiss/skicka/",
        told=lambda people: {"own_consent": "on", "condition_of_benefit": "no"},
    ),
    Press("referral.withdrawn", "egon", own_referral, "remiss/", "remiss/ta-tillbaka/"),
    Press(
        "referral.accepted",
        "anna",
        own_referral,
        "sluss/ta-emot/",
        told=lambda people: {"contact": str(people.anna.account)},
    ),
    Press("referral.declined", "anna", own_referral, "sluss/avboj/", told=lambda people: {"text": "Fullt."}),
    Press("offer.accepted", "egon", offered, "erbjudande/", told=lambda people: {"answer": "yes"}),
    Press("plan.proposed", "anna", with_plan(draft), "plan/utkast/", "plan/utkast/lagg-fram/"),
    Press("plan.signed", "egon", with_plan(proposed), "plan/", "plan/ja/"),
    Press("case.closed", "anna", active_case, "avsluta/", told=lambda people: {"confirmed": "on"}),
]


@pytest.mark.parametrize("again", ["the same page", "a page opened before"])
@pytest.mark.parametrize("press", PRESSES, ids=lambda press: press.event)
def test_a_button_pressed_twice_has_one_effect(people: Cast, press: Press, again: str) -> None:
    """A double click, or the same page open twice: one event, and the second answer is no failure (issue 2)."""
    case, who = press.make(people), getattr(people, press.who)
    client, page = browser(who), f"/arenden/{case}/{press.page}"
    action = f"/arenden/{case}/{press.action or press.page}"
    first, second = _form(client, page, action), _form(client, page, action)
    words = press.told(people)
    assert client.post(action, first.filled("Text.", **words)).status_code == 302
    assert _count(press) == 1
    later = client.post(action, (first if again == "the same page" else second).filled("Text.", **words), follow=True)
    assert later.status_code in (200, 404, 422)
    assert _count(press) == 1


def test_whoever_sends_the_same_page_twice_is_told(people: Cast) -> None:
    """The second time is answered on the case's page: it is saved, once."""
    case = active_case(people)
    client, address = browser(people.anna), f"/arenden/{case}/anteckningar/ny/"
    told = _form(client, address, address).filled("Vi ringdes vid.")
    client.post(address, told)
    answer = client.post(address, told, follow=True)
    assert answer.redirect_chain == [(f"/arenden/{case}/", 302)]
    assert "Det är sparat en gång" in answer.content.decode()
    assert Event.objects.filter(what="note.written").count() == 1


def test_the_same_words_from_a_new_page_are_new_words(people: Cast) -> None:
    """Two calls on the same day are two notes: it is the page that counts, not the words."""
    case = active_case(people)
    client, address = browser(people.anna), f"/arenden/{case}/anteckningar/ny/"
    for _ in range(2):
        client.post(address, _form(client, address, address).filled("Ringde. Inget svar."))
    assert Event.objects.filter(what="note.written").count() == 2


def test_what_was_refused_may_be_sent_again(people: Cast) -> None:
    """A refusal leaves no trace: the same page, mended, is taken."""
    case = active_case(people)
    client, address = browser(people.anna), f"/arenden/{case}/anteckningar/ny/"
    form = _form(client, address, address)
    assert client.post(address, form.filled("")).status_code == 422
    assert client.post(address, form.filled("Nu med ord.")).status_code == 302


def test_an_id_that_is_taken_stops_at_the_door(people: Cast) -> None:
    """The log's own key sees to it, so that two presses at the same moment cannot both come through."""
    case, id = offered(people), Event.objects.values_list("id", flat=True)[0]
    with pytest.raises(AlreadyDone), door(people.egon, AnswerOffer, case=case, ids=lambda: id):
        raise AssertionError("let in")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["anna", "egon"])
def test_no_form_anywhere_writes_twice_what_is_sent_twice(people: Cast, name: str) -> None:
    """Every form that can be reached, also those that are added tomorrow: the second time leaves nothing more."""
    case = active_case(people)
    who: Actor = getattr(people, name)
    client, doubled, written = browser(who), [], 0
    for form in _every_form(client, case):
        with transaction.atomic():
            counts = [_counts()]
            for _ in range(2):
                client.post(form.action, form.filled("Text."))
                counts.append(_counts())
            transaction.set_rollback(True)
        written += counts[0] != counts[1]
        if counts[1] != counts[2]:
            doubled.append(form.action)
    assert written > 5
    assert doubled == []


def _every_form(client: Client, case: UUID) -> list[Filling]:
    found = {form.action: form for _, page in walk(client, f"/arenden/{case}/") for form in page.forms}
    return [form for form in found.values() if form.method == "post" and f"/arenden/{case}/" in form.action]


def _form(client: Client, page: str, action: str) -> Filling:
    answer: HttpResponse = client.get(page)
    forms = Page(answer, page).forms
    assert action in [form.action for form in forms], f"{page}: {answer.status_code} {[form.action for form in forms]}"
    return next(form for form in forms if form.action == action)


def _counts() -> tuple[int, int]:
    return Event.objects.exclude(what="").count(), Item.objects.count()


def _count(press: Press) -> int:
    return Event.objects.filter(what=press.event).count()
