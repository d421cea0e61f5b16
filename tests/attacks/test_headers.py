"""What every answer carries, and how a session lives (OWASP ASVS 5.0, chapters V3, V7 and V14)."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import timezone

from samverk.settings import environment
from samverk.store.models import Account
from samverk.web.session_limit import BEGAN
from tests.access.routes import Route, routes
from tests.attacks.world import World
from tests.build import browser
from tests.unit.test_settings import GOOD, start

pytestmark = pytest.mark.django_db
PASSWORD = "en-lång-mening-som-ingen-gissar"


def answers(route: Route, world: World) -> list[HttpResponse]:
    """As nobody and as Anna."""
    told = {"case": world.case, "programme": world.people.programme}
    return [client.get(route.path(**told)) for client in (Client(), browser(world.people.anna))]


@pytest.mark.slow
def test_every_answer_carries_what_keeps_a_browser_in_check(world: World) -> None:
    """Every route, refused or not: policy of content, no storing, no sniffing, no framing, no referrer outside."""
    for route in routes():
        for answer in answers(route, world):
            policy = answer["Content-Security-Policy"]
            assert "default-src 'none'" in policy, route.name
            assert "frame-ancestors 'none'" in policy, route.name
            assert "unsafe" not in policy, route.name
            assert answer["X-Content-Type-Options"] == "nosniff", route.name
            assert answer["X-Frame-Options"] == "DENY", route.name
            assert answer["Referrer-Policy"] == "same-origin", route.name
            assert answer["Cross-Origin-Opener-Policy"] == "same-origin", route.name
            assert "no-store" in answer["Cache-Control"], route.name
            assert not answer.has_header("Access-Control-Allow-Origin"), route.name
            assert not answer.has_header("Server"), route.name


def test_the_answer_to_an_error_carries_it_too() -> None:
    """What is not there, what may not be asked so, and what cannot be read."""
    client = Client()
    for answer in (client.get("/ingen/"), client.delete("/min-dag/"), client.get("/", HTTP_HOST="evil.example")):
        assert answer.status_code >= 302
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_cookies_in_production() -> None:
    """Only encrypted, only for this host, not for scripts, not from other sites."""
    names = [
        f"{cookie}_{what}"
        for cookie in ("SESSION_COOKIE", "CSRF_COOKIE")
        for what in ("NAME", "SECURE", "HTTPONLY", "SAMESITE")
    ]
    more = ("SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SESSION_COOKIE_AGE")
    more += ("LANGUAGE_COOKIE_SECURE", "LANGUAGE_COOKIE_NAME", "MESSAGE_STORAGE")
    answer = start("production", GOOD, (*names, *more))
    assert answer.returncode == 0, answer.stderr
    told = json.loads(answer.stdout)
    for cookie in ("SESSION_COOKIE", "CSRF_COOKIE"):
        assert told[f"{cookie}_NAME"].startswith("__Host-")
        assert told[f"{cookie}_SECURE"] is True
        assert told[f"{cookie}_HTTPONLY"] is True
        assert told[f"{cookie}_SAMESITE"] in ("Lax", "Strict")
    assert told["SECURE_SSL_REDIRECT"] is True
    assert told["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True
    assert told["LANGUAGE_COOKIE_SECURE"] is True
    assert told["LANGUAGE_COOKIE_NAME"].startswith("__Host-")
    assert told["MESSAGE_STORAGE"].endswith("SessionStorage")
    assert told["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert told["SESSION_COOKIE_AGE"] <= 12 * 3600


def test_a_session_is_new_after_login_and_dead_after_logout(world: World) -> None:
    """A cookie from before the login is worth nothing afterwards, and none is worth anything after the logout."""
    account = Account.objects.get(id=world.people.bo.account)
    account.set_password(PASSWORD)
    account.save()
    Authenticator.objects.filter(user=account).delete()
    client = Client()
    client.get("/konto/login/")
    session = client.session
    session["before"] = "1"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    client.post("/konto/login/", {"login": account.email, "password": PASSWORD})
    after = client.session.session_key
    assert client.session["_auth_user_id"] == str(account.pk)
    assert after != before
    client.post("/konto/logout/")
    old = Client()
    old.cookies["sessionid"] = after
    assert old.get("/min-dag/").status_code == 302
    assert "_auth_user_id" not in old.session


def test_a_changed_password_ends_the_other_sessions(world: World) -> None:
    """Whoever has taken a session loses it."""
    account = Account.objects.get(id=world.people.bo.account)
    taken = browser(world.people.bo)
    assert taken.get("/min-dag/").status_code == 200
    account.set_password(PASSWORD)
    account.save()
    assert taken.get("/min-dag/").status_code == 302


def test_a_shut_account_is_out_on_the_next_request(world: World) -> None:
    """No session outlives its account."""
    client = browser(world.people.bo)
    Account.objects.filter(id=world.people.bo.account).update(is_active=False)
    assert client.get("/min-dag/").status_code == 302


def test_a_login_lasts_twelve_hours_at_most(world: World) -> None:
    """However busy the session is: what it says and keeps does not make it longer."""
    client = browser(world.people.bo)
    assert client.get("/min-dag/").status_code == 200
    for hours, status in ((11, 200), (13, 302)):
        session = client.session
        session[BEGAN] = (timezone.now() - timedelta(hours=hours)).isoformat()
        session.save()
        assert client.get("/min-dag/").status_code == status
    assert "_auth_user_id" not in client.session


@override_settings(ACCOUNT_RATE_LIMITS={"login_failed": "30/m/ip,5/5m/key"})
def test_passwords_cannot_be_tried_in_numbers(world: World) -> None:
    """Five wrong ones for an account, and the right one does not help for a while."""
    account = Account.objects.get(id=world.people.dag.account)
    account.set_password(PASSWORD)
    account.save()
    client = Client()
    for _ in range(6):
        client.post("/konto/login/", {"login": account.email, "password": "fel"})
    client.post("/konto/login/", {"login": account.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_limits_stand_in_every_real_installation() -> None:
    """They are off in tests alone."""
    told = json.loads(start("production", GOOD, ("ACCOUNT_RATE_LIMITS",)).stdout)["ACCOUNT_RATE_LIMITS"]
    assert told["login_failed"] == "30/m/ip,5/5m/key"


@pytest.mark.parametrize("path", ["/min-kalender/ny-adress/", "/konto/logout/"])
def test_a_forged_form_is_refused(path: str, world: World) -> None:
    """Without the page's own key nothing is done, though the cookie is there."""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser(world.people.bo).cookies
    assert strict.post(path).status_code == 403


