"""A story is played with the same checks as a human, and every mistake in it is told with file and line."""

from datetime import datetime
from pathlib import Path

import pytest

from samverk.access.declare_house import SetUp
from samverk.actions import codes
from samverk.cli.code_file import standard_codes
from samverk.cli.ready import let_in
from samverk.cli.story.player import Played, check, play
from samverk.cli.story.reader import StoryError, read_story
from samverk.cli.story.verbs import VERBS
from samverk.cli.story.world import World
from samverk.store.models import Case, Event, Item
from tests.empty import empty_house

pytestmark = pytest.mark.django_db

CAST = """\
story: short
title: En kort berättelse
about: case
parties:
  kommunen: {name: Kommunen, kind: municipality}
  af: {name: Förmedlingen, kind: af}
programmes:
  here: {name: Här, parties: {kommunen: {puts_in: En tjänst, share: 60}, af: {}}}
people:
  anna: {name: Anna, party: kommunen, roles: {here: {coordinator: [work_training]}}}
  bo: {name: Bo, party: af}
  egon: {name: Egon, participant: yes, born: 1952-04-17}
events:
"""
REFERRED = """\
  - {at: 1995-01-02 09:00, who: anna, does: start referral, with: {programme: here, whom: egon}, as: case}
  - {at: 1995-01-02 09:10, who: anna, does: write referral, with: {answers: {why_now: Nu, tried: Allt, wishes: Svarva}}}
  - {at: 1995-01-02 09:20, who: anna, does: send referral}
"""
HERE = len((CAST + REFERRED).splitlines()) + 1
"""The line on which the first event after the referral stands."""


@pytest.fixture(autouse=True)
def _codes(db: None) -> None:
    empty_house()
    with let_in(SetUp) as permit:
        codes.load(permit, codes=standard_codes())


def run(tmp_path: Path, text: str) -> Played:
    file = tmp_path / "short.yaml"
    file.write_text(text, encoding="utf-8")
    return play(read_story(str(file)), world=World())


def complaint(tmp_path: Path, text: str) -> str:
    with pytest.raises(StoryError) as wrong:
        run(tmp_path, text)
    return str(wrong.value).replace(str(tmp_path), "")


def test_everyone_acts_as_herself_at_her_time(tmp_path: Path) -> None:
    """The log holds who did what, when, as if they had been at the screen (issue 2, 4b)."""
    assert run(tmp_path, CAST + REFERRED).events == 3
    sent = Event.objects.get(what="referral.sent")
    assert (sent.actor_name, sent.at.isoformat()) == ("Anna", "1995-01-02T08:20:00+00:00")
    assert set(Event.objects.filter(actor=None).values_list("act", flat=True)) == {"SetUp", "RunProgramme"}


def test_a_story_is_played_up_to_a_day(tmp_path: Path) -> None:
    """The rest lies further on, and is not done."""
    file = tmp_path / "short.yaml"
    file.write_text(CAST + REFERRED, encoding="utf-8")
    until = datetime.fromisoformat("1995-01-02 09:10")
    assert play(read_story(str(file)), world=World(), until=until) == Played(2, 1, until)
    assert not Event.objects.filter(what="referral.sent").exists()


WRONG = {
    "unknown verb": (
        "- {at: 1995-01-03 09:00, who: anna, does: juggle}",
        "event of 1995-01-03 09:00: “juggle” is no verb. Known: ",
    ),
    "unknown argument": (
        "- {at: 1995-01-03 09:00, who: anna, does: accept, with: {contact: anna, mood: good}}",
        "the argument “mood” is not known here. Known: contact, condition.",
    ),
    "missing argument": (
        "- {at: 1995-01-03 09:00, who: anna, does: accept}",
        "the argument “contact” is missing.",
    ),
    "missing person": (
        "- {at: 1995-01-03 09:00, who: kalle, does: accept, with: {contact: anna}}",
        "there is no person “kalle” in the cast.",
    ),
    "unknown label": (
        "- {at: 1995-01-03 09:00, who: anna, does: accept, with: {contact: kalle}}",
        "“contact”: there is no person “kalle”. Known: anna, bo, egon.",
    ),
    "no day": (
        "- {at: 1995-01-03 09:00, who: anna, does: talk, with: {on: nyss}}",
        "“on”: “nyss” is no day.",
    ),
    "not yes or no": (
        "- {at: 1995-01-03 09:00, who: anna, does: accept, with: {contact: anna, condition: kanske}}",
        "“condition”: is to be yes or no",
    ),
    "back in time": (
        "- {at: 1995-01-01 09:00, who: anna, does: accept, with: {contact: anna}}",
        "time goes back, from 1995-01-02 09:20",
    ),
    "the door says no": (
        "- {at: 1995-01-03 09:00, who: bo, does: accept, with: {contact: anna}}",
        "the door does not let bo “accept” at 1995-01-03 09:00.",
    ),
    "the action says no": (
        "- {at: 1995-01-03 09:00, who: anna, does: accept, with: {contact: bo}}",
        "anna could not “accept”:",
    ),
    "no such case": (
        "- {at: 1995-01-03 09:00, who: anna, does: accept, about: other, with: {contact: anna}}",
        "there is no case “other” yet",
    ),
    "unknown key": (
        "- {at: 1995-01-03 09:00, who: anna, do: accept}",
        "“do” is not known here. Known: about, as, at, does, who, with.",
    ),
    "no time": ("- {at: i går, who: anna, does: accept}", "“i går” is no time. Write it as 1995-01-02 09:00."),
    "nobody": ("- {at: 1995-01-03 09:00, does: accept}", "“who” is missing or empty."),
    "key twice": ("- {at: 1995-01-03 09:00, who: anna, who: bo, does: accept}", "“who” stands there twice"),
    "not YAML": ("- {at: 1995-01-03 09:00, who: [anna}", "not readable as YAML"),
    "not an event": ("- accept", "every event is to have at, who and does."),
}


