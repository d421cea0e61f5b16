"""Who comes in, and how: a password and a second factor, outside the demonstration (issue 2, no. 5)."""

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.hashers import identify_hasher
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from samverk.settings import base
from samverk.store.models import Account
from samverk.web.middleware import declaration
from samverk.web.needs import PROVING
from tests.access.routes import routes
from tests.build import browser
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db

PASSWORD = "sju sjösjuka sjömän"
START = "/program/"
SETUP, PROVE = "/konto/2fa/", "/konto/2fa/reauthenticate/"


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture(autouse=True)
def _as_in_production(settings: Any) -> None:
    """Limits on; a code holds half a minute longer, so that no test fails at the turn of one."""
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    settings.MFA_TOTP_TOLERANCE = 1
    cache.clear()


@pytest.fixture
def anna(people: Cast) -> Account:
    """Anna with a password, and no second factor yet."""
    row = Account.objects.get(id=people.anna.account)
    row.set_password(PASSWORD)
    row.save()
    return row


@pytest.mark.django_db(transaction=True)
def test_from_the_password_to_the_first_page(anna: Account) -> None:
    """Password, then setting up the second factor, then in: the first time. A wrong code goes no further."""
    client = Client()
    answer = log_in(client, follow=True)
    assert answer.redirect_chain[-1][0] == SETUP
    assert client.get(START)["Location"] == SETUP

    assert client.get(reverse("mfa_activate_totp"))["Location"].startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert wrong.context["form"].errors["code"]
    assert client.get(START)["Location"] == SETUP

    right = client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert right["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(START).status_code == 200


def test_the_second_time_the_code_is_asked_for(anna: Account) -> None:
    """A password alone logs nobody in once there is a second factor; a wrong code does not either, the right does."""
    secret = with_factor(anna)
    client = Client()
    assert log_in(client)["Location"] == reverse("mfa_authenticate")
    assert client.get(START)["Location"].startswith(reverse("account_login"))
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert client.get(START).status_code == 200


def test_a_session_from_before_the_second_factor_must_show_it(anna: Account) -> None:
    """Whoever came in by a stolen password does not become trusted when Anna sets up her second factor elsewhere:

    every route but those where it is shown sends her there, and her own account's pages are shut too.
    """
    client = Client()
    log_in(client)
    secret = with_factor(anna)
    for route in routes():
        word = declaration(route.view, route.name)
        if word.startswith(("public", "closed")) or route.name in PROVING:
            continue
        answer = client.get(route.path())
        if route.is_api:
            assert answer.status_code == 403, route.name
        else:
            assert answer["Location"].startswith(PROVE), route.name
    client.post(PROVE, {"code": code(secret)})
    assert client.get(START).status_code == 200


def test_without_any_second_factor_nothing_but_ones_own_account_answers(anna: Account) -> None:
    """Every page leads to where it is set up, and the API says 403: enumerated, not remembered."""
    client = Client()
    log_in(client)
    led = 0
    for route in routes():
        if declaration(route.view, route.name) not in ("needs", "logged in"):
            continue
        answer = client.get(route.path())
        assert (answer.status_code == 403) if route.is_api else (answer["Location"] == SETUP), route.name
        led += 1
    assert led > 40


def test_whoever_takes_her_last_second_factor_away_sets_up_a_new_one(anna: Account) -> None:
    """Without it she is led to set one up again, in the same session."""
    secret = with_factor(anna)
    client = Client()
    log_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    cache.clear()
    client.post(PROVE, {"code": code(secret)})
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=anna).exists()
    assert client.get(START)["Location"] == SETUP


def test_nobody_signs_up(people: Cast) -> None:
    """Accounts are made by an operator: the page is not there, and posting to it makes none."""
    before = Account.objects.count()
    told = {"email": "ny@example.org", "password1": PASSWORD, "password2": PASSWORD}
    assert Client().get(reverse("account_signup")).status_code == 404
    assert Client().post(reverse("account_signup"), told).status_code == 404
    assert Account.objects.count() == before


def test_guessing_is_stopped(anna: Account) -> None:
    """After five wrong passwords not even the right one helps, for a while; another account is not touched."""
    client = Client()
    for _ in range(5):
        assert log_in(client, password="fel lösenord").status_code == 200
    assert log_in(client).status_code == 200
    assert "_auth_user_id" not in client.session
    cache.clear()
    assert log_in(client).status_code == 302


