"""The pages of intake, through the browser's own requests."""

from uuid import UUID

import pytest
from django.utils import timezone

from samverk.access.declare import DecideIntake
from samverk.actions import intake
from samverk.store.models import Case, Criterion, Referral
from tests.build import WHOLE, active_case, browser, covered_referral, done, give, own_referral, partys_referral
from tests.people import Cast

pytestmark = pytest.mark.django_db
DECIDING = ["", "ta-emot/", "fraga/", "avboj/", "turordning/"]


def offered(people: Cast, **told: bool | None) -> UUID:
    case = covered_referral(people, by=people.cia, receiver=people.municipality)
    contact = people.anna.account
    assert contact is not None
    done(people.anna, DecideIntake, lambda p: intake.accept(p, contact=contact, **told), case=case)
    return case


def test_the_queue_shows_names_only_where_the_referral_has_come(people: Cast) -> None:
    """Name and link where it is visible; otherwise that one waits, since when, and from whom (design.md)."""
    hidden = partys_referral(people, by=people.dag, name="Vera Holm")
    own_referral(people)
    page = browser(people.anna).get("/sluss/").content.decode()
    assert "Egon Jönsson" in page
    assert "En remiss väntar" in page
    assert "Region Stockholm" in page
    assert "Vera" not in page
    assert str(hidden) not in page


def test_who_sits_in_no_team_is_told_what_to_do(people: Cast) -> None:
    """An empty page says what to do (house.md)."""
    page = browser(people.cia).get("/sluss/").content.decode()
    assert "Du är inte med i något programs team" in page


@pytest.mark.parametrize("name", ["cia", "dag", "stig", "egon"])
def test_others_find_no_decision_to_make(people: Cast, name: str) -> None:
    """Forbidden looks absent (design.md), for the referrer and the person too."""
    case = covered_referral(people, by=people.cia, receiver=people.municipality)
    reader = browser(getattr(people, name))
    assert {reader.get(f"/arenden/{case}/sluss/{page}").status_code for page in DECIDING} == {404}


def test_the_team_without_consent_finds_nothing(people: Cast) -> None:
    """A role covers a case only when something in it is visible to her (design.md)."""
    case = partys_referral(people, by=people.cia)
    anna = browser(people.anna)
    assert {anna.get(f"/arenden/{case}/sluss/{page}").status_code for page in DECIDING} == {404}


def test_the_pages_of_a_decision_are_shown_in_few_queries(people: Cast, django_assert_max_num_queries: object) -> None:
    """At most 18 queries a page (house.md)."""
    case = own_referral(people)
    anna = browser(people.anna)
    for page in DECIDING:
        with django_assert_max_num_queries(18):  # type: ignore[operator]
            assert anna.get(f"/arenden/{case}/sluss/{page}").status_code == 200


def test_accepted_through_the_page(people: Cast) -> None:
    """Beside the criteria, which decide nothing by themselves (issue 2)."""
    Criterion.objects.create(id=UUID(int=1), programme_id=people.programme, text="Känd av två parter", position=0)
    case = own_referral(people)
    anna = browser(people.anna)
    page = anna.get(f"/arenden/{case}/sluss/").content.decode()
    assert "Känd av två parter" in page
    assert WHOLE.texts["tried"] in page
    told = {"contact": people.anna.account, "condition": "yes"}
    assert anna.post(f"/arenden/{case}/sluss/ta-emot/", told).status_code == 302
    row = Case.objects.get()
    assert (row.status, row.support_condition) == ("offered", True)
    assert "Personen ska svara" in anna.get("/sluss/").content.decode()


