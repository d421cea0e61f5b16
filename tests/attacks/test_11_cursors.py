"""Attack 11 (security.md): cursors, paging, versions and history reveal no hidden thing, and no gap."""

from uuid import uuid4

import pytest

from samverk.access import timeline as time
from samverk.access.declare import ReadCase, WriteNote
from samverk.actions import notes
from samverk.store.models import Contribution, Item
from tests.attacks.oracle import Oracle
from tests.attacks.reach import bare
from tests.attacks.world import World, canary
from tests.build import browser, done

pytestmark = pytest.mark.django_db


def pages(world: World, name: str, limit: int) -> list[list[str]]:
    """The reader's whole timeline, a page of `limit` at a time."""
    found, cursor = [], ""
    while True:
        page = done(
            world.readers[name], ReadCase, lambda p, c=cursor: time.timeline(p, limit=limit, before=c), case=world.case
        )
        found.append([row.headline for row in page.rows])
        if not page.older:
            return found
        cursor = page.older


@pytest.mark.parametrize("name", ["cia", "dag", "bo"])
def test_pages_are_full_and_hold_together_whatever_is_hidden_between(name: str, world: World) -> None:
    """Every page but the last is full, nothing stands twice or is missing, and hidden things move no border."""
    before = pages(world, name, 7)
    assert len(before) > 2
    assert {len(page) for page in before[:-1]} == {7}
    assert [row for page in before for row in page] == pages(world, name, 500)[0]
    # Bo reads what Egon says: hidden from him is what Anna's party writes of addiction, which Egon has refused him.
    for _ in range(9):
        done(
            world.people.anna, WriteNote, lambda p: notes.write(p, text=canary(), category="addiction"), case=world.case
        )
    assert pages(world, name, 7) == before


@pytest.mark.parametrize("name", ["cia", "dag"])
def test_a_forged_cursor_tells_nothing(name: str, world: World) -> None:
    """A cursor at a hidden thing gives the same page as one at no thing."""
    oracle, client = Oracle(world), browser(world.readers[name])
    hidden = next(item for item in oracle.items.values() if str(item.id) in oracle.hidden(name) and item.headline)
    answers = [
        bare(
            client.get(
                f"/api/cases/{world.case}", {"before": f"{hidden.happened_on}~{hidden.created_at.isoformat()}~{id}"}
            )
        )
        for id in (hidden.id, uuid4())
    ]
    assert answers[0][0] == 200
    assert answers[0] == answers[1]


@pytest.mark.parametrize("cursor", ["x", "~~", "2026-01-01~2026-01-01T00:00:00~x", "' OR 1=1", "\0", "9" * 190])
def test_a_cursor_that_cannot_be_read_is_the_first_page(cursor: str, world: World) -> None:
    """Never an error that tells how it is made."""
    client = browser(world.people.cia)
    first, odd = (client.get(f"/api/cases/{world.case}", told) for told in ({}, {"before": cursor}))
    assert odd.status_code == 200
    assert bare(first) == bare(odd)


def test_a_version_counts_only_what_its_reader_may_see(world: World) -> None:
    """The number of a wording is its owner's own count: another party's wordings make no gap in it."""
    for area in ("work", "health"):
        for owner in (world.people.fk, world.people.region, world.people.af):
            rows = Contribution.objects.filter(item__case=world.case, item__owner=owner, area=area)
            assert list(rows.order_by("number").values_list("number", flat=True)) == list(range(1, rows.count() + 1))


def test_no_id_tells_in_which_order_things_were_made(world: World) -> None:
    """Ids are chance: two made one after the other do not show how many lie between."""
    ids = Item.objects.filter(case=world.case).values_list("id", flat=True)
    assert {id.version for id in ids} == {4}
