"""Limits: nobody takes a copy of the house page by page, and no program sends case data in clear.

OWASP ASVS 5.0.0: 2.4.1, 4.1.2, 14.3.1, 15.2.2, 16.3.3.
"""

import pytest
from django.core.cache import cache
from django.test import Client, override_settings

from samverk.settings import base
from samverk.store.models import Event
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
