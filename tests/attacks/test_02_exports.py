"""Attack 2 (security.md): what is taken out equals the screen, and is decided again when it is taken out.

The participant's copy of everything about her (GDPR articles 15 and 20), and the programming interface.
"""

import io
import json
from html import unescape
from typing import Any
from zipfile import ZipFile

import pytest
from django.urls import Resolver404, resolve

from samverk.access.declare import RecordConsent
from samverk.actions import consents
from samverk.store.models import Event, Item
from tests.attacks.oracle import Oracle
from tests.attacks.reach import words
from tests.attacks.world import CANARY, EGONS_NUMBER, RUTS_NAME, World
from tests.browser.places import HREF
from tests.build import browser, done, withdraw_from

pytestmark = pytest.mark.django_db
FILE = "/allt-om-mig/samverk.zip"


def taken(world: World) -> dict[str, bytes]:
    """What stands in each file of Egon's copy."""
    answer = browser(world.people.egon).get(FILE)
    assert answer.status_code == 200
    with ZipFile(io.BytesIO(answer.content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def canaries_in(content: bytes) -> set[str]:
    return set(CANARY.findall(content.decode()))


@pytest.fixture(scope="module")
def hers(world: World) -> dict[str, bytes]:
    """Her copy of the world as it was built, taken once."""
    return taken(world)


@pytest.mark.slow
def test_her_copy_holds_what_her_screen_shows(world: World, hers: dict[str, bytes]) -> None:
    """She follows every link of hers: each word that she comes across stands in her copy, and no other."""
    client, oracle = browser(world.people.egon), Oracle(world)
    on_screen, waiting, seen = set[str](), [f"/arenden/{world.case}/"], set[str]()
    while waiting:
        path = waiting.pop()
        if path in seen or not _shows_her(world, path):
            continue
        seen.add(path)
        answer = client.get(path)
        on_screen |= set(CANARY.findall(words(answer)))
        waiting += [unescape(href) for href in HREF.findall(answer.text)]
    assert len(seen) > 50
    assert len(on_screen) > 150
    assert canaries_in(hers["samverk.html"]) == on_screen
    assert on_screen <= canaries_in(hers["samverk.json"]) <= oracle.may("egon")


def _shows_her(world: World, path: str) -> bool:
    """Whether the address is a page of Egon's case that only shows."""
    try:
        match = resolve(path.partition("?")[0])
    except Resolver404:
        return False
    acts = {act.__name__ for act in getattr(match.func, "samverk_needs", ())}
    shows = bool(acts) and acts <= {"ReadCase", "SeeWhoLooked", "SetGoal"}
    return shows and match.kwargs.get("case") == world.case and "?" not in path


def test_what_is_about_somebody_else_stays_behind(world: World, hers: dict[str, bytes]) -> None:
    """A thing that is marked so after she came in is left out when she takes out: decided again."""
    word = CANARY.search(hers["samverk.html"].decode())
    assert word is not None
    rows = Oracle(world).canaries[word.group()]
    items = [item.id for row in rows if (item := Oracle(world).item_of(row))]
    Item.objects.filter(id__in=items).update(about_other=True)
    for name, content in taken(world).items():
        assert word.group() not in content.decode(), name


def test_it_says_nothing_of_anybody_else(world: World, hers: dict[str, bytes]) -> None:
    """Neither another participant, nor her personal number, nor the words of what is about her son."""
    oracle = Oracle(world)
    others = {word for word in oracle.canaries if word not in oracle.may("egon")}
    assert others
    for name, content in hers.items():
        text = content.decode()
        assert RUTS_NAME not in text, name
        assert EGONS_NUMBER not in text, name
        assert not others & set(CANARY.findall(text)), name


def test_her_papers_come_with_it(world: World) -> None:
    """A signed and scanned consent is hers too, under a neutral name."""
    paper = b"%PDF-1.4\nsigned\n%%EOF\n"
    says = [consents.NewSay(None, world.people.af, "work")]
    done(
        world.people.anna,
        RecordConsent,
        lambda p: consents.record(p, says=says, last_day=p.today, how="paper", condition_of_benefit=False, scan=paper),
        case=world.case,
    )
    files = taken(world)
    assert files["papper-1.pdf"] == paper
    assert set(files) == {"samverk.html", "samverk.json", "papper-1.pdf"}


def test_taking_out_is_logged_and_stays_nowhere(world: World) -> None:
    """Once as what it is, and each page as a look, all of them hers; a neutral name, nothing kept on the way."""
    before = set(Event.objects.values_list("id", flat=True))
    answer = browser(world.people.egon).get(FILE)
    new = Event.objects.exclude(id__in=before)
    assert [event.act for event in new].count("TakeOut") == 1
    assert {event.actor for event in new} == {world.people.egon.account}
    assert all(event.allowed for event in new)
    assert answer["Content-Disposition"] == 'attachment; filename="samverk.zip"'
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/zip", "no-store")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["anna", "bo", "frida", "stig"])
def test_nobody_else_takes_out(name: str, world: World) -> None:
    """It is not there for officials."""
    client = browser(world.readers[name])
    assert {client.get(path).status_code for path in ("/allt-om-mig/", FILE)} == {404}


def test_another_participant_gets_her_own(world: World) -> None:
    """Rut's copy holds her referral and nothing of Egon's."""
    with ZipFile(io.BytesIO(browser(world.rut).get(FILE).content)) as file:
        text = file.read("samverk.json").decode()
    assert set(CANARY.findall(text)) == Oracle(world).may("rut")
    assert str(world.case) not in text


def test_the_data_can_be_read_by_a_machine_and_holds_nothing_of_the_screen(hers: dict[str, bytes]) -> None:
    """JSON, with the fields of the views; no colours, no buttons."""
    data: dict[str, Any] = json.loads(hers["samverk.json"])
    assert set(data) == {"everything", "looks"}
    assert data["everything"]["case"]["name"] == "Egon Jönsson"
    assert "may_write" not in json.dumps(data)
    assert '"tone"' not in json.dumps(data)


def test_a_participant_without_a_case_is_told_so(world: World) -> None:
    """Nothing to fetch is said, not shown as an error."""
    answer = browser(world.people.egon).get("/allt-om-mig/")
    assert "Hämta allt om mig" in answer.text


@pytest.mark.parametrize("name", ["anna", "bo", "cia", "dag"])
def test_the_interface_shows_what_the_screen_shows(name: str, world: World) -> None:
    """What a programme is told about the case is what its user could read on the pages, before and after."""
    oracle, client = Oracle(world), browser(world.readers[name])
    told = set(CANARY.findall(words(client.get(f"/api/cases/{world.case}"))))
    assert told <= oracle.may(name)
    assert len(told) > 5
    if name == "bo":
        withdraw_from(world.people, world.case, party=world.people.af)
        left = {word for word, rows in oracle.canaries.items() if _own(oracle, rows, world)}
        assert set(CANARY.findall(words(client.get(f"/api/cases/{world.case}")))) <= left


def _own(oracle: Oracle, rows: list[Any], world: World) -> bool:
    af = world.people.af
    items = [item for row in rows if (item := oracle.item_of(row))]
    return any(item.owner_id == af or (item.id, af) in oracle.grounds for item in items)
