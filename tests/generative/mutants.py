"""Every mutant of decide(), of the rule in SQL, of PostgreSQL's policies and of standing(): do the worlds notice it?

A mutant that changes no answer in any world that can be is no mutant but the same rule in other words: those few stand
in SAME, each with its reason, and must be noticed by nobody.
"""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import chain
from operator import attrgetter
from types import ModuleType

from django.db import DatabaseError, connection, transaction

from samverk.domain import consent, need
from samverk.store import standing, visible
from samverk.store.security import APP_ROLE, SEEN
from samverk.store.sql import Text
from samverk.store.visible import OPEN_TO_ROLES_HERE
from tests.generative import oracle
from tests.generative.agree import (
    by_decide,
    by_row_security_here,
    by_sql,
    by_sql_in_a_case,
    by_standing,
    by_the_oracle,
)
from tests.generative.spoil import Mutant, spoiled_python, spoiled_sql
from tests.generative.worlds import AT, CASES, Asks, World, readers, with_something_at_hand

Asked = list[tuple[World, Asks, object]]


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
_SHORTCUT = "nothing is in a case of somebody else, and the query asks for the case itself: it is only found sooner"
_NO_ACCOUNT = "nobody is assigned to, has a role in or is let into anything without account"
SAME: dict[tuple[str, str], str] = {
    ("SQL", "1 = 0 for {unit} IS NULL"): "no unit has the id NULL, so that nothing closed is found either",
    ("SQL, here", "1 = 0 for {unit} IS NULL"): "no unit has the id NULL, so that nothing closed is found either",
    **{
        (name, f"1 = 1 for {said}"): _SHORTCUT
        for name in ("SQL", "SQL, here")
        for said in (
            "c.person_id IN (SELECT m.person_id FROM store_case m WHERE m.id IN (THE_CASES))",
            "m.id IN (THE_CASES)",
        )
    },
    **{("SQL, here", f"1 = 1 for {column} = :case"): _SHORTCUT for column in ("a.case_id", "s.id", "e.case_id")},
    ("policy", "1 = 0 for me IS NULL"): _NO_ACCOUNT,
    ("policy", "1 = 0 for mine IS NULL"): "who is of no party owns nothing, and nothing is let out to her",
    ("policy", "1 = 1 for u.party_id = mine"): "no party's thing is written in another party's unit",
    ("policy", "1 = 1 for k.id IN (SELECT public.samverk_my_cases())"): _SHORTCUT,
    (
        "policy",
        "1 = 1 for c.person_id IN ( SELECT k.person_id FROM public.store_case k "
        "WHERE k.id IN (SELECT public.samverk_my_cases()) )",
    ): _SHORTCUT,
}


def questions(
    worlds: Sequence[World],
    *,
    of_the_database: bool = False,
    right: Callable[[World, Asks], object] = by_the_oracle,
) -> Asked:
    """Who is asked about in which order: the official in every world, then everybody else.

    `of_the_database`: what it alone is told, too: that the house itself asks, or nobody, or what is at hand.
    """
    officials = [(w, readers(w)[0]) for w in worlds]
    others = [(w, asks) for w in worlds for asks in readers(w)[1:]]
    if of_the_database:
        others = [
            (w, asks) for w in worlds[:2] for asks in (*with_something_at_hand(w), Asks(system=True), Asks())
        ] + others
    return [(w, asks, right(w, asks)) for w, asks in chain(officials, others)]


def what_she_is(world: World, asks: Asks) -> tuple[oracle.Stands | None, ...]:
    """What the naive rule says that an official is to each case."""
    if asks.account is None:
        return (None,) * len(CASES)
    return tuple(oracle.stands(world, asks, world.id(case), at=AT) for case in CASES)


_ABOUT = {
    r"\b(u|s)\.(?!closed|id = its)|STANDS": "standing in",
    r"\be\.": "emergency",
    r"\bg\.": "ground",
    r"\b[ar]\.|\b[kn]\.|programme": "need",
    r"protection|clearance": "protection",
    r"unit|closed": "within",
    r"refused": "refusal",
}
"""Where a mutant is likeliest to be noticed: asked first, so that less has to be asked."""


