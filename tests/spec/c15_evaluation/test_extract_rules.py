"""Chapter 15, evaluation: who is in an extract, and how it is made so that it holds figures and nobody's name."""

import csv
import io
import re
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverk.days import Days
from samverk.domain.extract import (
    Basis,
    EndFact,
    Extract,
    FollowUpFact,
    MeasureFact,
    MeetingFact,
    PersonFacts,
    SpellFact,
    as_csv,
    band_of,
    codebook,
    days_in,
    drawn,
    is_in,
    most_at_once,
    quarter_of,
    sex_of,
)
from samverk.domain.extract_columns import TABLES
from samverk.domain.words import Rejection

TODAY = date(2026, 11, 22)
START = date(2025, 9, 10)
KEY = b"k" * 32


def facts(n: int, **told: object) -> PersonFacts:
    """Somebody who started on START."""
    given = {"id": UUID(int=n), "started_on": START, "referred_on": START, "birth_year": 1980, "number": ""}
    return PersonFacts(**(given | told))  # type: ignore[arg-type]


def extract(first: PersonFacts | None = None, *, today: date = TODAY) -> Extract:
    """Of five people of whom the first is told."""
    return drawn([first or facts(1), *(facts(n) for n in range(2, 6))], basis=Basis.CONSENT, key=KEY, today=today)


def row(found: Extract, table: str, person: int = 1) -> dict[str, object]:
    """The first row about the person with that UUID in a table."""
    number = number_of(found, person)
    columns = [column.name for column in found.table(table).columns]
    return next(dict(zip(columns, one, strict=True)) for one in found.table(table).rows if one[0] == number)


def number_of(found: Extract, person: int) -> int:
    """Her running number, found by drawing the same people with the same key without her."""
    with_mark = [facts(n, hand_overs=int(n == person)) for n in range(1, 6)]
    marked = drawn(with_mark, basis=Basis.CONSENT, key=KEY, today=TODAY).table("people")
    return marked.column("hand_overs").index(1) + 1


@pytest.mark.parametrize(
    ("basis", "says", "inside"),
    [
        (Basis.CONSENT, True, True),
        (Basis.CONSENT, None, False),
        (Basis.CONSENT, False, False),
        (Basis.DECISION, True, True),
        (Basis.DECISION, None, True),
        (Basis.DECISION, False, False),
    ],
)
def test_who_is_in_it(basis: Basis, says: bool | None, inside: bool) -> None:
    """On consent those who said yes; on a decision all but those who said no; nobody protected or not yet started."""
    assert is_in(basis, says=says, protected=False, started=True) is inside
    assert not is_in(basis, says=says, protected=True, started=True)
    assert not is_in(basis, says=says, protected=False, started=False)


def test_four_people_are_too_few() -> None:
    """Fewer than five: nothing is given out (shared evaluation method, point 12)."""
    with pytest.raises(Rejection) as rejected:
        drawn([facts(n) for n in range(4)], basis=Basis.CONSENT, key=KEY, today=TODAY)
    assert rejected.value.problems[0].params == {"least": 5}
    assert drawn([facts(n) for n in range(5)], basis=Basis.CONSENT, key=KEY, today=TODAY).people == 5


def test_another_key_gives_other_numbers_to_the_same_people() -> None:
    """Two extracts cannot be joined by their numbers: these follow from secret chance, not from who she is."""
    people = [facts(n, hand_overs=n) for n in range(40)]
    one, two, again = (drawn(people, basis=Basis.CONSENT, key=key, today=TODAY) for key in (KEY, b"l" * 32, KEY))
    orders = [tuple(found.table("people").column("hand_overs")) for found in (one, two, again)]
    assert orders[0] != orders[1]
    assert orders[0] == orders[2]
    assert sorted(orders[0]) == sorted(orders[1]) == list(range(40))  # type: ignore[type-var]


def test_the_order_in_which_people_come_gives_nothing_away() -> None:
    """The same people in whatever order they are found make the same extract, to the hash."""
    people = [facts(n, hand_overs=n) for n in range(9)]
    one, two = (drawn(order, basis=Basis.CONSENT, key=KEY, today=TODAY) for order in (people, people[::-1]))
    assert one.hash == two.hash
    assert one.hash != drawn(people[1:], basis=Basis.CONSENT, key=KEY, today=TODAY).hash


