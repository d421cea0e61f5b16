"""How days, sums and shares are said in Swedish."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.utils import translation

from samverk.web.templatetags import look

TODAY = dt.date(2026, 6, 7)


@pytest.fixture(autouse=True)
def _swedish() -> Iterator[None]:
    with translation.override("sv"):
        yield


def after(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "i dag"), (1, "i morgon"), (2, "om 2 dagar"), (13, "om 13 dagar"), (14, "om 2 veckor"), (79, "om 11 veckor"),
        (97, "om 14 veckor"), (98, "om 3 månader"), (365, "om 12 månader"), (730, "om 24 månader"), (731, "om 2 år"),
        (-1, "1 dag sen"), (-4, "4 dagar sen"), (-14, "2 veckor sen"), (-100, "3 månader sen"), (-1100, "3 år sen"),
    ],
)  # fmt: skip
def test_due_says_how_far_off_or_how_late(days: int, words: str) -> None:
    assert look.due(after(days), TODAY) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "i dag"), (-1, "i går"), (-2, "för 2 dagar sedan"), (-21, "för 3 veckor sedan"), (-120, "för 4 månader sedan"),
        (-800, "för 2 år sedan"), (1, "i morgon"), (3, "om 3 dagar"),
    ],
)  # fmt: skip
def test_ago_says_how_long_since(days: int, words: str) -> None:
    assert look.ago(after(days), TODAY) == words


def test_a_day_has_its_weekday_and_no_year_this_year() -> None:
    assert look.day(dt.date(2026, 6, 13), TODAY) == "lördag 13 juni"


def test_a_day_of_another_year_has_its_year() -> None:
    assert look.day(dt.date(1996, 6, 13), TODAY) == "torsdag 13 juni 1996"


def test_a_day_without_a_today_has_its_year() -> None:
    assert look.day(dt.date(2026, 6, 13)) == "lördag 13 juni 2026"


def test_a_moment_is_told_by_the_clock_here() -> None:
    moment = dt.datetime(2026, 6, 12, 22, 30, tzinfo=dt.UTC)
    assert look.daytime(moment, TODAY) == "13 juni kl. 0.30"
    assert look.weekdaytime(moment, TODAY) == "lördag 13 juni kl. 0.30"
    assert look.due(moment, TODAY) == "om 6 dagar"


def test_months_are_short_and_small() -> None:
    assert look.month(dt.date(2026, 10, 1)) == "okt"
    assert look.month_year(dt.date(2026, 1, 1)) == "jan 2026"


@pytest.mark.parametrize(
    ("sum_", "words"),
    [
        (0, "0 kr"), (900, "900 kr"), (12300, "12 300 kr"), (1234567, "1 234 567 kr"), (-1500, "−1 500 kr"),
        (Decimal("99.50"), "99,50 kr"), (Decimal("100.00"), "100 kr"), (Decimal("-0.00"), "0 kr"),
    ],
)  # fmt: skip
def test_money_is_written_the_swedish_way(sum_: int | Decimal, words: str) -> None:
    assert look.money(sum_) == words.replace(" ", "\u00a0")


@pytest.mark.parametrize(("value", "words"), [(50, "50 %"), (Decimal("66.70"), "66,7 %"), (Decimal(100), "100 %")])
def test_a_share_is_per_cent(value: int | Decimal, words: str) -> None:
    assert look.share(value) == words.replace(" ", "\u00a0")


def test_in_english_sums_and_shares_have_english_marks() -> None:
    with translation.override("en"):
        assert look.money(Decimal("12300.50")) == "SEK\u00a012,300.50"
        assert look.share(Decimal("66.70")) == "66.7%"


def test_nothing_is_said_about_nothing() -> None:
    words = [look.day(None), look.date_only(None), look.daytime(None), look.due(None, TODAY), look.ago(None, TODAY)]
    assert [*words, look.money(None), look.share(None)] == [""] * 7
