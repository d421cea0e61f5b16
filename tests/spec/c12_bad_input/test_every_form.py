"""Chapter 12: bad input. Every form that can be reached is sent what nobody should send.

The forms are found by walking the pages as a browser without script does: nothing is remembered, and a form that is
added tomorrow is tried tomorrow (issue 2, "Bad input").
"""

import re
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.access.routes import routes
from tests.build import active_case, assign_workplace, browser
from tests.people import Cast, cast
from tests.spec.c12_bad_input.browsing import Filling, Page, kind_of, walk

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"
ODD = f"A\r\nB: c\x1b[31m {SCRIPT} ' \" -- %s {{{{ 7*7 }}}} \u202eå"
ENDING = re.compile(r"/(avsluta|ta-tillbaka|stall-in|avboj|slapp|erbjudande|ta-bort|fel|lamna)/")
SPOILT: dict[str, Callable[[Filling], dict[str, str]]] = {
    "empty": lambda form: {},
    "the character zero": lambda form: form.filled("a\0b"),
    "far too long": lambda form: form.filled("å" * 25_000),
    "choices that are not there": lambda form: dict.fromkeys(form.controls, "finns-inte"),
    "unknown ids": lambda form: dict.fromkeys(form.controls, str(uuid4())),
    "huge numbers": lambda form: dict.fromkeys(form.controls, "9" * 30),
    "less than nothing": lambda form: dict.fromkeys(form.controls, "-1"),
    "the last day of all": lambda form: form.filled("9999-12-31"),
    "the first day of all": lambda form: form.filled("0001-01-01"),
    "a day that is not": lambda form: form.filled("2026-02-30"),
}


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def case(people: Cast) -> UUID:
    """Egon's case with something in it of everything that the forms themselves can make."""
    case = active_case(people)
    assign_workplace(people, case)
    for who in (people.anna, people.egon):
        client = browser(who)
        for form in _forms(client, case):
            if not ENDING.search(form.action):
                client.post(form.action, form.filled(f"Text av {who.name}."))
    return case


@pytest.mark.slow
def test_every_form_on_every_page(people: Cast, case: UUID) -> None:
    """Whatever is sent, no form fails; what was typed is kept; and no words are run where they are shown."""
    for who in (people.anna, people.egon):
        client = browser(who)
        forms = _forms(client, case)
        assert len(forms) > 10
        assert _failing(client, forms) == []
        assert _losing_words(client, forms) == []
        assert _failing_addresses(client, case) == []
        assert _running_words(client, forms, case) == []


def _failing(client: Client, forms: list[Filling]) -> list[str]:
    """Half-filled, too long, unknown, out of all bounds: an answer that says what to do, never a failure.

    Each attempt is undone, so that the next one meets the same case. One form of each kind is tried, and where there is
    nothing to write the same is not sent twice.
    """
    failing = []
    for form in {tuple(map(kind_of, (form.action, *form.controls))): form for form in forms}.values():
        spoilt = {frozenset((told := spoil(form)).items()): (what, told) for what, spoil in SPOILT.items()}
        for what, told in spoilt.values():
            status = _tried(client, form, told).status_code
            if status not in (200, 302, 404, 405, 422):
                failing.append(f"{what}: {form.action}: {status}")
    return failing


def _losing_words(client: Client, forms: list[Filling]) -> list[str]:
    """A form that is shown again holds every word that was written in it (design.md: nothing is lost)."""
    losing, refused = [], 0
    for form in forms:
        words = {name: f"Ord i {name}" for name in form.written}
        answer = _tried(client, form, words | ({"version": "1"} if "version" in form.controls else {}))
        if answer.status_code == 422:
            refused += 1
            body = answer.content.decode()
            losing += [f"{form.action}: {name}" for name, word in words.items() if word not in body]
    assert refused > 3
    return losing


def _failing_addresses(client: Client, case: UUID) -> list[str]:
    """Words, numbers and ids in an address that stand for nothing are not found, or said to be gone."""
    failing = []
    for route in routes():
        if "case" in route.holds and len(route.parts) > 1 and not route.is_api:
            for number, word in ((0, "finns-inte"), (10**25, "a" * 500)):
                told = {name: number if kind == "number" else word for name, kind in route.parts if kind != "uuid"}
                path = route.path(**told | {"case": case})
                statuses = {client.get(path).status_code, client.post(path).status_code}
                if not statuses <= {404, 405, 422}:
                    failing.append(f"{route.name}: {path}: {statuses}")
    return failing


