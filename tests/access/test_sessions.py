"""One's own sessions, and what the log is told of logins.

OWASP ASVS 5.0.0: 6.2.11, 6.2.12, 7.3.1, 7.4.3, 7.5.2, 8.2.4, 16.3.
"""

import hashlib
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samverk.access.passwords import NotOfTheHouse
from samverk.settings import base
from samverk.store.models import Account, Event
from samverk.web.session_limit import BROWSER, IDLE, SEEN
from tests.access.test_accounts import PASSWORD, SETUP, START, code, log_in, with_factor
from tests.build import browser
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def anna(people: Cast, settings: Any) -> Account:
    """Anna with a password, and no second factor yet; limits as in production."""
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    settings.MFA_TOTP_TOLERANCE = 1
    cache.clear()
    row = Account.objects.get(id=people.anna.account)
    row.set_password(PASSWORD)
    row.save()
    return row


def comes_in(secret: str) -> Client:
    """A browser in which Anna has given her password and her code."""
    cache.clear()
    client = Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0")
    log_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    return client


@pytest.mark.django_db(transaction=True)
def test_a_new_second_factor_ends_the_other_sessions(anna: Account) -> None:
    """Whoever came in by a stolen password is out when she sets up her second factor; she herself stays in (7.4.3)."""
    thief, hers = Client(), Client()
    log_in(thief)
    log_in(hers)
    hers.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = hers.get(reverse("mfa_activate_totp")).context["form"].secret
    assert thief.get(SETUP).status_code == 200
    hers.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert hers.get(START).status_code == 200
    assert "_auth_user_id" not in thief.session
    assert thief.get(START)["Location"].startswith(reverse("account_login"))


def test_a_second_factor_taken_away_ends_them_too(anna: Account) -> None:
    """The change of any factor does (7.4.3)."""
    secret = with_factor(anna)
    other, hers = comes_in(secret), comes_in(secret)
    cache.clear()
    hers.post(reverse("mfa_reauthenticate"), {"code": code(secret)})
    hers.post(reverse("mfa_deactivate_totp"))
    assert hers.get(SETUP).status_code == 200
    assert other.get(SETUP)["Location"].startswith(reverse("account_login"))


def test_she_sees_where_she_is_logged_in_and_ends_the_others(anna: Account) -> None:
    """Each with its browser and time; one press ends all but the one she sits at, which stays (7.5.2)."""
    secret = with_factor(anna)
    other, hers = comes_in(secret), comes_in(secret)
    page = hers.get(reverse("usersessions_list")).content.decode()
    assert page.count("Firefox, Windows") == 2
    assert page.count("här och nu") == 1
    session = hers.session
    session["account_authentication_methods"] = []
    session.save()
    assert hers.post(reverse("usersessions_list"))["Location"].startswith(reverse("account_reauthenticate"))
    assert UserSession.objects.filter(user=anna).count() == 2
    cache.clear()
    hers.post(reverse("mfa_reauthenticate"), {"code": code(secret)})
    hers.post(reverse("usersessions_list"))
    assert UserSession.objects.filter(user=anna).count() == 1
    assert hers.get(START).status_code == 200
    assert other.get(START)["Location"].startswith(reverse("account_login"))


def test_an_hour_without_a_click_ends_the_login(people: Cast) -> None:
    """However lately something was written down in it; and each click within the hour keeps it open (7.3.1)."""
    client = browser(people.bo)
    for minutes, status in ((59, 200), (59, 200), (61, 302)):
        session = client.session
        session[SEEN] = (timezone.now() - timedelta(minutes=minutes)).isoformat()
        session.save()
        assert client.get("/min-dag/").status_code == status
    assert "_auth_user_id" not in client.session


def test_the_page_says_so_before(people: Cast) -> None:
    """In plain words, by the page's own style and without any script, some minutes before the login ends (7.3.1)."""
    assert "annars loggas du ut om en stund" in browser(people.bo).get("/min-dag/").content.decode()
    style = (Path(base.PACKAGE) / "web/static/samverk.css").read_text(encoding="utf-8")
    told = re.search(r"\.idle \{[^}]*animation: idle 0s (\d+)s", style)
    assert told is not None
    assert timedelta(0) < IDLE - timedelta(seconds=int(told.group(1))) <= timedelta(minutes=10)


