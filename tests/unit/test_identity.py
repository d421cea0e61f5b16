"""Swedish personal identity numbers and coordination numbers: read however they are written, refused when wrong."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from samverk.domain.identity import birth_year, personal_number
from samverk.domain.words import Rejection

TODAY = date(2026, 3, 9)


def check_digit(nine: str) -> str:
    """The Luhn digit, reckoned another way than the code does: doubled digits looked up in a table."""
    doubled = {"0": 0, "1": 2, "2": 4, "3": 6, "4": 8, "5": 1, "6": 3, "7": 5, "8": 7, "9": 9}
    total = sum(doubled[d] if n % 2 == 0 else int(d) for n, d in enumerate(nine))
    return str((10 - total % 10) % 10)


@st.composite
def numbers(draw: st.DrawFn, *, coordination: bool | None = None) -> str:
    """Twelve digits with the right check digit, of someone born 1900-today."""
    born = draw(st.dates(date(1900, 1, 1), TODAY))
    moved = draw(st.booleans()) if coordination is None else coordination
    nine = f"{born:%y%m}{born.day + (60 if moved else 0):02d}{draw(st.integers(0, 999)):03d}"
    return f"{born.year // 100}{nine}{check_digit(nine)}"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("19121212-1212", "191212121212"),
        ("191212121212", "191212121212"),
        (" 19121212 1212 ", "191212121212"),
        ("520616-1233", "195206161233"),
        ("121212+1212", "191212121212"),
        ("197010632391", "197010632391"),
        ("701063-2391", "197010632391"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_each_way_of_writing_is_read(written: str, read: str) -> None:
    """Ten or twelve digits, with hyphen, plus or spaces; a coordination number has 60 added to the day."""
    assert personal_number(written, TODAY) == read


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("19121212-1213", "stämmer inte"),
        ("19121312-1212", "stämmer inte"),
        ("19120230-1210", "stämmer inte"),
        ("18901212-1212", "stämmer inte"),
        ("20301212-1212", "stämmer inte"),
        ("12121212", "går inte att läsa"),
        ("nitton tolv", "går inte att läsa"),
        ("1912121212123", "går inte att läsa"),
        ("１９１２１２１２１２１２", "går inte att läsa"),
        ("0" * 10_000, "går inte att läsa"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(written: str, why: str) -> None:
    """Wrong check digit, a day that never was, the future, before 1900, letters, other alphabets' digits."""
    with pytest.raises(Rejection, match=why) as refused:
        personal_number(written, TODAY)
    assert refused.value.problems[0].field == "personal_number"


@given(numbers())
def test_every_right_number_is_read_as_itself(number: str) -> None:
    """Personal and coordination numbers alike."""
    assert personal_number(number, TODAY) == number
    assert birth_year(number) == int(number[:4])


@given(numbers(), st.integers(2, 11), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number: str, place: int, more: int) -> None:
    """The check digit is there to find exactly this."""
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    with pytest.raises(Rejection):
        personal_number(wrong, TODAY)


def born_on(number: str) -> date:
    day = int(number[6:8])
    return date(int(number[:4]), int(number[4:6]), day - 60 if day > 60 else day)


@given(numbers())
@example("192605161237")
@example("192605761234")
def test_ten_digits_are_read_as_the_latest_birthday_that_has_been(number: str) -> None:
    """Without a century a number is of the last hundred years; with "+" of the hundred before them."""
    born = born_on(personal_number(f"{number[2:8]}-{number[8:]}", TODAY))
    assert born <= TODAY
    assert (born.year + 100, born.month, born.day) > (TODAY.year, TODAY.month, TODAY.day)
