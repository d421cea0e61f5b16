"""Livelihood runs as an unbroken line under everything; where it breaks is seen weeks ahead."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from samverk.days import Days, through
from samverk.domain.livelihood import (
    Estimate,
    Gap,
    GapKind,
    Spell,
    covered_through,
    gaps,
    holes,
    line,
    loss,
)

TODAY = date(1996, 6, 7)
OFFSETS = st.integers(min_value=-200, max_value=200)


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def spell(first: int, last: int | None, share: int = 100, *, covers: bool = True) -> Spell:
    return Spell("wage", through(day(first), None if last is None else day(last)), share, covers)


@st.composite
def spells(draw: st.DrawFn) -> Spell:
    first = draw(OFFSETS)
    last = draw(st.none() | st.integers(min_value=first, max_value=first + 150))
    share = draw(st.sampled_from((25, 50, 75, 100)))
    return spell(first, last, share, covers=draw(st.booleans()))


LINES = st.lists(spells(), max_size=6)


def test_an_unbroken_line_has_no_gap() -> None:
    """One spell after the other, the next day, is a whole line (domain.md §3.8)."""
    assert gaps([spell(-50, 20), spell(21, None)], TODAY) == ()


def test_an_end_without_a_successor_is_seen_ahead() -> None:
    """An end date without a successor is an alarm weeks ahead: fear for the rent stops rehabilitation."""
    until = spell(-50, 84)
    assert gaps([until], TODAY) == (Gap(Days(day(85)), GapKind.ENDS),)
    assert gaps([until], TODAY)[0].last_before == day(84)
    assert gaps([until], TODAY, ahead_days=80) == ()
    assert covered_through([until], TODAY) == day(84)


def test_a_gap_between_two_spells() -> None:
    """Days between an end and the next start are a gap, ahead or now."""
    assert gaps([spell(-50, 9), spell(20, None)], TODAY) == (Gap(Days(day(10), day(20)), GapKind.GAP),)
    assert gaps([spell(-50, -10), spell(20, None)], TODAY) == (Gap(Days(day(-9), day(20)), GapKind.GAP),)


def test_a_gap_that_is_over_is_no_alarm() -> None:
    """What was empty before stays in the drawing and calls for nobody."""
    line_ = [spell(-50, -30), spell(-20, None)]
    assert gaps(line_, TODAY) == ()
    assert holes(line_, TODAY) == (Days(day(-29), day(-20)),)


def test_without_anything_since() -> None:
    """A line that broke before today is a gap since then, and covers not even today."""
    assert gaps([spell(-50, -11)], TODAY) == (Gap(Days(day(-10)), GapKind.GAP),)
    assert covered_through([spell(-50, -11)], TODAY) == day(-1)


def test_none_covers_nothing() -> None:
    """The spell "no livelihood" is told, and is a gap all the same."""
    assert gaps([spell(-50, None, covers=False)], TODAY)[0].kind is GapKind.GAP


def test_a_half_that_ends_leaves_less() -> None:
    """Several at once in shares: when one of two halves ends, the other does not hide it."""
    halves = [spell(-50, None, 50), spell(-50, 30, 50)]
    assert gaps(halves, TODAY) == (Gap(Days(day(31)), GapKind.LESS, 50),)
    assert gaps([*halves, spell(31, None, 50)], TODAY) == ()
    assert gaps([spell(-50, None, 75)], TODAY) == ()


def test_shares_above_a_whole_are_seen() -> None:
    """More than a hundred per cent is possible and odd: told, never refused."""
    found = line([spell(-10, None, 100), spell(0, 10, 50)])
    assert [(s.days, s.share) for s in found] == [
        (Days(day(-10), day(0)), 100),
        (Days(day(0), day(11)), 150),
        (Days(day(11)), 100),
    ]


@given(LINES)
def test_the_line_tells_every_day_and_no_other(told: list[Spell]) -> None:
    """Cut into segments, the line says of each day exactly what its spells say."""
    found = line(told)
    for offset in range(-210, 360, 7):
        here = [s for s in told if day(offset) in s.days]
        segment = [s for s in found if day(offset) in s.days]
        assert len(segment) == (1 if here else 0)
        assert sorted(map(repr, segment[0].spells if segment else ())) == sorted(map(repr, here))


@given(LINES)
def test_a_gap_is_empty_and_the_days_around_it_are_not(told: list[Spell]) -> None:
    """No day of a gap is covered; the day before it and the day after it are, where there is one."""

    def covered(at: date) -> bool:
        return any(s.covers and at in s.days for s in told)

    for gap in gaps(told, TODAY):
        if gap.kind is GapKind.LESS:
            assert all(covered(at) for at in (gap.days.start, gap.last_before))
            continue
        assert not covered(gap.days.start)
        assert gap.days.start == TODAY or covered(gap.last_before)
        assert gap.days.stop is None or (not covered(gap.days.last or TODAY) and covered(gap.days.stop))


@given(LINES, st.integers(min_value=0, max_value=89))
def test_an_empty_day_ahead_lies_in_a_gap(told: list[Spell], ahead: int) -> None:
    """No empty day within ninety days is missed."""
    at = day(ahead)
    empty = not any(s.covers and at in s.days for s in told)
    assert empty == any(at in gap.days for gap in gaps(told, TODAY) if gap.kind is not GapKind.LESS)


@given(LINES, LINES)
def test_more_livelihood_never_makes_more_holes(told: list[Spell], more: list[Spell]) -> None:
    """Days that were covered stay covered when something is added."""
    before, after = holes(told, TODAY), holes([*told, *more], TODAY)
    for offset in range(0, 300, 11):
        assert not any(day(offset) in run for run in after) or any(day(offset) in run for run in before)


@given(*[st.integers(min_value=0, max_value=50_000)] * 3)
def test_a_loss_is_what_is_left_less(before: int, during: int, travel: int) -> None:
    """Nobody should lose money by being active: what she has during, less extra costs, against before."""
    lost = loss(Estimate(monthly_before=before, monthly_during=during, travel=travel))
    assert lost >= 0
    assert (lost > 0) == (during - travel < before)
