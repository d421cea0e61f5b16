"""Near misses: the covering world with at most two things moved, all of them; then seeded worlds of more moves.

Noise lets mutants live that a near miss kills. So every world of one move is made and every one of two, none by chance.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from random import Random

from samverk.domain.consent import Ground
from samverk.domain.information import Protection, Purpose
from samverk.domain.parties import Role
from tests.generative.worlds import AT, DAY, TICK, Assigned, Opened, StandsIn, World, covering

Move = Callable[[World], World]
_PARTIES_AND_PEOPLE = {"person", "giver", "receiver", "item", "party", "absent", "substitute", "account", "case"}


def _told(w: World, changes: dict[str, object]) -> dict[str, object]:
    """A change by name becomes the id that the name has in this world."""
    return {
        field: w.id(value) if field in _PARTIES_AND_PEOPLE and isinstance(value, str) else value
        for field, value in changes.items()
    }


def _say(**changes: object) -> Move:
    """Move the consent."""
    return lambda w: replace(w, says=(replace(w.say, **_told(w, changes)), *w.says[1:]))


def _also(**changes: object) -> Move:
    """Let her have said something more, of the same scope but for the changes."""
    return lambda w: replace(w, says=(*w.says, replace(w.say, **_told(w, changes))))


def _within(**changes: object) -> Move:
    """Let her have said something about what the reader's party may know of its own closed unit."""
    return _also(**{"giver": "reader", "receiver": "reader", **changes})


def _ground(item: str = "main", **changes: object) -> Move:
    """Another legal ground for an item and the reader, but for the changes."""

    def move(w: World) -> World:
        ground = Ground(item=w.id(item), receiver=w.id("reader"), starts_at=AT - DAY)
        return replace(w, grounds=(replace(ground, **_told(w, changes)),))

    return move


def _other_ground(**changes: object) -> Move:
    return _ground("other category", **changes)


def _away(w: World) -> World:
    """The official is in no case of her own."""
    return replace(w, assigned=tuple(a for a in w.assigned if a.account != w.id("official")))


def _assigned(account: str = "official", **changes: object) -> Move:
    """Assign someone, but for the changes, beside whoever else is."""

    def move(w: World) -> World:
        made = Assigned(w.id(account), w.id("reader"), w.id("case"), AT - DAY)
        return replace(w, assigned=(*w.assigned, replace(made, **_told(w, changes))))

    return move


def _reassigned(**changes: object) -> Move:
    return lambda w: _assigned(**changes)(_away(w))  # type: ignore[arg-type]


def _role(role: Role, programme: str = "programme", account: str = "official") -> Move:
    """A role, and no assignment."""
    return lambda w: replace(_away(w), roles=(*w.roles, (w.id(account), w.id(programme), role)))


def _stands_in(first: Move | None = None, **changes: object) -> Move:
    """The official has no case of her own and stands in for her colleague, who is assigned unless told otherwise."""
    with_colleague = first or _assigned("colleague")

    def move(w: World) -> World:
        made = StandsIn(w.id("reader"), w.id("colleague"), w.id("official"), AT - DAY, AT + DAY)
        moved = with_colleague(_away(w))
        return replace(moved, stands_in=(*moved.stands_in, replace(made, **_told(w, changes))))

    return move


def _chain(w: World) -> World:
    """The official stands in for one who stands in for the colleague: that adds up to nothing."""
    w = _stands_in(absent="between")(w)
    made = StandsIn(w.id("reader"), w.id("colleague"), w.id("between"), AT - DAY, AT + DAY)
    return replace(w, stands_in=(*w.stands_in, made))


def _emergency(**changes: object) -> Move:
    """No case of her own, but one opened in an emergency, but for the changes."""

    def move(w: World) -> World:
        made = Opened(w.id("reader"), w.id("official"), w.id("case"), AT - DAY, AT + DAY)
        return replace(_away(w), opened=(*w.opened, replace(made, **_told(w, changes))))

    return move


def _protected(level: Protection, *cleared: str, whose: str = "person") -> Move:
    return lambda w: replace(w, protection=level, cleared=frozenset((w.id(whose), w.id(name)) for name in cleared))


def _in_unit(unit: str) -> Move:
    return lambda w: replace(w, unit=w.id(unit))


def _opens(*units: str) -> Move:
    return lambda w: replace(w, closed=w.closed - {w.id(unit) for unit in units})


