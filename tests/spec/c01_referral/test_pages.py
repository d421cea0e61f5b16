"""The pages of referral, through the browser's own requests: for whom they open, and that nothing typed is lost."""

from uuid import UUID

import pytest

from samverk.store.models import Account, Case, Referral
from tests.build import EGONS_NUMBER, WHOLE, browser, covered_referral, own_referral, partys_referral
from tests.people import Cast

pytestmark = pytest.mark.django_db
FORM = {f"question_{code}": text for code, text in WHOLE.texts.items()} | {"officials": "11"}


def test_an_official_refers_from_first_page_to_last(people: Cast) -> None:
    """Choose, write, see who will read it, send: and the list says what it waits for (issue 2)."""
    cia = browser(people.cia)
    assert "Personnummer eller samordningsnummer" in cia.get("/remisser/ny/").content.decode()
    answer = cia.post("/remisser/ny/", {"programme": people.programme, "name": "Rut Berg", "protection": "none"})
    case = Case.objects.get().id
    assert answer["Location"] == f"/arenden/{case}/remiss/skriv/"
    told = FORM | {"version": "1", "parties": [str(people.region)], "go_on": "1"}
    assert cia.post(f"/arenden/{case}/remiss/skriv/", told)["Location"] == f"/arenden/{case}/remiss/skicka/"
    page = cia.get(f"/arenden/{case}/remiss/skicka/").content.decode()
    assert "Ser bara att någon väntar" in page
    assert f"/arenden/{case}/samtycken/" in page
    assert cia.post(f"/arenden/{case}/remiss/skicka/").status_code == 302
    assert "Väntar på teamets svar" in cia.get("/remisser/").content.decode()
    assert Referral.objects.get().involved == [str(people.region)]


def test_she_refers_herself_in_words_that_ask_her(people: Cast) -> None:
    """The same questions, worded for herself; sent only when she says that the team may read (design.md)."""
    egon = browser(people.egon)
    assert "Anmäl dig själv" in egon.get("/remisser/ny/").content.decode()
    egon.post("/remisser/ny/", {"programme": people.programme})
    case = Case.objects.get().id
    assert "Vad vill du själv?" in egon.get(f"/arenden/{case}/remiss/skriv/").content.decode()
    egon.post(f"/arenden/{case}/remiss/skriv/", FORM | {"version": "1", "go_on": "1"})
    refused = egon.post(f"/arenden/{case}/remiss/skicka/")
    assert refused.status_code == 422
    assert "Kryssa i att programmets parter får läsa" in refused.content.decode()
    assert (
        egon.post(f"/arenden/{case}/remiss/skicka/", {"own_consent": "on", "condition_of_benefit": "no"}).status_code
        == 302
    )
    assert Referral.objects.get().status == "sent"


def test_she_refers_herself_in_english(people: Cast) -> None:
    """The questions of the form are in the reader's language; what is kept is the question as it was asked."""
    Account.objects.filter(id=people.egon.account).update(language="en")
    egon = browser(people.egon)
    case = own_referral(people)
    Referral.objects.update(status="draft")
    egon.cookies["sprak"] = "en"
    assert "What do you want?" in egon.get(f"/arenden/{case}/remiss/skriv/").content.decode()


def test_what_was_typed_is_kept_when_something_is_wrong(people: Cast) -> None:
    """The error stands beside its field, and nothing typed is lost (house.md, Errors)."""
    told = {
        "programme": people.programme,
        "name": "Rut Berg",
        "personal_number": "19740101-0000",
        "phone": "070-123",
        "protection": "none",
    }
    answer = browser(people.cia).post("/remisser/ny/", told)
    page = answer.content.decode()
    assert answer.status_code == 422
    for kept in ("Rut Berg", "19740101-0000", "070-123", "Numret stämmer inte"):
        assert kept in page
    assert not Case.objects.exists()


