"""Chapter 2, need to know: a case is opened in an emergency by two, for a short time, to read, and she is told.

Source: issue 3 point 2; security.md, attack 7 ("emergency access only with a second person, a reason and the
participant's sight of it").
"""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samverk.access import declare, declare_house
from samverk.access.actor import Actor
from samverk.access.cases import my_cases, open_case
from samverk.access.declare import AssignOfficial, ReadCase, ReportObstacle
from samverk.access.declare_house import Act, AnswerEmergency, AskForEmergency, EndEmergency, SeeMyDay
from samverk.access.emergency import emergencies_of, to_answer
from samverk.access.my_day import my_day
from samverk.actions import cases, emergency, obstacles
from samverk.domain.for_a_time import ANSWER_WITHIN, Question, why
from samverk.domain.parties import Capacity
from samverk.domain.words import Rejection
from samverk.store.models import Assignment, Case, Clearance, EmergencyAccess, Person
from tests.build import EGONS_NUMBER, active_case, assign_workplace, browser, close, done, is_refused, withdraw_from
from tests.build_need import WHY, a_colleague, approve, ask
from tests.people import Cast
from tests.spec.c02_consent.test_withdrawal import note, sees

pytestmark = pytest.mark.django_db
UNKNOWN = "197705232382"
OTHERS_NUMBER = "198112289874"


@pytest.fixture(autouse=True)
def _her_number(people: Cast, case: UUID) -> None:
    Person.objects.filter(id=people.egon.person).update(personal_number=EGONS_NUMBER)


@pytest.fixture
def mia(people: Cast) -> Actor:
    """Bo's colleague: no part, no role. She asks."""
    return a_colleague("Mia", party=people.af, title="arbetsförmedlare")


def opens(who: Actor, case: UUID, **told: object) -> bool:
    return not is_refused(who, ReadCase, case=case, **told)


def listed(who: Actor) -> list[tuple[UUID, bool]]:
    return [(row.id, row.emergency_until is not None) for row in done(who, SeeMyDay, my_cases)]


def state(who: Actor, question: UUID) -> Question:
    """How it stands, as the asker or the answerer sees it on her page."""
    view = done(who, AskForEmergency, emergencies_of)
    return next(one.state for one in (*view.mine, *view.waiting, *view.answered) if one.id == question)


def blamed(do) -> str:  # type: ignore[no-untyped-def]
    with pytest.raises(Rejection) as refused:
        do()
    return refused.value.problems[0].field


# Asking


def test_one_asks_another_says_yes_and_the_case_opens(people: Cast, case: UUID, mia: Actor) -> None:
    """From the yes on, for 24 hours, in the asker's own list; nothing before, and to nobody else."""
    pia = a_colleague("Pia", party=people.af)
    question = ask(mia, "19520616-1233")
    assert not opens(mia, case)
    assert listed(mia) == []
    approve(people.bo, question)
    assert opens(mia, case)
    assert listed(mia) == [(case, True)]
    assert not opens(pia, case)
    row = EmergencyAccess.objects.get()
    assert (row.person_id, row.case_id, row.answered_by_id) == (people.egon.person, case, people.bo.account)
    assert row.until - row.approved_at == timedelta(hours=24)
    assert (state(mia, question), state(people.bo, question)) == (Question.OPEN, Question.OPEN)


@pytest.mark.parametrize("hours", [24, 48, 72])
def test_it_is_gone_at_the_moment_it_ends(people: Cast, case: UUID, mia: Actor, hours: int) -> None:
    """To the microsecond, at the next request; on the page it says that it is over."""
    approve(people.bo, ask(mia, EGONS_NUMBER), hours=hours)
    until = EmergencyAccess.objects.get().until
    assert until is not None
    assert opens(mia, case, at=until - timedelta(microseconds=1))
    assert not opens(mia, case, at=until)
    rows = done(mia, SeeMyDay, my_cases, at=until)
    assert rows == []
    (view,) = done(mia, AskForEmergency, emergencies_of, at=until).mine
    assert (view.state, view.case) == (Question.ENDED, None)


def test_it_lasts_no_longer_than_three_days(people: Cast, mia: Actor) -> None:
    """24, 48 or 72 hours, and nothing else."""
    question = ask(mia, EGONS_NUMBER)
    for hours in (0, -24, 1, 73, 10_000):
        assert blamed(lambda h=hours: approve(people.bo, question, hours=h)) == "hours"
    assert not EmergencyAccess.objects.exclude(approved_at=None).exists()