def test_guessing_a_code_is_stopped(anna: Account) -> None:
    """The second factor has six digits: five wrong ones, and the right one is refused for a while."""
    secret = with_factor(anna)
    client = Client()
    log_in(client)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert client.post(reverse("mfa_authenticate"), {"code": code(secret)}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_the_answer_does_not_tell_whether_there_is_an_account(anna: Account) -> None:
    """A wrong password and an unknown address are told in the same words; so is a forgotten password."""
    wrong = log_in(Client(), password="fel lösenord")
    unknown = Client().post(reverse("account_login"), {"login": "ingen@example.org", "password": "fel lösenord"})
    assert wrong.context["form"].errors == unknown.context["form"].errors
    forgotten = [
        Client().post(reverse("account_reset_password"), {"email": address})
        for address in (anna.email, "ingen@example.org")
    ]
    assert forgotten[0].status_code == forgotten[1].status_code == 302
    assert forgotten[0]["Location"] == forgotten[1]["Location"]


def test_a_session_made_before_the_login_is_worth_nothing(anna: Account) -> None:
    """The session's key changes at login: whoever planted one does not share what comes after."""
    client = Client()
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key
    log_in(client)
    assert client.session.session_key != session.session_key
    stranger = Client()
    stranger.cookies["sessionid"] = session.session_key
    assert stranger.get(reverse("mfa_index"))["Location"].startswith(reverse("account_login"))


def test_she_logs_out_by_a_press_and_not_by_a_link(people: Cast) -> None:
    """A link that somebody else lays out logs nobody out; the press does, and the old session is dead."""
    client = browser(people.egon)
    old = client.cookies["sessionid"].value
    client.get(reverse("account_logout"))
    assert client.get(START).status_code == 200
    client.post(reverse("account_logout"))
    client.cookies["sessionid"] = old
    assert client.get(START)["Location"].startswith(reverse("account_login"))


def test_an_account_that_is_shut_is_out_at_the_next_request(people: Cast) -> None:
    """Whoever has left does not keep what is open on her screen; and cannot log in again."""
    client = browser(people.bo)
    assert client.get(START).status_code == 200
    row = Account.objects.get(id=people.bo.account)
    row.is_active = False
    row.set_password(PASSWORD)
    row.save()
    assert client.get(START)["Location"].startswith(reverse("account_login"))
    answer = Client().post(reverse("account_login"), {"login": row.email, "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("account_inactive")
    assert answer.status_code == 200


def test_the_login_leads_to_no_other_house(anna: Account) -> None:
    """Where to go after the login is asked for in the address: only our own addresses are followed."""
    client = Client()
    answer = client.post(
        f"{reverse('account_login')}?next=//example.org/",
        {"login": anna.email, "password": PASSWORD, "next": "//example.org/"},
    )
    assert answer["Location"] == "/"


def test_passwords_are_kept_as_argon2(settings: Any) -> None:
    """And nowhere in plain text."""
    settings.PASSWORD_HASHERS = base.PASSWORD_HASHERS
    row = Account(email="ny@example.org")
    row.set_password(PASSWORD)
    assert identify_hasher(row.password).algorithm == "argon2"
    assert PASSWORD not in row.password


def test_knowing_who_asks_costs_two_queries(people: Cast, django_assert_num_queries: Any) -> None:
    """The session and the account, with its party; the second factor is remembered in the session."""
    for who in (people.anna, people.egon):
        client = browser(who)
        with django_assert_num_queries(2) as told:
            assert client.get(reverse("api:openapi-json")).status_code == 200
        assert [_table(query["sql"]) for query in told.captured_queries] == ["django_session", "store_account"]


def log_in(client: Client, *, password: str = PASSWORD, follow: bool = False) -> HttpResponse:
    return client.post(reverse("account_login"), {"login": "anna@example.org", "password": password}, follow=follow)


def with_factor(account: Account) -> str:
    """Give the account a second factor, and tell its secret."""
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": secret})
    return secret


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def _table(sql: str) -> str:
    return sql.partition(' FROM "')[2].partition('"')[0]
