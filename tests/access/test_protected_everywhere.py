"""Protected identity on every way out (security.md, attack 9): pages, lists, counts, print, interface, titles, errors."""

import re
from uuid import UUID, uuid4

import pytest

from samverk.access.actor import system_actor
from samverk.access.declare import AnswerProtection, SetProtection, WriteReferral
from samverk.access.declare_house import ProtectPerson
from samverk.access.referrals import duplicates
from samverk.actions import protection
from samverk.cli.main import main
from samverk.domain.information import Protection
from samverk.domain.protection import ORDER, raises
from samverk.domain.words import Rejection
from samverk.store.models import Clearance, Event, Person, ProtectionChange
from tests.access.routes import routes
from tests.browser.places import walk
from tests.build import active_case, browser, done, is_refused, partys_referral
from tests.people import Cast, cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CASE_ROUTES = [route for route in routes() if route.holds == {"case"}]
STREET, WHY = "Kanariegatan 7, Kanarieby", "Beslut av Skatteverket, visat i dag."
MARK = "Sekretessmarkering: lämna inte ut uppgifter utan prövning."
HARD = "Skriv inte var personen bor eller vistas"


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def case(people: Cast) -> UUID:
    """Egon's case with an address that somebody has put into the database by another way."""
    made = active_case(people)
    Person.objects.filter(id=people.egon.person).update(address=STREET, phone="070-1740605")
    return made


def protect(people: Cast, case: UUID, level: Protection, who=None) -> bool:  # type: ignore[no-untyped-def]
    return done(
        who or people.anna, SetProtection, lambda p: protection.set_level(p, level=level, reason=WHY), case=case
    )


# The level is set


def test_what_protects_more_is_told_by_the_order_of_the_levels() -> None:
    """Three levels and none (population registration); fictitious data begin under the new name."""
    assert raises(Protection.NONE, Protection.SECRECY_MARKING)
    assert raises(Protection.SECRECY_MARKING, Protection.PROTECTED_REGISTRATION)
    assert not raises(Protection.FICTITIOUS, Protection.NONE)
    assert ORDER[0] is Protection.NONE
    for before, after in ((Protection.NONE, Protection.NONE), (Protection.NONE, Protection.FICTITIOUS)):
        with pytest.raises(Rejection) as refused:
            raises(before, after)
        assert refused.value.problems[0].field == "level"


def test_more_protection_works_at_the_next_request(people: Cast, case: UUID) -> None:
    """Bo read a moment ago. Now there is nothing there for him, and no more until his party is let in."""
    bo = browser(people.bo)
    assert bo.get(f"/arenden/{case}/").status_code == 200
    assert protect(people, case, Protection.PROTECTED_REGISTRATION)
    assert bo.get(f"/arenden/{case}/").status_code == 404
    assert set(Clearance.objects.values_list("party", flat=True)) == {people.municipality}
    assert browser(people.anna).get(f"/arenden/{case}/").status_code == 200
    assert browser(people.egon).get(f"/arenden/{case}/").status_code == 200


def test_less_protection_needs_a_second_person_of_another_party(people: Cast, case: UUID) -> None:
    """Asked by Anna, it waits: she cannot agree herself, nor her party; Bo can. Both stand in the row."""
    protect(people, case, Protection.SECRECY_MARKING)
    assert protect(people, case, Protection.NONE) is False
    assert Person.objects.get(id=people.egon.person).protection == "secrecy_marking"
    change = ProtectionChange.objects.get(done_at__isnull=True)
    with pytest.raises(Rejection):
        done(people.anna, AnswerProtection, lambda p: protection.lower(p, change=change.id), case=case)
    done(people.bo, AnswerProtection, lambda p: protection.lower(p, change=change.id), case=case)
    assert Person.objects.get(id=people.egon.person).protection == "none"
    change.refresh_from_db()
    assert (change.asked_by_id, change.answered_by_id) == (people.anna.account, people.bo.account)
    with pytest.raises(Rejection):
        done(people.bo, AnswerProtection, lambda p: protection.lower(p, change=change.id), case=case)