def test_no_folder_is_listed_and_nothing_is_traced() -> None:
    """Static files by name only, and no echo of a request (ASVS 13.4.3, 13.4.4)."""
    client = Client()
    assert {client.get(path).status_code for path in ("/static/", "/static/vendor/")} <= {302, 404}
    assert client.generic("TRACE", "/").status_code in (302, 405)
    assert client.generic("TRACE", "/konto/login/").status_code == 405


# Whom to tell


def test_security_txt_names_the_operators_contact_and_runs_out_within_a_year() -> None:
    """RFC 9116: contact and expiry are required; the expiry is counted anew each day."""
    assert settings.SAMVERK_SECURITY_CONTACT == ""
    assert Client().get("/.well-known/security.txt").status_code == 404
    with override_settings(SAMVERK_SECURITY_CONTACT="mailto:sakerhet@example.org"):
        answer = Client().get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert fields["Contact"] == "mailto:sakerhet@example.org"
    expires = datetime.fromisoformat(fields["Expires"].replace("Z", "+00:00")).astimezone(UTC)
    assert timedelta(days=30) < expires - timezone.now() < timedelta(days=365)
    assert fields["Canonical"] == "http://testserver/.well-known/security.txt"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("", ""), ("a@b.se", "mailto:a@b.se"), ("https://b.se/x", "https://b.se/x"), ("mailto:a@b.se", "mailto:a@b.se")],
)
def test_the_contact_is_an_address(typed: str, kept: str) -> None:
    """An e-mail address or a page; nothing at all is allowed, and then nothing is told."""
    assert environment.contact(typed) == kept


@pytest.mark.parametrize("typed", ["ring oss", "a@b.se\r\nExpires: x"])
def test_a_contact_that_is_none_does_not_start(typed: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        environment.contact(typed)
