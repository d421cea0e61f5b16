"""A study's data and prices as the engine takes them: files of plain text, which are kept with the run and can be taken out.

Needs the optional libraries of `samverk[evaluation]`: import it where something is counted, inside the function.
"""

from collections.abc import Mapping
from typing import Any

from samverk.access import price_engine, prices
from samverk.access.permit import A, Permit
from samverk.domain.extract import Cell, Extract
from samverk.domain.extract_input import meeting_columns, observed
from samverk.domain.follow_up import DIMENSIONS
from samverk.evaluation.calendar import day_number
from samverk.evaluation.prices import PriceBook
from samverk.evaluation.problems import Invalid
from samverk.evaluation.study_data import SPELLS, STATE, StudyData, book_text

PARTIES = {
    "fk": "FK", "af": "AF", "municipality": "municipality", "region": "region",
    "employer": "employer", "social_enterprise": "employer",
}  # fmt: skip
"""The kinds of parties that the price book has an account for; what another pays is not given to anyone."""
ANSWERS = (
    "health", "situation", "confidence", "direction", "whole_view", "taking_part", "engagement", "enough_time", "continuity",
)  # fmt: skip
NOT_LIVELIHOOD = frozenset({"none"})
_POINTS = {"start": 0, "end": 1}
"""When an answer was given, in months: at the start, at the end, then as many months after it."""


def extract_files(extract: Extract, *, meeting_hours: float, flow: Mapping[str, int]) -> dict[str, str]:
    """An extract as the engine's files. `meeting_hours`: how long each meeting is assumed to have lasted.

    Whoever has not been observed on any day is left out, and counted in the flow as "unseen".
    """
    seen = {person: day_number(one.day_zero) for person, one in observed(extract).items()}
    table = extract.table("people")
    rows = [row for row in _rows(extract, "people") if row["person"] in seen]
    people: dict[str, list[Any]] = {
        "person": [row["person"] for row in rows],
        "start": [seen[_number(row["person"])] for row in rows],
        "observed_from": [seen[_number(row["person"])] + _number(row["observed_from"]) for row in rows],
        "observed_until": [seen[_number(row["person"])] + _number(row["observed_until"]) for row in rows],
        "quarter": [row["start_quarter"] for row in rows],
        "age": [_middle(str(row["age_band"] or "")) for row in rows],
        "sex": [row["sex"] or "" for row in rows],
        "group": [1] * len(rows),
        "team": [0] * len(rows),
    }
    zero = dict(zip(people["person"], people["start"], strict=True))
    livelihood, services, answers = _empty(SPELLS), _empty(SPELLS), _empty_answers()
    for row in _rows(extract, "livelihood"):
        if row["kind"] not in NOT_LIVELIHOOD and row["person"] in zero:
            _add(livelihood, zero, row, share=_number(row["share"]) / 100, last=row["to_day"])
    until = {
        person: stop - zero[person] for person, stop in zip(people["person"], people["observed_until"], strict=True)
    }
    for row in _rows(extract, "measures"):
        if row["person"] in zero:
            extent = 1.0 if row["extent"] is None else _number(row["extent"]) / 100
            _add(
                services, zero, row, share=extent, last=until[row["person"]] if row["to_day"] is None else row["to_day"]
            )
    _add_meetings(services, extract, meeting_hours, zero)
    asked = _rows(extract, "follow_ups")
    forms = {str(row["instrument"]) for row in asked if row["instrument"]}
    for row in asked:
        if row["person"] in zero:
            _answered(answers, row, form=next(iter(forms)) if len(forms) == 1 else "")
    left = {**flow, "unseen": len(table.rows) - len(rows)}
    return StudyData(
        people=people, livelihood=livelihood, services=services, answers=answers, flow=left, source="extract"
    ).files()


def book_for(permit: Permit[A], fingerprint: str) -> str | None:
    """The approved price book of that fingerprint as the engine's text, in the prices of one year where an index allows it.

    The newest year of its prices; each row's source says how it was moved. None where there is no such book.
    """
    head = next((one for one in prices.versions(permit) if one.fingerprint == fingerprint), None)
    if head is None:
        return None
    table = prices.table(permit, head)
    book = price_engine.engine_book(table).seen_from("")
    return book_text(_one_year(book, price_engine.indices(table)))


def _one_year(book: PriceBook, indices: Mapping[str, Any]) -> PriceBook:
    years = [row.price_year for row in book.rows if row.amount is not None]
    for name in sorted(indices):
        try:
            return book.in_prices_of(max(years), indices[name]) if years else book
        except Invalid:
            continue
    return book


def _rows(extract: Extract, name: str) -> list[dict[str, Cell]]:
    table = extract.table(name)
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def _empty(columns: Mapping[str, object]) -> dict[str, list[Any]]:
    return {name: [] for name in columns}


def _empty_answers() -> dict[str, list[Any]]:
    return _empty(dict.fromkeys(("person", "months", "measure", "value")))


def _add(
    into: dict[str, list[Any]], zero: Mapping[Any, int], row: Mapping[str, Cell], *, share: float, last: Cell
) -> None:
    first, stop = _number(row["from_day"]), _number(last)
    if share <= 0 or stop <= first:
        return
    day = zero[row["person"]]
    payer = PARTIES.get(str(row["payer"] or ""), "")
    spell = (row["person"], row["kind"], day + first, day + stop, share, payer, "samverk")
    for name, value in zip(SPELLS, spell, strict=True):
        into[name].append(value)


def _add_meetings(into: dict[str, list[Any]], extract: Extract, hours: float, zero: Mapping[Any, int]) -> None:
    if not hours:
        return
    columns = meeting_columns(extract, hours=hours)
    for person, kind, start, stop, extent in zip(
        *(columns[name] for name in ("person", "kind", "start", "stop", "extent")), strict=True
    ):
        if person in zero:
            days = (day_number(start), day_number(stop))
            for name, value in zip(SPELLS, (person, kind, *days, extent, "", "samverk"), strict=True):
                into[name].append(value)


def _answered(into: dict[str, list[Any]], row: Mapping[str, Cell], *, form: str) -> None:
    """What she answered, and what she did not. `form`: the health form of all who were asked, "" where there are several."""
    months = _POINTS.get(str(row["point"]), _number(row["months"]))
    told: list[tuple[str, Cell]] = [(measure, row[measure]) for measure in ANSWERS]
    own = str(row["instrument"] or form)
    if own:
        levels = [row[dimension] for dimension in DIMENSIONS]
        told.append((f"{STATE}{own}", None if None in levels else "".join(str(level) for level in levels)))
    for measure, value in told:
        if value is None and row["status"] == "done":
            continue
        cells = (row["person"], months, measure, float("nan") if value is None else float(value))
        for name, one in zip(into, cells, strict=True):
            into[name].append(one)


def _number(cell: Cell) -> int:
    return int(cell or 0)


def _middle(band: str) -> int:
    """The middle of a band of ages, as 40-44; -1 where it is not known."""
    first, _, last = band.partition("-")
    return (int(first) + int(last)) // 2 if first.isdigit() and last.isdigit() else -1
