"""Attack 4 (security.md): what is sent out or flashed up names nobody and nothing.

Samverk sends no notices yet: what cannot leave is proved by there being no way out. The first module that mails will
fail here, and has to prove its texts.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client

import samverk
from samverk.store.models import Account
from tests.attacks.world import CANARY, EGONS_NAME, World
from tests.build import browser

pytestmark = pytest.mark.django_db
SRC = Path(samverk.__file__).parent
WAYS_OUT = ("django.core.mail", "smtplib", "urllib.request", "http.client", "requests", "httpx", "socket")
MAY_LOOK_OUT = {"cli/ready.py", "cli/serve.py", "cli/demo.py"}
"""Those look whether a port is free, and open nothing to anyone."""


def test_no_act_in_the_world_has_sent_anything(world: World) -> None:
    """Some 150 acts of every sort: referral, call, minutes, promise, hand-over of nothing by mail."""
    assert world.case
    assert mail.outbox == []


def test_no_module_has_a_way_out() -> None:
    """No mail, no request to anywhere: what a module could send with is not imported."""
    found = {
        (str(path.relative_to(SRC)), name)
        for path in SRC.rglob("*.py")
        for name in _imports(path.read_text())
        if name.startswith(WAYS_OUT) and str(path.relative_to(SRC)) not in MAY_LOOK_OUT
    }
    assert found == set()
    assert set(_imports("from django.core import mail\nimport smtplib")) == {"django.core.mail", "smtplib"}


def test_the_one_letter_there_is_names_only_the_address(world: World, settings: object) -> None:
    """A forgotten password (allauth): no name, no party, no case, and the same answer whoever asks."""
    address = Account.objects.get(id=world.people.bo.account).email
    told = [Client().post("/konto/password/reset/", {"email": who}).status_code for who in (address, "nobody@x.se")]
    assert told[0] == told[1]
    for letter in mail.outbox:
        text = f"{letter.subject}\n{letter.body}"
        assert CANARY.findall(text) == []
        assert [name for name in ("Bo", "Arbetsförmedlingen", EGONS_NAME) if name in text.split()] == []


def test_what_flashes_up_is_a_fixed_sentence() -> None:
    """The message after a press stands on the next page, whoever then looks: it is never made of what was typed."""
    bad = [
        f"{path.relative_to(SRC)}:{call.lineno}"
        for path in (SRC / "web").rglob("*.py")
        for call in _messages(ast.parse(path.read_text()))
        if any(isinstance(node, ast.JoinedStr) for node in ast.walk(call)) or "cleaned_data" in ast.unparse(call)
    ]
    assert bad == []
    assert len(list(_messages(ast.parse("messages.success(r, f'{x}')")))) == 1


def test_a_flashed_sentence_holds_no_word_of_the_case(world: World) -> None:
    """Cia is told that what she does cannot be done, in words that say nothing of what others have written."""
    client = browser(world.people.cia)
    path = f"/arenden/{world.case}/vem-ar-med/avsluta/"
    answer = client.post(path, {"account": str(world.people.bo.account)}, follow=True)
    assert CANARY.findall(answer.text) == []


def _imports(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _messages(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("messages."):
            yield node
