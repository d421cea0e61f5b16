"""An extract as the columns that the engine reads (evaluation.spells.read_spells), which the domain does not know.

Days are put back on a calendar that is near enough for dated prices and gives away no day of hers.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from samverk.days import Days
from samverk.domain.extract import Cell, Extract

HALF_A_QUARTER = 45
SOURCE = "samverk"
MEETING_HOUR = "meeting_hour"
ACCOUNTS = {
    "fk": "FK",
    "af": "AF",
    "municipality": "municipality",
    "region": "region",
    "employer": "employer",
    "social_enterprise": "employer",
}
"""Kind of party → the engine's account (evaluation/prices.py). Any other payer is not known: its own row there."""
Columns = dict[str, list[object]]


@dataclass(frozen=True, slots=True)
class Observed:
    """Where her day 0 is put, and the days between which something is known of her."""

    day_zero: date
    days: Days


def observed(extract: Extract) -> dict[int, Observed]:
    """By running number, in order. Day 0 is the middle of her starting quarter: within 46 days of the real one.

    Whoever has not been observed on any day is left out.
    """
    people = extract.table("people")
    found: dict[int, Observed] = {}
    columns = (people.column(name) for name in ("person", "start_quarter", "observed_from", "observed_until"))
    for person, quarter, first, until in zip(*columns, strict=True):
        year, _, number = str(quarter).partition("-Q")
        zero = date(int(year), int(number) * 3 - 2, 1) + timedelta(days=HALF_A_QUARTER)
        start, stop = zero + _days(first), zero + _days(until)
        if start < stop:
            found[int(person or 0)] = Observed(zero, Days(start, stop))
    return found


def people_columns(extract: Extract) -> Columns:
    """person, observed_from, observed_until: also of those who have no row in a stream."""
    seen = observed(extract)
    return {
        "person": list(seen),
        "observed_from": [one.days.start for one in seen.values()],
        "observed_until": [one.days.stop for one in seen.values()],
    }


def livelihood_columns(extract: Extract) -> Columns:
    """The livelihood spells; extent is a share of 1, the payer one of the engine's accounts or not known."""
    table = extract.table("livelihood")
    rows = [dict(zip((column.name for column in table.columns), row, strict=True)) for row in table.rows]
    return _columns(
        extract,
        [
            (
                row["person"], row["kind"], row["from_day"], row["to_day"], int(row["share"] or 0) / 100,
                ACCOUNTS.get(str(row["payer"]), ""),
            )
            for row in rows
        ],
    )  # fmt: skip


def meeting_columns(extract: Extract, *, hours: float) -> Columns:
    """Officials' time in meetings, a spell of one day each: extent officials × `hours` a meeting. Nobody known pays."""
    table = extract.table("meetings")
    rows = [dict(zip((column.name for column in table.columns), row, strict=True)) for row in table.rows]
    return _columns(
        extract,
        [
            (row["person"], MEETING_HOUR, row["day"], int(row["day"] or 0) + 1, int(row["officials"] or 0) * hours, "")
            for row in rows
        ],
    )


def _columns(extract: Extract, rows: list[tuple[Cell, Cell, Cell, Cell, float, Cell]]) -> Columns:
    """The columns of evaluation.spells.read_spells. What has no extent is no spell."""
    seen = observed(extract)
    names = ("person", "kind", "start", "stop", "extent", "payer", "source", "observed_from", "observed_until")
    columns: Columns = {name: [] for name in names}
    for person, kind, first, stop, extent, payer in rows:
        if not extent:
            continue
        own = seen[int(person or 0)]
        told = (
            person, kind, own.day_zero + _days(first), own.day_zero + _days(stop), extent, payer, SOURCE,
            own.days.start, own.days.stop,
        )  # fmt: skip
        for name, value in zip(names, told, strict=True):
            columns[name].append(value)
    return columns


def _days(cell: Cell) -> timedelta:
    return timedelta(days=int(cell or 0))
