"""Near misses: a world in which one consent covers one item for one reader, with at most two things moved.

Every world of one move and of two is made, none by chance: noise lets mutants live that a near miss kills.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from uuid import UUID, uuid5

from samverk.domain.consent import Ground, Say
from samverk.domain.information import Protection, Purpose, Thing
from samverk.domain.parties import Part, Role
from samverk.store import models

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TICK = timedelta(microseconds=1)
"""The least that both databases can tell apart."""
DAY = timedelta(days=1)


@dataclass(frozen=True)
class World:
    """Parties: owner, reader, bystander. Two people, one case of the first, an official of each reading party."""

    name: str
    owner: UUID
    reader: UUID
    bystander: UUID
    person: UUID
    stranger: UUID
    case: UUID
    other_case: UUID
    programme: UUID
    other_programme: UUID
    official: UUID
    neighbour: UUID
    """An official of the bystander, always assigned."""
    items: tuple[Thing, ...]
    says: tuple[Say, ...]
    grounds: tuple[Ground, ...] = ()
    assignments: tuple[tuple[UUID, UUID, datetime, datetime | None], ...] = ()
    roles: tuple[tuple[UUID, UUID, Role], ...] = ()
    protection: Protection = Protection.NONE
    cleared: frozenset[UUID] = frozenset()
    purpose: Purpose = Purpose.SUPPORT

    @property
    def main(self) -> Thing:
        """The item that the consent is about, unless moved."""
        return self.items[0]

    @property
    def say(self) -> Say:
        """The consent that covers it, unless moved."""
        return self.says[0]


Move = Callable[[World], World]


def _say(**changes: object) -> Move:
    """Move the consent."""
    return lambda w: replace(w, says=(replace(w.say, **_told(w, changes)), *w.says[1:]))


def _also(**changes: object) -> Move:
    """Let her have said something more, of the same scope but for the changes."""
    return lambda w: replace(w, says=(*w.says, replace(w.say, **_told(w, changes))))


def _main(**changes: object) -> Move:
    """Move the item."""
    return lambda w: replace(w, items=(replace(w.main, **_told(w, changes)), *w.items[1:]))


def _ground(**changes: object) -> Move:
    """Another legal ground for the item and the reader, but for the changes."""

    def move(w: World) -> World:
        ground = Ground(item=w.main.id, receiver=w.reader, starts_at=AT - DAY)
        return replace(w, grounds=(replace(ground, **_told(w, changes)),))

    return move


def _assigned(since: datetime = AT - DAY, until: datetime | None = None, case: str = "case") -> Move:
    """Assign the official otherwise."""
    return lambda w: replace(
        w, assignments=(*(a for a in w.assignments if a[0] != w.official), (w.official, getattr(w, case), since, until))
    )


def _unassigned(w: World) -> World:
    return replace(w, assignments=tuple(a for a in w.assignments if a[0] != w.official))


def _role(role: Role, programme: str = "programme") -> Move:
    """A role instead of an assignment."""
    return lambda w: replace(_unassigned(w), roles=((w.official, getattr(w, programme), role),))


def _protected(level: Protection, *cleared: str) -> Move:
    return lambda w: replace(w, protection=level, cleared=frozenset(getattr(w, name) for name in cleared))


def _told(w: World, changes: dict[str, object]) -> dict[str, object]:
    """A change that is a function is told which world."""
    return {name: value(w) if callable(value) else value for name, value in changes.items()}


MOVES: dict[str, dict[str, Move]] = {
    "person": {"another's": _say(person=lambda w: w.stranger)},
    "giver": {
        "bystander": _say(giver=lambda w: w.bystander),
        "herself": _say(giver=None),
    },
    "receiver": {"bystander": _say(receiver=lambda w: w.bystander)},
    "category": {"other": _say(category="health")},
    "purpose": {
        "said for control": _say(purpose=Purpose.CONTROL),
        "read for control": lambda w: replace(w, purpose=Purpose.CONTROL),
    },
    "start": {"now": _say(starts_at=AT), "a tick late": _say(starts_at=AT + TICK)},
    "stop": {"now": _say(stops_at=AT), "a tick left": _say(stops_at=AT + TICK)},
    "end": {"now": _say(ended_at=AT), "a tick left": _say(ended_at=AT + TICK), "before": _say(ended_at=AT - DAY)},
    "refusal": {
        "instead": _say(refused=True),
        "too": _also(refused=True),
        "ended by a later consent": _also(refused=True, starts_at=AT - 9 * DAY, ended_at=AT - DAY),
        "ends a tick later": _also(refused=True, ended_at=AT + TICK),
        "not begun": _also(refused=True, starts_at=AT + TICK),
        "for control": _also(refused=True, purpose=Purpose.CONTROL),
        "of another category": _also(refused=True, category="health"),
        "to another": _also(refused=True, receiver=lambda w: w.bystander),
        "of another's": _also(refused=True, person=lambda w: w.stranger),
        "of her own words": _also(refused=True, giver=None),
    },
    "owner": {
        "herself": _main(owner=None),
        "the reader": _main(owner=lambda w: w.reader),
        "bystander": _main(owner=lambda w: w.bystander),
    },
    "about": {"someone else": _main(about_other=True)},
    "ground": {
        "for this": _ground(),
        "for another item": _ground(item=lambda w: w.items[1].id),
        "for another party": _ground(receiver=lambda w: w.bystander),
        "from now": _ground(starts_at=AT),
        "a tick late": _ground(starts_at=AT + TICK),
        "ended now": _ground(ended_at=AT),
        "a tick left": _ground(ended_at=AT + TICK),
    },
    "protection": {
        "secrecy marking": _protected(Protection.SECRECY_MARKING),
        "protected registration": _protected(Protection.PROTECTED_REGISTRATION),
        "protected, cleared": _protected(Protection.PROTECTED_REGISTRATION, "reader"),
        "protected, another cleared": _protected(Protection.PROTECTED_REGISTRATION, "bystander", "owner"),
        "fictitious": _protected(Protection.FICTITIOUS),
    },
    "need": {
        "none": _unassigned,
        "from now": _assigned(since=AT),
        "a tick late": _assigned(since=AT + TICK),
        "ended now": _assigned(until=AT),
        "a tick left": _assigned(until=AT + TICK),
        "in another case": _assigned(case="other_case"),
        **{role.value: _role(role) for role in Role},
        "coordinator elsewhere": _role(Role.COORDINATOR, "other_programme"),
    },
}
"""Dimension → how it is moved."""


def near_misses() -> Iterator[World]:
    """The covering world, every world of one move, and every world of two moves in different dimensions."""
    yield _covering(0, "nothing")
    alone = [(f"{about}: {how}", about, move) for about, ways in MOVES.items() for how, move in ways.items()]
    n = 0
    for n, (name, _, move) in enumerate(alone, 1):
        yield move(_covering(n, name))
    for (one, about_one, first), (other, about_other, second) in combinations(alone, 2):
        if about_one != about_other:
            n += 1
            yield second(first(_covering(n, f"{one}; {other}")))


def _covering(n: int, name: str) -> World:
    def new(what: str) -> UUID:
        return uuid5(UUID(int=n), what)

    person, owner, reader, bystander = new("person"), new("owner"), new("reader"), new("bystander")
    official, neighbour, case = new("official"), new("neighbour"), new("case")

    def item(what: str, of: UUID | None, category: str = "work", about_other: bool = False) -> Thing:
        return Thing(new(what), person, of, category, about_other)

    return World(
        name=name,
        owner=owner,
        reader=reader,
        bystander=bystander,
        person=person,
        stranger=new("stranger"),
        case=case,
        other_case=new("other case"),
        programme=new("programme"),
        other_programme=new("other programme"),
        official=official,
        neighbour=neighbour,
        items=(
            item("main", owner),
            item("same owner, other category", owner, "health"),
            item("same category, other owner", bystander),
            item("the reader's own", reader),
            item("her own", None),
        ),
        says=(Say(person, owner, reader, "work", Purpose.SUPPORT, False, AT - DAY, AT + 180 * DAY),),
        assignments=((official, case, AT - DAY, None), (neighbour, case, AT - DAY, None)),
    )


def put(worlds: list[World]) -> None:
    """Write the worlds as rows, past the actions: those would refuse most of them."""
    parties = {w.name: (w.owner, w.reader, w.bystander) for w in worlds}
    rows: dict[type[object], list[object]] = {
        models.Party: [models.Party(id=p, name=str(p), short="p", kind="af") for ids in parties.values() for p in ids],
        models.Person: [
            models.Person(id=p, name="p", protection=w.protection.value) for w in worlds for p in (w.person, w.stranger)
        ],
        models.Account: [
            models.Account(id=a, email=f"{a}@example.org", name="a", party_id=p)
            for w in worlds
            for a, p in ((w.official, w.reader), (w.neighbour, w.bystander))
        ],
        models.Programme: [models.Programme(id=p, name="p") for w in worlds for p in (w.programme, w.other_programme)],
        models.Case: [
            models.Case(id=c, person_id=p, programme_id=w.programme, opened_at=AT)
            for w in worlds
            for c, p in ((w.case, w.person), (w.other_case, w.stranger))
        ],
        models.Assignment: [_assignment(w, n) for w in worlds for n in range(len(w.assignments))],
        models.ProgrammeRole: [
            models.ProgrammeRole(id=uuid5(a, str(p)), account_id=a, programme_id=p, role=role.value)
            for w in worlds
            for a, p, role in w.roles
        ],
        models.Clearance: [
            models.Clearance(id=uuid5(w.person, str(p)), person_id=w.person, party_id=p)
            for w in worlds
            for p in w.cleared
        ],
        models.Item: [_item(w, thing) for w in worlds for thing in w.items],
        models.ConsentDocument: [
            models.ConsentDocument(
                id=w.case, person_id=w.person, case_id=w.case, given_at=AT, how="paper", condition_of_benefit=False
            )
            for w in worlds
        ],
        models.Consent: [_consent(w, n, say) for w in worlds for n, say in enumerate(w.says)],
        models.LegalGround: [_legal_ground(ground) for w in worlds for ground in w.grounds],
    }
    for model, made in rows.items():
        model.objects.bulk_create(made, batch_size=500)  # type: ignore[attr-defined]


def _assignment(w: World, n: int) -> models.Assignment:
    account, case, since, until = w.assignments[n]
    party = w.reader if account == w.official else w.bystander
    return models.Assignment(
        id=uuid5(w.case, f"assigned {n}"),
        account_id=account,
        case_id=case,
        party_id=party,
        part=Part.OFFICIAL.value,
        since=since,
        until=until,
    )


def _item(w: World, thing: Thing) -> models.Item:
    return models.Item(
        id=thing.id,
        person_id=thing.person,
        case_id=w.case,
        owner_id=thing.owner,
        category=thing.category,
        kind="note",
        headline="",
        happened_on=AT.date(),
        created_at=AT,
        about_other=thing.about_other,
    )


def _consent(w: World, n: int, say: Say) -> models.Consent:
    return models.Consent(
        id=uuid5(w.case, f"said {n}"),
        document_id=w.case,
        person_id=say.person,
        giver_id=say.giver,
        receiver_id=say.receiver,
        category=say.category,
        purpose=say.purpose.value,
        refused=say.refused,
        starts_at=say.starts_at,
        stops_at=say.stops_at,
        ended_at=say.ended_at,
    )


def _legal_ground(ground: Ground) -> models.LegalGround:
    return models.LegalGround(
        id=uuid5(ground.item, "ground"),
        item_id=ground.item,
        receiver_id=ground.receiver,
        ground="a law",
        starts_at=ground.starts_at,
        ended_at=ground.ended_at,
    )
