"""Chapter 15, evaluation: an extract becomes what the engine reads, on a calendar that gives away no day."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from samverk.days import Days
from samverk.domain.extract import Basis, Extract, MeetingFact, PersonFacts, SpellFact, drawn
from samverk.domain.extract_input import livelihood_columns, meeting_columns, observed, people_columns

spells_of_the_engine = pytest.importorskip("samverk.evaluation.spells")

TODAY = date(2026, 11, 22)
START = date(2025, 9, 10)


def extract(*, spells: list[SpellFact], meetings: list[MeetingFact] | None = None, started_on: date = START) -> Extract:
    """Of five people of whom one has those spells and meetings."""
    plain = PersonFacts(id=UUID(int=1), started_on=started_on, referred_on=started_on, birth_year=None, number="")
    told = replace(plain, spells=spells, meetings=meetings or [])
    people = [told, *(replace(plain, id=UUID(int=n)) for n in range(2, 6))]
    return drawn(people, basis=Basis.CONSENT, key=b"k", today=TODAY)


def spell(first: int, stop: int | None, *, share: int = 100, kind: str = "sickness_benefit") -> SpellFact:
    days = Days(START + timedelta(days=first), None if stop is None else START + timedelta(days=stop))
    return SpellFact(kind, share, days, "fk", True, True)


def read(found: Extract):  # type: ignore[no-untyped-def]
    """As the engine reads it."""
    return spells_of_the_engine.read_spells(
        livelihood_columns(found), stream=spells_of_the_engine.Stream.LIVELIHOOD, people=people_columns(found)
    )


def test_spells_are_read_by_the_engine() -> None:
    """Person, kind, days, share, payer: what evaluation.spells wants; people without any spell are in it too."""
    spells = read(extract(spells=[spell(-50, 10, share=50), spell(10, None)]))
    assert (len(spells), spells.people.size) == (2, 5)
    assert (spells.stop - spells.start).tolist() == [60, 4 * 91 - 10]
    assert spells.extent.tolist() == [0.5, 1.0]
    assert (spells.kinds, spells.payers, spells.sources) == (("sickness_benefit",), ("FK",), ("samverk",))
    assert (spells.observed_until - spells.observed_from).tolist().count(4 * 91) == 4


@pytest.mark.parametrize("started_on", [date(2025, 1, 1), date(2025, 3, 31), date(2024, 2, 29), date(2024, 12, 31)])
def test_day_zero_lies_in_the_middle_of_her_quarter(started_on: date) -> None:
    """Near enough for dated prices, within 46 days of the real day, and the same for all who began in that quarter."""
    zeros = {one.day_zero for one in observed(extract(spells=[], started_on=started_on)).values()}
    assert len(zeros) == 1
    zero = zeros.pop()
    assert abs((zero - started_on).days) <= 46
    assert (zero.year, (zero.month + 2) // 3, zero.day) == (started_on.year, (started_on.month + 2) // 3, zero.day)


def test_whoever_began_today_has_not_been_observed() -> None:
    """Not a day is told of her yet: no months that could be counted."""
    assert observed(extract(spells=[], started_on=TODAY)) == {}


def test_spells_that_contradict_one_another_are_told_by_row() -> None:
    """Twice the whole of the same livelihood on the same day is no data: the engine says so."""
    from samverk.evaluation.problems import Invalid

    with pytest.raises(Invalid):
        read(extract(spells=[spell(0, 50), spell(10, 60)]))


def test_the_cost_of_collaboration_itself() -> None:
    """Officials times hours a meeting, where the hours are the evaluator's assumption: no length is recorded."""
    day = START + timedelta(days=20)
    party = frozenset({UUID(int=9)})
    meetings = [MeetingFact(day, 3, party, True), MeetingFact(day + timedelta(days=1), 0, frozenset(), True)]
    found = extract(spells=[], meetings=meetings)
    hours = spells_of_the_engine.read_spells(
        meeting_columns(found, hours=1.5), stream=spells_of_the_engine.Stream.SERVICE, people=people_columns(found)
    )
    assert (hours.kinds, hours.extent.tolist()) == (("meeting_hour",), [4.5])
    assert (hours.stop - hours.start).tolist() == [1]
    assert hours.people.size == 5


def test_prices_can_be_put_on_them() -> None:
    """The whole way: an extract, a price, and what it cost whom."""
    from samverk.evaluation.costs import costs_of
    from samverk.evaluation.prices import Price, PriceBook, Unit

    book = PriceBook(
        (
            Price(
                kind="sickness_benefit", payer="*", receiver="participant", amount=100.0, unit=Unit.DAY,
                price_year=2025, name="benefit", source="made up for the test", assumption=True,
            ),
        ),
        note="invented",
    )  # fmt: skip
    spells = read(extract(spells=[spell(0, 10, share=50)]))
    costs = costs_of([spells], book, people=spells.people, lo=spells.observed_from, hi=spells.observed_until)
    assert costs.of("participant").sum() == pytest.approx(500.0)
    assert costs.of("FK").sum() == pytest.approx(-500.0)