def test_two_texts_stand_beside_each_other_after_a_conflict(people: Cast) -> None:
    """Both texts are shown, and the next save is taken (house.md, Errors)."""
    case = partys_referral(people, by=people.cia, sent=False)
    cia = browser(people.cia)
    mine = FORM | {"version": "1", "question_tried": "Praktik på ett lager."}
    answer = cia.post(f"/arenden/{case}/remiss/skriv/", mine)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Praktik på ett lager." in page
    assert page.count(WHOLE.texts["tried"]) == 1
    assert 'name="version" value="2"' in page
    assert cia.post(f"/arenden/{case}/remiss/skriv/", mine | {"version": "2"}).status_code == 302


def test_withdrawn_and_taken_up_again_with_two_presses(people: Cast) -> None:
    """Each is one press, and each says what it did."""
    case = partys_referral(people, by=people.cia)
    cia = browser(people.cia)
    page = cia.post(f"/arenden/{case}/remiss/ta-tillbaka/", follow=True).content.decode()
    assert "Tillbakataget." in page
    assert "Ta upp igen" in page
    page = cia.post(f"/arenden/{case}/remiss/ta-upp/", follow=True).content.decode()
    assert "Allt du skrev är kvar" in page
    assert WHOLE.texts["tried"] in page
    page = cia.post(f"/arenden/{case}/remiss/ta-upp/", follow=True).content.decode()
    assert "någon har hunnit ändra läget" in page


PAGES = ["", "skriv/", "skicka/"]


@pytest.mark.parametrize("name", ["dag", "stig", "frida", "anna", "bo"])
def test_others_find_nothing(people: Cast, name: str) -> None:
    """Forbidden looks absent (design.md), in the team too as long as there is no consent."""
    case = partys_referral(people, by=people.cia)
    reader = browser(getattr(people, name))
    assert {reader.get(f"/arenden/{case}/remiss/{page}").status_code for page in PAGES} == {404}


@pytest.mark.parametrize("name", ["cia", "egon", "anna"])
def test_each_kind_of_reader_gets_the_page_in_few_queries(
    people: Cast, name: str, django_assert_max_num_queries: object
) -> None:
    """At most 18 queries a page (house.md): for the referrer, the person, and the team under consent."""
    case = covered_referral(people, by=people.cia, receiver=people.municipality)
    reader = browser(getattr(people, name))
    with django_assert_max_num_queries(18):  # type: ignore[operator]
        page = reader.get(f"/arenden/{case}/remiss/")
    assert WHOLE.texts["tried"] in page.content.decode()


@pytest.mark.parametrize(
    "address", ["/remisser/ny/", "/arenden/{case}/remiss/skriv/", "/arenden/{case}/remiss/skicka/"]
)
def test_the_forms_are_shown_in_few_queries(people: Cast, address: str, django_assert_max_num_queries: object) -> None:
    """At most 18 queries a page (house.md)."""
    case = partys_referral(people, by=people.cia, sent=False)
    cia = browser(people.cia)
    with django_assert_max_num_queries(18):  # type: ignore[operator]
        assert cia.get(address.format(case=case)).status_code == 200


def test_a_long_list_costs_no_more_queries(people: Cast, django_assert_max_num_queries: object) -> None:
    """Never more queries for more rows (house.md)."""
    for number in range(5):
        partys_referral(people, by=people.cia, name=f"Person {number}", sent=number % 2 == 0)
    cia = browser(people.cia)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page = cia.get("/remisser/").content.decode()
    assert page.count("Person ") == 5


def test_the_number_stands_in_no_address(people: Cast) -> None:
    """No personal number ever stands in an address (web/urls.py)."""
    case: UUID = partys_referral(people, by=people.cia, person=people.egon)
    page = browser(people.cia).get(f"/arenden/{case}/remiss/").content.decode()
    assert "19520616-1233" in page
    assert EGONS_NUMBER not in page
