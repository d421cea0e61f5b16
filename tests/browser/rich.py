"""The rich case: Egon's third fate up to its “now”, with the others of the demonstration around him.

Played once for the whole run and put back for each test that asks, since a live server's tests empty the tables.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from samverk.access.actor import Actor, actor_of
from samverk.access.declare import AssignOfficial
from samverk.access.declare_house import SetUp
from samverk.actions import cases, codes
from samverk.cli.code_file import standard_codes
from samverk.cli.ready import let_in
from samverk.cli.story.player import play, weeks_to
from samverk.cli.story.reader import read_story
from samverk.cli.story.world import World
from samverk.domain.parties import Part
from tests.browser.places import Walk, walk
from tests.build import browser, done
from tests.empty import empty_house


@dataclass(frozen=True)
class Rich:
    """Who is in the story, by label, and Egon's case."""

    actors: dict[str, Actor]
    case: UUID
    programme: UUID


_kept: list[tuple[Rich, list[Model]]] = []
_walked: dict[str, Walk] = {}


def rich_world() -> Rich:
    """Everyone in the demonstration, and what they have done until now."""
    with transaction.atomic():
        empty_house()
    if _kept:
        rich, rows = _kept[0]
        _put_back(rows)
        return rich
    rich = _played()
    _kept.append((rich, _rows()))
    return rich


def _played() -> Rich:
    with let_in(SetUp) as permit:
        codes.load(permit, codes=standard_codes())
    worlds = []
    for name in ("egon-3", "demo-others"):
        story = read_story(name)
        assert story.now is not None
        worlds.append(World(shift=weeks_to(story.now, timezone.localtime())))
        play(story, world=worlds[-1], until=story.now + timedelta(days=1, minutes=-1))
    egon = worlds[0]
    found = {label: actor_of(account) for label, account in egon.accounts.items()}
    actors = {label: actor for label, actor in found.items() if actor is not None}
    frida, case = actors["frida"].account, egon.things["egon"]
    assert frida is not None
    done(actors["anna"], AssignOfficial, lambda p: cases.assign(p, account=frida, part=Part.WORKPLACE), case=case)
    return Rich(
        actors=actors,
        case=case,
        programme=egon.programmes["nacka"],
    )


def everywhere(rich: Rich, who: str) -> Walk:
    """All that she comes to from Egon's case, or from her start page if the case is closed to her.

    Walked once for the whole run: the rich case is put back as it was, so that the next test would read the same.
    """
    if who not in _walked:
        case = f"/arenden/{rich.case}/"
        inside = browser(rich.actors[who]).get(case).status_code == 200
        # Whoever is of no party and nobody's participant has no cases and no referrals to look for: she evaluates.
        lists = [] if who == "eva" else ["/arenden/", "/arenden/?visa=avslutade", "/remisser/"]
        starts = ([case] if inside else []) + ["/", *lists]
        _walked[who] = walk(rich.actors[who], *starts)
    return _walked[who]


def _rows() -> list[Model]:
    return [row for model in apps.get_app_config("store").get_models() for row in model._base_manager.all()]


def _put_back(rows: list[Model]) -> None:
    with transaction.atomic():
        by_model: dict[type[Model], list[Model]] = {}
        for row in rows:
            by_model.setdefault(type(row), []).append(row)
        for model, group in by_model.items():
            model._base_manager.bulk_create(group)
