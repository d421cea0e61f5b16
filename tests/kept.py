"""What one test has built through the door, the next is given: the same statements, without all the thinking."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import connection
from django.utils import timezone

from samverk.store.models import Event
from tests.people import Cast

P = ParamSpec("P")
T = TypeVar("T")

_WRITES = ("INSERT", "UPDATE", "DELETE")
_FRESH = timedelta(hours=1)
_MOST = 50
"""So many beginnings of each thing are remembered by a worker: those that come back are among the first."""


@dataclass(frozen=True, slots=True)
class _Kept:
    built: Any
    at: datetime
    statements: tuple[tuple[str, Any, bool], ...]


class _Written:
    """A mark of all that the test at hand has written: tests with the same mark have written the same."""

    mark = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql.startswith(_WRITES):
            self.mark = hash((self.mark, sql, repr(params)))
        return execute(sql, params, many, context)


_written = _Written()


@contextmanager
def written_down() -> Iterator[None]:
    """Within this, one test, what is written is marked, so that `kept` knows what a thing was built upon."""
    _written.mark = 0
    with connection.execute_wrapper(_written):
        yield


def kept(build: Callable[Concatenate[Cast, P], T]) -> Callable[Concatenate[Cast, P], T]:
    """`build`, which writes what it writes again when it is asked for the same, upon the same, as once before."""
    known: dict[object, _Kept] = {}

    @wraps(build)
    def given(people: Cast, *args: P.args, **terms: P.kwargs) -> T:
        upon = (people.programme, repr(args), repr(sorted(terms.items())), _written.mark, Event.objects.count())
        found = known.get(upon)
        if found is None and len(known) < _MOST:
            found = known[upon] = _recorded(lambda: build(people, *args, **terms))
        elif found is None or abs(timezone.now() - found.at) > _FRESH:
            return build(people, *args, **terms)
        else:
            with connection.cursor() as cursor:
                for sql, params, many in found.statements:
                    (cursor.executemany if many else cursor.execute)(sql, params)
        return found.built  # type: ignore[no-any-return]

    return given


def _recorded(build: Callable[[], Any]) -> _Kept:
    at, statements = timezone.now(), []

    def listen(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if sql.startswith(_WRITES):
            statements.append((sql, params, many))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        built = build()
    return _Kept(built, at, tuple(statements))
