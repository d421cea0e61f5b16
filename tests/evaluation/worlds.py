"""Generated worlds: spells and prices that hold what registers hold, small enough to count by hand."""

from datetime import date, timedelta

from hypothesis import strategies as st

from samverk.evaluation.oracle import Row
from samverk.evaluation.prices import PARTIES, RESOURCES, SPELL_PAYER, Nature, Price, PriceBook, Unit
from samverk.evaluation.spells import Spells, Stream, read_spells

FIRST = date(2019, 12, 20)
LAST = date(2021, 3, 10)  # over a leap day, two new years and months of all lengths
KINDS = ("sickness benefit", "social assistance", "wage", "wage subsidy")
PAYERS = ("", "FK", "municipality", "the county")  # one not known, one that is no party

days = st.integers(0, (LAST - FIRST).days - 1).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    """Spells of up to six people; a person has each kind and payer at most once at a time."""
    found: list[Row] = []
    for _ in range(draw(st.integers(0, 25))):
        start = draw(days)
        row = Row(
            person=draw(st.sampled_from(["Anna", "Bo", "Cia", "Dag", "Eva", "Egon"])),
            kind=draw(st.sampled_from(KINDS)),
            start=start,
            stop=start + timedelta(days=draw(st.integers(1, 200))),
            extent=draw(st.sampled_from([0.25, 0.3, 0.5, 0.75, 1.0])),
            payer=draw(st.sampled_from(PAYERS)),
        )
        same = [o for o in found if (o.person, o.kind, o.payer) == (row.person, row.kind, row.payer)]
        if not any(o.start < row.stop and row.start < o.stop for o in same):
            found.append(row)
    return found


@st.composite
def books(draw: st.DrawFn) -> PriceBook:
    """Every kind has a price on every day; some have several rows, some change in the middle."""
    found: list[Price] = []
    for kind in KINDS:
        for n in range(draw(st.integers(1, 3))):
            payer, receiver = draw(
                st.lists(st.sampled_from([*PARTIES, SPELL_PAYER, RESOURCES]), min_size=2, max_size=2, unique=True)
            )
            change = draw(st.none() | days)
            for since, until in ((None, change), (change, None)) if change else ((None, None),):
                found.append(
                    Price(
                        kind=kind,
                        name=str(n),
                        payer=payer,
                        receiver=receiver,
                        amount=draw(st.integers(0, 4_000_000)) / 100,
                        unit=draw(st.sampled_from([Unit.DAY, Unit.WEEKDAY, Unit.MONTH, Unit.YEAR])),
                        price_year=2020,
                        source="invented for a test",
                        nature=Nature.RESOURCE if RESOURCES in (payer, receiver) else Nature.TRANSFER,
                        valid_from=since,
                        valid_to=until,
                    )
                )
    return PriceBook(tuple(found))


def spells_of(found: list[Row], stream: Stream = Stream.LIVELIHOOD) -> Spells:
    """The rows in columns."""
    until = date(2022, 1, 1)
    return read_spells(
        {
            "person": [row.person for row in found],
            "kind": [row.kind for row in found],
            "start": [row.start for row in found],
            "stop": [row.stop for row in found],
            "extent": [row.extent for row in found],
            "payer": [row.payer for row in found],
            "source": ["a test"] * len(found),
            "observed_until": [until] * len(found),
        },
        stream=stream,
    )
