"""An extract for evaluation: who is in it, and how it is made so that it holds figures and nobody's name.

Who (domain.md §2: an evaluator sees figures, not names; shared evaluation method, point 12: small cells are withheld):

- she has started in the programme, and no level of protected identity is set;
- on her consent: she has said yes; on a party's decision: she has not said no;
- fewer than five such people: nothing is given out.

How: a number drawn anew for each extract; days counted from her own start; the quarter of the start, five-year bands of
age, codes and counts. No name, number, id, free text or date. What is still under way is told only up to a whole number
of QUARTER days from her start: with the day of the extract, an exact last day would give away the exact first.
"""

import csv
import hashlib
import hmac
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from samverk.days import ONE_DAY, Days, uncovered
from samverk.domain.extract_columns import ANSWERED, TABLES, Column
from samverk.domain.words import Rejection, gettext_noop

LEAST = 5
QUARTER = 91
BAND = 5
DAYS_A_MONTH = 365.25 / 12
TOO_FEW = gettext_noop(
    "Färre än %(least)d personer kan vara med. Då lämnas inget ut, för den som läser skulle kunna räkna ut vilka de är."
)
Cell = int | str | None
Row = tuple[Cell, ...]


class Basis(StrEnum):
    """What an extract rests on."""

    CONSENT = "consent"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class SpellFact:
    """A livelihood as told. `days.stop` None: until further notice. `public`: whether it is public support."""

    kind: str
    share: int
    days: Days
    payer: str
    decided: bool
    public: bool


@dataclass(frozen=True, slots=True)
class MeasureFact:
    """A measure that has begun. Provider and payer are kinds of parties."""

    kind: str
    status: str
    extent: int | None
    proposed_on: date
    days: Days
    provider: str
    payer: str
    outcome: str


@dataclass(frozen=True, slots=True)
class MeetingFact:
    """A meeting that was held, and who was there."""

    day: date
    officials: int
    parties: frozenset[UUID]
    participant: bool