def test_number_and_reason_are_both_required(mia: Actor) -> None:
    """A number that is none, no reason, a word for a reason: refused beside the field."""
    for number, reason, field in (
        ("", WHY, "number"),
        ("Egon Jönsson", WHY, "number"),
        ("195206161234", WHY, "number"),
        (EGONS_NUMBER, " ", "reason"),
        (EGONS_NUMBER, "Bråttom", "reason"),
        (EGONS_NUMBER, "Bråttombråttombråttombråttom", "reason"),
        (EGONS_NUMBER, "Hon mår " + "mycket " * 100, "reason"),
    ):
        assert blamed(lambda n=number, r=reason: ask(mia, n, reason=r)) == field, (number, reason)
    assert not EmergencyAccess.objects.exists()
    assert why("  Hon svarar inte hemma.  ") == "Hon svarar inte hemma."


def test_a_coordination_number_is_a_number_too(mia: Actor) -> None:
    """The day of birth plus sixty (samordningsnummer)."""
    ask(mia, "19701063-2391")
    assert EmergencyAccess.objects.get().asked_for == "197010632391"


def test_the_answer_never_tells_whether_the_person_is_here(people: Cast, case: UUID, mia: Actor) -> None:
    """Asking is the same for a number that is known, unknown, of a protected person, or of another party's case.

    So is what the second person sees, before and after her yes.
    """
    Person.objects.create(id=case, name="Rut Berg", personal_number=OTHERS_NUMBER, protection="fictitious")
    client, answers = browser(mia), browser(people.bo)
    shown = []
    for number in (EGONS_NUMBER, UNKNOWN, OTHERS_NUMBER):
        EmergencyAccess.objects.all().delete()
        with CaptureQueriesContext(connection) as counted:
            asked = client.post("/nodsituation/", {"number": number, "reason": WHY})
        page = client.get("/nodsituation/").content.decode()
        question = EmergencyAccess.objects.get().id
        before = answers.get(f"/nodsituation/{question}/").content.decode()
        said = answers.post(f"/nodsituation/{question}/", {"hours": "24", "answer": "yes"})
        after = answers.get("/nodsituation/").content.decode()
        texts = [_bare(text, number, question) for text in (page, before, after)]
        shown.append((asked.status_code, len(counted), said.status_code, said["Location"], *texts))
    assert shown[0] == shown[1] == shown[2]


def test_a_yes_opens_only_where_the_party_takes_part(people: Cast, case: UUID, mia: Actor) -> None:
    """Someone unknown, or a party that has nobody in any case of hers: a yes, and nothing to read."""
    stina, karin = (a_colleague(name, party=people.employer) for name in ("Stina", "Karin"))
    approve(people.bo, ask(mia, UNKNOWN))
    assert (listed(mia), opens(mia, case)) == ([], False)
    page = browser(mia).get("/nodsituation/").content.decode()
    assert "Det finns inget att läsa." in page
    assign_workplace(people, case)
    question = ask(stina, EGONS_NUMBER)
    assert done(karin, AnswerEmergency, lambda p: to_answer(p, id=question)) is None
    assert blamed(lambda: approve(people.frida, question)) == "", "a work place's part is to tell of absence"
    assert not opens(stina, case)


def test_what_has_been_withdrawn_or_closed_is_found_too(people: Cast, case: UUID, mia: Actor) -> None:
    """The party takes part though its official was let go, and though the case is closed."""
    done(people.anna, AssignOfficial, lambda p: cases.let_go(p, account=people.bo.account), case=case)  # type: ignore[arg-type]
    close(people, case)
    approve(people.bo, ask(mia, EGONS_NUMBER))
    assert opens(mia, case)


def test_what_the_party_has_written_is_a_part_too(people: Cast, case: UUID, mia: Actor) -> None:
    """Nobody of it was ever assigned, but something of it stands there (a team member wrote it)."""
    Assignment.objects.filter(party=people.af).delete()
    approve(people.bo, ask(mia, EGONS_NUMBER))
    assert not opens(mia, case)
    done(people.bo, ReportObstacle, lambda p: obstacles.report(p, code="catchment", words="Kö"), case=case)
    approve(people.bo, ask(mia, EGONS_NUMBER))
    assert opens(mia, case)


