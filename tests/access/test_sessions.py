"""One's own sessions, and what the log is told of logins (OWASP ASVS 5.0.0: 6.2.11, 7.3.1, 7.4.3, 7.5.2, 16.3)."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from samverk.access.passwords import NotOfTheHouse
from samverk.settings import base
from samverk.store.models import Account, Event
from samverk.web.session_limit import IDLE, SEEN
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
