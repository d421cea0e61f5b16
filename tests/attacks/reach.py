"""Everything that can be asked for in the world, enumerated from the routes: pages, prints, interface, files.

A route that is new tomorrow is asked for tomorrow. One with something new in its address fails until it is said here
what stands there.
"""

import io
import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import product
from uuid import UUID, uuid4
from zipfile import ZipFile, is_zipfile

from django.db.models import Model
from django.http import HttpResponse

from samverk.access.actor import Actor
from samverk.store import models
from tests.access.routes import Route, routes
from tests.attacks.oracle import Oracle
from tests.build import browser

OTHER_NAMES: dict[str, tuple[type[Model], str]] = {
    "document": (models.ConsentDocument, "pk"),
    "ground": (models.LegalGround, "pk"),
    "key": (models.PlanLine, "key"),
    "matter": (models.SteeringMatter, "pk"),
    "point": (models.MinutesPoint, "pk"),
    "promise": (models.Commitment, "pk"),
    "reading": (models.ControlReading, "pk"),
    "row": (models.PriceRow, "pk"),
    "spell": (models.LivelihoodSpell, "pk"),
}
"""What the ids in the addresses are ids of, where it is not the model of the same name."""
WORDS = {
    "area": ("health",),
    "do": ("planera", "hall", "ja"),
    "language": ("sv", "en"),
    "number": (1,),
    "point": ("start",),
    "what": ("tabeller.zip", "siffror.parquet", "kor-igen.zip"),
    "word": ("steg",),
}
"""What else stands in them."""
OWN_LOGIN = (
    "account_",
    "fates",
    "mfa_",
    "usersessions_",
    "set_language",
    "enter_demo",
    "calendar_feed",
    "security_txt",
    "api:api-root",
)
"""Routes about one's own login, and those that anyone may ask for: the latter have tests of their own."""
READING = frozenset({"ReadCase", "SeeWhoLooked", "OpenScan", "TakeOut", "SeeMyDay"})
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def asked_for() -> Iterator[Route]:
    """The routes that could show something about somebody."""
    for route in routes():
        if not route.name.startswith(OWN_LOGIN):
            yield route


def on_the_case() -> list[Route]:
    """Those with a case in their address."""
    return [route for route in asked_for() if "case" in route.holds]


def reads_only(route: Route) -> bool:
    """Whether the route only shows: such a page is asked for with the things of every party."""
    acts = getattr(route.view, "samverk_needs", ())
    return bool(acts) and {act.__name__ for act in acts} <= READING


def model_of(name: str) -> tuple[type[Model], str]:
    """The model whose ids stand under `name` in an address, and the field that holds them."""
    if name in OTHER_NAMES:
        return OTHER_NAMES[name]
    camel = "".join(part.title() for part in name.split("_"))
    model = next((getattr(models, other) for other in sorted(models.__all__) if other.startswith(camel)), None)
    assert model is not None, f"say in OTHER_NAMES what `{name}` in an address is the id of"
    return model, "pk"


def ids_of(oracle: Oracle, name: str) -> list[UUID]:
    """The ids in the case that `name` in an address may stand for: one for each owner."""
    model, field = model_of(name)
    found: dict[object, UUID] = {}
    for row in model._base_manager.order_by("pk"):
        item = oracle.item_of(row)
        if item is None or item.case_id == oracle.world.case:
            found.setdefault(item and item.owner_id, getattr(row, field))
    return list(found.values())


def paths(oracle: Oracle, route: Route) -> Iterator[str]:
    """The route's addresses in Egon's case: with the things of every party where it shows, of one where it asks."""
    world = oracle.world
    choices: list[list[tuple[str, object]]] = []
    for name, kind in route.parts:
        if name == "case":
            choices.append([(name, world.case)])
        elif name == "programme":
            choices.append([(name, world.people.programme)])
        elif kind == "uuid":
            values = ids_of(oracle, name) or [uuid4()]
            choices.append([(name, value) for value in (values if reads_only(route) else values[:1])])
        else:
            choices.append([(name, value) for value in WORDS[name]])
    for told in product(*choices):
        yield route.path(**dict(told))


def address_book(oracle: Oracle) -> list[str]:
    """Every address of every route that answers a look."""
    return [path for route in asked_for() if "GET" in route.methods for path in paths(oracle, route)]


def look_round(who: Actor, book: Iterable[str]) -> dict[str, HttpResponse]:
    """What `who` is answered at each address of the book."""
    client = browser(who)
    return {path: client.get(path) for path in book}


def words(answer: HttpResponse) -> str:
    """All that an answer says: its headers, and its text as it would be read. A zipped answer is opened."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return f"{headers}\n{''.join(texts(answer.content))}"


def texts(content: bytes) -> Iterator[str]:
    """What stands in the content, or in each file of an archive and in their names."""
    if is_zipfile(io.BytesIO(content)):
        with ZipFile(io.BytesIO(content)) as file:
            yield from file.namelist()
            for name in file.namelist():
                yield from texts(file.read(name))
    else:
        yield unescape(content.decode("utf-8", "replace"))


def bare(answer: HttpResponse) -> tuple[int, str]:
    """The answer without what is new in each: tokens against forged requests, and the ids that were asked for."""
    told = f"{answer.get('Location', '')}\n{answer.content.decode('utf-8', 'replace')}"
    return answer.status_code, ID.sub("ID", re.sub(r"(?<![\w-])[\w]{64}(?![\w-])", "TOKEN", told))
