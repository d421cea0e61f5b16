"""Every route says what it needs, and whoever may not is told nothing (design.md, "Enforced, not remembered")."""

import re
from uuid import uuid4

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import get_resolver, path, reverse
from ninja import Router

from samverk.access.actor import Actor, system_actor
from samverk.access.declare_house import SeeProgrammes, SetUp
from samverk.access.needs import UndeclaredAct, UndeclaredRoute, needs
from samverk.actions import setup
from samverk.api.closed import ClosedAPI, operations
from samverk.web import act
from samverk.web.middleware import declaration
from samverk.web.needs import THIRD_PARTY
from tests.access.routes import Route, routes
from tests.build import active_case, browser, done
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db

ROUTES = list(routes())
CASE_ROUTES = [route for route in ROUTES if "case" in route.holds]
OPEN = {route.name for route in ROUTES if declaration(route.view, route.name).startswith("public")}
CLOSED = [route for route in ROUTES if declaration(route.view, route.name).startswith("closed")]
GUARDED = [route for route in ROUTES if declaration(route.view, route.name).split(":")[0] not in ("public", "closed")]


def by_name(route: Route) -> str:
    return route.name


@pytest.fixture
def people() -> Cast:
    return cast()


# Declared


def test_every_route_is_declared() -> None:
    """A route that said neither what it needs nor that it is public would raise here. Pages, accounts and API."""
    assert len(CASE_ROUTES) > 20
    assert {"account_login", "api:one_case", "api:api-root", "home"} <= {route.name for route in ROUTES}
    for route in ROUTES:
        assert declaration(route.view, route.name)


def test_every_operation_of_the_api_is_declared_and_asks_who_it_is() -> None:
    """The API's operations are enumerated too: each names its acts and has a login before it."""
    found = [operation for route in ROUTES if route.is_api for operation in operations(route.view)]
    assert len({operation.view_func for operation in found}) >= 6
    for operation in found:
        assert getattr(operation.view_func, "samverk_needs", ()), operation.view_func
        assert operation.auth_callbacks, operation.view_func


def test_a_page_without_a_declaration_does_not_answer() -> None:
    """A planted page that says nothing raises instead of answering, for anyone."""
    with override_settings(ROOT_URLCONF=Planted), pytest.raises(UndeclaredRoute):
        Client().get("/bare/")


def test_a_page_does_nothing_but_what_it_has_declared(people: Cast) -> None:
    """A planted page that declares one act and does another raises: the declaration is all of the truth."""
    with override_settings(ROOT_URLCONF=Planted), pytest.raises(UndeclaredAct):
        browser(people.anna).get("/sly/")


def test_an_operation_without_a_declaration_stops_the_house_from_starting() -> None:
    """A planted operation that says nothing, or that needs no login, raises when the addresses are made."""
    silent, open_to_all = Router(), Router()
    silent.get("/x")(lambda request: {})
    open_to_all.get("/x", auth=None)(needs(SeeProgrammes)(lambda request: {}))
    for number, router in enumerate((silent, open_to_all)):
        api = ClosedAPI(urls_namespace=f"planted{number}")
        api.add_router("", router)
        with pytest.raises(UndeclaredRoute):
            api.urls  # noqa: B018


def test_the_table_of_others_routes_has_no_dead_names() -> None:
    """Every name in the table leads somewhere; one that does not could let a later route in unseen."""
    assert THIRD_PARTY.keys() - {route.name for route in ROUTES} == set()


def test_the_table_of_others_routes_says_one_of_four_things() -> None:
    """Public, own account, logged in or closed: anything else would be read as something else."""
    for name, word in THIRD_PARTY.items():
        assert word == "own account" or re.match(r"(public|logged in|closed): \w", word), name


def test_what_is_public_is_known() -> None:
    """Nothing becomes public by the way."""
    assert {
        "account_login",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_authenticate",
        "set_language",
        "enter_demo",
        "fates",
        "fates_file",
        "fates_picture",
        "fates_whether",
        "calendar_feed",
        "security_txt",
    } == OPEN


# Nobody


@pytest.mark.parametrize("route", GUARDED, ids=by_name)
def test_whoever_is_not_logged_in_comes_to_the_login_page_or_is_told_so(route: Route) -> None:
    """Every route that needs something sends a browser to the login page and tells a program 401."""
    client, address = Client(), route.path()
    for method in route.methods:
        answer = client.generic(method, address)
        if route.is_api:
            assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (401, "application/json")
            continue
        assert answer.status_code == 302
        assert answer["Location"].startswith(f"{reverse('account_login')}?next=")


