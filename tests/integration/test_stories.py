"""The stories that belong to Samverk are played through the real actions, and come out the same each time."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
import yaml
from django.db import transaction
from django.utils import timezone

from samverk.access.actor import actor_of
from samverk.access.closing import closings_of
from samverk.access.commitments import commitments_of
from samverk.access.consents import consents_of
from samverk.access.declare import ReadCase
from samverk.access.declare_house import SetUp
from samverk.access.livelihood import livelihood_of
from samverk.access.measures import absences_of
from samverk.access.meetings import meetings_of
from samverk.access.plans import goal_now, plan_of
from samverk.actions import codes
from samverk.cli.code_file import standard_codes
from samverk.cli.ready import let_in
from samverk.cli.story.player import play, weeks_to
from samverk.cli.story.reader import Story, read_story, story_names
from samverk.cli.story.world import World
from samverk.store.models import Account, Case, Event, LivelihoodSpell, Measure
from tests.build import done
from tests.empty import empty_house

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _codes(db: None) -> None:
    empty_house()
    with let_in(SetUp) as permit:
        codes.load(permit, codes=standard_codes())


def played(name: str, *, until: datetime | None = None, shift: timedelta | None = None) -> World:
    world = World(shift=shift or timedelta())
    play(read_story(name), world=world, until=until)
    return world


def events_of(name: str) -> list[dict[str, object]]:
    """Everything in the log after `name` is played on a fresh database, which is then emptied again.

    But for what the log adds by chance and for its own order.
    """
    told = [field.attname for field in Event._meta.fields if field.name not in ("salt", "turn")]
    with transaction.atomic():
        before = set(Event.objects.values_list("id", flat=True))
        played(name)
        log = list(Event.objects.exclude(id__in=before).order_by("at", "id").values(*told))
        transaction.set_rollback(True)
    return log


@pytest.mark.parametrize("name", ["egon-1", "egon-2", pytest.param("egon-3", marks=pytest.mark.slow)])
def test_a_fate_played_twice_gives_the_same_events(name: str) -> None:
    """Ids and clock come from the story: every row of the log is the same (issue 2, Shown by)."""
    first, second = events_of(name), events_of(name)
    assert len(first) > 50
    assert first == second


def test_the_stories_are_those_that_the_demonstration_needs() -> None:
    """Egon's three fates, and the others (issue 2, 4b)."""
    assert story_names() == ["demo-others", "egon-1", "egon-2", "egon-3"]


@pytest.mark.parametrize("name", ["egon-1", "egon-2"])
def test_where_nobody_asked_for_consent_each_party_sees_only_its_own(name: str) -> None:
    """Independent and counteracting agencies do not know of each other (domain.md §1, egon.md)."""
    world = played(name)
    case = Case.objects.get().id
    at = timezone.make_aware(datetime.fromisoformat("1996-12-30 12:00"))
    for who, party in (("bo", "AF"), ("per", "FK"), ("lena", "Psykiatrin")):
        actor = actor_of(world.accounts[who])
        assert actor is not None
        line = done(actor, ReadCase, livelihood_of, case=case, at=at)
        assert {spell.owner_name for spell in line.spells} <= {party}
        assert done(actor, ReadCase, consents_of, case=case, at=at).says == ()


@pytest.mark.parametrize("name", ["egon-1", "egon-2"])
def test_the_line_of_livelihood_breaks_again_and_again(name: str) -> None:
    """Long waits between the steps, and no livelihood in them (egon.md, fate 1 and 2)."""
    played(name)
    spells = sorted(LivelihoodSpell.objects.values_list("first_day", "last_day"))
    gaps = [(a, b) for (_, a), (b, _) in pairwise(spells) if a is not None and b > a + timedelta(days=1)]
    assert gaps


def test_in_the_second_fate_two_measures_lie_in_the_same_weeks() -> None:
    """A treatment home is granted in the same weeks as a work assessment (domain.md §1)."""
    played("egon-2")
    treatment = Measure.objects.get(kind="addiction_treatment")
    assessment = Measure.objects.get(kind="assessment")
    assert treatment.item.owner_id != assessment.item.owner_id
    assert assessment.status == "not_relevant"
    assert treatment.planned_start <= assessment.planned_start < treatment.planned_end
    assert Case.objects.get().status == "closed"


@pytest.fixture
def summer() -> tuple[World, Story]:
    story = read_story("egon-3")
    world = World()
    assert story.now is not None
    play(story, world=world, until=story.now + timedelta(days=1, minutes=-1))
    return world, story