def test_a_no_and_a_new_raise_end_what_waits(people: Cast, case: UUID) -> None:
    """One question at a time; more protection goes before every question about less."""
    protect(people, case, Protection.SECRECY_MARKING)
    protect(people, case, Protection.NONE)
    with pytest.raises(Rejection):
        protect(people, case, Protection.NONE)
    change = ProtectionChange.objects.get(done_at__isnull=True)
    done(people.bo, AnswerProtection, lambda p: protection.keep(p, change=change.id), case=case)
    protect(people, case, Protection.NONE)
    protect(people, case, Protection.PROTECTED_REGISTRATION)
    assert not ProtectionChange.objects.filter(done_at__isnull=True, declined_at__isnull=True).exists()
    assert Person.objects.get(id=people.egon.person).protection == "protected_registration"


def test_the_operator_raises_and_is_a_second_person(people: Cast, case: UUID, capsys: pytest.CaptureFixture) -> None:
    """By the command line, without seeing the case; never the second to her own question."""

    def by_operator(level: Protection) -> bool:
        return done(
            system_actor("operator"),
            ProtectPerson,
            lambda p: protection.set_level_by_operator(p, case=case, level=level, reason=WHY),
        )

    assert by_operator(Protection.SECRECY_MARKING)
    assert by_operator(Protection.NONE) is False
    with pytest.raises(Rejection):
        done(system_actor("operator"), ProtectPerson, lambda p: protection.lower_by_operator(p, case=case))
    change = ProtectionChange.objects.get(done_at__isnull=True)
    done(people.bo, AnswerProtection, lambda p: protection.keep(p, change=change.id), case=case)
    protect(people, case, Protection.NONE)
    done(system_actor("operator"), ProtectPerson, lambda p: protection.lower_by_operator(p, case=case))
    assert Person.objects.get(id=people.egon.person).protection == "none"
    with pytest.raises(Rejection):
        done(
            system_actor("operator"),
            ProtectPerson,
            lambda p: protection.set_level_by_operator(p, case=uuid4(), level=Protection.NONE, reason=WHY),
        )


def test_the_command_line_says_what_came_of_it(people: Cast, case: UUID, capsys: pytest.CaptureFixture[str]) -> None:
    """Raised at once; what it does not know is said."""
    assert main(["protection", "set", "secrecy_marking", "--case", str(case), "--reason", WHY]) == 0
    assert "holds now" in capsys.readouterr().out
    assert main(["protection", "set", "none", "--case", str(case), "--reason", WHY]) == 0
    assert "second person" in capsys.readouterr().out
    assert main(["protection", "agree", "--case", "x"]) != 0


@pytest.mark.parametrize("who", ["bo", "dag", "egon", "stig", "frida"])
def test_others_do_not_set_it(people: Cast, case: UUID, who: str) -> None:
    """The coordinator, the referrer, or the operator."""
    assert is_refused(getattr(people, who), SetProtection, case=case)


def test_why_is_asked_and_no_level_stands_in_the_log(people: Cast, case: UUID) -> None:
    """The reason stands in its row; the log has ids (security.md)."""
    with pytest.raises(Rejection) as refused:
        done(
            people.anna,
            SetProtection,
            lambda p: protection.set_level(p, level=Protection.SECRECY_MARKING, reason=" "),
            case=case,
        )
    assert refused.value.problems[0].field == "reason"
    protect(people, case, Protection.SECRECY_MARKING)
    event = Event.objects.get(what="protection.raised")
    assert "secrecy" not in str(event.detail)
    assert WHY not in str(event.detail)


def test_it_is_done_on_a_page(people: Cast, case: UUID) -> None:
    """Reached from “Vem är med”; she sees how it came to be; the second person finds the question there."""
    anna, bo, page = browser(people.anna), browser(people.bo), f"/arenden/{case}/skydd/"
    assert page in anna.get(f"/arenden/{case}/vem-ar-med/").content.decode()
    assert anna.post(page, {"level": "secrecy_marking", "reason": ""}).status_code == 422
    assert anna.post(page, {"level": "secrecy_marking", "reason": WHY}).status_code == 302
    assert anna.post(page, {"level": "none", "reason": WHY}).status_code == 302
    assert bo.post(page, {"level": "none", "reason": WHY}).status_code == 404
    assert "Ja, sänk skyddet" in bo.get(page).content.decode()
    assert "Ja, sänk skyddet" not in anna.get(page).content.decode()
    assert WHY in browser(people.egon).get(page).content.decode()
    change = ProtectionChange.objects.get(done_at__isnull=True)
    assert bo.post(f"{page}svar/", {"change": str(change.id), "yes": "1"}).status_code == 302
    assert Person.objects.get(id=people.egon.person).protection == "none"
    assert "Läs in sidan igen" in bo.post(f"{page}svar/", {"change": "x"}, follow=True).content.decode()


