"""Chapter 15, evaluation: how a house gets its first price book, and who is named to keep it (issue 4, point 3)."""

from dataclasses import replace

import pytest

from samverk.access import prices as access
from samverk.access.actor import system_actor
from samverk.access.declare_house import KeepPrices, SeePrices, SetUp
from samverk.access.log_roles import trusted
from samverk.actions import prices
from samverk.cli.demo_prices import KEEPERS, approved_by_two
from samverk.cli.errors import CommandError
from samverk.cli.main import main
from samverk.cli.price_file import first_book
from samverk.domain.parties import PartyTrust
from samverk.domain.price_book import fingerprint
from samverk.store.models import PriceBookVersion, PriceRow
from tests.build import done, is_refused
from tests.empty import empty_house
from tests.people import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return cast()


def test_setup_lays_the_first_book_as_a_draft_once():
    """A second run changes nothing, not even what the keepers have taken out (issue 4, 3)."""
    empty_house()
    assert main(["setup"]) == 0
    book = PriceBookVersion.objects.get()
    assert (book.number, book.status, book.made_by) == (1, "draft", None)
    assert PriceRow.objects.count() == len(first_book().prices)
    PriceRow.objects.filter(kind="relief_pay").delete()
    assert main(["setup"]) == 0
    assert PriceBookVersion.objects.count() == 1
    assert PriceRow.objects.count() == len(first_book().prices) - 1


def test_a_price_keeper_is_named_and_relieved_by_the_operator(people, capsys):
    """`samverk party price-keeper`; nobody is named twice, and the list tells who (issue 4, 3)."""
    assert main(["party", "price-keeper", "cia@example.org"]) == 0
    assert main(["party", "price-keeper", "cia@example.org"]) == 1
    capsys.readouterr()
    assert main(["party", "price-keeper"]) == 0
    assert "Cia <cia@example.org>, Försäkringskassan, since " in capsys.readouterr().out
    assert main(["party", "controller"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["party", "price-keeper", "cia@example.org", "--end"]) == 0
    assert main(["party", "price-keeper", "cia@example.org", "--end"]) == 1
    assert main(["party", "price-keeper", "eva@example.org"]) == 1


def test_the_demonstrations_book_has_two_peoples_yes(people):
    """Two invented keepers, of two parties, go through the real actions (issue 4, 3)."""
    table = first_book()
    done(system_actor("test"), SetUp, lambda p: prices.load(p, table=table))
    approved_by_two()
    found = done(people.anna, SeePrices, lambda p: access.with_status(p, "approved"))
    assert (found.proposed_by, found.approved_by) == tuple(keeper.name for keeper in KEEPERS)
    assert found.fingerprint == fingerprint(table.prices, table.levels)
    keepers = done(system_actor("test"), SetUp, lambda p: trusted(p, PartyTrust.PRICE_KEEPER))
    assert len({keeper.party_name for keeper in keepers}) == 2


def test_the_demonstration_says_what_it_lacks(people):
    """Without a book there is nothing to propose: a sentence, and no book appears."""
    with pytest.raises(CommandError, match="no price book"):
        approved_by_two()
    assert not PriceBookVersion.objects.exists()


def test_the_trust_is_held_in_the_party_that_gave_it(people):
    """Whoever acts for another party has it no more (access/log_roles.py); the house's book is not hers by name."""
    main(["party", "price-keeper", "cia@example.org"])
    assert not is_refused(people.cia, KeepPrices)
    assert is_refused(replace(people.cia, party=people.af), KeepPrices)
