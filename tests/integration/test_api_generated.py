"""Thousands of shapes of input, made from the interface's own description: it answers as it says, and never fails."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings, strategies
from schemathesis.checks import not_a_server_error
from schemathesis.generation.modes import GenerationMode
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from samverk.access.declare_house import StartReferral
from samverk.actions import referrals
from samverk.wsgi import application
from tests.build import browser, done
from tests.people import cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TOKEN = "a" * 32
EXAMPLES = 30
NOT_HERS = ("/send", "POST /api/cases/{case}/control", "/control/{reading}")
"""What Egon's new case is not ready for, or what is for officials: test_api.py and test_api_control.py have the yes."""
CHECKS = [not_a_server_error, response_schema_conformance, status_code_conformance]


@contextmanager
def _one_connection() -> Iterator[None]:
    """A server lets go of its connection after each request: here that would end the test's own transaction."""
    ends = (request_started, request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield
    for end in ends:
        end.connect(close_old_connections)


def test_the_interface_answers_as_it_is_described_whatever_it_is_sent() -> None:
    """For every operation: right and wrong input, to a case there is and to one there is not. No 500, no surprise."""
    people = cast()
    case = done(people.egon, StartReferral, lambda p: referrals.start(p, programme=people.programme, person=None))
    client = browser(people.egon)
    cookies = {"sessionid": client.cookies["sessionid"].value, "csrftoken": TOKEN}
    schema = schemathesis.openapi.from_dict(json.loads(client.get("/api/openapi.json").content))
    schema.app = application
    codes = {}
    with _one_connection():
        for found in schema.get_all_operations():
            operation = found.ok()
            codes[operation.label] = set(_answers(operation, case, people.programme, cookies))
    assert len(codes) == 10
    assert all(told & {200, 201, 409} for name, told in codes.items() if not name.endswith(NOT_HERS)), codes
    assert not any(told & {401, 403} for told in codes.values()), codes


def _answers(
    operation: schemathesis.schemas.APIOperation, case: UUID, programme: UUID, cookies: dict[str, str]
) -> Iterator[int]:
    """The statuses of the answers to all examples, each held against the description."""
    told = []

    def in_there(example: schemathesis.Case) -> schemathesis.Case:
        if isinstance(example.body, dict) and "programme" in example.body:
            example.body["programme"] = str(programme)
        return example

    here = {"case": str(case)} if "{case}" in operation.path else None
    there = operation.as_strategy(GenerationMode.POSITIVE, path_parameters=here).map(in_there)
    right, wrong = (operation.as_strategy(mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE))

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(example=strategies.one_of(there, right, wrong))
    def ask(example: schemathesis.Case) -> None:
        answer = example.call(cookies=cookies, headers={"X-CSRFToken": TOKEN, "Host": "localhost"})
        example.validate_response(answer, checks=CHECKS)
        told.append(answer.status_code)

    ask()
    yield from told
