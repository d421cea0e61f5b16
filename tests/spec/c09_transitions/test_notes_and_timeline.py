"""Chapter 9, transitions: what has happened can be read by whoever comes after, in notes and the timeline."""

import ast
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.utils import timezone

import samverk.actions
from samverk.access import notes as seen
from samverk.access import timeline as time
from samverk.access.declare import ReadCase, WriteNote
from samverk.actions import notes
from samverk.domain.words import Rejection
from samverk.store.models import Event, Item, Note
from samverk.web.words import KINDS
from tests.build import browser, close, done, is_refused, withdraw_from
from tests.people import Cast

pytestmark = pytest.mark.django_db


def write(who: object, case: UUID, text: str = "Egon ringde.", **changed: object) -> UUID:
    told = {"text": text, "category": "process"} | changed
    return done(who, WriteNote, lambda p: notes.write(p, **told), case=case)  # type: ignore[arg-type]


def texts(who: object, case: UUID) -> list[str]:
    return [row.text for row in done(who, ReadCase, seen.notes_of, case=case).rows]  # type: ignore[arg-type]


def test_a_note_is_its_writers_partys(people: Cast, case: UUID) -> None:
    """An official's note is owned by her party, the participant's by herself (design.md, the rule of the door)."""
    assert Item.objects.get(id=write(people.anna, case)).owner_id == people.municipality
    assert Item.objects.get(id=write(people.egon, case)).owner_id is None


def test_others_read_it_by_consent_only(people: Cast, case: UUID) -> None:
    """Bo's party has consent; Cia's has none and Dag's was withdrawn: their lists show nothing of it (design.md)."""
    write(people.anna, case, category="health")
    assert {who: texts(getattr(people, who), case) for who in ("bo", "cia", "dag", "egon")} == {
        "bo": ["Egon ringde."],
        "cia": [],
        "dag": [],
        "egon": ["Egon ringde."],
    }
    withdraw_from(people, case, party=people.af)
    assert texts(people.bo, case) == []


def test_a_note_about_someone_else_is_not_shown_to_her_but_marked(people: Cast, case: UUID) -> None:
    """She sees everything about her except what is about someone else; one mark says that it is there (design.md)."""
    assert not done(people.egon, ReadCase, seen.notes_of, case=case).withheld
    write(people.anna, case, "Sonen är orolig.", about_other=True)
    page = done(people.egon, ReadCase, seen.notes_of, case=case)
    assert (page.rows, page.withheld) == ((), True)
    assert not done(people.cia, ReadCase, seen.notes_of, case=case).withheld
    assert texts(people.anna, case) == ["Sonen är orolig."]


def test_what_she_writes_herself_she_can_always_read(people: Cast, case: UUID) -> None:
    """Her own words cannot be hidden from her."""
    with pytest.raises(Rejection) as refused:
        write(people.egon, case, about_other=True)
    assert refused.value.problems[0].field == "about_other"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", " \n"),
        ("text", "x" * 20_001),
        ("category", "gossip"),
        ("happened_on", timezone.localdate() + timedelta(days=1)),
    ],
)
def test_a_bad_note_is_refused_by_name(people: Cast, case: UUID, field: str, value: object) -> None:
    """Empty, too long, of no category, or from tomorrow: the field is named and nothing is written."""
    with pytest.raises(Rejection) as refused:
        write(people.anna, case, **{field: value})
    assert refused.value.problems[0].field == field
    assert not Note.objects.exists()


def test_the_work_place_writes_no_notes(people: Cast, case: UUID) -> None:
    """Whoever is not in the case as participant, coordinator or official writes nothing in it."""
    assert is_refused(people.frida, WriteNote, case=case)
    assert is_refused(people.stig, WriteNote, case=case)


def test_support_after_the_closing_is_noted_too(people: Cast, case: UUID) -> None:
    """Support goes on into the job (domain.md §3.10)."""
    close(people, case)
    write(people.anna, case)
    assert texts(people.egon, case) == ["Egon ringde."]


def test_a_note_leaves_its_event_without_words(people: Cast, case: UUID) -> None:
    """No change without its event (design.md)."""
    item = write(people.anna, case)
    event = Event.objects.get(what="note.written")
    assert (event.item, event.detail) == (item, {})


