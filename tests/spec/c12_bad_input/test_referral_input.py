"""Bad input to referral and intake: each is answered clearly, and nothing is lost or half written."""

import re
from uuid import UUID

import pytest
from django.utils import timezone

from samverk.access import referrals as views
from samverk.access.declare import DecideIntake, ReadCase, WriteReferral
from samverk.access.declare_house import StartReferral
from samverk.access.referral_views import ReferralView
from samverk.actions import intake, referrals
from samverk.domain.information import Protection
from samverk.domain.words import LONGEST_TEXT, Rejection
from samverk.store.models import Answer, Case, Event, Person, Referral
from tests.build import browser, done, is_refused, own_referral, partys_referral
from tests.people import Cast, cast

pytestmark = pytest.mark.django_db
NOBODY = UUID(int=404)


@pytest.fixture
def people(db: None) -> Cast:
    """Everyone, in one programme, with no case yet."""
    return cast()


def refused_start(people: Cast, **told: object) -> Rejection:
    people_before, events = Person.objects.count(), Event.objects.count()
    with pytest.raises(Rejection) as refused:
        partys_referral(people, by=people.cia, **told)
    assert (Person.objects.count(), Case.objects.count(), Event.objects.count()) == (people_before, 0, events)
    return refused.value


def one(people: Cast, case: UUID) -> ReferralView:
    view = done(people.cia, ReadCase, views.referral_of, case=case)
    assert view is not None
    return view


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "R" * 201}, "name"),
        ({"personal_number": "19740101-0000", "birth_year": None}, "personal_number"),
        ({"personal_number": "sju", "birth_year": None}, "personal_number"),
        ({"personal_number": "19121212-1212", "birth_year": 1974}, "birth_year"),
        ({"birth_year": 74}, "birth_year"),
        ({"birth_year": timezone.localdate().year + 1}, "birth_year"),
        ({"sex": "okänt"}, "sex"),
        ({"phone": "0" * 41}, "phone"),
        ({"language": "x" * 61}, "language"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(people: Cast, told: dict[str, object], field: str) -> None:
    """Half-filled, too long, wrong: the field is named, and neither person, case nor event is left behind."""
    assert refused_start(people, **told).problems[0].field == field


@pytest.mark.parametrize(
    ("number", "kept"),
    [("", ""), ("19121212-1212", "191212121212"), ("19701063-2391", "197010632391")],
)
def test_no_number_a_personal_number_and_a_coordination_number_are_all_taken(
    people: Cast, number: str, kept: str
) -> None:
    """No number at all is allowed (issue 2); the year of birth is read from the number where there is one."""
    view = one(people, partys_referral(people, by=people.cia, personal_number=number, birth_year=None))
    assert (view.told.personal_number, view.told.birth_year) == (kept, kept[:4])


def test_an_unknown_programme_is_refused(people: Cast) -> None:
    """In the action and on the page: choose one in the list."""
    with pytest.raises(Rejection) as refused:
        done(people.egon, StartReferral, lambda p: referrals.start(p, programme=NOBODY, person=None))
    assert refused.value.problems[0].field == "programme"
    answer = browser(people.cia).post("/remisser/ny/", {"programme": NOBODY, "name": "Rut Berg", "protection": "none"})
    assert (answer.status_code, Case.objects.count()) == (422, 0)
    assert "Rut Berg" in answer.content.decode()


def test_an_unknown_party_is_refused(people: Cast) -> None:
    """Whoever is said to be involved must be a party that there is."""
    case = partys_referral(people, by=people.cia, sent=False)
    answers = referrals.Answers(texts={"why_now": "Nytt."}, involved=[people.af, NOBODY])
    with pytest.raises(Rejection) as refused:
        done(people.cia, WriteReferral, lambda p: referrals.save(p, answers=answers, version=2), case=case)
    assert refused.value.problems[0].field == "parties"
    assert Referral.objects.get().involved == []
    assert not Answer.objects.filter(text="Nytt.").exists()


@pytest.mark.parametrize("number", [-1, 501, 10**12])
def test_a_number_of_officials_that_cannot_be_is_refused(people: Cast, number: int) -> None:
    """With its field named, on every database."""
    case = partys_referral(people, by=people.cia, sent=False)
    answers = referrals.Answers(texts={}, officials=number)
    with pytest.raises(Rejection) as refused:
        done(people.cia, WriteReferral, lambda p: referrals.save(p, answers=answers, version=2), case=case)
    assert refused.value.problems[0].field == "officials"


def test_ten_megabytes_of_text_are_refused_and_given_back(people: Cast) -> None:
    """The answer says how long the text may be, and the text is still in its field."""
    case = partys_referral(people, by=people.cia, sent=False)
    long = "Å" * (5 * 1024 * 1024 - 1000)
    answer = browser(people.cia).post(
        f"/arenden/{case}/remiss/skriv/", {"question_tried": long, "question_wishes": "Jobba.", "version": "2"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"Korta den till högst {LONGEST_TEXT}" in page
    assert long in page
    assert "Jobba." in page
    assert not Answer.objects.filter(text="Jobba.").exists()


def test_every_text_that_is_too_long_is_named_at_once(people: Cast) -> None:
    """Not one error at a time: all of them, each at its own field."""
    case = partys_referral(people, by=people.cia, sent=False)
    answers = referrals.Answers(texts=dict.fromkeys(("tried", "wishes"), "x" * (LONGEST_TEXT + 1)))
    with pytest.raises(Rejection) as refused:
        done(people.cia, WriteReferral, lambda p: referrals.save(p, answers=answers, version=2), case=case)
    assert [p.field for p in refused.value.problems] == ["question_tried", "question_wishes"]


def test_control_characters_are_taken_away(people: Cast) -> None:
    """What no one can see is not kept: NUL would stop a PostgreSQL."""
    case = partys_referral(people, by=people.cia, sent=False)
    answers = referrals.Answers(texts={"tried": "Kurs\x00 i\x07 svets\r\noch lager"})
    done(people.cia, WriteReferral, lambda p: referrals.save(p, answers=answers, version=2), case=case)
    assert Answer.objects.get(question="tried").text == "Kurs i svets\noch lager"


def test_a_code_that_is_no_question_is_left_alone(people: Cast) -> None:
    """A field that the form does not have writes nothing."""
    case = partys_referral(people, by=people.cia, sent=False)
    answers = referrals.Answers(texts={"påhittad": "x"})
    done(people.cia, WriteReferral, lambda p: referrals.save(p, answers=answers, version=2), case=case)
    assert not Answer.objects.filter(question="påhittad").exists()


def test_a_case_that_is_not_there_looks_like_one_that_is_closed(people: Cast) -> None:
    """Forbidden and absent look the same (design.md)."""
    hidden = partys_referral(people, by=people.cia)
    anna = browser(people.anna)
    answers = [(case, anna.get(f"/arenden/{case}/remiss/")) for case in (hidden, NOBODY)]
    assert [answer.status_code for _, answer in answers] == [404, 404]
    tokens = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    seen = [tokens.sub("", answer.content.decode()).replace(str(case), "") for case, answer in answers]
    assert seen[0] == seen[1]


@pytest.mark.parametrize("level", [Protection.PROTECTED_REGISTRATION, Protection.FICTITIOUS])
def test_a_protected_person_is_seen_by_her_own_party_only(people: Cast, level: Protection) -> None:
    """The referrer's party is cleared; the person's level admits no other, and no address is ever asked for."""
    case = partys_referral(people, by=people.cia, protection=level)
    view = one(people, case)
    assert view.protected
    assert Person.objects.get(name="Rut Berg").address == ""
    assert is_refused(people.anna, ReadCase, case=case)
    page = browser(people.cia).get(f"/arenden/{case}/remiss/").content.decode()
    assert "Skriv inte var personen bor eller vistas" in page


@pytest.mark.parametrize("day", ["2026-02-30", "i går", ""])
def test_a_day_that_never_was_is_refused_at_its_field(people: Cast, day: str) -> None:
    """A talk is held on a day in the calendar; what else was typed is kept."""
    case = own_referral(people)
    contact = people.anna.account
    assert contact is not None
    done(people.anna, DecideIntake, lambda p: intake.accept(p, contact=contact), case=case)
    told = {"talked_on": day, "answer": "no", "how": "paper", "condition": "no", "next_door": "Ring Lisa."}
    answer = browser(people.anna).post(f"/arenden/{case}/erbjudande/", told)
    assert answer.status_code == 422
    assert "Ring Lisa." in answer.content.decode()
    assert Case.objects.get().status == "offered"


@pytest.mark.parametrize("page", ["ta-emot/", "fraga/", "avboj/", "turordning/"])
def test_nothing_posted_is_answered_with_what_is_missing(people: Cast, page: str) -> None:
    """An empty form is shown again with what to fill in; the referral waits as before."""
    case = own_referral(people)
    answer = browser(people.anna).post(f"/arenden/{case}/sluss/{page}")
    assert answer.status_code == 422
    assert "behöver ändras" in answer.content.decode()
    assert Referral.objects.get().status == "sent"