# Everybody who may read is told


@pytest.mark.parametrize(("level", "mark"), [("secrecy_marking", MARK), ("protected_registration", HARD)])
def test_the_mark_stands_on_every_page_of_hers(people: Cast, case: UUID, level: str, mark: str) -> None:
    """Enumerated, not remembered: each address with a case, for each reader who may open it."""
    protect(people, case, Protection(level))
    for party in (people.af, people.fk):
        Clearance.objects.get_or_create(person_id=people.egon.person, party_id=party, defaults={"id": uuid4()})
    for who in (people.anna, people.cia, people.egon) if level == "secrecy_marking" else (people.anna,):
        client, seen = browser(who), 0
        wanted = "Dina uppgifter är skyddade." if who is people.egon else mark
        for route in CASE_ROUTES:
            if route.is_api or "GET" not in route.methods:
                continue
            answer = client.get(route.path(case=case))
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                seen += 1
                assert wanted in answer.content.decode(), f"{who.name}: {route.name}"
        assert seen > 10
    assert browser(people.anna).get(f"/api/cases/{case}").json()["case"]["protected"] is True


def test_without_protection_there_is_no_mark(people: Cast, case: UUID) -> None:
    """Otherwise nobody would read it."""
    for who in (people.anna, people.egon):
        page = browser(who).get(f"/arenden/{case}/").content.decode()
        assert 'class="notice late protected"' not in page


# Whoever is not let in


def test_whoever_is_not_let_in_meets_the_same_as_for_no_case_on_every_address(people: Cast, case: UUID) -> None:
    """Bo is assigned and has consent. All the same: every route, real and none, byte for byte but for ids."""
    protect(people, case, Protection.PROTECTED_REGISTRATION)
    client, none, told = browser(people.bo), uuid4(), {}
    for route in CASE_ROUTES:
        for method in route.methods:
            answers = [_bare(_ask(client, method, route.path(case=id))) for id in (case, none)]
            if answers[0] != answers[1]:
                told[f"{method} {route.name}"] = [answer[0] for answer in answers]
    assert told == {}


def test_no_list_count_or_search_of_theirs_changes(people: Cast, case: UUID) -> None:
    """My day, my cases, the queue, my referrals, the programmes, the steering page, the interface: no name in any."""
    before = {path: _bare(browser(people.bo).get(path))[1] for path in LISTS}
    assert any("Egon" in text for text in before.values())
    protect(people, case, Protection.PROTECTED_REGISTRATION)
    for who in (people.bo, people.cia, people.dag, people.stig):
        for path in LISTS:
            assert "Egon" not in browser(who).get(path).content.decode(), f"{who.name} {path}"


LISTS = ("/min-dag/", "/arenden/", "/arenden/?visa=avslutade", "/sluss/", "/remisser/", "/api/cases")


def test_a_personal_number_tells_nothing_of_somebody_protected(people: Cast) -> None:
    """The same number and name typed by a party that is not let in makes a new record without a word."""
    number = "195206161233"
    first = partys_referral(
        people, by=people.cia, personal_number=number, birth_year=None, protection=Protection.PROTECTED_REGISTRATION
    )
    second = partys_referral(people, by=people.bo, personal_number=number, birth_year=None)
    assert Person.objects.filter(name="Rut Berg").count() == 2
    assert done(people.bo, WriteReferral, duplicates, case=second) == ()
    assert str(first) not in browser(people.bo).get(f"/arenden/{second}/remiss/").content.decode()


# Address, place, names where they need not be