def test_the_timeline_is_newest_first_and_pages_without_a_gap(people: Cast, case: UUID) -> None:
    """Read page by page, each thing comes once, however many came on the same day."""
    today = timezone.localdate()
    for n in range(7):
        write(people.anna, case, f"Nummer {n}", happened_on=today - timedelta(days=n // 3))
    whole = done(people.anna, ReadCase, time.timeline, case=case).rows
    read, before = [], ""
    while True:
        page = done(people.anna, ReadCase, lambda p, b=before: time.timeline(p, limit=2, before=b), case=case)  # type: ignore[misc]
        read += page.rows
        before = page.older
        if not before:
            break
    assert tuple(read) == whole
    days = [row.happened_on for row in whole]
    assert days == sorted(days, reverse=True)
    assert len(whole) == len({row.id for row in whole}) >= 7


@pytest.mark.parametrize("cursor", ["x", "1996-01-01~x~y", "1996-01-01~1996-01-01T00:00:00~" + str(UUID(int=1))])
def test_a_broken_cursor_gives_the_first_page(people: Cast, case: UUID, cursor: str) -> None:
    """An address that somebody has mangled does no harm."""
    write(people.anna, case)
    assert done(people.anna, ReadCase, lambda p: time.timeline(p, before=cursor), case=case).rows


def test_the_timeline_shows_nothing_of_what_is_invisible(people: Cast, case: UUID) -> None:
    """Lists, timelines and counts look the same where something is forbidden as where it is absent (design.md)."""
    before = done(people.cia, ReadCase, time.timeline, case=case)
    write(people.anna, case)
    assert done(people.cia, ReadCase, time.timeline, case=case) == before
    assert "note" not in done(people.cia, ReadCase, time.kinds_in, case=case)
    assert "note" in done(people.bo, ReadCase, time.kinds_in, case=case)


def test_what_is_only_planned_has_not_happened(people: Cast, case: UUID) -> None:
    """The points planned at closing come into the timeline when they are answered, not before."""
    close(people, case)
    kinds = [row.kind for row in done(people.anna, ReadCase, time.timeline, case=case).rows]
    assert "closing" in kinds
    assert "follow_up" not in kinds


def test_every_kind_of_item_has_its_word() -> None:
    """Whatever an action puts in an envelope is called something in the timeline."""
    put = set()
    for file in Path(samverk.actions.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("put"):
                put |= {k.value.value for k in node.keywords if k.arg == "kind" and isinstance(k.value, ast.Constant)}
    assert {"note", "closing", "hand_over"} <= put
    assert put - KINDS.keys() == set()


def test_notes_through_the_page(people: Cast, case: UUID) -> None:
    """What was typed stays when something is lacking; she is not asked whether it is about someone else."""
    anna, egon = browser(people.anna), browser(people.egon)
    at = f"/arenden/{case}/anteckningar/ny/"
    today = timezone.localdate().isoformat()
    again = anna.post(at, {"text": "Vi sågs.", "category": "process", "happened_on": ""})
    assert again.status_code == 422
    assert "Vi sågs." in again.content.decode()
    assert anna.post(at, {"text": "Vi sågs.", "category": "process", "happened_on": today}).status_code == 302
    assert "Vi sågs." in egon.get(f"/arenden/{case}/anteckningar/").content.decode()
    assert "about_other" not in egon.get(at).content.decode()


def test_her_page_carries_one_mark(people: Cast, case: UUID) -> None:
    """One hatched line for one note or for ten (design.md)."""
    for n in range(3):
        write(people.anna, case, f"Sonen {n}", about_other=True)
    page = browser(people.egon).get(f"/arenden/{case}/anteckningar/").content.decode()
    assert page.count('class="withheld"') == 1
    assert "Sonen" not in page


@pytest.mark.parametrize("page", ["anteckningar", "tidslinje"])
@pytest.mark.parametrize("who", ["anna", "bo", "cia", "egon"])
def test_the_pages_for_each_reader(
    people: Cast, case: UUID, who: str, page: str, django_assert_max_num_queries: object
) -> None:
    """At most 18 queries for many notes as for few (docs/house.md)."""
    for n in range(12):
        write(people.anna, case, f"Anteckning {n}")
    client = browser(getattr(people, who))
    with django_assert_max_num_queries(18):  # type: ignore[operator]
        answer = client.get(f"/arenden/{case}/{page}/")
    assert answer.status_code == 200
    assert ("Anteckning 11" in answer.content.decode()) is (who != "cia")


def test_the_timeline_can_be_narrowed(people: Cast, case: UUID) -> None:
    """Only the kinds that are asked for."""
    write(people.anna, case)
    client = browser(people.anna)
    assert "Egon ringde." in client.get(f"/arenden/{case}/tidslinje/?slag=note").content.decode()
    assert "Egon ringde." not in client.get(f"/arenden/{case}/tidslinje/?slag=referral").content.decode()
