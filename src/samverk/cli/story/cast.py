"""Setting up whom a story is about: parties, programmes, people. What is there already by that name is used as it is."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from uuid import UUID

from samverk.access import accounts as account_views
from samverk.access import people as people_views
from samverk.access import programmes as programme_views
from samverk.access.declare_house import RunProgramme, SetUp
from samverk.access.permit import Permit
from samverk.actions import setup
from samverk.cli.errors import said
from samverk.cli.story import world as w
from samverk.cli.story.reader import Lined, Story
from samverk.cli.story.world import Mistake, World
from samverk.domain.parties import Role
from samverk.domain.process import Step
from samverk.domain.words import Rejection

_PARTY = {"name", "short", "kind"}
_PROGRAMME = {
    "name", "place", "county", "type", "mandate", "target_group", "goals", "principal", "starts_on", "stops_on",
    "places", "meeting_rhythm", "parties", "criteria", "phases",
}  # fmt: skip
_PERSON = {
    "name", "title", "email", "party", "participant", "born", "sex", "phone", "operator", "roles", "cleared_for",
}  # fmt: skip
_PARTY_IN = {"puts_in", "share", "in_team"}


def set_up(permit: Permit[SetUp], *, story: Story, world: World) -> None:
    """Parties, programmes and people, each with the label that the story calls it by."""
    there = {view.name: id for id, view in people_views.parties(permit).items()}
    for label, entry in _entries(story, story.parties, _PARTY):
        with _about(story, entry):
            world.parties[label] = there.get(_str(entry, "name")) or setup.add_party(
                permit, name=_str(entry, "name"), short=_str(entry, "short"), kind=_str(entry, "kind")
            )
    for label, entry in _entries(story, story.programmes, _PROGRAMME):
        with _about(story, entry):
            _add_programme(permit, world, label, entry)
    for label, entry in _entries(story, story.people, _PERSON):
        with _about(story, entry):
            _add_person(permit, world, label, entry)


def give_roles(permit: Permit[RunProgramme], *, story: Story, world: World, programme: str) -> None:
    """The roles in one programme, with what their holders may decide at the table."""
    for label, entry in _entries(story, story.people, _PERSON):
        roles = entry.get("roles") or {}
        if not isinstance(roles, Mapping):
            raise story.wrong(entry.line, "“roles” is to hold programmes, each with its roles.")
        for role, mandates in _roles(story, entry, roles.get(programme)):
            with _about(story, entry):
                setup.give_role(permit, account=world.accounts[label], role=Role(role), mandates=mandates)


def _roles(story: Story, entry: Lined, told: object) -> list[tuple[str, list[str]]]:
    if told is None:
        return []
    listed = told if isinstance(told, Mapping) else {str(told): []}
    known = {role.value for role in Role}
    for role in listed:
        if role not in known:
            raise story.wrong(entry.line, f"there is no role “{role}”. Known: {', '.join(sorted(known))}.")
    return [(str(role), [str(m) for m in (mandates or [])]) for role, mandates in listed.items()]


def _entries(story: Story, read: Lined, known: set[str]) -> list[tuple[str, Lined]]:
    entries = []
    for label, entry in read.items():
        line = read.lines.get(label, read.line)
        if not isinstance(entry, Lined) or "name" not in entry:
            raise story.wrong(line, f"“{label}” is to have a name.")
        for key in entry:
            if key not in known:
                raise story.wrong(entry.lines[key], f"“{key}” is not known here. Known: {', '.join(sorted(known))}.")
        entries.append((label, entry))
    return entries


@contextmanager
def _about(story: Story, entry: Lined) -> Iterator[None]:
    """Tell the line of what cannot be done."""
    try:
        yield
    except Mistake as mistake:
        raise story.wrong(entry.line, str(mistake)) from None
    except Rejection as rejection:
        raise story.wrong(entry.line, said(rejection)) from None


def _str(entry: Lined, key: str) -> str:
    return str(entry.get(key) or "")


def _add_programme(permit: Permit[SetUp], world: World, label: str, entry: Lined) -> None:
    there = programme_views.by_name(permit, name=_str(entry, "name"))
    if there:
        world.programmes[label] = there[0][0]
        return
    told = entry.get("parties") or {}
    if not isinstance(told, Mapping):
        raise Mistake("“parties” is to hold labels, each with what it puts in.")
    principal = entry.get("principal")
    programme = setup.NewProgramme(
        name=_str(entry, "name"),
        place=_str(entry, "place"),
        county=_str(entry, "county"),
        integration_type=_str(entry, "type"),
        mandate=world.text(_str(entry, "mandate")),
        target_group=world.text(_str(entry, "target_group")),
        goals=world.text(_str(entry, "goals")),
        principal=w.party(world, principal) if principal else None,
        starts_on=world.day(_str(entry, "starts_on")) if "starts_on" in entry else None,
        stops_on=world.day(_str(entry, "stops_on")) if "stops_on" in entry else None,
        places=w.number(world, entry["places"]) if "places" in entry else None,
        meeting_rhythm=_str(entry, "meeting_rhythm"),
        parties=[_party_in(world, party, put) for party, put in told.items()],
        criteria=[world.text(str(text)) for text in _list(entry, "criteria")],
    )
    if phases := _list(entry, "phases"):
        programme = replace(programme, phases=[_phase(line) for line in phases])
    world.programmes[label] = setup.create_programme(permit, programme=programme)


def _list(entry: Lined, key: str) -> list[object]:
    told = entry.get(key) or []
    if not isinstance(told, list):
        raise Mistake(f"“{key}” is to be a list.")
    return told


def _party_in(world: World, label: str, told: object) -> setup.NewPartyIn:
    put: Mapping[str, object] = told if isinstance(told, Mapping) else {}
    if unknown := set(put) - _PARTY_IN:
        raise Mistake(f"“{sorted(unknown)[0]}” is not known about a party in a programme.")
    try:
        share = Decimal(str(put["share"])) if "share" in put else None
    except InvalidOperation:
        raise Mistake(f"“{put['share']}” is no share in per cent.") from None
    return setup.NewPartyIn(
        party=w.party(world, label),
        puts_in=str(put.get("puts_in", "")),
        share=share,
        in_team=bool(put.get("in_team", True)),
    )


def _phase(told: object) -> setup.NewPhase:
    """“step: Svenskt namn / English name”."""
    if not isinstance(told, Mapping) or len(told) != 1:
        raise Mistake("a phase is written “- mapping: Försteget / First stage”.")
    [(step, name)] = told.items()
    swedish, _, english = (part.strip() for part in str(name).partition("/"))
    try:
        return setup.NewPhase(Step(step), swedish, english or swedish)
    except ValueError:
        raise Mistake(f"there is no step “{step}”. Known: {', '.join(Step)}.") from None


def _add_person(permit: Permit[SetUp], world: World, label: str, entry: Lined) -> None:
    name, email = _str(entry, "name"), _str(entry, "email") or f"{label}@example.org"
    number = made_number(world, _str(entry, "born"), len(world.numbers)) if "born" in entry else ""
    if entry.get("participant"):
        world.numbers[label] = (name, number)
    there = account_views.by_email(permit, email=email)
    if there is not None:
        world.accounts[label] = there
        return
    person: UUID | None = None
    if entry.get("participant"):
        person = setup.add_person(permit, name=name, number=number, sex=_str(entry, "sex"), phone=_str(entry, "phone"))
        for party in _list(entry, "cleared_for"):
            setup.clear_party(permit, person=person, party=w.party(world, party))
    world.accounts[label] = setup.add_account(
        permit,
        email=email,
        name=name,
        title=_str(entry, "title"),
        party=w.party(world, entry["party"]) if "party" in entry else None,
        person=person,
        operator=bool(entry.get("operator")),
    )


def made_number(world: World, born: str, nth: int) -> str:
    """A personal number for an invented person, among the serials (980 and up) that are never given to anyone."""
    day = world.day(born)
    moved = day.replace(year=world.year(int(born[:4])), month=int(born[5:7]), day=min(int(born[8:10]), 28))
    nine = f"{moved:%y%m%d}{980 + nth % 20}"
    doubled = (int(d) * (2 if n % 2 == 0 else 1) for n, d in enumerate(nine))
    return f"{moved:%Y%m%d}{980 + nth % 20}{-sum(d // 10 + d % 10 for d in doubled) % 10}"