def test_a_no_without_a_next_door_is_shown_again_with_what_was_typed(people: Cast) -> None:
    """Nothing typed is lost; the field is named (house.md)."""
    case = own_referral(people)
    told = {"reason": "one_party", "text": "Vårdcentralen räcker.", "next_door": " "}
    answer = browser(people.anna).post(f"/arenden/{case}/sluss/avboj/", told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Vårdcentralen räcker." in page
    assert "Ingen lämnas utan nästa dörr" in page
    assert Referral.objects.get().status == "sent"


def test_declined_and_read_by_her_who_sent_it(people: Cast) -> None:
    """The outcome and the next door stand on her own page (domain.md §3.3)."""
    case = own_referral(people)
    told = {"reason": "other", "text": "Du behöver vård först.", "next_door": "Ring Lisa, 08-12 34 56."}
    assert browser(people.anna).post(f"/arenden/{case}/sluss/avboj/", told).status_code == 302
    page = browser(people.egon).get(f"/arenden/{case}/remiss/").content.decode()
    for said in ("Du behöver vård först.", "Ring Lisa, 08-12 34 56.", "Ta upp igen"):
        assert said in page


def test_asked_for_more_and_answered_through_the_pages(people: Cast) -> None:
    """The question stands over the form, and the answer goes back to the queue (domain.md §3.3)."""
    case = own_referral(people)
    browser(people.anna).post(f"/arenden/{case}/sluss/fraga/", {"wanted": "Vem är din läkare?"})
    egon = browser(people.egon)
    page = egon.get(f"/arenden/{case}/remiss/skriv/").content.decode()
    assert "Vem är din läkare?" in page
    version = Referral.objects.get().version
    egon.post(f"/arenden/{case}/remiss/skriv/", {"question_involved": "Dr Ek", "version": version, "go_on": "1"})
    assert egon.post(f"/arenden/{case}/remiss/skicka/", {"own_consent": "on"}).status_code == 422


def test_a_conflict_over_the_place_in_the_queue_shows_both(people: Cast) -> None:
    """Two in the team at once: both reasons stand beside each other (house.md)."""
    case = own_referral(people)
    anna = browser(people.anna)
    told = {"priority": "2", "reason": "Hyran är uppsagd.", "version": Referral.objects.get().version}
    assert anna.post(f"/arenden/{case}/sluss/turordning/", told).status_code == 302
    answer = anna.post(f"/arenden/{case}/sluss/turordning/", told | {"priority": "1", "reason": "Har barn."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Har barn." in page
    assert "Hyran är uppsagd." in page
    assert Referral.objects.get().priority == 2


def test_a_possible_duplicate_stands_on_the_page_of_the_decision(people: Cast) -> None:
    """Told to the team at the decision, where it may know (issue 2)."""
    active_case(people)
    case = covered_referral(people, by=people.bo, receiver=people.municipality)
    page = browser(people.anna).get(f"/arenden/{case}/sluss/").content.decode()
    assert "kan redan finnas i programmet" in page


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (True, "Att vara med är ett villkor för en ersättning"),
        (False, "Det är frivilligt."),
        (None, "Teamet vet inte om det är ett villkor"),
    ],
)
def test_she_reads_what_her_answer_means_before_she_gives_it(people: Cast, condition: bool | None, words: str) -> None:
    """Taking part may be a condition of a benefit: record whether it is, and tell her (domain.md §3.2)."""
    case = offered(people, support_condition=condition)
    egon = browser(people.egon)
    assert words in egon.get(f"/arenden/{case}/erbjudande/").content.decode()
    assert egon.post(f"/arenden/{case}/erbjudande/", {"answer": "yes", "condition": "unknown"}).status_code == 302
    assert Case.objects.get().status == "active"


def test_she_says_no_on_her_own_page(people: Cast) -> None:
    """No reason is asked for."""
    case = offered(people)
    told = {"answer": "no", "condition": "unknown"}
    assert browser(people.egon).post(f"/arenden/{case}/erbjudande/", told).status_code == 302
    assert "Personen sa nej" in browser(people.cia).get("/remisser/").content.decode()


def test_the_contact_person_records_talk_and_answer(people: Cast, django_assert_max_num_queries: object) -> None:
    """First the talk, then, another day, the answer; the referral is folded until then (domain.md §3.3)."""
    case = offered(people)
    anna = browser(people.anna)
    assert "Läs redan nu" in anna.get(f"/arenden/{case}/remiss/").content.decode()
    today = timezone.localdate().isoformat()
    told = {"talked_on": today, "answer": "later", "how": "spoken", "condition": "unknown"}
    with django_assert_max_num_queries(18):  # type: ignore[operator]
        assert anna.get(f"/arenden/{case}/erbjudande/").status_code == 200
    assert anna.post(f"/arenden/{case}/erbjudande/", told).status_code == 302
    assert "Läs redan nu" not in anna.get(f"/arenden/{case}/remiss/").content.decode()
    refused = anna.post(f"/arenden/{case}/erbjudande/", told | {"answer": "no"})
    assert (refused.status_code, Case.objects.get().status) == (422, "offered")
    assert anna.post(f"/arenden/{case}/erbjudande/", told | {"answer": "yes"}).status_code == 302
    assert Case.objects.get().status == "active"


def test_others_find_no_offer(people: Cast) -> None:
    """The offer is hers and her contact person's, also where others of the parties may read the referral."""
    case = offered(people)
    give(people, case, giver=people.fk, receiver=people.af)
    for other in (people.bo, people.cia, people.dag):
        assert browser(other).get(f"/arenden/{case}/erbjudande/").status_code == 404, other.name