def _running_words(client: Client, forms: list[Filling], case: UUID) -> list[str]:
    """Control characters, line breaks in a line, HTML, script and template text are kept as plain text, or refused."""
    running, taken = [], 0
    for form in forms:
        if form.written and not ENDING.search(form.action):
            answer = client.post(form.action, form.filled(ODD))
            taken += answer.status_code == 302
            if answer.status_code not in (200, 302, 404, 422) or SCRIPT.encode() in answer.content:
                running.append(f"{form.action}: {answer.status_code}")
    pages = list(walk(client, f"/arenden/{case}/"))
    assert taken > 3
    assert any(b"&lt;script&gt;" in answer.content for answer, _ in pages)
    return running + [page.address for answer, page in pages if SCRIPT.encode() in answer.content]


def _tried(client: Client, form: Filling, told: dict[str, str]) -> HttpResponse:
    """The answer to a form that is sent, and undone."""
    client.raise_request_exception = False
    with transaction.atomic():
        answer: HttpResponse = client.post(form.action, told)
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("address", ["x", "0", "null", "%00", "11111111-1111-1111-1111-11111111111Z", "../../etc"])
def test_an_id_that_is_none_is_not_found(people: Cast, address: str) -> None:
    """The address of a case is its id, and nothing else is asked for anywhere."""
    assert browser(people.anna).get(f"/arenden/{address}/").status_code == 404


def test_ten_megabytes_of_text_are_refused_and_a_word_is_said(people: Cast) -> None:
    """A text of ten megabytes is named as too long beside its field, and one of thirteen is not read at all."""
    case, client = active_case(people), browser(people.anna)
    address = f"/arenden/{case}/anteckningar/ny/"
    form = next(form for form in _page(client, address).forms if form.action == address)
    much = client.post(address, form.filled("å" * 5_000_000))
    assert much.status_code == 422
    assert "för lång" in much.content.decode()
    more = client.post(address, form.filled("a" * 13_000_000))
    assert more.status_code == 413
    assert "för stort" in more.content.decode()


def test_a_broken_form_is_bad_and_not_a_failure(people: Cast) -> None:
    """A body that is cut, of no form, or of too many fields: 400 with a sentence."""
    case, client = active_case(people), browser(people.anna)
    address = f"/arenden/{case}/anteckningar/ny/"
    for kind, body in (
        ("multipart/form-data", b"--x\r\nno"),
        ("multipart/form-data; boundary=", b"x"),
        ("multipart/form-data; boundary=\xe5", b"x"),
        ("application/x-www-form-urlencoded", b"&".join(b"a=%d" % number for number in range(3000))),
    ):
        answer = client.generic("POST", address, body, content_type=kind)
        assert answer.status_code == 400, kind
        assert "Gå tillbaka" in answer.content.decode()


def test_what_is_no_form_at_all_is_an_empty_one(people: Cast) -> None:
    """JSON, or bytes that are no text, sent to a page: the form is shown, and nothing is written."""
    case, client = active_case(people), browser(people.anna)
    for kind, body in (
        ("application/json", b"{}"),
        ("text/plain", b"\xff\xfe"),
        ("application/x-www-form-urlencoded", b"%ff=%ff&%00"),
    ):
        answer = client.generic("POST", f"/arenden/{case}/anteckningar/ny/", body, content_type=kind)
        assert answer.status_code in (200, 422), kind
        assert "<form" in answer.content.decode()


def test_a_file_where_words_are_asked_for_is_no_words(people: Cast) -> None:
    """A file in a text field does not take its place."""
    case, client = active_case(people), browser(people.anna)
    address = f"/arenden/{case}/anteckningar/ny/"
    form = next(form for form in _page(client, address).forms if form.action == address)
    told: dict[str, object] = {**form.filled("Text."), form.written[0]: SimpleUploadedFile("a.txt", b"Text.")}
    assert client.post(address, told).status_code == 422


def _forms(client: Client, case: UUID) -> list[Filling]:
    """The forms that write, on all pages that can be reached from the case: two of each kind."""
    kinds: dict[tuple[str, ...], dict[str, Filling]] = {}
    for _, page in walk(client, f"/arenden/{case}/", "/remisser/ny/"):
        for form in page.forms:
            if form.method == "post" and not form.action.startswith(("/konto/", "/sprak/", "/demo/")):
                kinds.setdefault(tuple(map(kind_of, (form.action, *form.controls))), {})[form.action] = form
    return [form for forms in kinds.values() for form in list(forms.values())[:2]]


def _page(client: Client, address: str) -> Page:
    answer: HttpResponse = client.get(address)
    return Page(answer, address)
