"""Costs from the price book of the evaluation engine: its kinds are this model's bands, its accounts these parties."""

from datetime import date

from samverk.evaluation.prices import RESOURCES, PriceBook, Unit
from samverk.fates.costs import PRICES, Costs, pay
from samverk.fates.states import BANDS, Party

# The book's names of the parties; whoever has none here cannot be charged in this model.
PARTY_OF: dict[str, Party] = {
    "state": Party.STATE,
    "FK": Party.INSURANCE,
    "AF": Party.EMPLOYMENT,
    "region": Party.REGION,
    "municipality": Party.MUNICIPALITY,
    "employer": Party.EMPLOYER,
    "participant": Party.PARTICIPANT,
    RESOURCES: Party.OUTSIDE,
}
# What a unit is in a month of the model, whose months are a twelfth of a year.
PER_MONTH = {Unit.DAY: 365.25 / 12, Unit.WEEKDAY: 365.25 * 5 / 7 / 12, Unit.MONTH: 1.0, Unit.YEAR: 1 / 12}


def costs_of_book(book: PriceBook, *, on: date, perspective: str = "") -> Costs:
    """SEK a month by band and party: the rows of `book` whose kind is a band and that hold on a day.

    Other kinds are left alone. Raises ValueError, naming the row, for a price per visit, one without an amount, and a
    payer or receiver that is not in the model.
    """
    made = Costs()
    for row in book.seen_from(perspective).rows:
        if row.kind not in BANDS or (row.valid_from or on) > on or (row.valid_to or date.max) <= on:
            continue
        where = f"{row.kind}, {row.payer} to {row.receiver}"
        if row.amount is None:
            raise ValueError(f"{where}: no amount can be sourced, and none is made up")
        if row.unit not in PER_MONTH:
            raise ValueError(f"{where}: {row.unit} says nothing of a month")
        unknown = {row.payer, row.receiver} - PARTY_OF.keys()
        if unknown:
            raise ValueError(f"{where}: {', '.join(sorted(unknown))} has no account in this model")
        parties = made.monthly[PRICES, BANDS.index(row.kind)]
        pay(parties, PARTY_OF[row.payer], PARTY_OF[row.receiver], row.amount * PER_MONTH[row.unit])
    return made