def _edges(of: Callable[..., Move], field: str, *, first: bool) -> dict[str, Move]:
    """A moment moved to now and to a tick from now. `first`: something begins with it, otherwise it stops there."""
    words = (
        {"begins now": AT, "begins a tick late": AT + TICK} if first else {"stops now": AT, "a tick left": AT + TICK}
    )
    return {f"{word} ({field})": of(**{field: moment}) for word, moment in words.items()}


MOVES: dict[str, dict[str, Move]] = {
    "person": {"another's": _say(person="stranger")},
    "giver": {"bystander": _say(giver="bystander"), "herself": _say(giver=None)},
    "receiver": {"bystander": _say(receiver="bystander")},
    "category": {"other": _say(category="health")},
    "purpose": {
        "said for control": _say(purpose=Purpose.CONTROL),
        "read for control": lambda w: replace(w, purpose=Purpose.CONTROL),
    },
    "start": _edges(_say, "starts_at", first=True),
    "stop": _edges(_say, "stops_at", first=False),
    "end": {**_edges(_say, "ended_at", first=False), "before": _say(ended_at=AT - DAY)},
    "refusal": {
        "instead": _say(refused=True),
        "too": _also(refused=True),
        "ended by a later consent": _also(refused=True, starts_at=AT - 9 * DAY, ended_at=AT - DAY),
        **_edges(lambda **moment: _also(refused=True, **moment), "ended_at", first=False),
        **_edges(lambda **moment: _also(refused=True, **moment), "stops_at", first=False),
        **_edges(lambda **moment: _also(refused=True, **moment), "starts_at", first=True),
        "for control": _also(refused=True, purpose=Purpose.CONTROL),
        "of another category": _also(refused=True, category="health"),
        "to another": _also(refused=True, receiver="bystander"),
        "of another person": _also(refused=True, person="stranger"),
        "of her own words": _also(refused=True, giver=None),
        "of the bystander's": _also(refused=True, giver="bystander"),
        "of her own words, after a yes": lambda w: _also(refused=True, giver=None)(_also(giver=None)(w)),
        "of the bystander's, with a yes to her own": lambda w: _also(refused=True, giver="bystander")(
            _also(giver=None)(w)
        ),
    },
    "ground": {
        "for this": _ground(),
        "for what no consent covers": _other_ground(),
        "for what no consent covers, for another party": _other_ground(receiver="bystander"),
        **{
            f"{how}, of what no consent covers": move
            for how, move in _edges(_other_ground, "starts_at", first=True).items()
        },
        **{
            f"{how}, of what no consent covers": move
            for how, move in _edges(_other_ground, "ended_at", first=False).items()
        },
        "for what is behind the border": _ground("behind the border"),
        "for another party": _ground(receiver="bystander"),
        **_edges(_ground, "starts_at", first=True),
        **_edges(_ground, "ended_at", first=False),
    },
    "protection": {
        "secrecy marking": _protected(Protection.SECRECY_MARKING),
        "protected registration": _protected(Protection.PROTECTED_REGISTRATION),
        "protected, cleared": _protected(Protection.PROTECTED_REGISTRATION, "reader"),
        "protected, another cleared": _protected(Protection.PROTECTED_REGISTRATION, "bystander", "owner"),
        "protected, cleared for the stranger": _protected(
            Protection.PROTECTED_REGISTRATION, "reader", whose="stranger"
        ),
        "fictitious": _protected(Protection.FICTITIOUS),
        "fictitious, cleared": _protected(Protection.FICTITIOUS, "reader", "bystander"),
    },
    "unit": {unit: _in_unit(unit) for unit in ("closed unit", "other closed unit", "open unit")},
    "border": {
        "opened": _opens("closed unit"),
        "another opened": _opens("other closed unit"),
        "all opened": _opens("closed unit", "other closed unit", "owner's unit"),
    },
    "within": {
        "yes": _within(),
        "no": _within(refused=True),
        "yes for control": _within(purpose=Purpose.CONTROL),
        "yes, other category": _within(category="health"),
        "yes, to another": _within(receiver="bystander"),
        "yes, from another": _within(giver="bystander"),
        "yes, begins a tick late": _within(starts_at=AT + TICK),
        "yes, ended now": _within(ended_at=AT),
    },
    "standing in": {
        "for a colleague": _stands_in(),
        **_edges(_stands_in, "since", first=True),
        **_edges(_stands_in, "until", first=False),
        **_edges(_stands_in, "ended_at", first=False),
        "in another party": _stands_in(party="bystander"),
        "the other way round": _stands_in(absent="official", substitute="colleague"),
        "by another": _stands_in(substitute="between"),
        "for another": _stands_in(absent="between"),
        "for a substitute": _chain,
        "for one who has been let go": _stands_in(_assigned("colleague", until=AT)),
        "for one who comes later": _stands_in(_assigned("colleague", since=AT + TICK)),
        "for one in another case": _stands_in(_assigned("colleague", case="second case")),
        "for one who is there for another party": _stands_in(_assigned("colleague", party="bystander")),
        "for a coordinator": _stands_in(_role(Role.COORDINATOR, account="colleague")),
        "for a coordinator, in another party": _stands_in(
            _role(Role.COORDINATOR, account="colleague"), party="bystander"
        ),
        "for a coordinator, begins a tick late": _stands_in(
            _role(Role.COORDINATOR, account="colleague"), since=AT + TICK
        ),
        "for a coordinator, begins now": _stands_in(_role(Role.COORDINATOR, account="colleague"), since=AT),
        "for a coordinator, stops now": _stands_in(_role(Role.COORDINATOR, account="colleague"), until=AT),
        "for a coordinator, ended now": _stands_in(_role(Role.COORDINATOR, account="colleague"), ended_at=AT),
        "for a coordinator, ends in a tick": _stands_in(
            _role(Role.COORDINATOR, account="colleague"), ended_at=AT + TICK
        ),
        "for a coordinator, by another": _stands_in(_role(Role.COORDINATOR, account="colleague"), substitute="between"),
        "for another than the coordinator": _stands_in(_role(Role.COORDINATOR, account="colleague"), absent="between"),
        "for a coordinator elsewhere": _stands_in(_role(Role.COORDINATOR, "other programme", "colleague")),
        "for one of the steering group": _stands_in(_role(Role.STEERING, account="colleague")),
        "for one let in in an emergency": _stands_in(_emergency(account="colleague")),
    },
    "emergency": {
        "approved": _emergency(),
        "not answered": _emergency(approved_at=None, until=None),
        "declined": _emergency(approved_at=None, until=None, declined_at=AT - DAY),
        "not answered, though a time was chosen": _emergency(approved_at=None),
        "approved without end": _emergency(until=None),
        **_edges(_emergency, "approved_at", first=True),
        **_edges(_emergency, "until", first=False),
        **_edges(_emergency, "ended_at", first=False),
        "another case": _emergency(case="stranger's case"),
        "her second case": _emergency(case="second case"),
        "no case found": _emergency(case=None),
        "a colleague's": _emergency(account="colleague"),
        "another party's": _emergency(party="bystander"),
    },
    "need": {
        "none": _away,
        **_edges(_reassigned, "since", first=True),
        **_edges(_reassigned, "until", first=False),
        "in another case": _reassigned(case="stranger's case"),
        "in her second case": _reassigned(case="second case"),
        "for another party": _reassigned(party="bystander"),
        **{role.value: _role(role) for role in Role},
        "coordinator elsewhere": _role(Role.COORDINATOR, "other programme"),
    },
}
"""Dimension → how it is moved. Need stands last: it can give back what standing in and emergency have taken away."""

