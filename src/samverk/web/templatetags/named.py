"""The word for a code, from the dict of words that the page has."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def named(code: str, words: Mapping[str, str]) -> str:
    """What `code` is called; the code itself where it has no word."""
    return words.get(code, code)


@register.filter
def all_named(codes: tuple[str, ...], words: Mapping[str, str]) -> str:
    """What several codes are called, in one line and in the list's own order."""
    known = [word for code, word in words.items() if code in codes]
    return ", ".join([*known, *(code for code in codes if code not in words)])
