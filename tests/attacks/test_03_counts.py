"""Attack 3 (security.md): search, lists, counts, sort order and figures do not change with what is invisible.

Metamorphic: every page of a reader before and after things are added that she may not see is the same, byte for byte
but for tokens.
"""

import pytest
from django.urls import resolve

from samverk.access.declare import CallMeeting, Promise, ReportObstacle, WriteMapping, WriteMeasure, WriteNote
from samverk.actions import commitments, mapping, measures, meetings, notes, obstacles
from samverk.actions.promises import NewPromise
from samverk.domain.measures import Terms
from tests.attacks.oracle import Oracle
from tests.attacks.reach import address_book, asked_for, bare, look_round, reads_only
from tests.attacks.world import World, canary
from tests.build import done
from tests.spec.c06_meetings.scene import START

pytestmark = pytest.mark.django_db


def add_hidden(world: World) -> None:
    """What neither Cia's nor Dag's party may see: of every sort, by Anna, Bo and Egon."""
    people, case = world.people, world.case
    for _ in range(3):
        for who in (people.bo, people.egon):
            done(who, WriteNote, lambda p: notes.write(p, text=canary(), category="housing"), case=case)
        done(people.bo, ReportObstacle, lambda p: obstacles.report(p, code="catchment", words=canary()), case=case)
        done(
            people.anna,
            WriteMeasure,
            lambda p: measures.propose(p, terms=Terms(kind="treatment", words=canary())),
            case=case,
        )
        promise = NewPromise(canary(), START.date(), by_participant=True, category="health")
        done(people.egon, Promise, lambda p, x=promise: commitments.make(p, promise=x), case=case)
        new = meetings.NewMeeting(
            purpose=canary(), place=canary(), starts_at=START, officials=[people.anna.account], questions=()
        )
        done(people.bo, CallMeeting, lambda p, n=new: meetings.call(p, meeting=n), case=case)
    done(
        people.egon,
        WriteMapping,
        lambda p: mapping.write(p, area="health", text=canary(), version=1, own_words=True),
        case=case,
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", ["cia", "dag"])
def test_no_page_changes_with_what_is_hidden(name: str, world: World) -> None:
    """Lists, counts, marks for what is withheld, one's own day, the interface, and what a form offers."""
    oracle, who = Oracle(world), world.readers[name]
    showing = {route.name for route in asked_for() if reads_only(route)}
    book = [path for path in address_book(oracle) if _name(path) in showing]
    before = {path: bare(answer) for path, answer in look_round(who, book).items()}
    add_hidden(world)
    after = {path: bare(answer) for path, answer in look_round(who, book).items()}
    assert len(book) > 40
    assert {path for path in book if before[path] != after[path]} == set()


def test_adding_something_visible_does_show(world: World) -> None:
    """The comparison is not blind: what Cia may see changes her page."""
    case, who, people = world.case, world.people.cia, world.people
    path = f"/arenden/{case}/tidslinje/"
    before = bare(look_round(who, [path])[path])
    done(people.anna, WriteNote, lambda p: notes.write(p, text=canary(), category="process"), case=case)
    assert before[0] == 200
    assert bare(look_round(who, [path])[path]) != before


def _name(path: str) -> str:
    return resolve(path).view_name
