"""A data set constructed so that the engine gives FRISAM's printed figures. It is no one's data.

Printed (National Board of Health and Welfare, FRISAM final report, 2001): 120 people were better off by SEK 13.6
million a year for the public purse: state 5.0, FK 4.0, county councils 2.6, municipalities 1.1, labour market
administration -0.2; the parts sum to 12.5, and the rest is not assigned in the text. Theoretical pay-off: six months.

Constructed here: who had what, when, and a price of SEK 100,000 for each full year of everything, which prices nothing
but makes the sums come out. It shows that the method closes and keeps the rest on its own row; it shows nothing about
the 120 people.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from samverk.evaluation.calendar import DayNumbers, day_number
from samverk.evaluation.improvement import Improvement, Windows
from samverk.evaluation.prices import RESOURCES, SPELL_PAYER, UNALLOCATED, Nature, Price, PriceBook, Unit
from samverk.evaluation.spells import Spells, Stream, read_spells

PEOPLE = 120
PRINTED_TOTAL = 13.6  # million SEK a year
PRINTED = {"state": 5.0, "FK": 4.0, "region": 2.6, "municipality": 1.1, "AF": -0.2}
PRINTED_PAY_OFF = 6.0  # months
CONSTRUCTED = "constructed to FRISAM's printed totals; no price"
_FULL_YEAR = 100_000.0
_BEFORE, _AFTER = (date(1997, 1, 1), date(1998, 1, 1)), (date(1999, 1, 1), date(2000, 1, 1))
# kind: people who had it the whole year before, and the whole year after
_HAD = {
    "taxes and VAT": (10, 60),
    "sickness benefit": (70, 30),
    "care": (40, 14),
    "social assistance": (25, 14),
    "wage subsidy": (0, 2),
    "support whose payer the text does not name": (16, 5),
}


@dataclass(frozen=True, slots=True, eq=False)
class Constructed:
    """Spells, prices and windows; all constructed."""

    livelihood: Spells
    book: PriceBook
    windows: Windows


def constructed() -> Constructed:
    """The data set: 120 numbered people, one year before and one year after."""
    rows: list[tuple[int, str, date, date]] = []
    for place, (kind, had) in enumerate(_HAD.items()):
        for shift, (start, stop), many in zip((0, 53), (_BEFORE, _AFTER), had, strict=True):
            rows += [((place * 17 + shift + n * 7) % PEOPLE, kind, start, stop) for n in range(many)]
    until = day_number(_AFTER[1])
    since = day_number(_BEFORE[0])
    table: dict[str, Any] = {
        "person": [row[0] for row in rows],
        "kind": [row[1] for row in rows],
        "start": [row[2] for row in rows],
        "stop": [row[3] for row in rows],
        "extent": [1.0] * len(rows),
        "payer": [""] * len(rows),
        "source": [CONSTRUCTED] * len(rows),
        "observed_until": [until] * len(rows),
    }
    everyone = {"person": np.arange(PEOPLE), "observed_until": [until] * PEOPLE, "observed_from": [since] * PEOPLE}

    def each(day: date) -> DayNumbers:
        return np.full(PEOPLE, day_number(day), dtype=np.int32)

    return Constructed(
        livelihood=read_spells(table, stream=Stream.LIVELIHOOD, people=everyone),
        book=_book(),
        windows=Windows(np.arange(PEOPLE), each(_BEFORE[0]), each(_BEFORE[1]), each(_AFTER[0]), each(_AFTER[1])),
    )


def _book() -> PriceBook:
    sides = {
        "taxes and VAT": ("participant", "state"),
        "sickness benefit": ("FK", "participant"),
        "care": ("region", RESOURCES),
        "social assistance": ("municipality", "participant"),
        "wage subsidy": ("AF", "employer"),
        "support whose payer the text does not name": (SPELL_PAYER, "participant"),
    }
    return PriceBook(
        tuple(
            Price(
                kind=kind,
                payer=payer,
                receiver=receiver,
                amount=_FULL_YEAR,
                unit=Unit.YEAR,
                price_year=1999,
                source=CONSTRUCTED,
                nature=Nature.RESOURCE if receiver == RESOURCES else Nature.TRANSFER,
                assumption=True,
            )
            for kind, (payer, receiver) in sides.items()
        ),
        note=CONSTRUCTED,
    )


def public_parts(found: Improvement) -> dict[str, float]:
    """The printed rows and the unallocated one, in millions of SEK a year with one decimal, as the report prints them."""
    totals = found.totals()
    return {party: round(totals[party] / 1e6, 1) for party in (*PRINTED, UNALLOCATED)}