def test_what_was_typed_is_given_back(people: Cast) -> None:
    """A form that was open when the login ended: nothing is saved, and the text stands on the page (7.3.1)."""
    client = browser(people.anna)
    session = client.session
    session[SEEN] = (timezone.now() - timedelta(hours=2)).isoformat()
    session.save()
    answer = client.post("/remisser/ny/", {"name": "Egon & <b>Rut</b>", "password": "en hemlig mening", "kind": "x"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Egon &amp; &lt;b&gt;Rut&lt;/b&gt;" in page
    assert "hemlig mening" not in page
    strict = Client(enforce_csrf_checks=True)
    strict.cookies["sessionid"] = "x"
    assert "två ord" not in strict.post("/remisser/ny/", {"name": "två ord"}).content.decode()


@pytest.mark.parametrize(
    "password", ["Samverk2026!!", "arbetsförmedlingen-1", "Nacka kommun 2026", "ABC rehab samverk"]
)
def test_a_password_of_the_houses_own_words_is_refused(people: Cast, password: str) -> None:
    """Samverk, an agency, a party's name: what everyone here would try first (6.1.2, 6.2.11)."""
    with pytest.raises(ValidationError):
        NotOfTheHouse().validate(password)


@pytest.mark.parametrize("password", ["sju sjösjuka sjömän", "kommunen svarvade om natten", "zq81-xk20-bb77"])
def test_one_with_enough_of_her_own_is_taken(people: Cast, password: str) -> None:
    """A word of the house among others does no harm."""
    NotOfTheHouse().validate(password)


def test_a_password_that_was_lost_elsewhere_is_refused(tmp_path: Path, settings: Any) -> None:
    """The operator's own list, ordered by hash; without one, the most frequent of the lost ones that Django brings, and
    no more (6.2.12).
    """
    lost = [f"ett lösenord nummer {number}" for number in range(50)]
    marks = sorted(hashlib.sha1(word.encode(), usedforsecurity=False).hexdigest().upper() for word in lost)
    file = tmp_path / "pwned.txt"
    file.write_text("".join(f"{mark}:{number}\n" for number, mark in enumerate(marks)))
    settings.SAMVERK_BREACHED_PASSWORDS = file
    for word in lost:
        with pytest.raises(ValidationError, match="läckt"):
            validate_password(word)
    validate_password("ett annat som ingen har")
    settings.SAMVERK_BREACHED_PASSWORDS = None
    validate_password(lost[0])
    for common in ("q1w2e3r4t5y6", "startfinding"):
        with pytest.raises(ValidationError):
            validate_password(common)


def test_who_came_in_and_who_was_stopped_stands_in_the_log(anna: Account) -> None:
    """A login, a wrong password, a wrong code, and once that the limit was met; nothing of what was typed (16.3.1, 3)."""
    secret = with_factor(anna)
    client = Client()
    log_in(client, password="fel lösenord")
    log_in(client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    for _ in range(9):
        log_in(Client(), password="fel lösenord")
    Client().post(reverse("account_login"), {"login": "ingen@example.org", "password": "fel lösenord"})
    rows = Event.objects.filter(act="LogIn").exclude(what="").order_by("turn")
    told = [(row.what, row.actor, row.detail) for row in rows]
    known = {"account": str(anna.id)}
    assert told[:3] == [
        ("login.failed", None, known),
        ("login.code_failed", None, known),
        ("login.done", anna.id, {}),
    ]
    assert [what for what, *_ in told].count("limit.met") == 1
    assert ("login.failed", None, {}) in told
    assert "fel lösenord" not in str(told)


def test_whoever_came_in_by_one_click_stands_in_the_list(people: Cast) -> None:
    """The demonstration's own way in is listed too; a session from before there was a list is told so (7.5.2)."""
    client = Client()
    with override_settings(SAMVERK_DEMO=True):
        client.post(reverse("enter_demo", kwargs={"account": people.egon.account}))
        listed = client.get(reverse("usersessions_list")).content.decode()
        assert "här och nu" in listed
        UserSession.objects.all().delete()
        assert "äldre än listan" in browser(people.egon).get(reverse("usersessions_list")).content.decode()


def test_a_login_stays_in_the_browser_where_it_was_made(anna: Account) -> None:
    """A copied cookie in another browser ends the login for both, is told on the login page and in the log; another
    network address does not, since telephones move. No page costs a query more for it (8.1.4, 8.2.4).
    """
    hers = comes_in(with_factor(anna))
    assert hers.get(START, REMOTE_ADDR="192.0.2.7").status_code == 200
    with CaptureQueriesContext(connection) as bound:
        assert hers.get(START).status_code == 200
    session = hers.session
    kept = session.pop(BROWSER)
    session.save()
    with CaptureQueriesContext(connection) as free:
        assert hers.get(START).status_code == 200
    assert len(bound) == len(free)
    session[BROWSER] = kept
    session.save()
    thief = Client(HTTP_USER_AGENT="curl/8")
    thief.cookies["sessionid"] = hers.cookies["sessionid"].value
    answer = thief.get(START, follow=True)
    assert "Webbläsaren är en annan" in answer.content.decode()
    assert hers.get(START)["Location"].startswith(reverse("account_login"))
    told = Event.objects.filter(what="login.moved")
    assert [(row.actor, row.detail) for row in told] == [(None, {"account": str(anna.id)})]


def test_what_was_typed_is_given_back_to_a_browser_that_has_changed(anna: Account) -> None:
    """A browser that renews itself in the midst of a form is another one, and its text is not lost (7.3.1)."""
    hers = comes_in(with_factor(anna))
    answer = hers.post("/remisser/ny/", {"name": "Egon och Rut"}, HTTP_USER_AGENT="Mozilla/5.0 Firefox/141.0")
    assert answer.status_code == 403
    assert "Egon och Rut" in answer.content.decode()
