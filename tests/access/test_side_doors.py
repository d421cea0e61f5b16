"""The shells see no model by a side entrance (design.md, "Enforced, not remembered")."""

import ast
import dataclasses
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import FunctionType, MethodType, ModuleType
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, models
from django.db.models.manager import BaseManager
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template.base import Node, Origin, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.functional import LazyObject, Promise

from samverk.store.models import Party
from samverk.web.needs import THIRD_PARTY
from tests.access.routes import Route, routes
from tests.build import active_case, assign_workplace, browser
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db

SRC = Path(__file__).resolve().parents[2] / "src/samverk"
FORBIDDEN = (models.Model, models.QuerySet, BaseManager)
HARMLESS = (str, bytes, int, float, type, Promise, Node, Template, Origin, FunctionType, MethodType, ModuleType)
AROUND = {"request", "csrf_token", "messages", "block", "True", "False", "None", "view"}
"""What Django itself lays into every context; none of it is read by our templates but the token and the messages."""
MOST_QUESTIONS = 18
HER_COPY = "everything_file"
"""Every page of hers at once, as a file: five an hour."""
AROUND_A_TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")
PAGES = [
    route
    for route in routes()
    if route.holds <= {"case", "programme"} and "GET" in route.methods and route.name not in THIRD_PARTY
]
"""Ours. The forms of the account pages that others wrote know one's own account, and nothing about a person."""


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.mark.slow
def test_no_page_is_given_a_row_or_asks_too_much(people: Cast) -> None:
    """Every page that each of three readers may open is opened: nothing in its context is a row or a queryset.

    And it asks the database at most 18 times, beginnings and ends of transactions apart (issue 3).
    """
    case = active_case(people)
    assign_workplace(people, case)
    opened, found = set(), {}
    for who in (people.anna, people.egon, people.frida):
        client = browser(who)
        for route in PAGES:
            with CaptureQueriesContext(connection) as asked:
                rows_found = _rows_in(client, route, case=case, programme=people.programme, opened=opened)
            questions = [one["sql"] for one in asked if not one["sql"].startswith(AROUND_A_TRANSACTION)]
            if rows_found or (len(questions) > MOST_QUESTIONS and route.name != HER_COPY):
                found[f"{who.name}: {route.name}"] = (rows_found, len(questions))
    assert found == {}
    assert len(opened) > 25
    assert {"case", "my_cases", "consents", "referral"} <= opened


def test_a_row_is_noticed_however_deep(people: Cast) -> None:
    """The search itself is tried on rows in a list in a view, behind a form's field, and on a queryset."""
    party = Party.objects.get(id=people.af)

    @dataclasses.dataclass(frozen=True, slots=True)
    class View:
        names: tuple[object, ...]

    form = BaseForm.__new__(BaseForm)
    form.__dict__.update(initial={"party": party})
    assert list(rows({"a": [View(names=({"x": party},))]})) == ["a.0.names.0.x"]
    assert list(rows({"form": form})) == ["form.initial.party"]
    assert list(rows({"all": Party.objects.all()})) == ["all"]
    assert list(rows({"a": [View(names=("Party", 1, None))]})) == []


def test_only_the_middleware_knows_the_account_behind_a_request() -> None:
    """The shells have a frozen actor: `request.user` is read in the middleware and nowhere else."""
    knowing = {
        str(file.relative_to(SRC))
        for shell in ("web", "api")
        for file in (SRC / shell).rglob("*.py")
        if _reads_the_account(file.read_text())
    }
    assert knowing == {"web/middleware.py"}


def test_reading_the_account_is_noticed() -> None:
    """By whatever name the request goes."""
    assert _reads_the_account("def page(request):\n    return request.user.name")
    assert _reads_the_account("def page(r):\n    return getattr(r, 'user')")
    assert not _reads_the_account("def page(request):\n    return request.actor.name")


def test_no_template_reads_the_account() -> None:
    """The request is in every context, and the account is behind it."""
    reading = re.compile(r"\{[{%][^}]*\b(request\.user|user\.|perms\.)")
    templates = list((SRC / "web/templates").rglob("*.html"))
    assert len(templates) > 20
    assert reading.search("{% if request.user.is_staff %}")
    assert [str(file.relative_to(SRC)) for file in templates if reading.search(file.read_text())] == []


def test_there_is_no_administration_round_the_door() -> None:
    """Neither Django's administration nor the processor that gives templates the account is installed."""
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    processors = [name for engine in settings.TEMPLATES for name in engine["OPTIONS"]["context_processors"]]
    assert "django.contrib.auth.context_processors.auth" not in processors
    importing = [
        file for file in SRC.rglob("*.py") if re.search(r"^\s*(from|import) .*contrib\.admin", file.read_text(), re.M)
    ]
    assert importing == []


def rows(value: object, place: str = "", seen: set[int] | None = None) -> Iterable[str]:
    """Where in `value` there is a row or a queryset."""
    seen = set() if seen is None else seen
    if isinstance(value, FORBIDDEN):
        yield place
    elif value is not None and not isinstance(value, HARMLESS) and id(value) not in seen:
        seen.add(id(value))
        for name, inner in _inside(value):
            yield from rows(inner, f"{place}.{name}".strip("."), seen)


def _inside(value: Any) -> Iterable[tuple[object, object]]:
    if isinstance(value, LazyObject):
        return _inside(value.__reduce__()[1][0])
    if isinstance(value, Mapping):
        return [(name, inner) for name, inner in value.items() if name not in AROUND]
    if isinstance(value, list | tuple | set | frozenset):
        return list(enumerate(value))
    if dataclasses.is_dataclass(value):
        return [(field.name, getattr(value, field.name)) for field in dataclasses.fields(value)]
    if isinstance(value, BoundField):
        return [("form", value.form)]
    return list(getattr(value, "__dict__", {}).items()) if isinstance(value, BaseForm) else []


def _rows_in(client: Client, route: Route, *, opened: set[str], **told: object) -> list[str]:
    answer = client.get(route.path(**told))
    if answer.status_code != 200 or answer.context is None:
        return []
    opened.add(route.name)
    return [place for context in answer.context for place in rows(context.flatten())]


def _reads_the_account(source: str) -> bool:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in ("user", "auser"):
            return True
        if isinstance(node, ast.Constant) and node.value in ("user", "auser"):
            return True
    return False
