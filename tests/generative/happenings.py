"""Everything that can happen in a history, kept by name: when it can, and what has to be chosen for it."""

from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import strategies as st

WHAT: dict[str, tuple[Callable[[Any], bool], dict[str, st.SearchStrategy[object]]]] = {}
"""Everything that can happen: when, and what has to be chosen for it."""
F = TypeVar("F", bound=Callable[..., None])


def _always(_: object) -> bool:
    return True


def often(when: Callable[[Any], bool]) -> int:
    """How many times as likely it is while it can happen: what can happen only at times is rarer otherwise."""
    return 1 if when is _always else 3


def happens(*, when: Callable[[Any], bool] = _always, **chosen: st.SearchStrategy[Any]) -> Callable[[F], F]:
    """One of the things that can happen. Not a rule of its own: Hypothesis leaves some rules out of each history."""

    def keep(method: F) -> F:
        WHAT[method.__name__] = (when, chosen)
        return method

    return keep
