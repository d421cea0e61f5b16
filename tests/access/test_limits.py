"""Limits: nobody takes a copy of the house page by page, and no program sends case data in clear.

OWASP ASVS 5.0.0: 2.4.1, 4.1.2, 14.3.1, 15.1.3, 15.2.2, 16.3.3.
"""

import re
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import get_resolver, reverse

from samverk.settings import base
from samverk.store.models import Event
from samverk.web import pdf, reading_limit
from samverk.web.middleware import DefaultDeny
from samverk.web.views import export as pages
from tests.build import active_case, browser
from tests.people import cast

pytestmark = pytest.mark.django_db


@override_settings(SAMVERK_READS_AN_HOUR=3)
def test_reading_has_a_limit_for_each_account() -> None:
    """A gentle answer in words, 429 and when to come back; others read on, and the log is told once (2.4.1, 16.3.3)."""
    cache.clear()
    people = cast()
    client = browser(people.bo)
    assert [client.get("/program/").status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    answer = client.get("/program/")
    assert "Vänta en stund" in answer.content.decode()
    assert int(answer["Retry-After"]) > 0
    told = client.get("/api/programmes")
    assert (told.status_code, "Vänta" in told.json()["detail"]) == (429, True)
    assert browser(people.anna).get("/program/").status_code == 200
    assert client.get("/konto/2fa/").status_code == 200
    met = Event.objects.filter(what="limit.met")
    assert [(row.actor, row.detail) for row in met] == [(people.bo.account, {"limit": "reading"})]


def test_the_limit_stands_in_every_real_installation() -> None:
    """Far above a day's work, far below a copy of the house; off in tests alone."""
    assert base.SAMVERK_READS_AN_HOUR is not None
    assert 300 < base.SAMVERK_READS_AN_HOUR < 5000


def test_the_copy_of_everything_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is hundreds of looks: so many in an hour and no more, counted by the log itself (15.2.2)."""
    cache.clear()
    people = cast()
    active_case(people)
    monkeypatch.setattr(pages, "COPIES_IN_AN_HOUR", 1)
    client = browser(people.egon)
    answers = [client.get("/allt-om-mig/samverk.zip") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert Event.objects.filter(what="limit.met", actor=people.egon.account).count() == 1


@override_settings(SAMVERK_READS_AN_HOUR=1000)
def test_what_costs_much_has_a_limit_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Her part of the log with its proofs: so often in an hour and no more, while she reads on (15.1.3, 15.2.2)."""
    cache.clear()
    people = cast()
    case = active_case(people)
    monkeypatch.setitem(reading_limit.COSTLY, "take_log_home", 1)
    client, address = browser(people.egon), reverse("take_log_home", kwargs={"case": case})
    assert [client.get(address).status_code for _ in range(2)] == [200, 429]
    assert client.get(reverse("who_looked", kwargs={"case": case})).status_code == 200
    met = Event.objects.filter(what="limit.met")
    assert [(row.actor, row.detail) for row in met] == [(people.egon.account, {"limit": "take_log_home"})]


@override_settings(SAMVERK_READS_AN_HOUR=1000)
def test_files_that_are_sent_in_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """In whatever form: the next is refused before anybody looks into it (15.1.3)."""
    cache.clear()
    client = browser(cast().egon)
    monkeypatch.setitem(reading_limit.COSTLY, reading_limit.UPLOAD, 0)
    sent = {"scan": SimpleUploadedFile("x.pdf", b"%PDF-1.4")}
    assert client.post(reverse("new_referral"), sent).status_code == 429
    assert client.post(reverse("new_referral"), {}).status_code == 422


@override_settings(SAMVERK_READS_AN_HOUR=1000, SAMVERK_OPEN_FATES=True)
def test_whoever_is_not_logged_in_is_counted_by_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one costly page that is open to anyone (15.1.3)."""
    cache.clear()
    monkeypatch.setitem(reading_limit.COSTLY, "fates_file", 0)
    address = reverse("fates_file", kwargs={"what": "tabeller.zip"})
    assert Client().get(address, REMOTE_ADDR="192.0.2.8").status_code == 429


def test_a_paper_that_cannot_be_made_in_time_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are made one at a time, and nobody's page waits longer than its browser: 503, and when to come back."""
    monkeypatch.setattr(pdf, "TURN", 0.01)
    request = RequestFactory().get("/")
    if pdf.available():
        with pdf._one_at_a_time, pytest.raises(pdf.Busy):
            pdf.pdf("<p>x")
    answer = DefaultDeny(lambda _: HttpResponse()).process_exception(request, pdf.Busy())
    assert answer is not None
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "en i taget" in answer.content.decode()


def test_every_limit_stands_in_the_documents() -> None:
    """docs/security.md tells of each costly thing with its number; each is a route that there is (15.1.3)."""
    text = (Path(__file__).resolve().parents[2] / "docs/security.md").read_text(encoding="utf-8")
    told = re.findall(r"^\|.*\| (\d+) an hour \(`(\w+)`\)", text, re.MULTILINE)
    assert {name: int(number) for number, name in told} == reading_limit.COSTLY
    assert reading_limit.COSTLY.keys() - {reading_limit.UPLOAD} <= {str(name) for name in get_resolver().reverse_dict}


@override_settings(SECURE_SSL_REDIRECT=True)
def test_the_interface_is_refused_and_not_redirected_without_encryption() -> None:
    """A browser is led over to encryption; a program is told that it sent in clear (4.1.2)."""
    client = Client()
    assert client.get("/program/")["Location"].startswith("https://")
    refused = client.get("/api/cases")
    assert (refused.status_code, refused.has_header("Location")) == (403, False)
    assert "https" in refused.json()["detail"]
    assert client.get("/api/cases", secure=True).status_code == 401


def test_the_browser_forgets_at_logout() -> None:
    """What it may have kept of the pages is thrown away (14.3.1); nothing is said so before."""
    client = browser(cast().bo)
    assert not client.get("/min-dag/").has_header("Clear-Site-Data")
    assert client.post("/konto/logout/")["Clear-Site-Data"] == '"cache", "storage"'
