"""Half-open day intervals: the first day counts, the stop day does not. A stop of None means "not decided"."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """A run of days from `start` up to, not including, `stop` (None: open)."""

    start: date
    stop: date | None = None

    def __post_init__(self) -> None:
        if self.stop is not None and self.stop <= self.start:
            raise ValueError("a run of days stops after it starts")

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.stop is None or day < self.stop)

    @property
    def last(self) -> date | None:
        """The last day that counts ("till och med"), or None when open."""
        return None if self.stop is None else self.stop - ONE_DAY

    def within(self, other: "Days") -> "Days | None":
        """The days that both have, or None."""
        start = max(self.start, other.start)
        stops = [s for s in (self.stop, other.stop) if s is not None]
        stop = min(stops) if stops else None
        return Days(start, stop) if stop is None or start < stop else None


def through(first: date, last: date | None) -> Days:
    """The interval from `first` to `last`, both counted, as people say it."""
    return Days(first, None if last is None else last + ONE_DAY)


def uncovered(span: Days, covers: Iterable[Days]) -> list[Days]:
    """The runs of days in `span` that no interval of `covers` holds, in order."""
    gaps: list[Days] = []
    at: date | None = span.start
    for cover in sorted((c for c in covers if c.within(span)), key=lambda c: c.start):
        if at is None:
            return gaps
        if cover.start > at:
            gaps.append(Days(at, cover.start))
        at = None if cover.stop is None else max(at, cover.stop)
    if at is not None and (span.stop is None or at < span.stop):
        gaps.append(Days(at, span.stop))
    return gaps


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the month's last day where it has no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day.day - 1), following - ONE_DAY)