def test_the_case_under_way_is_opened_before_one_that_has_ended(people: Cast, case: UUID, mia: Actor) -> None:
    """One of them: what goes on is what cannot wait."""
    close(people, case)
    other = active_case(people)
    Case.objects.filter(id=other).update(opened_at=timezone.now() - timedelta(days=900))
    approve(people.bo, ask(mia, EGONS_NUMBER))
    assert (opens(mia, case), opens(mia, other)) == (False, True)


# The second person


def test_the_second_person_is_another_of_the_same_party_with_a_part_of_her_own(
    people: Cast, case: UUID, mia: Actor
) -> None:
    """Not the asker, not another party's, not a colleague who holds nothing, not the operator or a participant."""
    pia = a_colleague("Pia", party=people.af)
    question = ask(mia, EGONS_NUMBER)
    for who in (mia, people.anna, pia, people.cia):
        assert done(who, AnswerEmergency, lambda p: to_answer(p, id=question)) is None, who.name
        with pytest.raises(Rejection):
            approve(who, question)
        with pytest.raises(Rejection):
            done(who, AnswerEmergency, lambda p: emergency.decline(p, emergency=question))
        assert question not in {one.id for one in done(who, AskForEmergency, emergencies_of).waiting}
        assert question not in {one.id for one in done(who, SeeMyDay, my_day).emergencies}
        assert browser(who).get(f"/nodsituation/{question}/").status_code == 404
    for who in (people.egon, people.eva):
        assert is_refused(who, AskForEmergency)
        assert is_refused(who, AnswerEmergency)
    assert not opens(mia, case)
    assert state(mia, question) is Question.ASKED


def test_the_question_waits_in_the_colleagues_own_day(people: Cast, case: UUID, mia: Actor) -> None:
    """With the reason and a link to the answer; gone when answered. Then it stands in the asker's, as opened."""
    question = ask(mia, EGONS_NUMBER)
    page = browser(people.bo).get("/min-dag/").content.decode()
    assert "Mia vill öppna ett ärende" in page
    assert WHY in page
    assert f"/nodsituation/{question}/" in page
    approve(people.bo, question)
    assert "Mia vill öppna" not in browser(people.bo).get("/min-dag/").content.decode()
    hers = browser(mia).get("/min-dag/").content.decode()
    assert "nödöppnat till" in hers
    assert f"/arenden/{case}/" in hers
    assert "nödöppnat till" in browser(mia).get("/arenden/").content.decode()


def test_the_asker_is_told_whom_to_call(people: Cast, mia: Actor) -> None:
    """Coordinators and contact persons first; those who hold nothing are not named."""
    a_colleague("Aron", party=people.municipality)
    olle = a_colleague("Olle", party=people.municipality)
    assert done(olle, AskForEmergency, emergencies_of).to_call == ("Anna",)
    assert done(mia, AskForEmergency, emergencies_of).to_call == ("Bo",)
    assert "Ring någon av dem" in browser(mia).get("/nodsituation/").content.decode()


def test_a_no_opens_nothing_and_is_told(people: Cast, case: UUID, mia: Actor) -> None:
    """Answered once: neither yes nor no afterwards."""
    question = ask(mia, EGONS_NUMBER)
    done(people.bo, AnswerEmergency, lambda p: emergency.decline(p, emergency=question))
    assert state(mia, question) is Question.DECLINED
    assert not opens(mia, case)
    with pytest.raises(Rejection):
        approve(people.bo, question)
    assert EmergencyAccess.objects.get().person_id is None, "nothing is looked up"


def test_a_question_lapses(people: Cast, case: UUID, mia: Actor) -> None:
    """What was urgent a day ago is asked anew."""
    question = ask(mia, EGONS_NUMBER)
    late = timezone.now() + ANSWER_WITHIN
    with pytest.raises(Rejection):
        approve(people.bo, question, at=late)
    (view,) = done(mia, AskForEmergency, emergencies_of, at=late).mine
    assert view.state is Question.LAPSED
    assert done(people.bo, AnswerEmergency, lambda p: to_answer(p, id=question), at=late) is None


def test_either_of_the_two_ends_it_at_once(people: Cast, case: UUID, mia: Actor) -> None:
    """The asker when she is done, the second person when she thinks better of it; nobody else."""
    for who in (mia, people.bo):
        question = ask(mia, EGONS_NUMBER)
        approve(people.bo, question)
        for other in (people.anna, people.cia):
            with pytest.raises(Rejection):
                done(other, EndEmergency, lambda p, q=question: emergency.end(p, emergency=q))
        assert opens(mia, case)
        done(who, EndEmergency, lambda p, q=question: emergency.end(p, emergency=q))
        assert not opens(mia, case)
        with pytest.raises(Rejection):
            done(who, EndEmergency, lambda p, q=question: emergency.end(p, emergency=q))
    question = ask(mia, EGONS_NUMBER)
    done(mia, EndEmergency, lambda p: emergency.end(p, emergency=question))
    assert state(mia, question) is Question.TAKEN_BACK
    with pytest.raises(Rejection):
        approve(people.bo, question)


