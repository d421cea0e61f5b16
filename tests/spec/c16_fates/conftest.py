"""The engine is ready before anyone asks, as on a server that has been up for a while; and a visitor without login."""

import html
import re

import pytest
from django.http import HttpResponse
from django.test import Client

from samverk.web.fates_engine import ENGINE, READY


@pytest.fixture(scope="session", autouse=True)
def engine() -> None:
    # The first time on a machine it compiles.
    assert ENGINE.state(patience=180) == READY


@pytest.fixture
def visitor(settings) -> Client:
    """Somebody who is not logged in, where the operator has opened the page. No test with her may ask the database."""
    settings.SAMVERK_OPEN_FATES = True
    return Client()


def words(answer: HttpResponse) -> str:
    """What a reader reads on a page: no markup, no head, one space between words."""
    text = re.sub(r"<(script|style|head)\b.*?</\1>", " ", answer.content.decode(), flags=re.S)
    return re.sub(r"[ \n]+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))