def test_days_are_counted_from_her_own_start() -> None:
    """The day she said yes is 0; a stop day does not count; what is told before it is negative."""
    spell = SpellFact(
        "sickness_benefit", 50, Days(START - timedelta(days=100), START + timedelta(days=20)), "fk", True, True
    )
    found = row(extract(facts(1, spells=[spell])), "livelihood")
    assert (found["from_day"], found["to_day"], found["goes_on"], found["share"]) == (-100, 20, 0, 50)
    assert row(extract(facts(1, spells=[spell])), "people")["observed_from"] == -100


def test_what_is_under_way_is_told_up_to_whole_quarters_from_her_start() -> None:
    """With the day of the extract, an exact last day would give away the exact first: only the quarter may be known."""
    spell = SpellFact("social_assistance", 100, Days(START), "municipality", True, True)
    days = {row(extract(facts(1), today=TODAY + timedelta(days=n)), "people")["observed_until"] for n in range(15)}
    assert days == {(TODAY - START).days // 91 * 91}
    found = row(extract(facts(1, spells=[spell])), "livelihood")
    assert (found["to_day"], found["goes_on"]) == (4 * 91, 1)


def test_what_came_after_is_left_out() -> None:
    """Spells, measures and meetings after the last day that is told do not stand in it."""
    late = START + timedelta(days=4 * 91)
    person = facts(
        1,
        spells=[SpellFact("wage", 100, Days(late), "employer", True, False)],
        measures=[MeasureFact("work_training", "ongoing", None, START, Days(late), "employer", "af", "")],
        meetings=[MeetingFact(late, 2, frozenset({UUID(int=1)}), True)],
        plan_agreed_on=late,
    )
    found = extract(person)
    assert found.counts == {"people": 5, "livelihood": 0, "measures": 0, "meetings": 0, "follow_ups": 0}
    assert row(found, "people")["plan_agreed_day"] is None


def test_a_measure_that_ends_later_is_told_as_under_way() -> None:
    """Neither its end nor its outcome is known on the last day that is told."""
    end = START + timedelta(days=4 * 91 + 10)
    one = MeasureFact(
        "practice", "completed", 50, START, Days(START + timedelta(days=30), end), "employer", "af", "better"
    )
    found = row(extract(facts(1, measures=[one])), "measures")
    assert (found["status"], found["from_day"], found["to_day"], found["outcome"]) == ("ongoing", 30, None, "")


def test_a_closed_case_is_observed_to_its_last_day() -> None:
    """And how it ended stands there, in codes."""
    end = EndFact(START + timedelta(days=200), "goal_reached", "work")
    found = row(extract(facts(1, end=end)), "people")
    assert (found["observed_until"], found["ended_day"]) == (201, 200)
    assert (found["closing_reason"], found["destination"]) == ("goal_reached", "work")
    assert row(extract(), "people")["closing_reason"] == ""


def test_an_end_that_is_not_told_yet_leaves_no_trace() -> None:
    """Closed within the quarter that is not whole: under way, as of the last day that is told."""
    end = EndFact(START + timedelta(days=4 * 91 + 3), "goal_reached", "work")
    found = row(extract(facts(1, end=end)), "people")
    assert (found["observed_until"], found["ended_day"], found["destination"]) == (4 * 91, None, "")


def test_the_exposure() -> None:
    """Which forms of collaboration she had, and how much (domain.md §6)."""
    party = [UUID(int=n) for n in range(3)]
    person = facts(
        1,
        contact=[Days(START - timedelta(days=5), START + timedelta(days=50)), Days(START + timedelta(days=60))],
        meetings=[
            MeetingFact(START + timedelta(days=10), 3, frozenset(party[:2]), True),
            MeetingFact(START + timedelta(days=40), 2, frozenset(party[1:]), False),
        ],
        plan_agreed_on=START + timedelta(days=25),
        measures=[
            MeasureFact("guidance", "ongoing", None, START, Days(START + timedelta(days=first), stop), "af", "af", "")
            for first, stop in ((10, START + timedelta(days=20)), (15, None), (20, None))
        ],
        hand_overs=2,
        hand_overs_warm=1,
    )
    found = row(extract(person), "people")
    assert found["contact_days"] == 4 * 91 - 10
    assert (found["meetings"], found["parties_present"], found["plan_agreed_day"]) == (2, 3, 25)
    assert (found["measures"], found["measures_in_parallel"]) == (3, 2)
    assert (found["hand_overs"], found["hand_overs_warm"]) == (2, 1)


def test_months_of_public_support_before_the_referral() -> None:
    """Help comes too late: show how late (domain.md §6). Double support counts once, wages not; unknown is not zero."""
    referred = START - timedelta(days=30)

    def told(kind: str, back: int, days: int, public: bool) -> SpellFact:
        first = referred - timedelta(days=back)
        return SpellFact(kind, 100, Days(first, first + timedelta(days=days)), "fk", True, public)

    spells = [told("sickness_benefit", 730, 365, True), told("social_assistance", 700, 365, True)]
    spells += [told("wage", 300, 300, False)]
    known = row(extract(facts(1, referred_on=referred, spells=spells)), "people")
    assert (known["support_months_before"], known["referred_day"]) == (13, -30)
    assert row(extract(facts(1, referred_on=referred)), "people")["support_months_before"] is None


def test_the_answers_of_a_follow_up() -> None:
    """Points and scores; a missed one has its reason code. What was not answered is empty, not zero."""
    done_one = FollowUpFact("after", 6, START + timedelta(days=500), "done", "", {"health": 70, "occupation": "work"})
    missed = FollowUpFact("after", 12, START + timedelta(days=700), "missed", "not_reached", {})
    found = extract(facts(1, follow_ups=[missed, done_one]))
    table = found.table("follow_ups")
    assert table.column("health") == [70, None]
    assert table.column("occupation") == ["work", None]
    assert table.column("missed") == ["", "not_reached"]
    assert table.column("day") == [500, 700]


@pytest.mark.parametrize(("number", "sex"), [("198003032391", "man"), ("198003032383", "woman"), ("", "")])
def test_sex_is_what_the_personal_number_says(number: str, sex: str) -> None:
    """The last digit but one is odd for men; without a number it is not known (brief: else not known)."""
    assert sex_of(number) == sex


def test_bands_and_quarters() -> None:
    """Five-year bands from a multiple of five; calendar quarters."""
    assert [band_of(age) for age in (19, 20, 24, 25)] == ["15-19", "20-24", "20-24", "25-29"]
    assert [quarter_of(date(2026, month, 1)) for month in (1, 3, 4, 12)] == ["2026-Q1", "2026-Q1", "2026-Q2", "2026-Q4"]
    assert row(extract(facts(1, birth_year=None)), "people")["age_band"] == ""


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=8))
def test_days_and_levels_agree_with_counting_day_by_day(runs: list[tuple[int, int]]) -> None:
    """The most at once, and days covered, as somebody would count them with a calendar in hand."""
    spans = [Days(START + timedelta(days=a), START + timedelta(days=a + n)) for a, n in runs]
    calendar = [START + timedelta(days=n) for n in range(100)]
    assert most_at_once(spans) == max((sum(day in span for span in spans) for day in calendar), default=0)
    end = START + timedelta(days=40)
    covered = sum(any(day in span for span in spans) for day in calendar if day < end)
    assert days_in(START, end, spans) == covered


