"""Accounts are changed from the shell: another name, address or party, closed and opened again (issue 2)."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.urls import reverse
from django.utils import timezone

from samverk.store.models import Account, Assignment, Event
from tests.build import active_case, browser
from tests.integration.conftest import Shell
from tests.people import Cast

pytestmark = pytest.mark.django_db
HERE = "Samverkan Nacka"


def test_name_and_title_are_changed(people: Cast, shell: Shell) -> None:
    """Somebody marries, or gets another task; nothing else moves."""
    shell.said("account", "change", "bo@example.org", "--name", "Bo  Ek", "--title", "teamledare")
    row = Account.objects.get(id=people.bo.account)
    assert (row.name, row.title, row.email, row.party_id) == ("Bo Ek", "teamledare", "bo@example.org", people.af)
    assert shell.told("account.changed", fields="name title")
    assert "redan ut så" in shell.refused("account", "change", "bo@example.org", "--title", "teamledare")
    assert "redan ut så" in shell.refused("account", "change", "bo@example.org")
    assert "Skriv ett namn" in shell.refused("account", "change", "bo@example.org", "--name", " ")


def test_a_participants_name_is_the_same_everywhere(people: Cast, shell: Shell) -> None:
    """One person has one name: at her login, and in her case. Her log tells of it."""
    case = active_case(people)
    shell.said("account", "change", "egon@example.org", "--name", "Egon Lind")
    assert "Egon Lind" in browser(people.anna).get(reverse("case", args=[case])).content.decode()
    assert Event.objects.filter(what="account.changed", person=people.egon.person).exists()


def test_a_new_address_ends_the_old_sessions(people: Cast, shell: Shell) -> None:
    """Whoever sits at an open page with the old address is logged out, and the old one no longer lets anybody in."""
    inside, home = browser(people.bo), reverse("my_day")
    assert inside.get(home).status_code == 200
    shell.said("account", "change", "bo@example.org", "--title", "chef")
    assert inside.get(home).status_code == 200
    shell.said("account", "change", "bo@example.org", "--email", "Bo.Ek@example.org")
    answer = inside.get(home)
    assert (answer.status_code, "/logga-in" in answer.url or "login" in answer.url) == (302, True)
    assert browser(people.bo).get(home).status_code == 200
    assert Account.objects.get(id=people.bo.account).email == "bo.ek@example.org"


def test_the_old_address_lets_nobody_in(people: Cast, shell: Shell) -> None:
    """Also not where the login keeps addresses of its own."""
    account = Account.objects.get(id=people.bo.account)
    account.set_password("en-lång-ramsa-om-gäddor")
    account.save()
    EmailAddress.objects.create(user=account, email="bo@example.org", primary=True, verified=True)
    shell.said("account", "change", "bo@example.org", "--email", "ek@example.org")
    known = {
        address: authenticate(email=address, password="en-lång-ramsa-om-gäddor")
        for address in ("bo@example.org", "ek@example.org")
    }
    assert known == {"bo@example.org": None, "ek@example.org": account}


def test_an_address_belongs_to_one(people: Cast, shell: Shell) -> None:
    """And is an address."""
    assert "Det finns redan" in shell.refused("account", "change", "bo@example.org", "--email", "ANNA@example.org")
    assert "no e-mail address" in shell.refused("account", "change", "bo@example.org", "--email", "bo")
    assert "no account" in shell.refused("account", "change", "x@example.org", "--title", "y")


def test_another_party_only_with_empty_hands(people: Cast, shell: Shell) -> None:
    """No part in a case and no role goes along, and the answer says which is left (security.md: need to know)."""
    case = active_case(people)
    words = ("account", "change", "bo@example.org", "--party", "FK")
    assert "lämnas över: 1" in shell.refused(*words)
    Assignment.objects.filter(case=case, account=people.bo.account).update(until=timezone.now())
    assert "Samverkan Nacka (team)" in shell.refused(*words)
    shell.said("programme", "role", HERE, "bo@example.org", "team", "--end")
    shell.said("party", "controller", "bo@example.org")
    assert "log controller" in shell.refused(*words)
    shell.said("party", "controller", "bo@example.org", "--end")
    today = timezone.localdate().isoformat()
    shell.said("account", "add", "--email", "ulla@example.org", "--name", "Ulla", "--party", "AF")
    shell.said("substitute", "add", "bo@example.org", "ulla@example.org", "--first", today, "--last", today)
    assert "ersätt" in shell.refused(*words)
    shell.said("substitute", "end", "bo@example.org")
    shell.said("unit", "add", "--party", "AF", "--name", "Nacka")
    shell.said("unit", "place", "bo@example.org", "--party", "AF", "--name", "Nacka")
    shell.said(*words)
    row = Account.objects.get(id=people.bo.account)
    assert (row.party_id, row.unit_id) == (people.fk, None)
    assert browser(people.bo).get(reverse("case", args=[case])).status_code == 404


def test_a_participant_has_no_party(people: Cast, shell: Shell) -> None:
    """She is whom it is about; the operator sees no case."""
    assert "byta part" in shell.refused("account", "change", "egon@example.org", "--party", "FK")


def test_a_closed_account_is_reopened(people: Cast, shell: Shell) -> None:
    """Somebody comes back; what she had before is hers again, and the log tells."""
    assert "redan öppet" in shell.refused("account", "reopen", "dag@example.org")
    shell.said("account", "close", "dag@example.org")
    assert browser(people.dag).get(reverse("my_day")).status_code == 302
    shell.said("account", "reopen", "dag@example.org")
    assert browser(people.dag).get(reverse("my_day")).status_code == 200
    assert shell.told("account.reopened", account=str(people.dag.account))
