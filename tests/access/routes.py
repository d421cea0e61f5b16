"""Every address there is, found by walking the resolver: nothing is remembered."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

from samverk.api.closed import operations

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Route:
    """One address: its name with namespace, its view, and what stands in it."""

    name: str
    view: Callable[..., Any]
    parts: tuple[tuple[str, str], ...]

    @property
    def holds(self) -> frozenset[str]:
        """The names of what stands in the address."""
        return frozenset(name for name, _ in self.parts)

    @property
    def is_api(self) -> bool:
        """Whether it belongs to the programming interface."""
        return self.name.startswith("api:")

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods worth trying: an interface's operations, or what a browser sends."""
        found = {method for operation in operations(self.view) for method in operation.methods}
        return tuple(sorted(found)) or ("GET", "POST")

    def path(self, **told: object) -> str:
        """An address of this form, with something of the right shape wherever nothing was told."""
        return reverse(self.name, kwargs={name: told.get(name, _some(kind)) for name, kind in self.parts})


Parts = tuple[tuple[str, str], ...]


def routes(resolver: URLResolver | None = None, space: str = "", before: Parts = ()) -> Iterator[Route]:
    """The routes below `resolver`, or all of them."""
    for pattern in (resolver or get_resolver()).url_patterns:
        parts = before + _parts(pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern, inner, parts)
        else:
            yield Route(f"{space}{pattern.name}", pattern.callback, parts)


def _parts(pattern: URLPattern | URLResolver) -> Parts:
    converters = getattr(pattern.pattern, "converters", {})
    words = dict.fromkeys(pattern.pattern.regex.groupindex, "word")
    return tuple((words | {name: _kind(converter) for name, converter in converters.items()}).items())


def _kind(converter: object) -> str:
    if isinstance(converter, UUIDConverter) or "uuid" in type(converter).__name__.lower():
        return "uuid"
    return "number" if isinstance(converter, IntConverter) else "word"


def _some(kind: str) -> UUID | int | str:
    return {"uuid": uuid4(), "number": 1, "word": "a"}[kind]
