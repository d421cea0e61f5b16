"""Livelihood as an unbroken line: where it breaks, how far ahead that is seen, and what it costs to be active."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from samverk.days import ONE_DAY, Days, through, uncovered
from samverk.domain.past import too_far_back
from samverk.domain.words import Problem, Rejection, gettext_noop

WHOLE = 100
AHEAD_DAYS = 90
LINE = 200
MOST_SEK = 1_000_000
"""A month's amount above this is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Spell:
    """What she lives on during some days. `covers` False: a spell of none."""

    kind: str
    days: Days
    share: int = WHOLE
    covers: bool = True


@dataclass(frozen=True, slots=True)
class Segment:
    """Days on which the same spells run."""

    days: Days
    spells: tuple[Spell, ...]

    @property
    def share(self) -> int:
        """How many per cent are provided for, all together. More than 100 is possible, and odd."""
        return sum(spell.share for spell in self.spells if spell.covers)


class GapKind(StrEnum):
    """How the line breaks."""

    GAP = "gap"
    ENDS = "ends"
    LESS = "less"


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without livelihood, or (LESS) with a smaller share than just before: `share` is what is left."""

    days: Days
    kind: GapKind
    share: int = 0

    @property
    def last_before(self) -> date:
        """The last day before the line breaks."""
        return self.days.start - ONE_DAY


def line(spells: Iterable[Spell]) -> tuple[Segment, ...]:
    """The spells cut at every day on which something begins or ends, in order. Empty days are left out."""
    spells = tuple(spells)
    cuts = sorted({s.days.start for s in spells} | {s.days.stop for s in spells if s.days.stop is not None})
    segments: list[Segment] = []
    for n, cut in enumerate(cuts):
        days = Days(cut, cuts[n + 1] if n + 1 < len(cuts) else None)
        here = tuple(spell for spell in spells if cut in spell.days)
        if here:
            segments.append(Segment(days, here))
    return tuple(segments)


def gaps(spells: Iterable[Spell], today: date, ahead_days: int = AHEAD_DAYS) -> tuple[Gap, ...]:
    """Where livelihood is missing today or breaks within `ahead_days`, in order.

    GAP: days without anything (since before today, too). ENDS: the last spell ends and nothing is decided after it.
    LESS: one of several spells ends and the rest is less than a whole.
    """
    covering = [spell for spell in spells if spell.covers]
    horizon = today + timedelta(days=ahead_days)
    missing = holes(covering, today)
    found = [
        Gap(run, GapKind.ENDS if run.stop is None and run.start > today else GapKind.GAP)
        for run in missing
        if run.start < horizon and (run.stop is None or run.stop > today)
    ]
    return tuple(sorted([*found, *_less(line(covering), today, horizon)], key=lambda gap: gap.days.start))


def holes(spells: Iterable[Spell], today: date) -> tuple[Days, ...]:
    """Every run of days that nothing covers, from the first spell (or today, when none has begun) on."""
    covers = [spell.days for spell in spells if spell.covers]
    first = min((days.start for days in covers), default=today)
    return tuple(uncovered(Days(min(first, today)), covers))


def _less(segments: tuple[Segment, ...], today: date, horizon: date) -> list[Gap]:
    found: list[Gap] = []
    before: Segment | None = None
    for segment in segments:
        joined = before is not None and before.days.stop == segment.days.start
        falls = before is not None and joined and segment.share < min(before.share, WHOLE)
        if falls and today < segment.days.start < horizon:
            found.append(Gap(segment.days, GapKind.LESS, segment.share))
        before = segment
    return found


def covered_through(spells: Iterable[Spell], today: date) -> date | None:
    """The last day before the next hole. None: no hole ahead. The day before today: nothing covers today."""
    ahead = [run for run in holes(spells, today) if run.stop is None or run.stop > today]
    return max(ahead[0].start, today) - ONE_DAY if ahead else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellTerms:
    """What is told about one spell. `kind` is a code; `last_day` None: until further notice; `monthly` in SEK."""

    kind: str
    share: int
    first_day: date
    last_day: date | None = None
    payer: UUID | None = None
    payer_name: str = ""
    monthly: int | None = None
    certain: bool = True


def checked_spell(terms: SpellTerms, *, today: date, born: int | None = None) -> None:
    """Rejection that names every field that cannot stand as it is. `born`: her year of birth, where it may be told."""
    problems = too_far_back(terms.first_day, "first_day", today=today, born=born)
    if not 1 <= terms.share <= WHOLE:
        problems.append(Problem(gettext_noop("Skriv andelen som ett tal mellan 1 och 100 procent."), "share", {}))
    if terms.last_day is not None and terms.last_day < terms.first_day:
        text = gettext_noop("Sista dagen ligger före den första. Ändra någon av dem.")
        problems.append(Problem(text, "last_day", {}))
    if len(terms.payer_name.strip()) > LINE:
        problems.append(Problem(gettext_noop("Skriv kortare: högst 200 tecken får plats här."), "payer_name", {}))
    problems += _sums(monthly=terms.monthly)
    if problems:
        raise Rejection.of(problems)


def demand_none_alone(terms: SpellTerms, *, covers: bool, others: Iterable[Spell]) -> None:
    """Rejection when "no livelihood" would overlap with some livelihood, or the other way round."""
    days = through(terms.first_day, terms.last_day)
    for other in others:
        if other.covers != covers and other.days.within(days):
            raise Rejection(
                gettext_noop(
                    "”Ingen försörjning” kan inte gälla samma dagar som en försörjning. "
                    "Ändra dagarna, eller rätta det som redan står."
                ),
                "first_day",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What she has to live on each month before and during, and what being active costs her, in SEK."""

    monthly_before: int
    monthly_during: int
    travel: int = 0
    meals: int = 0
    child_care: int = 0

    @property
    def extra(self) -> int:
        """What being active costs each month."""
        return self.travel + self.meals + self.child_care


def checked_estimate(estimate: Estimate) -> None:
    """Rejection that names every sum that cannot be right."""
    problems = _sums(
        monthly_before=estimate.monthly_before,
        monthly_during=estimate.monthly_during,
        travel=estimate.travel,
        meals=estimate.meals,
        child_care=estimate.child_care,
    )
    if problems:
        raise Rejection.of(problems)


def loss(estimate: Estimate) -> int:
    """SEK a month that she loses by being active; 0 when she does not."""
    return max(0, estimate.monthly_before - (estimate.monthly_during - estimate.extra))


def _sums(**sums: int | None) -> list[Problem]:
    return [
        Problem(gettext_noop("Skriv beloppet i hela kronor per månad, mellan 0 och 1 000 000."), field, {})
        for field, sum_ in sums.items()
        if sum_ is not None and not 0 <= sum_ <= MOST_SEK
    ]
