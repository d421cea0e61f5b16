"""What a verb of a story is: an act, the arguments it takes, and the action that it calls."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from samverk.access.declare import ReadCase
from samverk.access.declare_house import Act
from samverk.cli.story.world import Kind, Mistake, World

T = TypeVar("T")


class _Needed:
    """Marks an argument that has to be told."""


NEEDED: Final = _Needed()


@dataclass(frozen=True, slots=True)
class Arg:
    """One argument: how its words are read, and what it is when it is left out."""

    kind: Kind
    default: object = NEEDED


@dataclass(frozen=True, slots=True)
class Verb:
    """`do` is called with the permit and the arguments. `look`: what is opened first, as a human opens the page;

    what it returns reaches `do` as `seen`.
    """

    act: type[Act]
    do: Callable[..., object]
    arguments: Mapping[str, Arg] = field(default_factory=dict)
    look: Callable[..., object] | None = None
    look_act: type[Act] = ReadCase

    def read(self, world: World, raw: Mapping[str, object]) -> dict[str, object]:
        """The arguments as the action takes them. Mistake when one is unknown, missing or unreadable."""
        for name in raw:
            if name not in self.arguments:
                known = ", ".join(self.arguments) or "none"
                raise Mistake(f"the argument “{name}” is not known here. Known: {known}.")
        return {name: self._one(world, raw, name, arg) for name, arg in self.arguments.items()}

    def _one(self, world: World, raw: Mapping[str, object], name: str, arg: Arg) -> object:
        if name not in raw or raw[name] is None:
            if isinstance(arg.default, _Needed):
                raise Mistake(f"the argument “{name}” is missing.")
            return arg.default
        try:
            return arg.kind(world, raw[name])
        except Mistake as mistake:
            raise Mistake(f"“{name}”: {mistake}") from None


def found(things: Iterable[T], wanted: object, words: Callable[[T], str], ident: Callable[[T], object]) -> T:
    """The one of `things` that `wanted` means: an id, or the words that it begins with."""
    listed = list(things)
    fits = [t for t in listed if ident(t) == wanted]
    if not fits and isinstance(wanted, str):
        fits = [t for t in listed if words(t).casefold().startswith(wanted.casefold())]
    if not fits:
        raise Mistake(f"nothing to be seen here begins with “{wanted}”.")
    if len(fits) > 1:
        raise Mistake(f"“{wanted}” may mean several things. Write more of it, or use a label.")
    return fits[0]
