"""The worst moments: days on which nobody held the case, or nothing was under way (domain.md §3.9)."""

from collections.abc import Iterable
from datetime import date

from samverk.days import Days, uncovered


def days_without(spans: Iterable[Days], start: date, stop: date) -> int:
    """How many days from `start` up to, not including, `stop` that no run of days in `spans` holds."""
    return sum((gap.stop - gap.start).days for gap in gaps(spans, start, stop) if gap.stop is not None)


def gaps(spans: Iterable[Days], start: date, stop: date) -> list[Days]:
    """The runs of such days, in order. None when `stop` is not after `start`."""
    return uncovered(Days(start, stop), spans) if start < stop else []