@dataclass(frozen=True, slots=True)
class FollowUpFact:
    """One point that was answered or missed. `points`: what was answered, by the columns' names."""

    point: str
    months: int
    day: date
    status: str
    missed: str
    points: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class EndFact:
    """The closing that holds."""

    day: date
    reason: str
    destination: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """Everything about one person that an extract is made of."""

    id: UUID
    started_on: date
    referred_on: date
    birth_year: int | None
    number: str
    """Her personal number, for her sex alone; "" without one."""
    end: EndFact | None = None
    plan_agreed_on: date | None = None
    contact: Sequence[Days] = ()
    hand_overs: int = 0
    hand_overs_warm: int = 0
    spells: Sequence[SpellFact] = ()
    measures: Sequence[MeasureFact] = ()
    meetings: Sequence[MeetingFact] = ()
    follow_ups: Sequence[FollowUpFact] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under the columns of `domain.extract_columns.TABLES`."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def column(self, name: str) -> list[Cell]:
        """All that stands in one column."""
        place = [column.name for column in self.columns].index(name)
        return [row[place] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Extract:
    """De-identified tables of at least five people."""

    basis: Basis
    tables: tuple[Table, ...]
    decision: UUID | None = None
    """What it rests on; None: consent."""

    def table(self, name: str) -> Table:
        """The table of that name; KeyError without one."""
        return {table.name: table for table in self.tables}[name]

    @property
    def people(self) -> int:
        """How many people are in it."""
        return len(self.table("people").rows)

    @property
    def counts(self) -> dict[str, int]:
        """Rows in each table."""
        return {table.name: len(table.rows) for table in self.tables}

    @property
    def hash(self) -> str:
        """SHA-256 of the tables as CSV, in their order: the same data, the same 64 digits."""
        whole = hashlib.sha256()
        for table in self.tables:
            whole.update(f"{table.name}\n{as_csv(table)}".encode())
        return whole.hexdigest()


def is_in(basis: Basis, *, says: bool | None, protected: bool, started: bool) -> bool:
    """Whether somebody is in an extract on that basis. `says`: her own yes or no, None: she has not said."""
    return started and not protected and (says is True if basis is Basis.CONSENT else says is not False)


def drawn(people: Iterable[PersonFacts], *, basis: Basis, key: bytes, today: date) -> Extract:
    """The extract of those people as of `today`. Rejection when they are fewer than five.

    `key`: secret chance, of this extract alone and thrown away after: numbers follow from it, and two extracts cannot
    be joined by them.
    """
    order = sorted(people, key=lambda one: _place(one.id, key))
    if len(order) < LEAST:
        raise Rejection(TOO_FEW, "", least=LEAST)
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for number, facts in enumerate(order, start=1):
        for name, found in _Own(facts, today).tables().items():
            rows[name] += [(number, *row) for row in found]
    return Extract(basis, tuple(Table(name, columns, tuple(rows[name])) for name, columns in TABLES.items()))


def numbered(people: Iterable[UUID], *, key: bytes) -> dict[int, UUID]:
    """Who got which number in the extract of these people that was drawn with `key`."""
    return dict(enumerate(sorted(people, key=lambda one: _place(one, key)), start=1))


def _place(person: UUID, key: bytes) -> bytes:
    return hmac.new(key, person.bytes, hashlib.sha256).digest()


def as_csv(table: Table) -> str:
    """The table as CSV, one header line; an empty cell is one not known."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows(table.rows)
    return text.getvalue()


def codebook() -> str:
    """Each table's columns with unit and meaning in Swedish and English, as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["table", "column", "unit", "betydelse", "meaning"])
    for name, columns in TABLES.items():
        writer.writerows([name, column.name, column.unit, column.sv, column.en] for column in columns)
    return text.getvalue()


def sex_of(number: str) -> str:
    """ "man" or "woman" by the last digit but one of a twelve-digit number (odd: man; Folkbokföringslagen § 18)."""
    return "" if not number else "man" if int(number[-2]) % 2 else "woman"


def quarter_of(day: date) -> str:
    """Year and quarter, as 2026-Q1."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def band_of(age: int) -> str:
    """The five years that the age lies in, as 40-44."""
    first = age // BAND * BAND
    return f"{first}-{first + BAND - 1}"


def most_at_once(runs: Iterable[Days]) -> int:
    """The most of the runs that any one day lies in."""
    edges: list[tuple[date, int]] = []
    for run in runs:
        edges.append((run.start, 1))
        if run.stop is not None:
            edges.append((run.stop, -1))
    level = most = 0
    for _day, step in sorted(edges):
        level += step
        most = max(most, level)
    return most


def days_in(start: date, stop: date, runs: Iterable[Days]) -> int:
    """On how many of the days from `start` up to, not including, `stop` any of the runs lies."""
    left = uncovered(Days(start, stop), runs)
    return (stop - start).days - sum(((gap.stop or stop) - gap.start).days for gap in left)


class _Own:
    """One person's rows, on her own calendar."""

    def __init__(self, facts: PersonFacts, today: date) -> None:
        self.facts = facts
        whole = (today - facts.started_on).days // QUARTER * QUARTER
        closed = self._day(facts.end.day) + 1 if facts.end else whole
        self.until = max(min(whole, closed), 0)

    def _day(self, day: date) -> int:
        return (day - self.facts.started_on).days

    def tables(self) -> dict[str, list[Row]]:
        """All her rows by table, without her number."""
        livelihood = sorted((self._spell(one) for one in self.facts.spells if self._seen(one.days.start)), key=_order)
        first = min((int(row[2] or 0) for row in livelihood), default=0)
        return {
            "people": [self._person(min(first, 0))],
            "livelihood": livelihood,
            "measures": sorted((self._measure(one) for one in self._measures()), key=_order),
            "meetings": sorted((self._meeting(one) for one in self._meetings()), key=_order),
            "follow_ups": sorted((self._follow_up(one) for one in self.facts.follow_ups), key=_order),
        }

    def _seen(self, day: date) -> bool:
        return self._day(day) < self.until

    def _meetings(self) -> list[MeetingFact]:
        return [one for one in self.facts.meetings if self._seen(one.day)]

    def _measures(self) -> list[MeasureFact]:
        return [one for one in self.facts.measures if self._seen(one.days.start)]

    def _person(self, observed_from: int) -> Row:
        facts, held, begun = self.facts, self._meetings(), self._measures()
        end = facts.end if facts.end and self._day(facts.end.day) < self.until else None
        agreed = facts.plan_agreed_on
        return (
            quarter_of(facts.started_on),
            "" if facts.birth_year is None else band_of(facts.started_on.year - facts.birth_year),
            sex_of(facts.number),
            observed_from,
            self.until,
            self._support_months(),
            self._day(facts.referred_on),
            self._contact_days(),
            len(held),
            len({party for one in held for party in one.parties}),
            self._day(agreed) if agreed and self._seen(agreed) else None,
            len(begun),
            most_at_once(one.days for one in begun),
            facts.hand_overs,
            facts.hand_overs_warm,
            self._day(end.day) if end else None,
            end.reason if end else "",
            end.destination if end else "",
        )

    def _support_months(self) -> int | None:
        """Whole months, to the nearest, of days with public support before the referral."""
        before = [one for one in self.facts.spells if one.days.start < self.facts.referred_on]
        if not before:
            return None
        public = [one.days for one in before if one.public]
        first = min(one.days.start for one in before)
        return round(days_in(first, self.facts.referred_on, public) / DAYS_A_MONTH)

    def _contact_days(self) -> int:
        if not self.until:
            return 0
        start = self.facts.started_on
        return days_in(start, start + self.until * ONE_DAY, self.facts.contact)

    def _stop(self, days: Days) -> tuple[int, int]:
        """The stop day as far as it is told, and whether it goes on after that."""
        stop = self.until + 1 if days.stop is None else self._day(days.stop)
        return min(stop, self.until), int(stop > self.until)

    def _spell(self, one: SpellFact) -> Row:
        stop, goes_on = self._stop(one.days)
        return (one.kind, one.share, self._day(one.days.start), stop, goes_on, one.payer, int(one.decided))

    def _measure(self, one: MeasureFact) -> Row:
        stop, goes_on = self._stop(one.days)
        status = "ongoing" if goes_on else one.status
        return (
            one.kind,
            status,
            one.extent,
            self._day(one.proposed_on),
            self._day(one.days.start),
            None if goes_on else stop,
            one.provider,
            one.payer,
            "" if goes_on else one.outcome,
        )

    def _meeting(self, one: MeetingFact) -> Row:
        return (self._day(one.day), one.officials, len(one.parties), int(one.participant))

    def _follow_up(self, one: FollowUpFact) -> Row:
        told = [one.points.get(name) for name in ANSWERED]
        return (one.point, one.months, self._day(one.day), one.status, one.missed, *told)


def _order(row: Row) -> tuple[tuple[bool, object], ...]:
    """A fixed order of one person's rows, whatever order they were found in; empty cells come first."""
    return tuple((cell is not None, 0 if cell is None else cell) for cell in row)
