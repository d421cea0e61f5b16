"""Chapter 2, need to know: she is told when her case was opened in an emergency, and the log tells of it.

Source: issue 3 point 2; security.md, attack 7 ("emergency access only with a second person, a reason and the
participant's sight of it").
"""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samverk.access.actor import Actor
from samverk.access.declare import ReadCase, ReadEmergencyNotice, SeeWhoLooked
from samverk.access.declare_house import AskForEmergency, EndEmergency
from samverk.access.emergency import emergencies_of, notices, opened
from samverk.actions import emergency
from samverk.domain.for_a_time import Question
from samverk.domain.words import Rejection
from samverk.store.models import EmergencyAccess, Event, Party, Person
from tests.build import EGONS_NUMBER, asked_of, browser, done, is_refused
from tests.build_need import WHY, a_colleague, approve, ask
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _her_number(people: Cast, case: UUID) -> None:
    Person.objects.filter(id=people.egon.person).update(personal_number=EGONS_NUMBER)


@pytest.fixture
def mia(people: Cast) -> Actor:
    """Bo's colleague: no part, no role. She asks."""
    return a_colleague("Mia", party=people.af, title="arbetsförmedlare")


def opens(who: Actor, case: UUID, **told: object) -> bool:
    return not is_refused(who, ReadCase, case=case, **told)


def state(who: Actor, question: UUID) -> Question:
    """How it stands, as the asker or the answerer sees it on her page."""
    view = done(who, AskForEmergency, emergencies_of)
    return next(one.state for one in (*view.mine, *view.waiting, *view.answered) if one.id == question)


# Her sight of it


def test_she_is_told_until_she_has_read_it(people: Cast, case: UUID, mia: Actor) -> None:
    """Who, which party, when, why, who said yes, until when; not before it is opened; read, it goes elsewhere."""
    client = browser(people.egon)
    question = ask(mia, EGONS_NUMBER)
    assert "nödsituation" not in client.get(f"/arenden/{case}/").content.decode()
    approve(people.bo, question)
    page = client.get(f"/arenden/{case}/").content.decode()
    for told in ("Ditt ärende har öppnats i en nödsituation", "Mia", "Arbetsförmedlingen", WHY, "Bo hos samma part"):
        assert told in page
    (view,) = done(people.egon, ReadCase, notices, case=case)
    row = EmergencyAccess.objects.get()
    assert (view.approved_at, view.until, view.over) == (row.approved_at, row.until, False)
    assert client.post(f"/arenden/{case}/nodoppnat/{question}/last/").status_code == 302
    assert "Ditt ärende har öppnats" not in client.get(f"/arenden/{case}/").content.decode()
    after = client.get(f"/arenden/{case}/nodoppnat/").content.decode()
    assert WHY in after
    assert f"/arenden/{case}/nodoppnat/" in client.get(f"/arenden/{case}/vem-har-tittat/").content.decode()
    assert EmergencyAccess.objects.get().seen_at is not None
    assert client.post(f"/arenden/{case}/nodoppnat/{question}/last/").status_code == 302


def test_the_notice_stays_when_the_access_has_ended(people: Cast, case: UUID, mia: Actor) -> None:
    """Ended or expired before she has read it: told all the same, with when it was closed."""
    question = ask(mia, EGONS_NUMBER)
    approve(people.bo, question)
    done(mia, EndEmergency, lambda p: emergency.end(p, emergency=question))
    (view,) = done(people.egon, ReadCase, notices, case=case)
    assert (view.over, view.until) == (True, EmergencyAccess.objects.get().ended_at)
    assert "Stängt" in browser(people.egon).get(f"/arenden/{case}/").content.decode()


def test_a_party_that_protects_its_staff_is_told_of_by_role(people: Cast, case: UUID, mia: Actor) -> None:
    """Where staff are at risk the role stands in the place of the name, here as in the log (security.md)."""
    approve(people.bo, ask(mia, EGONS_NUMBER))
    Party.objects.filter(id=people.af).update(hides_names=True)
    page = browser(people.egon).get(f"/arenden/{case}/nodoppnat/").content.decode()
    assert "Mia" not in page
    assert "Bo hos" not in page
    assert "Arbetsförmedlare</span>, Arbetsförmedlingen" in page
    assert "En kollega hos samma part sa ja." in page


def test_nobody_else_reads_or_settles_her_notice(people: Cast, case: UUID, mia: Actor) -> None:
    """It is hers: to officials the page does not exist, and another participant finds nothing."""
    approve(people.bo, ask(mia, EGONS_NUMBER))
    question = EmergencyAccess.objects.get().id
    for who in (mia, people.bo, people.anna):
        assert done(who, ReadCase, notices, case=case) == ()
        assert is_refused(who, SeeWhoLooked, case=case)
        assert is_refused(who, ReadEmergencyNotice, case=case)
        assert "Ditt ärende har öppnats" not in browser(who).get(f"/arenden/{case}/").content.decode()
    assert len(done(people.egon, SeeWhoLooked, opened, case=case)) == 1
    EmergencyAccess.objects.update(person=None)
    with pytest.raises(Rejection):
        done(people.egon, ReadEmergencyNotice, lambda p: emergency.read(p, emergency=question), case=case)
    assert browser(people.egon).post(f"/arenden/{case}/nodoppnat/{question}/last/").status_code == 404


def test_everything_is_logged_with_her_where_she_is_known(people: Cast, case: UUID, mia: Actor) -> None:
    """Asked, answered, read and ended: each an event; no number and no words in any of them."""
    question = ask(mia, EGONS_NUMBER)
    approve(people.bo, question)
    assert opens(mia, case)
    done(mia, EndEmergency, lambda p: emergency.end(p, emergency=question))
    done(people.egon, ReadEmergencyNotice, lambda p: emergency.read(p, emergency=question), case=case)
    found = {e.what: e for e in Event.objects.filter(what__startswith="emergency.")}
    assert set(found) == {"emergency.asked", "emergency.approved", "emergency.ended", "emergency.read"}
    assert {what for what, event in found.items() if event.person == people.egon.person} == {
        "emergency.approved",
        "emergency.ended",
        "emergency.read",
    }
    look = Event.objects.get(act="ReadCase", actor=mia.account, allowed=True)
    assert (look.capacity, look.person) == ("emergency", people.egon.person)
    everything = " ".join(f"{e.actor_name} {e.what} {e.detail}" for e in Event.objects.all())
    assert EGONS_NUMBER not in everything
    assert "orkar" not in everything


def test_the_pages_ask_few_questions(people: Cast, case: UUID, mia: Actor) -> None:
    """At most 18, constant in how much has been asked (house.md)."""
    counts = []
    for more in (1, 4):
        for _ in range(more):
            approve(people.bo, ask(mia, EGONS_NUMBER))
            ask(mia, EGONS_NUMBER)
        found = []
        for who, page in (
            (mia, "/nodsituation/"),
            (people.bo, "/nodsituation/"),
            (people.bo, "/min-dag/"),
            (mia, "/min-dag/"),
            (mia, "/arenden/"),
            (mia, f"/arenden/{case}/"),
            (people.egon, f"/arenden/{case}/"),
            (people.egon, f"/arenden/{case}/nodoppnat/"),
        ):
            client = browser(who)
            client.get(page)
            with CaptureQueriesContext(connection) as counted:
                assert client.get(page).status_code == 200
            found.append(len(asked_of(counted)))
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 18