@pytest.mark.parametrize(("event", "words"), WRONG.values(), ids=WRONG)
def test_a_mistake_is_told_with_file_and_line(event: str, words: str, tmp_path: Path) -> None:
    """A clear error: file, line, event, and what to mend (docs/stories.md)."""
    text = complaint(tmp_path, f"{CAST}{REFERRED}  {event}\n")
    assert words in text
    if event != "- accept":
        assert text.startswith(f"/short.yaml, line {HERE}")


def test_what_is_refused_leaves_no_trace(tmp_path: Path) -> None:
    """The refusal is logged, and nothing else (design.md: the door)."""
    complaint(
        tmp_path, f"{CAST}{REFERRED}  - {{at: 1995-01-03 09:00, who: bo, does: accept, with: {{contact: anna}}}}\n"
    )
    refused = Event.objects.get(allowed=False)
    assert (refused.act, refused.actor_name) == ("DecideIntake", "Bo")
    assert Case.objects.get().status == "referred"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is no story"),
        ("story: x\n", "the story has no events"),
        ("events: []\n", "“story” is missing or empty"),
        ("story: x\nevents: {}\n", "“events” is to be a list"),
        ("story: x\nevent: []\n", "line 2: “event” is not known here"),
        ("story: x\ncast: none\nevents: []\n", "line 2: there is no cast “none”"),
        ("story: x\nnow: soon\nevents: []\n", "line 2: “soon” is no time"),
        ("story: x\nparties: [a]\nevents: []\n", "line 2: “parties” is to hold labels"),
        (CAST.replace("kind: af", "kind: moon"), "line 6: "),
        (CAST.replace("kind: af", "sort: af"), "line 6: “sort” is not known here"),
        (CAST.replace("coordinator:", "boss:"), "line 10: there is no role “boss”"),
        (CAST.replace("share: 60", "share: half"), "line 8: “half” is no share"),
        (CAST.replace("{puts_in", "{gives"), "line 8: “gives” is not known about a party"),
        (CAST.replace("party: af}", "party: fk}"), "line 11: there is no party “fk”"),
    ],
)
def test_a_head_that_cannot_be_is_told(text: str, words: str, tmp_path: Path) -> None:
    """The cast is checked as the events are."""
    if text.endswith("events:\n"):
        text += REFERRED
    assert words in complaint(tmp_path, text)


def test_a_story_that_is_not_there_names_those_that_are() -> None:
    """And no path is walked to find one."""
    for name in ("egon-9", "../stories/egon-1", "cast-nacka/"):
        with pytest.raises(StoryError, match=r"Stories: demo-others, egon-1, egon-2, egon-3\."):
            read_story(name)


def test_a_story_is_checked_without_being_played(tmp_path: Path) -> None:
    """`samverk story check` names everything that it can see, at once."""
    file = tmp_path / "short.yaml"
    file.write_text(
        f"{CAST}{REFERRED}"
        "  - {at: 1995-01-03 09:00, who: anna, does: juggle}\n"
        "  - {at: 1995-01-03 09:00, who: kalle, does: accept, with: {contact: anna}}\n",
        encoding="utf-8",
    )
    wrong = check(read_story(str(file)))
    assert [text.partition(": ")[0].rpartition(" ")[2] for text in wrong] == [str(HERE), str(HERE + 1)]
    assert not Case.objects.exists()
    file.write_text(CAST + REFERRED, encoding="utf-8")
    assert check(read_story(str(file))) == []


def test_the_same_minute_keeps_its_order(tmp_path: Path) -> None:
    """Events of one minute come one after the other."""
    run(tmp_path, (CAST + REFERRED).replace("09:10", "09:00").replace("09:20", "09:00"))
    at = [
        e.at
        for e in Event.objects.filter(what__in=("referral.started", "referral.saved", "referral.sent")).order_by("at")
    ]
    assert len(set(at)) == 3


def test_a_story_played_again_into_the_same_database_uses_who_is_there(tmp_path: Path) -> None:
    """Parties, programmes and people are known by name, so that several stories share one cast."""
    run(tmp_path, CAST + REFERRED)
    file = tmp_path / "other.yaml"
    file.write_text((CAST + REFERRED).replace("story: short", "story: other"), encoding="utf-8")
    play(read_story(str(file)), world=World())
    assert Case.objects.values("person").distinct().count() == 1
    assert Item.objects.filter(kind="referral").count() == 2


def test_every_verb_is_told_in_the_documentation() -> None:
    """docs/stories.md lists each verb with its arguments."""
    page = (Path(__file__).parents[2] / "docs" / "stories.md").read_text(encoding="utf-8")
    for name, verb in VERBS.items():
        words = ", ".join(f"`{argument}`" for argument in verb.arguments) or "–"
        assert f"| {name} | {words} |" in page, name
