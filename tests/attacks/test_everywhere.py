"""Attacks 1, 3, 9, 11 and 12 (security.md) on every address at once: one look round for each reader.

Each text in the world holds a word of its own. Whatever a reader is answered anywhere, on a page, a print, by the
interface, in a file, on the page about the log or on an error page, holds only words that she may read.
"""

import pytest

from tests.attacks.oracle import Oracle
from tests.attacks.reach import ID, address_book, look_round, words
from tests.attacks.world import CANARY, EGONS_NAME, EGONS_NUMBER, RUTS_NAME, World

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore")]
INSIDE = ("anna", "bo", "cia", "dag", "frida", "egon")
"""Those who are in the case. tests/access/test_routes.py asks every address of it for those who are not."""
OUTSIDE = ("stig", "eva", "rut")
LEAST = {"anna": 80, "bo": 80, "cia": 40, "dag": 25, "frida": 0, "egon": 150}
"""So many words each reader must come across, or the look round has gone blind."""


@pytest.mark.slow
@pytest.mark.parametrize("name", INSIDE)
def test_a_reader_comes_across_only_what_she_may_read(name: str, world: World) -> None:
    """Every address of every route: no foreign word, no id of a hidden thing, no failure, nothing that can be kept."""
    oracle = Oracle(world)
    who, may, hidden = world.readers[name], oracle.may(name), oracle.hidden(name)
    met, wrong = set[str](), dict[str, list[str]]()
    for path, answer in look_round(who, address_book(oracle)).items():
        text = words(answer)
        found = set(CANARY.findall(text))
        met |= found
        asked = set(ID.findall(path))
        faults = sorted(found - may) + sorted((set(ID.findall(text)) & hidden) - asked)
        faults += [word for word in (RUTS_NAME, EGONS_NUMBER) if word in text]
        faults += [str(answer.status_code)] if answer.status_code >= 500 else []
        faults += [header for header in ("ETag", "Last-Modified") if answer.has_header(header)]
        faults += [] if answer["Cache-Control"] == "no-store" else ["kept"]
        if faults:
            wrong[path] = faults
    assert wrong == {}
    assert len(met) >= LEAST[name], f"{name} met only {len(met)} of {len(may)}"


@pytest.mark.parametrize("name", OUTSIDE)
def test_who_has_no_part_in_the_case_never_meets_anybody_of_it(name: str, world: World) -> None:
    """Steering, evaluation and another participant: neither a word, nor a name, nor the case's own number."""
    oracle = Oracle(world)
    others = [path for path in address_book(oracle) if str(world.case) not in path]
    others += [f"/arenden/{world.case}/", f"/api/cases/{world.case}", f"/api/referrals/{world.case}"]
    may = oracle.may(name)
    for path, answer in look_round(world.readers[name], others).items():
        text = words(answer)
        assert answer.status_code < 500, path
        assert set(CANARY.findall(text)) <= may, path
        assert EGONS_NAME not in text, path
        if str(world.case) not in path:
            assert str(world.case) not in text, path
        if name != "rut":
            assert RUTS_NAME not in text, path


def test_the_look_round_is_not_blind(world: World) -> None:
    """There are canaries of every owner in every category, and addresses of every sort."""
    oracle = Oracle(world)
    held = [item for rows in oracle.canaries.values() for row in rows if (item := oracle.item_of(row))]
    owners = {(item.owner_id, item.category) for item in held}
    people = world.people
    for owner in (None, people.municipality, people.af, people.fk, people.region):
        assert {category for of, category in owners if of == owner} >= {"work", "health", "addiction", "housing"}
    book = address_book(oracle)
    assert len(book) > 120
    for part in ("/api/cases/", "/utskrift/", "samverk.zip", "/vem-har-tittat/", "/papper/", "/min-kalender/"):
        assert any(part in path for path in book), part


def test_a_leak_would_be_seen(world: World) -> None:
    """What Egon reads and Cia may not is much, and a foreign word on a page of hers would be found."""
    oracle = Oracle(world)
    foreign = sorted(oracle.may("egon") - oracle.may("cia"))
    assert len(foreign) > 50
    assert set(CANARY.findall(f"<p>{foreign[0]}</p>")) - oracle.may("cia") == {foreign[0]}