def test_no_address_comes_out_and_no_title_carries_her_name(people: Cast, case: UUID) -> None:
    """An address is not asked for; should it be there all the same, no link of any reader leads to it, nor the log.

    A title stands in tabs, in history, and on somebody's shared screen.
    """
    protect(people, case, Protection.SECRECY_MARKING)
    for who in (people.anna, people.egon):
        found = walk(who, "/", f"/arenden/{case}/")
        assert len(found.texts) > 15
        for path, text in found.texts.items():
            assert "Kanarie" not in text, path
            title = re.search(r"<title>(.*?)</title>", text, re.S)
            assert title is not None
            assert "Egon" not in title.group(1), path
        assert "Kanarie" not in browser(who).get(f"/api/cases/{case}").content.decode()
    assert not [event for event in Event.objects.all() if "Kanarie" in f"{event.detail}{event.actor_name}"]


def test_every_look_at_her_is_in_the_log(people: Cast, case: UUID) -> None:
    """Looks and attempts alike; what was let in is marked as about somebody protected, without telling the level."""
    protect(people, case, Protection.PROTECTED_REGISTRATION)
    start = Event.objects.count()
    browser(people.anna).get(f"/arenden/{case}/")
    browser(people.bo).get(f"/arenden/{case}/")
    new = Event.objects.filter(case=case, act="ReadCase").order_by("at")
    assert Event.objects.count() - start >= 2
    looked = [event for event in new if event.allowed and event.actor == people.anna.account]
    assert [event.detail.get("protected") for event in looked] == [True]
    assert {event.allowed for event in new if event.actor in (people.anna.account, people.bo.account)} == {True, False}


# Fictitious data


@pytest.fixture
def new_name(people: Cast) -> UUID:
    """Rut, under a name that is not the one she was born with, referred by Cia; Anna's party is let in."""
    made = partys_referral(
        people,
        by=people.cia,
        personal_number="197401021238",
        birth_year=None,
        sex="woman",
        protection=Protection.FICTITIOUS,
    )
    return made


def test_year_sex_and_number_are_not_shown(people: Cast, new_name: UUID) -> None:
    """The name is the new one; what is not needed to help her is on no page."""
    for path in ("", "remiss/"):
        page = browser(people.cia).get(f"/arenden/{new_name}/{path}").content.decode()
        assert "Rut Berg" in page
        assert HARD in page
        assert "1974" not in page
        assert "Kvinna" not in page
    assert browser(people.cia).get(f"/api/cases/{new_name}").json()["case"]["birth_year"] is None


def test_a_name_and_a_year_do_not_lead_to_her(people: Cast, new_name: UUID) -> None:
    """Only her own number does, and only for those who may know her."""
    alike = partys_referral(people, by=people.cia, birth_year=1974)
    assert done(people.cia, WriteReferral, duplicates, case=alike) == ()
    assert done(people.cia, WriteReferral, duplicates, case=new_name) == ()
    plain = partys_referral(people, by=people.cia, birth_year=1974)
    assert [row.case for row in done(people.cia, WriteReferral, duplicates, case=plain)] == [alike]
    again = partys_referral(
        people, by=people.cia, personal_number="197401021238", birth_year=None, protection=Protection.FICTITIOUS
    )
    assert [row.case for row in done(people.cia, WriteReferral, duplicates, case=again)] == [new_name]


def test_nobody_becomes_fictitious_in_place(people: Cast, case: UUID) -> None:
    """The old record would lead to the new name, and the log with it."""
    with pytest.raises(Rejection, match="nya namnet"):
        protect(people, case, Protection.FICTITIOUS)


def _ask(client, method, address):  # type: ignore[no-untyped-def]
    if address.startswith("/api/") and method != "GET":
        return client.generic(method, address, "{}", content_type="application/json")
    return client.post(address, {"version": "1"}) if method == "POST" else client.generic(method, address)


def _bare(answer) -> tuple[int, str]:  # type: ignore[no-untyped-def]
    """The answer without the ids that were asked for, and the token against forged requests."""
    told = f"{answer.get('Location', '')}\n{answer.content.decode()}"
    return answer.status_code, re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\w-]{64}", "NEW", told)
