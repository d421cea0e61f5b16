"""A new house has nobody in it (OWASP ASVS 5.0.0, 6.3.2)."""

import pytest

from samverk.cli.main import main
from samverk.store.models import Account
from tests.empty import empty_house

pytestmark = pytest.mark.django_db


def test_no_account_is_there_from_the_start() -> None:
    """`samverk setup` makes tables and code lists, and no account that anyone could know the password of."""
    empty_house()
    assert main(["setup"]) == 0
    assert Account.objects.count() == 0