def test_the_login_page_itself_asks_for_nothing() -> None:
    """Whoever is sent to log in arrives there: no loop."""
    answer = Client().get(reverse("home"), follow=True)
    assert (answer.status_code, len(answer.redirect_chain)) == (200, 1)


@pytest.mark.parametrize("route", CLOSED, ids=by_name)
def test_what_is_closed_is_not_there(route: Route, people: Cast) -> None:
    """Signing up, changing one's address and the like do not exist, for nobody and for Anna."""
    for client in (Client(), browser(people.anna)):
        for method in route.methods:
            assert client.generic(method, route.path()).status_code == 404


# Outsiders


@pytest.mark.slow
def test_a_foreign_case_looks_like_none(people: Cast) -> None:
    """Frida's party has no part in the case, Rut has a case of her own: every route gives both of them the same

    bytes for the real case and for one that does not exist (design.md, "forbidden and absent look the same").
    """
    real, none = active_case(people), uuid4()
    told = {}
    for who in (people.frida, rut()):
        client = browser(who)
        for route in CASE_ROUTES:
            for method in route.methods:
                answers = [_bare(_ask(client, method, route.path(case=case))) for case in (real, none)]
                if answers[0] != answers[1] or answers[0][0] not in (404, 405):
                    told[f"{who.name} {method} {route.name}"] = [answer[0] for answer in answers]
    assert told == {}


def test_a_foreign_programme_looks_like_none(people: Cast) -> None:
    """What only a programme's own people may do is, for others, the same as for no programme at all."""
    client = browser(people.frida)
    for route in ROUTES:
        if "programme" in route.holds and route.name != "programme":
            for method in route.methods:
                answers = [_bare(_ask(client, method, route.path(programme=id))) for id in (people.programme, uuid4())]
                assert answers[0] == answers[1], route.name
                assert answers[0][0] == 404, route.name


# Demonstration


def test_nobody_enters_by_one_click_outside_the_demonstration(people: Cast) -> None:
    """The demonstration's login answers 404 everywhere else, and logs nobody in."""
    client = Client()
    answer = client.post(reverse("enter_demo", kwargs={"account": people.anna.account}))
    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_demonstration_lets_in_by_one_click(people: Cast) -> None:
    """With the demonstration's settings the same click logs in: the 404 above is not for another reason."""
    client = Client()
    with override_settings(SAMVERK_DEMO=True):
        client.post(reverse("enter_demo", kwargs={"account": people.anna.account}))
    assert client.session["_auth_user_id"] == str(people.anna.account)


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


@needs(SeeProgrammes)
def sly(request: HttpRequest) -> HttpResponse:
    act.look(request, SetUp, lambda permit: None)
    return HttpResponse("open")


class Planted:
    """Addresses of two bad pages."""

    urlpatterns = [path("bare/", bare, name="bare"), path("sly/", sly, name="sly")]


def rut() -> Actor:
    """Another participant."""

    def add(permit):  # type: ignore[no-untyped-def]
        person = setup.add_person(permit, name="Rut")
        return setup.add_account(permit, email="rut@example.org", name="Rut", person=person), person

    account, person = done(system_actor("test"), SetUp, add)
    return Actor(account=account, name="Rut", person=person)


def _ask(client: Client, method: str, address: str) -> HttpResponse:
    if address.startswith("/api/") and method != "GET":
        needed = '{"matter": "x"}' if address.endswith("/control") else "{}"
        body = '{"version": 1}' if method == "PUT" else needed
        return client.generic(method, address, body, content_type="application/json")
    return client.post(address, {"version": "1"}) if method == "POST" else client.generic(method, address)


def _bare(answer: HttpResponse) -> tuple[int, str, str]:
    """The answer without what is new in each: the ids that were asked for, and the token against forged requests."""
    told = f"{answer.get('Location', '')}\n{answer.content.decode()}"
    where, _, body = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\w-]{64}", "NEW", told).partition("\n")
    return answer.status_code, where, body


def test_the_walk_finds_what_the_resolver_leads_to() -> None:
    """The enumeration itself is not blind: as many names as the resolver can reverse, namespaces apart."""
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert names <= {route.name for route in ROUTES}
    assert len(names) > 40
