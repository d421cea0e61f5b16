"""Chapter 2, consent: she sees all; a party sees only those in which it gives or receives (design.md)."""

import pytest

from samverk.access.consents import consents_of, matrix, summary
from samverk.access.declare import ReadCase
from samverk.actions.consents import NewSay
from samverk.domain.information import Purpose
from tests.build import done, give
from tests.spec.c02_consent.test_recording import record

pytestmark = pytest.mark.django_db
NAMES = {"health": "Hälsa", "work": "Arbete"}


def seen(who, case):
    return done(who, ReadCase, consents_of, case=case)


def test_she_sees_them_all(people, case):
    """The person herself sees everything about her."""
    ways = {(say.giver, say.receiver) for say in seen(people.egon, case).says}
    assert {(None, people.af), (people.municipality, people.af), (people.municipality, people.region)} <= ways


@pytest.mark.parametrize(("who", "party"), [("bo", "af"), ("anna", "municipality"), ("dag", "region")])
def test_a_party_sees_its_own(people, case, who, party):
    """Sender or receiver, also of what has ended; and not even the coordinator more than that."""
    own = getattr(people, party)
    says = seen(getattr(people, who), case).says
    assert says
    assert all(own in (say.giver, say.receiver) for say in says)


def test_a_party_without_any_sees_none(people, case):
    """Cia's party has neither consent nor refusal."""
    view = seen(people.cia, case)
    assert view.says == ()
    assert view.documents == ()


def test_of_a_paper_about_many_a_party_sees_its_part(people, case):
    """One document with rows for two parties: each is shown its own rows, and no mark that there are others."""
    document = give(people, case, giver=None, receiver=people.fk, categories=("work", "health"))
    assert document in {d.id for d in done(people.cia, ReadCase, consents_of, case=case).documents}
    assert document not in {d.id for d in done(people.bo, ReadCase, consents_of, case=case).documents}


def test_what_was_withdrawn_yesterday_is_history(people, case):
    """Withdrawn, but not forgotten: when it ended stands there."""
    rows = [say for say in seen(people.egon, case).says if say.receiver == people.region]
    assert rows
    assert not any(say.in_force for say in rows)
    live = [say for say in rows if say.giver == people.municipality]
    assert all(say.ended_on is not None for say in live)


def test_the_table_says_yes_no_or_not_asked(people, case):
    """A table a receiving party: categories down, givers across, her own words first."""
    give(people, case, giver=people.af, receiver=people.fk, categories=("health",), refused=True)
    give(people, case, giver=None, receiver=people.fk, categories=("health", "work"))
    tables = {view.id: view.tables for view in matrix(seen(people.egon, case).says, NAMES)}
    (table,) = tables[people.fk]
    assert [column.giver for column in table.columns] == [None, people.af]
    assert {row.category: [cell.state for cell in row.cells] for row in table.rows} == {
        "health": ["yes", "no"],
        "work": ["yes", ""],
    }
    assert people.region not in tables, "what has ended is history, not permission"


def test_support_and_control_have_tables_of_their_own(people, case):
    """Kept apart also to the eye (domain.md §3.2)."""
    record(people.egon, case, NewSay(None, people.af, "work", Purpose.CONTROL), how="screen")
    view = next(v for v in matrix(seen(people.egon, case).says, NAMES) if v.id == people.af)
    assert [table.purpose for table in view.tables] == ["support", "control"]


def test_the_card_has_a_line_a_party(people, case):
    """Consents in force, on the case page: how many areas, until when."""
    lines = done(people.egon, ReadCase, lambda p: summary(p, consents_of(p).says), case=case)
    assert {line.id: (line.yes, line.no) for line in lines} == {people.af: (7, 0), people.municipality: (7, 0)}
    assert not any(line.ends_soon for line in lines)


def test_the_number_of_questions_does_not_grow_with_the_consents(people, case, django_assert_num_queries):
    """One query an area (house.md): the tones of the parties, and the consents."""
    for party in (people.fk, people.employer):
        give(people, case, giver=None, receiver=party)
    done(people.egon, ReadCase, lambda p: _exactly_two(p, django_assert_num_queries), case=case)


def _exactly_two(permit, counted):
    with counted(2):
        consents_of(permit)
