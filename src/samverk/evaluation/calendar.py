"""Days as numbers (days since 1 January 1970), and time in calendar months.

A month is a calendar month: each of its days is one part in 28 to 31 of it. So a monthly price paid through a whole
month costs exactly that price, and a year is exactly twelve months, whichever year it is.
"""

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from samverk.days import Days

Floats = npt.NDArray[np.float64]
DayNumbers = npt.NDArray[np.int32]

EPOCH = date(1970, 1, 1)
NEVER = np.iinfo(np.int32).max
MONTHS_A_YEAR = 12.0
DAYS_A_YEAR = 365.25  # only to discount: the Julian year, so that a year's factor is the same in leap years


def day_number(day: date) -> int:
    """The day as a number."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """The number as a day."""
    return EPOCH + timedelta(days=number)


def span(days: Days) -> tuple[int, int]:
    """A closed run of days as two numbers, half-open. ValueError when it is open: nothing can be summed over it."""
    if days.stop is None:
        raise ValueError("the run of days has to end")
    return day_number(days.start), day_number(days.stop)


def month_lengths(first: int, stop: int) -> Floats:
    """For each day from `first` up to `stop`: the number of days in its month."""
    months = np.arange(first, stop).astype("datetime64[D]").astype("datetime64[M]")
    lengths = (months + 1).astype("datetime64[D]") - months.astype("datetime64[D]")
    as_numbers: Floats = lengths.astype(np.float64)
    return as_numbers


def weekdays(first: int, stop: int) -> Floats:
    """For each day: 1 on Monday to Friday, else 0 (day 0 was a Thursday). Public holidays count as weekdays."""
    return ((np.arange(first, stop) + 3) % 7 < 5).astype(np.float64)


def months_between(start: DayNumbers, stop: DayNumbers) -> Floats:
    """The calendar months in each run of days; 0 where it does not stop after it starts. Exact for whole months."""
    longer = np.maximum(start, stop)
    return _month_position(longer) - _month_position(start)


def _month_position(days: DayNumbers) -> Floats:
    at = days.astype("datetime64[D]")
    month = at.astype("datetime64[M]")
    into = (at - month.astype("datetime64[D]")).astype(np.float64)
    length = ((month + 1).astype("datetime64[D]") - month.astype("datetime64[D]")).astype(np.float64)
    position: Floats = month.astype(np.int64).astype(np.float64) + into / length
    return position


def discount(first: int, stop: int, rate: float) -> Floats:
    """The value on day 0 of one krona on each day: (1 + rate) ** -(day / 365.25). `rate` is a share a year."""
    if rate <= -1:
        raise ValueError("a discount rate is above -100 per cent")
    days = np.arange(first, stop, dtype=np.float64)
    factors: Floats = (1.0 + rate) ** (-days / DAYS_A_YEAR)
    return factors