def _fate(name: str, mutant: Mutant, statement: Callable[[World, Asks], object], asked: Asked) -> Fate:
    noticed, same = "", SAME.get((name, mutant.change), "")
    likely = {about for pattern, about in _ABOUT.items() if re.search(pattern, mutant.change)}
    in_order = sorted(asked, key=lambda each: each[0].name.partition(":")[0] not in likely)
    try:
        with nullcontext() if name == "decide" else transaction.atomic():
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


def _parts(**parts: str) -> Iterator[tuple[Mutant, dict[str, str]]]:
    """The mutants of each part of a statement, with all the parts as they stand then."""
    for name, text in parts.items():
        for mutant in spoiled_sql(text):
            yield mutant, parts | {name: mutant.text}


def fates_of_sql(asked: Asked) -> Iterator[Fate]:
    """Spoil visible_to(), for any case and for one. The worlds lie in the database."""
    for name, attribute, here, statement in (
        ("SQL", "RULE", "", by_sql),
        ("SQL, here", "RULE_HERE", visible.HERE, by_sql_in_a_case),
    ):
        right = getattr(visible, attribute)
        parts = {
            "rule": visible.rule("THE_CASES", "THE_SAID"),
            "said": visible.said("THE_CASES"),
            "cases": visible.cases(here),
        }
        for mutant, spoiled in _parts(**parts):
            text = spoiled["rule"].replace("THE_SAID", spoiled["said"]).replace("THE_CASES", spoiled["cases"])
            setattr(visible, attribute, Text(text, text))
            try:
                yield _fate(name, mutant, statement, asked)
            finally:
                setattr(visible, attribute, right)


def fates_of_standing(asked: Asked) -> Iterator[Fate]:
    """Spoil the door's one question. What `shows` asks of the items is the rule, spoiled elsewhere."""
    right, on_postgresql = standing.TEXT, connection.vendor == "postgresql"
    each = "string_agg({}, ',')" if on_postgresql else "group_concat({}, ',')"
    for mutant in spoiled_sql(standing.asked(each, "THE_RULE")):
        text = mutant.text.replace("THE_RULE", OPEN_TO_ROLES_HERE.plain.format(case="c.id"))
        try:
            if on_postgresql:
                _replace(replace(standing.STANDING, text=text).function)
            else:
                standing.TEXT = Text(standing.text(text), "")
            yield _fate("standing", mutant, by_standing, asked)
        finally:
            standing.TEXT = right
            if on_postgresql:
                _replace(standing.STANDING.function)


_FUNCTIONS = ("samverk_my_cases", "samverk_my_walls", "samverk_her_yes")


def policy() -> Iterator[tuple[str, str, str]]:
    """How PostgreSQL says the rule, piece by piece: what stands before the text to spoil, the text, and what after."""
    text = files("samverk.store").joinpath("security.sql").read_text(encoding="utf-8")
    for name in _FUNCTIONS:
        start = text.index(f"CREATE OR REPLACE FUNCTION {name}(")
        head, body, _ = text[start:].split("$$", 2)
        yield f"{head}$$", body, "$$"
    yield (
        f"DROP POLICY seen ON store_item; CREATE POLICY seen ON store_item FOR SELECT TO {APP_ROLE} USING (",
        SEEN,
        ")",
    )


def fates_of_policy(asked: Asked) -> Iterator[Fate]:
    """Spoil the policy and what it asks. The worlds alone lie in the database, and nothing else asks for anything."""
    for before, right, after in policy():
        for mutant in spoiled_sql(right):
            try:
                with transaction.atomic():
                    _replace(before + mutant.text + after)
            except DatabaseError as error:
                yield Fate("policy", mutant.change, f"error: {error}", "")
                continue
            try:
                yield _fate("policy", mutant, by_row_security_here, asked)
            finally:
                _replace(before + right + after)


def _replace(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text)


def wrong(fates: Iterable[Fate]) -> list[str]:
    """The mutants that live, and those that were said to be the same and are not."""
    return [str(fate) for fate in fates if not fate.is_right]
