"""Attack 9 (security.md): a protected identity is shown, listed, counted and fetched by nobody who is not cleared.

The levels are those of Swedish population registration. What each page does is specified in tests/spec/c02_consent;
here every address is asked for at once.
"""

import pytest

from samverk.store.models import Clearance, Event, Person
from tests.attacks.oracle import Oracle
from tests.attacks.reach import address_book, look_round, words
from tests.attacks.world import CANARY, EGONS_NAME, World
from tests.build import browser

pytestmark = pytest.mark.django_db


def protect(world: World, level: str) -> None:
    """As the register says, from the next request on. Only Anna's party is cleared."""
    person = world.people.egon.person
    Person.objects.filter(id=person).update(protection=level)
    Clearance.objects.filter(person=person).delete()
    Clearance.objects.create(id=world.case, person_id=person, party_id=world.people.municipality)


@pytest.mark.slow
def test_whoever_is_not_cleared_meets_neither_name_nor_number(world: World) -> None:
    """Bo is in the case, has consent, is called to a meeting and has promised: no address shows him anything more."""
    book = address_book(Oracle(world))
    protect(world, "protected_registration")
    for path, answer in look_round(world.people.bo, book).items():
        text = words(answer)
        assert EGONS_NAME not in text, path
        assert CANARY.findall(text) == [], path
        if str(world.case) not in path:
            assert str(world.case) not in text, path


def test_the_cleared_party_still_works(world: World) -> None:
    """The test above is not empty because everything is closed."""
    protect(world, "protected_registration")
    assert EGONS_NAME in words(browser(world.people.anna).get(f"/arenden/{world.case}/"))


def test_a_look_that_is_refused_is_logged(world: World) -> None:
    """Every attempt stands in his log."""
    protect(world, "protected_registration")
    before = Event.objects.filter(person=world.people.egon.person, allowed=False).count()
    browser(world.people.bo).get(f"/arenden/{world.case}/")
    assert Event.objects.filter(person=world.people.egon.person, allowed=False).count() == before + 1


def test_nobody_is_shown_an_address(world: World) -> None:
    """Where somebody lives stands on no page at all, protected or not: Samverk does not ask for it."""
    oracle = Oracle(world)
    person = Person.objects.get(id=world.people.egon.person)
    word = CANARY.search(person.address)
    assert word is not None
    assert [name for name in world.readers if word.group() in oracle.may(name)] == []