_ALONE = [(f"{about}: {how}", about, move) for about, ways in MOVES.items() for how, move in ways.items()]


def alone() -> Iterator[World]:
    """The covering world, and every world of one move."""
    yield covering(0, "nothing")
    for n, (name, _, move) in enumerate(_ALONE, 1):
        yield move(covering(n, name))


def pairs() -> Iterator[World]:
    """Every world of two moves in different dimensions."""
    for n, ((one, first_about, first), (other, about, second)) in enumerate(combinations(_ALONE, 2), 1000):
        if first_about != about:
            yield second(first(covering(n, f"{one}; {other}")))


def seeded(seed: int, count: int, *, moves: int = 3) -> Iterator[World]:
    """`count` worlds of `moves` moves in different dimensions, the same ones for the same seed."""
    chance = Random(seed)  # noqa: S311 (the same each time is what is wanted)
    dimensions = list(MOVES)
    for n in range(count):
        about = sorted(chance.sample(range(len(dimensions)), moves))
        chosen = [(dimensions[k], *chance.choice(list(MOVES[dimensions[k]].items()))) for k in about]
        world = covering((seed << 32) + 100_000 + n, "; ".join(f"{which}: {how}" for which, how, _ in chosen))
        for _, _, move in chosen:
            world = move(world)
        yield world
