"""Attack 1 (security.md): whoever guesses an address is answered as if there were nothing.

tests/access/test_routes.py asks every route for a foreign *case*; here the case is open, and what is in it is hidden.
"""

from uuid import uuid4

import pytest
from django.test import Client

from samverk.store.models import Event
from tests.attacks.oracle import Oracle
from tests.attacks.reach import WORDS, bare, model_of, on_the_case
from tests.attacks.world import World
from tests.build import browser

pytestmark = pytest.mark.django_db


@pytest.mark.slow
@pytest.mark.parametrize("name", ["cia", "dag"])
def test_a_hidden_thing_looks_like_none(name: str, world: World) -> None:
    """Every route with an id in its address: the same answer for a thing that is hidden from her as for no thing.

    Cia and Dag are in the case, and may open it; looked at and written to.
    """
    oracle, client, told, tried = Oracle(world), browser(world.readers[name]), {}, set()
    for route in on_the_case():
        names = [part for part, kind in route.parts if kind == "uuid" and part != "case"]
        for part in names:
            real = _hidden(oracle, name, part)
            if real is None:
                continue
            tried.add(part)
            others: dict[str, object] = {word: WORDS[word][0] for word, kind in route.parts if kind != "uuid"}
            others |= {other: _hidden(oracle, name, other) or uuid4() for other in names if other != part}
            for method in route.methods:
                answers = []
                for id in (real, uuid4()):
                    path = route.path(case=world.case, **{part: id}, **others)
                    answers.append(bare(_ask(client, method, path)))
                if answers[0] != answers[1] or answers[0][0] >= 500:
                    told[f"{method} {route.name} by {part}"] = [answer[0] for answer in answers]
    assert told == {}
    assert {"measure", "commitment", "spell"} <= tried


def _hidden(oracle: Oracle, name: str, part: str) -> object | None:
    """The id of a thing in Egon's case that she may not see, where there is one of that kind."""
    model, field = model_of(part)
    for row in model._base_manager.order_by("pk"):
        item = oracle.item_of(row)
        if item is not None and item.case_id == oracle.world.case and str(item.id) in oracle.hidden(name):
            return getattr(row, field)
    return None


def _ask(client: Client, method: str, path: str) -> object:
    return client.post(path, {"version": "1"}) if method == "POST" else client.generic(method, path)


@pytest.mark.slow
def test_the_case_itself_looks_like_none_for_the_steering_group(world: World) -> None:
    """Whoever has a role in the programme but no need to know is told what everyone is told."""
    client, told = browser(world.people.stig), {}
    for route in on_the_case():
        answers = [bare(client.get(route.path(case=case))) for case in (world.case, uuid4())]
        if answers[0] != answers[1]:
            told[route.name] = [answer[0] for answer in answers]
    assert told == {}


def test_a_refused_form_sent_twice_is_refused_twice(world: World) -> None:
    """A double press on a page that has closed meanwhile is answered as before, and both attempts are kept."""
    client, path = browser(world.readers["stig"]), f"/arenden/{world.case}/anteckningar/ny/"
    sent = {"csrfmiddlewaretoken": "a" * 64, "text": "Hej", "category": "work"}
    before = Event.objects.filter(allowed=False).count()
    assert [client.post(path, sent).status_code for _ in range(2)] == [404, 404]
    assert Event.objects.filter(allowed=False).count() == before + 2