# What it opens


def test_it_lets_read_and_nothing_else(people: Cast, case: UUID, mia: Actor) -> None:
    """Of all acts on a case, enumerated, the capacity opens one: ReadCase."""
    approve(people.bo, ask(mia, EGONS_NUMBER))
    rooms = {**vars(declare), **vars(declare_house)}
    every = [act for act in rooms.values() if isinstance(act, type) and issubclass(act, Act) and act is not Act]
    on_case = [act for act in every if act.target == "case"]
    assert len(on_case) > 25
    assert [act for act in on_case if not is_refused(mia, act, case=case)] == [ReadCase]
    assert [act for act in every if Capacity.EMERGENCY in act.who] == [ReadCase]


def test_consents_hold_as_before(people: Cast, case: UUID, mia: Actor) -> None:
    """What Bo's party may read and no more; a withdrawal meanwhile works on the next request."""
    hers = note(people.anna, case, "health", people.municipality)
    ours = note(people.bo, case, "health", people.af)
    foreign = note(people.cia, case, "health", people.fk)
    approve(people.bo, ask(mia, EGONS_NUMBER))
    assert [sees(mia, case, item) for item in (hers, ours, foreign)] == [True, True, False]
    withdraw_from(people, case, party=people.af)
    assert [sees(mia, case, item) for item in (hers, ours, foreign)] == [False, True, False]


def test_protected_identity_holds_as_before(people: Cast, case: UUID, mia: Actor) -> None:
    """A party that may not meet her opens nothing; raised meanwhile, it closes on the next request."""
    Person.objects.filter(id=people.egon.person).update(protection="fictitious")
    approve(people.bo, ask(mia, EGONS_NUMBER))
    assert (opens(mia, case), listed(mia)) == (False, [])
    assert EmergencyAccess.objects.get().case_id is None
    Clearance.objects.create(id=case, person_id=people.egon.person, party_id=people.af)
    approve(people.bo, ask(mia, EGONS_NUMBER))
    assert (opens(mia, case), listed(mia)) == (True, [(case, True)])
    Clearance.objects.all().delete()
    assert (opens(mia, case), listed(mia)) == (False, [])


def test_the_case_says_that_it_is_open_in_an_emergency(people: Cast, case: UUID, mia: Actor) -> None:
    """A banner with the time, and no button that leads nowhere; nobody else sees it."""
    approve(people.bo, ask(mia, EGONS_NUMBER))
    client = browser(mia)
    page = client.get(f"/arenden/{case}/").content.decode()
    assert "Nödöppnat till" in page
    assert "Nytt möte" not in page
    assert "Nödöppnat" not in browser(people.bo).get(f"/arenden/{case}/").content.decode()
    view = done(mia, ReadCase, open_case, case=case)
    assert view.emergency_until == EmergencyAccess.objects.get().until
    assert (view.i_work_in_it, view.i_coordinate, view.only_workplace) == (False, False, False)


def test_whoever_has_a_part_anyway_keeps_it(people: Cast, case: UUID) -> None:
    """An opening beside an assignment changes nothing: no mark, no banner, and it may end without harm."""
    nora = a_colleague("Nora", party=people.fk)
    done(people.anna, AssignOfficial, lambda p: cases.assign(p, account=nora.account), case=case)  # type: ignore[arg-type]
    question = ask(nora, EGONS_NUMBER)
    approve(people.cia, question)
    assert listed(nora) == [(case, False)]
    assert "Nödöppnat" not in browser(nora).get(f"/arenden/{case}/").content.decode()
    done(nora, EndEmergency, lambda p: emergency.end(p, emergency=question))
    assert opens(nora, case)


def _bare(page: str, number: str, question: UUID) -> str:
    """The page without what is new in each, and without what she wrote herself."""
    page = page.replace(f"{number[:8]}-{number[8:]}", "NUMBER").replace(str(question), "ID")
    return re.sub(r"[\w-]{64}|\d\d?\.\d\d|kl\. [\d.]+", "NEW", page)
