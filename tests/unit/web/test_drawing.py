"""Drawn time: what stands where, and that nothing covers anything else."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverk.web.drawing import Drawing, Row, Spell, bars, month_from, stack, window_around

START, END, TODAY = dt.date(2026, 1, 1), dt.date(2027, 1, 1), dt.date(2026, 6, 7)


def spell(
    start: dt.date, stop: dt.date | None, *, text: str = "sjukpenning", share: int = 100, missing: bool = False
) -> Spell:
    return Spell(start, stop, "fk", text, share, missing)


def drawn(*spells: Spell, start: dt.date = START, end: dt.date = END, today: dt.date = TODAY) -> Drawing:
    return bars([Row("Försörjning", spells)], start, end, today)


def test_a_spell_stands_where_its_days_are() -> None:
    (bar,) = drawn(spell(dt.date(2026, 7, 2), dt.date(2026, 9, 13))).rows[0].bars
    assert (bar.x, bar.width) == ("49.86%", "20.00%")


def test_a_spell_is_cut_at_the_edges_of_the_window() -> None:
    (bar,) = drawn(spell(dt.date(2020, 1, 1), None)).rows[0].bars
    assert (bar.x, bar.width) == ("0.00%", "100.00%")


def test_half_open_a_spell_that_ends_when_the_window_begins_is_not_drawn() -> None:
    drawing = drawn(spell(dt.date(2025, 1, 1), START), spell(END, None))
    assert drawing.rows[0].bars == ()
    assert len(drawing.lines) == 2


def test_the_table_names_the_last_day_and_not_the_day_after() -> None:
    first, second = drawn(spell(START, dt.date(2026, 9, 1)), spell(dt.date(2026, 9, 1), None)).lines
    assert first.last == dt.date(2026, 8, 31)
    assert second.last is None


def test_shares_at_the_same_time_stand_on_each_other() -> None:
    upper, lower = drawn(spell(START, END, share=50), spell(START, END, share=50)).rows[0].bars
    assert float(upper.y) + float(upper.height) == float(lower.y)
    assert upper.text == "sjukpenning 50\u00a0%"


def test_shares_above_a_whole_are_pressed_together_and_not_drawn_outside() -> None:
    row = drawn(spell(START, END), spell(START, END)).rows[0]
    bottom = float(row.base_y) + float(row.base_height)
    assert max(float(bar.y) + float(bar.height) for bar in row.bars) == bottom


def test_one_after_the_other_stand_on_the_same_floor() -> None:
    floors, top = stack([spell(START, TODAY), spell(TODAY, END)])
    assert (floors, top) == ((0, 0), 100)


days = st.dates(min_value=START, max_value=END)
spells = st.builds(
    lambda start, length, share: spell(start, start + dt.timedelta(days=length) if length else None, share=share),
    days,
    st.integers(min_value=0, max_value=200),
    st.integers(min_value=1, max_value=100),
)


@given(st.lists(spells, max_size=7))
def test_no_spell_covers_another(row: list[Spell]) -> None:
    floors, top = stack(row)
    for i, one in enumerate(row):
        assert floors[i] >= 0
        assert floors[i] + one.share <= top
        for j, other in enumerate(row[:i]):
            same_time = (other.stop or dt.date.max) > one.start and (one.stop or dt.date.max) > other.start
            apart = floors[i] + one.share <= floors[j] or floors[j] + other.share <= floors[i]
            assert apart or not same_time


def test_what_is_missing_says_so_inside_when_there_is_room() -> None:
    row = drawn(spell(START, END, text="inte bestämt", missing=True)).rows[0]
    assert row.bars[0].fit == "all"
    assert row.notes == ()


def test_what_is_missing_says_so_underneath_when_there_is_no_room() -> None:
    drawing = drawn(spell(dt.date(2026, 12, 1), END, text="inte bestämt", missing=True))
    (note,) = drawing.rows[0].notes
    assert (note.text, note.anchor, note.x) == ("inte bestämt", "end", "100.00%")
    assert float(note.y) > float(drawing.rows[0].base_y) + float(drawing.rows[0].base_height)
    assert drawing.missing == ("inte bestämt",)
    assert drawing.tones == ()


def test_words_that_do_not_fit_a_bar_are_left_to_the_table() -> None:
    row = drawn(spell(START, dt.date(2026, 1, 20), text="rehabiliteringsersättning")).rows[0]
    assert row.bars[0].fit == ""


def test_words_that_fit_a_wide_screen_only_are_roomy() -> None:
    row = drawn(spell(START, dt.date(2026, 5, 1), text="rehabersättning")).rows[0]
    assert row.bars[0].fit == "roomy"


def test_today_is_drawn_only_inside_the_window() -> None:
    assert drawn().today_x == "43.01%"
    assert drawn(today=END).today_x == ""


def test_today_near_the_right_edge_has_its_word_on_the_left() -> None:
    assert drawn(today=dt.date(2026, 12, 20)).today_anchor == "end"


def test_months_are_few_enough_to_read() -> None:
    for years in range(1, 12):
        ticks = drawn(end=dt.date(2026 + years, 1, 1)).ticks
        assert 1 <= len(ticks) <= 8
        assert all(tick.day.day == 1 for tick in ticks)


def test_the_year_stands_at_the_first_tick_and_when_it_changes() -> None:
    ticks = drawn(start=dt.date(2025, 7, 1), end=dt.date(2026, 7, 1)).ticks
    assert [tick.day for tick in ticks if tick.year] == [dt.date(2025, 7, 1), dt.date(2026, 1, 1)]


def test_an_unknown_tone_is_drawn_as_other() -> None:
    drawing = bars([Row("x", (Spell(START, END, "kyrkan", "samtal"),))], START, END, TODAY)
    assert drawing.tones == ("other",)


def test_rows_do_not_overlap() -> None:
    gap = spell(dt.date(2026, 12, 1), END, text="inte bestämt", missing=True)
    drawing = bars([Row("a", (gap,)), Row("b", (gap,))], START, END, TODAY)
    first, second = drawing.rows
    assert float(first.notes[0].y) < float(second.label_y) - 10
    assert float(second.notes[0].y) <= drawing.axis_y < drawing.height


def test_a_window_without_days_is_refused() -> None:
    with pytest.raises(ValueError, match="end after its start"):
        drawn(end=START)


def test_the_window_around_today_begins_with_the_first_spell() -> None:
    near = [spell(dt.date(2026, 3, 15), None)]
    assert window_around(near, TODAY) == (dt.date(2026, 3, 1), dt.date(2027, 1, 1))


def test_the_window_around_today_goes_a_year_back_at_most() -> None:
    long_ago = [spell(dt.date(2010, 3, 15), None)]
    assert window_around(long_ago, TODAY)[0] == dt.date(2025, 6, 1)


def test_months_roll_over_the_new_year() -> None:
    assert month_from(dt.date(2026, 11, 30), 3) == dt.date(2027, 2, 1)
    assert month_from(dt.date(2026, 1, 31), -1) == dt.date(2025, 12, 1)
