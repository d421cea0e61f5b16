"""A code that is taken out of use: no page offers it, no act takes it, and what was said with it reads as before."""

from uuid import UUID

import pytest

from samverk.access.actor import system_actor
from samverk.access.declare_house import SetUp
from samverk.actions import codes
from samverk.domain.words import Rejection
from tests.build import a_measure, active_case, browser, done, is_refused, own_referral
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db
OPERATOR = system_actor("command line")


@pytest.fixture
def people() -> Cast:
    return cast()


def change(list: str, code: str, **said: str) -> None:
    done(OPERATOR, SetUp, lambda p: codes.change(p, list=list, code=code, **said))  # type: ignore[arg-type]


def retire(list: str, code: str) -> None:
    done(OPERATOR, SetUp, lambda p: codes.retire(p, list=list, code=code))


PAGES = [
    ("measure", "debt_counselling", "insatser/ny/"),
    ("insurance", "state", "insatser/ny/"),
    ("livelihood", "study_grant", "forsorjning/ny/"),
    ("closing_reason", "moved", "avsluta/"),
    ("destination", "moved", "avsluta/"),
    ("obstacle", "catchment", "hinder/nytt/"),
    ("need_group", "mental", "kartlaggning/behov/"),
    ("decision_kind", "treatment", "beslut/nytt/"),
    ("secrecy_ground", "osl_10_28", "samtycken/annan-grund/"),
    ("gdpr_basis", "care", "samtycken/nytt/"),
]


@pytest.mark.parametrize(("list", "code", "page"), PAGES)
def test_no_page_offers_it(people: Cast, list: str, code: str, page: str) -> None:
    """It is offered before and not after (ADR 003: never deleted, only made inactive)."""
    case = active_case(people)
    a_measure(people, case)
    change(list, code, sv="Kastspö i björk")
    client, address = browser(people.anna), f"/arenden/{case}/{page}"
    assert "Kastspö i björk" in client.get(address).content.decode()
    retire(list, code)
    answer = client.get(address)
    assert answer.status_code == 200
    assert "Kastspö i björk" not in answer.content.decode()


def test_the_team_is_offered_no_reason_out_of_use(people: Cast) -> None:
    """Nor is a question of the referral form asked."""
    case: UUID = own_referral(people)
    change("decline_reason", "full", sv="Kastspö i björk")
    client, address = browser(people.anna), f"/arenden/{case}/sluss/avboj/"
    assert "Kastspö i björk" in client.get(address).content.decode()
    retire("decline_reason", "full")
    assert "Kastspö i björk" not in client.get(address).content.decode()


def test_what_was_said_with_it_reads_as_before(people: Cast) -> None:
    """A measure goes on under its name; another of that kind cannot be proposed."""
    case = active_case(people)
    a_measure(people, case, kind="debt_counselling", workplace=None, insurance="")
    retire("measure", "debt_counselling")
    assert "Skuldrådgivning" in browser(people.egon).get(f"/arenden/{case}/insatser/").content.decode()
    with pytest.raises(Rejection, match="alternativen"):
        a_measure(people, case, kind="debt_counselling", workplace=None, insurance="")


def test_new_words_are_read_where_the_old_stood(people: Cast) -> None:
    """A benefit changes its name; nobody has to write anything again."""
    case = active_case(people)
    a_measure(people, case, kind="debt_counselling", workplace=None, insurance="")
    change("measure", "debt_counselling", sv="Budgetrådgivning")
    page = browser(people.egon).get(f"/arenden/{case}/insatser/").content.decode()
    assert "Budgetrådgivning" in page
    assert "Skuldrådgivning" not in page


def test_only_the_operator_keeps_the_lists(people: Cast) -> None:
    """They belong to the installation (docs/house.md): no official, no coordinator."""
    assert all(is_refused(who, SetUp) for who in (people.anna, people.bo, people.stig, people.egon))
