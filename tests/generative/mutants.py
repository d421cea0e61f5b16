"""Every mutant of decide(), of the rule in SQL and of PostgreSQL's policies, and whether the worlds notice it.

A mutant that changes no answer in any world that can be is no mutant but the same rule in other words: those few stand
in SAME, each with its reason, and must be noticed by nobody.
"""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from importlib.resources import files
from itertools import chain
from operator import attrgetter
from types import ModuleType
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from samverk.domain import consent, need
from samverk.store import visible
from tests.generative.agree import Statement, by_decide, by_row_security_here, by_sql, by_the_oracle
from tests.generative.spoil import Mutant, spoiled_python, spoiled_sql
from tests.generative.worlds import Asks, World, readers

Asked = list[tuple[World, Asks, set[UUID]]]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a mutant. `noticed_in`: the first world that told it from the rule; empty while it lives."""

    statement: str
    change: str
    noticed_in: str
    same: str
    """Why nothing could notice it; empty for nearly all."""

    @property
    def is_right(self) -> bool:
        """Noticed, or known to be the same rule and not noticed."""
        return bool(self.noticed_in) != bool(self.same)

    def __str__(self) -> str:
        what = "killed" if self.noticed_in else "same  " if self.same else "ALIVE "
        return f"{what} {self.statement}: {self.change}" + (
            f"  [{self.noticed_in}]" if self.noticed_in else f"  ({self.same})"
        )


ENOUGH = 200
"""Questions for a mutant that nothing can notice."""
SAME: dict[tuple[str, str], str] = {
    ("SQL", "1 = 0 for {unit} IS NULL"): "no unit has the id NULL, so that nothing closed is found either",
    ("policy", "1 = 0 for told IS NULL"): "of whom nothing is told has no account, which is asked two lines down",
    ("policy", "1 = 0 for me IS NULL"): "nobody is assigned to, has a role in or is let into anything without account",
    ("policy", "1 = 0 for its_unit IS NULL"): "no unit has the id NULL, so that nothing closed is found either",
    ("SQL", "1 = 1 for c.refused = :false"): "where a refusal is in force, the next line says no anyway",
}


def questions(worlds: Sequence[World], *, planned_work: bool = False) -> Asked:
    """Who is asked about in which order: the official in every world, then everybody else.

    `planned_work`: the house's own, too, which sees everything, and nobody: only the database knows of these.
    """
    officials = [(w, readers(w)[0]) for w in worlds]
    others = [(w, asks) for w in worlds for asks in readers(w)[1:]]
    if planned_work:
        others += [(worlds[0], Asks(system=True)), (worlds[0], Asks())]
    return [(w, asks, by_the_oracle(w, asks)) for w, asks in chain(officials, others)]


_ABOUT = {
    r"\b(u|s)\.(?!closed|id = its)|STANDS": "standing in",
    r"\be\.": "emergency",
    r"\bg\.": "ground",
    r"\b[ar]\.|\bk\.|programme": "need",
    r"protection|clearance": "protection",
    r"unit|closed": "within",
    r"refused": "refusal",
}
"""Where a mutant is likeliest to be noticed: asked first, so that less has to be asked."""


def _fate(name: str, mutant: Mutant, statement: Statement, asked: Asked) -> Fate:
    noticed, same = "", SAME.get((name, mutant.change), "")
    likely = {about for pattern, about in _ABOUT.items() if re.search(pattern, mutant.change)}
    in_order = sorted(asked, key=lambda each: each[0].name.partition(":")[0] not in likely)
    try:
        with transaction.atomic() if name != "decide" else nullcontext():
            for world, asks, right in in_order[:ENOUGH] if same else in_order:
                if statement(world, asks) != right:
                    noticed = world.name
                    break
    except (DatabaseError, TypeError, AttributeError) as error:
        noticed = f"error: {str(error).splitlines()[0]}"
    return Fate(name, mutant.change, noticed, same)


def fates_of_decide(asked: Asked) -> Iterator[Fate]:
    """Spoil decide(), needs() and what they lean on, one comparison at a time."""
    for module, names in (
        (consent, ("decide", "Say.in_force", "Say.covers", "Ground.in_force")),
        (need, ("needs", "_within")),
    ):
        plain = {name.rpartition(".")[2] for name in names}
        for mutant in spoiled_python(inspect.getsource(module), plain):
            with _as_if(module, names, mutant.text):
                yield _fate("decide", mutant, by_decide, asked)


@contextmanager
def _as_if(module: ModuleType, names: tuple[str, ...], source: str) -> Iterator[None]:
    """Let each function run the code that it has in the spoiled source."""
    spoiled = ModuleType(module.__name__)
    exec(compile(source, "spoiled", "exec"), spoiled.__dict__)  # noqa: S102 (our own source, one operator changed)
    functions = {name: attrgetter(name)(module) for name in names}
    before = {name: function.__code__ for name, function in functions.items()}
    try:
        for name, function in functions.items():
            function.__code__ = attrgetter(name)(spoiled).__code__
        yield
    finally:
        for name, function in functions.items():
            function.__code__ = before[name]


def fates_of_sql(asked: Asked, *, only: Callable[[Mutant], bool] = lambda _: True) -> Iterator[Fate]:
    """Spoil visible_to(). The worlds lie in the database."""
    right = visible.RULE
    for mutant in spoiled_sql(right):
        if only(mutant):
            visible.RULE = mutant.text  # type: ignore[misc]
            try:
                yield _fate("SQL", mutant, by_sql, asked)
            finally:
                visible.RULE = right  # type: ignore[misc]


def policy() -> str:
    """How PostgreSQL says the rule: the function that the policy on items asks about each row."""
    text = files("samverk.store").joinpath("security.sql").read_text(encoding="utf-8")
    start = text.index("CREATE OR REPLACE FUNCTION samverk_sees(")
    end = "END $$;"
    return text[start : text.index(end, start) + len(end)]


def fates_of_policy(asked: Asked, *, only: Callable[[Mutant], bool] = lambda _: True) -> Iterator[Fate]:
    """Spoil the policy. The worlds alone lie in the database, and nothing else asks for anything."""
    right = policy()
    head, words, body = right.partition("$$")
    for mutant in spoiled_sql(body):
        if only(mutant):
            try:
                with transaction.atomic():
                    _replace(head + words + mutant.text)
            except DatabaseError as error:
                yield Fate("policy", mutant.change, f"error: {error}", "")
                continue
            try:
                yield _fate("policy", mutant, by_row_security_here, asked)
            finally:
                _replace(right)


def _replace(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text)


def wrong(fates: Iterable[Fate]) -> list[str]:
    """The mutants that live, and those that were said to be the same and are not."""
    return [str(fate) for fate in fates if not fate.is_right]