def test_no_date_and_no_id_stands_in_any_table() -> None:
    """Never a name, number, case id, free text or exact date: cells are whole numbers and codes."""
    person = facts(
        1,
        number="198003032391",
        spells=[SpellFact("wage", 100, Days(START), "employer", True, False)],
        measures=[MeasureFact("guidance", "ongoing", 50, START, Days(START), "af", "af", "")],
        meetings=[MeetingFact(START, 2, frozenset({UUID(int=7)}), True)],
    )
    text = "".join(as_csv(table) for table in extract(person).tables)
    assert not re.search(r"\d{4}-\d{2}-\d{2}|\d{6,}|[0-9a-f]{8}-", text)
    assert "2025-Q3" in text


def test_the_codebook_explains_every_column_in_two_languages() -> None:
    """Each column, unit, meaning, in Swedish and English."""
    rows = list(csv.DictReader(io.StringIO(codebook())))
    assert [(one["table"], one["column"]) for one in rows] == [
        (name, column.name) for name, columns in TABLES.items() for column in columns
    ]
    assert all(one["unit"] and one["betydelse"] and one["meaning"] for one in rows)
    assert all(one["betydelse"] != one["meaning"] for one in rows if " " in one["meaning"])


def test_every_row_fits_its_columns() -> None:
    """Whatever is told: as many cells as columns, whole numbers where the codebook says so."""
    end = EndFact(START + timedelta(days=100), "ill", "ill")
    found = extract(replace(facts(1, end=end), meetings=[MeetingFact(START, 1, frozenset(), True)]))
    for table in found.tables:
        for one in table.rows:
            for cell, column in zip(one, table.columns, strict=True):
                assert cell is None or isinstance(cell, int) is column.is_number, (table.name, column.name)