def test_the_demonstration_begins_when_someone_is_needed(summer: tuple[World, Story]) -> None:
    """A late promise, a review due, a call that waits, livelihood that ends (issue 2, 4b: a visitor goes on with it)."""
    world, story = summer
    assert story.now is not None
    at = timezone.make_aware(story.now + timedelta(hours=9))
    today, case = at.date(), world.things["egon"]
    anna = actor_of(world.accounts["anna"])
    assert anna is not None

    def see(look):  # type: ignore[no-untyped-def]
        return done(anna, ReadCase, look, case=case, at=at)

    late = [promise for promise in see(lambda p: commitments_of(p, today)) if promise.late]
    assert [promise.owner_name for promise in late] == ["Per Åkerlund"]
    page = see(plan_of)
    assert page.plan.review_on <= today
    assert page.plan.goal == see(goal_now).text == "Jag vill svarva igen, och ha råd att åka och fiska med Erik."
    [ahead] = [meeting for meeting in see(lambda p: meetings_of(p, today)) if meeting.ahead]
    assert 7 <= (ahead.day - today).days <= 13
    assert "waiting" in {call.status for call in ahead.invitations}
    line = see(livelihood_of)
    assert line.covered_through == date(1996, 8, 31)
    answers = [(absence.day, absence.reached_on) for absence in see(absences_of).absences]
    assert len(answers) == 5
    assert all(day == reached for day, reached in answers)
    # Dag's consent was withdrawn yesterday, and Cia's party never had one.
    assert world.parties["nackahem"] not in {say.receiver for say in see(consents_of).in_force}
    assert Account.objects.filter(is_active=True).count() <= 14


@pytest.mark.slow
def test_the_third_fate_ends_in_work_with_a_follow_up_to_come() -> None:
    """Subsidised employment, and someone who asks how it goes (egon.md; domain.md §3.10-11)."""
    world = played("egon-3")
    anna = actor_of(world.accounts["anna"])
    assert anna is not None
    at = timezone.make_aware(datetime.fromisoformat("1996-12-31 12:00"))
    [closing] = done(anna, ReadCase, closings_of, case=world.things["egon"], at=at)
    assert closing.closed_on == date(1996, 12, 16)
    assert Case.objects.get().status == "closed"


@pytest.mark.slow
def test_the_others_are_in_other_stages() -> None:
    """A handful of other invented people (issue 2, 4b)."""
    world = played("demo-others")
    standing = dict(Case.objects.values_list("id", "status"))
    by_name = {name: standing[world.things[name]] for name in ("amina", "roger", "johan", "fatima", "ulla", "skyddad")}
    assert by_name == {
        "amina": "referred",
        "roger": "referred",
        "johan": "offered",
        "fatima": "active",
        "ulla": "closed",
        "skyddad": "active",
    }


def test_all_days_move_by_one_whole_number_of_weeks() -> None:
    """Weekdays and times of day are kept, also across summer time (design.md)."""
    now = datetime.fromisoformat("1996-06-10")
    for today in (
        datetime.fromisoformat("2026-11-22"),
        datetime.fromisoformat("2026-06-10"),
        datetime.fromisoformat("2030-02-28"),
    ):
        shift = weeks_to(now, today)
        assert shift.days % 7 == 0
        assert 0 <= (today - (now + shift)).days < 7
        world = World(shift=shift)
        moved = world.moment(datetime.fromisoformat("1995-01-09 10:00"))
        assert (moved.weekday(), timezone.localtime(moved).hour) == (0, 10)
        assert world.day("1996-08-31") - world.day("1996-06-10") == date(1996, 8, 31) - date(1996, 6, 10)


def test_days_and_years_in_texts_move_too() -> None:
    """What was promised for a day is read with the day that it is now."""
    world = World(shift=timedelta(weeks=1565))
    assert world.day("1996-08-31") == date(2026, 8, 29)
    assert world.text("Besked före {1996-08-31}.") == "Besked före 29 augusti."
    assert world.text("Miste jobbet {1984}.") == "Miste jobbet 2014."
    assert World().text("Miste jobbet {1984}, sagt {1995-02-01}.") == "Miste jobbet 1984, sagt 1 februari."


def test_every_story_is_readable_yaml_in_order() -> None:
    """Stories are read by people; the reader is stricter than YAML (docs/stories.md)."""
    for name in story_names():
        story = read_story(name)
        assert story.title
        assert story.now
        assert all(a.at <= b.at for a, b in pairwise(story.events))
    with pytest.raises(yaml.YAMLError):
        yaml.safe_load("a: [")
