"""What in the log is unusual enough for a party's log controller to ask about. Rules, not accusations.

The rules are ours, after what Swedish agencies check in their own logs (loggkontroll): who, whom, when, and whether
the work explains it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from statistics import median
from uuid import UUID

DAY_BEGINS, DAY_ENDS = 6, 20
"""Working hours, weekdays."""
NEAR = timedelta(days=7)
"""A look is explained by something written in the same case so near in time, by anyone of the party."""
MANY_TIMES, MANY_MORE = 2, 5
"""Many cases in a day: more than twice one's own median, and at least five more."""
HISTORY = timedelta(days=90)
"""So far back one's own median is taken."""


class Sign(StrEnum):
    """Why a look is shown to the controller."""

    EMERGENCY = "emergency"
    REFUSED = "refused"
    ENDED = "ended"
    PROTECTED = "protected"
    OFF_HOURS = "off_hours"
    MANY = "many"
    NOTHING_WRITTEN = "nothing_written"
    SUBSTITUTE = "substitute"


@dataclass(frozen=True, slots=True)
class Look:
    """One event by an official of the party, in one case. `at` in the house's own time zone."""

    at: datetime
    official: UUID
    case: UUID
    allowed: bool = True
    wrote: bool = False
    emergency: bool = False
    protected: bool = False
    substitute: bool = False


@dataclass(frozen=True, slots=True)
class Unusual:
    """One official's events in one case on one day, and why they are shown."""

    official: UUID
    case: UUID
    first: datetime
    last: datetime
    looks: int
    refused: int
    wrote: int
    signs: tuple[Sign, ...]


def unusual(
    looks: Iterable[Look],
    *,
    cases_a_day: Mapping[UUID, Mapping[date, int]],
    earlier: Mapping[tuple[UUID, UUID], datetime],
    written: Mapping[UUID, Sequence[datetime]],
) -> list[Unusual]:
    """Those of `looks` that are unusual, newest first, one an official, case and day.

    `cases_a_day`: how many cases each official opened on each day, history included. `earlier`: when an official was
    first let into a case. `written`: when anyone of the party wrote in a case.
    """
    groups: dict[tuple[UUID, UUID, date], list[Look]] = {}
    for look in looks:
        groups.setdefault((look.official, look.case, look.at.date()), []).append(look)
    found = []
    for (official, case, day), group in groups.items():
        signs = {sign for look in group for sign in _signs(look, earlier, written)}
        if _many(cases_a_day.get(official, {}), day):
            signs.add(Sign.MANY)
        if signs:
            found.append(_told(official, case, group, signs))
    return sorted(found, key=lambda row: (row.last, row.official, row.case), reverse=True)


def _told(official: UUID, case: UUID, group: list[Look], signs: set[Sign]) -> Unusual:
    return Unusual(
        official=official,
        case=case,
        first=min(look.at for look in group),
        last=max(look.at for look in group),
        looks=sum(look.allowed and not look.wrote for look in group),
        refused=sum(not look.allowed for look in group),
        wrote=sum(look.wrote for look in group),
        signs=tuple(sign for sign in Sign if sign in signs),
    )


def _signs(
    look: Look, earlier: Mapping[tuple[UUID, UUID], datetime], written: Mapping[UUID, Sequence[datetime]]
) -> Iterable[Sign]:
    if not look.allowed:
        yield Sign.REFUSED
        before = earlier.get((look.official, look.case))
        if before is not None and before < look.at:
            yield Sign.ENDED
    if look.emergency:
        yield Sign.EMERGENCY
    if look.protected:
        yield Sign.PROTECTED
    if look.substitute:
        yield Sign.SUBSTITUTE
    if off_hours(look.at):
        yield Sign.OFF_HOURS
    if look.allowed and not any(abs(look.at - at) <= NEAR for at in written.get(look.case, ())):
        yield Sign.NOTHING_WRITTEN


def off_hours(at: datetime) -> bool:
    """Whether the moment, in local time, is outside 06–20 on a weekday."""
    return at.weekday() >= 5 or not DAY_BEGINS <= at.hour < DAY_ENDS


def _many(days: Mapping[date, int], day: date) -> bool:
    """More cases than she opens on a usual day of hers. Without other days there is nothing to compare with."""
    others = [count for other, count in days.items() if other < day and day - other <= HISTORY]
    if not others:
        return False
    usual = median(others)
    return days.get(day, 0) > MANY_TIMES * usual and days.get(day, 0) >= usual + MANY_MORE
