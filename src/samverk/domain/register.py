"""Registers are evaluated under running numbers: what names people is sent back unread."""

import re
from collections.abc import Iterable
from datetime import date

from samverk.domain.identity import personal_number
from samverk.domain.words import Rejection

_SHAPE = re.compile(r"\d{6}(\d{2})?[-+]?\d{4}")


def by_personal_number(people: Iterable[str], *, sample: int = 200) -> bool:
    """Whether most of these are personal numbers: the first `sample` of those that differ decide.

    Most, not one: a running number of ten digits may by chance be a number that somebody has.
    """
    asked = list(dict.fromkeys(people))[:sample]
    return 2 * sum(_is_one(text.strip()) for text in asked) > len(asked)


def _is_one(text: str) -> bool:
    if not _SHAPE.fullmatch(text):
        return False
    try:
        return bool(personal_number(text, date(2099, 12, 31)))
    except Rejection:
        return False
